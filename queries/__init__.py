"""Questions to a snapshot, one SQL file each; the header of a file is its signature.

A header states the question, `params` (name, type, meaning), `columns`, `grain` (the columns that name a row)
and `shell` (the lines that make the file run in the DuckDB shell).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Header:
    """What a query file says about itself; `grain` is empty for a query of one row."""

    question: str
    params: dict[str, str]
    columns: tuple[str, ...]
    grain: tuple[str, ...]
    shell: str


def names() -> list[str]:
    """All questions, in alphabetical order."""
    return sorted(path.stem for path in FOLDER.glob("*.sql"))


@cache
def text(name: str) -> str:
    """The SQL of a question. ValueError where there is none of that name."""
    path = FOLDER / f"{name}.sql"
    if not name.isidentifier() or not path.is_file():
        raise ValueError(f"There is no query {name!r}; there are {', '.join(names())}.")
    return path.read_text(encoding="utf-8")


@cache
def header(name: str) -> Header:
    """The parsed header of a question. ValueError where a section is missing."""
    comment = re.match(r"(?:--.*\n)+", text(name))
    lines = [line[3:] for line in comment.group().splitlines()] if comment else []
    sections = _sections(lines)
    missing = {"params", "columns", "grain"} - sections.keys()
    if missing:
        raise ValueError(f"The header of query {name!r} lacks {', '.join(sorted(missing))}.")
    return Header(
        question=" ".join(sections["question"]).strip(),
        params=_params(sections["params"]),
        columns=_listed(sections["columns"]),
        grain=() if sections["grain"] == ["one row"] else _listed(sections["grain"]),
        shell="\n".join(sections.get("shell", [])),
    )


def _sections(lines: list[str]) -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {"question": []}
    current = "question"
    for line in lines:
        start = re.match(r"(params|columns|grain|shell):\s*(.*)", line)
        if start:
            current, line = start.groups()
            sections[current] = []
        if line.strip():
            sections[current].append(line.strip())
    return sections


def _params(lines: list[str]) -> dict[str, str]:
    if lines == ["none"]:
        return {}
    return {name: kind for name, kind, *_ in (line.split(maxsplit=2) for line in lines)}


def _listed(lines: list[str]) -> tuple[str, ...]:
    return tuple(word.strip() for word in " ".join(lines).split(","))


def bound(name: str, params: dict[str, Any]) -> dict[str, Any]:
    """`params` completed with null for those not given. ValueError for one that the query does not take."""
    known = header(name).params
    unknown = params.keys() - known.keys()
    if unknown:
        raise ValueError(
            f"Query {name!r} takes no {', '.join(sorted(unknown))}; it takes {', '.join(known)}."
        )
    return {param: params.get(param) for param in known}


def relation(cursor: duckdb.DuckDBPyConnection, name: str, **params: Any) -> duckdb.DuckDBPyRelation:
    """The answer as a relation, to be streamed; it lives as long as its cursor."""
    return cursor.sql(text(name), params=bound(name, params))


def ask(database: duckdb.DuckDBPyConnection | str | Path, name: str, **params: Any) -> pl.DataFrame:
    """Answer a question over an open cursor or the path of a database; params not given are null.

    >>> ask("data/dramatis.duckdb", "actors", row_limit=10)  # doctest: +SKIP
    """
    if isinstance(database, duckdb.DuckDBPyConnection):
        return relation(database, name, **params).pl()
    with duckdb.connect(str(database), read_only=True) as connection:
        return relation(connection, name, **params).pl()
