"""Bare years: which four figures are a year, and which count people, money or pages."""

from __future__ import annotations

import re

from etl.dates.forms import CalendarDate, Form
from etl.dates.grammar import Rule, rule

LED = re.compile(
    r"(?:\b(?:in|since|of|from|until|till|by|before|after|during|between|and|to|through|year|early|mid"
    r"|late|the|for|as of"
    r"|spring|summer|autumn|fall|winter|around|circa|its|his|their|our|or|than|fiscal|back to|ago"
    r"|greater than)"
    r"|\bc\.|[(\[–—-]|[12]\d{3},)\s?-?(?:early |mid-?|late |around |about )?$"
)
DATED = re.compile(r"\b(?:in|since|until|till|during|the|its|his|their|year|early|mid|late|fiscal|\()\s?-?$")
COUNTED_BEFORE = re.compile(
    r"(?:[$€£#№+]|\bresolutions (?:\d+(?:, and|,| and) )+"
    r"|\b(?:no|nos|number|some|about|around|nearly|almost|over|least|most|approximately"
    r"|roughly|than|up to"
    r"|another|resolution|flight|agenda|vision|route|highway|article|section|room|page|boeing|airbus"
    r"|windows|figure"
    r"|apartment|psalm|usd|us|eur|rs|top))[ .]{0,2}$"
)
FAR_OFF = re.compile(r"\b(?:in|since|until|till|by|from|to|year|circa|c\.)\s(?:about |around )?$")
"""What must stand before four figures outside 1500 to 2099 that are to be a year ("in 1415", "by 2150")."""
SPAN = re.compile(r"[(–-]$")
"""Or the bracket or dash of a span of such years ("(1391-1425)"), told by figures on the other side."""
NOT_COUNTED = re.compile(r"\b(?:(?:in|since|by|until) (?:about|around)|(?:later|earlier) than)\s$")
COUNTED_AFTER = re.compile(
    r"\s?(?:[%°]|per ?cent|million|billion|trillion|thousand|hundred|[a-z-]*(?:people|persons|troops"
    r"|soldiers|civilians|men"
    r"|women|children|police|students|workers|prisoners|refugees|migrants|fighters|militants|protesters"
    r"|demonstrators"
    r"|residents|villagers|families|homes|houses|others|dead|deaths|wounded|injured|killed|cases"
    r"|victims|members"
    r"|supporters|personnel|officers|passengers|employees|jobs|tons?|tonnes?|km|kilomet\w+|miles?"
    r"|met(?:er|re)s?|feet|ft"
    r"|acres|hectares|barrels|dollars|euros|pounds|rubles|yen|yuan|rupees|hours?|days|weeks|months"
    r"|years?|minutes"
    r"|[- ]strong|pages|votes|schools|villages|points|delegates|officials|foreign\w*|additional|more"
    r"|new|local|armed)\b"
    r"|[- ](?:member|strong|year|foot|mile|metre|meter|pound|page|seat|km|square)\b|bc|b\.c|bce)"
)


def _year(match: re.Match[str], text: str) -> Form | None:
    start, end = match.span()
    number = int(match[0])
    before, after = text[max(0, start - 32) : start].lower(), text[end : end + 24].lower()
    if COUNTED_BEFORE.search(before) and not NOT_COUNTED.search(before):
        return None
    if COUNTED_AFTER.match(after.lstrip(" -")) and not _surely(before, number):
        return None
    if re.match(r" (?:utc|gmt|local time|hours)\b", after):
        return None
    if number < 1900 and not (LED.search(before) and _believable(number, before, after)):
        return None
    if not LED.search(before) and re.match(r" (?:[a-z]+-)?[a-z]+s\b", after):  # "2000 rebels"
        return None
    return CalendarDate(number) if 1500 <= number < 2100 or _far_off(before, after) else None


def _far_off(before: str, after: str) -> bool:
    """Whether a clear sign makes a figure far from our time a year: "since 1471", not "(2357 UTC Friday)"."""
    if FAR_OFF.search(before):
        counted_up_to = before.endswith("to ") and not re.search(r"\bfrom (?:\w+ )?\d{3,4} to $", before)
        return not counted_up_to and not re.match(r" [a-z]", after)
    return bool(SPAN.search(before) and re.match(r"[–-]1\d{3}\b|\)", after))


def _surely(before: str, number: int) -> bool:
    """ "in 2014 foreign ministers", "the 2011 protesters": led like a year and a likely one."""
    return bool(DATED.search(before)) and 1900 < number < 2100 and number % 100 != 0


def _believable(number: int, before: str, after: str) -> bool:
    """A year far from today, not a count: "in 1648,", not "of 1500 metres" or "in 1200 places"."""
    if number % 100 == 0 and not re.search(r"\b(?:in|since|until|by)\s$", before):
        return False
    return not re.match(r"[ -](?!was|is|has|his|as|this)[a-z]+s\b", after)


RULES: list[Rule] = [
    rule("year", r"(?<![\w.,:/$€£#’'])(?:[12]\d{3})(?![\d:/]|[.,]\d|-\d\d?-|s\b|(?<=0)['’]s\b|[a-z])", _year)
]
