"""A question of `queries/` with its parameters, as a script that the DuckDB shell runs."""

from __future__ import annotations

from datetime import date
from typing import Any

import queries


def script(name: str, params: dict[str, Any], database: str) -> str:
    """The lines that set the parameters, then the question's own text. `database` is the file to open.

    Parameters that are not given are null; ValueError for one that the question does not take.
    """
    values = queries.bound(name, params)
    lines = [f"-- duckdb -readonly {database}"]
    lines += [f"set variable {param} = {literal(value)};" for param, value in values.items()]
    return "\n".join([*lines, queries.text(name).rstrip() + ";\n"])


def literal(value: Any) -> str:
    """A value as SQL writes it. TypeError for a kind of value that no parameter has."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, date):
        return f"date '{value.isoformat()}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, list | tuple):
        return f"[{', '.join(literal(one) for one in value)}]"
    raise TypeError(f"A parameter cannot be a {type(value).__name__}.")
