"""The same actor across articles: one key for the whole corpus, set-based and independent of row order."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import polars as pl

from etl.actors.names import GENERATION, heard, initials, may_be_one, middle, skeleton, surname
from etl.gazetteer import fold

WINDOW = 45
"""Days before and after an article within which a full name explains its bare surname or acronym."""
BEST_KNOWN, AT_LEAST = 0.9, 5
"""Of several with one surname around a date it means the one with this share of the articles that name any
of them in full, and with so many articles; a ruler with a number needs as many to be meant far from them."""
FAMILY_NAME_FIRST = ("CHN", "PRK", "KOR", "TWN", "HKG", "VNM", "SGP", "HUN", "JPN", "KHM", "MMR")

_Row = ["article_id", "ordinal"]


def resolve_across(frame: pl.DataFrame) -> pl.DataFrame:
    """One key per actor of the whole corpus.

    Rows in: article_id, published (Date), ordinal, key, name, kind, country, sector, affiliation_key,
    n_mentions: one local actor each. The same rows out, in the same order, with final key, name, kind,
    country, sector, affiliation_key, and `rule`. Does not depend on the order of the rows.
    """
    rows = _parted(frame.with_columns(pl.lit("same key").alias("rule"), final=pl.col("key")))
    rows = _spelled_alike(rows)
    rows = _heard_alike(rows)
    rows = _with_middle_names(rows)
    rows = _ruling(rows)
    for parts in (2, 2, 1):  # twice: an initial can only be explained once middle names are
        what = "short name" if parts == 2 else "surname"
        rows = _explained(rows, _short_names(rows, parts), what)
    rows = _explained(rows, _acronyms(rows), "acronym")
    rows = _owned(rows)
    return _described(rows, frame)


# Spellings of one name


def _spelled_alike(rows: pl.DataFrame) -> pl.DataFrame:
    """Transliterations, name order and company endings: the spelling met most often gives the key."""
    named = rows.filter(_whole(), pl.col("key").str.contains("^(?:person|org):"))
    spelled = _with(named.group_by("key", "kind").agg(pl.len().alias("n")), "key", _spelling, "spelling")
    led = _to_commonest(spelled, "key", ["kind", "spelling"])
    return _lead(rows, led.select("key", "kind", "head"), ["key", "kind"], "another spelling")


def _heard_alike(rows: pl.DataFrame) -> pl.DataFrame:
    """Given names in two romanisations, where no two states speak against it."""
    people = rows.filter(_whole(), pl.col("key").str.starts_with("person:"))
    state = pl.col("country").drop_nulls().mode().sort().first()
    spelled = people.group_by("final").agg(pl.len().alias("n"), state)
    spelled = _with(spelled, "final", lambda key: heard(_words_of(key)) or "", "heard")
    n_states = pl.col("country").drop_nulls().n_unique().over("heard")
    led = _to_commonest(spelled.filter(pl.col("heard") != "").filter(n_states <= 1), "final", ["heard"])
    return _lead(rows, led.select("final", "head"), ["final"], "another spelling")


def _to_commonest(spelled: pl.DataFrame, key: str, alike: list[str]) -> pl.DataFrame:
    """The rows whose key is not that of most articles (`n`) among those `alike`, with that key as `head`."""
    ranked = spelled.sort("n", key, descending=[True, False])
    heads = ranked.group_by(alike, maintain_order=True).agg(pl.first(key).alias("head"))
    return spelled.join(heads, on=alike).filter(pl.col(key) != pl.col("head"))


def _words_of(key: str) -> str:
    return key.partition(":")[2].replace("-", " ")


def _whole(column: str = "key") -> pl.Expr:
    """Keys of named actors that hold in every article (unnamed ones end in @article)."""
    return ~pl.col(column).str.contains("@", literal=True)


def _spelling(key: str) -> str:
    kind = key.partition(":")[0]
    return f"{kind}:{skeleton(_words_of(key), person=kind == 'person')}"


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


def _parted(rows: pl.DataFrame) -> pl.DataFrame:
    """People's names folded, their parts and surname, and whether a number ends them."""
    names = rows.filter(pl.col("key").str.starts_with("person:")).select("name").unique()
    names = _with(_with(names, "name", fold, "folded"), "folded", surname, "last")
    names = names.with_columns(parts=pl.col("folded").str.split(" "))
    names = names.with_columns(numbered=pl.col("parts").list.last().is_in(GENERATION))
    return rows.join(names, on="name", how="left", maintain_order="left")


def _people(rows: pl.DataFrame) -> pl.DataFrame:
    """Named people, without rulers that an article knows by one name."""
    return rows.filter(
        pl.col("key").str.starts_with("person:"), pl.col("kind") == "person", _whole() | _bare()
    )


def _bare() -> pl.Expr:
    """Keys of people whom an article knows by a surname only."""
    return pl.col("key").str.starts_with("person:?") & ~_rules()


def _fuller(people: pl.DataFrame) -> pl.DataFrame:
    """Full names with a middle name, by first name and surname. A number makes a namesake of it, and where
    the surname comes twice there are two people in one name.
    """
    parts = pl.col("parts")
    once = parts.list.eval(pl.element() == pl.element().last()).list.sum() == 1
    return people.filter(_whole(), parts.list.len() > 2, ~pl.col("numbered"), once).with_columns(
        handle=parts.list.first() + " " + pl.col("last")
    )


