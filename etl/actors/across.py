"""The same actor across articles: one key for the whole corpus, set-based and independent of row order."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from etl.actors.names import initials, skeleton, surname
from etl.gazetteer import fold

WINDOW = 45
"""Days before and after an article within which a full name explains its bare surname or acronym."""
FAMILY_NAME_FIRST = ("CHN", "PRK", "KOR", "TWN", "HKG", "VNM", "SGP", "HUN", "JPN", "KHM", "MMR")

_Row = ["article_id", "ordinal"]


def resolve_across(frame: pl.DataFrame) -> pl.DataFrame:
    """One key per actor of the whole corpus.

    Rows in: article_id, published (Date), ordinal, key, name, kind, country, sector, affiliation_key,
    n_mentions: one local actor each. The same rows out, in the same order, with final key, name, kind,
    country, sector, affiliation_key, and `rule`. Does not depend on the order of the rows.
    """
    rows = frame.with_columns(pl.lit("same key").alias("rule"), final=pl.col("key"))
    rows = _spelled_alike(rows)
    for parts in (2, 2, 1):  # twice: an initial can only be explained once middle names are
        what = "short name" if parts == 2 else "surname"
        rows = _explained(rows, _short_names(rows, parts), what)
    rows = _explained(rows, _acronyms(rows), "acronym")
    return _described(rows, frame)


# Spellings of one name


def _spelled_alike(rows: pl.DataFrame) -> pl.DataFrame:
    """Transliterations, name order and company endings: the spelling met most often gives the key."""
    named = rows.filter(_whole(), pl.col("key").str.contains("^(?:person|org):"))
    spelled = _with(named.group_by("key", "kind").agg(pl.len().alias("n")), "key", _spelling, "spelling")
    ranked = spelled.sort("n", "key", descending=[True, False])
    heads = ranked.group_by("kind", "spelling", maintain_order=True).agg(pl.first("key").alias("head"))
    led = spelled.join(heads, on=["kind", "spelling"]).filter(pl.col("key") != pl.col("head"))
    return _lead(rows, led.select("key", "kind", "head"), ["key", "kind"], "another spelling")


def _whole() -> pl.Expr:
    """Keys of named actors that hold in every article (unnamed ones end in @article)."""
    return ~pl.col("key").str.contains("@", literal=True)


def _spelling(key: str) -> str:
    kind, _, name = key.partition(":")
    return f"{kind}:{skeleton(name.replace('-', ' '), person=kind == 'person')}"


def _lead(rows: pl.DataFrame, led: pl.DataFrame, on: list[str], rule: str) -> pl.DataFrame:
    joined = rows.join(led, on=on, how="left", maintain_order="left")
    found = pl.col("head").is_not_null()
    return joined.with_columns(
        final=pl.coalesce("head", "final"), rule=pl.when(found).then(pl.lit(rule)).otherwise("rule")
    ).drop("head")


def _with(frame: pl.DataFrame, column: str, make: Callable[[str], str], name: str) -> pl.DataFrame:
    """`make` of every distinct value of a column, as a new column."""
    values = frame.get_column(column).unique().sort()
    made = pl.DataFrame(
        {column: values, name: [make(value) for value in values]}, schema_overrides={name: pl.String}
    )
    return frame.join(made, on=column, how="left")


# Short names: who else is around that date?


def _short_names(rows: pl.DataFrame, parts: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Names of so many parts (1: bare surnames, 2: initials or no middle name), and fuller ones for them."""
    people = rows.filter(pl.col("key").str.starts_with("person:"), pl.col("kind") == "person")
    people = people.filter(_whole() | pl.col("key").str.starts_with("person:?"))
    folded = _with(people, "name", fold, "folded").with_columns(
        parts=pl.col("folded").str.split(" "), last=pl.lit("")
    )
    folded = _with(folded.drop("last"), "folded", surname, "last")
    first, n_parts = pl.col("parts").list.first(), pl.col("parts").list.len()
    whole = folded.filter(_whole(), n_parts > 1)
    family_first = pl.col("country").is_in(FAMILY_NAME_FIRST) | (
        (n_parts == 3) & (pl.col("parts").list.eval(pl.element().str.len_chars()).list.max() <= 5)
    )
    fuller = pl.concat(
        [
            whole.with_columns(handle=pl.col("last")),
            whole.filter(pl.col("last").str.contains(" ")).with_columns(handle=pl.col("parts").list.last()),
            whole.filter(family_first).with_columns(handle=first),
            whole.with_columns(handle=first.str.slice(0, 1) + " " + pl.col("last")),
            whole.filter(n_parts > 2).with_columns(handle=first + " " + pl.col("last")),
        ]
    )
    short = folded.filter(n_parts == parts).with_columns(handle=pl.col("folded"))
    return short, fuller


