"""The sample's dispatches and their key hold what data/README.md says of them."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
STATUSES = {"happened", "ongoing", "planned", "hypothetical", "negated"}
HEADER = re.compile(r" ?date (\d{4}-\d{2}-\d{2}) (?=\S)")


class Telling(NamedTuple):
    """One row of the key: what one dispatch tells of one event."""

    event: str
    event_type: str
    status: str
    sources: str
    targets: str
    date: str
    dispatch: str
    quote: str
    copy_of: str

    @property
    def outlet(self) -> str:
        return Path(self.dispatch).parent.name

    @property
    def actors(self) -> set[str]:
        return set(filter(None, f"{self.sources}|{self.targets}".split("|")))


@pytest.fixture(scope="module")
def dispatches(root: Path) -> dict[str, str]:
    """Text of every dispatch by its path from the project's root."""
    files = sorted((root / "data" / "sample").rglob("*.txt"))
    return {file.relative_to(root).as_posix(): file.read_text(encoding="utf-8") for file in files}


@pytest.fixture(scope="module")
def key(root: Path) -> list[Telling]:
    with (root / "data" / "sample.key.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        assert tuple(next(rows)) == Telling._fields
        return [Telling(*row) for row in rows]


def published(text: str) -> date:
    header = HEADER.match(text)
    assert header, text[:40]
    return date.fromisoformat(header[1])


def days(value: str) -> tuple[date, date] | None:
    """First and last day of a key date; None where it is empty or coarser than days."""
    first, _, last = value.partition("/")
    if len(first) < len("2023-09-13"):
        return None
    return date.fromisoformat(first), date.fromisoformat(last or first)


def tellers(key: list[Telling]) -> dict[str, set[str]]:
    """Outlets that tell of each event in words of their own."""
    outlets: dict[str, set[str]] = defaultdict(set)
    for telling in key:
        if not telling.copy_of:
            outlets[telling.event].add(telling.outlet)
    return outlets


def test_there_are_enough_dispatches_in_six_outlets(dispatches: dict[str, str]) -> None:
    assert len(dispatches) >= 80
    assert len({Path(path).parent.name for path in dispatches}) == 6


def test_dispatches_are_short(dispatches: dict[str, str]) -> None:
    lengths = {path: len(HEADER.sub("", text, count=1).split()) for path, text in dispatches.items()}
    assert {path: n for path, n in lengths.items() if not 80 <= n <= 250} == {}


def test_every_dispatch_is_dated_like_its_file(dispatches: dict[str, str]) -> None:
    for path, text in dispatches.items():
        assert Path(path).name.startswith(f"{published(text)}-"), path
        assert date(2023, 7, 1) <= published(text) <= date(2023, 12, 31), path


def test_the_key_covers_every_dispatch(dispatches: dict[str, str], key: list[Telling]) -> None:
    assert {telling.dispatch for telling in key} == set(dispatches)


def test_quotes_are_verbatim(dispatches: dict[str, str], key: list[Telling]) -> None:
    strays = [t for t in key if not t.quote or "\n" in t.quote or t.quote not in dispatches[t.dispatch]]
    assert strays == []


def test_weekdays_in_quotes_fit_the_date(key: list[Telling]) -> None:
    for telling in key:
        named = {day for day in WEEKDAYS if re.search(rf"\b{day}\b", telling.quote)}
        span = days(telling.date)
        if named and span:
            length = (span[1] - span[0]).days + 1
            meant = {WEEKDAYS[(span[0] + timedelta(day)).weekday()] for day in range(length)}
            assert named & meant, telling


def test_dates_fit_the_status(dispatches: dict[str, str], key: list[Telling]) -> None:
    for telling in key:
        span = days(telling.date)
        if span is None:
            continue
        assert span[0] <= span[1], telling
        if telling.status == "happened":
            assert span[1] <= published(dispatches[telling.dispatch]), telling
        if telling.status == "planned":
            assert span[1] >= published(dispatches[telling.dispatch]), telling


def test_an_event_keeps_its_type_and_actors(key: list[Telling]) -> None:
    facts: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for telling in key:
        facts[telling.event].add((telling.event_type, telling.sources, telling.targets))
    assert {event: told for event, told in facts.items() if len(told) > 1} == {}


def test_many_events_are_told_by_several_outlets(key: list[Telling]) -> None:
    counts = [len(outlets) for outlets in tellers(key).values()]
    assert sum(count >= 2 for count in counts) >= 100
    assert sum(count >= 3 for count in counts) >= 40


def test_types_statuses_and_actors_are_varied(key: list[Telling]) -> None:
    told: dict[str, int] = defaultdict(int)
    for telling in key:
        told[telling.event_type] += 1
    assert len(told) == 16
    assert min(told.values()) >= 10
    assert {telling.status for telling in key} == STATUSES
    assert len(set.union(*(telling.actors for telling in key))) >= 150


def test_copies_copy(dispatches: dict[str, str], key: list[Telling]) -> None:
    copies = {telling.dispatch: telling.copy_of for telling in key if telling.copy_of}
    exact = [path for path, original in copies.items() if dispatches[path] == dispatches[original]]
    assert len(exact) == 3
    assert len(copies) == 5
    for path, original in copies.items():
        assert Path(path).parent != Path(original).parent
        ours, theirs = (set(re.findall(r"\w+", dispatches[name])) for name in (path, original))
        assert len(ours & theirs) / len(ours) > 0.9, path
