"""Whether records keep their promises; what breaks one would break a query or show wrong words later."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from etl.plover import EVENT_TYPES
from etl.records import (
    ActorKind,
    ArticleRecords,
    Basis,
    EventMention,
    Form,
    LocalActor,
    Mention,
    ParticipantRole,
    PlacePrecision,
    Precision,
    Role,
    Status,
    TimeExpression,
)


class BrokenRecords(ValueError):
    """Extraction returned records that contradict the text or each other."""


def check(records: ArticleRecords) -> None:
    """Raise BrokenRecords, naming the first record at fault."""
    for fault in _faults(records):
        raise BrokenRecords(fault)


def _faults(records: ArticleRecords) -> Iterator[str]:
    yield from _sentence_faults(records)
    for kind in ("mentions", "actors", "times", "event_mentions"):
        if [record.ordinal for record in getattr(records, kind)] != list(range(len(getattr(records, kind)))):
            yield f"{kind} are not numbered from 0"
    for actor in records.actors:
        yield from _actor_faults(actor, records)
    for mention in records.mentions:
        yield from _mention_faults(mention, records)
    for time in records.times:
        yield from _span_faults(time, records)
        yield from _among(time.date_precision, Precision, "date_precision")
        yield from _among(time.date_basis, Basis, "date_basis")
    for role in records.roles:
        yield from _span_faults(role, records)
        yield from _reference_faults(role.actor, len(records.actors), "role", "actor")
        yield from _reference_faults(role.affiliation, len(records.actors), "role", "actor")
    for event in records.event_mentions:
        yield from _event_faults(event, records)


def _sentence_faults(records: ArticleRecords) -> Iterator[str]:
    end = 0
    for number, sentence in enumerate(records.sentences):
        if sentence.sentence_no != number or not end <= sentence.start_char <= sentence.end_char:
            yield f"sentence {number} is out of order"
        end = sentence.end_char
    if end > len(records.article.text):
        yield "a sentence ends after the text"


def _span_faults(
    record: Mention | Role | TimeExpression | EventMention, records: ArticleRecords
) -> Iterator[str]:
    what, number = type(record).__name__, record.sentence_no
    if not 0 <= number < len(records.sentences):
        yield f"a {what} is in sentence {number}, which does not exist"
        return
    sentence, start, end = records.sentences[number], record.start_char, record.end_char
    if not sentence.start_char <= start < end <= sentence.end_char:
        yield f"the {what} at {start}-{end} is not in sentence {number}"


def _words_faults(text: str, start: int, end: int, records: ArticleRecords) -> Iterator[str]:
    if records.article.text[start:end] != text:
        yield f"at {start}-{end} the text says {records.article.text[start:end]!r}, not {text!r}"


def _reference_faults(ordinal: int | None, count: int, what: str, whom: str) -> Iterator[str]:
    if ordinal is not None and not 0 <= ordinal < count:
        yield f"{what} refers to {whom} {ordinal}, there are {count}"


def _among(value: str | None, allowed: object, what: str) -> Iterator[str]:
    if value not in get_args(allowed):
        yield f"{value!r} is no {what}"


def _actor_faults(actor: LocalActor, records: ArticleRecords) -> Iterator[str]:
    yield from _among(actor.kind, ActorKind, "actor kind")
    yield from _reference_faults(actor.affiliation, len(records.actors), "actor", "actor")
    if not actor.key or not actor.name:
        yield f"actor {actor.ordinal} has no key or name"


def _mention_faults(mention: Mention, records: ArticleRecords) -> Iterator[str]:
    yield from _span_faults(mention, records)
    yield from _words_faults(mention.text, mention.start_char, mention.end_char, records)
    yield from _reference_faults(mention.actor, len(records.actors), "mention", "actor")
    yield from _among(mention.form, Form, "mention form")


def _event_faults(event: EventMention, records: ArticleRecords) -> Iterator[str]:
    yield from _span_faults(event, records)
    yield from _words_faults(event.trigger, event.start_char, event.end_char, records)
    yield from _among(event.status, Status, "event status")
    yield from _among(event.date.date_basis, Basis, "date_basis")
    yield from _reference_faults(event.date.time, len(records.times), "event", "time")
    if event.event_type not in EVENT_TYPES:
        yield f"{event.event_type!r} is no event type"
    elif event.mode is not None and event.mode not in EVENT_TYPES[event.event_type].modes:
        yield f"{event.mode!r} is no mode of {event.event_type}"
    if event.date.date_start and event.date.date_end and event.date.date_end < event.date.date_start:
        yield f"the date {event.date.date_start} to {event.date.date_end} ends before it starts"
    if event.date.date_precision is not None:
        yield from _among(event.date.date_precision, Precision, "date_precision")
    yield from _place_faults(event, records)
    yield from _participant_faults(event, records)


def _place_faults(event: EventMention, records: ArticleRecords) -> Iterator[str]:
    if event.place is None:
        return
    if not 0 <= event.place.start_char < event.place.end_char <= len(records.article.text):
        yield f"the place {event.place.start_char}-{event.place.end_char} is not in the text"
    if event.place.place is not None:
        yield from _among(event.place.place.precision, PlacePrecision, "place precision")


def _participant_faults(event: EventMention, records: ArticleRecords) -> Iterator[str]:
    seen = {(participant.role, participant.ordinal) for participant in event.participants}
    if len(seen) != len(event.participants):
        yield "two participants share role and ordinal"
    for participant in event.participants:
        yield from _among(participant.role, ParticipantRole, "participant role")
        yield from _reference_faults(participant.mention, len(records.mentions), "participant", "mention")
