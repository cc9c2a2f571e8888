"""How word lists are written down in the code, and the words of a Doc as one string."""

from __future__ import annotations

from spacy.tokens import Doc


def words(text: str) -> frozenset[str]:
    """The words of `text`, parted by blanks, as a set."""
    return frozenset(text.split())


def text_of(doc: Doc) -> str:
    """`doc.text`, put together once per Doc: spaCy does it anew each time, token by token."""
    text: str | None = doc.user_data.get("text")
    if text is None:
        text = doc.user_data["text"] = doc.text
    return text
