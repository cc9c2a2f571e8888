"""Below the bars of the timeline: lanes of single events, lanes against their usual, or one pair's events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from charts.lanes import lanes
from charts.surges import surges
from charts.swarm import swarm
from charts.timeline import best_bin
from views import legend, state
from views.answers import Desk
from views.download import downloads
from views.filters import Filters
from views.plot import plot

LANES = {"pair": "Pairs", "actor": "Actors", "type": "Types", "place": "Places"}
MOST_PER_LANE = 150
MOST_IN_SWARM = 400
MOST_PAIRS = 40
Days = tuple[date, date] | None
Point = dict[str, Any] | None


def control(desk: Desk) -> str:
    """What to draw below the bars: a key of KINDS."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        kind = st.segmented_control(
            "Below",
            list(KINDS),
            default="Single events",
            key="below",
            required=True,
            persist_state="session",
            label_visibility="collapsed",
        )
        state.level_control(desk.filters)
    return kind or "Single events"


def _lane_controls() -> tuple[str, int]:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        lane = st.segmented_control(
            "Lanes of",
            list(LANES),
            default="pair",
            format_func=lambda name: LANES[name],
            key="lane",
            required=True,
            persist_state="session",
        )
        number = st.slider("Lanes", 4, 30, 12, key="n_lanes", width=160, persist_state="session")
    return lane or "pair", number


def _single(desk: Desk, shown: Days) -> Point:
    lane, number = _lane_controls()
    asked = {"lane": lane, "level": desk.filters.level, "lane_limit": number}
    rows = desk.ask_filtered("lanes", row_limit=MOST_PER_LANE, **asked)
    if rows.is_empty():
        return _no_lanes(lane)
    alt = f"The newest events of {rows['lane'].n_unique()} {LANES[lane].lower()}."
    point = plot(lanes(rows, shown), "lanes", alt)
    legend.lanes()
    downloads(desk, "lanes", "events on lanes", "lanes", **asked)
    return point


def _no_lanes(lane: str) -> Point:
    st.info(f"These events have no {LANES[lane].lower()} to lay out. Choose another kind of lane.")
    return None


def _compared(desk: Desk, shown: Days) -> Point:
    lane, number = _lane_controls()
    size = _bin(desk, shown)
    asked = {"lane": lane, "level": desk.filters.level, "lane_limit": number, "bin": size}
    rows = desk.ask_filtered("lane_counts", **asked)
    if rows.is_empty():
        return _no_lanes(lane)
    alt = f"Events per {size} of {rows['lane'].n_unique()} {LANES[lane].lower()}, beside their own median."
    point = plot(surges(rows, size, shown), "surges", alt)
    legend.surges(size)
    downloads(desk, "lane_counts", "counts on lanes", "lane_counts", **asked)
    if point and "lane" in point:
        state.change(narrowed(desk.filters, lane, point))
        st.rerun()
    return None


def _bin(desk: Desk, shown: Days) -> str:
    """The size of the bars above, or what fits half as many discs."""
    chosen = st.session_state.get("bin", "auto")
    if chosen not in (None, "auto"):
        return str(chosen)
    totals = desk.ask_filtered("totals").row(0, named=True)
    first, last = shown or (totals["first_date"], totals["last_date"])
    return best_bin(first, first + (last - first) * 2)


def narrowed(filters: Filters, lane: str, point: dict[str, Any]) -> Filters:
    """The filter with a clicked disc added: what its lane is about and the days of its bin."""
    first, last = date.fromisoformat(point["from"]), date.fromisoformat(point["to"])
    about: dict[str, dict[str, Any]] = {
        "type": {"types": (point["lane"],)},
        "place": {"places": (point["lane"],)},
        "actor": {"actors": (point["lane"],)},
        "pair": {"actors": (point["lane"],), "partners": (point["other"],), "between": False},
    }
    return replace(filters, date_from=first, date_to=last, **about[lane])


def _one_pair(desk: Desk, shown: Days) -> Point:
    ends = _ends(desk)
    if ends is None:
        st.info("These events name no second actor, so there is no pair to follow.")
        return None
    asked = {"level": desk.filters.level, "one": ends[0], "other": ends[1]}
    rows = desk.ask_filtered("swarm", row_limit=MOST_IN_SWARM, **asked)
    if rows.is_empty():
        st.info(
            "There is no event between these two under this filter. Choose another pair, or widen the filter."
        )
        return None
    names = desk.names(ends)
    pair = f"{names[ends[0]]} and {names[ends[1]]}"
    point = plot(swarm(rows, shown), "swarm", f"{len(rows):,} events of {pair} by score and date.")
    legend.swarm(names[ends[0]], names[ends[1]], int(rows["averaged"][0]))
    if len(rows) == MOST_IN_SWARM:
        st.caption(
            f"The newest {MOST_IN_SWARM:,} events; choose days above to see others. All are in the file."
        )
    downloads(desk, "swarm", "events of the pair", "swarm", **asked)
    return point


def _ends(desk: Desk) -> tuple[str, str] | None:
    """The pair that the analyst chose: the filter's own at first, else the busiest."""
    pairs = desk.ask_filtered("relationships", level=desk.filters.level, row_limit=MOST_PAIRS)
    names = dict(zip(pairs["source_key"], pairs["source"], strict=True))
    names |= dict(zip(pairs["target_key"], pairs["target"], strict=True))
    found: dict[frozenset[str], tuple[str, str]] = {}
    for ends in pairs.select("source_key", "target_key").rows():
        found.setdefault(frozenset(ends), ends)
    named = tuple(dict.fromkeys([*desk.filters.actors, *desk.filters.partners]))[:2]
    options = list(found.values())
    if len(named) == 2:
        options = [named, *(ends for ends in options if set(ends) != set(named))]
        names |= desk.names(named)
    if not options:
        return None
    st.session_state.setdefault("swarm_pair", options[0])
    if st.session_state.swarm_pair not in options:
        st.session_state.swarm_pair = options[0]
    return st.selectbox(
        "Pair",
        options,
        format_func=lambda ends: f"{names[ends[0]]} and {names[ends[1]]}",
        key="swarm_pair",
        persist_state="session",
    )


KINDS: dict[str, Callable[[Desk, Days], Point]] = {
    "Single events": _single,
    "Compared with usual": _compared,
    "One pair": _one_pair,
}
