"""Doc -> mentions: every stretch of text that names or stands for somebody who could act."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from etl.records import Mention


def find_mentions(
    doc: Doc, offset: int = 0, first_sentence_no: int = 0, first_ordinal: int = 0
) -> list[Mention]:
    """All mentions in `doc`, in text order, none resolved yet (`actor` is None).

    `offset` is the position of the Doc's first character in the article text; sentence numbers and ordinals
    count on from the two `first_` numbers. Spans may nest: "Russian officials" holds "Russian".
    """
    raise NotImplementedError


def actor_noun(token: Token) -> bool:
    """Whether `token` is a common noun for people or bodies that act ("officials", "court", "rebels")."""
    raise NotImplementedError


def nominal_mention(doc: Doc, token: Token, offset: int, sentence_no: int, ordinal: int) -> Mention:
    """A mention for the noun phrase around `token`, for a participant that no mention covers yet."""
    raise NotImplementedError
