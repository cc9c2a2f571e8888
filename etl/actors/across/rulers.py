"""Rulers of one name: popes, kings, princes."""

from __future__ import annotations

import polars as pl

from etl.actors.across.frames import AT_LEAST, ROW, is_whole, lead, nearby
from etl.actors.across.people import RULER, by_title, named_people


def ruling(rows: pl.DataFrame) -> pl.DataFrame:
    """ "Prince Charles of Britain", "Pope Francis": by name and state; where no state is told, the only one
    of the name around that date, or else in the corpus. Who has a number somewhere ("Charles III") is meant.
    """
    people = named_people(rows)
    crowned = people.filter(is_whole(), pl.col("numbered")).select(
        "published", "country", "final", handle="last"
    )
    rank, called = pl.col("key").str.extract(RULER, 1), pl.col("key").str.extract(RULER, 2)
    rulers = rows.filter(by_title()).select(
        *ROW, "published", "final", pl.when(rank == "royal").then("country").alias("country"),
        handle=called.str.replace_all("-", " "), stem=pl.format("person:{}-{}", rank, called),
    )  # fmt: skip
    placed = rulers.filter(pl.col("country").is_not_null())
    often = crowned.filter(pl.len().over("final") >= AT_LEAST)
    placed = placed.join(_nearest(placed, crowned), on=ROW, how="left").join(
        _only(often, ["handle", "country"]), on=["handle", "country"], how="left"
    )
    of_state = pl.format("{}-{}", "stem", pl.col("country").str.to_lowercase())
    one = pl.when(pl.col("near").list.len() == 1).then(pl.col("near").list.first())
    placed = placed.with_columns(final=pl.coalesce(one, "head", of_state))
    known = pl.concat([crowned, placed.select(crowned.columns)])
    others = rulers.filter(pl.col("country").is_null())
    others = others.join(_nearest(others, known), on=ROW, how="left")
    sure = pl.concat([often, placed.select(crowned.columns)])
    others = others.join(_only(sure, ["handle"]), on="handle", how="left")
    unknown = ~pl.col("handle").is_in(sure.get_column("handle").unique().implode())
    others = others.with_columns(
        final=pl.when(pl.col("near").is_null())
        .then(pl.coalesce("head", pl.when(unknown).then("stem"), "final"))
        .otherwise(pl.coalesce(one, "final"))
    )
    decided = pl.concat([placed, others.select(placed.columns)]).select(*ROW, head="final")
    return lead(rows, decided, ROW, "ruler's name and state")


def _nearest(rulers: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """The final keys of those of the name around the date of each row, as `near`."""
    return nearby(rulers, known).group_by(ROW).agg(pl.col("head").unique().sort().alias("near"))


def _only(known: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """The `head` of each group in which all have the same final key."""
    heads = known.group_by(by).agg(pl.col("final").n_unique().alias("n"), pl.col("final").min().alias("head"))
    return heads.filter(pl.col("n") == 1).drop("n")
