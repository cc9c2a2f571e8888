"""Rules for dates that are told from another one: "yesterday", "last week", "two days later"."""

from __future__ import annotations

import re
from typing import get_args

from etl.dates import intervals
from etl.dates.forms import Form, Weekday, Which, Yearly
from etl.dates.grammar import Rule, rule
from etl.dates.moves import Day, OnlyFuture, Shift, Stretch, Unit, Vague
from etl.dates.words import (
    FEW,
    FULL_WEEKDAY,
    HEDGE,
    NUMBER,
    PART_OF_DAY,
    UNIT,
    WEEKDAY,
    YEAR,
    number,
    weekday_number,
)

WHICH = (
    r"(?P<w>last|this past|past|next|this coming|coming|this|previous|preceding|prior|following|same|that"
    r"|current|upcoming)"
)
STEPS = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "upcoming": 1, "following": 1}
ANAPHORIC = {"previous": -1, "preceding": -1, "prior": -1, "following": 1, "same": 0, "that": 0}
UNITS = rf"(?P<u>{UNIT})s?"
ZONE = r"(?:utc|gmt|(?:bst|cest|cet|edt|est|pdt|pst|msk|ist|jst|eest)\b|local time)"
COUNT = rf"{HEDGE}{{0,2}}(?P<n>{NUMBER})"
NIGHT = rf"(?: (?:{PART_OF_DAY}))?"
BEFORE_NOW = r"(?:ago|back|earlier|before|previously|prior)"


def _unit_word(text: str) -> str:
    return "century" if text.startswith("centur") else text


def _which(text: str) -> Which | None:
    word = text.removeprefix("this ").strip()
    word = {
        "current": "this",
        "upcoming": "coming",
        "preceding": "previous",
        "prior": "previous",
        "that": "same",
    }.get(word, word)
    return word if word in get_args(Which) else None  # type: ignore[return-value]


def _day(match: re.Match[str], text: str) -> Form | None:
    start = match.start("w")
    if (
        match["w"] == "today"
        and text[start].isupper()
        and re.search(r"[A-Z]\w+ $", text[max(0, start - 12) : start])
    ):
        return None  # "USA Today"
    return Day({"yesterday": -1, "tomorrow": 1, "tmrw": 1}.get(match["w"], 0))


def _clock(_match: re.Match[str], _text: str) -> Form:
    """A clock time with its zone is a moment of the day that the sentence names, else of publication."""
    return Day(0, anaphoric=True, same_sentence=True)


def _now(match: re.Match[str], text: str) -> Form | None:
    """ "from 1949 to the present", "until now", "between 2010 and now"; a bare "now" is no date."""
    before = text[max(0, match.start() - 40) : match.start()].lower()
    return (
        Day(0) if re.search(r"\bbetween (?:[^.;]*\band )?$|\b(?:to|until|till) (?:the )?$", before) else None
    )


def _two_days(match: re.Match[str], _text: str) -> Form:
    return Day(-2 if "before" in match[0] else 2)


def _told_day(match: re.Match[str], _text: str) -> Form:
    """ "the next day", "the day before": counted from the day that the text spoke of."""
    word = match["w"] or match["w2"]
    steps = {"next": 1, "following": 1, "after": 1, "same": 0, "that": 0}
    return Day(steps.get(word, -1), anaphoric=True)


def _unit(match: re.Match[str], _text: str) -> Form | None:
    word, unit = match["w"], _unit_word(match["u"])
    if unit == "day":
        return None
    if word in ANAPHORIC:
        return Unit(unit, ANAPHORIC[word], anaphoric=True)
    rolling = unit in ("decade", "century") and word in ("past", "last", "this past")
    if rolling or (match[0].startswith("the past") and unit in ("week", "month", "year")):
        return Stretch(1, unit)
    return Unit(unit, STEPS.get(word.removeprefix("this "), 0))


def _the_unit(match: re.Match[str], _text: str) -> Form:
    return Unit(_unit_word(match["u"]), 0)


def _unit_after_next(match: re.Match[str], _text: str) -> Form:
    return Unit(_unit_word(match["u"]), 2 if "after" in match[0] else -2)


def _weekday(match: re.Match[str], text: str) -> Form | None:
    word, start = match["d"].strip("."), match.start("d")
    if len(word) < 6 and not _abbreviated_weekday(word, text, start):
        return None
    if NAMED_DAY.search(text[max(0, start - 12) : start]) or PAPER.match(
        text[match.end("d") : match.end("d") + 14]
    ):
        return None
    return Weekday(weekday_number(word), _which(match["w"]) if match["w"] else None)


NAMED_DAY = re.compile(
    r"(?:\b(?:Bloody|Black|Super|Cyber|Giving|Sheffield|Mail on|Ash|Palm|[Ee]very|[Ee]ach|Fat"
    r"|Small Business) )$"
)
PAPER = re.compile(
    r" (?:Times|Telegraph|Mirror|Express|Mail|Herald|Independent|People|Sun|World|Star|Night Live"
    r"|Agreement)\b"
)


