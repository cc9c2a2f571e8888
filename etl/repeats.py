""" "Arrived for a visit", "imposed new restrictions": two words of a sentence that tell of one act.

An annotator marks one of them. The coder finds both, often with the same participants; here the surer one
stays, and takes from the other the side, mode and contexts that it lacks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from spacy.tokens import Token

from etl.clause import MAX_STEPS, governor
from etl.records import Mention

if TYPE_CHECKING:
    from etl.events import CodedAct

Kind = tuple[int, str, str, bool]
"""Sentence, type, status and reciprocity: acts that differ in one of them are never the same."""
Side = frozenset[tuple[int, int]]


def without_repeats(acts: Sequence[CodedAct]) -> list[CodedAct]:
    """`acts` of one Doc in their order, each act once."""
    alike: dict[Kind, list[CodedAct]] = {}
    for act in sorted(acts, key=lambda act: -act.confidence):
        kept = alike.setdefault(_kind(act), [])
        for number, surer in enumerate(kept):
            if _same(surer, act):
                kept[number] = _completed(surer, act)
                break
        else:
            kept.append(act)
    return sorted(chain.from_iterable(alike.values()), key=lambda act: (act.trigger.start, -act.confidence))


def _kind(act: CodedAct) -> Kind:
    return act.trigger.token.sent.start, act.event_type, act.status, act.reciprocal


def _same(one: CodedAct, other: CodedAct) -> bool:
    """Acts of one kind whose sides, as far as both name them, hold each other."""
    if _joined(one.trigger.token, other.trigger.token):
        return False
    source, other_source = _side(one.source), _side(other.source)
    target, other_target = _side(one.target), _side(other.target)
    opposed = (source | other_source) & (target | other_target)
    return _within(source, other_source) and _within(target, other_target) and not opposed


def _side(mentions: Sequence[Mention]) -> Side:
    return frozenset((mention.start_char, mention.end_char) for mention in mentions)


def _within(one: Side, other: Side) -> bool:
    return one <= other or other <= one


def _joined(one: Token, other: Token) -> bool:
    """ "Detains and expels" are two acts."""
    return _first_of(one) == _first_of(other)


def _first_of(word: Token) -> int:
    for _ in range(MAX_STEPS):
        if word.dep_ != "conj":
            break
        word = governor(word)
    return word.i


def _completed(act: CodedAct, other: CodedAct) -> CodedAct:
    return replace(
        act,
        source=act.source or other.source,
        target=act.target or other.target,
        claimants=act.claimants or other.claimants,
        mode=act.mode or other.mode,
        context=tuple(dict.fromkeys((*act.context, *other.context))),
    )
