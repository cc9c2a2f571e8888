"""Timeline: events over time, and single events on lanes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
import streamlit as st

from charts.text import plural
from charts.timeline import PERIODS, best_bin, timeline, window
from views import legend, state
from views.answers import Desk
from views.download import downloads
from views.evidence import beside
from views.filters import Filters
from views.lanes import KINDS, control
from views.plot import plot

Days = tuple[date, date]


def page(desk: Desk, articles: Any) -> None:
    """Draw the page; `articles` is the page that a sentence opens."""
    totals = desk.ask_filtered("totals").row(0, named=True)
    shown = first_window(desk.filters, totals)
    _counts(desk, shown or (totals["first_date"], totals["last_date"]))
    kind = control(desk)
    left, right = st.columns([0.66, 0.34], gap="medium")
    with left:
        point = KINDS[kind](desk, shown)
    if state.pick(point):
        st.rerun()
    with right:
        _panel(desk, articles)


def first_window(filters: Filters, totals: dict[str, Any]) -> Days | None:
    """The days in view at first: the filter's; else all but a few far ones; None for all."""
    if filters.date_from or filters.date_to:
        first, last = filters.date_from or totals["first_date"], filters.date_to or totals["last_date"]
        return first, max(first, last) + timedelta(days=1)
    return window(totals["first_date"], totals["last_date"], totals["dense_from"], totals["dense_to"])


def _counts(desk: Desk, shown: Days) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.markdown("#### Events over time", width="stretch")
        size = st.segmented_control(
            "Bars",
            ["auto", *PERIODS],
            default="auto",
            format_func=str.capitalize,
            key="bin",
            persist_state="session",
            required=True,
            label_visibility="collapsed",
        )
    size = best_bin(*shown) if size in (None, "auto") else str(size)
    with st.container(horizontal=True, vertical_alignment="center"):
        legend.timeline()
        downloads(desk, "timeline", "counts", "timeline", bin=size)
    counts = desk.ask_filtered("timeline", bin=size)
    point = plot(timeline(counts, size, shown), "timeline", f"Events per {size}.")
    st.caption(_hint(size, shown, counts))
    stretch = span(point)
    if stretch:
        state.change(replace(desk.filters, date_from=stretch[0], date_to=stretch[1]))
        st.rerun()


def _hint(size: str, shown: Days, counts: pl.DataFrame) -> str:
    beyond = (pl.col("bin_start") < shown[0]) | (pl.col("bin_start") > shown[1])
    outside = int(counts.filter(beyond)["n_events"].sum())
    far = f" {plural(outside, 'event')} lie outside the picture: zoom out to see them." if outside else ""
    return f"One bar is a {size}. Click a bar, or draw across several, to look closer; Undo goes back.{far}"


def span(point: dict[str, Any] | None) -> Days | None:
    """The days of a clicked bar, or of a stretch drawn across the bars; its ends snap to midnight."""
    if not point:
        return None
    if "brush" not in point:
        return date.fromisoformat(point["from"]), date.fromisoformat(point["to"])
    first, after = sorted(_midnight(end) for end in point["brush"])
    return first, max(first, after - timedelta(days=1))


def _midnight(moment: str) -> date:
    """The day that begins nearest to `moment`, `2023-07-31 21:38:03.6449` as Plotly writes it."""
    return (datetime.fromisoformat(moment[:19]) + timedelta(hours=12)).date()


def _panel(desk: Desk, articles: Any) -> None:
    picked = state.picked()
    if not picked.event:
        _newest(desk)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("#### One event", width="stretch")
        st.button("Close", key="close_event", type="tertiary", icon=":material/close:", on_click=state.unpick)
    beside(desk, articles, "timeline_side", event_keys=[picked.event])


def _newest(desk: Desk) -> None:
    """Without a click: the newest events as a table, which the keyboard reaches too."""
    st.markdown("#### Newest events")
    st.caption("Click a mark on a lane, or choose a row, to read the sentences that tell of it.")
    events = desk.ask_filtered("events", row_limit=100)
    who = pl.col("sources").list.join(", ") + pl.when(pl.col("targets").list.len() > 0).then(
        " → " + pl.col("targets").list.join(", ")
    ).otherwise(pl.lit(""))
    shown = events.select(
        pl.coalesce("date_start", "date_end", "first_reported").alias("day"),
        who.alias("who"),
        pl.col("event_type").cast(pl.String).str.to_titlecase(),
    )
    chosen = st.dataframe(
        shown,
        hide_index=True,
        placeholder="–",
        height=480,
        on_select="rerun",
        selection_mode="single-row",
        key="events_table",
        column_config={
            "day": st.column_config.DateColumn("Date", format="D MMM YYYY", width=88),
            "who": st.column_config.TextColumn("Who", width=130),
            "event_type": st.column_config.TextColumn("Type", width=70),
        },
    )
    rows = chosen["selection"]["rows"]
    if rows and state.pick({"event": events["event_key"][rows[0]]}):
        st.rerun()
