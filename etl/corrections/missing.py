"""Why a line matches nothing in a snapshot, and which keys or aliases are most like what it names."""

from __future__ import annotations

from typing import Any

import duckdb

from etl.corrections.lines import SPAN, is_event
from etl.corrections.look_up import Known, sql
from etl.publish.corrections import Correction

# A sentence, and up to three (key or alias, name) pairs that exist, the best first.
Missing = tuple[str, tuple[tuple[str, str], ...]]


def missing(con: duckdb.DuckDBPyConnection, line: Correction, known: Known) -> Missing:
    """What a line that would change nothing may have meant."""
    if span := SPAN.fullmatch(line.key):
        return _missing_span(con, span["article"], span["start"], span["end"], known)
    if line.key not in known.names:
        what = "event" if is_event(line.key) else "actor"
        return f"There is no {what} {line.key}.", _nearest(con, "keys", sought=line.key, but=None)
    if line.action == "split":
        nearest = _nearest(con, "aliases", actor=line.key, sought=line.value)
        return f"No article calls {known.name(line.key)} “{line.value}”.", nearest
    return f"The line changes nothing about {known.name(line.key)}.", ()


def missing_target(con: duckdb.DuckDBPyConnection, line: Correction) -> Missing:
    """A merge into an actor that is not there."""
    return f"There is no actor {line.value} to merge into.", _nearest(
        con, "keys", sought=line.value, but=line.key
    )


def _missing_span(
    con: duckdb.DuckDBPyConnection, article: str, start: str, end: str, known: Known
) -> Missing:
    if article not in known.names:
        return f"There is no article {article}.", ()
    nearest = _nearest(con, "spans", article=article, start_char=int(start), end_char=int(end))
    return "No mention and no trigger stands at exactly these characters.", nearest


def _nearest(con: duckdb.DuckDBPyConnection, what: str, **params: Any) -> tuple[tuple[str, str], ...]:
    rows = con.execute(sql(f"nearest_{what}"), params).fetchall()
    return tuple((str(key), str(name)) for key, name in rows)
