"""What the steps share: rows of local actors (`resolve_across`), and who is near a date."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

WINDOW = 45
"""Days before and after an article within which a full name explains a short one."""
AT_LEAST = 5
"""Articles around a date that make somebody the best known, and a ruler with a number meant far from them."""
ROW = ["article_id", "ordinal"]


def is_whole(column: str = "key") -> pl.Expr:
    """Keys of named actors that hold in every article (unnamed ones end in @article)."""
    return ~pl.col(column).str.contains("@", literal=True)


def lead(rows: pl.DataFrame, led: pl.DataFrame, on: list[str], rule: str) -> pl.DataFrame:
    """The rows with the `head` of `led` as final key, and `rule` as the reason, where `on` finds one."""
    joined = rows.join(led, on=on, how="left", maintain_order="left")
    found = pl.col("head").is_not_null()
    return joined.with_columns(
        final=pl.coalesce("head", "final"), rule=pl.when(found).then(pl.lit(rule)).otherwise("rule")
    ).drop("head")


def mapped(frame: pl.DataFrame, column: str, make: Callable[[str], str], name: str) -> pl.DataFrame:
    """`make` of every distinct value of a column, as a new column."""
    values = frame.get_column(column).unique().sort()
    made = pl.DataFrame(
        {column: values, name: [make(value) for value in values]}, schema_overrides={name: pl.String}
    )
    return frame.join(made, on=column, how="left")


def nearby(short: pl.DataFrame, fuller: pl.DataFrame) -> pl.DataFrame:
    """Pairs of a short form and an actor that comes up within the window, by buckets of its length.

    Only the first and last day of an actor in a bucket are joined: whoever is in the bucket of the day itself
    is near enough, and of the neighbouring buckets the nearest day decides.
    """
    day = pl.col("published").cast(pl.Int32)
    seen = (
        fuller.with_columns(bucket=day // WINDOW)
        .group_by("handle", "bucket", head="final")
        .agg(
            day.min().alias("first_day"),
            day.max().alias("last_day"),
            pl.col("country").drop_nulls().unique(),
            pl.col("published").len().alias("n_articles"),
        )
        .rename({"country": "countries"})
    )
    asked = short.select(*ROW, "handle", "country", own="final", day=day).join(
        pl.DataFrame({"step": [-1, 0, 1]}), how="cross"
    )
    pairs = asked.with_columns(bucket=pl.col("day") // WINDOW + pl.col("step")).join(
        seen, on=["handle", "bucket"], how="inner"
    )
    close = (pl.col("first_day") <= pl.col("day") + WINDOW) & (pl.col("last_day") >= pl.col("day") - WINDOW)
    agree = (
        pl.col("country").is_null()
        | (pl.col("countries").list.len() == 0)
        | pl.col("countries").list.contains(pl.col("country"))
    )
    return pairs.filter(close, agree, pl.col("own") != pl.col("head"))
