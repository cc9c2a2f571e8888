"""What extraction hands on: frozen records that carry their evidence.

Every span is a pair of Python string offsets into `Article.text`, end exclusive. `ordinal` numbers the
records of one kind inside one article, from 0; other records of the same article refer to it. Nothing here
is valid across articles but `key` columns.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Form = Literal["name", "abbreviation", "title", "demonym", "metonym", "epithet", "nominal", "pronoun"]
ActorKind = Literal["person", "country", "organisation", "group", "office"]
Status = Literal["happened", "ongoing", "planned", "hypothetical", "negated"]
Precision = Literal["day", "week", "month", "quarter", "season", "year", "decade", "vague"]
Basis = Literal["explicit", "relative", "publication", "none"]
ParticipantRole = Literal["source", "target", "claimant"]
PlacePrecision = Literal["country", "region", "city"]


@dataclass(frozen=True, slots=True)
class Article:
    """One input record; `key` is for ever, `content_hash` changes with text, date, title or publisher."""

    key: str
    external_id: str | None
    path: str
    line: int | None
    title: str | None
    publisher: str | None
    url: str | None
    published: date
    text: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class Sentence:
    sentence_no: int
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names or stands for an actor.

    `start_char`/`end_char` is the name without titles or articles (for nominals the short noun phrase),
    `head_char` the offset of its syntactic head word, by which participants find their mention. `actor` is
    the ordinal of a `LocalActor`, None where it stays open; `rule` says which rule decided either way.
    `ent_type` is the pipeline's label (PER ORG LOC NORP) or '' for what the gazetteer or a rule found.
    """

    ordinal: int
    sentence_no: int
    start_char: int
    end_char: int
    head_char: int
    text: str
    form: Form
    ent_type: str
    actor: int | None
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class LocalActor:
    """An actor as far as one article knows it. `affiliation` is the ordinal of another LocalActor."""

    ordinal: int
    key: str
    name: str
    kind: ActorKind
    country: str | None
    sector: str | None
    affiliation: int | None


@dataclass(frozen=True, slots=True)
class Role:
    """An office that the text gives an actor ("Russian President Vladimir Putin"), with its evidence."""

    actor: int
    role: str
    affiliation: int | None
    sentence_no: int
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """`date_end` is inclusive; None marks an open or unknown end. Basis is explicit or relative here."""

    ordinal: int
    sentence_no: int
    start_char: int
    end_char: int
    text: str
    date_start: date | None
    date_end: date | None
    date_precision: Precision
    date_basis: Basis


@dataclass(frozen=True, slots=True)
class EventDate:
    """When an act took or takes place; `time` is the ordinal of the TimeExpression that says so, if any."""

    date_start: date | None = None
    date_end: date | None = None
    date_precision: Precision | None = None
    date_basis: Basis = "none"
    date_text: str | None = None
    time: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A resolved place; `key` is `place:<geonames id>` or `country:<alpha-3>`."""

    key: str
    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    precision: PlacePrecision


@dataclass(frozen=True, slots=True)
class EventPlace:
    """Where the text says that an act takes place, and the words that say it."""

    place: Place | None
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class Participant:
    """`mention` is the ordinal of a Mention; `cue` is the reporting word of a claimant, else None."""

    role: ParticipantRole
    ordinal: int
    mention: int
    cue: str | None = None


@dataclass(frozen=True, slots=True)
class EventMention:
    """One sentence's report of an act; `start_char`/`end_char` is the trigger."""

    ordinal: int
    sentence_no: int
    start_char: int
    end_char: int
    trigger: str
    event_type: str
    mode: str | None
    context: tuple[str, ...]
    status: Status
    reciprocal: bool
    date: EventDate
    place: EventPlace | None
    participants: tuple[Participant, ...]
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class ArticleRecords:
    """Everything that extraction found in one article."""

    article: Article
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    actors: tuple[LocalActor, ...] = ()
    roles: tuple[Role, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    event_mentions: tuple[EventMention, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Reject:
    """An input record or file that could not be read or extracted, and why."""

    path: str
    line: int | None
    reason: str
    detail: str