def _abbreviated_weekday(word: str, text: str, start: int) -> bool:
    """ "Tue", "Thurs." stand alone; "Sun" and "Sat" are a paper and a verb unless a preposition leads."""
    if word in ("sat", "sun", "mon", "wed", "thu", "fri"):
        return text[start].isupper() and bool(
            re.search(
                r"\b(?:on|next|last|this|from|to|and|until|by)\s$", text[max(0, start - 8) : start].lower()
            )
        )
    return True


def _weekday_in_week(match: re.Match[str], _text: str) -> Form:
    word = (match["w"] or match["w2"]).removeprefix("the ")
    step = STEPS.get(word, 0)
    return Weekday(weekday_number(match["d"] or match["d2"]), weeks=step)


def _weekday_shift(match: re.Match[str], _text: str) -> Form:
    return Weekday(weekday_number(match["d"]), weeks=2)


def _shift(match: re.Match[str], text: str) -> Form | None:
    unit, count = _unit_word(match["u"]), number(match["n"])
    back = match["way"] in ("ago", "back", "earlier", "before", "previously", "prior")
    if unit in ("weekend", "quarter") and match["way"] in ("back", "before"):
        return None
    if match["way"] in ("after", "before") and re.match(r" [\w“\"'‘]", text[match.end() : match.end() + 2]):
        # "a day after it attacked": what is dated is the attack, a day before the act of the main clause
        return Shift(count if back else -count, unit, anaphoric=True, same_sentence=True)
    return Shift(-count if back else count, unit, anaphoric=match["way"] not in ("ago", "back", "hence"))


