"""Spellings of one name: transliterations, name order and company endings."""

from __future__ import annotations

import polars as pl

from etl.actors.across.frames import is_whole, lead, mapped
from etl.actors.names import heard, skeleton


def spelled_alike(rows: pl.DataFrame) -> pl.DataFrame:
    """Transliterations, name order and company endings: the spelling met most often gives the key."""
    named = rows.filter(is_whole(), pl.col("key").str.contains("^(?:person|org):"))
    spelled = mapped(named.group_by("key", "kind").agg(pl.len().alias("n")), "key", _spelling, "spelling")
    led = _to_commonest(spelled, "key", ["kind", "spelling"])
    return lead(rows, led.select("key", "kind", "head"), ["key", "kind"], "another spelling")


def heard_alike(rows: pl.DataFrame) -> pl.DataFrame:
    """Given names in two romanisations, where no two states speak against it."""
    people = rows.filter(is_whole(), pl.col("key").str.starts_with("person:"))
    state = pl.col("country").drop_nulls().mode().sort().first()
    spelled = people.group_by("final").agg(pl.len().alias("n"), state)
    spelled = mapped(spelled, "final", lambda key: heard(_words_of(key)) or "", "heard")
    n_states = pl.col("country").drop_nulls().n_unique().over("heard")
    led = _to_commonest(spelled.filter(pl.col("heard") != "").filter(n_states <= 1), "final", ["heard"])
    return lead(rows, led.select("final", "head"), ["final"], "another spelling")


def _to_commonest(spelled: pl.DataFrame, key: str, alike: list[str]) -> pl.DataFrame:
    """The rows whose key is not that of most articles (`n`) among those `alike`, with that key as `head`."""
    ranked = spelled.sort("n", key, descending=[True, False])
    heads = ranked.group_by(alike, maintain_order=True).agg(pl.first(key).alias("head"))
    return spelled.join(heads, on=alike).filter(pl.col(key) != pl.col("head"))


def _words_of(key: str) -> str:
    return key.partition(":")[2].replace("-", " ")


def _spelling(key: str) -> str:
    kind = key.partition(":")[0]
    return f"{kind}:{skeleton(_words_of(key), person=kind == 'person')}"
