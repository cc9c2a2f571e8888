"""Which words make a time expression: rules that turn a match in lower-cased text into a form.

A rule runs only where the text holds a word of its `family`, which keeps a corpus of many texts without dates
cheap. Numbers, money, ages, durations ("a three-day visit"), sets ("every Monday") and times of day alone are
no dates: no rule makes one of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from etl.dates.forms import Form
from etl.dates.words import MONTHS, WEEKDAYS

Build = Callable[[re.Match[str], str], Form | None]


class Atom(NamedTuple):
    """One expression before ranges and bounds; `partial` ones ("the year") need a part in front."""

    start: int
    end: int
    form: Form
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """`build` gets the match and the text in its own case; it returns None for look-alikes."""

    family: str
    pattern: re.Pattern[str]
    build: Build
    partial: bool = False


def rule(family: str, pattern: str, build: Build, partial: bool = False) -> Rule:
    return Rule(family, re.compile(pattern), build, partial)


def _families_of_words() -> dict[str, str]:
    unit = (
        "day days week weeks weekend weekends fortnight month months quarter quarters qtr year years"
        " decade decades"
    )
    groups = {
        "month": " ".join(MONTHS),
        "weekday": " ".join(WEEKDAYS),
        "unit": f"{unit} century centuries half hours",
        "deictic": "today tonight yesterday tomorrow tmrw morning afternoon evening night overnight recent"
        " recently"
        " lately soon future",
        "season": "spring summer autumn fall winter q",
        "holiday": "christmas xmas easter thanksgiving halloween juneteenth pentecost",
        "clock": "utc gmt bst cest cet edt est pdt pst msk ist jst eest local",
        "now": "now present",
        "decade": "twenties thirties forties fifties sixties seventies eighties nineties",
    }
    return {word: family for family, words in groups.items() for word in words.split()}


FAMILY = _families_of_words()
WORD = re.compile(r"[a-z]+|\d+")
FIGURES: dict[str, re.Pattern[str]] = {
    "year": re.compile(r"(?<![\d.,])[12]\d{3}(?!\d|[.,]\d)"),
    "decade": re.compile(r"(?:\b[12]\d|['‘’]|\b(?:the|late|early|mid)[ -])\d0['’]? ?s\b"),
    "digits": re.compile(r"\d[/.-]\d"),
    "ordinal": re.compile(r"\d(?:st|nd|rd|th)\b"),
}
HOLIDAY_WORD = re.compile(
    r"['’]s?['’]? day\b|\bnew year|\b(?:may|earth|boxing|bastille|anzac|armistice|remembrance|memorial"
    r"|labor|columbus|mlk"
    r"|king|rights|veterans?|presidents?|mothers?|fathers?|fools?) day\b|\b(?:good|black) friday"
    r"|\b(?:palm|whit) sunday|\bcyber monday|\bash wednesday|\bjr\.? day|\bmaundy thursday"
)


def families(lowered: str) -> set[str]:
    """The families of rules that a text calls for; empty for most texts without a date."""
    words = WORD.findall(lowered)
    found = {FAMILY[word] for word in words if word in FAMILY}
    if any(map(str.isdigit, words)):
        found |= {family for family, pattern in FIGURES.items() if pattern.search(lowered)}
    if found & {"unit", "weekday"} and HOLIDAY_WORD.search(lowered):  # "May Day", "Good Friday"
        found.add("holiday")
    return found


def atoms(lowered: str, text: str, rules: Iterable[Rule]) -> list[Atom]:
    """All expressions that the rules of its families find; of two that overlap, the longer."""
    found = families(lowered)
    if not found:
        return []
    hits = sorted(_hits(lowered, text, rules, found), key=lambda atom: (atom.start - atom.end, atom.start))
    kept: list[Atom] = []
    for atom in hits:
        if all(atom.end <= other.start or other.end <= atom.start for other in kept):
            kept.append(atom)
    return sorted(kept)


def _hits(lowered: str, text: str, rules: Iterable[Rule], found: set[str]) -> Iterator[Atom]:
    for each in rules:
        if each.family not in found:
            continue
        for match in each.pattern.finditer(lowered):
            if form := each.build(match, text):
                yield Atom(match.start(), match.end(), form, each.partial)
