"""Colours of actors by what they have in common: their kind, their country or their community."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import polars as pl
import pycountry

from charts.palette import GROUPS, KIND_COLOURS, NEUTRAL

WAYS = ("kind", "country", "community")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Colouring:
    """Colours of actors by key, and what they mean: `key` lists (colour, words), not escaped."""

    colours: dict[str, str]
    key: tuple[tuple[str, str], ...]


def colouring(nodes: pl.DataFrame, way: str) -> Colouring:
    """Colours for rows that have actor_key, actor, kind, country, community and n_events.

    As many groups as a reader can tell apart have a colour of their own, those with most events first; the
    rest and actors without a group share one. ValueError for a way that is not one of WAYS.
    """
    if way not in WAYS:
        raise ValueError(f"Actors are not coloured by {way!r}; choose one of {', '.join(WAYS)}.")
    rows = list(nodes.iter_rows(named=True))
    if way == "kind":
        colours = {row["actor_key"]: KIND_COLOURS.get(row["kind"] or "", NEUTRAL) for row in rows}
        return Colouring(colours, tuple((colour, kind) for kind, colour in KIND_COLOURS.items()))
    groups = _groups(rows, way)
    colours = {row["actor_key"]: groups.get(row[way], NEUTRAL) for row in rows}
    key = [(colour, _name(rows, way, group)) for group, colour in groups.items()]
    others = [(NEUTRAL, "others")] if NEUTRAL in colours.values() else []
    return Colouring(colours, (*key, *others))


def _groups(rows: list[Row], way: str) -> dict[Any, str]:
    weight: Counter[Any] = Counter()
    for row in rows:
        if row[way] is not None:
            weight[row[way]] += row["n_events"]
    busiest = sorted(weight, key=lambda group: (-weight[group], str(group)))
    return dict(zip(busiest, GROUPS, strict=False))


def _country(code: str) -> str:
    """The ISO 3166 name of a country by its code of three letters; the code where ISO has none."""
    found = pycountry.countries.get(alpha_3=code)
    return getattr(found, "common_name", found.name) if found else code


def _name(rows: list[Row], way: str, group: Any) -> str:
    """A country as the actors have it, a community by its busiest actor."""
    members = [row for row in rows if row[way] == group]
    if way == "country":
        return next((row["actor"] for row in members if row["kind"] == "country"), _country(group))
    first, rest = max(members, key=lambda row: row["n_events"])["actor"], len(members) - 1
    return f"{first} and {rest} more" if rest else str(first)
