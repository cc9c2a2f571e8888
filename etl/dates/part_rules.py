"""Rules for counted parts of a year or month: quarters, halves, the first Tuesday, the last week."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.dates import intervals
from etl.dates.calendar_rules import YEAR_AFTER, YEARS
from etl.dates.forms import Form, Yearly
from etl.dates.grammar import Rule, rule
from etl.dates.intervals import Anchor, Reading, Span, date, days
from etl.dates.moves import UNIT_PRECISION
from etl.dates.words import MONTH, NUMBER, WEEKDAY, YEAR, month_number, number, ordinal, weekday_number

NTH = r"(?P<n>first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th)"
THAT_YEAR = rf"(?:the year )?(?:(?P<y>{YEAR})|(?P<yw>last|this|next) year\b(?!['’]))"


def _year(match: re.Match[str]) -> tuple[int | None, None, int | None]:
    """The last three fields of a `Yearly`: year, which, years from that of publication."""
    return int(match["y"]) if match["y"] else None, None, YEARS[match["yw"]]


def _quarter(match: re.Match[str], _text: str) -> Form:
    word = match["q"]
    which = int(word[0]) if word[0].isdigit() else ["first", "second", "third", "fourth"].index(word) + 1
    return Yearly(lambda year: intervals.quarter(year, which), "quarter", *_year(match))


def _half(match: re.Match[str], _text: str) -> Form:
    first = 1 if match["q"] in ("first", "1st") else 7
    return Yearly(lambda year: intervals.months(year, first, 6), "quarter", *_year(match))


def _weekday_in(span: Span, weekday: int, which: str) -> Span:
    if which == "last":
        day = intervals.last_weekday(span[1], weekday)
    else:
        day = intervals.nth_weekday(span[0], weekday, ordinal(which))
    return day, day


def _nth_weekday(match: re.Match[str], _text: str) -> Form:
    weekday, month, which = weekday_number(match["w"]), month_number(match["m"]), match["n"]
    return Yearly(lambda y: _weekday_in(intervals.month(y, month), weekday, which), "day", *_year(match))


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """ "the first Tuesday of next month": `months` counts from the month of publication."""

    weekday: int
    which: str
    months: int

    def resolve(self, anchor: Anchor) -> Reading:
        here = anchor.published
        span = intervals.month(here.year, here.month + self.months)
        return Reading(*_weekday_in(span, self.weekday, self.which), "day", "relative")


def _nth_weekday_of_month(match: re.Match[str], _text: str) -> Form:
    months = {"last": -1, "next": 1}.get(match["o"], 0)
    return NthWeekday(weekday_number(match["w"]), match["n"], months)


def _nth_week(match: re.Match[str], _text: str) -> Form:
    """The n-th or last week of a month or year; a week belongs where its Thursday lies (ISO 8601)."""
    month, which = month_number(match["m"]) if match["m"] else None, match["n"]

    def span(year: int) -> Span:
        whole = intervals.month(year, month) if month else intervals.year(year)
        return intervals.week(_weekday_in(whole, 3, which)[0])

    year = match["y"] or match["y2"]
    return Yearly(span, "week", int(year) if year else None, None, YEARS[match["yw"]])


def _counted(match: re.Match[str], _text: str) -> Form:
    """ "the first six months of 2023", "the last ten days of May" """
    month, count, unit = match["m"], number(match["c"]) if match["c"] else 1, match["u"]

    def span(year: int) -> Span:
        whole = intervals.month(year, month_number(month)) if month else intervals.year(year)
        return _first(whole, count, unit) if match["n"] == "first" else _last(whole, count, unit)

    year, years = match["y"] or match["y2"], match["yw"] or match["yw2"]
    return Yearly(span, UNIT_PRECISION[unit], int(year) if year else None, None, YEARS[years])


def _first(whole: Span, count: int, unit: str) -> Span:
    return whole[0], min(whole[1], days(_after(whole[0], count, unit), -1))


def _last(whole: Span, count: int, unit: str) -> Span:
    return max(whole[0], _after(days(whole[1], 1), -count, unit)), whole[1]


def _after(day: date, count: int, unit: str) -> date:
    if unit in ("month", "quarter"):
        return intervals.shift_months(day, count * (3 if unit == "quarter" else 1))
    return days(day, count * (7 if unit == "week" else 1))


RULES: list[Rule] = [
    rule(
        "unit",
        r"\b(?P<q>first|second|third|fourth|1st|2nd|3rd|4th) (?:quarter|qtr)\b"
        rf"(?:(?: of|,| in)? {THAT_YEAR})?",
        _quarter,
    ),
    rule("season", rf"\bq(?P<q>[1-4])(?:(?: of|,)?[ -/]?{THAT_YEAR})?\b", _quarter),
    rule("unit", rf"\b(?P<q>first|second|1st|2nd) half of {THAT_YEAR}", _half),
    rule("weekday", rf"\b{NTH} (?P<w>{WEEKDAY}) (?:of|in) (?P<m>{MONTH}){YEAR_AFTER}", _nth_weekday),
    rule(
        "weekday",
        rf"\b{NTH} (?P<w>{WEEKDAY}) (?:of|in) (?P<o>last|this|next|the|every) month\b",
        _nth_weekday_of_month,
    ),
    rule("unit", rf"\b{NTH} week (?:of|in) (?:(?P<m>{MONTH}){YEAR_AFTER}|(?P<y2>{YEAR}))", _nth_week),
    rule(
        "unit",
        rf"\b(?P<n>first|last) (?:(?P<c>{NUMBER}) )?(?P<u>day|week|month|quarter)s? (?:of|in) "
        rf"(?:(?P<m>{MONTH}){YEAR_AFTER}|(?:the year )?(?:(?P<y2>{YEAR})|(?P<yw2>last|this|next) year\b))",
        _counted,
    ),
]
