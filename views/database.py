"""Reading snapshots: one DuckDB instance for the process, every snapshot attached under a name of its own.

A file that is replaced under its path goes on answering from the old one in the same process, so the link
`<stem>.duckdb` is never opened: the snapshot it points to is, and that file never changes. This is the only
module of the app that speaks SQL of its own: attach, detach, use.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

import queries

DEFAULT_PATH = "data/dramatis.duckdb"
KEPT_ATTACHED = 3


class NoDatabase(Exception):
    """There is no database to read; the message says what to do."""


class UnreadableDatabase(Exception):
    """There is a file, but not a database of this version of Dramatis."""


def configured_path() -> Path:
    """The database that `DRAMATIS_DB` names, else `data/dramatis.duckdb`."""
    return Path(os.environ.get("DRAMATIS_DB") or DEFAULT_PATH)


def newest_snapshot(path: Path) -> Path:
    """The immutable file behind `path`. NoDatabase where there is none.

    `path` is a link to a snapshot; where links cannot be made it is a copy of the newest snapshot beside it.
    """
    if not path.exists():
        raise NoDatabase(f"There is no database at {path}. Make one with: python -m etl FOLDER --db {path}")
    if path.is_symlink():
        return path.resolve()
    numbered = re.compile(re.escape(path.stem) + r"-\d{6}\.duckdb")
    snapshots = sorted(file for file in path.parent.iterdir() if numbered.fullmatch(file.name))
    return (snapshots[-1] if snapshots else path).resolve()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One published state of the database; `name` is part of every cache key."""

    file: Path
    modified: int

    @property
    def name(self) -> str:
        """File name and time of change, so that a rebuilt file of the same name is another snapshot."""
        return f"{self.file.stem}@{self.modified}"


@dataclass
class Reader:
    """All snapshots behind one database path. Safe to share between sessions and threads."""

    path: Path
    instance: duckdb.DuckDBPyConnection = field(default_factory=lambda: duckdb.connect())
    attached: dict[Snapshot, str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    count: int = 0

    def __post_init__(self) -> None:
        # A mistyped table must be an error, never a Python variable of that name.
        self.instance.execute("set global python_enable_replacements = false; set memory_limit = '2GB'")

    def current(self) -> Snapshot:
        """The newest snapshot. NoDatabase where there is none."""
        file = newest_snapshot(self.path)
        return Snapshot(file, file.stat().st_mtime_ns)

    @contextmanager
    def cursor(self, snapshot: Snapshot) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor that reads `snapshot` and nothing newer, closed afterwards."""
        alias = self._attach(snapshot)
        with self.instance.cursor() as cursor:
            cursor.execute("begin")
            cursor.execute(f"use {alias}")
            yield cursor

    def ask(self, snapshot: Snapshot, name: str, **params: Any) -> pl.DataFrame:
        """The answer to a query of `queries/` over one snapshot."""
        with self.cursor(snapshot) as cursor:
            return queries.ask(cursor, name, **params)

    def _attach(self, snapshot: Snapshot) -> str:
        with self.lock:
            if snapshot not in self.attached:
                alias = f"snapshot_{self.count}"
                _attach_file(self.instance, snapshot.file, alias)
                self.count += 1
                self.attached[snapshot] = alias
                self._detach_old()
            return self.attached[snapshot]

    def _detach_old(self) -> None:
        for old in list(self.attached)[:-KEPT_ATTACHED]:
            self.instance.execute(f"detach {self.attached.pop(old)}")  # running questions finish on it


def _attach_file(instance: duckdb.DuckDBPyConnection, file: Path, alias: str) -> None:
    if not file.exists():
        raise NoDatabase(f"The snapshot {file.name} is gone. Reload the page to see the newest one.")
    quoted = str(file).replace("'", "''")
    try:
        instance.execute(f"attach '{quoted}' as {alias} (read_only)")
    except duckdb.Error as problem:
        raise UnreadableDatabase(
            f"{file} cannot be read as a DuckDB database. Remove it and run: python -m etl FOLDER"
        ) from problem
