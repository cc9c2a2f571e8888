"""One record to an `Article`: its date, its types, its identity."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from etl.header import body_start, header_date
from etl.read.files import Found
from etl.records import Article, Reject


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the command line says about all articles of a run."""

    published: date | None = None
    publisher: str | None = None


class Unfit(ValueError):
    """A record that is no article: a short reason and a sentence that says what to do."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def article_from_text(text: str, found: Found, defaults: Defaults) -> Article | Reject:
    """The article that a `.txt` file is; its publisher is the folder directly under the given path."""
    try:
        published = _published(None, text, defaults)
        publisher = defaults.publisher or found.outlet
        return _article(found.name, None, {"text": text}, published, publisher)
    except Unfit as error:
        return Reject(found.name, None, error.reason, str(error))


def article_from_row(line: int, row: Mapping[str, Any], found: Found, defaults: Defaults) -> Article | Reject:
    """The article that a record of a `.jsonl`, `.csv` or `.parquet` file is."""
    try:
        fields = {name: _string(row, name) for name in ("title", "url")}
        fields |= {"text": _text(row), "external_id": _identifier(row.get("id"))}
        given = row.get("published")
        published = _published(
            row.get("date") if _is_missing(given) else given, fields["text"] or "", defaults
        )
        return _article(found.name, line, fields, published, _publisher(row) or defaults.publisher)
    except Unfit as error:
        return Reject(found.name, line, error.reason, str(error))


def _article(
    path: str, line: int | None, fields: Mapping[str, str | None], published: date, publisher: str | None
) -> Article:
    text, title, external_id = fields["text"] or "", fields.get("title"), fields.get("external_id")
    source = publisher or path
    identity = ["id", source, external_id] if external_id else ["record", path, line]
    return Article(
        key=f"article:{_digest(identity)[:16]}",
        external_id=external_id,
        path=path,
        line=line,
        title=title,
        publisher=publisher,
        url=fields.get("url"),
        published=published,
        text=text,
        content_hash=_digest([text, published.isoformat(), title, publisher]),
    )


def _digest(parts: list[Any]) -> str:
    """A hash of the parts, 32 hexadecimal digits. JSON keeps apart what joining would run together."""
    try:
        data = json.dumps(parts, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise Unfit(
            "broken text", "The record holds half a surrogate pair (\\ud800-\\udfff); write UTF-8."
        ) from error
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _text(row: Mapping[str, Any]) -> str:
    if "text" not in row:
        raise Unfit("no text", "The record has no field 'text'; name the field that holds the article so.")
    return _string(row, "text") or ""


def _string(row: Mapping[str, Any], name: str) -> str | None:
    value = row.get(name)
    if _is_missing(value):
        return None
    if not isinstance(value, str):
        raise Unfit("wrong type", f"'{name}' holds {_kind(value)}; it must be text.")
    return value


def _identifier(value: Any) -> str | None:
    """Text or a whole number; pandas writes whole numbers with gaps as floats."""
    if _is_missing(value):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Unfit("wrong type", f"'id' holds {_kind(value)}; it must be text or a whole number.")
    return str(value)


def _publisher(row: Mapping[str, Any]) -> str | None:
    """`publisher`, or the first of `sources`."""
    named = _string(row, "publisher")
    if named:
        return named
    sources = row.get("sources")
    if isinstance(sources, list):
        first = next((source for source in sources if not _is_missing(source)), None)
        return _string({"sources": first}, "sources")
    return _string(row, "sources")


def _published(value: Any, text: str, defaults: Defaults) -> date:
    """The record's date, else that of the text's header, else the command line's."""
    if not text[body_start(text) :].strip():
        raise Unfit("empty", "The record has no text; remove it or fill it.")
    if _is_missing(value):
        value = header_date(text) or defaults.published
    if value is None:
        raise Unfit("no date", "Nothing says when this was published; give 'published' or --published DATE.")
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise Unfit("wrong type", f"The date holds {_kind(value)}; write YYYY-MM-DD.")
    try:
        return datetime.fromisoformat(value.strip()).date()
    except ValueError as error:
        raise Unfit(
            "no such date", f"{value[:40]!r} is no date of the calendar; write YYYY-MM-DD."
        ) from error


def _is_missing(value: Any) -> bool:
    """None, the empty string, and NaN, by which pandas writes gaps."""
    return value is None or value == "" or value != value


def _kind(value: Any) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return names.get(type(value), f"a {type(value).__name__}")
