"""The corrections file as a thing that is written: by one writer at a time, and whole or not at all."""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from etl.corrections.check import Verdict, check
from etl.errors import DramatisError
from etl.publish.corrections import COLUMNS, Correction, read_corrections
from etl.publish.snapshots import beside

PATIENCE_S = 10.0
NEEDED = {"key", "action", "value"}


class NotSaved(DramatisError):
    """A correction was not written; the message says why."""


def corrections_file(database: Path) -> Path:
    """`<stem>.corrections.csv` beside the database, whether it is there or not."""
    return beside(database, ".corrections.csv")


def append(database: Path, line: Correction, con: duckdb.DuckDBPyConnection) -> Verdict:
    """Add a line that does something, dated today unless it says otherwise; returns what it does.

    It is checked against the file as it is at that moment and against the snapshot behind `con`. Raises
    NotSaved for a line that would do nothing or when another writer holds the file, CorrectionsUnreadable.
    """
    line = replace(line, made_on=line.made_on or date.today().isoformat())
    path = corrections_file(database)
    with _alone(path):
        lines = read_corrections(path)
        verdict = check(con, [*lines, line])[-1]
        if verdict.state == "wrong":
            raise NotSaved(verdict.says)
        repeated = next((old for old in lines if _same(old, line)), None)
        if repeated:
            raise NotSaved(f"Line {repeated.line} of {path.name} says this already.")
        _write(path, _with(path, line))
    return verdict


def take_back(database: Path, line: Correction) -> None:
    """Remove a line that was read from the file. Raises NotSaved when the file has changed there since."""
    path = corrections_file(database)
    with _alone(path):
        if line not in read_corrections(path):
            raise NotSaved(f"Line {line.line} of {path.name} has changed meanwhile; look at it again.")
        _write(path, _without(path, line.line))


def _same(one: Correction, other: Correction) -> bool:
    return (one.key, one.action, one.value) == (other.key, other.action, other.value)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=PATIENCE_S)
    try:
        with lock:
            yield
    except Timeout as error:
        raise NotSaved(f"Somebody else is writing to {path.name}; try again in a moment.") from error


def _with(path: Path, line: Correction) -> str:
    """The file's text with a line at its end, in the order of the file's own columns."""
    old = path.read_bytes().decode("utf-8") if path.exists() else ""
    if not old.strip("\ufeff \r\n"):
        return _row(COLUMNS) + _row(_fields(line, COLUMNS))
    columns = next(csv.reader(io.StringIO(old.removeprefix("\ufeff"), newline="")))
    if lacking := NEEDED - set(columns):
        raise NotSaved(f"{path} lacks the column {' and '.join(sorted(lacking))}; add it to the first line.")
    return old + ("" if old.endswith(("\n", "\r")) else "\n") + _row(_fields(line, columns))


def _fields(line: Correction, columns: Sequence[str]) -> list[str]:
    return [(getattr(line, name) or "") if name in COLUMNS else "" for name in columns]


def _row(fields: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(fields)
    return out.getvalue()


def _without(path: Path, last: int) -> str:
    """The file's text without the record that ends on line `last`; records may run over several lines."""
    text = path.read_bytes().decode("utf-8")
    reader = csv.reader(io.StringIO(text, newline=""))
    first = 0
    for _ in reader:
        if reader.line_num >= last:
            break
        first = reader.line_num
    physical = list(io.StringIO(text, newline=""))
    return "".join(physical[:first] + physical[last:])


def _write(path: Path, text: str) -> None:
    """Replace the file in one step; where it is a link, what it leads to."""
    place = path.resolve()
    temporary = place.with_name(f".{place.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        if place.exists():
            shutil.copymode(place, temporary)
        os.replace(temporary, place)
    finally:
        temporary.unlink(missing_ok=True)
