"""Which reports tell of one act: own cases, each a pair of reports that must or must not meet."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from etl.merge import merge

LISTS = {"sources", "targets", "source_roots", "target_roots"}


def report(**facts: Any) -> dict[str, Any]:
    row = {
        "event_type": "CONSULT",
        "status": "happened",
        "mode": None,
        "trigger": "met",
        "reciprocal": False,
        "date_start": date(2023, 9, 13),
        "date_end": date(2023, 9, 13),
        "date_basis": "explicit",
        "published": date(2023, 9, 14),
        "place_key": None,
        "sources": ["person:kim-jong-un"],
        "targets": ["person:vladimir-putin"],
        "source_roots": ["country:PRK"],
        "target_roots": ["country:RUS"],
        "article_key": "a1",
        "sentence_no": 0,
        "start_char": 10,
    }
    return row | facts


def frame(*reports: dict[str, Any]) -> pl.DataFrame:
    lists = {name: pl.List(pl.String) for name in LISTS}
    return pl.DataFrame(
        reports,
        schema_overrides=lists
        | {"mode": pl.String, "place_key": pl.String, "date_start": pl.Date, "date_end": pl.Date},
        infer_schema_length=None,
    )


STATES = {"sources": ["country:PRK"], "targets": ["country:RUS"]}
UNDATED = {"date_start": None, "date_end": None, "date_basis": "none"}


def published(day: date) -> dict[str, Any]:
    return {"date_start": day, "date_end": day, "date_basis": "publication", "published": day}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({}, id="told twice"),
        pytest.param(STATES, id="the states for their leaders"),
        pytest.param(published(date(2023, 9, 14)), id="no date of its own, next day's paper"),
        pytest.param(
            {
                "reciprocal": True,
                "sources": ["person:kim-jong-un", "person:vladimir-putin"],
                "targets": [],
                "source_roots": ["country:PRK", "country:RUS"],
                "target_roots": [],
            },
            id="met each other",
        ),
        pytest.param({"status": "ongoing"}, id="still going on in one report"),
        pytest.param({"targets": [], "target_roots": []}, id="one report leaves the target out"),
        pytest.param(
            {"sources": ["group:envoys@a2"], "source_roots": ["group:envoys@a2"]}, id="unnamed in one report"
        ),
        pytest.param({"event_type": "COOPERATE"}, id="a kindred type"),
    ],
)
def test_one_event(other: dict[str, Any]) -> None:
    assert merge(frame(report(), report(article_key="a2", **other)))["event"].n_unique() == 1


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"date_start": date(2023, 9, 16), "date_end": date(2023, 9, 16)}, id="another day"),
        pytest.param({"status": "planned"}, id="planned is not done"),
        pytest.param({"status": "negated"}, id="denied is not done"),
        pytest.param({"event_type": "ASSAULT"}, id="another act"),
        pytest.param(
            {"event_type": "COOPERATE", "trigger": "drilled", **STATES},
            id="a kindred type by others of the states",
        ),
        pytest.param(
            {"targets": [], "target_roots": [], "trigger": "flew", **published(date(2023, 9, 14))},
            id="no target and no day",
        ),
        pytest.param(
            {"targets": ["person:xi-jinping"], "target_roots": ["country:CHN"]}, id="another partner"
        ),
        pytest.param(published(date(2023, 9, 20)), id="a week later"),
    ],
)
def test_two_events(other: dict[str, Any]) -> None:
    assert merge(frame(report(), report(article_key="a2", **other)))["event"].n_unique() == 2


def test_daily_attacks_do_not_chain() -> None:
    days = [
        report(event_type="ASSAULT", article_key=f"a{d}", **published(date(2023, 10, d)))
        for d in range(1, 29)
    ]
    assert merge(frame(*days))["event"].n_unique() >= 9


def test_undated_plans_meet_within_a_week() -> None:
    plans = [
        report(status="planned", article_key=f"a{d}", **UNDATED, published=date(2023, 9, d))
        for d in (1, 6, 25)
    ]
    assert merge(frame(*plans))["event"].to_list() == [0, 0, 1]


def test_order_of_input_and_strangers_change_no_key() -> None:
    known = [report(article_key=f"a{n}", sentence_no=n) for n in range(3)]
    known += [report(article_key="b", event_type="ACCUSE", **STATES)]
    strangers = [
        report(
            article_key=f"z{n}",
            sources=[f"person:p{n}"],
            source_roots=[f"country:{n:03}"],
            published=date(2023, 1, 1 + n % 28),
        )
        for n in range(50)
    ]
    alone = merge(frame(*known))["event_key"].to_list()
    mixed = merge(frame(*strangers[:25], *reversed(known), *strangers[25:]))["event_key"].to_list()
    assert mixed[25:29][::-1] == alone
    assert alone[0] == alone[1] == alone[2] != alone[3]


def test_no_mentions_no_events() -> None:
    assert merge(frame(report()).clear()).height == 0
