"""Holidays that fall on one day wherever they are kept; national ones that share a name are left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from etl.dates import intervals
from etl.dates.calendar_rules import YEAR_AFTER, YEARS
from etl.dates.forms import Form, Yearly
from etl.dates.grammar import Rule, rule
from etl.dates.relative_rules import WHICH, _which


def _on(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _after_easter(count: int) -> Callable[[int], date]:
    return lambda year: intervals.days(intervals.easter(year), count)


def _nth(month: int, weekday: int, n: int, then: int = 0) -> Callable[[int], date]:
    return lambda year: intervals.days(intervals.nth_weekday(date(year, month, 1), weekday, n), then)


def _last(month: int, weekday: int) -> Callable[[int], date]:
    return lambda year: intervals.last_weekday(intervals.month(year, month)[1], weekday)


HOLIDAYS: list[tuple[str, Callable[[int], date]]] = [
    (r"christmas eve", _on(12, 24)),
    (r"christmas(?: day)?|xmas", _on(12, 25)),
    (r"boxing day", _on(12, 26)),
    (r"new year['’]?s['’]? eve", _on(12, 31)),
    (r"new year['’]?s['’]?(?: day)?|new year(?! ?['’])", _on(1, 1)),
    (r"(?:st\.?|saint) valentine['’]?s day|valentine['’]?s day", _on(2, 14)),
    (r"international women['’]?s['’]? day", _on(3, 8)),
    (r"(?:st\.?|saint) patrick['’]?s day", _on(3, 17)),
    (r"april fools?['’]?s?['’]? day", _on(4, 1)),
    (r"earth day", _on(4, 22)),
    (r"anzac day", _on(4, 25)),
    (r"may day|international workers['’] day", _on(5, 1)),
    (r"juneteenth", _on(6, 19)),
    (r"bastille day", _on(7, 14)),
    (r"halloween", _on(10, 31)),
    (r"all saints['’]? day", _on(11, 1)),
    (r"armistice day|veterans?['’]? day|remembrance day", _on(11, 11)),
    (r"human rights day", _on(12, 10)),
    (r"ash wednesday", _after_easter(-46)),
    (r"palm sunday", _after_easter(-7)),
    (r"maundy thursday", _after_easter(-3)),
    (r"good friday", _after_easter(-2)),
    (r"easter monday", _after_easter(1)),
    (r"easter(?: sunday| day)?", _after_easter(0)),
    (r"pentecost|whit sunday", _after_easter(49)),
    (r"(?:martin luther king|mlk)(?:,? jr\.?)?(?:['’]s)? day", _nth(1, 0, 3)),
    (r"presidents?['’]?s? day", _nth(2, 0, 3)),
    (r"mother['’]?s['’]? day", _nth(5, 6, 2)),
    (r"father['’]?s['’]? day", _nth(6, 6, 3)),
    (r"memorial day", _last(5, 0)),
    (r"labor day", _nth(9, 0, 1)),
    (r"columbus day", _nth(10, 0, 2)),
    (r"thanksgiving(?: day)?", _nth(11, 3, 4)),
    (r"black friday", _nth(11, 3, 4, then=1)),
    (r"cyber monday", _nth(11, 3, 4, then=4)),
]


NAMES = "|".join(f"(?P<h{index}>{names})" for index, (names, _) in enumerate(HOLIDAYS))


def _holiday(match: re.Match[str], text: str) -> Form | None:
    index = next(index for index in range(len(HOLIDAYS)) if match[f"h{index}"])
    day, start = HOLIDAYS[index][1], match.start(f"h{index}")
    if match[0].endswith("new year") and not re.search(
        r"\b(?:before|after|by|until|since|in|over|for|on) (?:the )?$",
        text[max(0, start - 12) : start].lower(),
    ):
        return None  # "a new year", "the Lunar New Year"
    year = int(match["y"]) if match["y"] else None
    which = _which(match["w"]) if match["w"] else None
    return Yearly(lambda y: (day(y), day(y)), "day", year, which, YEARS[match["yw"]])


RULES: list[Rule] = [rule("holiday", rf"\b(?:{WHICH} )?(?:{NAMES})(?![\w-]){YEAR_AFTER}", _holiday)]
