"""Event mentions of one act to one event, across sentences and articles.

A mention joins the event that fits it best, if any fits well enough: points for what speaks for one act,
less those for what speaks against it (`fit`); `rule` names the parts. It is compared with the events of its
block (`blocks`): they share status class, type or a kindred one, and an actor, a place or the text, and are
open only as long as their window of days can still be met. So the cost grows with the number of mentions.

The window of an event is what all its mentions' windows have in common. A chain of daily attacks therefore
does not grow into one event: each new day has to lie inside what is left of the window.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import polars as pl

from etl.merge.blocks import Blocks, Event
from etl.merge.fit import ENOUGH, fit
from etl.merge.reports import Report, reports

# An event is compared by its first reports: later ones say little new, and there may be thousands.
COMPARED = 4
# Its very first one, which gives the key, may fit less well than the best of them, but not much.
LEEWAY = 1.5


def merge(mentions: pl.DataFrame) -> pl.DataFrame:
    """One row per event mention, in the order given: `event` (number from 0), `event_key`, `merge_rule`.

    `mentions` has the columns of `etl/publish/reports.sql`. The order of its rows does not matter.
    """
    blocks, keys = Blocks(), Keys()
    found: dict[int, tuple[int, str, str]] = {}
    for report in reports(mentions):
        event, rule = _best(report, blocks.candidates(report))
        if event is None:
            event, rule = Event(len(keys.given), keys.of(report), report.first, report.last), "first report"
        event.take(report, COMPARED)
        blocks.add(report, event)
        found[report.row] = (event.number, event.key, rule)
    schema = {"event": pl.Int64, "event_key": pl.String, "merge_rule": pl.String}
    return pl.DataFrame([found[row] for row in range(mentions.height)], schema=schema, orient="row")


def _best(report: Report, candidates: Iterable[Event]) -> tuple[Event | None, str]:
    """The event that fits best, the earlier one where two fit alike; None where none fits well enough."""
    best: tuple[float, int] | None = None
    chosen, rule = None, ""
    for event in candidates:
        if (report.article, report.sentence_no) in event.sentences:
            continue  # one sentence tells of two acts
        points, why = _fit(report, event)
        if points >= ENOUGH and (best is None or (points, -event.number) > best):
            best, chosen, rule = (points, -event.number), event, why
    return chosen, rule


def _fit(report: Report, event: Event) -> tuple[float, str]:
    """Points against the member that fits best, with the leader within reach."""
    first, *others = (fit(report, member) for member in event.members)
    points, why = max([first, *others])
    return min(points, first[0] + LEEWAY), why


@dataclass(slots=True)
class Keys:
    """Lasting keys of events, from their first report alone: its facts, or its place where nobody is named.

    Equal ones (rare) are numbered by their first day.
    """

    given: list[str] = field(default_factory=list)
    times: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def of(self, leader: Report) -> str:
        """The next event's key."""
        key = "event:" + hashlib.sha256("|".join(_facts(leader)).encode()).hexdigest()[:16]
        self.times[key] += 1
        self.given.append(key if self.times[key] == 1 else f"{key}-{self.times[key]}")
        return self.given[-1]


def _facts(leader: Report) -> tuple[str, ...]:
    return (
        *([] if leader.own_sources | leader.own_targets else [f"{leader.article}#{leader.start_char}"]),
        leader.event_type,
        leader.status,
        *sorted(leader.own_sources),
        "->",
        *sorted(leader.own_targets),
        leader.first.isoformat(),
        leader.last.isoformat(),
    )
