"""Time expressions of an annotated text, each with its interval, precision and basis."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from spacy.tokens import Doc

from etl.dates import calendar_rules, holidays, part_rules, relative_rules, years
from etl.dates.combine import Found, combine
from etl.dates.grammar import Atom, atoms
from etl.dates.intervals import Anchor, Direction, Reading
from etl.dates.tense import direction
from etl.records import TimeExpression

RULES = [*calendar_rules.RULES, *part_rules.RULES, *years.RULES, *relative_rules.RULES, *holidays.RULES]


class Told(NamedTuple):
    """An expression, what it was read from, and what it came to."""

    found: Found
    anchor: Anchor
    reading: Reading


# "two days later" leans on a time told at most this many sentences before
MEMORY_SENTENCES = 2


def find_times(
    doc: Doc, offset: int, published: date, first_sentence_no: int = 0, text: str | None = None
) -> list[TimeExpression]:
    """Every time expression of `doc`, in text order, anchored at the day of publication.

    `offset` is where the doc's first character stands in the article; the spans returned are the article's.
    `first_sentence_no` is the article's number of the doc's first sentence. A doc without sentence marks is
    one sentence. Tense comes from the parse where there is one, else from the words. `text` is `doc.text`, if
    the caller has it: spaCy puts it together anew each time, which costs more than all else here.
    """
    text = doc.text if text is None else text
    told = list(read(doc, published, text=text))
    starts = _sentence_starts(doc) if told else []
    return [
        TimeExpression(
            ordinal=ordinal,
            sentence_no=first_sentence_no + max(0, bisect_right(starts, found.start) - 1),
            start_char=offset + found.start,
            end_char=offset + found.end,
            text=text[found.start : found.end],
            date_start=reading.start,
            date_end=reading.end,
            date_precision=reading.precision,
            date_basis=reading.basis,
        )
        for ordinal, (found, _, reading) in enumerate(told)
    ]


def read(
    doc: Doc, published: date, forced: Direction | None = None, text: str | None = None
) -> Iterator[Told]:
    """Expressions with their readings; `forced` overrules the tense of the text."""
    text = doc.text if text is None else text
    lowered = lower(text)
    found_atoms: list[Atom] = atoms(lowered, text, RULES)
    if not found_atoms:
        return
    starts = _sentence_starts(doc)
    told: tuple[int, Reading] | None = None
    for found in combine(
        found_atoms, lowered, lambda a, b: bisect_right(starts, a - 1) != bisect_right(starts, b)
    ):
        sentence = bisect_right(starts, found.start)
        reference = told[1] if told and sentence - told[0] <= MEMORY_SENTENCES else None
        near = told is not None and told[0] == sentence
        anchor = Anchor(published, forced or direction(doc, found.start, found.end), reference, near)
        reading = resolve(found, anchor)
        if reading is None:
            continue
        if reading.start and reading.end:
            told = sentence, reading
        yield Told(found, anchor, reading)


def resolve(found: Found, anchor: Anchor) -> Reading | None:
    """The reading, None where the calendar has no such day or runs out."""
    try:
        return found.form.resolve(anchor)
    except (ValueError, OverflowError):
        return None


def lower(text: str) -> str:
    """Lower case of the same length: offsets stay valid ("İ" would become two characters)."""
    lowered = text.lower()
    return (
        lowered
        if len(lowered) == len(text)
        else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    )


def _sentence_starts(doc: Doc) -> list[int]:
    if len(doc) and doc.has_annotation("SENT_START"):
        return [sentence.start_char for sentence in doc.sents]
    return [0]
