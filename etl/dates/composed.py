"""Forms made of other forms: parts of a unit, open ends, ranges."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from etl.dates import intervals
from etl.dates.forms import CalendarDate, Form, Weekday
from etl.dates.intervals import Anchor, Reading, days
from etl.records import Precision


@dataclass(frozen=True, slots=True)
class Part:
    """ "early 2022", "mid-March", "the end of the year"; a day stays that day."""

    which: Literal["early", "mid", "late"]
    form: Form

    def resolve(self, anchor: Anchor) -> Reading | None:
        reading = self.form.resolve(anchor)
        if not reading or not reading.start or not reading.end or reading.start == reading.end:
            return reading
        start, end = intervals.third((reading.start, reading.end), self.which)
        return replace(reading, start=start, end=end)


@dataclass(frozen=True, slots=True)
class WeekOf:
    """ "the week of 9 October": the week that holds the day."""

    form: Form

    def resolve(self, anchor: Anchor) -> Reading | None:
        reading = self.form.resolve(anchor)
        if not reading or not reading.start:
            return reading
        start, end = intervals.week(reading.start)
        return Reading(start, end, "week", reading.basis)


@dataclass(frozen=True, slots=True)
class SoFar:
    """ "earlier this week", "later this year": the part of a running unit before or after today."""

    which: Literal["earlier", "later", "rest"]
    form: Form

    def resolve(self, anchor: Anchor) -> Reading | None:
        reading, here = self.form.resolve(anchor), anchor.published
        if not reading or not reading.start or not reading.end or not reading.start <= here <= reading.end:
            return reading
        if self.which == "rest":
            return replace(reading, start=here)
        if self.which == "later":
            return replace(reading, start=min(days(here, 1), reading.end))
        return replace(reading, end=max(days(here, -1), reading.start))


@dataclass(frozen=True, slots=True)
class Bounded:
    """One open end: "since" keeps the start, "until" and "by" the end; "before" and "after" exclude."""

    bound: Literal["since", "until", "before", "after"]
    form: Form

    def resolve(self, anchor: Anchor) -> Reading | None:
        reading = self.form.resolve(self._leaning(anchor))
        if not reading or reading.precision == "vague" or not reading.start or not reading.end:
            return reading
        if self.bound == "since":
            return replace(reading, end=None)
        if self.bound == "until":
            return replace(reading, start=None)
        if self.bound == "before" and isinstance(self.form, Part) and self.form.which == "late":
            return replace(reading, start=None)  # "before the end of May"
        if self.bound == "before":
            return replace(reading, start=None, end=days(reading.start, -1))
        return replace(reading, start=days(reading.end, 1), end=None)

    def _leaning(self, anchor: Anchor) -> Anchor:
        """ "since" looks back. "extended it until Friday" looks ahead; "served until March" may do either."""
        if self.bound == "since":
            return replace(anchor, direction="past")
        if self.bound == "until" and anchor.direction != "future":
            ahead = isinstance(self.form, Weekday) or anchor.direction == "present"
            return replace(anchor, direction="future" if ahead else "present")
        return anchor


@dataclass(frozen=True, slots=True)
class Range:
    """Two ends. The one without its year borrows the other's; weekdays follow each other."""

    first: Form
    last: Form

    def resolve(self, anchor: Anchor) -> Reading | None:
        first, last = self.first, self.last
        if isinstance(first, Weekday) and isinstance(last, Weekday) and not last.which:
            return _weekdays(first, last, anchor)
        if isinstance(first, CalendarDate) and isinstance(last, CalendarDate):
            return _calendar_range(first, last, anchor)
        return _joined(first.resolve(anchor), last.resolve(replace(anchor, direction="future")))


def _joined(first: Reading | None, last: Reading | None) -> Reading | None:
    if not first or not last or not first.start or not last.end or first.start > last.end:
        return None
    return Reading(first.start, last.end, _finer(first.precision, last.precision), last.basis)


_FINENESS: tuple[Precision, ...] = ("day", "week", "month", "quarter", "season", "year", "decade", "vague")


def _finer(one: Precision, other: Precision) -> Precision:
    return min(one, other, key=_FINENESS.index)


def _weekdays(first: Weekday, last: Weekday, anchor: Anchor) -> Reading | None:
    begin = first.resolve(anchor)
    if not begin or not begin.start:
        return None
    end = days(begin.start, (last.number - first.number) % 7)
    if anchor.direction != "future" and not first.which and begin.start <= anchor.published < end:
        begin, end = replace(begin, start=days(begin.start, -7)), days(end, -7)
    return Reading(begin.start, end, "day", "relative")


def _calendar_range(first: CalendarDate, last: CalendarDate, anchor: Anchor) -> Reading | None:
    if first.month is None and last.month is not None:  # "2019 to March 2020"
        return _joined(first.resolve(anchor), last.resolve(anchor))
    if first.year is None and last.year is None:
        last_reading = last.resolve(anchor)
        if not last_reading or not last_reading.end:
            return None
        last = replace(last, year=last_reading.end.year)
    if last.year is None and first.year is not None:
        last = replace(last, year=first.year + (_order(last) < _order(first)))
    if first.year is None and last.year is not None:
        first = replace(first, year=last.year - (_order(first) > _order(last)))
    return _joined(first.resolve(anchor), last.resolve(anchor))


def _order(form: CalendarDate) -> tuple[int, int]:
    return form.month or 0, form.day or 0
