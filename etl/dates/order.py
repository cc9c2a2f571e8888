"""Whose time it is by the order of the words.

Parsers attach times worst of all, and news puts them in few places. A time before its noun ("Thursday's
rocket attacks", "the 1974 invasion") is that noun's; one that opens a sentence is the first finite verb's;
any other belongs to the nearest verb or event noun before it. Verbs that only carry an event ("talks are
expected to begin tomorrow") and occasions ("in a speech on Tuesday") pass it on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Span, Token

from etl.dates.tree import plain
from etl.dates.vocabulary import ACT, AT, CARRIERS, INVOLVED, OCCASION, is_one_of

PREMODIFIED = ("DT", "PRP$", "POS", "JJ", "NNP")
IN_A_NAME = ("JJ", "NN", "NNS", "NNP", "NNPS", "CD", "HYPH", "VBN", "VBG", "POS")


def holds(trigger: Token, span: Span, sentence: Span) -> bool:
    """Whether the order of the words gives the time in `span` to `trigger`."""
    noun = _noun_after(span, sentence)
    if noun is not None:
        return noun == trigger or _same_name(trigger, noun) or _done_at(trigger, noun, span, sentence)
    if STARTS.match(span.text.lower()) and _planned_before(span, sentence) == trigger:
        return True
    if _opens(span, sentence):
        return _first_verb(span, sentence) == trigger
    return _reached(trigger, span) or _follows(trigger, span)


def _follows(trigger: Token, span: Span) -> bool:
    """ "will celebrate on Saturday with a military parade", "were killed on Friday in a raid" """
    between = list(span.doc[span.end : trigger.i])
    if (
        not trigger.tag_.startswith("NN")
        or not between
        or between[0].lower_ not in ("with", "in", "at", "during")
    ):
        return False
    return all(t.tag_ in (*IN_A_NAME, "DT", "PRP$") and t.tag_ != "CD" for t in between[1:])


STARTS = re.compile(r"beginning|starting|effective")


def _planned_before(span: Span, sentence: Span) -> Token | None:
    """The verb of the last "will" before the time: "will bar people who ... beginning on 8 November"."""
    modals = [t for t in span.doc[sentence.start : span.start] if t.lower_ in ("will", "would", "'ll", "’ll")]
    if not modals:
        return None
    rest = span.doc[modals[-1].i + 1 : span.start]
    return next((t for t in rest if t.tag_.startswith("VB") and t.lower_ not in ("be", "have", "been")), None)


def _done_at(trigger: Token, noun: Token, span: Span, sentence: Span) -> bool:
    """ "was arrested during the 2010 summit", "will attend a May 9 parade" """
    if not OCCASION.search(noun.lower_) or trigger.i >= span.start:
        return False
    before = span.doc[max(sentence.start, span.start - 3) : span.start]
    if any(t.lower_ == "in" and t.nbor(-1).lower_ in INVOLVED for t in before if t.i > sentence.start):
        return False
    at = any(t.lower_ in ("at", "during", "in") for t in before)
    attended = trigger in before and is_one_of(trigger, CARRIERS)
    return (at or attended) and _reached(trigger, span)


def _noun_after(span: Span, sentence: Span) -> Token | None:
    """The noun that a time without a preposition stands before: the last of the words up to it."""
    run = list(_run(span, sentence))
    if not run or not run[-1].tag_.startswith("NN"):
        return None
    possessive = run[0].lower_ in ("'s", "’s", "'", "’")
    before = span.doc[span.start - 1] if span.start > sentence.start else None
    led = before is None or before.tag_ in PREMODIFIED
    return run[-1] if possessive or led else None


def _run(span: Span, sentence: Span) -> Iterator[Token]:
    for token in span.doc[span.end : sentence.end]:
        if token.tag_ not in IN_A_NAME and token.lower_ not in ("'s", "’s", "-"):
            return
        yield token


def _same_name(trigger: Token, noun: Token) -> bool:
    """A trigger inside the noun's name: "Thursday's rocket attacks" by its "rocket"."""
    return trigger.i < noun.i and all(t.tag_ in IN_A_NAME for t in trigger.doc[trigger.i : noun.i])


def _opens(span: Span, sentence: Span) -> bool:
    """Whether nothing but a preposition stands before the time."""
    return all(t.tag_ in ("IN", "TO", "DT", "RB", "``", ":") for t in span.doc[sentence.start : span.start])


def _first_verb(span: Span, sentence: Span) -> Token | None:
    finite = ("VBD", "VBZ", "VBP", "MD")
    start = next((t.i for t in span.doc[span.end : sentence.end] if t.tag_ in finite), None)
    if start is None:
        return None
    group = [
        t
        for t in span.doc[start : min(start + 5, sentence.end)]
        if t.tag_.startswith(("VB", "MD")) or t.tag_ == "RB"
    ]
    last = span.doc[start]
    for token in group:
        if token.i - last.i > 1:
            break
        last = token if token.tag_.startswith("VB") else last
    return last


def _reached(trigger: Token, span: Span) -> bool:
    """Whether a walk to the left from the time meets the trigger before any other predicate."""
    if trigger.i >= span.start:
        return False
    carried = False
    for token in reversed(list(span.doc[trigger.i : span.start])):
        if token == trigger:
            return not (carried and token.tag_.startswith("VB"))
        if token.tag_ in ("WP", "WDT") and token.i - trigger.i > 2:
            return False
        if _verb(token):
            if not is_one_of(token, CARRIERS):
                return False
            carried = True
        elif _event_noun(token) and not (OCCASION.search(token.lower_) and _at(token)):
            return False
    return False


def _event_noun(token: Token) -> bool:
    if not token.tag_.startswith("NN") or plain(token) == "compound":
        return False
    return bool(OCCASION.search(token.lower_) or ACT.search(token.lower_))


def _verb(token: Token) -> bool:
    """A verb that makes a clause, no auxiliary and no participle before a noun."""
    if not token.tag_.startswith("VB") or plain(token) in (
        "aux",
        "auxpass",
        "cop",
        "amod",
        "compound",
        "case",
    ):
        return False
    return token.lower_ not in (
        "following",
        "including",
        "according",
        "beginning",
        "starting",
        "be",
        "been",
        "being",
    )


def _at(noun: Token) -> bool:
    """Whether the noun is an occasion at which something is done: "at a protest", "in a speech"."""
    before = noun.doc[max(0, noun.i - 4) : noun.i]
    return any(t.lower_ in AT and t.tag_ == "IN" and t.nbor(-1).lower_ not in INVOLVED for t in before if t.i)
