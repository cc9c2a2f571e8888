"""What the readers of parses share; UD and ClearNLP relations alike."""

from __future__ import annotations

from spacy.tokens import Span, Token


def plain(token: Token) -> str:
    """The relation without its subtype: `obl:tmod` is `obl`."""
    return token.dep_.split(":")[0]


def is_verb(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") or token.tag_.startswith(("VB", "MD"))


def governor(span: Span) -> Token | None:
    """The token that the expression modifies, prepositions skipped; None where it heads the sentence."""
    token = span.root
    while token.head != token:
        token = token.head
        inside = span.start <= token.i < span.end
        if not inside and token.pos_ != "ADP" and plain(token) not in ("prep", "case"):
            return token
    return None


def sentence_of(token: Token) -> Span:
    """The token's sentence; the whole doc where no sentences are marked."""
    return token.sent if token.doc.has_annotation("SENT_START") else token.doc[:]
