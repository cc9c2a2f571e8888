"""What a snapshot knows of the keys that a corrections file names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from etl.corrections.lines import SPAN
from etl.publish.corrections import Correction, actor_corrections, event_corrections, tally

HERE = Path(__file__).parent


def sql(name: str) -> str:
    """The text of a question of this package."""
    return (HERE / f"{name}.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Known:
    """Name and kind by key (kind `event` or `article` for those), rows that each line would change, rows that
    published lines did change, and the words of each span that a line names."""

    names: dict[str, tuple[str, str]]
    rows: Sequence[int]
    published: dict[tuple[str, str, str], int]
    words: dict[str, str]

    def name(self, key: str) -> str:
        """An actor's name; an event's type and key; a key that nobody knows stands for itself."""
        name, kind = self.names.get(key, (key, "actor"))
        return f"{name} ({key})" if kind == "event" else name

    def before(self, line: Correction) -> int | None:
        """Rows that the line changed when the snapshot was published; None where it was not there yet."""
        return self.published.get(_identity(line.key, line.action, line.value))

    def merged_before(self, key: str) -> bool:
        """Whether a published line merged this actor away."""
        return any(rows and (key, "merge") == line[:2] for line, rows in self.published.items())

    def is_actor(self, key: str) -> bool:
        """Whether the snapshot has an actor of that key."""
        return key in self.names and self.names[key][1] not in ("event", "article")


def look_up(con: duckdb.DuckDBPyConnection, lines: Sequence[Correction]) -> Known:
    """Ask the snapshot behind `con` about all keys of the lines; leaves temporary tables in `con`."""
    named = {key for line in lines for key in (line.key, line.value, line.key.partition("#")[0]) if key}
    _give(con, "named", pl.DataFrame({"key": sorted(named)}, schema={"key": pl.String}))
    con.execute(sql("as_raw"))
    for name, frame in {**actor_corrections(lines), **event_corrections(lines)}.items():
        _give(con, name, frame)
    names = con.execute(sql("known")).fetchall()
    published = con.execute("select key, action, value, rows_changed from corrections").fetchall()
    return Known(
        {key: (name, kind) for key, name, kind in names},
        tally(con, lines)["rows_changed"].to_list(),
        {_identity(key, action, value): rows for key, action, value, rows in published},
        _words(con, lines),
    )


def _identity(key: str, action: str, value: str | None) -> tuple[str, str, str]:
    return key, action, (value or "").lower() if action != "rename" else value or ""


def _give(con: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    con.register("given_frame", frame)
    con.execute(f'create temp table "{name}" as select * from given_frame')
    con.unregister("given_frame")


def _words(con: duckdb.DuckDBPyConnection, lines: Iterable[Correction]) -> dict[str, str]:
    words = {}
    for line in lines:
        if found := SPAN.fullmatch(line.key):
            start, end = int(found["start"]), int(found["end"])
            rows = con.execute(
                "select text from articles where key = $key", {"key": found["article"]}
            ).fetchall()
            if rows and end <= len(rows[0][0]):
                words[line.key] = rows[0][0][start:end]
    return words
