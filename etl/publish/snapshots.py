"""Snapshot files beside the database, and the link by which `--db` leads to the newest."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import duckdb

from etl.errors import DramatisError

KEPT = 5


class ForeignDatabase(DramatisError):
    """The path of the database is taken by a file that is not ours."""


def beside(database: Path, ending: str) -> Path:
    """`<stem><ending>` in the folder of the database."""
    return database.with_name(database.stem + ending)


def all_of(database: Path) -> list[Path]:
    """Snapshots of this database, oldest first."""
    named = re.compile(re.escape(database.stem) + r"-\d{6,}\.duckdb")
    found = (path for path in database.parent.glob("*.duckdb") if named.fullmatch(path.name))
    return sorted(found, key=number)


def number(snapshot: Path) -> int:
    """The number in a snapshot's name."""
    return int(snapshot.stem.rpartition("-")[2])


def newest(database: Path) -> Path | None:
    """The newest snapshot, if there is one."""
    return next(reversed(all_of(database)), None)


def add(database: Path, finished: Path) -> Path:
    """Give a finished file the next snapshot number. Two publishers never get the same one."""
    last = newest(database)
    next_number = number(last) + 1 if last else 1
    while True:
        snapshot = beside(database, f"-{next_number:06}.duckdb")
        try:
            os.link(finished, snapshot)
        except FileExistsError:
            next_number += 1
        except OSError:  # no hard links on this file system
            os.replace(finished, snapshot)
            return snapshot
        else:
            return snapshot


def show(database: Path, snapshot: Path) -> None:
    """Lead `database` to a snapshot in one step: by a link, or by a copy where links cannot be made."""
    temporary = beside(database, f".{os.getpid()}.link.tmp")
    temporary.unlink(missing_ok=True)
    try:
        temporary.symlink_to(snapshot.name)
    except OSError:
        shutil.copyfile(snapshot, temporary)
    os.replace(temporary, database)


def forget_old(database: Path) -> None:
    """Delete all but the last five snapshots of this database."""
    for snapshot in all_of(database)[:-KEPT]:
        try:
            snapshot.unlink()
        except OSError:  # Windows keeps a file that a reader has open; the next run tries again
            continue


def refuse_foreign(database: Path) -> None:
    """Raise ForeignDatabase rather than replace a file that no run of Dramatis wrote."""
    if database.is_symlink() or not database.exists():
        return
    try:
        with duckdb.connect(str(database), read_only=True) as con:
            con.execute("select digest from publication")
    except duckdb.Error as error:
        raise ForeignDatabase(f"{database} is not a database of Dramatis; choose another --db.") from error


def discard(temporary: Path) -> None:
    """Remove an unpublished file with what DuckDB may have left beside it."""
    for path in (temporary, Path(f"{temporary}.wal")):
        path.unlink(missing_ok=True)
    shutil.rmtree(f"{temporary}.spill", ignore_errors=True)
