"""From the sample's dispatches to a database that looks like a desk, by the commands that users give."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest


def ask(database: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(database), read_only=True) as con:
        return con.execute(sql).fetchall()


def count(database: Path, sql: str) -> int:
    return int(ask(database, f"select count(*) from ({sql})")[0][0])


def test_every_dispatch_is_an_article(desk: Path, sample: Path) -> None:
    assert count(desk, "from articles") == len(list(sample.rglob("*.txt")))
    assert count(desk, "from rejects") == 0


def test_it_looks_like_a_desk(desk: Path) -> None:
    named = """
        select actor_id from actors
        where kind <> 'group' and actor_id in (select actor_id from event_actors)"""
    assert count(desk, named) >= 30
    assert count(desk, "from events where n_publishers >= 2") >= 40
    assert count(desk, "select distinct status from events") == 5
    assert count(desk, "select distinct event_type from events") >= 10


def test_every_event_leads_to_its_words(desk: Path) -> None:
    assert count(desk, "from events where event_id not in (select event_id from event_mentions)") == 0
    wrong = """
        from evidence e join articles a using (article_id)
        where a.text[e.start_char + 1:e.end_char] <> e.trigger
           or a.text[e.sentence_start + 1:e.sentence_end] <> e.sentence"""
    assert count(desk, wrong) == 0
    wrong = """
        from mentions m join articles a using (article_id)
        where a.text[m.start_char + 1:m.end_char] <> m.text"""
    assert count(desk, wrong) == 0


def test_no_event_without_a_participant(desk: Path) -> None:
    assert (
        count(
            desk,
            """
        from event_mentions where event_mention_id not in
            (select event_mention_id from participants where role <> 'claimant')""",
        )
        == 0
    )


def test_copies_count_once(desk: Path) -> None:
    assert count(desk, "from articles where copy_of is not null") >= 1
    assert count(desk, "from events where n_publishers > n_articles") == 0


def test_undated_plans_stay_undated(desk: Path) -> None:
    assert (
        count(
            desk,
            """
        from event_mentions
        where date_basis = 'publication' and status in ('planned', 'hypothetical', 'negated')
        """,
        )
        == 0
    )


@pytest.mark.parametrize("alias", ["DPRK", "Pyongyang", "North Korea", "North Korean"])
def test_a_state_is_one_actor_under_all_its_names(desk: Path, alias: str) -> None:
    states = ask(
        desk,
        f"""
        select distinct key from actors where kind = 'country' and actor_id in
            (select actor_id from actor_aliases where alias = '{alias}')""",
    )
    assert states == [("country:PRK",)]


def test_a_second_run_does_nothing_twice(desk: Path, sample: Path) -> None:
    extracts = sorted(desk.parent.rglob("*.parquet"))
    before = ask(desk, "select key, n_mentions from events order by key")
    command = [sys.executable, "-m", "etl", str(sample), "--db", str(desk)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=sample.parent.parent)
    assert done.returncode == 0, done.stderr
    assert ask(desk, "select key, n_mentions from events order by key") == before
    known = {path.name for path in extracts}
    assert all(path.name in known for path in desk.parent.rglob("*.parquet") if "run" not in path.name)
