"""Short forms and the one actor around their date that they can stand for."""

from __future__ import annotations

import polars as pl

from etl.actors.across.frames import AT_LEAST, ROW, is_whole, mapped, nearby
from etl.actors.across.people import by_surname, fuller_names, named_people
from etl.actors.names import initials
from etl.gazetteer import fold

BEST_KNOWN = 0.9
"""Of several with one surname around a date it means the one with this share of the articles that name any
of them in full, if `AT_LEAST` do."""
FAMILY_NAME_FIRST = ("CHN", "PRK", "KOR", "TWN", "HKG", "VNM", "SGP", "HUN", "JPN", "KHM", "MMR")


def short_names(rows: pl.DataFrame, parts: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Names of so many parts (1: bare surnames, 2: initials or no middle name), and fuller ones for them."""
    folded = named_people(rows)
    first, n_parts = pl.col("parts").list.first(), pl.col("parts").list.len()
    whole = folded.filter(is_whole(), n_parts > 1)
    family_first = pl.col("country").is_in(FAMILY_NAME_FIRST) | (
        (n_parts == 3) & (pl.col("parts").list.eval(pl.element().str.len_chars()).list.max() <= 5)
    )
    fuller = pl.concat(
        [
            whole.with_columns(handle=pl.col("last")),
            whole.filter(pl.col("last").str.contains(" ")).with_columns(handle=pl.col("parts").list.last()),
            whole.filter(family_first).with_columns(handle=first),
            whole.with_columns(handle=first.str.slice(0, 1) + " " + pl.col("last")),
            fuller_names(folded),
        ]
    )
    short = folded.filter(n_parts == parts).with_columns(handle=pl.col("folded"))
    return short, fuller


def acronyms(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Organisations known by an acronym only, and those whose initials it can be."""
    bodies = rows.filter(pl.col("key").str.starts_with("org:"), is_whole(), pl.col("kind") == "organisation")
    short = bodies.filter(
        pl.col("name").str.contains(r"^[A-Z][A-Za-z]{1,6}$") & pl.col("name").str.contains("[A-Z]{2}")
    )
    short = mapped(short, "name", fold, "handle")
    long = bodies.filter(pl.col("name").str.contains(" ", literal=True))
    return short, mapped(long, "name", lambda name: initials(name).lower(), "handle")


def explained(rows: pl.DataFrame, both: tuple[pl.DataFrame, pl.DataFrame], what: str) -> pl.DataFrame:
    """Lead a short form to the one actor around its date that it can be; where there are several it stays."""
    short, fuller = both
    near = nearby(short, fuller).group_by(*ROW, "head").agg(pl.col("n_articles").sum())
    counted = (
        near.sort("n_articles", "head", descending=[True, False])
        .group_by(ROW, maintain_order=True)
        .agg(
            pl.len().alias("n"), pl.col("head").first(), pl.col("n_articles").first().alias("most"),
            pl.col("n_articles").sum().alias("all"),
        )
    )  # fmt: skip
    joined = rows.join(counted, on=ROW, how="left", maintain_order="left")
    bare = by_surname() if what == "surname" else pl.lit(False)
    best = bare & (pl.col("most") >= AT_LEAST) & (pl.col("most") >= BEST_KNOWN * pl.col("all"))
    one, some = pl.col("n") == 1, pl.col("n") > 1
    rule = (
        pl.when(one).then(pl.lit(f"{what}: the only one around that date"))
        .when(some & best).then(pl.lit(f"{what}: by far the best known around that date"))
        .when(some & bare).then(pl.lit(f"{what}: several around that date"))
        .when(bare & pl.col("n").is_null()).then(pl.lit(f"{what}: nobody known around that date"))
        .otherwise("rule")
    )  # fmt: skip
    final = pl.when(one | (some & best)).then("head").otherwise("final")
    return joined.with_columns(final=final, rule=rule).drop("n", "head", "most", "all")
