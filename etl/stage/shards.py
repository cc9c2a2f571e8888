"""Texts that wait for extraction, gathered into shards: the files whose paths travel to the workers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from etl.stage.columns import SHARD
from etl.stage.extracts import Setup, extract_name, failed, write_rows, write_table

# Shards grow from 20 texts to 500: a small folder still keeps all workers busy, a large one costs few files.
FIRST_TEXTS, MORE_TEXTS, MOST_TEXTS = 20, 10, 500
CHARS_PER_TEXT = 1_000


@dataclass(frozen=True, slots=True)
class Shard:
    """Texts to extract, on disk: `path` holds them, `target` is where their extract goes."""

    path: Path
    target: Path
    texts: int
    chars: int


class ShardWriter:
    """Fills `todo/` with shards of up to 500 texts or 500,000 characters; each text once.

    `done` are the hashes of the texts that are extracted already; `seen` grows by those that are added.
    """

    def __init__(self, folder: Path, setup: Setup, done: set[str]) -> None:
        self._todo, self._folder, self._setup = folder / "todo", folder, setup
        self.seen = set(done)
        self._rows: list[dict[str, Any]] = []
        self._chars = 0
        self.shards: list[Shard] = []

    def add(self, row: Mapping[str, Any]) -> None:
        """Take a text (a row of the shard schema) unless it is known."""
        if row["text_hash"] in self.seen:
            return
        self.seen.add(row["text_hash"])
        self._rows.append(dict(row))
        self._chars += len(row["text"])
        limit = min(MOST_TEXTS, FIRST_TEXTS + MORE_TEXTS * len(self.shards))
        if len(self._rows) >= limit or self._chars >= limit * CHARS_PER_TEXT:
            self.flush()

    def flush(self) -> None:
        """Write what was gathered so far."""
        if self._rows:
            self.shards.append(write_shard(self._rows, self._todo, self._folder, self._setup))
        self._rows, self._chars = [], 0


def write_shard(rows: list[dict[str, Any]], todo: Path, folder: Path, setup: Setup) -> Shard:
    """Put rows on disk as a shard."""
    name = extract_name((row["text_hash"] for row in rows), setup)
    todo.mkdir(parents=True, exist_ok=True)
    write_table(pa.Table.from_pylist(rows, schema=SHARD), todo / name)
    return Shard(todo / name, folder / name, len(rows), sum(len(row["text"]) for row in rows))


def split(shard: Shard, culprit: int | None, setup: Setup) -> list[Shard]:
    """Smaller shards of the same texts: around the text that was at work, else halves. Drops the old one."""
    rows = pq.read_table(shard.path).to_pylist()
    middle = culprit if culprit is not None and culprit < len(rows) else len(rows) // 2
    cuts = (0, middle, middle + 1, len(rows)) if culprit is not None else (0, middle, len(rows))
    parts = [rows[start:end] for start, end in pairwise(cuts) if start < end]
    pieces = [write_shard(part, shard.path.parent, shard.target.parent, setup) for part in parts]
    shard.path.unlink()
    return pieces


def give_up(shard: Shard, error: str) -> None:
    """Write the extract of a shard that cannot be extracted: each text with the reason."""
    write_rows([failed(row, error) for row in pq.read_table(shard.path).to_pylist()], shard.target)


def texts_in(extracts: Iterable[Path], wanted: set[str]) -> Iterator[dict[str, Any]]:
    """Texts with these hashes, from extracts of whatever model: how older articles are extracted again."""
    for path in extracts:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(1_000, columns=["text_hash", "published", "text"]):
                yield from (
                    row | {"path": path.name, "line": None}
                    for row in batch.to_pylist()
                    if row["text_hash"] in wanted
                )
