"""Name corpora to sentences: what each corpus allows as the label of each token.

The corpora disagree on what a name is, so a token carries the *set* of labels that its corpus leaves
possible: "MISC" is a nationality, an event or a product; a corpus without nationalities cannot forbid one.
The loss asks only that the label be in the set, and the corpora that do say settle the rest.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from training.corpora import Sentence, Span, held_back, records, tokens_of
from training.ends import plain_sentences

if TYPE_CHECKING:
    from spacy.tokens import Doc

LABELS = ("PER", "ORG", "LOC", "NORP", "EVENT", "PROD")
BIO = ("O", *(f"{part}-{label}" for label in LABELS for part in "BI"))
OUTSIDE = frozenset({"O"})

# What a corpus' own label leaves possible; a label that is not here is left open wherever it stands.
MEANING: dict[str, tuple[str, ...]] = {
    "PER": ("PER",), "per": ("PER",), "person": ("PER",), "politician": ("PER",),
    "ORG": ("ORG",), "org": ("ORG",), "organisation": ("ORG",), "politicalparty": ("ORG",),
    "LOC": ("LOC",), "geo": ("LOC",), "location": ("LOC",), "country": ("LOC",),
    "NORP": ("NORP",), "gpe": ("NORP", "LOC"),
    "EVENT": ("EVENT",), "eve": ("EVENT",), "event": ("EVENT",), "election": ("EVENT",),
    "PROD": ("PROD",), "art": ("PROD",), "PRO": ("PROD",),
    "MISC": ("NORP", "EVENT", "PROD"), "misc": ("NORP", "EVENT", "PROD"),
}  # fmt: skip
NO_NAME = {"tim", "FIN"}

UNLABELLED = {
    "uner": ("NORP", "EVENT", "PROD"),
    "meantime": ("NORP", "EVENT"),
    "gmb": ("PROD", "EVENT"),
    "crossner": ("NORP",),
}
"""Kinds of name that a source leaves out or labels by chance: capitalised words outside its names may be one
of these.
"""

_SMALL = "of the and for de la le del da di von van der den bin ibn al el in on at to a"
SMALL_WORDS = frozenset(_SMALL.split())
_TITLES = """
    president vice prime minister foreign defense defence deputy secretary secretary-general general
    senator sen. rep. gov. governor mr. mr mrs. mrs ms. ms dr. dr prof. gen. lt. col. colonel maj.
    major capt. captain adm. admiral king queen prince princess pope chancellor ambassador judge
    justice former premier sheikh ayatollah imam chief leader
"""
TITLES = frozenset(_TITLES.split())


def dispatch(held: bool = False) -> Iterator[Sentence]:
    """The dated news items, cut into sentences; `held` gives the part that is never trained on."""
    for record in records("dispatch/dispatch_names.jsonl"):
        if held_back(record["id"]) == held:
            yield from _from_spans("dispatch", record)


def every_source() -> Iterator[Sentence]:
    """One pass over the training names, the clean in-domain corpus three times."""
    yield from list(dispatch()) * 3
    for source, files in {
        "wikigold": ["wikigold"],
        "uner": ["uner_ewt-dev"],
        "crossner": ["crossner_politics-train", "crossner_politics-dev"],
    }.items():
        for file in files:
            yield from (_from_tags(source, record) for record in records(f"B_ner/{file}.jsonl"))
    for record in records("B_ner/meantime_ner.jsonl"):
        yield from _from_spans("meantime", record)
    yield from _gmb(4_000)


def _gmb(how_many: int) -> Iterator[Sentence]:
    held = {r["id"] for r in records("dispatch/dispatch_names.jsonl") if held_back(r["id"])}
    taken = random.Random(1).sample([r for r in records("B_ner/gmb.jsonl") if r["id"] not in held], how_many)
    yield from (_from_tags("gmb", record) for record in taken)


def plain_text(tokens: list[str]) -> tuple[str, list[Span]]:
    """Treebank-style tokens as running text, with each token's characters."""
    text, places = "", []
    quote_open = False
    for number, token in enumerate(tokens):
        token = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}.get(token, token)
        glued = (
            not text or token in ".,;:?!)]}%" or (token.startswith("'") and len(token) > 1) or token == "n't"
        )
        if token == '"':
            glued, quote_open = glued or quote_open, not quote_open
        elif (number and tokens[number - 1] in "([{$") or (text.endswith('"') and quote_open):
            glued = True
        text += token if glued else " " + token
        places.append((len(text) - len(token), len(text)))
    return text, places


def _from_tags(source: str, record: dict) -> Sentence:
    text, places = plain_text(record["tokens"])
    spans = []
    for start, end, label in tag_spans(record["tags"]):
        while label == "per" and end - start > 1 and record["tokens"][start].lower() in TITLES:
            start += 1  # GMB alone keeps titles inside the name
        spans.append((places[start][0], places[end - 1][1], label))
    doc = tokens_of(text)
    return _sentence(source, record["id"], doc, (0, len(doc)), spans)


def tag_spans(tags: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """(start, end, label) of BIO tags; an I without its B opens a span."""
    start, label = 0, ""
    for number, tag in enumerate([*tags, "O"]):
        if label and tag != f"I-{label}":
            yield start, number, label
            label = ""
        if tag != "O" and not label:
            start, label = number, tag[2:]


def _from_spans(source: str, record: dict) -> Iterator[Sentence]:
    until = record.get("annotated_until", len(record["text"]))
    doc = tokens_of(record["text"][:until])
    spans = [_without_article(s["text"], s["start"], s["end"], s["label"]) for s in record["spans"]]
    for number, span in enumerate(plain_sentences(doc)):
        yield _sentence(source, f"{record['id']}#{number}", doc, span, _longest(spans))


def _without_article(text: str, start: int, end: int, label: str) -> tuple[int, int, str]:
    for article in ("the ", "The "):
        if text.startswith(article) and label != "PROD":
            start, text = start + len(article), text[len(article) :]
    # MEANTIME marks whole noun phrases; one with common nouns in it does not say where the name is.
    common = any(word.islower() and word not in SMALL_WORDS for word in text.split())
    return start, end, "anything" if common else label


def _longest(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    for span in sorted(spans, key=lambda s: s[0] - s[1]):
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
            kept.append(span)
    return kept


def _sentence(source: str, key: str, doc: Doc, within: Span, spans: list[tuple[int, int, str]]) -> Sentence:
    tokens = [token for token in doc[within[0] : within[1]] if not token.is_space]
    allowed = [_outside(source, token.text) for token in tokens]
    for start, end, label in spans:
        inside = [n for n, token in enumerate(tokens) if token.idx < end and start < token.idx + len(token)]
        for number in inside:
            allowed[number] = _inside(label, "B" if number == inside[0] else "I")
    return Sentence(source, key, [token.text for token in tokens], names=allowed)


def _outside(source: str, word: str) -> frozenset[str]:
    if not word[:1].isupper() or len(word) == 1 or source not in UNLABELLED:
        return OUTSIDE
    return OUTSIDE | {f"{part}-{label}" for label in UNLABELLED[source] for part in "BI"}


def _inside(label: str, part: str) -> frozenset[str]:
    if label in NO_NAME:
        return OUTSIDE
    if label not in MEANING:
        return frozenset(BIO)
    return frozenset(f"{part}-{meaning}" for meaning in MEANING[label])
