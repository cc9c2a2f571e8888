"""Text cut into pieces that are marked or not: what the browser shows as text, never as markup.

Offsets are Python string offsets. They are resolved here, because a browser counts UTF-16 units.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, TypedDict

# Where spans overlap, the first of these gives the colour.
KINDS = ("act", "source", "target", "claimant", "date", "place", "actor", "told")


class Piece(TypedDict):
    """`kind` is '' for plain text; `label` explains the mark; `event` is the key of an act's event."""

    text: str
    kind: str
    label: str
    event: str


def pieces(text: str, spans: Sequence[Mapping[str, Any]]) -> list[Piece]:
    """Cut `text` at the ends of `spans` (kind, start, end, label, optional event), which may overlap."""
    inside = [
        span for span in spans if 0 <= span["start"] < span["end"] <= len(text) and span["kind"] in KINDS
    ]
    cuts = sorted({0, len(text), *(s["start"] for s in inside), *(s["end"] for s in inside)})
    return [_piece(text, inside, start, end) for start, end in pairwise(cuts)]


def _piece(text: str, spans: Sequence[Mapping[str, Any]], start: int, end: int) -> Piece:
    covering = [span for span in spans if span["start"] <= start and span["end"] >= end]
    covering.sort(key=lambda span: (KINDS.index(span["kind"]), span["end"] - span["start"]))
    labels = dict.fromkeys(f"{s['kind']}: {s['label']}" for s in covering if s.get("label"))
    first = covering[0] if covering else {}
    return {
        "text": text[start:end],
        "kind": first.get("kind", ""),
        "label": "; ".join(labels),
        "event": next((s["event"] for s in covering if s.get("event")), ""),
    }
