"""What merging looks at in one event mention."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from etl.words import words

# A report without a date of its own tells of its publication day or shortly before.
REPORTING_DELAY = timedelta(days=2)
# An undated plan, denial or hypothesis told again within this time is the same one.
UNDATED_MEMORY = timedelta(days=7)
# Longer than this, a date says little of which act is meant.
VAGUE = timedelta(days=14)

# Sets of actors whose properties are kept: the same few meet again and again.
REMEMBERED = 50_000

DONE = {"happened": "done", "ongoing": "done"}
STATED = ("explicit", "relative")

# So many first letters of two words make them one word in another form: promised, promise.
STEM_LETTERS = 6
TOKEN = re.compile(r"[^\W\d_]+|\d[\d,.]*\d|\d")
AMOUNT = re.compile(
    r"\b(\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|hundreds|thousands)\b",
    re.I,
)
# "the attack": the words say that it was told before; "another attack" that it was not; "were also attacked"
# makes it less likely.
DEFINITE = re.compile(r"\b(the|this|that|these|those|his|her|its|their)\s+(?:[\w'’-]+\s+){0,2}$", re.I)
ANOTHER = re.compile(
    r"\b(another|others?|second|third|separate|similar|further|fresh|new)\s+(?:[\w'’-]+\s+){0,2}$", re.I
)
FURTHER = re.compile(
    r"\b(others?|another|second|third|separate|separately|similar|latest|series of|several|also|earlier|"
    r"previous|previously|meanwhile|elsewhere|later|recent|recently|more|past|last year|then|since|before|"
    r"after)\b",
    re.I,
)
# "for a second time": the sentence brings something new of a kind told before.
AGAIN = re.compile(
    r"\b(another|second|third|fourth|fifth|again|separate|latest|fresh|new|more|also|further|series of|"
    r"since)\b",
    re.I,
)
# Words that any two reports may share. Shorter ones (fewer than four letters) are left out anyway.
COMMON = words(
    """
    about after again against ahead also amid among announce announced announces another army around
    attack attacked attacks back because been before being between both called came come could days dead
    death deaths does dozens during each earlier early even expected first five following force forces
    former four friday from gave give given good government have here himself hundreds injured into
    itself just killed killing kills last late later leader leaders least less made make many might
    military minister ministry monday month months more most much must national news next office
    official officials once only open other others over part people percent place police president
    reported said same saturday says senior several should since soldiers some state statement states
    still such sunday take taken than that their them then there these they this those three through
    thursday time today told took troops tuesday under united until upon very wednesday week weeks well
    went were what when where which while whom whose will with within without would wounded wounding
    year years yesterday
    """
)

# Stems and in how many of 10,000 news items they are, by `python -m training.frequent_words`.
FREQUENT_FILE = Path(__file__).with_name("frequent_words.csv")
PER = 10_000
# A stem that fewer items have tells all that a word can tell.
RARE = 0.001


def _frequent() -> dict[str, float]:
    """What sharing each frequent stem tells, 0..1: the less, the more items have it."""
    with FREQUENT_FILE.open(encoding="utf8") as lines:
        rows = csv.DictReader(lines)
        return {row["stem"]: math.log(int(row["items"]) / PER) / math.log(RARE) for row in rows}


FREQUENT = _frequent()


@dataclass(frozen=True, eq=False)
class Report:
    """One event mention; actors by key, roots by the state or body behind them.

    `row` is the input's; `own_sources` and `own_targets` are actors before any correction; `earlier` counts
    the mentions of the same type and status before it in its article.
    """

    row: int
    event_type: str
    status: str
    mode: str | None
    first: date
    last: date
    published: date
    dated: bool
    place: str | None
    word: str
    article: str
    text: str
    publisher: str | None
    sentence_no: int
    start_char: int
    sources: frozenset[str]
    targets: frozenset[str]
    source_roots: frozenset[str]
    target_roots: frozenset[str]
    own_sources: frozenset[str]
    own_targets: frozenset[str]
    around: frozenset[str]
    reciprocal: bool
    sentence: str
    trigger_at: int
    earlier: int

    @property
    def parties(self) -> frozenset[str]:
        return self.sources | self.targets

    @property
    def roots(self) -> frozenset[str]:
        return self.source_roots | self.target_roots

    @property
    def is_vague(self) -> bool:
        """True where the window is so long that other acts of the kind lie in it, too."""
        return self.last - self.first > VAGUE

    @cached_property
    def content(self) -> frozenset[str]:
        """Stems of the words in the sentence that not any sentence has."""
        return stems(self.sentence)

    @cached_property
    def content_tells(self) -> float:
        """How much all the words of `content` would say."""
        return telling(self.content)

    @cached_property
    def amounts(self) -> frozenset[str]:
        """Numbers in the sentence."""
        return frozenset(amount.casefold() for amount in AMOUNT.findall(self.sentence))

    @cached_property
    def is_definite(self) -> bool:
        """True for "the attack"."""
        return DEFINITE.search(self._before) is not None

    @cached_property
    def is_another(self) -> bool:
        """True for "another attack"."""
        return ANOTHER.search(self._before) is not None

    @cached_property
    def is_again(self) -> bool:
        """True where the sentence has a word for something new of its kind."""
        return AGAIN.search(self.sentence) is not None

    @property
    def is_of_one_day(self) -> bool:
        return self.first == self.last

    @property
    def _before(self) -> str:
        return self.sentence[max(0, self.trigger_at - 60) : self.trigger_at]

    @cached_property
    def is_further(self) -> bool:
        """True for "another attack", "were also attacked"."""
        return FURTHER.search(self.sentence[max(0, self.trigger_at - 50) : self.trigger_at + 40]) is not None


def stems(text: str) -> frozenset[str]:
    """First letters of each word of a text, without the words that any two reports may share."""
    return frozenset(token.casefold()[:STEM_LETTERS] for token in TOKEN.findall(text) if _tells(token))


def telling(shared: Iterable[str]) -> float:
    """How much it says that two reports share these stems: 1 for a rare one, less for a frequent one."""
    return sum(FREQUENT.get(stem, 1.0) for stem in shared)


def _tells(token: str) -> bool:
    return token.casefold() not in COMMON and (
        len(token) > 3 or token[0].isdigit() or (len(token) > 1 and token.isupper())
    )


@lru_cache(REMEMBERED)
def named(keys: frozenset[str]) -> frozenset[str]:
    """Without those known in their article only ("officers", "the ministry"), whose keys carry its hash."""
    return frozenset(key for key in keys if "@" not in key)


def reports(mentions: pl.DataFrame) -> Iterator[Report]:
    """Reports by the first day of their window, then by publication, article and place in the text."""
    place = ("article_key", "sentence_no", "start_char", "event_type", "row")
    told = mentions.with_row_index("row").with_columns(*_window(), pl.col("status").replace(DONE)).sort(place)
    alike = pl.int_range(pl.len()).over("article_key", "event_type", "status").alias("earlier")
    order = told.with_columns(alike).sort("first", "published", *place)
    return map(_report, order.iter_rows(named=True))


def _window() -> tuple[pl.Expr, pl.Expr]:
    """First and last day on which the act may have been, as far as the report says."""
    published, start, end = pl.col("published"), pl.col("date_start"), pl.col("date_end")
    stated = pl.col("date_basis").is_in(STATED) & (start.is_not_null() | end.is_not_null())
    delay = pl.when(pl.col("date_basis") == "publication").then(REPORTING_DELAY).otherwise(UNDATED_MEMORY)
    first = pl.when(stated).then(pl.coalesce(start, end)).otherwise(published - delay)
    last = pl.when(stated).then(pl.coalesce(end, pl.max_horizontal(start, published))).otherwise(published)
    return first.alias("first"), last.alias("last")


def _report(row: dict[str, Any]) -> Report:
    return Report(
        row["row"],
        row["event_type"],
        row["status"],
        row["mode"],
        row["first"],
        row["last"],
        row["published"],
        row["date_basis"] in STATED and row["date_start"] is not None,
        row["place_key"],
        row["trigger"].casefold()[:STEM_LETTERS],
        row["article_key"],
        row["text_key"],
        row["publisher"],
        row["sentence_no"],
        row["start_char"],
        frozenset(row["sources"]),
        frozenset(row["targets"]),
        frozenset(row["source_roots"]),
        frozenset(row["target_roots"]),
        frozenset(row.get("own_sources", row["sources"])),
        frozenset(row.get("own_targets", row["targets"])),
        frozenset(row["around"]),
        row["reciprocal"],
        row["sentence"],
        row["trigger_at"],
        row["earlier"],
    )
