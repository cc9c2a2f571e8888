"""When an event took or takes place: the time expression of its own clause, or what its status lets us say.

The rules, in their order: a learned time argument; a time that introduces the event's clause ("a day after");
the time that the order of the words gives the event, or that it shares with its conjuncts; the time that
another sentence gives the occasion ("the forum") at which the event takes place; for what happened or goes
on, the day of publication.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc, Span, Token
from spacy.vocab import Vocab

from etl.dates.clauses import introduces, opens_clause, shares, takes_back
from etl.dates.find import read
from etl.dates.intervals import Direction
from etl.dates.occasions import occasion_of, time_of_occasion
from etl.dates.order import holds
from etl.dates.tree import sentence_of
from etl.records import EventDate, Status, TimeExpression

PUBLISHED_STATUSES = ("happened", "ongoing")


def event_date(
    doc: Doc,
    offset: int,
    trigger: Token,
    times: Sequence[TimeExpression],
    status: Status,
    published: date,
    proposed: tuple[int, int] | None = None,
) -> EventDate:
    """The date of the event that `trigger` reports.

    `times` are what `find_times` gave for the article; their offsets, like `proposed` (the span of a learned
    time argument), are the article's: `offset` is where the doc begins. Basis publication only for happened
    and ongoing events; a planned, hypothetical or negated one without a time has no date.
    """
    time = _time_of(doc, offset, trigger, times, proposed)
    if time is not None:
        dated = _dated(_closed(_with_status(time, status, published, doc.vocab), status, published))
        if not _impossible(dated, status, published):
            return dated
    if status in PUBLISHED_STATUSES:
        return EventDate(published, published, "day", "publication")
    return EventDate()


def _impossible(dated: EventDate, status: Status, published: date) -> bool:
    """Whether a done act would lie ahead: "signed a plan for 2026", "the first visit in 40 years"."""
    return status in PUBLISHED_STATUSES and dated.date_start is not None and dated.date_start > published


def _time_of(
    doc: Doc, offset: int, trigger: Token, times: Sequence[TimeExpression], proposed: tuple[int, int] | None
) -> TimeExpression | None:
    if proposed and (named := _overlapping(times, proposed)):
        return named
    sentence = sentence_of(trigger)
    first, last = sentence.start_char + offset, sentence.end_char + offset
    near = [time for time in times if first <= time.start_char < last]
    here = [
        (time, span) for time in near if (span := _span(doc, offset, time)) and span.start >= sentence.start
    ]
    if own := _own(here, trigger):
        return own
    # Placing every time of the text is dear, and few clauses name an occasion.
    occasion = occasion_of(trigger)
    return time_of_occasion(occasion, _placed(doc, offset, times)) if occasion is not None else None


def _overlapping(times: Sequence[TimeExpression], proposed: tuple[int, int]) -> TimeExpression | None:
    over = [t for t in times if t.start_char < proposed[1] and proposed[0] < t.end_char]
    return max(
        over, key=lambda t: min(t.end_char, proposed[1]) - max(t.start_char, proposed[0]), default=None
    )


def _placed(doc: Doc, offset: int, times: Sequence[TimeExpression]) -> list[tuple[TimeExpression, Span]]:
    return [(time, span) for time in times if (span := _span(doc, offset, time))]


def _span(doc: Doc, offset: int, time: TimeExpression) -> Span | None:
    start, end = time.start_char - offset, time.end_char - offset
    length = doc[-1].idx + len(doc[-1])  # doc.text would be put together anew for each time
    return doc.char_span(start, end, alignment_mode="expand") if 0 <= start < end <= length else None


def _own(here: list[tuple[TimeExpression, Span]], trigger: Token) -> TimeExpression | None:
    """The time that is the trigger's; without tags and parse, the only time of the sentence."""
    if not trigger.doc.has_annotation("TAG"):
        return here[0][0] if len(here) == 1 else None
    for time, span in here:
        if introduces(span, trigger):
            return time
    held = [(time, span) for time, span in here if not opens_clause(span) and _holds(trigger, span)]
    return min(held, key=lambda pair: _closeness(pair[0], pair[1], trigger))[0] if held else None


def _holds(trigger: Token, span: Span) -> bool:
    return holds(trigger, span, sentence_of(trigger)) or shares(trigger, span) or takes_back(trigger, span)


def _closeness(time: TimeExpression, span: Span, trigger: Token) -> tuple[bool, int]:
    return time.date_precision == "vague", abs(span.root.i - trigger.i)


# ------------------------------------------------------------------ what the status asks


def _with_status(time: TimeExpression, status: Status, published: date, vocab: Vocab) -> TimeExpression:
    """A plan lies ahead, a deed behind: a relative or yearless time that contradicts is read the other way.

    What happened may run on into the future ("extended the ban from Monday until Friday"): of it only a
    single day, month or year is.
    """
    if status == "planned" and time.date_end is not None and time.date_end < published:
        return _reread(time, published, vocab, "future")
    if status == "happened" and _wholly_after(time, published):
        return _reread(time, published, vocab, "past")
    return time


def _closed(time: TimeExpression, status: Status, published: date) -> TimeExpression:
    """Close the open end that the status closes.

    What happened "since Monday" had happened when it was printed,
    what is planned "by Friday" had not. What goes on since Monday stays open.
    """
    start, end = time.date_start, time.date_end
    if status == "happened" and start and not end and start <= published:
        return replace(time, date_end=published)
    if status in ("happened", "planned") and end and not start and end >= published:
        return replace(time, date_start=published)
    return time


def _wholly_after(time: TimeExpression, published: date) -> bool:
    if time.date_start is None or time.date_end is None or time.date_start <= published:
        return False
    return time.date_start == time.date_end or time.date_precision != "day"


def _reread(time: TimeExpression, published: date, vocab: Vocab, direction: Direction) -> TimeExpression:
    """The same words read in the other direction; unchanged where they leave no choice ("June 2010")."""
    doc = Doc(vocab, words=[time.text], spaces=[False])
    for _, _, reading in read(doc, published, direction):
        return replace(
            time,
            date_start=reading.start,
            date_end=reading.end,
            date_precision=reading.precision,
            date_basis=reading.basis,
        )
    return time


def _dated(time: TimeExpression) -> EventDate:
    return EventDate(
        time.date_start, time.date_end, time.date_precision, time.date_basis, time.text, time.ordinal
    )
