"""The columns of an extract, derived from the records, so that the two cannot drift apart."""

from __future__ import annotations

import types
import typing
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pyarrow as pa

from etl.records import ArticleRecords

_SCALARS = {str: pa.string(), int: pa.int32(), float: pa.float64(), bool: pa.bool_(), date: pa.date32()}


def arrow_type(hint: Any) -> pa.DataType:
    """The Arrow type of an annotation in `etl.records`. TypeError for one that has none."""
    origin, arguments = get_origin(hint), get_args(hint)
    if hint in _SCALARS:
        return _SCALARS[hint]
    if origin is Literal:
        return pa.string()
    if origin in (types.UnionType, typing.Union):
        return arrow_type(next(argument for argument in arguments if argument is not type(None)))
    if origin is tuple:
        return pa.list_(arrow_type(arguments[0]))
    if is_dataclass(hint):
        return pa.struct(list(record_fields(hint)))
    raise TypeError(f"{hint} has no Arrow type; add it to etl/stage/columns.py")


def record_fields(record: Any) -> typing.Iterator[pa.Field]:
    """One Arrow field per field of a record's class, in its order."""
    hints = get_type_hints(record)
    return (pa.field(field.name, arrow_type(hints[field.name])) for field in fields(record))


def plain(value: Any) -> Any:
    """Records to dicts and lists, as Arrow takes them; `dataclasses.asdict` would copy each leaf."""
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return value


KINDS = tuple(field.name for field in fields(ArticleRecords) if field.name != "article")

# A shard is what waits for extraction: `path` and `line` only say in error messages where the text came from.
SHARD = pa.schema(
    [("text_hash", pa.string()), ("published", pa.date32()), ("path", pa.string()), ("line", pa.int32()),
     ("text", pa.string())]
)  # fmt: skip


def _with_text(sentences: pa.Field) -> pa.Field:
    """Sentences carry their words too: cutting 40,000 out of a 5 MB text in SQL scans it 40,000 times."""
    struct = sentences.type.value_type
    return pa.field(sentences.name, pa.list_(pa.struct([*struct, pa.field("text", pa.string())])))


_RECORDS = {field.name: field for field in record_fields(ArticleRecords) if field.name != "article"}
_RECORDS["sentences"] = _with_text(_RECORDS["sentences"])

# `error` is null, or says why extraction gave nothing: a reject until text, model or version change.
EXTRACT = pa.schema(
    [("text_hash", pa.string()), ("published", pa.date32()), ("text", pa.string()), ("error", pa.string()),
     *(_RECORDS[kind] for kind in KINDS)]
)  # fmt: skip
