"""Sentence bounds good enough to cut training items of one to three sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from training.corpora import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

STOPS = {".", "!", "?", "…"}
CLOSERS = {'"', "”", "’", "'", ")", "]", "''"}


def plain_sentences(doc: Doc) -> Iterator[Span]:
    """Token ranges: a sentence ends at a stop of its own (not an abbreviation's) before a capital, or at a
    line's end.
    """
    start = 0
    for token in doc:
        if token.i > start and _opens(doc, token.i):
            yield start, token.i
            start = token.i
    if start < len(doc):
        yield start, len(doc)


def _opens(doc: Doc, number: int) -> bool:
    before = number - 1
    if doc[before].is_space and "\n" in doc[before].text:
        return True
    if not (doc[number].text[:1].isupper() or doc[number].text[:1] in '"“‘[(' or doc[number].is_digit):
        return False
    while before > 0 and (doc[before].text in CLOSERS or doc[before].is_space):
        before -= 1
    return doc[before].text in STOPS and bool(doc[number - 1].whitespace_ or doc[number - 1].is_space)
