"""Whose time it is by the parse: clauses that a time opens, and times that conjuncts share.

Universal Dependencies and the ClearNLP scheme of OntoNotes pipelines are both understood.
"""

from __future__ import annotations

from spacy.tokens import Span, Token

from etl.dates.tree import governor, plain
from etl.dates.vocabulary import ACT, OCCASION

COMPLEMENTS = ("xcomp", "conj", "nsubj", "nsubjpass", "dobj", "obj")


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


def _chain_down(token: Token) -> list[Token]:
    """The token with its complements and conjuncts: one assertion."""
    out, queue = [], [token]
    while queue:
        here = queue.pop()
        out.append(here)
        queue.extend(c for c in here.children if plain(c) in COMPLEMENTS)
    return out


def shares(trigger: Token, span: Span) -> bool:
    """Conjuncts share the time that stands before them all: "On Monday he landed and met the king"."""
    holder = governor(span)
    return holder is not None and holder in trigger.conjuncts and span.start < min(trigger.i, holder.i)


def takes_back(trigger: Token, span: Span) -> bool:
    """A time that the parse gives the trigger, though the act that is its object stands nearer.

    "will sign the peace deal with the rebels on 26 September"
    """
    if governor(span) != trigger or span.start < trigger.i:
        return False
    acts = [
        t
        for t in trigger.doc[trigger.i + 1 : span.start]
        if OCCASION.search(t.lower_) or ACT.search(t.lower_)
    ]
    verbs = [t for t in trigger.doc[trigger.i + 1 : span.start] if t.tag_.startswith("VB")]
    return bool(acts) and not verbs and all(_object_of(act, trigger) for act in acts)


def _object_of(act: Token, trigger: Token) -> bool:
    return act.head == trigger and plain(act) in ("obj", "dobj")
