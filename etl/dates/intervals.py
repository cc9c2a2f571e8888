"""Calendar arithmetic: spans of days and their shifts. Weeks start on Monday, ends are inclusive."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from etl.records import Basis, Precision

Direction = Literal["past", "future", "present"]
Span = tuple[date, date]

SEASON_START = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means once anchored; None is an open or unknown end."""

    start: date | None
    end: date | None
    precision: Precision
    basis: Basis


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where an expression is read from.

    `direction` is the tense that governs it, `reference` what the text dated just before it (for "two days
    later"), None where nothing precedes.
    """

    published: date
    direction: Direction = "present"
    reference: Reading | None = None
    near: bool = False  # whether `reference` stands in the same sentence


VAGUE = Reading(None, None, "vague", "relative")


def days(start: date, count: int) -> date:
    return start + timedelta(count)


def month(year: int, number: int) -> Span:
    """`number` may run past 12 or below 1: month 13 is January of the next year."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def months(year: int, first: int, count: int) -> Span:
    """`count` months from month `first` of `year`."""
    return month(year, first)[0], month(year, first + count - 1)[1]


def year(number: int) -> Span:
    return date(number, 1, 1), date(number, 12, 31)


def quarter(number_of_year: int, number: int) -> Span:
    return months(number_of_year, 3 * number - 2, 3)


def season(name: str, number_of_year: int) -> Span:
    """Meteorological seasons of the northern hemisphere; a winter begins in December of its year."""
    return months(number_of_year, SEASON_START[name], 3)


def decade(first_year: int) -> Span:
    return date(first_year, 1, 1), date(first_year + 9, 12, 31)


def week(day: date) -> Span:
    monday = days(day, -day.weekday())
    return monday, days(monday, 6)


def weekend(day: date) -> Span:
    """Saturday and Sunday of the day's week."""
    monday = week(day)[0]
    return days(monday, 5), days(monday, 6)


def shift_months(day: date, count: int) -> date:
    """The same day `count` months on, or the month's last day where it has no such day."""
    first, last = month(day.year, day.month + count)
    return first.replace(day=min(day.day, last.day))


def easter(number_of_year: int) -> date:
    """Western Easter Sunday (Meeus/Jones/Butcher: Meeus, Astronomical Algorithms, 1991, ch. 8)."""
    a, (b, c) = number_of_year % 19, divmod(number_of_year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    at, day = divmod(h + m - 7 * n + 114, 31)
    return date(number_of_year, at, day + 1)


def nth_weekday(first: date, weekday: int, n: int) -> date:
    """The n-th (from 1) `weekday` (Monday is 0) on or after `first`."""
    return days(first, (weekday - first.weekday()) % 7 + 7 * (n - 1))


def last_weekday(last: date, weekday: int) -> date:
    """The last `weekday` on or before `last`."""
    return days(last, -((last.weekday() - weekday) % 7))


def third(span: Span, which: Literal["early", "mid", "late"]) -> Span:
    """Early, middle or late part: thirds of a year by months, of a month by days 1-10, 11-20, 21-end."""
    start, end = span
    index = ("early", "mid", "late").index(which)
    if (end - start).days > 3000:
        return _third_of_decades(start, end, index)
    if (end - start).days > 300:
        return months(start.year, start.month + 4 * index, 4)
    if 27 <= (end - start).days <= 31:
        return days(start, 10 * index), end if index == 2 else days(start, 10 * index + 9)
    if (end - start).days == 6:  # Monday to Wednesday, Wednesday and Thursday, Friday to Sunday
        return days(start, (0, 2, 4)[index]), days(start, (2, 3, 6)[index])
    length = ((end - start).days + 1) / 3
    return days(start, round(index * length)), days(start, round((index + 1) * length) - 1)


def _third_of_decades(start: date, end: date, index: int) -> Span:
    """Years 0-3, 4-6 and 7-9 of a decade, and so in proportion for a century."""
    step = (end.year - start.year + 1) // 10
    first, last = ((0, 4), (4, 7), (7, 10))[index]
    return date(start.year + first * step, 1, 1), date(start.year + last * step - 1, 12, 31)
