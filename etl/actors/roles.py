"""Offices and affiliations that the text gives a name: before it, after it, or by "is"."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from spacy.tokens import Doc, Span, Token

from etl.actors.noun_phrases import actor_noun_of, plural, singular
from etl.clause import base
from etl.gazetteer import ActorNoun, actor_nouns, titles
from etl.words import words

_LINKING = frozenset({"of", "and", "for", "'s", "’s", "'", "’", "to", "the"})
_DASHES = frozenset({"-", "–", "—"})
_JOINING = _LINKING | _DASHES
_PREPOSITIONS = frozenset({"about", "at", "by", "for", "from", "in", "of", "on", "to", "with"})
_ENDING = words("who whom whose which that where when from since until , ;")
"""Words with which something else begins behind an office: "president from 2005 to 2013"."""
_NOUNS = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "X", ""})
MAX_TOKENS = 12
"""How far before or after a name its office can begin."""


@dataclass(frozen=True, slots=True)
class Office:
    """Token range [start, end) of the words that give the office, and their head noun."""

    start: int
    end: int
    noun: ActorNoun


def before(doc: Doc, start: int, named: set[int]) -> Office | None:
    """The title in front of the name that begins at token `start`: "White House spokesman Tony Snow", also
    with a comma between ("the spokesman, Tony Snow").

    `named` are tokens inside mentions of names: those that stand before a title belong to it.
    """
    first = end = start - 1 if start and doc[start - 1].text == "," else start
    if end and doc[end - 1].lower_ in _LINKING:
        return None  # "the killer of X", "the president and X"
    while first > 0 and end - first < MAX_TOKENS and _of_title(doc[first - 1], named):
        if doc[first - 1].lower_ == "and" and first > 1 and _is_somebody(doc[first - 2], named):
            break  # "President X and foreign minister Y"
        if doc[first - 1].text in _DASHES and first > 1 and doc[first - 2].whitespace_:
            break  # "OTTAWA, Ontario - Prime Minister X"
        first -= 1
    while first < end and doc[first].lower_ in _JOINING:
        first += 1
    place = next((i for i in range(end - 1, first - 1, -1) if _office(doc[i])), end)
    first = _after_others(doc, first, place)
    noun = _office(doc[place]) if place < end else None
    if noun is None or (end < start and not (_beside_comma(doc, end) or _of_state(doc, end, named))):
        return None
    return Office(first, end, noun)


def _after_others(doc: Doc, first: int, place: int) -> int:
    """Where the office at `place` begins behind what is only of its holder: "supporters of President X"."""
    if place < len(doc) and plural(doc[place]):
        return first  # "President of the Council of Ministers"
    for i in range(place - 1, first, -1):
        if doc[i].lower_ in _PREPOSITIONS and (_office(doc[i - 1]) is None or plural(doc[i - 1])):
            return i + 1
    return first


def _is_somebody(token: Token, named: set[int]) -> bool:
    return token.i in named or _office(token) is not None


def _beside_comma(doc: Doc, comma: int) -> bool:
    """Whether the office ends at the comma ("the secretary of state, X"); lists and clauses do not."""
    return doc[comma - 1].lower_ in titles() or _office(doc[comma - 1]) is not None


def _of_state(doc: Doc, comma: int, named: set[int]) -> bool:
    """Whether "the president of Russia, X," stands around the comma: a name before it, and X ends at another
    stop.
    """
    end = next((i for i in range(comma + 1, len(doc)) if i not in named), len(doc) - 1)
    return doc[comma - 1].i in named and doc[end].text in (",", ".", ";", ")")


def _of_title(token: Token, named: set[int]) -> bool:
    if token.i in named or token.lower_ in titles() or token.lower_ in _JOINING:
        return True
    return token.pos_ in _NOUNS and token.text.isalpha() and token.dep_ not in ("nsubj", "obj", "obl", "ROOT")


def _office(token: Token) -> ActorNoun | None:
    if token.lower_ not in titles() and singular(token) not in actor_nouns():
        return None
    noun = actor_noun_of(token)
    return noun if noun and noun.kind in ("person", "people") else None


def after(doc: Doc, name: Span) -> Office | None:
    """The apposition behind a name: "Wang Yi, China's foreign minister,".

    By the parse where there is one (`appos` on one of its words), else by the comma behind the name.
    """
    end = name.end
    for child in (child for token in name for child in token.children) if doc.has_annotation("DEP") else ():
        phrase = _phrase(doc, child, end) if base(child) == "appos" and child.i >= end else None
        if phrase is not None:
            return phrase
    if end + 1 < len(doc) and doc[end].text == ",":
        return _linear(doc, end + 1)
    return None


def by_copula(head: Token) -> Office | None:
    """The office in "X is the president of Y": the predicate noun of which the name is the subject."""
    if base(head) not in ("nsubj", "nsubjpass"):
        return None
    predicate = head.head
    if predicate.lemma_ == "be":
        predicate = next((child for child in predicate.children if child.dep_ == "attr"), predicate)
    noun = _office(predicate)
    copula = any(child.dep_ == "cop" for child in predicate.children) or predicate.dep_ == "attr"
    if noun is None or not copula:
        return None
    return Office(predicate.left_edge.i, predicate.i + 1, noun) if predicate.left_edge.i > head.i else None


def _phrase(doc: Doc, child: Token, end: int) -> Office | None:
    noun = _office(child)
    if noun is None:
        return None
    start = max(end, child.left_edge.i)
    while start < child.i and (doc[start].is_punct or doc[start].lower_ in ("the", "a", "an")):
        start += 1
    stop = min(child.right_edge.i + 1, child.i + MAX_TOKENS)
    other = (i for i in range(child.i + 1, stop) if doc[i].lower_ in _ENDING or _acts(doc[i]))
    cut = next(other, None)
    return Office(start, _with_of(doc, stop) if cut is None else cut, noun)


def _acts(token: Token) -> bool:
    """Whether the token is a verb, and not a name's "United"."""
    return token.pos_ == "VERB" and token.text[0].islower()


def _with_of(doc: Doc, stop: int) -> int:
    """The end of an office that goes on with "of" where the parse breaks off ("secretary of state of X")."""
    while stop + 1 < len(doc) and doc[stop].lower_ == "of":
        stop += 1
        while stop < len(doc) and (doc[stop].pos_ in ("DET", "ADJ", "NOUN") or doc[stop].text[0].isupper()):
            stop += 1
    return stop


def _linear(doc: Doc, start: int) -> Office | None:
    """Without a parse: the words up to the next comma, if an office stands among them before any preposition
    and none is a verb ("the first visit by a president" is no office).
    """
    stop = start
    while stop < min(len(doc), start + MAX_TOKENS) and doc[stop].text not in (
        ",",
        ".",
        ";",
        "(",
        "—",
        '"',
        "”",
    ):
        if doc[stop].pos_ in ("VERB", "AUX") and not doc[stop].text[0].isupper():
            return None
        stop += 1
    if stop == len(doc) or (doc[stop].text != "," and doc[stop].text != "."):
        return None
    while start < stop and doc[start].lower_ in ("the", "a", "an"):
        start += 1
    head = takewhile(lambda token: token.lower_ not in _PREPOSITIONS | _ENDING, doc[start:stop])
    noun = next((found for token in head if (found := _office(token))), None)
    return (
        Office(start, stop, noun)
        if (noun and noun.title) or (noun and doc[start].lower_ == noun.noun)
        else None
    )
