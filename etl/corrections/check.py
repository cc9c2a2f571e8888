"""What each line of a corrections file would do to a snapshot, and what fits where it would do nothing.

A line that the snapshot was built with is reported with the rows that it changed then; any other is counted
by the SQL that publishing uses (publish/corrections.sql), over the snapshot as it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import duckdb

from etl.corrections.lines import Beside, beside, fault, is_event
from etl.corrections.look_up import Known, look_up
from etl.corrections.missing import missing, missing_target
from etl.publish.corrections import Correction, split_key

State = Literal["in effect", "waiting", "wrong"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A line judged. `rows` counts as the table `corrections` does.

    `nearest` are up to three (key or alias, name) pairs that a line that matches nothing may have meant.
    """

    line: Correction
    state: State
    rows: int
    says: str
    nearest: tuple[tuple[str, str], ...] = ()


def check(con: duckdb.DuckDBPyConnection, lines: Sequence[Correction]) -> list[Verdict]:
    """A verdict on each line, in order. `con` reads a snapshot; temporary tables are left in it."""
    among, known = beside(lines), look_up(con, lines)
    return [_verdict(con, line, rows, among, known) for line, rows in zip(lines, known.rows, strict=True)]


def _verdict(
    con: duckdb.DuckDBPyConnection, line: Correction, counted: int, among: Beside, known: Known
) -> Verdict:
    if problem := fault(line, among):
        return Verdict(line, "wrong", 0, problem)
    if line.action == "merge" and not _is_there(line.value, among, known):
        return Verdict(line, "wrong", 0, *missing_target(con, line))
    before = known.before(line)
    rows = counted if before is None else before
    if not rows and not _waits_for_others(line, among, known):
        return Verdict(line, "wrong", 0, *missing(con, line, known))
    return Verdict(line, "waiting" if before is None else "in effect", rows, _effect(line, rows, known))


def _is_there(key: str, among: Beside, known: Known) -> bool:
    return known.is_actor(key) or key in among.made or key in among.final


def _waits_for_others(line: Correction, among: Beside, known: Known) -> bool:
    """Whether the key is one that another line's split makes, or that an older line merged away."""
    moves = line.action in ("merge", "split")
    return line.key in among.made or (moves and known.merged_before(line.key))


def _effect(line: Correction, rows: int, known: Known) -> str:
    """What the line does, in a sentence with names."""
    name, value = known.name(line.key), line.value
    if line.action == "merge":
        return f"{_count(rows, 'mention')} of {name} {_verb(rows, 'count')} for {known.name(value)}."
    if line.action == "split":
        told = f"{_count(rows, 'mention')} of {name} as “{value}” {_verb(rows, 'become')}"
        return f"{told} an actor of their own, {split_key(line.key, value)}."
    if line.action == "rename":
        return f"{name} is called {value}."
    if line.action == "retype":
        inside = f"{value.upper()} in {_count(rows, 'report')}" if is_event(line.key) else value.lower()
        return f"{name} becomes {inside}."
    if line.key in known.words:
        return f"“{known.words[line.key]}” is left out."
    what = "report" if is_event(line.key) else "mention"
    return f"{name} is left out, with {_count(rows, what)}."


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def _verb(n: int, plural: str) -> str:
    return f"{plural}s" if n == 1 else plural
