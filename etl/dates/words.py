"""The words of time in English, and the fragments of patterns made of them. All lower case."""

from __future__ import annotations

from collections.abc import Iterable

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("monday mon", "tuesday tues tue", "wednesday weds wed", "thursday thurs thur thu",
         "friday fri", "saturday sat", "sunday sun")
    )
    for name in names.split()
}  # fmt: skip


def _words(text: str) -> list[str]:
    return text.split()


def word_set(text: str) -> frozenset[str]:
    """The words of `text`: long lists read better as text than as one literal a line."""
    return frozenset(text.split())


ONES = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
)
TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
ORDINALS = _words(
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINAL_NUMBERS = (
    {word: number for number, word in enumerate(ORDINALS) if number}
    | {f"twenty-{word}": 20 + number for number, word in enumerate(ORDINALS[:10]) if number}
    | {"thirtieth": 30, "thirty-first": 31}
)


def _any(words: Iterable[str]) -> str:
    """An alternation in which no word hides a longer one."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


FULL_MONTH = _any(name for name in MONTHS if len(name) > 4 or name in ("may", "june", "july"))
MONTH = rf"(?:{FULL_MONTH}\b|{_any(m for m in MONTHS if len(m) < 5)}\b\.?)"
FULL_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
WEEKDAY = rf"(?:{FULL_WEEKDAY}|(?:tues?|weds?|thurs?|mon|thu|fri|sat|sun)\b\.?)"
ORDINAL_DAY = "(?:" + _any(ORDINAL_NUMBERS).replace("-", "[- ]") + ")"
DAY = rf"(?:(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d])|{ORDINAL_DAY}\b)"
YEAR = r"(?:1\d{3}|2[01]\d\d)(?!\d)"
DASH = "[-–—~]"
UNIT = r"(?:day|week|weekend|fortnight|month|quarter|year|decade|century|centurie)"
NUMBER = rf"(?:\d{{1,3}}|(?:{_any(TENS)}[- ])?{_any(ONES[1:])}|{_any(TENS)}|an?|a couple of|a dozen|a single)"
FEW = r"(?:a few|few|several|some|many|a number of|a handful of|dozens of)"
HEDGE = (
    r"(?:(?:about|around|almost|nearly|roughly|approximately|just|barely|only|more than|over|less than"
    r"|at least|some) )"
)
PART_OF_DAY = r"(?:morning|afternoon|evening|night|midday|noon|midnight|lunchtime)"


def number(text: str) -> int:
    """The value of a `NUMBER`; "a couple of" is two.

    Raises KeyError when `text` is not a number.
    """
    text = text.strip().replace("-", " ")
    if text.isdigit():
        return int(text)
    if text in ("a", "an", "a single"):
        return 1
    if text in ("a couple of", "a dozen"):
        return 2 if text == "a couple of" else 12
    return sum(TENS[word] if word in TENS else _ONE[word] for word in text.split())


def ordinal(text: str) -> int:
    """The value of a `DAY` or of an ordinal word or figure ("third", "3rd", "twenty first")."""
    digits = "".join(c for c in text if c.isdigit())
    return int(digits) if digits else ORDINAL_NUMBERS[text.strip().replace(" ", "-")]


def month_number(text: str) -> int:
    return MONTHS[text.strip(" .")]


def weekday_number(text: str) -> int:
    return WEEKDAYS[text.strip(" .,")]


_ONE = {word: number for number, word in enumerate(ONES)}
