"""How long the questions of each page take, beside those of the network page in the same run.

    python -m benchmarks.pages DATABASE [--rounds 5]

Each page is opened by its script without a browser and without cached answers; what is measured is the time
that its questions take in DuckDB, those of header and sidebar included. Prints the median over the rounds in
milliseconds, its ratio to that of the network page, and the slowest question of the last round. The database
of a million events is made by `python -m benchmarks.make_database`.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import polars as pl
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import queries
from benchmarks.serving import ROOT

PAIR = {"actor": ["country:RUS", "country:UKR"], "between": ["1"]}
ACTOR = {"actor": ["country:UKR"]}
# What is opened: page, the URL's parameters, a control to set (key and value) before the page is measured.
VISITS: tuple[tuple[str, dict[str, list[str]], tuple[str, str] | None], ...] = (
    ("network", {}, None),
    ("timeline", {}, None),
    ("evidence", {}, None),
    ("overview", {}, None),
    ("overview", ACTOR, None),
    ("map", {}, None),
    ("plans", {}, None),
    ("actor", ACTOR, None),
    ("actor", ACTOR, ("actor_part", "Names")),
    ("actor", ACTOR, ("actor_part", "Roles")),
    ("actor", ACTOR, ("actor_part", "Claims")),
    ("pair", PAIR, None),
    ("pair", PAIR, ("pair_part", "What each says")),
    ("pair", PAIR, ("pair_part", "Differing accounts")),
)


@contextmanager
def clocked() -> Iterator[list[tuple[str, float]]]:
    """Names and seconds of the questions that are asked meanwhile."""
    asked: list[tuple[str, float]] = []
    ask = queries.ask

    def clock(database: Any, name: str, **params: Any) -> pl.DataFrame:
        start = time.perf_counter()
        answer = ask(database, name, **params)
        asked.append((name, time.perf_counter() - start))
        return answer

    queries.ask = clock
    try:
        yield asked
    finally:
        queries.ask = ask


def visit(page: str, query: dict[str, list[str]], control: tuple[str, str] | None) -> list[tuple[str, float]]:
    """The questions of one visit without cached answers. RuntimeError where the page shows an error."""
    app = AppTest.from_file(str(ROOT / "views" / "main.py"), default_timeout=300)
    for name, values in query.items():
        app.query_params[name] = values
    app._page_hash = calc_hash(page)  # AppTest has no way to choose a page of st.navigation
    if control:
        app.session_state[control[0]] = control[1]
    st.cache_data.clear()
    with clocked() as asked:
        app.run()
    if app.exception or app.error:
        raise RuntimeError(f"The page {page} shows an error: {app.exception or app.error}")
    return asked


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("database", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    os.environ["DRAMATIS_DB"] = str(arguments.database.absolute())
    visit(*VISITS[0])  # attaches the snapshot
    rounds = [[visit(*one) for one in VISITS] for _ in range(arguments.rounds)]
    peer = median(sum(seconds for _, seconds in turn[0]) for turn in rounds)
    for i, (page, query, control) in enumerate(VISITS):
        total = median(sum(seconds for _, seconds in turn[i]) for turn in rounds)
        slowest, seconds = max(rounds[-1][i], key=lambda one: one[1])
        name = ", ".join(
            [page, *(f"{key}={'+'.join(values)}" for key, values in query.items()), *(control or ())[1:]]
        )
        print(f"{name}: {total * 1000:.0f} ms, ratio {total / peer:.2f}; {slowest} {seconds * 1000:.0f} ms")


if __name__ == "__main__":
    main()
