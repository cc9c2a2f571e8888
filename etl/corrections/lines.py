"""What is wrong with a corrections line by itself or beside the other lines, whatever the articles say."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import get_args

from etl.plover import EVENT_TYPES
from etl.publish.corrections import ACTIONS, Correction, final_keys, split_key
from etl.records import ActorKind

KINDS: tuple[str, ...] = get_args(ActorKind)
SPAN = re.compile(r"(?P<article>[^#]+)#(?P<start>\d{1,9})-(?P<end>\d{1,9})")
VALUES = {
    "merge": "the key of the actor that it is",
    "split": "the alias that is somebody else",
    "rename": "the name",
    "retype": "an actor kind or an event type",
}
# Of these only the last line on a key counts.
LAST_COUNTS = ("merge", "rename", "retype")


@dataclass(frozen=True, slots=True)
class Beside:
    """What the lines of a file say together: where merges end, and which keys splits make."""

    lines: Sequence[Correction]
    final: dict[str, str]
    made: dict[str, Correction]


def beside(lines: Sequence[Correction]) -> Beside:
    """The lines of a file, seen together."""
    merges = {line.key: line.value for line in lines if line.action == "merge"}
    made = {split_key(line.key, line.value): line for line in lines if line.action == "split" and line.value}
    return Beside(lines, final_keys(merges), made)


def fault(line: Correction, among: Beside) -> str | None:
    """Why this line cannot do anything, as a sentence; None where only the articles can tell."""
    return next((found for rule in RULES if (found := rule(line, among))), None)


def _incomplete(line: Correction, _: Beside) -> str | None:
    if line.action not in ACTIONS:
        return f"There is no action {line.action!r}; there are {', '.join(ACTIONS)}."
    if not line.key:
        return "The line has no key; name the actor, event or mention."
    if line.action in VALUES and not line.value:
        return f"The line has no value; {line.action} needs {VALUES[line.action]}."
    return None


def _no_such_type(line: Correction, _: Beside) -> str | None:
    if line.action != "retype":
        return None
    choices, what = (EVENT_TYPES, "event type") if is_event(line.key) else (KINDS, "actor kind")
    folded = line.value.upper() if is_event(line.key) else line.value.lower()
    return (
        None if folded in choices else f"There is no {what} {line.value!r}; there are {', '.join(choices)}."
    )


def _odd_span(line: Correction, _: Beside) -> str | None:
    if "#" not in line.key:
        return None
    if line.action != "ignore":
        return f"{line.action.capitalize()} takes the key of an actor or event, not of a mention."
    found = SPAN.fullmatch(line.key)
    if found and int(found["start"]) < int(found["end"]):
        return None
    return "A mention is named by <article key>#<start>-<end>, counted in characters."


def _actor_wanted(line: Correction, _: Beside) -> str | None:
    if line.action in ("merge", "split", "rename") and is_event(line.key):
        return f"{line.action.capitalize()} is for actors; an event can be ignored or retyped."
    return None


def _overridden(line: Correction, among: Beside) -> str | None:
    """A later line on the same key, or the same line once more."""
    later = list(among.lines)[_place(line, among) + 1 :]
    for other in later:
        if (other.key, other.action) != (line.key, line.action):
            continue
        if line.action in LAST_COUNTS:
            return f"{_name(other)} says the same or otherwise of this key, and counts instead of this one."
        if other.value.lower() == line.value.lower():
            return f"{_name(other)} says it again; one of the two is enough."
    return None


def _place(line: Correction, among: Beside) -> int:
    return next((i for i, other in enumerate(among.lines) if other is line), len(among.lines))


def _circle(line: Correction, among: Beside) -> str | None:
    if line.action != "merge":
        return None
    if line.key == line.value:
        return "This merges an actor with itself."
    if line.key not in among.final:
        return "Merges run in a circle here, so none of them is done; take one of them out."
    return None


def _merged_away(line: Correction, among: Beside) -> str | None:
    """Names, kinds and what is ignored are looked up where the merges end."""
    if line.action in ("rename", "retype", "ignore") and line.key in among.final:
        final = among.final[line.key]
        return f"Another line merges this actor into {final}; say it of that key."
    return None


RULES: tuple[Callable[[Correction, Beside], str | None], ...] = (
    _incomplete,
    _no_such_type,
    _odd_span,
    _actor_wanted,
    _overridden,
    _circle,
    _merged_away,
)


def is_event(key: str) -> bool:
    """Whether a key names an event."""
    return key.startswith("event:")


def _name(line: Correction) -> str:
    return f"Line {line.line}" if line.line else "The new line"
