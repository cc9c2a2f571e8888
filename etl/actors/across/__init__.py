"""The same actor across articles: one key for the whole corpus, set-based and independent of row order."""

from __future__ import annotations

import polars as pl

from etl.actors.across.frames import ROW, is_whole, lead
from etl.actors.across.people import parted, with_middle_names
from etl.actors.across.rulers import ruling
from etl.actors.across.short_forms import acronyms, explained, short_names
from etl.actors.across.spellings import heard_alike, spelled_alike

_OWNED = r"^(org|group):[^:@]+:([^:@]+)@"


def resolve_across(frame: pl.DataFrame) -> pl.DataFrame:
    """One key per actor of the whole corpus.

    Rows in: article_id, published (Date), ordinal, key, name, kind, country, sector, affiliation_key,
    n_mentions: one local actor each. The same rows out, in the same order, with final key, name, kind,
    country, sector, affiliation_key, and `rule`. Does not depend on the order of the rows.
    """
    rows = parted(frame.with_columns(pl.lit("same key").alias("rule"), final=pl.col("key")))
    rows = spelled_alike(rows)
    rows = heard_alike(rows)
    rows = with_middle_names(rows)
    rows = ruling(rows)
    for parts in (2, 2, 1):  # twice: an initial can only be explained once middle names are
        what = "short name" if parts == 2 else "surname"
        rows = explained(rows, short_names(rows, parts), what)
    rows = explained(rows, acronyms(rows), "acronym")
    rows = _owned(rows)
    return _described(rows, frame)


def _owned(rows: pl.DataFrame) -> pl.DataFrame:
    """The office, officials or army of somebody whom his article knows by a surname only are those of the
    one who is meant.
    """
    owners = rows.filter(pl.col("key") != pl.col("final"), is_whole("final")).select(
        "article_id", affiliation_key="key", owner=pl.col("final").str.replace("^[a-z]+:", "")
    )
    kept = rows.filter(~is_whole(), pl.col("key").str.contains(_OWNED)).select(*ROW, "key", "affiliation_key")
    led = kept.join(owners.unique(["article_id", "affiliation_key"]), on=["article_id", "affiliation_key"])
    prefix, noun = pl.col("key").str.extract(_OWNED, 1), pl.col("key").str.extract(_OWNED, 2)
    led = led.select(*ROW, head=pl.format("{}:{}:{}", prefix, "owner", noun))
    return lead(rows, led, ROW, "of whom it is")


def _described(rows: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
    """Final keys for affiliations too, and one name, kind, country, sector and affiliation per key."""
    keys = rows.select("article_id", affiliation_key="key", owner="final").unique(
        ["article_id", "affiliation_key"]
    )
    rows = rows.join(keys, on=["article_id", "affiliation_key"], how="left", maintain_order="left")
    rows = rows.with_columns(
        affiliation_key=pl.when(pl.col("owner") == pl.col("final"))
        .then(None)
        .otherwise(pl.coalesce("owner", "affiliation_key"))
    )
    out = rows.select(*ROW, "final", "rule")
    for column in ("name", "kind", "country", "sector", "affiliation_key"):
        out = out.join(_commonest(rows, column), on="final", how="left", maintain_order="left")
    return (
        out.rename({"final": "key"})
        .select(*ROW, "key", "name", "kind", "country", "sector", "affiliation_key", "rule")
        .join(frame.select(*ROW, "published", "n_mentions"), on=ROW, how="left", maintain_order="left")
        .select(*frame.columns, "rule")
    )


def _commonest(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    """The value of a column with most mentions per key; of a name, a full one before a bare surname."""
    weight = pl.col("n_mentions").clip(1).sum().alias("weight")
    counted = rows.filter(pl.col(column).is_not_null()).group_by("final", column).agg(weight)
    full = pl.col("name").str.contains(" ", literal=True)
    counted = counted.with_columns(full=full if column == "name" else pl.lit(True))
    return (
        counted.sort("full", "weight", column, descending=[True, True, False])
        .group_by("final", maintain_order=True)
        .first()
        .select("final", column)
    )
