"""Read, remember, extract: everything of a run before publishing."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from etl.read import Defaults, read
from etl.records import Article, Reject
from etl.stage import ledger as ledgers
from etl.stage.extracts import Setup, extracts_of, hashes_in, text_hash
from etl.stage.ledger import GIVEN, REJECTS, Ledger, Run
from etl.stage.shards import Shard, ShardWriter, texts_in

BATCH = 10_000
STALE_S = 24 * 3600


@dataclass(frozen=True, slots=True)
class Intake:
    """What a run has read, and the shards that wait for extraction because of it."""

    articles: pl.DataFrame
    rejects: pl.DataFrame
    shards: Sequence[Shard]


def take_in(paths: Iterable[Path], defaults: Defaults, ledger: Ledger, setup: Setup) -> Intake:
    """Read all records, and write shards of the texts that this model and version has not extracted yet.

    Texts of earlier runs are among them after a change of model or version. Only what says where a text came
    from is kept in memory, some 500 bytes an article.
    """
    writer = ShardWriter(ledger.folder, setup, set(hashes_in(extracts_of(ledger.folder, setup))))
    articles, rejects = _Rows(GIVEN), _Rows(REJECTS)
    for record in read(paths, defaults):
        if isinstance(record, Reject):
            rejects.add(_reject_row(record, ledger.next_run))
        else:
            hashed = text_hash(record)
            articles.add(_given_row(record, hashed, ledger.next_run))
            writer.add(_shard_row(record, hashed))
    for row in _older_texts(ledger, setup, writer.seen):
        writer.add(row)
    writer.flush()
    kept, others = ledgers.newest_versions(articles.frame())
    return Intake(kept, pl.concat([rejects.frame(), others]), writer.shards)


def _older_texts(ledger: Ledger, setup: Setup, seen: set[str]) -> Iterator[dict[str, Any]]:
    """Texts of articles in the ledger that another model or version has extracted, and this one has not."""
    wanted = set(ledger.given["text_hash"]) - seen
    if wanted:
        ours = set(extracts_of(ledger.folder, setup))
        yield from texts_in(sorted(set(ledger.folder.glob("*.parquet")) - ours), wanted)


class _Rows:
    """Rows on their way to a frame, packed every 10,000: a dict takes ten times the memory."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._schema, self._rows = schema, list[dict[str, Any]]()
        self._packed = [pl.DataFrame(schema=schema)]

    def add(self, row: dict[str, Any]) -> None:
        self._rows.append(row)
        if len(self._rows) >= BATCH:
            self._pack()

    def frame(self) -> pl.DataFrame:
        self._pack()
        return pl.concat(self._packed)

    def _pack(self) -> None:
        self._packed.append(pl.DataFrame(self._rows, schema=self._schema))
        self._rows = []


def _given_row(article: Article, hashed: str, run_id: int) -> dict[str, Any]:
    known = {"text_hash": hashed, "run_id": run_id}
    return {name: known.get(name, getattr(article, name, None)) for name in GIVEN}


def _shard_row(article: Article, hashed: str) -> dict[str, Any]:
    return {
        "text_hash": hashed, "published": article.published, "path": article.path, "line": article.line,
        "text": article.text,
    }  # fmt: skip


def _reject_row(reject: Reject, run_id: int) -> dict[str, Any]:
    return {
        "path": reject.path, "line": reject.line, "reason": reject.reason, "detail": reject.detail,
        "run_id": run_id,
    }  # fmt: skip


def remember(intake: Intake, ledger: Ledger, setup: Setup, started: str, prune: bool) -> Ledger:
    """The ledger after this run. A run that brought nothing new is not recorded."""
    changed = ledgers.changes(ledger, intake.articles)
    paths = set(intake.articles["path"]) | set(intake.rejects["path"])
    dropped = ledgers.gone(ledger) if prune else ledger.given.clear()
    rejects = ledgers.standing_rejects(ledger, paths, intake.rejects, prune)
    run = _run(intake, ledger, setup, started, changed)
    same_rows = changed.is_empty() and dropped.is_empty() and rejects.equals(ledger.rejects)
    if same_rows and ledger.setup == setup:
        return ledger
    while True:
        try:
            ledgers.record(ledger, run, changed, dropped, rejects)
        except FileExistsError:  # another run over the same database ended meanwhile
            run = replace(run, run_id=run.run_id + 1)
        else:
            return ledgers.load(ledger.folder)


def _run(intake: Intake, ledger: Ledger, setup: Setup, started: str, changed: pl.DataFrame) -> Run:
    read_count, rejected = intake.articles.height, intake.rejects.height
    new = changed.filter(pl.col("run_id") == ledger.next_run).height
    return Run(ledger.next_run, started, ledgers.now(), setup.model, setup.version, read_count, new, rejected)


def clean(ledger: Ledger, setup: Setup, prune: bool) -> None:
    """Remove what a killed run left a day ago and, with `prune`, extracts by other models and versions."""
    for path in (ledger.folder / "todo").glob("*"):
        if time.time() - path.stat().st_mtime > STALE_S:
            path.unlink(missing_ok=True)
    if prune:
        for path in set(ledger.folder.glob("*.parquet")) - set(extracts_of(ledger.folder, setup)):
            os.unlink(path)
