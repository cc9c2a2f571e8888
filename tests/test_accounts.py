"""Several tellers of one act: who says what, and in what they differ. Texts and outlets are invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

import queries

ACTORS = [
    ("country:NOR", "Norland", "country", "NOR", None),
    ("country:SUD", "Suderia", "country", "SUD", None),
    ("country:WES", "Wessex", "country", "WES", None),
    ("group:norland-army", "Norland's army", "group", "NOR", 0),
    ("office:palace", "Suderia's palace", "office", "SUD", 1),
]
NORLAND, SUDERIA, WESSEX, ARMY, PALACE = range(5)
TOWNS = [("place:1", "Lissk", "SUD"), ("place:2", "Valmont", "SUD")]


@dataclass(frozen=True)
class Telling:
    """One report of an act: the words and what was read from them; the act is the word "shelled"."""

    publisher: str | None
    sentence: str = "Norland shelled Lissk on 4 May 2023."
    status: str = "happened"
    day: str | None = "2023-05-04"
    sources: Sequence[int] = (NORLAND,)
    targets: Sequence[int] = (SUDERIA,)
    claimants: Sequence[int] = ()
    town: int | None = None
    event: int = 0
    published: date = date(2023, 5, 5)
    copy_of: int | None = None
    event_type: str = "ASSAULT"


@pytest.fixture
def desk(root: Path) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute((root / "etl" / "schema.sql").read_text(encoding="utf8"))
    actors = [[number, *actor] for number, actor in enumerate(ACTORS)]
    con.executemany("insert into actors values ($1, $2, $3, $4, $5, null, $6, 1, 1)", actors)
    places = [[number, *town] for number, town in enumerate(TOWNS)]
    con.executemany("insert into places values ($1, $2, $3, $4, 0, 0, 'city')", places)
    return con


def tell(con: duckdb.DuckDBPyConnection, *tellings: Telling) -> list[dict[str, Any]]:
    """Rows of `accounts` of event 0."""
    for number, telling in enumerate(tellings):
        _report(con, number, telling)
    for event in sorted({telling.event for telling in tellings}):
        first = next(telling for telling in tellings if telling.event == event)
        con.execute(
            """insert into events values ($1, 'event:' || $1, $2, null, [], '', -9, $3, false, $4, $4, 'day',
            $5, 1, 1, 1, $6, $6)""",
            [event, first.event_type, first.status, first.day, first.town, first.published],
        )
    return queries.ask(con, "accounts", event="event:0").to_dicts()


def _report(con: duckdb.DuckDBPyConnection, number: int, telling: Telling) -> None:
    con.execute(
        """insert into articles values ($1, 'article:' || $1, null, 'own.jsonl', $1, null, $2, null, $3, $4,
        md5($4), 1, $5, 1)""",
        [number, telling.publisher, telling.published, telling.sentence, telling.copy_of],
    )
    con.execute(
        "insert into sentences values ($1, 0, 0, length($2::varchar), $2)", [number, telling.sentence]
    )
    start = telling.sentence.find("4 May 2023")
    if start >= 0:
        con.execute(
            """insert into times values ($1, $1, 0, $2, $2 + 10, '4 May 2023', '2023-05-04', '2023-05-04',
            'day', 'explicit')""",
            [number, start],
        )
    con.execute(
        """insert into event_mentions values ($1, $2, $1, 0, 0, 1, 'shelled', $3, null, [], $4, false,
        $5, $5, $6, $7, null, null, $8, null, null, 'by hand', 1)""",
        [
            number,
            telling.event,
            telling.event_type,
            telling.status,
            telling.day,
            telling.day and "day",
            "explicit" if telling.day else "none",
            telling.town,
        ],
    )
    sides = {"source": telling.sources, "target": telling.targets, "claimant": telling.claimants}
    names = [[ACTORS[actor][1] for actor in side] for side in sides.values()]
    con.execute("insert into mention_parties values ($1, $2, $3, $4)", [number, *names])
    for role, actors in sides.items():
        for ordinal, actor in enumerate(actors):
            mention = con.execute("select count(*) from mentions").fetchall()[0][0]
            con.execute(
                "insert into mentions values ($1, $2, 0, 0, 1, $3, 'nominal', $4, 'by hand', 1)",
                [mention, number, ACTORS[actor][1], actor],
            )
            con.execute(
                "insert into participants values ($1, $2, $3, $4, $5, null)",
                [number, role, ordinal, actor, mention],
            )


@pytest.mark.parametrize(
    ("other", "differs"),
    [
        pytest.param({}, [], id="the same"),
        pytest.param({"status": "ongoing"}, ["status"], id="still going on"),
        pytest.param({"day": "2023-05-02"}, ["date"], id="another day"),
        pytest.param({"day": None}, [], id="no day"),
        pytest.param({"sources": (WESSEX,)}, ["source"], id="somebody else did it"),
        pytest.param({"sources": (ARMY,)}, [], id="the army of the same state"),
        pytest.param({"sources": ()}, [], id="nobody named"),
        pytest.param({"targets": (WESSEX,)}, ["target"], id="done to somebody else"),
        pytest.param({"town": 1}, ["place"], id="another town"),
        pytest.param({"event_type": "PROTEST"}, ["type"], id="called something else"),
        pytest.param(
            {"sentence": "Norland shelled Lissk on 4 May 2023, killing 30 soldiers."}, ["number"], id="30"
        ),
        pytest.param({"sentence": "Norland shelled Lissk, killing twelve soldiers."}, [], id="twelve is 12"),
        pytest.param(
            {"sentence": "Norland shelled Lissk for 30 hours."}, [], id="a number of something else"
        ),
        pytest.param({"claimants": (WESSEX,)}, [], id="one teller names its source"),
    ],
)
def test_what_differs(desk: duckdb.DuckDBPyConnection, other: dict[str, Any], differs: list[str]) -> None:
    told = "Norland shelled Lissk on 4 May 2023, killing 12 soldiers."
    usual = Telling("Gazette", told, town=0)
    rows = tell(desk, usual, replace(usual, publisher="Wire", **other))
    assert {row["teller"]: row["differs"] for row in rows}["Wire"] == differs


def test_the_differing_ones_come_first(desk: duckdb.DuckDBPyConnection) -> None:
    rows = tell(
        desk,
        Telling("Gazette"),
        Telling("Echo"),
        Telling("Wire", sources=(WESSEX,), day="2023-05-01", published=date(2023, 5, 9)),
    )
    assert [row["teller"] for row in rows] == ["Wire", "Echo", "Gazette"]


def test_on_whose_word(desk: duckdb.DuckDBPyConnection) -> None:
    rows = tell(desk, Telling("Gazette", claimants=(PALACE,)), Telling("Wire", claimants=(NORLAND,)))
    assert [(row["claimants"], row["differs"]) for row in rows] == [
        (["Suderia's palace"], ["claimant"]),
        (["Norland"], ["claimant"]),
    ]


def test_a_teller_has_one_row_with_all_that_it_says(desk: duckdb.DuckDBPyConnection) -> None:
    later = date(2023, 5, 7)
    (row,) = tell(
        desk,
        Telling("Gazette", "Norland shelled Lissk on 4 May 2023 and hit 5 houses.", targets=()),
        Telling("Gazette", "At least 7 people were killed.", "ongoing", None, (ARMY,), published=later),
    )
    assert (row["n_reports"], row["status"], str(row["date_start"])) == (2, "ongoing", "2023-05-04")
    assert (row["sources"], row["targets"]) == (["Norland", "Norland's army"], ["Suderia"])
    assert row["numbers"] == ["5 houses", "At least 7 people"]


def test_copies_are_no_tellers(desk: duckdb.DuckDBPyConnection) -> None:
    rows = tell(desk, Telling("Gazette"), Telling("Echo", copy_of=0), Telling("Wire"))
    assert [(row["teller"], row["copied_by"]) for row in rows] == [("Gazette", ["Echo"]), ("Wire", [])]


def test_the_denial_is_told_along(desk: duckdb.DuckDBPyConnection) -> None:
    desk.execute("insert into event_links values (1, 0, 'denies', 0.8, 'actors')")
    denial = Telling("Wire", "Norland said that it had not shelled Lissk.", "negated", event=1)
    rows = tell(desk, Telling("Gazette"), denial)
    assert [(row["teller"], row["relation"], row["differs"]) for row in rows] == [
        ("Wire", "denies", ["status"]),
        ("Gazette", "tells", []),
    ]


def test_a_date_is_not_a_number(desk: duckdb.DuckDBPyConnection) -> None:
    (row,) = tell(desk, Telling("Gazette", "On 4 May 2023 some 1,200 shells and $5 million burnt."))
    assert row["numbers"] == ["$5 million", "some 1,200 shells"]


def test_an_unknown_event_has_no_accounts(desk: duckdb.DuckDBPyConnection) -> None:
    assert tell(desk) == []
