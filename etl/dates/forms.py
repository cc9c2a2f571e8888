"""Expressions that are read but not yet anchored. Each `resolve` turns one into a `Reading`, or None.

A calendar date without its year takes the year that the tense asks for: the last such day for the past, the
next for the future, the nearest where the tense says nothing. The publication day itself satisfies both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from etl.dates import intervals
from etl.dates.intervals import Anchor, Reading, Span, days
from etl.records import Precision

Which = Literal["last", "this", "next", "past", "coming", "previous", "following", "same"]

# A day that lies eleven months off in the direction of the tense but a few weeks off in the other: the tense
# was misread, since nobody writes "on 12 October" about a day a year away without its year.
FAR_DAYS, NEAR_DAYS = 320, 45


class Form(Protocol):
    def resolve(self, anchor: Anchor) -> Reading | None: ...


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A day, month or year by name or number; `last_day` ends a stretch of days inside one month."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    years: int | None = None  # "November of last year": counted from the year of publication

    def resolve(self, anchor: Anchor) -> Reading | None:
        if self.years is not None:
            span = self.span(anchor.published.year + self.years)
        elif self.year is not None:
            span = self.span(self.year)
        else:
            span = recurring(self.span, anchor, exact=self.day is not None)
        precision: Precision = "day" if self.day else "month" if self.month else "year"
        return Reading(*span, precision, "explicit") if span else None

    def span(self, year: int) -> Span | None:
        """The days meant in `year`, None where the calendar has no such day."""
        if not self.month:
            return intervals.year(year)
        if not self.day:
            return intervals.month(year, self.month)
        try:
            return date(year, self.month, self.day), date(year, self.month, self.last_day or self.day)
        except ValueError:
            return None


def recurring(span: Callable[[int], Span | None], anchor: Anchor, exact: bool) -> Span | None:
    """The occurrence of a yearly `span` that the anchor's tense asks for; `exact` for single days."""
    near = [s for y in range(-8, 9) if (s := span(anchor.published.year + y))]
    past = max((s for s in near if s[0] <= anchor.published), default=None)
    future = min((s for s in near if s[1] >= anchor.published), default=None)
    if not past or not future:
        return past or future
    chosen, other = (past, future) if anchor.direction == "past" else (future, past)
    if anchor.direction == "present":
        return min(past, future, key=lambda s: _distance(s, anchor.published))
    far, close = _distance(chosen, anchor.published), _distance(other, anchor.published)
    return other if exact and far > FAR_DAYS and close < NEAR_DAYS else chosen


def _distance(span: Span, day: date) -> int:
    return max((span[0] - day).days, (day - span[1]).days, 0)


@dataclass(frozen=True, slots=True)
class Fixed:
    """Days that need no anchor: a decade, a century, a quarter of a named year."""

    start: date
    end: date
    precision: Precision

    def resolve(self, anchor: Anchor) -> Reading:  # noqa: ARG002
        return Reading(self.start, self.end, self.precision, "explicit")


@dataclass(frozen=True, slots=True)
class Yearly:
    """A holiday, season or quarter: `span` gives its days in a year; `which` is "last", "this", "next"."""

    span: Callable[[int], Span | None]
    precision: Precision
    year: int | None = None
    which: Which | None = None
    years: int | None = None

    def resolve(self, anchor: Anchor) -> Reading | None:
        span = self.span(self.year) if self.year else self._occurrence(anchor)
        return Reading(*span, self.precision, "relative" if self.which else "explicit") if span else None

    def _occurrence(self, anchor: Anchor) -> Span | None:
        near = [s for y in range(-8, 9) if (s := self.span(anchor.published.year + y))]
        if self.which in ("last", "past", "previous"):
            return max((s for s in near if s[1] < anchor.published), default=None)
        if self.which in ("next", "coming", "following"):
            return min((s for s in near if s[0] > anchor.published), default=None)
        if self.which == "this":
            return self._of_this_year(anchor, near)
        if self.years is not None:
            return self.span(anchor.published.year + self.years)
        return recurring(self.span, anchor, exact=self.precision == "day" and anchor.direction == "past")

    def _of_this_year(self, anchor: Anchor, near: list[Span]) -> Span | None:
        """ "this winter" is the running one; "this Christmas" the next, "this May" in June the last."""
        running = next((s for s in near if s[0] <= anchor.published <= s[1]), None)
        if self.precision == "day" and anchor.direction != "past":
            return min((s for s in near if s[1] >= anchor.published), default=None)
        return running or self.span(anchor.published.year)


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday; in the weeks counted by "last" and "next", `weeks` names the week outright."""

    number: int
    which: Which | None = None
    weeks: int | None = None

    def resolve(self, anchor: Anchor) -> Reading | None:
        return Reading(day := self._day(anchor), day, "day", "relative")

    def _day(self, anchor: Anchor) -> date:
        today = anchor.published
        if self.weeks is not None:
            return days(intervals.week(today)[0], self.number + 7 * self.weeks)
        if self.which in ("last", "next"):
            return days(intervals.week(today)[0], self.number + (7 if self.which == "next" else -7))
        if self.which in ("following", "previous"):
            today = reference_day(anchor)
        if self.which in ("following", "coming"):
            return days(today, (self.number - today.weekday() - 1) % 7 + 1)
        if self.which in ("previous", "past"):
            return days(today, -((today.weekday() - self.number - 1) % 7 + 1))
        if anchor.direction == "future" or (self.which == "this" and anchor.direction != "past"):
            return days(today, (self.number - today.weekday()) % 7)
        return intervals.last_weekday(today, self.number)


def reference_day(anchor: Anchor) -> date:
    """The day that the text dated last, else the publication day: an undated report is of its day."""
    reference = anchor.reference
    return reference.start if reference and reference.start else anchor.published


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """ "on the 14th", "on the 20th of next month"; `months` counts from the month of publication."""

    day: int
    months: int | None = None
    weekday: int | None = None

    def resolve(self, anchor: Anchor) -> Reading | None:
        here = anchor.published
        for step in (self.months,) if self.months is not None else self._steps(anchor):
            first, last = intervals.month(here.year, here.month + step)
            if self.day > last.day:
                continue
            day = first.replace(day=self.day)
            if self.weekday in (None, day.weekday()):
                return Reading(day, day, "day", "relative")
        return None

    def _steps(self, anchor: Anchor) -> range:
        """Months to try, nearest first; a weekday beside the day may lie a year off."""
        if anchor.direction == "future":
            return range(self.day < anchor.published.day, 13)
        return range(-(self.day > anchor.published.day), -13, -1)
