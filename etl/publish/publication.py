"""Publishing: build the next snapshot, check it, and only then show it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
from filelock import FileLock

from etl.publish import snapshots
from etl.publish.build import build
from etl.publish.corrections import read_corrections
from etl.stage import ledger as ledgers
from etl.stage.extracts import Setup, extract_name, extracts_of, write_rows
from etl.stage.ledger import Ledger

ETL = Path(__file__).resolve().parents[1]
CODE = (
    "*.sql", "publish/*.sql", "publish/*.py", "merge/*.py",
    "actors/across/*.py", "actors/names.py", "copies.py", "plover.py", "words.py",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Published:
    """The snapshot that `--db` now leads to, and how many rows some of its tables have."""

    snapshot: Path
    is_new: bool
    counts: dict[str, int]


COUNTS = """
    select (select count(*) from articles) as articles, (select count(copy_of) from articles) as copies,
        (select count(*) from rejects) as rejects, (select count(*) from actors) as actors,
        (select count(*) from mentions) as mentions, (select count(*) from event_mentions) as event_mentions,
        (select count(*) from events) as events
"""


def publish(database: Path, ledger: Ledger, setup: Setup) -> Published:
    """Build a snapshot of everything in the ledger and lead `database` to it.

    Where the newest snapshot was built from the same articles, rejects, corrections and code it stays. Others
    that publish the same database wait, and publish what this one recorded too. Raises CheckFailed or
    CorrectionsUnreadable, and leaves the old snapshot in place.
    """
    with FileLock(ledger.folder / ".publishing.lock"):
        return _publish(database, ledgers.load(ledger.folder), setup)


def _publish(database: Path, ledger: Ledger, setup: Setup) -> Published:
    corrections = snapshots.beside(database, ".corrections.csv")
    lines = read_corrections(corrections)
    digest = _digest(ledger, setup, corrections)
    newest = snapshots.newest(database)
    if newest is not None and _digest_of(newest) == digest:
        snapshots.show(database, newest)
        return Published(newest, False, counts(newest))
    snapshots.refuse_foreign(database)
    temporary = snapshots.beside(database, ".publishing.tmp")
    try:
        build(temporary, ledger, _extracts(ledger, setup), lines, digest)
        snapshot = snapshots.add(database, temporary)
    finally:
        snapshots.discard(temporary)
    snapshots.show(database, snapshot)
    snapshots.forget_old(database)
    return Published(snapshot, True, counts(snapshot))


def counts(snapshot: Path) -> dict[str, int]:
    """Rows of the main tables of a snapshot."""
    with duckdb.connect(str(snapshot), read_only=True) as con:
        answer = con.execute(COUNTS)
        names = [column[0] for column in answer.description or ()]
        return dict(zip(names, answer.fetchall()[0], strict=True))


def _extracts(ledger: Ledger, setup: Setup) -> list[Path]:
    """All extracts of that setup; one without rows where there is none, for DuckDB reads no empty list."""
    found = extracts_of(ledger.folder, setup)
    if not found:
        found = [ledger.folder / extract_name([], setup)]
        write_rows([], found[0])
    return found


def _digest(ledger: Ledger, setup: Setup, corrections: Path) -> str:
    """A hash of all that a snapshot is made from."""
    digest = hashlib.blake2b(setup.slug.encode(), digest_size=16)
    for path in sorted((ledger.folder / "runs").glob("*/run.json")):
        digest.update(path.read_bytes())
    digest.update(corrections.read_bytes() if corrections.exists() else b"-")
    for path in _code():
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _code() -> Iterator[Path]:
    """The files that decide what a snapshot holds: a new version of them builds it anew."""
    for pattern in CODE:
        yield from sorted(ETL.glob(pattern))


def _digest_of(snapshot: Path) -> str | None:
    try:
        with duckdb.connect(str(snapshot), read_only=True) as con:
            found = con.execute("select digest from publication").fetchall()
    except duckdb.Error:
        return None
    return found[0][0] if found else None