def _acronyms(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Organisations known by an acronym only, and those whose initials it can be."""
    bodies = rows.filter(pl.col("key").str.starts_with("org:"), _whole(), pl.col("kind") == "organisation")
    short = bodies.filter(
        pl.col("name").str.contains(r"^[A-Z][A-Za-z]{1,6}$") & pl.col("name").str.contains("[A-Z]{2}")
    )
    short = _with(short, "name", fold, "handle")
    long = bodies.filter(pl.col("name").str.contains(" ", literal=True))
    return short, _with(long, "name", lambda name: initials(name).lower(), "handle")


def _explained(rows: pl.DataFrame, both: tuple[pl.DataFrame, pl.DataFrame], what: str) -> pl.DataFrame:
    """Lead a short form to the one actor around its date that it can be; where there are several it stays."""
    short, fuller = both
    near = _near(short, fuller)
    counted = near.group_by(_Row).agg(pl.col("head").n_unique().alias("n"), pl.col("head").min())
    joined = rows.join(counted, on=_Row, how="left", maintain_order="left")
    one, some = pl.col("n") == 1, pl.col("n") > 1
    bare = pl.col("key").str.starts_with("person:?") if what == "surname" else pl.lit(False)
    rule = (
        pl.when(one).then(pl.lit(f"{what}: the only one around that date"))
        .when(some & bare).then(pl.lit(f"{what}: several around that date"))
        .when(bare & pl.col("n").is_null()).then(pl.lit(f"{what}: nobody known around that date"))
        .otherwise("rule")
    )  # fmt: skip
    final = pl.when(one).then("head").otherwise("final")
    return joined.with_columns(final=final, rule=rule).drop("n", "head")


def _near(short: pl.DataFrame, fuller: pl.DataFrame) -> pl.DataFrame:
    """Pairs of a short form and an actor that comes up within the window, by buckets of its length.

    Only the first and last day of an actor in a bucket are joined: whoever is in the bucket of the day itself
    is near enough, and of the neighbouring buckets the nearest day decides.
    """
    day = pl.col("published").cast(pl.Int32)
    seen = (
        fuller.with_columns(bucket=day // WINDOW)
        .group_by("handle", "bucket", head="final")
        .agg(
            day.min().alias("first_day"), day.max().alias("last_day"), pl.col("country").drop_nulls().unique()
        )
        .rename({"country": "countries"})
    )
    asked = short.select(*_Row, "handle", "country", own="final", day=day).join(
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


# What an actor is called and belongs to


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
    out = rows.select(*_Row, "final", "rule")
    for column in ("name", "kind", "country", "sector", "affiliation_key"):
        out = out.join(_commonest(rows, column), on="final", how="left", maintain_order="left")
    return (
        out.rename({"final": "key"})
        .select(*_Row, "key", "name", "kind", "country", "sector", "affiliation_key", "rule")
        .join(frame.select(*_Row, "published", "n_mentions"), on=_Row, how="left", maintain_order="left")
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
