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
from etl.dates.words import FULL_MONTH, FULL_WEEKDAY, MONTH

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


FAMILIES = re.compile(
    rf"(?P<month>\b{FULL_MONTH}\b|\b{MONTH})"
    rf"|(?P<weekday>\b{FULL_WEEKDAY}\b|\b(?:mon|tues?|weds?|thurs?|thu|fri|sat|sun)\b)"
    r"|(?P<decade>(?:\b[12]\d|['‘’])\d0['’]? ?s\b)"
    r"|(?P<year>(?<![\d.,])[12]\d{3}(?![\d]|[.,]\d))"
    r"|(?P<clock>\d ?(?:[ap]\.?m\.?,? )?\(?(?:utc|gmt|bst|cest|cet|edt|est|pdt|pst|msk|ist|jst|eest|local time)\b)"
    r"|(?P<digits>\d[/.-]\d)"
    r"|(?P<unit>\b(?:days?|weeks?|weekend|fortnight|months?|quarters?|years?|decades?|centur(?:y|ies)|half)\b)"
    r"|(?P<deictic>\b(?:today|tonight|yesterday|tomorrow|morning|afternoon|evening|night|overnight|recent(?:ly)?"
    r"|lately|soon|future)\b)"
    r"|(?P<ordinal>\d(?:st|nd|rd|th)\b)"
    r"|(?P<season>\b(?:spring|summer|autumn|fall|winter|q[1-4])\b)"
    r"|(?P<holiday>\b(?:christmas|new year|easter|thanksgiving|halloween|valentine|juneteenth|pentecost|xmas))"
)


HOLIDAY_WORD = re.compile(
    r"['’s] day\b|\b(?:may|earth|boxing|bastille|anzac|armistice|remembrance|memorial|labor|columbus|mlk|king|rights"
    r"|veterans?|presidents?|mothers?|fathers?|fools?) day\b|\b(?:good|black) friday|\b(?:palm|whit) sunday"
    r"|\b(?:cyber|easter) monday|\b(?:ash) wednesday|\bmaundy thursday"
)


def families(lowered: str) -> set[str]:
    """The families of rules that a text calls for; empty for most texts without a date."""
    found = {match.lastgroup for match in FAMILIES.finditer(lowered) if match.lastgroup}
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
