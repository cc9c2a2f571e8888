"""Sentences with actors and without an event: what the coder may have missed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

import queries
from etl.publish.snapshots import newest


@pytest.fixture(scope="module")
def database(desk: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(newest(desk)), read_only=True) as connection:
        yield connection


def test_lists_exactly_the_sentences_of_two_actors_without_an_event(
    database: duckdb.DuckDBPyConnection,
) -> None:
    rows = queries.ask(database, "silent")
    assert not rows.is_empty()
    told = {(key, number) for key, number in _sentences_with_events(database)}
    assert told.isdisjoint(zip(rows["article_key"], rows["sentence_no"], strict=True))
    assert rows["n_actors"].min() == 2
    assert (rows["actors"].list.len() <= rows["n_actors"]).all()  # two actors may share a name


def test_keeps_to_an_actor_and_to_days(database: duckdb.DuckDBPyConnection) -> None:
    everything = queries.ask(database, "silent")
    day = everything["published"].max()
    rows = queries.ask(database, "silent", actors=["country:RUS"], date_from=day, date_to=day)
    assert set(rows["published"]) <= {day}
    some = queries.ask(database, "silent", actors=["country:RUS"], row_limit=5)
    assert 0 < len(some) <= 5
    assert all("Russia" in names for names in some["actors"])


def _sentences_with_events(database: duckdb.DuckDBPyConnection) -> list[tuple[str, int]]:
    return database.sql(
        "select a.key, m.sentence_no from event_mentions m join articles a using (article_id)"
    ).fetchall()
