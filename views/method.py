"""Data and method: what was read and turned away, by which runs; the SQL behind a chart; accuracy; tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import streamlit as st

import queries
from charts.coverage import MOST_PUBLISHERS, coverage
from charts.text import plural
from views import imports, state
from views.answers import Desk
from views.download import downloads, set_params, takes_filter
from views.manual import manual, sections
from views.missed import missed
from views.plot import plot
from views.script import script
from views.words import plain

MOST_REJECTS = 500
FIRST_QUESTION = "relationships"


def page(desk: Desk) -> None:
    """Draw the part that was chosen."""
    if st.session_state.pop("sql_wanted", False):
        st.session_state.method_part = "SQL"
    st.session_state.setdefault("method_part", "Coverage")
    part = st.segmented_control(
        "Show",
        list(PARTS),
        key="method_part",
        required=True,
        persist_state="session",
        label_visibility="collapsed",
    )
    PARTS[part or "Coverage"](desk)


def _coverage(desk: Desk) -> None:
    months = desk.ask("coverage_months")
    st.markdown("#### What was read")
    if months.is_empty():
        st.info("No article has been read yet. Give some under Data, Import, or run: python -m etl FOLDER")
        return
    st.caption(
        "Articles by publisher and month of publication, in the whole database, whatever the filter. Click a "
        "cell to keep only what that publisher told then."
    )
    point = plot(
        coverage(months), "coverage", f"Articles of {months['publisher'].n_unique()} publishers by month."
    )
    if months["publisher"].n_unique() > MOST_PUBLISHERS:
        st.caption(f"The {MOST_PUBLISHERS} publishers with most articles; the table has all.")
    if point:
        first, last = date.fromisoformat(point["from"]), date.fromisoformat(point["to"])
        told = replace(desk.filters, publishers=(point["publisher"],), by_report=True)
        state.change(replace(told, date_from=first, date_to=last))
        st.rerun()
    _publishers(desk)


def _publishers(desk: Desk) -> None:
    rows = desk.ask("coverage")
    number = st.column_config.NumberColumn
    st.dataframe(
        rows.with_columns(pl.col("publisher").fill_null("no publisher")),
        hide_index=True,
        placeholder="–",
        height=min(35 * len(rows) + 38, 420),
        key="publishers",
        column_config={
            "publisher": st.column_config.TextColumn("Publisher"),
            "n_articles": number("Articles", help="Near copies included."),
            "n_copies": number(
                "Copies", help="Near copies of an earlier article; they count once as a teller."
            ),
            "n_sentences": number("Sentences", help="Those of copies are not counted."),
            "n_reports": number("Reports", help="Sentences that tell of an event."),
            "n_events": number(
                "Events", help="Events that this publisher tells of; others may tell of them too."
            ),
            "first_published": st.column_config.DateColumn("First", format="D MMM YYYY"),
            "last_published": st.column_config.DateColumn("Last", format="D MMM YYYY"),
        },
    )
    with st.container(horizontal=True):
        downloads(desk, "coverage", "publishers", "publishers")
        downloads(desk, "coverage_months", "months", "months")


def _rejects(desk: Desk) -> None:
    rows = desk.ask("rejects", row_limit=MOST_REJECTS + 1)
    st.markdown("#### What was turned away")
    if rows.is_empty():
        st.info("Every record that was given could be read.", icon=":material/check_circle:")
        return
    more = f"The first {MOST_REJECTS:,} records" if len(rows) > MOST_REJECTS else plural(len(rows), "record")
    st.caption(f"{more}. Each says what to do; once that is done, give the file again.")
    imports.rejects(rows.head(MOST_REJECTS), "all_rejects")
    downloads(desk, "rejects", "rejects", "rejects")


def _runs(desk: Desk) -> None:
    st.markdown("#### Runs of the ETL")
    st.caption(plain(f"The newest first. What you see is snapshot {desk.snapshot.file.stem}."))
    number = st.column_config.NumberColumn
    moment = st.column_config.DatetimeColumn
    st.dataframe(
        desk.ask("runs"),
        hide_index=True,
        placeholder="–",
        key="runs",
        column_config={
            "run_id": number("Run", width=50),
            "started": moment("Started (UTC)", format="D MMM YYYY, HH:mm:ss"),
            "finished": moment(
                "Read by", format="HH:mm:ss", help="When all articles were extracted; then it was published."
            ),
            "model": st.column_config.TextColumn("Model"),
            "version": st.column_config.TextColumn("Version", width=70, help="Of the extractor."),
            "articles_read": number("Read"),
            "articles_new": number("New", help="Extracted for the first time."),
            "articles_rejected": number("Rejected"),
            "mentions": number("Mentions", help="In the whole database after the run."),
            "event_mentions": number("Reports", help="In the whole database after the run."),
        },
    )
    downloads(desk, "runs", "runs", "runs")


def _sql(desk: Desk) -> None:
    st.markdown("#### The SQL behind it")
    name, params = st.session_state.get("sql_asked", (FIRST_QUESTION, {}))
    names = queries.names()
    st.session_state.setdefault("sql_question", name)
    if st.session_state.pop("sql_new", False):
        st.session_state.sql_question = name
    chosen = st.selectbox(
        "Question",
        names,
        key="sql_question",
        format_func=lambda one: f"{one}: {queries.header(one).question.partition('?')[0]}?",
        help="The menu of each download leads here with the question and parameters of that very chart.",
    )
    given = params if chosen == name else {}
    filtered = set_params(desk.filters) if takes_filter(chosen) else {}
    st.caption(
        "With the present filter and, where you came from a chart, its own parameters. It runs in the DuckDB "
        "shell over the snapshot that the first line opens."
    )
    st.code(script(chosen, {**filtered, **given}, str(desk.snapshot.file)), "sql", height=560)


def _accuracy(desk: Desk) -> None:
    del desk
    st.markdown("#### How accurate it is")
    st.markdown(manual("accuracy"))


def _dictionary(desk: Desk) -> None:
    del desk
    st.markdown("#### The tables")
    tables = sections("data-dictionary")
    everything = "All of it"
    chosen = st.selectbox("Table or view", [everything, *tables], key="dictionary_table", width=320)
    st.markdown(manual("data-dictionary") if chosen == everything else tables[chosen])


PARTS: dict[str, Callable[[Desk], Any]] = {
    "Coverage": _coverage,
    "Rejects": _rejects,
    "Missed": missed,
    "Runs": _runs,
    "SQL": _sql,
    "Accuracy": _accuracy,
    "Tables": _dictionary,
}
