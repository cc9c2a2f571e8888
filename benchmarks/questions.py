"""How long the questions of a filter change take, beside the limit of 100 ms at up to a million events.

    python -m benchmarks.questions DATABASE [--rounds 5]

Asks what the pages ask, uncached, under filters of every kind, and prints for each question the median and
the 95th percentile over filters and rounds: of the wall clock, which other work on the machine lengthens, and
of the processor time of this process, which it hardly does, both as parts of the limit. The empty filter is
left out: the server asks it before the first visitor comes. `python -m benchmarks.make_database` makes a
database of a million events.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.app import p95
from views.choices import ALWAYS
from views.database import Reader, Snapshot
from views.filters import Filters

LIMIT = 0.1  # seconds
Ask = Callable[..., Any]


def filters(ask: Ask) -> Iterator[tuple[str, Filters]]:
    """One filter of every kind, about what is most frequent in this database, and some together."""
    everything = Filters()
    last = ask("totals")["dense_to"][0]
    top = {
        facet: rows["value"].to_list()
        for (facet,), rows in ask("facets", row_limit=2).group_by("facet", maintain_order=True)
    }
    actors = tuple(ask("actors", row_limit=2)["actor_key"])
    year = replace(everything, date_from=last - timedelta(days=364), date_to=last)
    yield "half the time", replace(everything, date_from=last - timedelta(days=5 * 365), date_to=last)
    yield "a year", year
    yield "an actor", replace(everything, actors=actors[:1])
    yield "between two", replace(everything, actors=actors, between=True)
    yield "actor and partner", replace(everything, actors=actors[:1], partners=actors[1:])
    yield "types", replace(everything, types=tuple(top["type"]))
    yield "a status", replace(everything, statuses=tuple(top["status"][:1]))
    yield "a country", replace(everything, countries=tuple(top["country"][:1]))
    yield "a publisher", replace(everything, publishers=tuple(top["publisher"][:1]))
    yield "a claimant", replace(everything, claimants=tuple(top["claimant"][:1]))
    yield "a place", replace(everything, places=tuple(top["place"][:1]))
    yield "a word", replace(everything, words="talks")
    yield "words", replace(everything, words="held talks")
    yield "types in a year", replace(year, types=tuple(top["type"]))


def questions(ask: Ask) -> dict[str, Callable[[], Any]]:
    """What the pages of the desk ask, by name; `ask` has the filter."""

    def pairs() -> Any:
        nodes = ask("actors", row_limit=40)["actor_key"].to_list()
        return ask("relationships", nodes=nodes, row_limit=120)

    facets = [choice.facet for choice in ALWAYS]
    return {
        "totals": lambda: ask("totals"),
        "facets": lambda: ask("facets", facets=facets, row_limit=300),
        "network: actors": lambda: ask("actors", row_limit=40),
        "network: actors and the pairs among them": pairs,
        "network: strongest pairs": lambda: ask("relationships", row_limit=100),
        "network: pairs by country": lambda: ask("relationships", level="country", row_limit=100),
        "timeline: bars": lambda: ask("timeline", bin="month"),
        "timeline: lanes": lambda: ask("lanes", lane="pair", lane_limit=12, row_limit=150),
        "timeline: lanes against their usual": lambda: ask(
            "lane_counts", lane="pair", bin="month", lane_limit=12
        ),
        "timeline: newest events": lambda: ask("events", row_limit=100),
        "evidence": lambda: ask("evidence", row_limit=25),
        "articles": lambda: ask("articles", row_limit=25),
    }


def measure(reader: Reader, snapshot: Snapshot, rounds: int) -> dict[str, list[tuple[float, float, str]]]:
    """Seconds of the wall clock and of the processor, and the filter, for every question."""
    taken: dict[str, list[tuple[float, float, str]]] = defaultdict(list)

    def ask(query: str, chosen: Filters | None = None, **more: Any) -> Any:
        return reader.ask(snapshot, query, **(chosen or Filters()).params(), **more)

    for name, chosen in filters(ask):
        for question, answer in questions(partial(ask, chosen=chosen)).items():
            for _ in range(rounds):
                wall, cpu = time.perf_counter(), time.process_time()
                answer()
                taken[question].append((time.perf_counter() - wall, time.process_time() - cpu, name))
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("database", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    reader = Reader(arguments.database)
    taken = measure(reader, reader.current(), arguments.rounds)
    print(f"{'':42} wall clock / limit   processor / limit   slowest")
    print(f"{'':42} median      p95     median      p95    filter")
    for question, times in taken.items():
        walls, cpus = [wall for wall, _, _ in times], [cpu for _, cpu, _ in times]
        shares = [figure / LIMIT for figure in (median(walls), p95(walls), median(cpus), p95(cpus))]
        print(f"{question:42}" + "".join(f"{share:9.2f}" for share in shares) + f"    {max(times)[2]}")


if __name__ == "__main__":
    main()
