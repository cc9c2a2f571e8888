"""Overview: what the filter holds, what changed lately, who is busiest, and how it went over time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from charts.text import day, signed
from charts.timeline import best_bin, timeline
from views import book, legend, state
from views.answers import Desk
from views.download import downloads
from views.focus import focus, height, table, take, title
from views.plot import plot
from views.quoted import quotes
from views.timeline import first_window, span
from views.words import plain

PAGE = "overview"
MOST = 12


def page(desk: Desk, articles: Any) -> None:
    """Draw the page; `articles` is the page that a sentence opens."""
    _facts(desk)
    left, right = st.columns([0.66, 0.34], gap="medium")
    with left:
        _over_time(desk)
        changed = _changes(desk)
    with right:
        _panel(desk, articles, changed)


# Column of `overview` -> page that shows it, words, what is counted.
FACTS = {
    "n_articles": ("Articles", "articles", "Articles that tell of these events. Near copies count once."),
    "n_publishers": ("Evidence", "publishers", "Publishers of those articles."),
    "n_actors": ("Actor", "actors", "Actors that act or are acted upon in these events."),
    "n_places": ("Map", "places", "Places that these events are placed in, each as precisely as it is told."),
    "n_overdue": (
        "Plans",
        "overdue plans",
        "Planned days that have passed without any report of what became of it.",
    ),
    "n_claimed": ("Evidence", "on somebody's word", "Events that rest on the word of somebody named."),
    "n_single": (
        "Evidence",
        "told by one publisher",
        "Events that no second publisher tells of independently.",
    ),
}


def _facts(desk: Desk) -> None:
    """Numbers that lead to the pages where they come from."""
    found = desk.ask("holdings") if desk.filters.is_empty() else desk.ask_filtered("overview")
    row = found.row(0, named=True)
    with st.container(horizontal=True, gap="small", key="facts"):
        for name, (target, words, hint) in FACTS.items():
            if st.button(f"**{row[name]:,}** {words}", key=f"fact_{name}", type="tertiary", help=hint):
                st.switch_page(book.page(target))


def _over_time(desk: Desk) -> None:
    totals = desk.ask_filtered("totals").row(0, named=True)
    shown = first_window(desk.filters, totals)
    size = best_bin(*(shown or (totals["first_date"], totals["last_date"])))
    st.markdown("#### Conflict and cooperation", help="Click a bar, or draw across several, to look closer.")
    counts = desk.ask_filtered("timeline", bin=size)
    stretch = span(plot(_low(timeline(counts, size, shown)), "overview_time", f"Events per {size}."))
    legend.timeline()
    downloads(desk, "timeline", "counts", "overview_time", bin=size)
    if stretch:
        state.change(replace(desk.filters, date_from=stretch[0], date_to=stretch[1]))
        st.rerun()


def _low(figure: dict[str, Any]) -> dict[str, Any]:
    """The same figure, less high: it is one of several here."""
    return {**figure, "layout": {**figure["layout"], "height": 250}}


def _changes(desk: Desk) -> pl.DataFrame:
    level = desk.filters.level
    rows = desk.ask_filtered("changes", level=level, row_limit=MOST)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.markdown("#### What changed lately", help=CHANGES_HELP, width="stretch")
        state.level_control(desk.filters)
    if rows.is_empty():
        st.caption(
            "No pair has two events in the year before the latest report. Widen the time or the filter."
        )
        return rows
    first = rows.row(0, named=True)
    st.caption(f"{day(first['month_from'])} to {day(first['month_to'])}, against the eleven months before.")
    row = table(
        rows.select(
            pl.format("{} – {}", "one", "other").alias("pair"),
            "change",
            "months",
            "n_recent",
            "n_usual",
            "recent_score",
            "usual_score",
        ),
        "changes_table",
        height(rows),
        _columns(),
    )
    with st.container(horizontal=True):
        downloads(desk, "changes", "changes", "changes", level=level)
    if row is not None:
        take(PAGE, {"one": rows["one_key"][row], "other": rows["other_key"][row]})
    return rows


CHANGES_HELP = (
    "Pairs whose last 30 days differ most from the eleven months before, by how unlikely the difference is "
    "(log-likelihood ratio, cooperation and conflict apart). Only what happened or is going on counts."
)


def _columns() -> dict[str, Any]:
    score: dict[str, Any] = {"format": "%+.1f", "width": 52}
    return {
        "pair": st.column_config.TextColumn("Pair", width=138),
        "change": st.column_config.TextColumn("Change", width=114, help="What moved most."),
        "months": st.column_config.BarChartColumn(
            "Year", width=76, y_min=0, help="Events per month of 30 days, the last one on the right."
        ),
        "n_recent": st.column_config.NumberColumn("Month", width=48, help="Events of the last 30 days."),
        "n_usual": st.column_config.NumberColumn(
            "Usual", format="%.1f", width=48, help="Mean per month over the eleven months before."
        ),
        "recent_score": st.column_config.NumberColumn(
            "Score", help="Mean score of the last 30 days, −10 to +10.", **score
        ),
        "usual_score": st.column_config.NumberColumn(
            "Before", help="Mean score of the months before.", **score
        ),
    }


def _panel(desk: Desk, articles: Any, changed: pl.DataFrame) -> None:
    chosen = focus(PAGE)
    rows = changed.filter(
        (pl.col("one_key") == pl.lit(chosen.get("one"), pl.String))
        & (pl.col("other_key") == pl.lit(chosen.get("other"), pl.String))
    )
    if rows.is_empty():
        _busiest(desk)
    else:
        _pair(desk, articles, rows.row(0, named=True))


def _pair(desk: Desk, articles: Any, row: dict[str, Any]) -> None:
    title(PAGE, plain(f"{row['one']} – {row['other']}"))
    st.text(
        f"{row['n_recent_cooperation']:,} cooperation and {row['n_recent_conflict']:,} conflict in the last "
        f"month, usually {row['n_usual_cooperation']:.1f} and {row['n_usual_conflict']:.1f}; mean score "
        f"{signed(row['recent_score'])} instead of {signed(row['usual_score'])}."
    )
    if st.button("Open the pair", key="overview_pair", icon=":material/compare_arrows:"):
        state.change(replace(desk.filters, actors=(row["one_key"], row["other_key"]), between=True))
        st.switch_page(book.page("Pair"))
    ends = _ends(desk, row, row["month_from"], row["month_to"])
    rows = desk.ask_filtered("between_reports", row_limit=10, **ends)
    st.caption("The last month's sentences, newest first")
    quotes(desk, articles, rows["evidence_no"].to_list(), "overview_rows", height=560)
    downloads(desk, "between_reports", "all of them", "overview_reports", **ends)


def _ends(desk: Desk, row: dict[str, Any], first: date, last: date) -> dict[str, Any]:
    """Parameters of `between_reports` for a row of `changes` and its month."""
    return {
        "one": row["one_key"],
        "other": row["other_key"],
        "affiliates": desk.filters.level != "actor",
        "statuses": ["happened", "ongoing"],
        "date_from": first,
        "date_to": last,
    }


def _busiest(desk: Desk) -> None:
    """Without a click: the busiest actors; a row opens the page of the actor."""
    st.markdown("#### Busiest actors")
    st.caption("Choose a row to open an actor, or a pair below to read what changed.")
    found = desk.ask_filtered("actors", level=desk.filters.level, row_limit=MOST)
    row = table(
        found.select("actor", "n_as_source", "n_as_target", "mean_score"),
        "overview_actors",
        height(found),
        {
            "actor": st.column_config.TextColumn("Actor", width=100),
            "n_as_source": st.column_config.NumberColumn("Acts", width=48, help="Events in which it acts."),
            "n_as_target": st.column_config.NumberColumn(
                "Target", width=52, help="Events that are done to it."
            ),
            "mean_score": st.column_config.NumberColumn(
                "Score", format="%+.1f", width=54, help="Mean over happened and ongoing events, −10 to +10."
            ),
        },
    )
    downloads(desk, "actors", "actors", "overview_actors", level=desk.filters.level)
    if row is not None:
        state.change(replace(desk.filters, actors=(found["actor_key"][row],), between=False))
        st.switch_page(book.page("Actor"))
