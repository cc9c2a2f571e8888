"""Event mentions of one act to one event, across sentences and articles.

A mention joins the event that fits it best, if any fits well enough: the score adds what speaks for one act
and takes off what speaks against it, and `rule` names the parts. Candidates come from blocks of mentions that
share type, status class and a pair of actors (or of the states behind them); inside a block an event is open
only as long as its window of days can still be met, so the cost grows with the number of mentions. A report
that names one side only looks among all events of that side, and is found by later ones that name both.

The window of an event is what all its mentions' windows have in common. A chain of daily attacks therefore
does not grow into one event: each new day has to lie inside what is left of the window.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import polars as pl

# A report without a date of its own tells of its publication day or shortly before.
REPORTING_DELAY = timedelta(days=2)
# An undated plan, denial or hypothesis told again within this time is the same one.
UNDATED_MEMORY = timedelta(days=7)
ENOUGH = 3.0

DONE = {"happened": "done", "ongoing": "done"}

# What another report may call the same act; only told of the same actors and days they count as one.
KINDRED = {
    frozenset(pair)
    for pair in (
        ("AGREE", "SUPPORT"),
        ("AID", "COOPERATE"),
        ("AID", "SUPPORT"),
        ("ACCUSE", "REJECT"),
        ("ASSAULT", "MOBILIZE"),
        ("ASSAULT", "PROTEST"),
        ("CONCEDE", "RETREAT"),
        ("CONSULT", "COOPERATE"),
        ("COERCE", "SANCTION"),
        ("REJECT", "RETREAT"),
    )
}
# As many letters of two triggers as make them the same word in another form: promised, promise.
STEM_LETTERS = 5


@dataclass(frozen=True, slots=True)
class Report:
    """What merging looks at in one event mention; actors by key, roots by the state or body behind them."""

    row: int
    event_type: str
    status: str
    mode: str | None
    first: date
    last: date
    dated: bool
    place: str | None
    word: str
    origin: str
    sources: frozenset[str]
    targets: frozenset[str]
    source_roots: frozenset[str]
    target_roots: frozenset[str]
    reciprocal: bool


@dataclass(slots=True)
class Event:
    """An event while its mentions are being collected; `leader` is its first report and gives the key."""

    number: int
    leader: Report
    first: date
    last: date


def merge(mentions: pl.DataFrame) -> pl.DataFrame:
    """One row per event mention, in the order given: `event` (number from 0), `event_key`, `merge_rule`.

    `mentions` needs: event_type, status, mode, trigger, reciprocal, date_start, date_end, date_basis,
    published, place_key, sources, targets, source_roots, target_roots (lists of actor keys), and article_key,
    sentence_no, start_char, by which reports are put in an order that does not depend on the input's.
    """
    order = mentions.with_row_index("row").sort(
        "published", "article_key", "sentence_no", "start_char", "event_type", "row"
    )
    reports = sorted((_report(row) for row in order.iter_rows(named=True)), key=lambda r: r.first)
    assigned = _assign(reports)
    keys = _keys([event for event, _ in assigned.values()])
    rows = [assigned[row] for row in range(mentions.height)]
    return pl.DataFrame(
        {
            "event": [event.number for event, _ in rows],
            "event_key": [keys[event.number] for event, _ in rows],
            "merge_rule": [rule for _, rule in rows],
        },
        schema={"event": pl.Int64, "event_key": pl.String, "merge_rule": pl.String},
    )


def _report(row: dict[str, Any]) -> Report:
    first, last = _window(row)
    return Report(
        row["row"],
        row["event_type"],
        DONE.get(row["status"], row["status"]),
        row["mode"],
        first,
        last,
        row["date_basis"] in ("explicit", "relative") and row["date_start"] is not None,
        row["place_key"],
        row["trigger"].casefold()[:STEM_LETTERS],
        f"{row['article_key']}#{row['start_char']}",
        frozenset(row["sources"]),
        frozenset(row["targets"]),
        frozenset(row["source_roots"]),
        frozenset(row["target_roots"]),
        row["reciprocal"],
    )


def _window(row: dict[str, Any]) -> tuple[date, date]:
    """The days on which the act may have been, as far as this report says."""
    published, start, end = row["published"], row["date_start"], row["date_end"]
    if row["date_basis"] in ("explicit", "relative") and (start or end):
        return start or end, end or max(start, published)
    if row["date_basis"] == "publication":
        return published - REPORTING_DELAY, published
    return published - UNDATED_MEMORY, published


@dataclass(slots=True)
class Blocks:
    """Events that can still take reports, by status class and by one actor or two; roots stand for actors."""

    pairs: dict[tuple[str, str, str], list[Event]] = field(default_factory=lambda: defaultdict(list))
    known: dict[tuple[str, str], list[Event]] = field(default_factory=lambda: defaultdict(list))
    one_sided: dict[tuple[str, str], list[Event]] = field(default_factory=lambda: defaultdict(list))

    def candidates(self, report: Report) -> Iterator[Event]:
        """Open events that share a pair with the report, or its one side where either names no other."""
        lists = [self.pairs[pair] for pair in _pairs(report)]
        singles = self.known if _is_one_sided(report) else self.one_sided
        sides = _named(report.source_roots) or _named(report.target_roots)
        lists += [singles[(report.status, root)] for root in sides]
        seen: set[int] = set()
        for events in lists:
            events[:] = [event for event in events if event.last >= report.first]
            for event in events:
                if event.first <= report.last and event.number not in seen:
                    seen.add(event.number)
                    yield event

    def add(self, report: Report, event: Event) -> None:
        """Let reports that share what this one names find its event."""
        roots = [(report.status, root) for root in report.source_roots | report.target_roots]
        lists = [self.pairs[pair] for pair in _pairs(report)] + [self.known[root] for root in roots]
        if _is_one_sided(report):
            lists += [self.one_sided[root] for root in roots]
        for events in lists:
            if all(other is not event for other in events):
                events.append(event)


def _is_one_sided(report: Report) -> bool:
    sources, targets = _named(report.source_roots), _named(report.target_roots)
    return len(sources | targets) < 2 if report.reciprocal else not sources or not targets


def _named(actors: frozenset[str]) -> frozenset[str]:
    """Without unnamed groups ("officers"), whose keys hold inside their article only."""
    return frozenset(key for key in actors if not (key.startswith("group:") and "@" in key))


def _pairs(report: Report) -> Iterator[tuple[str, str, str]]:
    """Status class and unordered pairs of roots that meet in the report."""
    if report.reciprocal:
        ordered = sorted(report.source_roots | report.target_roots)
        yield from ((report.status, a, b) for i, a in enumerate(ordered) for b in ordered[i + 1 :])
        return
    for source in report.source_roots:
        for target in report.target_roots:
            yield (report.status, *sorted((source, target)))  # type: ignore[misc]


def _assign(reports: Sequence[Report]) -> dict[int, tuple[Event, str]]:
    """Row -> its event and the reasons. Reports come sorted by the first day of their window."""
    blocks = Blocks()
    assigned: dict[int, tuple[Event, str]] = {}
    count = 0
    for report in reports:
        event, rule = _best(report, blocks.candidates(report))
        if event is None:
            event, rule = Event(count, report, report.first, report.last), "first report"
            count += 1
        else:
            event.first, event.last = max(event.first, report.first), min(event.last, report.last)
        blocks.add(report, event)
        assigned[report.row] = (event, rule)
    return assigned


def _best(report: Report, candidates: Iterable[Event]) -> tuple[Event | None, str]:
    """The event that fits best, the earlier one where two fit alike; None where none fits well enough."""
    best: tuple[float, int] | None = None
    chosen, rule = None, ""
    for event in candidates:
        points, why = _fit(report, event)
        if points >= ENOUGH and (best is None or (points, -event.number) > best):
            best, chosen, rule = (points, -event.number), event, why
    return chosen, rule


def _fit(report: Report, event: Event) -> tuple[float, str]:
    """How well a report fits an event's first report, and the reasons, e.g. `actors+day+place`."""
    leader = event.leader
    parts = [*_type_points(report, leader), *_actor_points(report, leader), *_other_points(report, leader)]
    return sum(points for points, _ in parts), "+".join(name for points, name in parts if points > 0)


