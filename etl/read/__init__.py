"""Files to articles: every input record becomes one `Article` or one `Reject`.

Knows files and nothing of language. Streams: one file is open at a time, one record is in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from etl.read.article import Defaults, article_from_row, article_from_text
from etl.read.decode import Undecodable, decoded
from etl.read.files import Found, walk
from etl.read.rows import ROW_READERS
from etl.records import Article, Reject

__all__ = ["Defaults", "read"]

MOST_BYTES = 64 * 2**20


def read(paths: Iterable[Path], defaults: Defaults | None = None) -> Iterator[Article | Reject]:
    """All records under `paths` (files, or folders read recursively), files in the order of their names.

    Nothing in the input raises: what cannot be read is a `Reject` that says what, where and what to do.
    """
    defaults = defaults or Defaults()
    for found in walk(paths):
        if isinstance(found, Reject):
            yield found
        else:
            yield from _read_file(found, defaults)


def _read_file(found: Found, defaults: Defaults) -> Iterator[Article | Reject]:
    try:
        if found.path.stat().st_size == 0:
            yield Reject(found.name, None, "empty", "The file has no content; remove it or fill it.")
        elif found.path.suffix.lower() == ".txt":
            yield _read_text(found, defaults)
        else:
            yield from _read_rows(found, defaults)
    except Undecodable as error:
        yield Reject(found.name, None, "binary", str(error))
    except OSError as error:
        detail = f"The file cannot be read ({error.strerror or error}); check its permissions."
        yield Reject(found.name, None, "unreadable", detail)


def _read_text(found: Found, defaults: Defaults) -> Article | Reject:
    size = found.path.stat().st_size
    if size > MOST_BYTES:
        detail = f"The text has {size:,} bytes, more than {MOST_BYTES:,}; split it into articles."
        return Reject(found.name, None, "too large", detail)
    return article_from_text(decoded(found.path.read_bytes()), found, defaults)


def _read_rows(found: Found, defaults: Defaults) -> Iterator[Article | Reject]:
    for row in ROW_READERS[found.path.suffix.lower()](found):
        yield row if isinstance(row, Reject) else article_from_row(row.line, row.values, found, defaults)
