"""What became of it: small casts of two states, one plan and what was reported afterwards."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

ACTORS = [
    (1, "country:PRK", "North Korea", "country", "PRK", None),
    (2, "country:RUS", "Russia", "country", "RUS", None),
    (3, "person:kim-jong-un", "Kim Jong Un", "person", "PRK", None),
    (4, "country:CHN", "China", "country", "CHN", None),
]
PLAN = {
    "event_type": "AGREE",
    "status": "planned",
    "day": date(2023, 9, 13),
    "reported": date(2023, 9, 5),
    "source": 3,
    "target": 2,
}
DEED = PLAN | {"event_type": "CONSULT", "status": "happened", "reported": date(2023, 9, 14)}


def links(root: Path, *events: dict[str, Any]) -> list[tuple[Any, ...]]:
    """(event, other, relation) by their place in the list of events, from 0."""
    con = duckdb.connect()
    con.execute((root / "etl" / "schema.sql").read_text(encoding="utf8"))
    actors = [list(actor) for actor in ACTORS]
    con.executemany("insert into actors values ($1, $2, $3, $4, $5, null, $6, 1, 1)", actors)
    for number, event in enumerate(events):
        con.execute(
            """
            insert into events values (
                $1, 'event:' || $1, $2, $3, [], '', 0, $4, false, $5, $5, 'day', null, 1, 1, 1, $6, $6)""",
            [number, *(event.get(fact) for fact in ("event_type", "mode", "status", "day", "reported"))],
        )
        for role in ("source", "target"):
            con.execute("insert into event_actors values ($1, $2, $3)", [number, role, event[role]])
    con.execute((root / "etl" / "links.sql").read_text(encoding="utf8"))
    return con.execute("select event_id, other_id, relation from event_links").fetchall()


def test_a_planned_visit_is_fulfilled(root: Path) -> None:
    assert links(root, PLAN, DEED) == [(1, 0, "fulfils")]


def test_the_state_may_stand_for_its_leader(root: Path) -> None:
    assert links(root, PLAN | {"source": 1}, DEED) == [(1, 0, "fulfils")]


def test_an_undated_plan_is_fulfilled_within_a_month(root: Path) -> None:
    assert links(root, PLAN | {"day": None}, DEED) == [(1, 0, "fulfils")]
    assert links(root, PLAN | {"day": None, "reported": date(2023, 7, 1)}, DEED) == []


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"target": 4}, id="another partner"),
        pytest.param({"day": date(2023, 10, 3)}, id="another day"),
        pytest.param({"reported": date(2023, 9, 1)}, id="reported before the plan"),
        pytest.param({"event_type": "ACCUSE"}, id="another act"),
    ],
)
def test_not_fulfilled(root: Path, other: dict[str, Any]) -> None:
    assert links(root, PLAN, DEED | other) == []


def test_called_off(root: Path) -> None:
    off = PLAN | {"event_type": "REJECT", "mode": "meet", "status": "happened", "day": date(2023, 9, 9)}
    assert links(root, PLAN, off | {"reported": date(2023, 9, 9)}) == [(1, 0, "cancels")]


def test_denied(root: Path) -> None:
    assert links(root, DEED, DEED | {"status": "negated"}) == [(1, 0, "denies")]


def test_what_one_did_the_other_cannot_deny_having_done(root: Path) -> None:
    other_way = DEED | {"status": "negated", "source": 2, "target": 3}
    assert links(root, DEED, other_way) == []


def test_a_denial_of_long_ago_denies_nothing_new(root: Path) -> None:
    assert links(root, DEED, DEED | {"status": "negated", "reported": date(2023, 12, 1)}) == []


def test_talks_that_go_on(root: Path) -> None:
    assert links(root, DEED, DEED | {"day": date(2023, 9, 14)}) == [(1, 0, "continues")]
    assert links(root, DEED, DEED | {"day": date(2023, 9, 20)}) == []
