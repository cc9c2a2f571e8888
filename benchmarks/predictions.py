"""Records of extraction in the formats of the gold kits' scorers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from etl.records import ArticleRecords, EventMention, Mention

Record = dict[str, Any]


def _span(mention: Mention) -> Record:
    return {"start": mention.start_char, "end": mention.end_char, "text": mention.text}


def _named(mention: Mention, found: ArticleRecords) -> Mention:
    """A pronoun's nearest earlier name, as the annotation has it; other mentions as they are."""
    if mention.form != "pronoun" or mention.actor is None:
        return mention
    same = [m for m in found.mentions if m.actor == mention.actor and m.form != "pronoun"]
    before = [m for m in same if m.start_char < mention.start_char]
    return max(before, key=lambda m: (m.form == "name", m.start_char), default=same[0] if same else mention)


def _roles(event: EventMention, found: ArticleRecords, render: Callable[[Mention], Record]) -> Record:
    roles: Record = {"source": [], "target": [], "claimant": []}
    for participant in event.participants:
        roles[participant.role].append(render(found.mentions[participant.mention]))
    return roles


def _event(event: EventMention, roles: Record) -> Record:
    day = event.date
    return {
        "type": event.event_type, "status": event.status, **roles,
        "start": event.start_char, "end": event.end_char,
        "date_from": day.date_start.isoformat() if day.date_start else None,
        "date_to": day.date_end.isoformat() if day.date_end else None,
        "confidence": event.confidence, "rule": event.rule, "mode": event.mode,
    }  # fmt: skip


def dispatch_prediction(record: Record, found: ArticleRecords) -> Record:
    """A record of dispatch.jsonl or sentences.jsonl as `score.py dispatch` wants it."""
    events = [_event(e, _roles(e, found, lambda m: _span(_named(m, found)))) for e in found.event_mentions]
    return {"id": record["id"], "events": events}


def story_prediction(record: Record, found: ArticleRecords) -> Record:
    """A record of stories.jsonl as `score.py stories` wants it."""

    def render(mention: Mention) -> Record:
        actor = found.actors[mention.actor] if mention.actor is not None else None
        return _span(mention) | {"actor": mention.actor, "affiliation": actor.affiliation if actor else None}

    mentions = [
        _span(m) | {"actor": m.actor if m.actor is not None else f"open {m.ordinal}"} for m in found.mentions
    ]
    events = [_event(e, _roles(e, found, render)) for e in found.event_mentions]
    return {"id": record["id"], "events": events, "mentions": mentions}


def kit_prediction(record: Record, found: ArticleRecords) -> Record:
    """A record of the kits in A_events as `score.py events` wants it, the surest event first."""

    def render(mention: Mention) -> Record:
        actor = found.actors[mention.actor] if mention.actor is not None else None
        return _span(_named(mention, found)) | {"code": actor.country if actor else None}

    ranked = sorted(found.event_mentions, key=lambda e: -e.confidence)
    return {"id": record["id"], "events": [_event(e, _roles(e, found, render)) for e in ranked]}


def seed_prediction(found: ArticleRecords) -> Record:
    """The hand-annotated article as `score.py seed` wants it."""

    def name(mention: Mention) -> str:
        return found.actors[mention.actor].name if mention.actor is not None else mention.text

    actors = [
        {
            "name": a.name,
            "mentions": [[m.start_char, m.end_char] for m in found.mentions if m.actor == a.ordinal],
        }
        for a in found.actors
    ]
    events = [
        _event(e, {}) | {k: [*map(str, v)] for k, v in _names(e, found, name).items()}
        for e in found.event_mentions
    ]
    return {"events": events, "actors": actors}


def _names(
    event: EventMention, found: ArticleRecords, name: Callable[[Mention], str]
) -> dict[str, list[str]]:
    roles: dict[str, list[str]] = {"source": [], "target": []}
    for participant in event.participants:
        if participant.role in roles:
            roles[participant.role].append(name(found.mentions[participant.mention]))
    return roles
