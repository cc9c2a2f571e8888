"""Common nouns for people and bodies that act, and the short phrase around them. UD and ClearNLP labels."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from etl.clause import base
from etl.gazetteer import ActorNoun, actor_nouns, lookup
from etl.words import words

MODIFIER = frozenset(
    {"amod", "compound", "nummod", "nmod", "flat", "quantmod", "name", "nn", "advmod", "dep"}
)
_LEFT_OUT = words(
    "the a an this that these those some any all both each every no other another such own same more most"
    " many several few various certain respective than at least about nearly almost around over up to only"
)
_PREMODIFIER = frozenset({"compound", "nn", "name", "flat"})
_PERSONAL = frozenset({"person", "people"})
MAX_WORDS = 7
"""Longest nominal, in tokens; what is longer is a parse error or a title, not a short phrase."""


def singular(token: Token) -> str:
    """The noun's singular in lower case: by its ending where the lexicon knows that, else its lemma."""
    nouns, word = actor_nouns(), token.lower_
    if word in nouns:
        return word
    for ending, instead in (("ies", "y"), ("men", "man"), ("children", "child"), ("es", ""), ("s", "")):
        if word.endswith(ending) and word[: -len(ending)] + instead in nouns:
            return word[: -len(ending)] + instead
    return (token.lemma_ or word).lower()


def actor_noun_of(token: Token) -> ActorNoun | None:
    """What the lexicon says about the noun, its compound first ("prime minister", "secretary-general")."""
    nouns, word = actor_nouns(), singular(token)
    before = token.nbor(-1).lower_ if token.i > token.sent.start else ""
    if before == "-" and token.i - 1 > token.sent.start:
        return nouns.get(f"{token.nbor(-2).lower_}-{word}") or nouns.get(word)
    return nouns.get(f"{before} {word}") or nouns.get(word)


def actor_noun(token: Token) -> bool:
    """Whether `token` is a common noun for people or bodies that act ("officials", "court", "rebels").

    Modifiers of another noun ("police station", "government troops") are not: their head is.
    """
    noun = token.pos_ in ("NOUN", "PROPN", "") or token.tag_.startswith("NN")
    if not noun or actor_noun_of(token) is None:
        return False
    return not modifies_a_noun(token) and not _begins_a_compound(token)


def _begins_a_compound(token: Token) -> bool:
    """Whether a hyphen joins `token` to the noun of its office ("secretary" in "secretary-general")."""
    if token.i + 2 >= len(token.doc) or token.nbor().text != "-":
        return False
    return f"{token.lower_}-{singular(token.nbor(2))}" in actor_nouns()


def modifies_a_noun(token: Token) -> bool:
    """Whether `token` is the first part of a compound ("police" in "police station")."""
    return token.dep_ in _PREMODIFIER and token.head.i > token.i and token.head.pos_ in ("NOUN", "PROPN")


_MASS = words("police people media staff troops clergy personnel authorities forces")


def plural(token: Token) -> bool:
    """Whether the noun is plural: by its form where the lexicon knows it, else by its tag."""
    if token.lower_ in _MASS:
        return True
    if singular(token) in actor_nouns():
        return singular(token) != token.lower_
    return token.tag_ in ("NNS", "NNPS")


def personal(noun: ActorNoun) -> bool:
    """Whether the noun is one for human beings rather than for bodies."""
    return noun.kind in _PERSONAL


def short_phrase(doc: Doc, head: Token) -> tuple[int, int]:
    """Token range of the noun with its adjectives, numbers and compounds, without article or possessor."""
    start = head.i
    if doc.has_annotation("DEP"):
        while start > 0 and head.i - start < MAX_WORDS and _belongs(doc[start - 1], head):
            start -= 1
    start -= _name_before(doc, start, head.sent.start if doc.has_annotation("SENT_START") else 0)
    if start > 0 and doc[start - 1].like_num and not doc[start - 1].is_space:
        start -= 1
    while start < head.i and _droppable(doc[start]):
        start += 1
    return start, head.i + 1


def _name_before(doc: Doc, start: int, first: int) -> int:
    """How many tokens right before `start` name a state or a body, whatever the parse makes of them; none
    begins before `first`."""
    for count in (3, 2, 1):
        if start - count >= first:
            entry = lookup(doc[start - count : start].text)
            if entry is not None and not entry.plural and not entry.capital and not entry.weak:
                return count
    return 0


def _belongs(token: Token, head: Token) -> bool:
    if (
        token.is_space
        or token.i < head.sent.start
        or token.pos_ in ("DET", "PRON", "ADP", "CCONJ", "VERB", "AUX")
    ):
        return token.dep_ == "amod" and token.head == head
    if token.text in ("-", "–"):
        return True
    while token != head and base(token) in MODIFIER and token.head.i > token.i:
        if token.dep_ in ("nmod:poss", "poss"):
            return False
        token = token.head
    return token == head


def _droppable(token: Token) -> bool:
    return (
        token.lower_ in _LEFT_OUT
        or token.is_punct
        or token.is_space
        or token.dep_ in ("advmod", "det", "predet")
    )
