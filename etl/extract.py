"""One article in, its records out: sentences, mentions, actors, times and events, each with its evidence.

Pure: the same text, date and pipeline give the same records, whatever else is extracted beside it. A long
text comes from `etl.annotate` in pieces; sentence numbers and ordinals count on through the whole article.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from etl.actors.cast import cast
from etl.actors.mentions import actor_noun, find_mentions, nominal_mention
from etl.annotate import annotate
from etl.dates import event_date, find_times
from etl.events import CodedAct, code
from etl.header import body_start
from etl.language.acts import ActRole
from etl.participants import mutual
from etl.places import find_place
from etl.plover import EVENT_TYPES
from etl.records import (
    Article,
    ArticleRecords,
    EventMention,
    EventPlace,
    Mention,
    Participant,
    ParticipantRole,
    Sentence,
    TimeExpression,
)
from etl.standins import Actors

VERSION = "3"
"""Goes up whenever the same text may give other records: articles are then extracted again."""

LONGEST_MENTION = 500
"""Characters; no mention that covers a place begins further before it."""

Key = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Piece:
    """A parsed part of an article; `offset` is where its first character stands in the article's text."""

    doc: Doc
    offset: int
    sentences: tuple[Sentence, ...]
    times: tuple[TimeExpression, ...]
    mentions: tuple[Mention, ...]
    acts: tuple[CodedAct, ...]


def extract(nlp: Language, article: Article) -> ArticleRecords:
    """All records of `article`, as the pipeline `nlp` (from `etl.annotate.load_pipeline`) reads it."""
    pieces = list(_pieces(nlp, article))
    mentions = _in_order(mention for piece in pieces for mention in piece.mentions)
    docs = [(piece.doc, piece.offset) for piece in pieces]
    resolved, actors, roles = cast(mentions, docs, article.key)
    by_key: dict[Key, list[Mention]] = {}
    for mention in resolved:
        by_key.setdefault(_key(mention), []).append(mention)
    events = [event for piece in pieces for event in _events(piece, article, by_key, resolved)]
    return ArticleRecords(
        article=article,
        sentences=tuple(sentence for piece in pieces for sentence in piece.sentences),
        mentions=tuple(resolved),
        actors=tuple(actors),
        roles=tuple(roles),
        times=tuple(time for piece in pieces for time in piece.times),
        event_mentions=tuple(replace(event, ordinal=number) for number, event in enumerate(events)),
    )


def _pieces(nlp: Language, article: Article) -> Iterator[Piece]:
    start = body_start(article.text)
    n_sentences = n_times = 0
    for offset, doc in annotate(nlp, article.text[start:]):
        piece = _read(doc, offset + start, article, n_sentences, n_times)
        n_sentences += len(piece.sentences)
        n_times += len(piece.times)
        yield piece


def _read(doc: Doc, offset: int, article: Article, first_sentence: int, first_time: int) -> Piece:
    sentences = tuple(_sentences(doc, offset, first_sentence))
    mentions = find_mentions(doc, offset, first_sentence)
    times = find_times(doc, offset, article.published, first_sentence)

    def make(doc: Doc, token: Token) -> Mention:
        return nominal_mention(doc, token, offset, _sentence_no(sentences, offset + token.idx), -1)

    people = Actors(doc, offset, mentions, actor_noun, make)
    acts = tuple(code(people))
    taking_part = [mention for act in acts for mention in _taking_part(act)]
    return Piece(
        doc=doc,
        offset=offset,
        sentences=sentences,
        times=tuple(replace(time, ordinal=first_time + number) for number, time in enumerate(times)),
        mentions=(*mentions, *(mention for mention in taking_part if mention.ordinal < 0)),
        acts=acts,
    )


def _taking_part(act: CodedAct) -> list[Mention]:
    return [*act.source, *act.target, *(mention for mention, _ in act.claimants)]


def _sentences(doc: Doc, offset: int, first: int) -> Iterator[Sentence]:
    """Sentences without the blanks around them; none is left out, for mentions and times count them too."""
    for number, span in enumerate(doc.sents):
        text = span.text
        start = span.start_char + len(text) - len(text.lstrip())
        end = max(start, span.start_char + len(text.rstrip()))
        yield Sentence(first + number, offset + start, offset + end)


def _sentence_no(sentences: Sequence[Sentence], position: int) -> int:
    starts = [sentence.start_char for sentence in sentences]
    return sentences[max(0, bisect_right(starts, position) - 1)].sentence_no


def _key(mention: Mention) -> Key:
    return mention.start_char, mention.end_char, mention.form


