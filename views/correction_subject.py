"""Choosing what is to be corrected, and showing what was chosen."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from charts.text import day, plural
from views.answers import Desk
from views.choose_actor import choose_actor
from views.correct import Subject, What, choose
from views.focus import table
from views.sentences import passages
from views.words import STATUS_WORDS, plain

MOST_EVENTS = 200
MOST_MENTIONS = 200


def choose_subject(desk: Desk, what: What) -> Subject | None:
    """The widgets that choose an actor, event or mention; what was chosen in this run."""
    if what == "actor":
        key = choose_actor(desk, "Which actor?", "correct_actor")
        if key is None:
            st.caption("Type a few letters of any name that the articles use, then choose.")
        return Subject("actor", key) if key else None
    return _event(desk) if what == "event" else _mention(desk)


def _event(desk: Desk) -> Subject | None:
    events = desk.ask_filtered("events", row_limit=MOST_EVENTS)
    if events.is_empty():
        st.info("No event passes the filter. Remove a condition in the sidebar to choose one.")
        return None
    st.caption("The newest events of the filter; narrow it in the sidebar. Choose a row.")
    row = table(
        events.select(
            pl.coalesce("date_start", "date_end", "first_reported").alias("day"),
            pl.col("sources").list.join(", "),
            pl.col("targets").list.join(", "),
            pl.col("event_type").cast(pl.String).str.to_titlecase(),
        ),
        "correct_events",
        420,
        {
            "day": st.column_config.DateColumn("Date", format="D MMM YYYY", width=84),
            "sources": st.column_config.TextColumn("Who", width=130),
            "targets": st.column_config.TextColumn("To whom", width=120),
            "event_type": st.column_config.TextColumn("Type", width=80),
        },
    )
    return None if row is None else Subject("event", events["event_key"][row])


def _mention(desk: Desk) -> Subject | None:
    actor = choose_actor(desk, "Words that are read as which actor?", "correct_mention")
    if actor is None:
        st.caption("Find the actor to whom some words were wrongly led; then choose the words.")
        return None
    rows = desk.ask("named", actor=actor, row_limit=MOST_MENTIONS)
    if rows.is_empty():
        st.info("No words stand for this actor: it is here only because others belong to it.")
        return None
    row = table(
        rows.select("text", "sentence", "published"),
        "correct_mentions",
        380,
        {
            "text": st.column_config.TextColumn("Words", width=110),
            "sentence": st.column_config.TextColumn("In the sentence", width=300),
            "published": st.column_config.DateColumn("Published", format="D MMM YYYY", width=84),
        },
    )
    return None if row is None else Subject("mention", rows["mention_key"][row], rows["text"][row])


def show_subject(desk: Desk, chosen: Subject) -> bool:
    """Draw what was chosen, with a button to choose again. Whether this snapshot still has it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        heading = st.empty()
        st.button("Choose another", key="correct_again", type="tertiary", on_click=choose, args=(None,))
    found = {"actor": _show_actor, "event": _show_event, "mention": _show_mention}[chosen.what](desk, chosen)
    heading.markdown(f"##### {plain(found or chosen.key)}", width="stretch")
    if not found:
        st.info("This snapshot does not have it any more; choose another.", icon=":material/search_off:")
    return found is not None


def _show_actor(desk: Desk, chosen: Subject) -> str | None:
    rows = desk.ask("actor", actor=chosen.key)
    if rows.is_empty():
        return None
    actor = rows.row(0, named=True)
    counts = f"{plural(actor['n_mentions'], 'mention')} · {plural(actor['n_events'], 'event')}"
    st.caption(plain(f"{actor['kind']} · {counts} · {chosen.key}"))
    st.caption(plain("Also " + ", ".join(actor["aliases"][:8])) if actor["aliases"] else "No other name.")
    return str(actor["actor"])


def _show_event(desk: Desk, chosen: Subject) -> str | None:
    rows = desk.ask("report_keys", event=chosen.key, row_limit=20)
    if rows.is_empty():
        return None
    event = desk.ask("events", event_keys=[chosen.key]).row(0, named=True)
    st.caption(plain(f"{_told(event)} · {plural(len(rows), 'report')} · {chosen.key}"))
    with st.container(height=min(120 * len(rows) + 20, 300), border=False):
        passages([_report(row) for row in rows.iter_rows(named=True)], "correct_reports")
    return _who(event)


def _who(event: dict[str, Any]) -> str:
    sources, targets = ", ".join(event["sources"]) or "nobody named", ", ".join(event["targets"])
    return f"{sources} → {targets}" if targets else sources


def _told(event: dict[str, Any]) -> str:
    when = day(event["date_start"]) if event["date_start"] else "no date"
    return f"{event['event_type'].capitalize()} · {STATUS_WORDS[event['status']].lower()} · {when}"


def _report(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "who": row["trigger"], "when": f"{row['event_type'].capitalize()}, {row['rule']}"}


def _show_mention(desk: Desk, chosen: Subject) -> str | None:
    article = desk.ask("article", article=chosen.key.partition("#")[0])
    if article.is_empty():
        return None
    row = article.row(0, named=True)
    st.caption(plain(f"{row['publisher'] or 'no publisher'}, {day(row['published'])} · {chosen.key}"))
    return f"“{chosen.words}”" if chosen.words else chosen.key
