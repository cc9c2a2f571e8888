"""Sentences that a name, a date or a role runs across were torn apart by mistake: they are joined again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TypeVar

from etl.records import ArticleRecords, EventMention, Mention, Role, Sentence, TimeExpression

Span = Mention | Role | TimeExpression | EventMention
Placed = TypeVar("Placed", Mention, Role, TimeExpression, EventMention)


def join_torn(records: ArticleRecords) -> ArticleRecords:
    """The same records over sentences that no span crosses; sentence numbers count on from 0."""
    torn = set(_torn_borders(records))
    if not torn:
        return records
    begins = (0 if number == 0 or number - 1 in torn else 1 for number in range(len(records.sentences)))
    numbers = list(accumulate(begins))
    return replace(
        records,
        sentences=tuple(_joined(records.sentences, numbers)),
        mentions=_renumbered(records.mentions, numbers),
        roles=_renumbered(records.roles, numbers),
        times=_renumbered(records.times, numbers),
        event_mentions=_renumbered(records.event_mentions, numbers),
    )


def _torn_borders(records: ArticleRecords) -> Iterator[int]:
    """Numbers of the sentences whose end a span crosses."""
    starts = [sentence.start_char for sentence in records.sentences]
    spans: list[Span] = [*records.mentions, *records.roles, *records.times, *records.event_mentions]
    for span in spans:
        first = bisect_right(starts, span.start_char) - 1
        last = bisect_left(starts, span.end_char) - 1
        yield from range(max(first, 0), last)


def _joined(sentences: Sequence[Sentence], numbers: Sequence[int]) -> Iterator[Sentence]:
    for number in range(numbers[-1] + 1):
        first, last = bisect_left(numbers, number), bisect_right(numbers, number) - 1
        yield Sentence(number, sentences[first].start_char, sentences[last].end_char)


def _renumbered(records: tuple[Placed, ...], numbers: Sequence[int]) -> tuple[Placed, ...]:
    """Records with the new number of their sentence; a number that no sentence has is left for the check."""
    return tuple(
        replace(record, sentence_no=numbers[record.sentence_no])
        if 0 <= record.sentence_no < len(numbers)
        else record
        for record in records
    )
