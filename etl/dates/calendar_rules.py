"""Rules for dates of the calendar: days, months, years, quarters, decades, centuries, by name or number."""

from __future__ import annotations

import re
from datetime import date

from etl.dates import intervals
from etl.dates.forms import CalendarDate, DayOfMonth, Fixed, Form, Yearly
from etl.dates.grammar import Rule, rule
from etl.dates.words import (
    DASH,
    DAY,
    FULL_MONTH,
    MONTH,
    MONTHS,
    ORDINAL_DAY,
    TENS,
    WEEKDAY,
    YEAR,
    month_number,
    ordinal,
    weekday_number,
)

WEEKDAY_BEFORE = rf"(?:{WEEKDAY},? )?"
# "March 10 and 20 people": a second day after "and" must end its phrase
SECOND_ENDS = (
    r"(?=\s?(?:[,.;:)\]\"”’'–—]|$)|\s(?:at|in|on|for|with|as|when|by|to|the|a|of|and|after|before"
    r"|during|near|from"
    r"|that|which|who|while|if|under|over|amid|against|but|because|[12]\d{3})\b)"
)
TO = rf"(?:\s?{DASH}\s?|\s?/\s?|\s(?:to|through|thru|until|till) (?:the )?)"
AND = rf"(?:, {DAY})*,? (?:and|or|&) (?:the )?"
TO_SECOND = rf"(?:{TO}(?P<d2>{DAY})|{AND}(?P<d3>{DAY}){SECOND_ENDS})"
TO_SECOND_BEFORE_MONTH = rf"(?:(?:{TO}|{AND})(?P<d2>{DAY})(?P<d3>))"
YEAR_AFTER = rf"(?:\s?,? (?:of |in )?(?:(?P<y>{YEAR})(?![\d,]*\d)|(?P<yw>last|this|next) year\b(?!['’])))?"
YEARS = {"last": -1, "this": 0, "next": 1, None: None}
# "5,000", "5.5", "5%", "5:30" are no days of the month
NOT_AMOUNT = r"(?![\d:%]|[,.]\d| ?(?:percent|per cent|million|billion|a\.m|p\.m|am\b|pm\b))"
IN_FRONT = r"(?<![\w/.:$€£-])"

MAY_OF_TIME = re.compile(
    r"(?:\b(?:in|since|until|till|last|next|this|early|mid|late|of|from|during|by|before|after|end of"
    r"|and|to|through|as of|between)[ -]"
    r"|[-–] ?)$"
)
FROM_MONTH = re.compile(rf"\b(?:{FULL_MONTH})(?: \d{{4}})? to $")
FIRST_NAME = re.compile(r"\b(?:[A-Z][a-z]+|Mrs?\.?|Ms\.?|Minister|PM) May\b")


def _month(text: str) -> int:
    return month_number(text)


def _day_month(match: re.Match[str], text: str) -> Form | None:
    month_at = match.start("m")
    if match["m"].strip(" .") in ("may", "mar", "march") and text[month_at].islower() and not _dated(match):
        return None
    last = match["d2"] or match["d3"]
    first_day, last_day = ordinal(match["d"]), ordinal(last) if last else None
    if last_day is not None and last_day < first_day:
        return None
    year = int(match["y"]) if match["y"] else None
    return CalendarDate(year, _month(match["m"]), first_day, last_day, YEARS[match["yw"]])


def _dated(match: re.Match[str]) -> bool:
    """Whether more than a bare number stands beside a month that is also a word ("may", "march")."""
    return bool(match["y"]) or not match["d"].isdigit() or match.start() != match.start("d")


def _month_year(match: re.Match[str], _text: str) -> Form:
    return CalendarDate(int(match["y"]), _month(match["m"]))


def _month_of_year_told(match: re.Match[str], _text: str) -> Form:
    return CalendarDate(None, _month(match["m"]), years=YEARS[match["yw"]])


def _month_told(match: re.Match[str], text: str) -> Form | None:
    """ "last September", "next March"; "this May" but not "this may"."""
    number, which = _month(match["m"]), match["w"].removeprefix("this ")
    if match["m"] in ("may", "march") and text[match.start("m")].islower():
        return None
    return Yearly(lambda year: intervals.month(year, number), "month", None, which)  # type: ignore[arg-type]


