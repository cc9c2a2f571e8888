"""A capital in the text: the city, or the state that sits there ("Moscow says")?"""

from __future__ import annotations

import re

from spacy.tokens import Doc, Span, Token

from etl.actors.noun_phrases import modifies_a_noun
from etl.clause import base, governor, preposition_of
from etl.gazetteer import Match, find
from etl.words import words

_PLACING = words(
    "in at near outside inside around through throughout across into toward towards via within from off"
)
_LYING = words("is was are were lies lay remains remained")
_MOTION = words(
    "go travel visit return fly arrive head come move drive send trip journey flight march trek sail tour"
    " back deploy reach airlift extend live bear leave"
)
_VISITS = words("visit trip travel arrive fly tour journey")
"""To visit a capital is to visit its state: the host is who is met there."""
_PARTY_TO = words("with against between by on of about upon among")
_DIRECTIONS = words(
    "north south east west northern southern eastern western central downtown greater capital capital,"
)
_PHYSICAL = words(
    "airport street square suburb district outskirts mayor resident hospital hotel university stadium centre"
    " neighborhood center station court port metro subway"
)


def acts(doc: Doc, text: str, match: Match) -> bool:
    """Whether the city named by `match` stands for its state: as subject, as owner of something abstract, or
    where the other side of an act stands ("talks with Moscow")."""
    span = doc.char_span(match.start, match.end, alignment_mode="expand")
    if span is None or not doc.has_annotation("DEP") or _city(span, text[match.end : match.end + 40]):
        return False
    before = doc[span.start - 1].lower_ if span.start else ""
    if before in _PLACING:
        return False
    if _before_its_verb(span) and doc[max(0, span.start - 1)].pos_ != "ADP":
        return True
    head = span.root
    if modifies_a_noun(head) or head.dep_ in ("amod", "appos"):
        return False
    for _ in range(3):
        if preposition_of(head):
            return _party(preposition_of(head), head)
        if head.dep_ != "conj":
            break
        head = head.head
    return _argument(head)


def _before_its_verb(span: Span) -> bool:
    """ "that Pyongyang has made": a finite verb right behind, which parses of long sentences can miss."""
    after = span.doc[span.end] if span.end < len(span.doc) else None
    return after is not None and after.tag_ in ("VBZ", "VBD", "VBP", "MD") and after.lower_ not in _LYING


def _argument(head: Token) -> bool:
    if base(head) in ("nsubj", "nsubjpass", "csubj"):
        return head.head.pos_ == "VERB"
    if head.dep_ in ("nmod:poss", "poss"):
        return head.head.pos_ == "NOUN" and _lemma(head.head) not in _PHYSICAL
    return base(head) in ("obj", "dobj", "iobj", "dative") and _lemma(head.head) not in _MOTION - _VISITS


def _city(span: Span, after: str) -> bool:
    """ "Moscow, Russia", "the city of Moscow", "central Moscow" are the city."""
    doc, before = span.doc, span.start - 1
    if before >= 0 and doc[before].lower_ in _DIRECTIONS:
        return True
    if (
        before >= 1
        and doc[before].lower_ == "of"
        and doc[before - 1].lower_ in ("city", "capital", "streets")
    ):
        return True
    return bool(re.match(r", [A-Z]", after)) and any(match.start <= 2 for match in find(after))


def _party(preposition: str, noun: Token) -> bool:
    last = preposition.split()[-1]
    if last in _PLACING:
        return False
    if last in _PARTY_TO:
        return True
    return last == "to" and _lemma(governor(noun)) not in _MOTION - _VISITS


def _lemma(token: Token) -> str:
    return (token.lemma_ or token.text).lower()
