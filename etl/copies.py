"""Articles that share most of their text: an agency text with another headline, shortened, edited.

Sets of three-word shingles, compared by MinHash with banding (Broder 1997; the library is rensa): an article
is compared only with earlier originals that agree with it in one band, so the cost grows with the number of
articles. What the bands propose is then verified on the shingles themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl
from rensa import RMinHash, RMinHashLSH

SHINGLE_WORDS = 3
# 64 bands of 3: a pair that shares 0.5 of its shingles meets with probability 0.9998, one of 0.1 with 0.06.
PERMUTATIONS, BANDS = 192, 64
SEED = 20231
# Share of the shorter text that stands in the longer one, and of both texts' words that are common.
CONTAINED, COMMON = 0.55, 0.3
# Below this many shingles a text is one sentence, easily of the same form as another ("Spain reports its
# first case of ..."): nearly all of it and all its names and numbers must be the same.
SHORT, SHORT_CONTAINED = 25, 0.85
# Two items of one form ("X reports 1,500 new cases") differ in their numbers and names, a copy hardly does.
NUMBERS_CONTAINED, NAMES_CONTAINED = 0.75, 0.5
# Later than this, the same words are a new item of a series, not a copy.
MEMORY = timedelta(days=31)
BATCH = 20_000
MIN_SHINGLES = 6

HEADER = re.compile(r"^\s*date \d{4}-\d\d-\d\d ")
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Original:
    """An article that is no copy of an earlier one."""

    key: str
    published: date
    shingles: frozenset[int]
    names: frozenset[str]
    numbers: frozenset[str]


def copies(articles: pl.DataFrame) -> pl.DataFrame:
    """Near copies among articles: columns `key` and `copy_of` (the earliest), one row per copy.

    `articles` has key, published and text. The answer does not depend on the order of the rows: articles are
    taken by date, then key.
    """
    lsh = RMinHashLSH(0.5, PERMUTATIONS, BANDS)
    originals: list[Original] = []
    found: list[tuple[str, str]] = []
    exact: dict[str, str] = {}
    for rows in articles.select("published", "key", "text").sort("published", "key").iter_slices(BATCH):
        for original, sketch in _sketches(rows, exact, found):
            match = _match(original, lsh.query(sketch), originals)
            if match is not None:
                found.append((original.key, match.key))
                continue
            lsh.insert(len(originals), sketch)
            originals.append(original)
    return pl.DataFrame(found, schema={"key": pl.String, "copy_of": pl.String}, orient="row")


def _sketches(
    rows: pl.DataFrame, exact: dict[str, str], found: list[tuple[str, str]]
) -> Iterator[tuple[Original, RMinHash]]:
    """Articles whose words are new, with their sketches; word for word copies go to `found`."""
    fresh: list[Original] = []
    tokens: list[list[str]] = []
    for published, key, text in rows.iter_rows():
        words = WORD.findall(HEADER.sub("", text))
        same = exact.setdefault(" ".join(words).casefold(), key)
        if same != key:
            found.append((key, same))
            continue
        lower = [word.casefold() for word in words]
        shingles = [" ".join(lower[i : i + SHINGLE_WORDS]) for i in range(len(lower) - SHINGLE_WORDS + 1)]
        if len(shingles) < MIN_SHINGLES:
            continue
        numbers = frozenset(word for word in words if word[0].isdigit())
        names = frozenset(word for word in words if word[0].isupper())
        fresh.append(Original(key, published, frozenset(map(hash, shingles)), names, numbers))
        tokens.append(shingles)
    yield from zip(fresh, RMinHash.from_token_sets(tokens, PERMUTATIONS, SEED), strict=True)


def _match(article: Original, candidates: list[int], originals: list[Original]) -> Original | None:
    """The earliest original that shares most of the text, if any."""
    for number in sorted(candidates):
        original = originals[number]
        if article.published - original.published <= MEMORY and _shares_most(article, original):
            return original
    return None


def _shares_most(a: Original, b: Original) -> bool:
    shared = len(a.shingles & b.shingles)
    smaller, both = min(len(a.shingles), len(b.shingles)), len(a.shingles | b.shingles)
    short = smaller < SHORT
    return (
        shared >= (SHORT_CONTAINED if short else CONTAINED) * smaller
        and shared >= COMMON * both
        and _contained(a.numbers, b.numbers, 1.0 if short else NUMBERS_CONTAINED)
        and _contained(a.names, b.names, 1.0 if short else NAMES_CONTAINED)
    )


def _contained(a: frozenset[str], b: frozenset[str], share: float) -> bool:
    """True where `share` of the smaller set, rounded down, stands in the larger one."""
    return len(a & b) >= int(share * min(len(a), len(b)))
