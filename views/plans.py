"""Plans: what was announced, and what became of it."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from charts.plans import OUTCOMES, plans, who
from charts.text import day, plural
from views import legend
from views.answers import Desk
from views.download import downloads
from views.evidence import follow
from views.focus import focus, height, table, take, title
from views.plot import plot
from views.sentences import evidence_list

PAGE = "plans"
PAGE_SIZE = 25
MEANINGS = {
    "fulfilled": "A later report says that it took place.",
    "cancelled": "A later report says that it was called off or refused.",
    "denied": "A later report says that it is not planned.",
    "overdue": "The last planned day has passed, and no article reports what became of it.",
    "ahead": "The planned day is still to come.",
    "undated": "The articles give no day, and nothing was reported since.",
}
HELP = "  \n".join(f"**{name.capitalize()}**: {meaning}" for name, meaning in MEANINGS.items())


def page(desk: Desk, articles: Any) -> None:
    """Draw the page; `articles` is the page that a sentence opens."""
    counts = dict(desk.ask_filtered("outcomes").iter_rows())
    if not counts:
        st.info(
            "None of these events is a plan. Remove a condition above: a status other than planned leaves "
            "none over.",
            icon=":material/event_busy:",
        )
        return
    outcome = _outcome(counts)
    left, right = st.columns([0.64, 0.36], gap="medium")
    with left:
        rows = _lines(desk, outcome, counts)
    with right:
        _panel(desk, rows, articles)


def _lines(desk: Desk, outcome: str | None, counts: dict[str, int]) -> pl.DataFrame:
    pages = -(-(counts[outcome] if outcome else sum(counts.values())) // PAGE_SIZE)
    number = min(st.session_state.get(f"plans_page_{outcome}", 1), pages)
    rows = desk.ask_filtered(
        "plans", outcome=outcome, row_limit=PAGE_SIZE, row_offset=(number - 1) * PAGE_SIZE
    )
    point = plot(plans(rows, focus(PAGE).get("event")), "plans", _alt(rows))
    legend.plans()
    if pages > 1:
        st.pagination(pages, key=f"plans_page_{outcome}")
    downloads(desk, "plans", "plans", "plans", outcome=outcome)
    take(PAGE, point)
    return rows


def _outcome(counts: dict[str, int]) -> str | None:
    """The outcome to show; None for all. Each is offered with its number of plans."""
    options = ["all", *(name for name in OUTCOMES if counts.get(name))]
    if st.session_state.get("outcome") not in options:
        st.session_state["outcome"] = "all"
    numbers = {"all": sum(counts.values()), **counts}
    chosen = st.segmented_control(
        "What became of it",
        options,
        key="outcome",
        required=True,
        persist_state="session",
        format_func=lambda name: f"{name.capitalize()} · {numbers[name]:,}",
        help=HELP,
    )
    return None if chosen in (None, "all") else chosen


def _alt(rows: pl.DataFrame) -> str:
    return f"{plural(len(rows), 'plan')} with their days and outcomes; the same rows are in the table."


def _panel(desk: Desk, rows: pl.DataFrame, articles: Any) -> None:
    key = focus(PAGE).get("event")
    chosen = rows.filter(pl.col("event_key") == pl.lit(key, pl.String))
    if chosen.is_empty():
        _table(rows)
        return
    row = chosen.row(0, named=True)
    title(PAGE, f"{row['outcome'].capitalize()}{_late(row)}")
    st.caption(MEANINGS[row["outcome"]])
    opened = [_reports(desk, row["event_key"], "What was planned", "plan")]
    if row["answer_key"]:
        opened.append(_reports(desk, row["answer_key"], "What was reported of it", "answer", _sure(row)))
    follow(next(filter(None, opened), None), articles)


def _late(row: dict[str, Any]) -> str:
    if row["outcome"] == "overdue":
        return f" by {plural(row['days_late'], 'day')} on {day(row['read_until'])}"
    return f": {plural(-row['days_late'], 'day')} to go" if row["outcome"] == "ahead" else ""


def _sure(row: dict[str, Any]) -> str:
    """How sure the link is, and what it rests on, in words."""
    actors, _, days = str(row["rule"]).partition("+")
    rests = ("the same actors" if actors == "actors" else "the same states or bodies") + (
        " and day" if days == "day" else " within a month"
    )
    return f"The link is {row['confidence']:.0%} sure. It rests on {rests}."


def _reports(desk: Desk, key: str, words: str, name: str, note: str = "") -> dict[str, Any] | None:
    st.markdown(f"##### {words}", help=note or None)
    rows = desk.ask("evidence", event_keys=[key], row_limit=6)
    with st.container(height=250, border=False):
        return evidence_list(rows.to_dicts(), key=f"plan_{name}_rows")


def _table(rows: pl.DataFrame) -> None:
    """Without a click: the plans as a table, which the keyboard reaches too."""
    st.markdown("#### What became of it")
    st.caption("Click a mark, or choose a row, to read what was planned and what was reported of it.")
    shown = pl.DataFrame(
        {
            "day": rows.select(pl.coalesce("date_start", "date_end")).to_series(),
            "who": [who(row) for row in rows.iter_rows(named=True)],
            "outcome": rows["outcome"],
        }
    )
    row = table(
        shown,
        "plans_table",
        height(rows),
        {
            "day": st.column_config.DateColumn(
                "For", format="D MMM YYYY", width=84, help="The first planned day, if the articles give one."
            ),
            "who": st.column_config.TextColumn("Plan", width=130),
            "outcome": st.column_config.TextColumn("Outcome", width=70, help=HELP),
        },
    )
    if row is not None:
        take(PAGE, {"event": rows["event_key"][row]})