def _in_order(mentions: Iterable[Mention]) -> list[Mention]:
    unique: dict[Key, Mention] = {}
    for mention in mentions:
        unique.setdefault(_key(mention), mention)
    ordered = sorted(
        unique.values(), key=lambda mention: (mention.start_char, -mention.end_char, mention.form)
    )
    return [replace(mention, ordinal=number) for number, mention in enumerate(ordered)]


def _events(
    piece: Piece, article: Article, by_key: Mapping[Key, Sequence[Mention]], mentions: Sequence[Mention]
) -> Iterator[EventMention]:
    for act in piece.acts:
        participants = tuple(_participants(act, by_key))
        if any(participant.role != "claimant" for participant in participants):
            yield _event(act, piece, article, participants, mentions)


def _participants(act: CodedAct, by_key: Mapping[Key, Sequence[Mention]]) -> Iterator[Participant]:
    claimants = [mention for mention, _ in act.claimants]
    cues = {_key(mention): cue for mention, cue in act.claimants}
    sides: tuple[tuple[ParticipantRole, Sequence[Mention]], ...] = (
        ("source", act.source), ("target", act.target), ("claimant", claimants),
    )  # fmt: skip
    taken: set[int] = set()
    for role, some in sides:
        known = [one for mention in some for one in by_key[_key(mention)]]
        kept = _distinct([mention for mention in known if not _open_pronoun(mention)])
        if role == "target":
            # Nobody acts upon himself in this ontology: such a target is a wrong link more often than not.
            kept = [mention for mention in kept if mention.actor is None or mention.actor not in taken]
        taken.update(mention.actor for mention in kept if mention.actor is not None and role == "source")
        for number, mention in enumerate(kept):
            yield Participant(
                role, number, mention.ordinal, cues[_key(mention)] if role == "claimant" else None
            )


def _open_pronoun(mention: Mention) -> bool:
    return mention.form == "pronoun" and mention.actor is None


def _distinct(mentions: Iterable[Mention]) -> list[Mention]:
    """One mention per actor; those that stay open count one by one."""
    unique: dict[int, Mention] = {}
    for mention in mentions:
        unique.setdefault(-1 - mention.ordinal if mention.actor is None else mention.actor, mention)
    return list(unique.values())


def _event(
    act: CodedAct,
    piece: Piece,
    article: Article,
    participants: tuple[Participant, ...],
    mentions: Sequence[Mention],
) -> EventMention:
    trigger, learned = act.trigger, act.trigger.act
    doc, offset = piece.doc, piece.offset
    start, end = _characters(piece, trigger.start, trigger.end)
    return EventMention(
        ordinal=-1,
        sentence_no=_sentence_no(piece.sentences, start),
        start_char=start,
        end_char=end,
        trigger=article.text[start:end],
        event_type=act.event_type,
        mode=act.mode,
        context=act.context,
        status=act.status,
        reciprocal=_reciprocal(act, participants),
        date=event_date(
            doc, offset, trigger.token, piece.times, act.status, article.published,
            _proposed(piece, learned.time if learned else None),
        ),
        place=_place(act, piece, participants, mentions),
        participants=participants,
        rule=act.rule,
        confidence=round(act.confidence, 4),
    )  # fmt: skip


def _reciprocal(act: CodedAct, participants: tuple[Participant, ...]) -> bool:
    """Whether the sources did it to each other; of "the two leaders met" that turns out only now."""
    roles = [participant.role for participant in participants]
    sources, targets = roles.count("source"), roles.count("target")
    if len(act.source) == 1:
        return mutual(sources, targets, act.trigger.event_type)
    return act.reciprocal and sources > 1


def _place(
    act: CodedAct, piece: Piece, participants: tuple[Participant, ...], mentions: Sequence[Mention]
) -> EventPlace | None:
    """Where the act takes place. Who is only spoken to or of is no place: "urged Iran", "accused Syria"."""
    learned = act.trigger.act
    proposed = _proposed(piece, learned.place if learned else None)
    place = find_place(piece.doc, piece.offset, act.trigger.token, mentions, proposed)
    if place is None or act.event_type == "CONSULT" or "verbal" not in EVENT_TYPES[act.event_type].quad_class:
        return place
    parties = {participant.mention for participant in participants}
    first = bisect_left(mentions, place.start_char - LONGEST_MENTION, key=lambda mention: mention.start_char)
    last = bisect_left(mentions, place.end_char, key=lambda mention: mention.start_char)
    over = (mention for mention in mentions[first:last] if mention.end_char > place.start_char)
    return None if any(mention.ordinal in parties for mention in over) else place


def _characters(piece: Piece, start: int, end: int) -> tuple[int, int]:
    span = piece.doc[start:end]
    return piece.offset + span.start_char, piece.offset + span.end_char


def _proposed(piece: Piece, role: ActRole | None) -> tuple[int, int] | None:
    return None if role is None else _characters(piece, role.start, role.end)
