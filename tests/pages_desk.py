"""The small database of `tests/handmade.py` with what the pages beyond the core show: places, plans, roles.

Kyiv (a city) sees the strike, Ukraine (no more is known) the aid, a region without coordinates the second
strike. The plan of talks is fulfilled by talks of its own day; other plans can be added with every outcome.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb

from tests import handmade

DERIVED = re.findall(r"insert into (\w+)", handmade.DERIVED.read_text(encoding="utf-8"))
PLACES = (
    (0, "place:703448", "Kyiv", "UKR", 50.45, 30.52, "city"),
    (1, "country:UKR", "Ukraine", "UKR", 49.0, 32.0, "country"),
    (2, "region:nowhere", "Nowhere <b>", None, None, None, "region"),
)
TAKES_PLACE = {0: 0, 3: 1, 6: 2}  # event -> place
RUSSIA, UKRAINE, TURKEY, OFFICIALS, HOSTILE = range(5)
TALKS = 7  # the event that fulfils the plan


def publish(folder: Path, number: int = 1) -> Path:
    """Write snapshot `number` into `folder`; returns the link, as `handmade.publish` does."""
    link = handmade.publish(folder, number)
    with duckdb.connect(str(link.resolve())) as database:
        database.executemany("insert into places values (?, ?, ?, ?, ?, ?, ?)", [list(row) for row in PLACES])
        for event, place in TAKES_PLACE.items():
            database.execute("update events set place_id = ? where event_id = ?", [place, event])
            database.execute("update event_mentions set place_id = ? where event_id = ?", [place, event])
        add_event(database, RUSSIA, UKRAINE, "2023-04-20", kind="CONSULT", article=2, reciprocal=True)
        database.execute("insert into event_links values (?, 2, 'fulfils', 0.95, 'actors+day')", [TALKS])
        database.execute(
            "insert into actor_roles values (0, ?, 'special envoy', ?, ?, ?, 0, 0, 0, 6)",
            [OFFICIALS, TURKEY, "2023-03-02", "2023-05-10"],
        )
        derive(database)
    return link


def add_event(
    database: duckdb.DuckDBPyConnection, source: int, target: int, day: str | None, **more: Any
) -> int:
    """One more event, told by the first sentence of an article; returns its id. Call `derive` afterwards.

    `more`: kind, score, quad, status, article, reciprocal, place.
    """
    event = database.execute("select max(event_id) + 1 from events").fetchone()[0]  # type: ignore[index]
    report = database.execute("select max(event_mention_id) + 1 from event_mentions").fetchone()[0]  # type: ignore[index]
    values = {
        "event": event,
        "report": report,
        "day": day,
        "kind": "CONSULT",
        "score": 2.5,
        "quad": "verbal cooperation",
        "status": "happened",
        "article": 0,
        "reciprocal": False,
        "place": None,
        **more,
    }
    _run(database, EVENT, values)
    _run(database, REPORT, values)
    ends = ((source, "source"), (target, "source" if values["reciprocal"] else "target"))
    for ordinal, (actor, role) in enumerate(ends):
        _run(database, PARTY, {"report": report, "role": role, "ordinal": ordinal, "actor": actor})
        _run(database, MEMBER, {"event": event, "role": role, "actor": actor})
    return int(event)


EVENT = """
insert into events
select $event, 'event:' || $event, $kind, null, ['diplomatic'], $quad, $score, $status, $reciprocal, $day,
    $day, case when $day::date is null then null else 'day' end::date_precision, $place, 1, 1, 1, published,
    published
from articles where article_id = $article
"""
REPORT = """
insert into event_mentions
select $report, $event, $article, 0, start_char, start_char + 4, left(text, 4), $kind, null, ['diplomatic'],
    $status, $reciprocal, $day, $day, case when $day::date is null then null else 'day' end::date_precision,
    case when $day::date is null then 'none' else 'explicit' end::date_basis, null, null, $place, null, null,
    'by hand', 1
from sentences where article_id = $article and sentence_no = 0
"""
PARTY = """
insert into participants
select $report, $role, $ordinal, $actor, min(mention_id), null from mentions where actor_id = $actor
"""
MEMBER = "insert into event_actors values ($event, $role, $actor)"


def _run(database: duckdb.DuckDBPyConnection, statement: str, values: dict[str, Any]) -> None:
    """Run a statement with those of the values that it names."""
    names = duckdb.extract_statements(statement)[0].named_parameters
    database.execute(statement, {name: values[name] for name in names})


def derive(database: duckdb.DuckDBPyConnection) -> None:
    """Compute the derived tables anew, as publishing does."""
    for table in DERIVED:
        database.execute(f"delete from {table}")
    database.execute(handmade.DERIVED.read_text(encoding="utf-8"))
