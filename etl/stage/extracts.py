"""One extract per shard: what was found in each of its texts, written once and never changed."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from etl.records import Article, ArticleRecords
from etl.stage.columns import EXTRACT, KINDS, plain
from etl.stage.evidence import check
from etl.stage.sentences import join_torn

Extractor = Callable[[Article], ArticleRecords]


@dataclass(frozen=True, slots=True)
class Setup:
    """By what a text was extracted; another model or version extracts it again."""

    model: str
    version: str

    @property
    def slug(self) -> str:
        """Part of a file name; the digest keeps apart what cleaning the names would run together."""
        clean = re.sub(r"[^A-Za-z0-9.]+", "_", f"{self.model}-{self.version}")[:60]
        return (
            f"{clean}-{hashlib.blake2b(repr((self.model, self.version)).encode(), digest_size=4).hexdigest()}"
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """What one shard came to."""

    articles: int = 0
    failed: int = 0


def text_hash(article: Article) -> str:
    """What extraction depends on: the text and its publication date. 32 hexadecimal digits."""
    data = f"{article.published.isoformat()}\n{article.text}".encode()
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def extract_name(hashes: Iterable[str], setup: Setup) -> str:
    """The file name of the extract of these texts."""
    content = hashlib.blake2b("".join(sorted(hashes)).encode(), digest_size=10).hexdigest()
    return f"{content}-{setup.slug}.parquet"


def extracts_of(folder: Path, setup: Setup) -> list[Path]:
    """All extracts of that model and version, sorted by name."""
    return sorted(folder.glob(f"*-{setup.slug}.parquet"))


def hashes_in(extracts: Iterable[Path]) -> Iterator[str]:
    """Hashes of the texts in these extracts."""
    for path in extracts:
        yield from pq.read_table(path, columns=["text_hash"])["text_hash"].to_pylist()


def write_extract(
    shard: Path, target: Path, extract: Extractor, at_work: Callable[[int], None] | None = None
) -> Tally:
    """Extract each text of a shard and write `target` in one step; `at_work` hears which text comes next.

    An exception in one text becomes its `error`; the others go on.
    """
    rows = []
    for number, row in enumerate(pq.read_table(shard).to_pylist()):
        if at_work is not None:
            at_work(number)
        rows.append(extracted(row, extract))
    write_rows(rows, target)
    return Tally(len(rows), sum(row["error"] is not None for row in rows))


def extracted(row: Mapping[str, Any], extract: Extractor) -> dict[str, Any]:
    """The extract's row for one row of a shard."""
    article = as_article(row)
    try:
        records = join_torn(extract(article))
        check(records)
    except Exception as error:  # whatever one text does to the extractor must not cost the others
        return failed(row, f"{type(error).__name__}: {str(error)[:300]}")
    return _base(row) | {"error": None} | _columns(records)


def failed(row: Mapping[str, Any], error: str) -> dict[str, Any]:
    """The extract's row of a text that could not be extracted."""
    return _base(row) | {"error": error} | {kind: [] for kind in KINDS}


def as_article(row: Mapping[str, Any]) -> Article:
    """A shard's row as the article that the extractor sees: text and date, nothing else that it could use."""
    known = {"key": row["text_hash"][:16], "content_hash": row["text_hash"]}
    known |= {name: row[name] for name in ("path", "line", "published", "text")}
    return Article(**({field.name: None for field in fields(Article)} | known))


def _base(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("text_hash", "published", "text")}


def _columns(records: ArticleRecords) -> dict[str, Any]:
    columns = {kind: plain(getattr(records, kind)) for kind in KINDS}
    for sentence in columns["sentences"]:
        sentence["text"] = records.article.text[sentence["start_char"] : sentence["end_char"]]
    return columns


def write_rows(rows: list[dict[str, Any]], target: Path) -> None:
    """Write an extract under a temporary name, then rename it."""
    write_table(pa.Table.from_pylist(rows, schema=EXTRACT), target)


def write_table(table: pa.Table, target: Path) -> None:
    """Write a Parquet file in one step: readers see it whole or not at all."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    pq.write_table(table, temporary, compression="zstd")
    os.replace(temporary, target)
