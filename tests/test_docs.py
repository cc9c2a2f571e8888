"""What the documents say that can be checked, is checked."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def _schema(root: Path) -> dict[str, set[str]]:
    con = duckdb.connect()
    con.execute((root / "etl" / "schema.sql").read_text(encoding="utf8"))
    tables: dict[str, set[str]] = {}
    for table, column in con.execute(
        "select table_name, column_name from duckdb_columns() where not internal"
    ).fetchall():
        tables.setdefault(table, set()).add(column)
    return tables


def _dictionary(root: Path) -> dict[str, set[str]]:
    text = (root / "docs" / "data-dictionary.md").read_text(encoding="utf8")
    sections = re.split(r"^### ", text, flags=re.MULTILINE)[1:]
    described: dict[str, set[str]] = {}
    for section in sections:
        name, _, body = section.partition("\n")
        cells = re.findall(r"^\| ([a-z_, ]+) \|", body, flags=re.MULTILINE)
        described[name.strip()] = {c.strip() for cell in cells for c in cell.split(",")} - {"column"}
    return described


def test_dictionary_describes_every_column_and_no_other(root: Path) -> None:
    schema, described = _schema(root), _dictionary(root)
    assert described.keys() == schema.keys()
    for table in schema.keys() - {"dyads", "evidence"}:
        assert described[table] == schema[table], table


@pytest.mark.parametrize(
    "page", ["README.md", "docs/method.md", "docs/decisions.md", "docs/guide.md", "models/README.md"]
)
def test_links_lead_somewhere(root: Path, page: str) -> None:
    path = root / page
    broken = [
        link for link in LINK.findall(path.read_text(encoding="utf8")) if not (path.parent / link).exists()
    ]
    assert broken == []


def test_readme_commands_are_make_targets(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf8")
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(encoding="utf8"), re.MULTILINE))
    asked = set(re.findall(r"^make ([a-z-]+)", readme, re.MULTILINE))
    assert {"run", "test"} <= asked <= targets


def test_types_agree_between_python_and_sql(root: Path) -> None:
    from etl.plover import EVENT_STATUSES, EVENT_TYPES

    con = duckdb.connect()
    con.execute((root / "etl" / "schema.sql").read_text(encoding="utf8"))
    row = con.execute(
        "select enum_range(null::event_type)::varchar[], enum_range(null::event_status)::varchar[]"
    ).fetchone()
    assert row is not None
    assert tuple(row[0]) == tuple(EVENT_TYPES)
    assert tuple(row[1]) == EVENT_STATUSES
