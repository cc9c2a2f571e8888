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
from difflib import get_close_matches

import polars as pl
from rensa import RMinHash, RMinHashLSH

from etl import words as word_lists

SHINGLE_WORDS = 3
# 96 bands of 3: a pair that shares 0.35 of its shingles meets with probability 0.985, one of 0.1 with 0.09.
PERMUTATIONS, BANDS = 288, 96
SEED = 20231
# Share of the shorter text that stands in the longer one, and of both texts' shingles that are common; less
# where the shorter one stands in the longer as a whole, to which something was added.
CONTAINED, COMMON = 0.62, 0.3
WHOLE, COMMON_OF_WHOLE = 0.9, 0.2
# Below this many shingles a text is one sentence, easily of the same form as another ("Spain reports its
# first case of ..."): nearly all of it must be the same.
SHORT, SHORT_CONTAINED = 25, 0.85
# Two items of one form ("X reports 1,500 new cases") differ in their numbers and names, a copy hardly does,
# but for a name spelled in another way or a number in its headline. A long text may be brought up to date.
LONG, NUMBERS_CONTAINED, NAMES_CONTAINED = 120, 0.75, 0.8
ALIKE = 0.7
# Later than this, the same words are a new item of a series, not a copy.
MEMORY = timedelta(days=31)
BATCH = 20_000
MIN_SHINGLES = 6

NUMBER_WORDS = word_lists.words(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion
    first second third fourth fifth sixth seventh eighth ninth tenth dozen dozens hundreds thousands millions
    """
)
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
        numbers = frozenset(word for word in lower if word[0].isdigit() or word in NUMBER_WORDS)
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
    whole = shared >= WHOLE * smaller
    return (
        shared >= (SHORT_CONTAINED if smaller < SHORT else CONTAINED) * smaller
        and shared >= (COMMON_OF_WHOLE if whole else COMMON) * both
        and _same_numbers(a, b, smaller, whole)
        and _same_names(a, b, smaller)
    )


def _same_numbers(a: Original, b: Original, smaller: int, whole: bool) -> bool:
    fewer = min(len(a.numbers), len(b.numbers))
    needed = int(NUMBERS_CONTAINED * fewer) if smaller >= LONG else fewer - whole
    return len(a.numbers & b.numbers) >= needed


def _same_names(a: Original, b: Original, smaller: int) -> bool:
    """True where most names of the text with fewer stand in the other, all of them in a short text."""
    fewer, more = sorted((a.names, b.names), key=len)
    missing = [name for name in fewer - more if not get_close_matches(name, more, 1, ALIKE)]
    allowed = 0 if smaller < SHORT else int((1 - NAMES_CONTAINED) * len(fewer))
    return len(missing) <= allowed