BARE_MONTH_BEFORE = re.compile(
    r"(?:\b(?:in|since|until|till|by|from|to|of|last|next|this|early|mid|late|before|after|during"
    r"|through|between"
    r"|and|for|as of|beginning|starting|end|or|previous|coming|following)|[-–—/])[ -]?(?:early |mid-|late )?$"
)


def _bare_month(match: re.Match[str], text: str) -> Form | None:
    start, end = match.span("m")
    word, before = match["m"].strip(" ."), text[max(0, start - 24) : start].lower()
    led = bool(BARE_MONTH_BEFORE.search(before))
    if word == "may":
        known_name = FIRST_NAME.search(text) or (before.endswith("to ") and not FROM_MONTH.search(before))
        if not text[start].isupper() or not MAY_OF_TIME.search(before) or known_name:
            return None
    if not text[start].isupper() and not led:
        return None
    if len(word) < 4 and word not in ("may",) and not led:
        return None
    after = text[end : end + 12]
    if (
        word == "march"
        and re.match(r" (?:on|for|against|to) ", after)
        and re.search(r"\b(?:the|a)\s$", before)
    ):
        return None
    named = re.match(r"[ ][A-Z][a-z]", after)  # "June Smith", "August Wilson"
    return None if named and not led else CalendarDate(month=_month(word))


def _dashed(match: re.Match[str], _text: str) -> Form | None:
    return _valid(_full_year(match["y"]), _month(match["m"]), int(match["d"]))


def _full_year(figures: str) -> int:
    """Two figures mean 1950 to 2049."""
    year = int(figures)
    return year if len(figures) > 2 else year + (2000 if year < 50 else 1900)


def _iso(match: re.Match[str], _text: str) -> Form | None:
    return _valid(int(match["y"]), int(match["m"]), int(match["d"]))


def _valid(year: int, month: int, day: int) -> Form | None:
    try:
        date(year, month, day)
    except ValueError:
        return None
    return CalendarDate(year, month, day)


def _figures(match: re.Match[str], _text: str) -> Form | None:
    """7/8/07: month first, as American sources write, unless only the other order is a date."""
    one, other = int(match["a"]), int(match["b"])
    month, day = (other, one) if one > 12 or (match["sep"] == "." and other <= 12) else (one, other)
    return _valid(_full_year(match["y"]), month, day)


