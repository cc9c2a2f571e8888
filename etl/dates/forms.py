"""Expressions that are read but not yet anchored. Each `resolve` turns one into a `Reading`, or None.

A calendar date without its year takes the year that the tense asks for: the last such day for the past, the
next for the future, the nearest where the tense says nothing. The publication day itself satisfies both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, Protocol

from etl.dates import intervals
from etl.dates.intervals import VAGUE, Anchor, Direction, Reading, Span, days
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

    def resolve(self, anchor: Anchor) -> Reading:
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
        """ "this winter" is the running one; "this Christmas" in January is the next, "this May" in June the last."""
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
            today = _reference_day(anchor)
        if self.which in ("following", "coming"):
            return days(today, (self.number - today.weekday() - 1) % 7 + 1)
        if self.which in ("previous", "past"):
            return days(today, -((today.weekday() - self.number - 1) % 7 + 1))
        if anchor.direction == "future" or self.which == "this" and anchor.direction != "past":
            return days(today, (self.number - today.weekday()) % 7)
        return intervals.last_weekday(today, self.number)


def _reference_day(anchor: Anchor) -> date:
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


@dataclass(frozen=True, slots=True)
class Day:
    """ "yesterday", "tomorrow night": `offset` days from publication, or from what was dated before."""

    offset: int
    anaphoric: bool = False
    same_sentence: bool = False

    def resolve(self, anchor: Anchor) -> Reading | None:
        if self.same_sentence and not anchor.near:
            return replace(self, anaphoric=False, same_sentence=False).resolve(anchor)
        if self.anaphoric and anchor.reference and anchor.reference.precision not in ("day", "week"):
            return VAGUE
        day = days(_reference_day(anchor) if self.anaphoric else anchor.published, self.offset)
        return Reading(day, day, "day", "relative")


@dataclass(frozen=True, slots=True)
class Unit:
    """ "last week", "this month", "next year": the calendar unit `offset` steps from the present one."""

    unit: str
    offset: int
    anaphoric: bool = False

    def resolve(self, anchor: Anchor) -> Reading | None:
        day = _reference_day(anchor) if self.anaphoric else anchor.published
        offset = self.offset
        if self.unit == "weekend" and not offset and not self.anaphoric:
            offset = _weekend_step(anchor)
        start, end = unit_span(self.unit, day, offset)
        return Reading(start, end, UNIT_PRECISION[self.unit], "relative")


def _weekend_step(anchor: Anchor) -> int:
    """ "this weekend", "over the weekend": on weekdays the tense tells the coming one from the last."""
    return -1 if anchor.direction != "future" and anchor.published.weekday() < 5 else 0


UNIT_PRECISION: dict[str, Precision] = {
    "day": "day",
    "weekend": "day",
    "week": "week",
    "fortnight": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
    "decade": "decade",
    "century": "decade",
}


def unit_span(unit: str, day: date, offset: int) -> Span:
    """The days of the `unit` that lies `offset` units from the one that holds `day`."""
    if unit == "day":
        return days(day, offset), days(day, offset)
    if unit in ("week", "weekend"):
        return (intervals.week if unit == "week" else intervals.weekend)(days(day, 7 * offset))
    if unit == "fortnight":
        start = intervals.week(days(day, 14 * offset))[0]
        return start, days(start, 13)
    if unit == "month":
        return intervals.month(day.year, day.month + offset)
    if unit == "quarter":
        return intervals.quarter(day.year, (day.month - 1) // 3 + 1 + offset)
    if unit == "year":
        return intervals.year(day.year + offset)
    years = 10 if unit == "decade" else 100
    first = day.year - day.year % years + years * offset
    return date(first, 1, 1), date(first + years - 1, 12, 31)


@dataclass(frozen=True, slots=True)
class Shift:
    """ "three weeks ago": `count` units from the publication, from what was dated before, or from `base`.

    As fine as the unit: days and weeks give a day (weeks with precision week), months a calendar month, years
    a year. From a base that is coarser than the unit nothing follows: vague.
    """

    count: int
    unit: str
    base: Form | None = None
    anaphoric: bool = False
    same_sentence: bool = False

    def resolve(self, anchor: Anchor) -> Reading | None:
        reading = self._base(anchor)
        floating = self.same_sentence and not anchor.near and anchor.direction == "future"
        if reading.start is None or floating:  # "will be freed a year after his arrest"
            return VAGUE
        if self.unit in ("day", "week", "fortnight", "weekend"):
            return self._by_days(reading)
        if reading.precision not in ("day", "week", "month") and self.unit == "month":
            return VAGUE
        start, end = unit_span(self.unit, reading.start, self.count)
        return Reading(start, end, UNIT_PRECISION[self.unit], "relative")

    def _base(self, anchor: Anchor) -> Reading:
        here = Reading(anchor.published, anchor.published, "day", "relative")
        if self.base:
            return self.base.resolve(anchor) or VAGUE
        leans = self.anaphoric and (anchor.near or not self.same_sentence)
        return (anchor.reference or here) if leans else here

    def _by_days(self, reading: Reading) -> Reading:
        if reading.precision not in ("day", "week") or reading.start is None:
            return VAGUE
        day = days(reading.start, self.count * {"day": 1, "fortnight": 14}.get(self.unit, 7))
        return Reading(day, day, "day" if self.unit == "day" else "week", "relative")


@dataclass(frozen=True, slots=True)
class Stretch:
    """ "the past three months" up to the publication day, "the next five days" from the day after it."""

    count: int
    unit: str
    ahead: bool = False
    from_today: bool = False

    def resolve(self, anchor: Anchor) -> Reading | None:
        here = anchor.published
        precision = UNIT_PRECISION[self.unit]
        if self.unit == "quarter":
            first, last = (1, self.count) if self.ahead else (-self.count, -1)
            start, end = unit_span("quarter", here, first)[0], unit_span("quarter", here, last)[1]
            return Reading(start, end, precision, "relative")
        if self.ahead:
            start = here if self.from_today or self.unit != "day" else days(here, 1)
            return Reading(start, _moved(here, self.count, self.unit), precision, "relative")
        # the last n days count the present one, as in "the fourth day of protests"
        start = days(here, 1 - self.count) if self.unit == "day" else _moved(here, -self.count, self.unit)
        return Reading(start, here, precision, "relative")


MONTHS_IN = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


def _moved(day: date, count: int, unit: str) -> date:
    if unit in MONTHS_IN:
        return intervals.shift_months(day, count * MONTHS_IN[unit])
    return days(day, count * {"day": 1, "fortnight": 14}.get(unit, 7))


@dataclass(frozen=True, slots=True)
class OnlyFuture:
    """ "in two days" dates something only under a future tense; "the third in two days" does not."""

    form: Form

    def resolve(self, anchor: Anchor) -> Reading | None:
        return self.form.resolve(anchor) if anchor.direction == "future" else None


@dataclass(frozen=True, slots=True)
class Vague:
    """ "recently", "in the coming days": a time, but no date."""

    def resolve(self, anchor: Anchor) -> Reading:
        return VAGUE


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
    """One open end: "since" and "from" keep the start, "until" and "by" the end; "before" and "after" exclude."""

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
            return replace(anchor, direction="future" if isinstance(self.form, Weekday) else "present")
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
