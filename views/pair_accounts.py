"""Part of the page Pair: acts that several tell of, each teller's account beside the others'."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from charts.text import day, plural
from views.answers import Desk
from views.download import downloads
from views.evidence import follow
from views.focus import focus, height, table, take
from views.sentences import passages
from views.words import STATUS_WORDS, plain

PAGE = "pair_accounts"
MOST, BESIDE = 50, 2
HINT = (
    "Events between the two that independent publishers tell of, or that one denies. Reports by the same "
    "publisher are put together, copies of a text are no account of their own."
)
# What `differs` names -> the lines of a card that it marks.
LINES = {
    "status": "Status",
    "type": "What",
    "date": "When",
    "source": "Who",
    "target": "To whom",
    "claimant": "On whose word",
    "place": "Where",
    "number": "Numbers",
}


def accounts(desk: Desk, articles: Any, ends: tuple[str, str], names: dict[str, str]) -> None:
    """Draw the events to choose from, and the accounts of the chosen one side by side."""
    params = {"one": ends[0], "other": ends[1], "affiliates": desk.filters.affiliates}
    found = desk.ask_filtered("disputed", row_limit=MOST, **params)
    if found.is_empty():
        one, other = names[ends[0]], names[ends[1]]
        st.info(
            f"No event between {plain(one)} and {plain(other)} is told by two independent publishers, and "
            "none is denied. Widen the filter, or read more articles.",
            icon=":material/compare:",
        )
        return
    left, right = st.columns([0.4, 0.6], gap="medium")
    with left:
        _events(found)
        downloads(desk, "disputed", "events", "disputed", **params)
    with right:
        _side_by_side(desk, articles, found)


def _events(found: pl.DataFrame) -> None:
    st.markdown("#### Told by several", help=HINT)
    st.caption("Those whose reports differ most come first. Choose a row to compare the accounts.")
    sides = pl.col("sources").list.head(2).list.join(", "), pl.col("targets").list.head(2).list.join(", ")
    shown = found.select(
        "shown_date",
        pl.format("{} – {}: {}", *sides, pl.col("event_type").cast(pl.String).str.to_lowercase()).alias(
            "event"
        ),
        "n_publishers",
        pl.col("may_differ").list.join(", "),
    )
    row = table(
        shown,
        "disputed_table",
        height(found),
        {
            "shown_date": st.column_config.DateColumn("Date", format="D MMM YYYY", width=82),
            "event": st.column_config.TextColumn("Event", width=100),
            "n_publishers": st.column_config.NumberColumn("By", width=30, help="Independent publishers."),
            "may_differ": st.column_config.TextColumn(
                "Differs", width=74, help="What is not the same in all reports of the event."
            ),
        },
    )
    if row is not None:
        take(PAGE, {"event": found["event_key"][row]})


def _side_by_side(desk: Desk, articles: Any, found: pl.DataFrame) -> None:
    key = focus(PAGE).get("event")
    key = key if key in found["event_key"].to_list() else found["event_key"][0]
    told = desk.ask("accounts", event=key)
    st.markdown(f"#### {plural(len(told), 'account')}")
    st.caption(
        "What differs from the other accounts is marked; what an account leaves out differs from nothing."
    )
    opened = []
    for start in range(0, len(told), BESIDE):
        row = told.slice(start, BESIDE).iter_rows(named=True)
        for column, account in zip(st.columns(BESIDE, gap="small"), row, strict=False):
            with column, st.container(border=True):
                opened.append(_card(account))
    downloads(desk, "accounts", "accounts", "accounts", event=key)
    follow(next(filter(None, opened), None), articles)


def _card(account: dict[str, Any]) -> dict[str, Any] | None:
    """One teller's account: what it says line by line, and its fullest sentence."""
    relation = {"denies": "denies it", "is denied": "is denied by others"}.get(account["relation"], "")
    st.markdown(f"**{plain(account['teller'])}** {relation}")
    marked = {LINES[what] for what in account["differs"]}
    st.markdown(
        "  \n".join(_line(name, value, name in marked) for name, value in _values(account).items() if value)
    )
    entry = {**account, "who": _more(account), "when": "", "start_char": None, "end_char": None}
    return passages([entry], key=f"account_{account['event_key']}_{account['teller']}")


def _values(account: dict[str, Any]) -> dict[str, str]:
    """The lines of a card; empty where the teller leaves something out."""
    mode = f" ({account['mode'].replace('_', ' ')})" if account["mode"] else ""
    return {
        "Status": STATUS_WORDS[account["status"]],
        "What": account["event_type"].capitalize() + mode,
        "When": _when(account),
        "Who": ", ".join(account["sources"]),
        "To whom": ", ".join(account["targets"]),
        "On whose word": ", ".join(account["claimants"]),
        "Where": account["place"] or "",
        "Numbers": ", ".join(account["numbers"]),
    }


def _when(account: dict[str, Any]) -> str:
    start, end = account["date_start"], account["date_end"]
    if account["date_basis"] not in ("explicit", "relative") or (start is None and end is None):
        return ""
    return day(start or end) if start == end or end is None else f"{day(start)} to {day(end)}"


def _line(name: str, value: str, differs: bool) -> str:
    words = plain(value)
    return f":gray[{name}] " + (f":orange-background[**{words}**]" if differs else words)


def _more(account: dict[str, Any]) -> str:
    """How many reports the account is put together from, and who else prints it."""
    parts = [plural(account["n_reports"], "report")] if account["n_reports"] > 1 else []
    if account["copied_by"]:
        parts.append(f"also printed by {', '.join(account['copied_by'][:3])}")
    return ", ".join(parts)
