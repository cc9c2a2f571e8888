"""How it was done and what it is about: PLOVER modes and contexts from the words around an act."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from spacy.tokens import Token

from etl.lexicon import FOLDER, look_up

NOTHING_SAID: tuple[str | None, tuple[str, ...]] = (None, ())


@dataclass(frozen=True, slots=True)
class Cue:
    """A word beside an act of `event_type` that tells its mode, its context, or both."""

    word: str
    event_type: str
    mode: str | None
    context: str | None
    example: str


@cache
def cues() -> Mapping[str, Mapping[str, Cue]]:
    """Cues by event type and word."""
    found: dict[str, dict[str, Cue]] = defaultdict(dict)
    with open(FOLDER / "cues.csv", encoding="utf8", newline="") as lines:
        for row in csv.DictReader(lines):
            cue = Cue(row["word"], row["type"], row["mode"] or None, row["context"] or None, row["example"])
            found[cue.event_type][cue.word] = cue
    return MappingProxyType(found)


def mode_and_context(trigger: Token, event_type: str) -> tuple[str | None, tuple[str, ...]]:
    """Mode and contexts that the trigger itself or a word up to three steps below it tells."""
    table = cues().get(event_type)
    if not table:
        return NOTHING_SAID
    own, *around = _around(trigger, 3)
    found = [cue for word in (*around, own) if (cue := look_up(table, word))]
    mode = next((cue.mode for cue in found if cue.mode), None)
    return mode, tuple(dict.fromkeys(cue.context for cue in found if cue.context))


def _around(token: Token, steps: int) -> list[Token]:
    found = [token]
    if steps:
        for child in token.children:
            if child.dep_ not in (
                "conj",
                "advcl",
                "ccomp",
                "parataxis",
                "acl:relcl",
                "relcl",
                "nsubj",
                "punct",
            ):
                found += _around(child, steps - 1)
    return found
