"""Answers as files, streamed in batches: never more than one batch in memory, whatever the size.

Text cells that a spreadsheet would run as a formula get a leading apostrophe; numbers stay numbers.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response, StreamingResponse

import queries
from views.answers import configured_reader
from views.database import NoDatabase, Reader, Snapshot, UnreadableDatabase
from views.graph_file import FORMATS, graph, written

BATCH = 20_000
BOM = "\ufeff".encode()
RISKY = "^[=+\\-@\t\r]"
MOST_VALUES = 500
LONGEST_VALUE = 1000


class BadRequest(ValueError):
    """A parameter that the query does not take or cannot read; the message says which."""


@dataclass(frozen=True, slots=True)
class Export:
    """One download: a question, its parameters, the snapshot, and the filter in words."""

    query: str
    params: dict[str, Any]
    snapshot: Snapshot
    view: str


async def download(request: Request) -> Response:
    """The route `/download/{query}.{csv|xl.csv|parquet}`; graphml and gexf are for `relationships` only.

    400 and one sentence for what cannot be read, 404 for what is not there.
    """
    try:
        return await run_in_threadpool(_respond, request)
    except (BadRequest, duckdb.ConversionException, duckdb.InvalidInputException) as problem:
        return PlainTextResponse(str(problem).splitlines()[0], status_code=400)
    except (NoDatabase, UnreadableDatabase) as problem:
        return PlainTextResponse(str(problem), status_code=404)


def _respond(request: Request) -> Response:
    name, _, suffix = request.path_params["file"].partition(".")
    known = ("csv", "xl.csv", "parquet", *(FORMATS if name == "relationships" else ()))
    if name not in queries.names() or suffix not in known:
        return PlainTextResponse("There is no such download.", status_code=404)
    reader = configured_reader()
    query = {key: request.query_params.getlist(key) for key in request.query_params}
    export = read_request(reader, name, query)
    stem = f"dramatis-{name}-{export.snapshot.file.stem}"
    if suffix in FORMATS:
        drawn = graph(reader, export.snapshot, export.params, export.view)
        return Response(
            written(drawn, suffix), media_type="application/xml", headers=_named(f"{stem}.{suffix}")
        )
    if suffix == "parquet":
        return _parquet_response(reader, export, f"{stem}.parquet")
    lines = csv_batches(reader, export)
    first = next(lines)  # errors of the query come out here, while a status can still be sent
    body = _chain(BOM + first if suffix == "xl.csv" else first, lines)
    return StreamingResponse(body, media_type="text/csv; charset=utf-8", headers=_named(f"{stem}.csv"))


def read_request(reader: Reader, name: str, query: Mapping[str, Sequence[str]]) -> Export:
    """Parameters of a URL, held to the types of the query's header. BadRequest for anything else."""
    kinds = queries.header(name).params
    given = {key: list(values) for key, values in query.items() if key != "snapshot"}
    unknown = given.keys() - kinds.keys()
    if unknown:
        raise BadRequest(f"{name} takes no parameter {sorted(unknown)[0]!r}.")
    params = {key: _typed(key, kinds[key], values) for key, values in given.items()}
    view = "; ".join(f"{key} = {', '.join(values)}" for key, values in sorted(given.items())) or "everything"
    return Export(name, params, _snapshot(reader, list(query.get("snapshot", ()))), view)


def _snapshot(reader: Reader, wanted: list[str]) -> Snapshot:
    """The snapshot that the page showed while it is still there, else the newest."""
    attached = {snapshot.name: snapshot for snapshot in list(reader.attached)}
    return attached.get(wanted[0] if wanted else "") or reader.current()


def _typed(name: str, kind: str, values: list[str]) -> Any:
    if len(values) > MOST_VALUES or any(len(value) > LONGEST_VALUE for value in values):
        raise BadRequest(f"The parameter {name!r} is too long.")
    if kind.endswith("[]"):
        return values
    if len(values) != 1:
        raise BadRequest(f"The parameter {name!r} takes one value.")
    try:
        return READERS.get(kind, str)(values[0])
    except (ValueError, KeyError):
        raise BadRequest(f"The parameter {name!r} must be a {kind}, not {values[0][:40]!r}.") from None


READERS: dict[str, Any] = {
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
    "integer": int,
    "bigint": int,
}


def csv_batches(reader: Reader, export: Export) -> Iterator[bytes]:
    """The answer as CSV, a batch at a time, the header with the first."""
    for i, batch in enumerate(_batches(reader, export)):
        yield flat(batch, export).write_csv(include_header=i == 0).encode()


def _batches(reader: Reader, export: Export) -> Iterator[pl.DataFrame]:
    with reader.cursor(export.snapshot) as cursor:
        relation = queries.relation(cursor, export.query, **export.params)
        stream = relation.to_arrow_reader(BATCH)
        yield _frame(stream.schema.empty_table())
        for batch in stream:
            yield _frame(pa.Table.from_batches([batch]))


def _frame(table: pa.Table) -> pl.DataFrame:
    return pl.DataFrame(pl.from_arrow(table))


def flat(batch: pl.DataFrame, export: Export) -> pl.DataFrame:
    """A batch as a spreadsheet can hold it: lists joined by `; `, no nested columns, no formulas.

    The columns `view` and `snapshot`, last, say which filter and which state of the database this is.
    """
    kept = [name for name, kind in batch.schema.items() if not kind.is_nested() or kind == pl.List(pl.String)]
    batch = batch.select(kept).with_columns(
        pl.col(pl.List(pl.String)).list.join("; "), pl.col(pl.Categorical, pl.Enum).cast(pl.String)
    )
    batch = batch.with_columns(view=pl.lit(export.view), snapshot=pl.lit(export.snapshot.file.stem))
    text = pl.col(pl.String)
    return batch.with_columns(pl.when(text.str.contains(RISKY)).then("'" + text).otherwise(text).name.keep())


def _parquet_response(reader: Reader, export: Export, name: str) -> Response:
    with tempfile.NamedTemporaryFile(suffix=".parquet", delete=False) as file:
        write_parquet(reader, export, Path(file.name))
    return FileResponse(file.name, headers=_named(name), background=BackgroundTask(Path(file.name).unlink))


def write_parquet(reader: Reader, export: Export, path: Path) -> None:
    """The answer with all its types, nested ones too; filter and snapshot stand in the file's metadata."""
    with reader.cursor(export.snapshot) as cursor:
        stream = queries.relation(cursor, export.query, **export.params).to_arrow_reader(BATCH)
        about = {"view": export.view, "snapshot": export.snapshot.file.stem}
        schema = stream.schema.with_metadata(about)
        with pq.ParquetWriter(path, schema, compression="zstd") as writer:
            for batch in stream:
                writer.write_table(pa.Table.from_batches([batch]).cast(schema))


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}
