"""Evidence: every sentence behind the current view, with the words that say who, what, whom and when."""

from __future__ import annotations

from typing import Any

import streamlit as st

from charts.text import plural
from views import book, correct, legend, state
from views.answers import Desk
from views.download import downloads
from views.sentences import evidence_list

PAGE_SIZE = 25
MOST_COUNTED = 1000
SORTS = ("newest", "oldest", "most told", "cooperation first", "conflict first")


def page(desk: Desk, articles: Any) -> None:
    """Draw the page; `articles` is the page that a sentence opens."""
    total = int(desk.ask_filtered("totals")["n_mentions"][0])
    top = st.container(horizontal=True, vertical_alignment="bottom")
    with top:
        sort = st.selectbox("Order", SORTS, format_func=str.capitalize, width=190, key="evidence_sort")
        downloads(desk, "evidence", "evidence", "evidence", sort=sort)
        downloads(desk, "events", "events", "events", sort=sort)
    legend.spans()
    pages = max(1, -(-total // PAGE_SIZE))
    if st.session_state.get("evidence_page", 1) > pages:
        del st.session_state["evidence_page"]
    number = st.session_state.get("evidence_page", 1)
    rows = desk.ask_filtered("evidence", sort=sort, row_limit=PAGE_SIZE, row_offset=(number - 1) * PAGE_SIZE)
    opened = evidence_list(rows.to_dicts(), key="evidence_rows")
    if pages > 1:
        st.pagination(pages, key="evidence_page")
    follow(opened, articles)


def beside(desk: Desk, articles: Any, key: str, **focus: Any) -> None:
    """A panel of the newest sentences about what was clicked; `focus` are parameters of `evidence`."""
    rows = desk.ask_filtered("evidence", row_limit=8, **focus)
    events = desk.ask_filtered("events", row_limit=MOST_COUNTED + 1, **focus)
    number = (
        f"More than {MOST_COUNTED:,} events" if len(events) > MOST_COUNTED else plural(len(events), "event")
    )
    st.caption(f"{number}, newest sentences first")
    with st.container(height=470, border=False):
        opened = evidence_list(rows.to_dicts(), key=f"{key}_rows")
    downloads(desk, "evidence", "these sentences", key, **focus)
    follow(opened, articles)


def follow(opened: dict[str, Any] | None, articles: Any) -> None:
    """Go to the article that was opened in a list of sentences, or to the correction of a row."""
    if opened and "wrong" in opened:
        correct.choose(correct.Subject(**opened["wrong"]))
        st.switch_page(book.page("Corrections"))
    if opened and "article" in opened:
        state.open_article(opened["article"], opened["sentence"])
        st.switch_page(articles)
