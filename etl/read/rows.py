"""The records of `.jsonl`, `.csv` and `.parquet` files, one at a time, each with its line or number."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from etl.read.decode import encoding_of
from etl.read.files import Found
from etl.records import Reject

COLUMNS = ("text", "published", "date", "id", "title", "publisher", "sources", "url")
MOST_CHARS = 64 * 2**20
BATCH_ROWS = 1_000
DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Row:
    """One record; `line` counts lines in text files and records in Parquet, from 1."""

    line: int
    values: dict[str, Any]


def read_jsonl(found: Found) -> Iterator[Row | Reject]:
    """One JSON object a line; blank lines are no records."""
    with found.path.open(encoding=encoding_of(found.path), errors="dramatis-latin", newline="\n") as file:
        number = 0
        while line := file.readline(MOST_CHARS):
            number += 1
            if len(line) == MOST_CHARS and not line.endswith("\n"):
                yield Reject(
                    found.name, number, "too large", f"The line has over {MOST_CHARS:,} characters; split it."
                )
                _skip_line(file)
            elif line.strip():
                yield _parsed(line, number, found)


def _skip_line(file: io.TextIOWrapper) -> None:
    while (rest := file.readline(MOST_CHARS)) and not rest.endswith("\n"):
        pass


def _parsed(line: str, number: int, found: Found) -> Row | Reject:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        detail = f"The line is no JSON ({_brief(error)}); write one object a line."
        return Reject(found.name, number, "broken record", detail)
    if not isinstance(record, dict):
        return Reject(
            found.name, number, "broken record", "The line is JSON but no object; write one object a line."
        )
    return Row(number, record)


def read_csv(found: Found) -> Iterator[Row | Reject]:
    """Comma, semicolon, tab or bar between the fields: whichever the header has most of."""
    csv.field_size_limit(MOST_CHARS)
    encoding = encoding_of(found.path)
    with found.path.open(encoding=encoding, errors="dramatis-latin", newline="") as file:
        head = file.readline(MOST_CHARS)
        file.seek(0)
        reader = csv.reader(file, delimiter=max(DELIMITERS, key=head.count), strict=True)
        try:
            yield from _csv_rows(reader, found)
        except csv.Error as error:
            detail = (
                f"The CSV breaks off near line {reader.line_num} ({error}); the rest of the file is not read."
            )
            yield Reject(found.name, reader.line_num, "broken record", detail)


def _csv_rows(reader: Any, found: Found) -> Iterator[Row | Reject]:
    header = [name.strip().lower() for name in next(reader, [])]
    if "text" not in header:
        yield no_text_column(found, header)
        return
    last = reader.line_num
    for fields in reader:
        line, last = last + 1, reader.line_num
        if len(fields) == len(header):
            yield Row(line, dict(zip(header, fields, strict=True)))
        elif fields:
            detail = (
                f"The record has {len(fields)} fields, the header {len(header)}; quote fields with commas."
            )
            yield Reject(found.name, line, "broken record", detail)


def read_parquet(found: Found) -> Iterator[Row | Reject]:
    """Row groups are read in batches of 1,000 records, and only the columns that are used."""
    done = 0
    try:
        with pq.ParquetFile(found.path) as file:
            names = [name for name in COLUMNS if name in file.schema_arrow.names]
            if "text" not in names:
                yield no_text_column(found, file.schema_arrow.names)
                return
            for batch in file.iter_batches(BATCH_ROWS, columns=names):
                for values in batch.to_pylist():
                    done += 1
                    yield Row(done, values)
    except (pa.ArrowException, OSError, ValueError) as error:
        detail = f"The Parquet file cannot be read after record {done} ({_brief(error)}); write it again."
        yield Reject(found.name, done + 1 if done else None, "broken file", detail)


def no_text_column(found: Found, names: list[str]) -> Reject:
    """A file whose columns do not say where the article is."""
    detail = (
        f"There is no column 'text', only {', '.join(names)[:200] or 'none'}; name the article's column so."
    )
    return Reject(found.name, None, "no text", detail)


def _brief(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


ROW_READERS: dict[str, Callable[[Found], Iterator[Row | Reject]]] = {
    ".jsonl": read_jsonl,
    ".csv": read_csv,
    ".parquet": read_parquet,
}
