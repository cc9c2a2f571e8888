"""One snapshot file from a ledger and its extracts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import polars as pl

from etl.actors.across import resolve_across
from etl.copies import copies
from etl.errors import DramatisError
from etl.merge import merge
from etl.plover import EVENT_TYPES, score
from etl.publish.corrections import Correction, actor_corrections, event_corrections, tally
from etl.publish.positions import positions
from etl.stage.ledger import Ledger, keep_counts, run_rows

HERE = Path(__file__).parent
SCHEMA, CHECKS, LINKS = (HERE.parent / name for name in ("schema.sql", "checks.sql", "links.sql"))
MEMORY = "1500MB"


class CheckFailed(DramatisError):
    """A snapshot broke a promise of the schema and was not published; the message counts what is wrong."""


def build(
    target: Path, ledger: Ledger, extracts: Sequence[Path], corrections: Sequence[Correction], digest: str
) -> None:
    """Write a checked snapshot to `target`, which must not exist. Raises CheckFailed."""
    spill = target.with_name(target.name + ".spill")
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY,
        "temp_directory": str(spill),
        "python_enable_replacements": False,
    }
    with duckdb.connect(str(target), config=config) as con:
        con.execute("begin")  # one commit instead of sixty, each of which would wait for the disk
        con.execute(SCHEMA.read_text(encoding="utf-8"))
        con.execute("insert into publication values ($digest)", {"digest": digest})
        _unpack(con, ledger, extracts)
        _cast(con, corrections)
        _fill(con, corrections)
        _place_actors(con)
        _record_runs(con, ledger)
        check(con)
        con.execute("commit")
        con.execute("checkpoint")


def _run(con: duckdb.DuckDBPyConnection, name: str) -> None:
    con.execute((HERE / name).read_text(encoding="utf-8"))


def give(con: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    """Put a frame into a temporary table, which does not depend on a Python object that is still there."""
    con.register("given_frame", frame)
    con.execute(f'create temp table "{name}" as select * from given_frame')
    con.unregister("given_frame")


def _unpack(con: duckdb.DuckDBPyConnection, ledger: Ledger, extracts: Sequence[Path]) -> None:
    give(con, "given", ledger.given)
    give(con, "rejected", ledger.rejects)
    con.execute("set variable extracts = $paths", {"paths": [str(path) for path in extracts]})
    _run(con, "unpack.sql")


def _cast(con: duckdb.DuckDBPyConnection, corrections: Sequence[Correction]) -> None:
    """Actors across articles, then the analyst's word on them."""
    local = con.sql("from local_actors").pl()
    give(con, "resolved", resolve_across(local))
    for name, frame in actor_corrections(corrections).items():
        give(con, name, frame)
    _run(con, "cast.sql")


def _fill(con: duckdb.DuckDBPyConnection, corrections: Sequence[Correction]) -> None:
    """Copies and events across articles, then the tables."""
    texts = con.sql(
        "select key, numbered.published, x.text from numbered join extracts x using (text_hash, filename)"
    )
    give(con, "copies", earliest(copies(texts.pl())))
    _run(con, "reports.sql")
    reports = con.sql("from reports").pl()
    give(con, "merged", reports.select("report").hstack(merge(reports)))
    for name, frame in event_corrections(corrections).items():
        give(con, name, frame)
    give(con, "plover", ontology())
    _run(con, "tables.sql")
    _run(con, "derived.sql")
    con.execute(LINKS.read_text(encoding="utf-8"))
    give(con, "tallied", tally(con, corrections))
    con.execute(
        "insert into corrections select key, action, value, made_by, made_on, rows_changed from tallied"
    )


def earliest(found: pl.DataFrame) -> pl.DataFrame:
    """Copies of copies are copies of the first."""
    while True:
        further = found.join(found.rename({"key": "copy_of", "copy_of": "first"}), on="copy_of", how="inner")
        if further.is_empty():
            return found
        first = further.select("key", "first")
        found = found.join(first, on="key", how="left").select("key", copy_of=pl.coalesce("first", "copy_of"))


def ontology() -> pl.DataFrame:
    """Quad class and score of each event type, alone and with each of its modes."""
    rows = [
        (kind.name, mode, kind.quad_class, score(kind.name, mode))
        for kind in EVENT_TYPES.values()
        for mode in (None, *kind.modes)
    ]
    schema = {"event_type": pl.String, "mode": pl.String, "quad_class": pl.String, "score": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _place_actors(con: duckdb.DuckDBPyConnection) -> None:
    give(con, "placed", positions(con.sql("select source_id, target_id, n_events from dyad_totals").pl()))
    con.execute("insert into actor_positions from placed order by actor_id")


def _record_runs(con: duckdb.DuckDBPyConnection, ledger: Ledger) -> None:
    """How many rows there were after each run: counted for the last, kept beside their run for the others."""
    counted = con.execute("select (select count(*) from mentions), (select count(*) from event_mentions)")
    keep_counts(ledger, counted.fetchall()[0])
    give(con, "run_rows", run_rows(ledger))
    con.execute("insert into runs select * from run_rows order by run_id")


def check(con: duckdb.DuckDBPyConnection) -> None:
    """Ask each question of checks.sql. Raises CheckFailed with all that is wrong."""
    faults = []
    for statement in con.extract_statements(CHECKS.read_text(encoding="utf-8")):
        answer = con.execute(statement)
        what = answer.description[0][0] if answer.description else "?"
        number = answer.fetchall()[0][0]
        if number:
            faults.append(f"{number:,} {what}")
    if faults:
        raise CheckFailed(
            f"The new snapshot has {'; '.join(faults)}. It was not published, the old one stays."
        )
