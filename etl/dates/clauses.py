"""Whose time it is: how a time expression and an event's trigger hang together in the parse.

Universal Dependencies and the ClearNLP scheme of OntoNotes pipelines are both understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from spacy.tokens import Span, Token

from etl.dates.tree import governor, is_verb, plain
from etl.dates.words import word_set

REPORTING = word_set(
    "say tell report announce state claim declare add confirm note explain write quote describe reveal"
    " disclose warn insist argue acknowledge admit deny suggest allege estimate believe think expect"
    " comment mention inform"
)
# verbs that only carry an event noun: "hold talks", "the attack took place", "launched a raid"
CARRIERS = word_set(
    "hold take begin start conduct launch carry occur happen make pay stage end continue open attend"
    " join resume have host conclude convene schedule set plan go come follow last run mount stag kick"
    " erupt break finish expect undertake perform give do sign complete"
)
# occasions at which something is said or done: what they date, they date for the act as well
OCCASION = re.compile(
    r"(?:meeting|summit|conference|talk|forum|ceremony|speech|interview|statement|briefing|session"
    r"|rally|visit|call"
    r"|address|hearing|debate|letter|trip|press|event|gathering|trial|vote|election|referendum"
    r"|announcement|protest"
    r"|raid|operation|attack|clash|incident|bombing|shooting|strike|airstrike|demonstration|march"
    r"|exercise|game)s?$"
)
AT = word_set("at during in on with by")


class Claim(Enum):
    """How an event holds a time: as its own, shared with what carries it, not, or nobody does."""

    OWN = 1
    SHARED = 2
    FREE = 3
    TAKEN = 4


def introduces(span: Span, trigger: Token) -> bool:
    """Whether the expression ends in the word that opens the trigger's clause: "a day after it attacked"."""
    opened = opens_clause(span)
    return opened is not None and trigger.i > span[-1].i and trigger in _chain_down(opened)


def opens_clause(span: Span) -> Token | None:
    """The head of the clause or noun phrase that "a day after" and its like open, else None."""
    last = span[-1]
    if last.lower_ not in ("after", "before", "following"):
        return None
    return last.head if last.head.i > last.i else next((c for c in last.children if c.i > last.i), None)


def claim_of(span: Span, trigger: Token) -> Claim:
    """How `trigger` holds the time in `span`."""
    holder = governor(span)
    if holder is None:
        return Claim.FREE
    if holder == trigger or holder in _own_words(trigger):
        return Claim.OWN
    if _carried(trigger, holder, span) or _shared(trigger, holder, span):
        return Claim.SHARED
    return Claim.TAKEN if _claims(holder, trigger) else Claim.FREE


def _own_words(trigger: Token) -> Iterator[Token]:
    """Auxiliaries of the trigger, parts of its compound ("rocket attacks"), and the compound's head."""
    yield from (
        c
        for c in trigger.children
        if plain(c) in ("aux", "auxpass", "cop", "compound", "prt", "flat", "fixed")
    )
    if plain(trigger) in ("compound", "aux", "flat", "fixed", "prt"):
        yield trigger.head


def _chain_down(token: Token) -> list[Token]:
    """The token with its complements and conjuncts: one assertion."""
    out, queue = [], [token]
    while queue:
        here = queue.pop()
        out.append(here)
        queue.extend(
            c for c in here.children if plain(c) in ("xcomp", "conj", "nsubj", "nsubjpass", "dobj", "obj")
        )
    return out


def _carried(trigger: Token, holder: Token, span: Span) -> bool:
    """The time hangs on the verb that governs the trigger, or on the noun that stands for it."""
    lemma = holder.lemma_.lower()
    if is_verb(holder):
        up = trigger.head
        relation = plain(trigger)
        if relation in ("pobj", "prep"):
            up, relation = up.head, "obl"
        if up == holder and relation in ("obj", "dobj", "nsubj", "nsubjpass", "obl", "attr"):
            return lemma in CARRIERS
        if up == holder and relation == "xcomp":
            return lemma not in REPORTING and (span.start > trigger.i or lemma in CARRIERS)
        return False
    return _occasion(trigger, holder) or _subject(trigger, holder) or _relative(trigger, holder)


def _occasion(trigger: Token, holder: Token) -> bool:
    """ "praised X in a speech on Tuesday": the speech's day is the praise's."""
    if not OCCASION.search(holder.lower_):
        return False
    if plain(holder) == "pobj":
        return holder.head.lower_ in AT and holder.head.head == trigger
    marks = [c.lower_ for c in holder.children if plain(c) == "case"]
    return (
        holder.head == trigger
        and plain(holder) in ("obl", "nmod")
        and bool(set(marks) & AT)
        and len(marks) == 1
    )


def _subject(trigger: Token, holder: Token) -> bool:
    """ "Thursday's attack killed 23" """
    return (
        holder.head == trigger
        and plain(holder) in ("nsubj", "nsubjpass")
        and bool(OCCASION.search(holder.lower_))
    )


def _relative(trigger: Token, holder: Token) -> bool:
    """ "an attack on Thursday that killed 23" """
    return (
        trigger.head == holder
        and plain(trigger) in ("acl", "relcl")
        and bool(OCCASION.search(holder.lower_))
        and any(c.lower_ in ("that", "which") and plain(c).startswith("nsubj") for c in trigger.children)
    )


def _shared(trigger: Token, holder: Token, span: Span) -> bool:
    """Conjuncts share what stands before them ("On Monday he flew in and met ...") or after them all."""
    if not is_verb(holder):
        return False
    conjuncts = (*trigger.conjuncts,)
    if holder not in conjuncts:
        return False
    first = min(trigger.i, holder.i)
    return span.start < first or (
        holder.i > trigger.i and span.start > holder.i and not _own_time_subject(holder, trigger)
    )


def _own_time_subject(holder: Token, trigger: Token) -> bool:
    """Whether the later conjunct has a subject of its own, and so a clause of its own."""
    return any(plain(c) in ("nsubj", "nsubjpass") for c in holder.children) and holder != trigger


def _claims(holder: Token, trigger: Token) -> bool:
    """Whether the holder is an event or clause of its own, so that the time is its and not the trigger's."""
    return is_verb(holder) or bool(OCCASION.search(holder.lower_)) or trigger not in holder.subtree
