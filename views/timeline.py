"""Timeline: events over time, and single events on lanes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from charts.lanes import lanes
from charts.timeline import PERIODS, best_bin, timeline
from views import legend, state
from views.answers import Desk
from views.download import downloads
from views.evidence import beside
from views.plot import plot

LANES = {"pair": "Pairs", "actor": "Actors", "type": "Types", "place": "Places"}
MOST_PER_LANE = 150


def page(desk: Desk, articles: Any) -> None:
    """Draw the page; `articles` is the page that a sentence opens."""
    _counts(desk)
    left, right = st.columns([0.68, 0.32], gap="medium")
    with left:
        point = _lanes(desk)
    if state.pick(point):
        st.rerun()
    with right:
        _panel(desk, articles)


def _counts(desk: Desk) -> None:
    totals = desk.ask_filtered("totals").row(0, named=True)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.markdown("#### Events over time", width="stretch")
        size = st.segmented_control(
            "Bars", ["auto", *PERIODS], default="auto", format_func=str.capitalize, key="bin", required=True,
            label_visibility="collapsed",
        )  # fmt: skip
    size = best_bin(totals["first_date"], totals["last_date"]) if size in (None, "auto") else str(size)
    point = plot(timeline(desk.ask_filtered("timeline", bin=size), size), "timeline", f"Events per {size}.")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"One bar is a {size}. Click a bar or draw across several to look closer; Undo goes back.")
        downloads(desk, "timeline", "counts", "timeline", bin=size)
    span = _span(point)
    if span:
        state.change(replace(desk.filters, date_from=span[0], date_to=span[1]))
        st.rerun()


def _span(point: dict[str, Any] | None) -> tuple[date, date] | None:
    """The days of a clicked bar or of a stretch drawn across the bars."""
    if not point:
        return None
    ends = point["brush"] if "brush" in point else [point["from"], point["to"]]
    first, last = sorted(date.fromisoformat(str(end)[:10]) for end in ends)
    return first, last


def _lanes(desk: Desk) -> dict[str, Any] | None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        lane = st.segmented_control("Single events by", list(LANES), default="pair", format_func=LANES.get, key="lane",
                                    required=True) or "pair"  # fmt: skip
        state.level_control(desk.filters)
        number = st.slider("Lanes", 4, 30, 12, key="n_lanes", width=160)
    level = desk.filters.level
    rows = desk.ask_filtered("lanes", lane=lane, level=level, lane_limit=number, row_limit=MOST_PER_LANE)
    if rows.is_empty():
        st.info(f"These events have no {LANES[lane].lower()} to lay out. Choose another kind of lane.")
        return None
    point = plot(lanes(rows), "lanes", f"The newest events of {rows['lane'].n_unique()} {LANES[lane].lower()}.")
    legend.lanes()
    downloads(desk, "lanes", "events on lanes", "lanes", lane=lane, level=level, lane_limit=number)
    return point


def _panel(desk: Desk, articles: Any) -> None:
    picked = state.picked()
    if not picked.event:
        st.markdown("#### One event")
        st.caption("Click a mark on a lane to read the sentences that tell of it.")
        return
    st.markdown("#### What is said about it")
    beside(desk, articles, "timeline_side", event_keys=[picked.event])