def _figures_without_year(match: re.Match[str], _text: str) -> Form | None:
    one, other = int(match["a"]), int(match["b"])
    month, day = (other, one) if one > 12 else (one, other)
    return CalendarDate(None, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _day_of_month(match: re.Match[str], _text: str) -> Form:
    return DayOfMonth(ordinal(match["d"]))


def _weekday_of_month(match: re.Match[str], _text: str) -> Form:
    return DayOfMonth(ordinal(match["d"]), weekday=weekday_number(match["w"]))


def _day_of_unit(match: re.Match[str], _text: str) -> Form:
    steps = {"last": -1, "previous": -1, "past": -1, "next": 1, "following": 1, "coming": 1}
    return DayOfMonth(ordinal(match["d"]), steps.get(match["w"].removeprefix("the "), 0))


def _decade(match: re.Match[str], _text: str) -> Form:
    first = int(match["c"] + match["t"]) * 10
    return Fixed(*intervals.decade(first), "decade")


def _short_decade(match: re.Match[str], _text: str) -> Form:
    return Fixed(*intervals.decade(1900 + 10 * int(match["t"])), "decade")


def _decade_word(match: re.Match[str], _text: str) -> Form:
    return Fixed(*intervals.decade(1900 + TENS[match["w"].replace("ies", "y")]), "decade")


def _century(match: re.Match[str], _text: str) -> Form | None:
    number = ordinal(match["n"])
    if not 2 <= number <= 29:
        return None
    return Fixed(date(100 * number - 100, 1, 1), date(100 * number - 1, 12, 31), "decade")


def _september_11(_match: re.Match[str], _text: str) -> Form:
    return CalendarDate(2001, 9, 11)


RULES: list[Rule] = [
    rule(
        "digits",
        r"(?<![\d/-])(?P<y>[12]\d{3})(?P<s>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=s)(?P<d>[0-3]?\d)(?![\d/-])",
        _iso,
    ),
    rule(
        "digits",
        r"(?<![\d/.,])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>[12]\d{3}|\d\d)(?![\d/]"
        r"|[.,]\d)",
        _figures,
    ),
    rule(
        "digits",
        rf"\b(?:on|from|until|by|since|{WEEKDAY},?) (?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})(?![\d/]|[.,]\d)",
        _figures_without_year,
    ),
    rule(
        "month",
        rf"(?<![\w-])(?P<d>\d{{1,2}})(?P<s>[-/])(?P<m>{MONTH})(?P=s)(?P<y>[12]\d{{3}}|\d\d)(?![\w-])",
        _dashed,
    ),
    rule("digits", r"(?<![\d/.])9/11(?![\d/])", _september_11),
    rule(
        "month", r"\bsept(?:ember|\.)? 11(?:th)?(?= (?:terror\w* )?(?:attack|hijack|terror))", _september_11
    ),
    rule(
        "month",
        rf"{IN_FRONT}{WEEKDAY_BEFORE}(?P<d>{DAY}){NOT_AMOUNT}{TO_SECOND_BEFORE_MONTH}?[ -](?:day )?(?:of"
        rf" )?(?P<m>{MONTH})(?! (?:the )?{DAY}(?!\d)){YEAR_AFTER}",
        _day_month,
    ),
    rule(
        "month",
        rf"\b{WEEKDAY_BEFORE}(?P<m>{MONTH})(?:[ -]?|, (?=\d{{1,2}}(?:st|nd|rd|th)))(?:the"
        rf" )?(?P<d>{DAY}){NOT_AMOUNT}{TO_SECOND}?{NOT_AMOUNT}{YEAR_AFTER}",
        _day_month,
    ),
    rule("month", rf"\b(?P<m>{MONTH})(?:,| of|,? in)?[ -](?P<y>{YEAR})(?![,.]\d)", _month_year),
    rule("month", rf"\b(?P<m>{MONTH}),? (?:of )?(?P<yw>last|this|next) year\b(?!['’])", _month_of_year_told),
    rule(
        "month",
        rf"\b(?P<w>last|this past|this coming|this|next|coming) (?P<m>{MONTH})(?!\w)(?! \d)",
        _month_told,
    ),
    rule(
        "month", rf"\b(?P<m>{FULL_MONTH}\b|(?:{'|'.join(m for m in MONTHS if len(m) < 5)})\b\.?)", _bare_month
    ),
    rule("decade", r"\b(?P<c>1[1-9]|20)(?P<t>\d)0['’]? ?s\b", _decade),
    rule("decade", r"(?<![\w])['‘’](?P<t>[2-9])0['’]?s\b", _short_decade),
    rule(
        "decade",
        r"(?:(?<=\bthe )|(?<=\bearly )|(?<=\blate )|(?<=\bmid-))(?P<t>[2-9])0['’]?s\b",
        _short_decade,
    ),
    rule(
        "decade",
        r"(?:(?<=\b(?:the|mid)[ -])|(?<=\bin ))(?P<w>(?:twen|thir|for|fif|six|seven|eigh|nine)ties)\b",
        _decade_word,
    ),
    rule("unit", rf"\b(?P<n>\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL_DAY})(?:-| +)century\b(?! b\.?c)", _century),
    rule(
        "ordinal",
        rf"(?:(?<=\bon the )|(?<=\bon ))(?P<d>\d{{1,2}}(?:st|nd|rd|th)){SECOND_ENDS}",
        _day_of_month,
    ),
    rule(
        "weekday",
        rf"\b(?P<w>{WEEKDAY}),? (?:the )?(?P<d>\d{{1,2}}(?:st|nd|rd|th)|(?<=the ){ORDINAL_DAY}){SECOND_ENDS}",
        _weekday_of_month,
    ),
    rule(
        "unit",
        rf"\b(?P<d>{DAY})(?: day)? (?:of )?(?P<w>last|next|this|the|the current|the following|the next"
        rf"|the last|the same) month\b",
        _day_of_unit,
    ),
]
