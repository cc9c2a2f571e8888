"""Event corpora to sentences: triggers with their type and status, and who plays which role.

Beside the annotated corpora stand our own annotations of news items on which an earlier encoder hesitated
(`training/annotations/acts.jsonl`): ids, types and character offsets; the texts are those of the corpora.
Roles that stand in another sentence than their trigger are left out: the encoder reads one sentence at a
time.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from etl.language.acts import EVENT_TYPES, ROLES, STATUSES
from training.corpora import Sentence, Span, TaughtAct, held_back, records, tokens_of
from training.ends import plain_sentences
from training.names import plain_text

if TYPE_CHECKING:
    from spacy.tokens import Doc

FILES = ("dispatch", "sentences", "stories")
OWN = Path(__file__).parent / "annotations" / "acts.jsonl"
OWN_HELD = OWN.with_name("held.jsonl")
"""Items taken at random and never trained on, nor are thresholds fitted on them."""

KEYS = {"source": "source", "target": "target", "claimant": "claimant", "time": "when", "place": "place"}

__all__ = ["EVENT_TYPES", "ROLES", "STATUSES", "every_source", "records_of"]


def records_of(file: str, held: bool) -> Iterator[dict]:
    """The items of one file that are trained on, or those held back for development."""
    return (record for record in records(f"dispatch/{file}.jsonl") if held_back(record["id"]) == held)


def every_source(held: bool = False) -> Iterator[Sentence]:
    """All sentences of the annotated items, also those in which nothing happens."""
    for file in FILES:
        for record in records_of(file, held):
            yield from sentences(file, record)
    if not held:
        for record in own_records():
            yield from sentences("own", record)


def own_records(annotations: Path = OWN) -> Iterator[dict]:
    """Our own annotations with the texts that they are about, in the form of the corpora's items, in the
    order in which they were made.
    """
    own = {given["id"]: given["events"] for line in annotations.open() if (given := json.loads(line))}
    about = {record["id"]: record for record in _news(own)}
    for key, events in own.items():
        if key in about:
            text = about[key]["text"]
            yield about[key] | {"events": [_with_words(event, text) for event in events]}


def _news(wanted: Container[str]) -> Iterator[dict]:
    """The news items with these ids."""
    for record in records("G_news/wiki_current_events.jsonl"):
        if record["id"] in wanted:
            yield {"id": record["id"], "published": record["date"], "text": record["text"]}
    for record in records("B_ner/gmb.jsonl"):
        if record["id"] in wanted:
            yield {"id": record["id"], "text": plain_text(record["tokens"])[0]}


def _with_words(event: dict, text: str) -> dict:
    """An annotation whose spans also carry their words, as the corpora's do."""
    word = lambda span: span | {"text": text[span["start"] : span["end"]]}  # noqa: E731
    return {
        key: [word(span) for span in value] if isinstance(value, list) else word(value)
        if isinstance(value, dict) else value
        for key, value in event.items()
    }  # fmt: skip


def sentences(source: str, record: dict) -> Iterator[Sentence]:
    """One record's sentences with the acts whose trigger they hold."""
    doc = tokens_of(record["text"])
    for number, span in enumerate(_bounds(doc, record)):
        tokens = [n for n in range(*span) if not doc[n].is_space]
        acts = [act for event in record["events"] if (act := _act(doc, tokens, event))]
        yield Sentence(source, f"{record['id']}#{number}", [doc[n].text for n in tokens], acts=acts)


def _bounds(doc: Doc, record: dict) -> Iterator[Span]:
    if "sentences" not in record:
        yield from plain_sentences(doc)
        return
    for start, end in record["sentences"]:
        inside = [token.i for token in doc if start <= token.idx < end]
        if inside:
            yield inside[0], inside[-1] + 1


def _act(doc: Doc, tokens: list[int], event: dict) -> TaughtAct | None:
    trigger = _span(doc, tokens, event["trigger"])
    if trigger is None:
        return None
    roles = {}
    for role, key in KEYS.items():
        given = event.get(key) or []
        spans = [_span(doc, tokens, span) for span in (given if isinstance(given, list) else [given])]
        roles[role] = [span for span in spans if span]
    return TaughtAct(trigger, event["type"], event["status"], roles)


def _span(doc: Doc, tokens: list[int], span: dict) -> Span | None:
    inside = [
        n
        for n, i in enumerate(tokens)
        if doc[i].idx < span["end"] and span["start"] < doc[i].idx + len(doc[i])
    ]
    return (inside[0], inside[-1] + 1) if inside else None
