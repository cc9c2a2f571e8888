"""The analyst's corrections: `<stem>.corrections.csv` beside the database, read at every publish.

Columns key, action, value, made_by, made_on. Keys name things for ever, so corrections survive re-extraction:

| action | key | value |
| --- | --- | --- |
| merge | an actor | the actor that it is |
| split | an actor | the alias that is somebody else |
| rename | an actor | its name |
| retype | an actor or an event | an actor kind, or an event type |
| ignore | an actor, an event, or `<article key>#<start>-<end>` for a mention or trigger | (none) |
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import duckdb
import polars as pl

from etl.errors import DramatisError
from etl.plover import EVENT_TYPES
from etl.records import ActorKind

ACTIONS = ("merge", "split", "rename", "ignore", "retype")
COLUMNS = ("key", "action", "value", "made_by", "made_on")


class CorrectionsUnreadable(DramatisError):
    """The corrections file cannot be read as a whole."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One record of the file. An unknown action or key changes nothing and is listed with 0 rows.

    `line` is the line of the file on which the record ends, 0 for one that is not in a file yet.
    """

    key: str
    action: str
    value: str
    made_by: str | None
    made_on: str | None
    line: int = 0


def read_corrections(path: Path) -> list[Correction]:
    """All lines of a corrections file, in order; none where there is no file.

    Raises CorrectionsUnreadable.
    """
    if not path.exists():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = {"key", "action"} - set(reader.fieldnames or ())
            if missing:
                raise CorrectionsUnreadable(f"{path} lacks the column {' and '.join(sorted(missing))}.")
            return [_correction(row, reader.line_num) for row in reader if any(row.values())]
    except (csv.Error, UnicodeDecodeError) as error:
        raise CorrectionsUnreadable(f"{path} is no CSV in UTF-8 ({error}); correct or remove it.") from error


def _correction(row: dict[str, str | None], line: int) -> Correction:
    fields = {name: (row.get(name) or "").strip() for name in COLUMNS}
    return Correction(
        fields["key"],
        fields["action"].lower(),
        fields["value"],
        fields["made_by"] or None,
        fields["made_on"] or None,
        line,
    )


def _of(corrections: Sequence[Correction], action: str) -> dict[str, str]:
    """Key to value of one action; the last line on a key counts."""
    return {line.key: line.value for line in corrections if line.action == action}


def split_key(key: str, alias: str) -> str:
    """The key of the actor that a split makes of an alias."""
    return f"{key}~{re.sub(r'[^0-9a-z]+', '-', alias.casefold()).strip('-')}"


def final_keys(merges: dict[str, str]) -> dict[str, str]:
    """Where each merged key ends when merges are followed; a circle leaves its members alone."""
    final: dict[str, str] = {}
    for key in merges:
        seen, at = {key}, merges[key]
        while at in merges and at not in seen:
            seen.add(at)
            at = merges[at]
        if at not in seen and at:
            final[key] = at
    return final


def _frame(columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")


def actor_corrections(corrections: Sequence[Correction]) -> dict[str, pl.DataFrame]:
    """The tables that cast.sql needs: merges, splits, ignored."""
    lines = {(c.key, c.value.lower()): c for c in corrections if c.action == "split" and c.value}
    splits = [(c.key, alias, split_key(c.key, alias), c.value) for (_, alias), c in lines.items()]
    return {
        "merges": _frame(("key", "final_key"), list(final_keys(_of(corrections, "merge")).items())),
        "splits": _frame(("key", "alias", "new_key", "name"), splits),
        "ignored": _frame(("key",), [(key,) for key in _of(corrections, "ignore")]),
    }


def event_corrections(corrections: Sequence[Correction]) -> dict[str, pl.DataFrame]:
    """The tables that tables.sql needs: retyped events, renamed and rekinded actors."""
    retypes = _of(corrections, "retype")
    types = [(key, value.upper()) for key, value in retypes.items() if value.upper() in EVENT_TYPES]
    kinds = [(key, value.lower()) for key, value in retypes.items() if value.lower() in get_args(ActorKind)]
    names = [(key, value) for key, value in _of(corrections, "rename").items() if value]
    return {
        "retyped": _frame(("key", "event_type"), types),
        "rekinded": _frame(("key", "kind"), kinds),
        "renamed": _frame(("key", "name"), names),
    }


CHANGED = (Path(__file__).parent / "corrections.sql").read_text(encoding="utf-8")


def tally(con: duckdb.DuckDBPyConnection, corrections: Sequence[Correction]) -> pl.DataFrame:
    """Each line of the file with the number of rows that it changed."""
    rows = [(no, c.key, c.action, c.value, c.made_by, c.made_on) for no, c in enumerate(corrections)]
    schema = {"no": pl.Int32} | dict.fromkeys(COLUMNS, pl.String)
    con.register("lines_frame", pl.DataFrame(rows, schema=schema, orient="row"))
    con.execute("create temp table correction_lines as select * from lines_frame")
    con.unregister("lines_frame")
    return con.sql(CHANGED).pl()