def _hours(match: re.Match[str], _text: str) -> Form | None:
    hours = number(match["n"])
    return Shift(-(hours // 24), "day") if hours % 24 == 0 else None


def _shift_from(match: re.Match[str], _text: str) -> Form:
    sign = -1 if match["way"] == "before" else 1
    base = {"yesterday": -1, "tomorrow": 1, "tmrw": 1}.get(match["b"], 0)
    return Shift(sign * number(match["n"]), _unit_word(match["u"]), base=Day(base))


_RECORD = re.compile(r"\b(?:first|worst|most|\w{3,}est)\b(?! of)(?:(?!\bwill\b|\bto be\b)[^,;]){0,40}$")


def _in_units(match: re.Match[str], text: str) -> Form | None:
    if _RECORD.search(text[max(0, match.start() - 60) : match.start()].lower()):
        return None  # "the longest slump in more than 60 years"
    return OnlyFuture(Shift(number(match["n"]), _unit_word(match["u"])))


def _within(match: re.Match[str], _text: str) -> Form:
    return OnlyFuture(Stretch(number(match["n"]), _unit_word(match["u"]), ahead=True, from_today=True))


def _stretch(match: re.Match[str], _text: str) -> Form:
    ahead = (match["w"] or match["w2"]).removeprefix("this ") in ("next", "coming", "upcoming", "following")
    return Stretch(number(match["n"] or match["n2"]), _unit_word(match["u"] or match["u2"]), ahead)


def _stretch_of_hours(match: re.Match[str], _text: str) -> Form | None:
    """ "the past 48 hours"; a stretch that ends within a day is none."""
    whole, rest = divmod(number(match["n"]), 24)
    if rest or not whole:
        return None
    ahead = match["w"] in ("next", "coming")
    return Stretch(whole, "day", ahead, from_today=True) if ahead else Stretch(whole + 1, "day")


def _vague(_match: re.Match[str], _text: str) -> Form:
    return Vague()


def _season(match: re.Match[str], text: str) -> Form | None:
    name, start = match["s"], match.start("s")
    year = next((int(y) for y in (match["y"], match["y2"]) if y), None)
    beside = re.search(r"[A-Z]\w+ $", text[max(0, start - 12) : start]) or re.match(
        r" [A-Z]", text[match.end("s") :]
    )
    if not year and text[start].isupper() and beside:
        return None  # "Arab Spring", "Winter Olympics"
    which = _which(match["w"]) if match["w"] else None
    if not year and not which and (name == "fall" or not match["lead"]):
        return None
    return Yearly(lambda y: intervals.season(name, y), "season", year, which)


RULES: list[Rule] = [
    rule("unit", r"\b(?P<w>last|past|next|coming|previous) (?P<n>\d{2,3}) hours\b", _stretch_of_hours),
    rule(
        "deictic",
        rf"\b(?:(?:earlier|later|late|early) )?(?P<w>today|tonight|yesterday|tomorrow|tmrw)\b{NIGHT}",
        _day,
    ),
    rule("deictic", r"\b(?:(?:earlier|later|late|early) )?(?P<w>this) (?:morning|afternoon|evening)\b", _day),
    rule("deictic", r"\b(?P<w>overnight)\b", _day),
    rule("deictic", r"\b(?:late )?last (?P<w>night|evening)\b", lambda _m, _t: Day(-1)),
    rule(
        "clock",
        rf"(?<![\d:.])\d{{1,2}}(?:[:.]\d\d)?(?: ?[ap]\.?m\b\.?)?,? ?\(?{ZONE}(?: ?[+-]\d+)?\)?",
        _clock,
    ),
    rule("now", r"\b(?:now|present day|present)\b", _now),
    rule("deictic", r"\bday (?:before yesterday|after tomorrow)\b", _two_days),
    rule(
        "unit", r"\b(?P<w>next|following|previous|preceding|prior|same|that) (?P<w2>day)\b(?! of)", _told_day
    ),
    rule(
        "unit",
        r"\b(?:the|a|one) day (?:(?P<w>prior|previous|earlier|later))\b(?P<w2>)?",
        lambda m, _t: Day(1 if m["w"] == "later" else -1, True),
    ),
    rule("unit", r"\b(?<=the )day (?P<w>before|after)(?=\s?[,.;)]|\s?$)(?P<w2>)?", _told_day),
    rule(
        "unit",
        rf"\b(?:(?:the|same|very) )?{WHICH} (?P<u>week|weekend|fortnight|month|quarter|qtr|year|decade"
        rf"|century)\b(?!-)",
        _unit,
    ),
    rule("unit", r"\b(?:the|that) (?P<u>weekend)\b", _the_unit),
    rule("unit", r"\b(?:the )?(?P<u>week|month|year|quarter|day)\b", _the_unit, partial=True),
    rule("unit", r"\b(?P<u>week|weekend|month|year) (?:after next|before last)\b", _unit_after_next),
    rule("weekday", rf"\b(?:{WHICH} )?(?P<d>{WEEKDAY})(?!\w){NIGHT}", _weekday),
    rule(
        "weekday",
        rf"\b(?P<d>{FULL_WEEKDAY}),? (?:of |in |from )?(?P<w>the next|the following|next|this|last"
        rf"|the last) week\b(?P<d2>)(?P<w2>)",
        _weekday_in_week,
    ),
    rule(
        "weekday",
        rf"\b(?P<w>next|this|last) week,? (?:on )?(?P<d>{FULL_WEEKDAY})\b(?P<d2>)(?P<w2>)",
        _weekday_in_week,
    ),
    rule("weekday", rf"\b(?P<d>{FULL_WEEKDAY}) after next\b", _weekday_shift),
    rule(
        "unit",
        rf"(?<!\d,)\b{COUNT} {UNITS} (?P<way>ago|back|hence|earlier|later|before|previously|prior|afterwards?"
        rf"|after|on)(?=\W|$)",
        _shift,
    ),
    rule(
        "unit",
        rf"\b{COUNT} {UNITS} (?P<way>before|after|from) (?P<b>today|tomorrow|tmrw|yesterday|now)\b",
        _shift_from,
    ),
    rule("unit", rf"\bin {COUNT} {UNITS}(?!['’\w-])(?: (?:time|from now))?", _in_units),
    rule("unit", rf"\bwithin (?:the (?:next |coming )?|next )?{COUNT} {UNITS}\b", _within),
    rule(
        "unit",
        rf"\b(?:(?P<w>last|this past|past|previous|next|coming|upcoming"
        rf"|following) (?P<n>{NUMBER}) (?P<u>{UNIT})s?|(?P<n2>\b(?!)))\b(?P<w2>)(?P<u2>)",
        _stretch,
    ),
    rule(
        "unit",
        rf"\b(?:(?:for|over|in|during|within) )?(?:the )?(?:last|past|next|coming|recent|previous"
        rf"|upcoming) (?:(?:few|several|couple of|some|many) )?{UNIT}s\b",
        _vague,
    ),
    rule(
        "unit", rf"\b(?:(?:{FEW}|just|only|mere) )*{UNIT}s (?:ago|earlier|later|before|after|prior)\b", _vague
    ),
    rule(
        "unit",
        rf"\b(?:in|within|over) (?:(?:a few|several|some) )(?:hours|{UNIT}s)(?: time)?\b",
        lambda _m, _t: OnlyFuture(Vague()),
    ),
    rule("deictic", r"\b(?:(?:most|more|very) )?(?:recently|lately)\b", _vague),
    rule("deictic", r"\bin the (?:near|foreseeable) future\b|\b(?:very )?soon\b(?! after)", _vague),
    rule(
        "season",
        rf"\b(?P<lead>(?:in|since|until|by|during|over|early|late"
        rf"|mid)[ -](?:the )?)?(?:the )?(?:{WHICH} )?(?P<s>spring|summer|autumn|fall|winter)\b(?:(?: of"
        rf"|,)? (?P<y>{YEAR}))?(?P<y2>)",
        _season,
    ),
]