def _type_points(report: Report, leader: Report) -> Iterator[tuple[float, str]]:
    if report.event_type == leader.event_type:
        yield 0.5, "type"
    elif frozenset((report.event_type, leader.event_type)) in KINDRED:
        yield -0.5, "kindred type"
    else:
        yield -9.0, "type"
    if report.mode and leader.mode and report.mode != leader.mode:
        yield -0.5, "mode"


def _actor_points(report: Report, leader: Report) -> Iterator[tuple[float, str]]:
    if report.reciprocal or leader.reciprocal:
        yield _overlap(
            report.sources | report.targets,
            leader.sources | leader.targets,
            report.source_roots | report.target_roots,
            leader.source_roots | leader.target_roots,
            2.0,
        )
        return
    yield _overlap(report.sources, leader.sources, report.source_roots, leader.source_roots, 1.0)
    yield _overlap(report.targets, leader.targets, report.target_roots, leader.target_roots, 1.0)


def _overlap(
    ours: frozenset[str],
    theirs: frozenset[str],
    our_roots: frozenset[str],
    their_roots: frozenset[str],
    weight: float,
) -> tuple[float, str]:
    """Same actors, or actors of the same states or bodies; an unnamed side hardly helps and does not hurt."""
    if not ours or not theirs:
        return (0.5 if not ours and not theirs else 0.25), "unnamed"
    if not ours & theirs and not (_named(ours) and _named(theirs)):
        return 0.25, "unnamed"
    if ours & theirs:
        return (1.25 if ours == theirs else 1.0) * weight, "actors"
    if our_roots & their_roots:
        return (1.0 if our_roots == their_roots else 0.75) * weight, "affiliations"
    return -3.0 * weight, "actors"


def _other_points(report: Report, leader: Report) -> Iterator[tuple[float, str]]:
    if report.dated and leader.dated:
        yield (1.25, "day") if report.first == leader.first else (0.5, "dates")
    else:
        yield 0.75, "window"
    if report.word == leader.word:
        yield 0.5, "word"
    if report.place and leader.place:
        yield (0.5, "place") if report.place == leader.place else (-0.25, "place")


def _keys(events: Sequence[Event]) -> dict[int, str]:
    """A lasting key from the first report alone: its facts, or its place in the text where nobody is named.

    Equal ones (rare) are numbered by their first day.
    """
    keys: dict[int, str] = {}
    seen: dict[str, int] = defaultdict(int)
    for event in sorted({event.number: event for event in events}.values(), key=lambda e: e.number):
        leader = event.leader
        parties = leader.sources | leader.targets
        facts = (
            *([] if parties else [leader.origin]),
            leader.event_type,
            leader.status,
            *sorted(leader.sources),
            "->",
            *sorted(leader.targets),
            leader.first.isoformat(),
            leader.last.isoformat(),
        )
        key = "event:" + hashlib.sha256("|".join(facts).encode()).hexdigest()[:16]
        seen[key] += 1
        keys[event.number] = key if seen[key] == 1 else f"{key}-{seen[key]}"
    return keys