def _with_middle_names(rows: pl.DataFrame) -> pl.DataFrame:
    """ "John Kerry" and "John F. Kerry", "Tayyip" and "Recep Tayyip Erdoğan" are one everywhere, when they
    come up around one date and no two of such forms have different middle names; the form of most articles
    gives the key.
    """
    people = _people(rows)
    fuller = _fuller(people)
    later = pl.col("parts").list.get(-2, null_on_oob=True) + " " + pl.col("last")
    fuller = pl.concat([fuller, fuller.with_columns(handle=later)])
    short = people.filter(_whole(), pl.col("parts").list.len() == 2, ~pl.col("numbered"))
    pairs = _near(short.with_columns(handle=pl.col("folded")), fuller).select("own", "head").unique()
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
    return _lead(rows, frame, ["final"], "with and without the middle name")


def _end(led: dict[str, str], key: str) -> str:
    """Where the leads from a key end; each goes to a form of more articles, so they do."""
    while key in led:
        key = led[key]
    return key


# Rulers of one name: popes, kings, princes

_RULER = r"^person:\?(\w+):([^@]+)@"


def _rules() -> pl.Expr:
    """Keys of people whom an article knows by a ruler's title and one name (`etl.actors.offices`)."""
    return pl.col("key").str.contains(_RULER)


def _ruling(rows: pl.DataFrame) -> pl.DataFrame:
    """ "Prince Charles of Britain", "Pope Francis": by name and state; where no state is told, the only one
    of the name around that date, or else in the corpus. Who has a number somewhere ("Charles III") is meant.
    """
    people = _people(rows)
    crowned = people.filter(_whole(), pl.col("numbered")).select(
        "published", "country", "final", handle="last"
    )
    rank, called = pl.col("key").str.extract(_RULER, 1), pl.col("key").str.extract(_RULER, 2)
    rulers = rows.filter(_rules()).select(
        *_Row, "published", "final", pl.when(rank == "royal").then("country").alias("country"),
        handle=called.str.replace_all("-", " "), stem=pl.format("person:{}-{}", rank, called),
    )  # fmt: skip
    placed = rulers.filter(pl.col("country").is_not_null())
    often = crowned.filter(pl.len().over("final") >= AT_LEAST)
    placed = placed.join(_nearest(placed, crowned), on=_Row, how="left").join(
        _only(often, ["handle", "country"]), on=["handle", "country"], how="left"
    )
    of_state = pl.format("{}-{}", "stem", pl.col("country").str.to_lowercase())
    one = pl.when(pl.col("near").list.len() == 1).then(pl.col("near").list.first())
    placed = placed.with_columns(final=pl.coalesce(one, "head", of_state))
    known = pl.concat([crowned, placed.select(crowned.columns)])
    others = rulers.filter(pl.col("country").is_null())
    others = others.join(_nearest(others, known), on=_Row, how="left")
    sure = pl.concat([often, placed.select(crowned.columns)])
    others = others.join(_only(sure, ["handle"]), on="handle", how="left")
    unknown = ~pl.col("handle").is_in(sure.get_column("handle").unique().implode())
    others = others.with_columns(
        final=pl.when(pl.col("near").is_null())
        .then(pl.coalesce("head", pl.when(unknown).then("stem"), "final"))
        .otherwise(pl.coalesce(one, "final"))
    )
    decided = pl.concat([placed, others.select(placed.columns)]).select(*_Row, head="final")
    return _lead(rows, decided, _Row, "ruler's name and state")


def _nearest(rulers: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """The final keys of those of the name around the date of each row, as `near`."""
    return _near(rulers, known).group_by(_Row).agg(pl.col("head").unique().sort().alias("near"))


def _only(known: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """The `head` of each group in which all have the same final key."""
    heads = known.group_by(by).agg(pl.col("final").n_unique().alias("n"), pl.col("final").min().alias("head"))
    return heads.filter(pl.col("n") == 1).drop("n")


def _short_names(rows: pl.DataFrame, parts: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Names of so many parts (1: bare surnames, 2: initials or no middle name), and fuller ones for them."""
    folded = _people(rows)
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
            _fuller(folded),
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
    near = _near(short, fuller).group_by(*_Row, "head").agg(pl.col("n_articles").sum())
    counted = (
        near.sort("n_articles", "head", descending=[True, False])
        .group_by(_Row, maintain_order=True)
        .agg(
            pl.len().alias("n"), pl.col("head").first(), pl.col("n_articles").first().alias("most"),
            pl.col("n_articles").sum().alias("all"),
        )
    )  # fmt: skip
    joined = rows.join(counted, on=_Row, how="left", maintain_order="left")
    bare = _bare() if what == "surname" else pl.lit(False)
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
            day.min().alias("first_day"),
            day.max().alias("last_day"),
            pl.col("country").drop_nulls().unique(),
            pl.col("published").len().alias("n_articles"),
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


def _owned(rows: pl.DataFrame) -> pl.DataFrame:
    """The office, officials or army of somebody whom his article knows by a surname only are those of the
    one who is meant.
    """
    owners = rows.filter(pl.col("key") != pl.col("final"), _whole("final")).select(
        "article_id", affiliation_key="key", owner=pl.col("final").str.replace("^[a-z]+:", "")
    )
    kept = rows.filter(~_whole(), pl.col("key").str.contains(_OWNED)).select(*_Row, "key", "affiliation_key")
    led = kept.join(owners.unique(["article_id", "affiliation_key"]), on=["article_id", "affiliation_key"])
    prefix, noun = pl.col("key").str.extract(_OWNED, 1), pl.col("key").str.extract(_OWNED, 2)
    led = led.select(*_Row, head=pl.format("{}:{}:{}", prefix, "owner", noun))
    return _lead(rows, led, _Row, "of whom it is")


_OWNED = r"^(org|group):[^:@]+:([^:@]+)@"


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
