"""Forms that count from the day of publication or from a day told before: "yesterday", "in two days"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from etl.dates import intervals
from etl.dates.forms import Form, reference_day
from etl.dates.intervals import VAGUE, Anchor, Reading, Span, days
from etl.records import Precision


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
        day = days(reference_day(anchor) if self.anaphoric else anchor.published, self.offset)
        return Reading(day, day, "day", "relative")


@dataclass(frozen=True, slots=True)
class Unit:
    """ "last week", "this month", "next year": the calendar unit `offset` steps from the present one."""

    unit: str
    offset: int
    anaphoric: bool = False

    def resolve(self, anchor: Anchor) -> Reading | None:
        day = reference_day(anchor) if self.anaphoric else anchor.published
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


FINE: tuple[Precision, ...] = ("day", "week", "month")


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
        unit, count = ("year", 10 * self.count) if self.unit == "decade" else (self.unit, self.count)
        start, end = unit_span(unit, reading.start, count)
        return Reading(start, end, UNIT_PRECISION[unit], "relative")

    def _base(self, anchor: Anchor) -> Reading:
        here = Reading(anchor.published, anchor.published, "day", "relative")
        if self.base:
            return self.base.resolve(anchor) or VAGUE
        told = anchor.reference
        if not self.anaphoric or not told or (self.same_sentence and not anchor.near):
            return here
        coarse = (self.unit == "month" and told.precision not in FINE) or told.precision not in (
            *FINE,
            "year",
        )
        return here if self.same_sentence and coarse else told

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

    def resolve(self, anchor: Anchor) -> Reading:  # noqa: ARG002
        return VAGUE
