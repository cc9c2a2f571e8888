"""Expressions made of expressions: parts, ranges, lists, "three days after Christmas", and open ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from etl.dates.composed import Bounded, Part, Range, SoFar, WeekOf
from etl.dates.forms import CalendarDate, Fixed, Form, Weekday, Yearly
from etl.dates.grammar import Atom
from etl.dates.moves import Day, Shift, Unit
from etl.dates.words import HEDGE, NUMBER, PART_OF_DAY, UNIT, number

# How far back a word may stand that belongs to an expression
REACH = 40


@dataclass(frozen=True, slots=True)
class Found:
    """An expression with its place; `parts` are the expressions that a range or bound was made of."""

    start: int
    end: int
    form: Form
    parts: tuple[Found, ...] = ()
    introduces: bool = False  # "two days after" a clause: it dates what that clause tells


PART = re.compile(
    r"\b(?:the )?(?:very )?(?:(?:(?P<early>early)|(?P<mid>mid)|(?P<late>late))(?:[- ](?:in|on"
    r"|at) (?:the )?|[- ])"
    r"|(?:(?P<start>beginning|start)|(?P<middle>middle)|end|close) of (?:the )?)$"
)
SO_FAR = re.compile(
    r"\b(?:(?P<which>earlier|later)(?: on)?(?: in| on)?|(?:the )?(?:rest|remainder) of) (?:the )?$"
)
RANGE_TO = re.compile(
    r"\s?[-–—~]\s?|\s(?:up )?(?:to|through|thru|until|till|til)\s(?:the )?|,?\s(?:and|or)\s(?:the )?"
)
FROM = re.compile(r"\b(?:from|beginning|starting) (?:on )?(?:the )?$")
BETWEEN = re.compile(r"\bbetween (?:the )?$")
# a meeting moved "from Monday to Tuesday" has two times and no range
MOVED = re.compile(r"\b(?:postpon\w+|reschedul\w+|moved?|delay\w+|brought|bring)\b[^.]*$")
CLOCK_GAP = re.compile(r",? (?:on |at )?")
AND = re.compile(r",?\s(?:and|or|&)\s(?:the )?|, ")
WEEK_OF = re.compile(r"\bweek (?:of|commencing|beginning|starting|ending)(?: on)? (?:the )?$")
SHIFT_BEFORE = re.compile(
    rf"\b{HEDGE}{{0,2}}(?:(?P<n>{NUMBER}|the) (?P<u>{UNIT})s?) (?P<way>after|before|following|prior to"
    rf"|from) (?:the )?$"
)
ON = re.compile(r" ?(?:,|on|at)? ?$")
BOUNDS: list[tuple[str, re.Pattern[str]]] = [
    ("since", re.compile(r"\b(?:ever )?since (?:about |around |at least |the )?$")),
    ("since", re.compile(r"\b(?:starting|beginning|effective)(?: on| from| in)?(?: the)? $")),
    (
        "until",
        re.compile(
            r"\b(?:up )?(?:until|till|til|through|by|no later than|as late as) (?:about |around "
            r"|at least |on |the )?$"
        ),
    ),
    ("before", re.compile(r"\b(?:before|prior to|ahead of|earlier than) (?:the year |the )?$")),
    ("after", re.compile(r"\b(?:after|later than) (?:the year |the )?$")),
]
FROM_OPEN = re.compile(r"\bfrom (?:the )?$")
ONWARDS = re.compile(r",? (?:on(?:wards?)?\b(?! (?:the|a|[a-z]+day))|and (?:after|later|beyond))")
MODIFIES = re.compile(
    r"['’]s?\b|[ -](?!(?:and|or|but|as|at|in|on|to|of|for|with|by|when|while|that|which|who|if|because"
    r"|he|she|it|they"
                      r"|after|before|until|amid|over|due|the|a|an|is|was|are|were|will|would|has|had"
                      r"|have|from|against)\b)[a-z]")  # fmt: skip


def combine(atoms: list[Atom], lowered: str, breaks: Callable[[int, int], bool]) -> list[Found]:
    """Whole expressions from atoms in text order; `breaks(a, b)`: whether a sentence ends between a and b."""
    steps = _shifted([_with_part(atom, lowered) for atom in atoms], lowered)
    whole = [found for found in steps if found is not None]
    ranged = _ranges(whole, lowered, breaks)
    return [_bounded(found, lowered) for found in ranged]


def _with_part(atom: Atom, lowered: str) -> Found | None:
    """ "early", "the end of", "later" in front; None for "the year" that has none."""
    before = lowered[max(0, atom.start - REACH) : atom.start]
    offset = atom.start - len(before)
    if match := SO_FAR.search(before):
        which: Literal["earlier", "later", "rest"] = match["which"] or "rest"  # type: ignore[assignment]
        return Found(offset + match.start(), atom.end, SoFar(which, atom.form))
    if match := PART.search(before):
        early, mid = match["early"] or match["start"], match["mid"] or match["middle"]
        part = Part("early" if early else "mid" if mid else "late", atom.form)
        return Found(offset + match.start(), atom.end, part)
    return None if atom.partial else Found(atom.start, atom.end, atom.form)


def _shifted(steps: list[Found | None], lowered: str) -> list[Found]:
    """ "two days before Christmas": the shift and the date that it starts from are one expression."""
    out: list[Found] = []
    for found in steps:
        if found is None:
            continue
        before = lowered[max(0, found.start - REACH) : found.start]
        match = SHIFT_BEFORE.search(before)
        week = WEEK_OF.search(before)
        if week and _dated_day(found.form):
            out.append(
                Found(found.start - len(before) + week.start(), found.end, WeekOf(found.form), (found,))
            )
        elif match and (match["way"] != "from" or isinstance(found.form, Weekday)):
            sign = -1 if match["way"] in ("before", "prior to") else 1
            start = found.start - len(before) + match.start()
            out = [other for other in out if other.end <= start]
            out.append(
                Found(
                    start,
                    found.end,
                    Shift(
                        sign * (1 if match["n"] == "the" else number(match["n"])), match["u"], base=found.form
                    ),
                    (found,),
                )
            )
        elif not out or out[-1].end <= found.start:
            out.append(found)
    return out


def _dated_day(form: Form) -> bool:
    return isinstance(form, CalendarDate) and form.day is not None


def _ranges(whole: list[Found], lowered: str, breaks: Callable[[int, int], bool]) -> list[Found]:
    out: list[Found] = []
    for found in whole:
        joined = _join(out[-1], found, lowered) if out and not breaks(out[-1].end, found.start) else None
        if joined:
            out[-1] = joined
        else:
            out.append(found)
    return out


def _join(first: Found, last: Found, lowered: str) -> Found | None:
    """One expression from two neighbours, where the words between and before them say so."""
    gap, before = lowered[first.end : last.start], lowered[max(0, first.start - REACH) : first.start]
    if _is_clock(first.form) != _is_clock(last.form) and CLOCK_GAP.fullmatch(gap):
        return Found(first.start, last.end, last.form if _is_clock(first.form) else first.form)
    if not _joinable(first.form) or not _joinable(last.form):
        return None
    led, between = FROM.search(before), BETWEEN.search(before)
    conjunction = AND.fullmatch(gap)
    if conjunction and not between:
        return _list(first, last) if _neighbours(first.form, last.form) else None
    if not RANGE_TO.fullmatch(gap) or MOVED.search(before):
        return None
    lead = between or led
    start = first.start - len(before) + lead.start() if lead else first.start
    return Found(start, last.end, Range(first.form, last.form), (first, last))


def _is_clock(form: Form) -> bool:
    return isinstance(form, Day) and form.same_sentence


def _list(first: Found, last: Found) -> Found:
    return Found(
        first.start, last.end, Range(_begin(first.form), last.form), (*(first.parts or (first,)), last)
    )


def _begin(form: Form) -> Form:
    return form.first if isinstance(form, Range) else form


def _joinable(form: Form) -> bool:
    inner = form.form if isinstance(form, Part) else form
    if isinstance(inner, Unit):
        return isinstance(form, Part)
    return isinstance(inner, CalendarDate | Weekday | Day | Fixed | Yearly | Range)


def _neighbours(first: Form, last: Form) -> bool:
    """ "Monday and Tuesday", "the 1970s and 1980s" are one stretch; "2007 and 2009" are not."""
    if isinstance(first, Range):
        first = first.last
    if isinstance(first, Weekday) and isinstance(last, Weekday):
        return last.which is None and (last.number - first.number) % 7 == 1
    if isinstance(first, Fixed) and isinstance(last, Fixed):
        return (last.start - first.end).days == 1
    if isinstance(first, CalendarDate) and isinstance(last, CalendarDate):
        return _following(first, last)
    return False


def _following(first: CalendarDate, last: CalendarDate) -> bool:
    if first.day or last.day:
        return False
    if first.month and last.month:
        return (last.month - first.month) % 12 == 1 and first.year is None
    return (
        not first.month and not last.month and bool(first.year and last.year and last.year - first.year == 1)
    )


def _bounded(found: Found, lowered: str) -> Found:
    """Give "since", "until", "by", "before" and "after" in front their open end.

    Before a noun they speak of that noun: "after the 2008 attacks", "ahead of Monday's vote".
    """
    before, after = lowered[max(0, found.start - REACH) : found.start], lowered[found.end : found.end + 14]
    if (
        isinstance(found.form, Range)
        and found.parts
        and lowered[found.start : found.start + 1] in "fb"
        and _led(found, lowered)
    ):
        return found
    if ONWARDS.match(after) and (match := FROM_OPEN.search(before)):
        return Found(
            found.start - len(before) + match.start(), found.end, Bounded("since", found.form), (found,)
        )
    for bound, pattern in BOUNDS:
        match = pattern.search(before)
        if not match or _of_noun(bound, after):
            continue
        start = found.start - len(before) + match.start()
        return Found(start, found.end, Bounded(bound, found.form), (found,))  # type: ignore[arg-type]
    return found


def _led(found: Found, lowered: str) -> bool:
    return bool(re.match(r"from|between|beginning|starting", lowered[found.start : found.end]))


def _of_noun(bound: str, after: str) -> bool:
    if re.match(r"['’]s?(?!\w)", after):
        return True
    return (
        bound in ("before", "after", "until")
        and bool(MODIFIES.match(after))
        and not re.match(rf" {PART_OF_DAY}", after)
    )
