"""Sentences and articles as marked text. Article text reaches the browser as data and is set as text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from charts.text import day, signed
from views import switches
from views.marks import Piece, pieces

HERE = Path(__file__).parent
_component = st.components.v2.component(
    "dramatis_sentences",
    html="<div class='sentences'></div>",
    css=(HERE / "sentences.css").read_text(encoding="utf-8"),
    js=(HERE / "sentences.js").read_text(encoding="utf-8"),
)
LEGEND = (
    ("source", "who acts"),
    ("act", "what is done"),
    ("target", "to whom"),
    ("claimant", "who says so"),
    ("date", "when"),
    ("place", "where"),
)


def evidence_list(rows: list[dict[str, Any]], key: str) -> dict[str, Any] | None:
    """Rows of `evidence`, one sentence each; returns {"article", "sentence"} or {"wrong"} on a click."""
    return _show({"rows": [_row(row) for row in rows]}, key)


def passages(rows: list[dict[str, Any]], key: str) -> dict[str, Any] | None:
    """Sentences that stand for something else than an act: of a name or a role, with one stretch marked.

    A row has `who` and `when` (the words above it), sentence, start_char and end_char (null: nothing marked),
    publisher, published, title, article_key, sentence_no. Returns {"article", "sentence"} when one is opened.
    """
    return _show({"rows": [_passage(row) for row in rows]}, key)


def _passage(row: dict[str, Any]) -> dict[str, Any]:
    start, end = row["start_char"], row["end_char"]
    spans = (
        [] if start is None or end is None else [{"kind": "source", "start": start, "end": end, "label": ""}]
    )
    head = [["who", row["who"]], ["when", row["when"]]]
    return _entry(row, [one for one in head if one[1]], pieces(row["sentence"], spans))


def reader(sentences: list[dict[str, Any]], key: str) -> dict[str, Any] | None:
    """An article as sentences of pieces; returns {"event": key} when an act is clicked."""
    return _show({"sentences": sentences}, key)


def article_sentences(text: str, marks: list[dict[str, Any]], focus: int | None) -> list[dict[str, Any]]:
    """Cut an article into its sentences and what stands between them; `focus` is a sentence_no to show."""
    spans = [_span(mark) for mark in marks if mark["kind"] != "sentence"]
    parts = []
    end = 0
    for sentence in sorted((m for m in marks if m["kind"] == "sentence"), key=lambda m: m["start_char"]):
        parts.append(_part(text, spans, end, sentence["start_char"], False))
        end = max(end, sentence["end_char"])
        parts.append(_part(text, spans, sentence["start_char"], end, sentence["sentence_no"] == focus))
    parts.append(_part(text, spans, end, len(text), False))
    return [part for part in parts if part["pieces"]]


def _span(mark: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": mark["kind"],
        "start": mark["start_char"],
        "end": mark["end_char"],
        "label": mark["label"],
        "event": mark["event_key"],
    }


def _part(text: str, spans: list[dict[str, Any]], start: int, end: int, focus: bool) -> dict[str, Any]:
    inside = [
        {**s, "start": s["start"] - start, "end": s["end"] - start}
        for s in spans
        if start <= s["start"] < end
    ]
    cut: list[Piece] = pieces(text[start:end], inside)
    return {"pieces": [piece for piece in cut if piece["text"]], "focus": focus}


def _row(row: dict[str, Any]) -> dict[str, Any]:
    head = [["who", _who(row)], ["type", _what(row)], *_status(row), ["when", _when(row)]]
    return _entry(row, head, pieces(row["sentence"], row["spans"]))


def _entry(row: dict[str, Any], head: list[list[str]], cut: list[Piece]) -> dict[str, Any]:
    foot = [row["publisher"] or "no publisher", day(row["published"]), row["title"]]
    return {
        "head": head,
        "pieces": cut,
        "foot": " · ".join(filter(None, foot)),
        "article": row["article_key"],
        "sentence": row["sentence_no"],
        "open": "Open article",
        "wrong": _wrong(row),
    }


def _wrong(row: dict[str, Any]) -> dict[str, str] | None:
    """What is corrected where a row is wrong: its mention, else its event; None where nothing can be."""
    if not switches.is_on(switches.CORRECTIONS):
        return None
    if row.get("mention_key"):
        return {"what": "mention", "key": row["mention_key"], "words": row.get("text", "")}
    return {"what": "event", "key": row["event_key"], "words": ""} if row.get("event_key") else None


def _who(row: dict[str, Any]) -> str:
    sources, targets = " and ".join(row["sources"]), " and ".join(row["targets"])
    said = f" (says {' and '.join(row['claimants'])})" if row["claimants"] else ""
    return (f"{sources} → {targets}" if targets else sources) + said


def _what(row: dict[str, Any]) -> str:
    mode = f", {row['mode'].replace('_', ' ')}" if row["mode"] else ""
    return f"{row['event_type'].capitalize()}{mode} {signed(row['score'])}"


def _status(row: dict[str, Any]) -> list[list[str]]:
    """Said only where it is not the plain case."""
    word = {"happened": "", "hypothetical": "possible", "negated": "denied"}.get(row["status"], row["status"])
    return [["status", word]] if word else []


def _when(row: dict[str, Any]) -> str:
    start, end = row["date_start"], row["date_end"]
    if start is None and end is None:
        return "no date"
    if start == end:
        return day(start)
    return f"{day(start)} to {day(end)}" if end else f"since {day(start)}"


def _show(data: dict[str, Any], key: str) -> dict[str, Any] | None:
    result = _component(key=key, data=data, on_picked_change=lambda: None)
    return getattr(result, "picked", None)
