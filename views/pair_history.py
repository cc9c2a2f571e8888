"""Part of the page Pair: who began what, and how it went over time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from charts.initiative import initiative
from charts.text import plural, signed
from charts.timeline import best_bin, timeline, window
from views import legend, state
from views.answers import Desk
from views.download import downloads
from views.focus import focus, take, title
from views.plot import plot
from views.quoted import quotes
from views.timeline import span
from views.words import plain

PAGE = "pair"
Ends = tuple[str, str]
DONE = pl.col("status").cast(pl.String).is_in(["happened", "ongoing"])


def history(desk: Desk, articles: Any, ends: Ends, names: dict[str, str]) -> None:
    """Draw balance, initiative and time; what was clicked stands beside them as sentences."""
    rows = _binned(desk, ends, "week")
    if rows.is_empty():
        st.info(
            "No event of the filter lies between these two. Remove a condition, or include their affiliates.",
            icon=":material/link_off:",
        )
        return
    left, right = st.columns([0.64, 0.36], gap="medium")
    with left:
        _balance(rows, [names[end] for end in ends])
        _initiative(desk, rows, ends, names)
        _over_time(desk, ends, rows)
    with right:
        _sentences(desk, articles, ends, names)


def _binned(desk: Desk, ends: Ends, size: str) -> pl.DataFrame:
    params = {"one": ends[0], "other": ends[1], "affiliates": _affiliates(desk)}
    return desk.ask_filtered("between", bin=size, **params)


def _affiliates(desk: Desk) -> bool:
    return desk.filters.affiliates


def words(direction: str, one: str, other: str) -> str:
    """A direction of `between` in words, not escaped."""
    ways = {"out": f"{one} → {other}", "back": f"{other} → {one}", "together": "Both together"}
    return ways[direction]


def _balance(rows: pl.DataFrame, names: list[str]) -> None:
    """Three numbers that can be clicked: what each did to the other, and both together."""
    for column, direction in zip(st.columns(3), ("out", "together", "back"), strict=True):
        part = rows.filter(pl.col("direction") == direction)
        done = part.filter(DONE)
        number = int(part["n_events"].sum())
        with column:
            st.markdown(plain(words(direction, *names)))
            st.button(
                f"**{plural(number, 'event')}**",
                key=f"way_{direction}",
                type="tertiary",
                on_click=_look,
                args=(direction,),
                disabled=not number,
                help="All events, planned, possible and denied ones too. Click to read their sentences.",
            )
            st.caption(
                f"{_sum(done, 'cooperation'):,} : {_sum(done, 'conflict'):,}, mean {signed(_mean(done))}",
                help="Cooperation : conflict and mean score, over happened and ongoing events only.",
            )


def _look(direction: str) -> None:
    st.session_state[f"focus_{PAGE}"] = {"direction": direction}


def _sum(done: pl.DataFrame, sense: str) -> int:
    return int(done.filter(pl.col("quad_class").str.ends_with(sense))["n_events"].sum())


def _mean(done: pl.DataFrame) -> float | None:
    number = int(done["n_events"].sum())
    return float((done["mean_score"] * done["n_events"]).sum()) / number if number else None


def _initiative(desk: Desk, rows: pl.DataFrame, ends: Ends, names: dict[str, str]) -> None:
    st.markdown(
        "#### Who initiates",
        help="An event counts for the side that acts, a report of talks for both together. Denied ones are "
        "left out. Click a bar to read its sentences.",
    )
    alt = f"Events by type and by who acts: {plural(int(rows['n_events'].sum()), 'event')}."
    point = plot(initiative(rows, names[ends[0]], names[ends[1]]), "initiative", alt)
    legend.timeline()
    params = {"one": ends[0], "other": ends[1], "bin": "month", "affiliates": _affiliates(desk)}
    downloads(desk, "between", "counts by month", "between", **params)
    take(PAGE, point)


def _over_time(desk: Desk, ends: Ends, rows: pl.DataFrame) -> None:
    st.markdown("#### History", help="Both directions. Click a bar, or draw across several, to look closer.")
    days = rows["bin_start"].sort()
    spare = max(len(days) // 25, len(days) > 8)
    shown = window(days[0], days[-1], days[spare], days[-1 - spare])
    size = best_bin(*(shown or (days[0], days[-1])))
    binned = _binned(desk, ends, size) if size in ("day", "week") else _coarser(rows, size)
    stretch = span(plot(timeline(binned, size, shown), "pair_time", f"Events of the pair per {size}."))
    beyond = _beyond(rows, shown)
    st.caption(f"One bar is a {size}. Cooperation up, conflict down; denied events are left out.{beyond}")
    if stretch:
        state.change(replace(st.session_state.filters, date_from=stretch[0], date_to=stretch[1]))
        st.rerun()


def _beyond(rows: pl.DataFrame, shown: tuple[date, date] | None) -> str:
    outside = 0
    if shown:
        outside = int(rows.filter(~pl.col("bin_start").is_between(*shown))["n_events"].sum())
    return f" {plural(outside, 'event')} outside the picture: zoom out to see them." if outside else ""


def _coarser(rows: pl.DataFrame, size: str) -> pl.DataFrame:
    return rows.with_columns(
        pl.col("bin_start").dt.truncate({"month": "1mo", "quarter": "1q"}.get(size, "1y"))
    )


def _sentences(desk: Desk, articles: Any, ends: Ends, names: dict[str, str]) -> None:
    chosen = focus(PAGE)
    direction, kind = chosen.get("direction"), chosen.get("type")
    if direction:
        heading = words(direction, names[ends[0]], names[ends[1]])
        title(PAGE, plain(f"{heading}: {kind.lower()}" if kind else heading))
    else:
        st.markdown("#### Newest sentences")
    params = {"one": ends[0], "other": ends[1], "affiliates": _affiliates(desk), "direction": direction}
    if kind:
        params["types"] = [kind]
    rows = desk.ask_filtered("between_reports", row_limit=12, **params)
    if rows.is_empty():
        st.caption("No such sentence under this filter. Close this list, or remove a condition.")
        return
    quotes(desk, articles, rows["evidence_no"].to_list(), "pair_rows", height=760)
    downloads(desk, "between_reports", "all sentences", "pair_reports", **params)
