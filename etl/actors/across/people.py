"""Names of people: their parts, and full ones with and without a middle name."""

from __future__ import annotations

from itertools import combinations

import polars as pl

from etl.actors.across.frames import is_whole, lead, mapped, nearby
from etl.actors.names import GENERATION, may_be_one, middle, surname
from etl.gazetteer import fold

RULER = r"^person:\?(\w+):([^@]+)@"
"""Keys of people whom an article knows by a ruler's title and one name (`etl.actors.offices`)."""


def parted(rows: pl.DataFrame) -> pl.DataFrame:
    """People's names folded, their parts and surname, and whether a number ends them."""
    names = rows.filter(pl.col("key").str.starts_with("person:")).select("name").unique()
    names = mapped(mapped(names, "name", fold, "folded"), "folded", surname, "last")
    names = names.with_columns(parts=pl.col("folded").str.split(" "))
    names = names.with_columns(numbered=pl.col("parts").list.last().is_in(GENERATION))
    return rows.join(names, on="name", how="left", maintain_order="left")


def named_people(rows: pl.DataFrame) -> pl.DataFrame:
    """Named people, without rulers that an article knows by one name."""
    return rows.filter(
        pl.col("key").str.starts_with("person:"), pl.col("kind") == "person", is_whole() | by_surname()
    )


def by_surname() -> pl.Expr:
    """Keys of people whom an article knows by a surname only."""
    return pl.col("key").str.starts_with("person:?") & ~by_title()


def by_title() -> pl.Expr:
    """Keys of people whom an article knows by a ruler's title and one name (`etl.actors.offices`)."""
    return pl.col("key").str.contains(RULER)


def fuller_names(people: pl.DataFrame) -> pl.DataFrame:
    """Full names with a middle name, by first name and surname. A number makes a namesake of it, and where
    the surname comes twice there are two people in one name.
    """
    parts = pl.col("parts")
    once = parts.list.eval(pl.element() == pl.element().last()).list.sum() == 1
    return people.filter(is_whole(), parts.list.len() > 2, ~pl.col("numbered"), once).with_columns(
        handle=parts.list.first() + " " + pl.col("last")
    )


def with_middle_names(rows: pl.DataFrame) -> pl.DataFrame:
    """ "John Kerry" and "John F. Kerry", "Tayyip" and "Recep Tayyip Erdoğan" are one everywhere, when they
    come up around one date and no two of such forms have different middle names; the form of most articles
    gives the key.
    """
    people = named_people(rows)
    fuller = fuller_names(people)
    later = pl.col("parts").list.get(-2, null_on_oob=True) + " " + pl.col("last")
    fuller = pl.concat([fuller, fuller.with_columns(handle=later)])
    short = people.filter(is_whole(), pl.col("parts").list.len() == 2, ~pl.col("numbered"))
    pairs = nearby(short.with_columns(handle=pl.col("folded")), fuller).select("own", "head").unique()
    names = fuller.group_by("final").agg(pl.col("folded").min())
    told = pairs.join(names, left_on="head", right_on="final").sort("own", "head")
    counts = dict(rows.group_by("final").len().iter_rows())
    led: dict[str, str] = {}
    for own, heads, folded in told.group_by("own", maintain_order=True).all().iter_rows():
        if all(may_be_one(*pair) for pair in combinations(map(middle, folded), 2)):
            head = min([own, *heads], key=lambda key: (-counts[key], key))
            led |= {key: head for key in (own, *heads) if key != head}
    ends = [(key, _end(led, key)) for key in led]
    frame = pl.DataFrame(ends, {"final": pl.String, "head": pl.String}, orient="row")
    return lead(rows, frame, ["final"], "with and without the middle name")


def _end(led: dict[str, str], key: str) -> str:
    """Where the leads from a key end; each goes to a form of more articles, so they do."""
    while key in led:
        key = led[key]
    return key
