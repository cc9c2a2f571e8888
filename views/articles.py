"""Articles: what was read, and one article with its actors, acts, dates and places marked."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from charts.text import day, plural
from views import legend, state
from views.answers import Desk
from views.download import downloads
from views.sentences import article_sentences, reader
from views.words import plain

PAGE_SIZE = 50
LONGEST_HEADING = 90


def page(desk: Desk) -> None:
    """Draw the list of articles, and the chosen one beside it."""
    left, right = st.columns([0.5, 0.5], gap="medium")
    with left:
        _list(desk)
    with right:
        _article(desk, st.session_state.get("article"))


def _list(desk: Desk) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(
            "Title or text contains", key="article_words", max_chars=200, placeholder="Letters or words"
        )
        downloads(desk, "articles", "list", "articles", **_params(desk, words))
    number = max(1, st.session_state.get("articles_page", 1))
    rows = desk.ask_filtered(
        "articles", row_limit=PAGE_SIZE + 1, row_offset=(number - 1) * PAGE_SIZE, **_params(desk, words)
    )
    if rows.is_empty():
        st.info(
            "No article matches. Change the words, or remove a condition above.", icon=":material/search_off:"
        )
        return
    _table(rows.head(PAGE_SIZE))
    if not st.session_state.get("article"):
        state.open_article(rows["article_key"][0])
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.button("Newer", key="newer", disabled=number == 1, on_click=_turn, args=(number - 1,))
        st.button("Older", key="older", disabled=len(rows) <= PAGE_SIZE, on_click=_turn, args=(number + 1,))


def _params(desk: Desk, words: str) -> dict[str, Any]:
    return {"article_words": words.strip() or None, "matching_only": not desk.filters.is_empty()}


def _turn(number: int) -> None:
    st.session_state.articles_page = number


def _table(rows: pl.DataFrame) -> None:
    shown = rows.select(
        "published",
        pl.col("title").fill_null(pl.col("opening")),
        "publisher",
        "n_events",
        "n_copies",
    )
    chosen = st.dataframe(
        shown,
        hide_index=True,
        placeholder="–",
        height=560,
        on_select="rerun",
        selection_mode="single-row",
        key="articles_table",
        column_config={
            "published": st.column_config.DateColumn("Published", format="D MMM YYYY", width=92),
            "title": st.column_config.TextColumn("Title", width=210),
            "publisher": st.column_config.TextColumn("Publisher", width=100),
            "n_events": st.column_config.NumberColumn("Events", width=58),
            "n_copies": st.column_config.NumberColumn(
                "Copies", width=58, help="Near copies in other outlets."
            ),
        },
    )
    picked = chosen["selection"]["rows"]
    key = rows["article_key"][picked[0]] if picked and picked[0] < len(rows) else None
    if key and key != st.session_state.get("article_row"):
        st.session_state.article_row = key
        state.open_article(key)
        st.rerun()


def _article(desk: Desk, key: str | None) -> None:
    found = desk.ask("article", article=key) if key else None
    if found is None or found.is_empty():
        st.markdown("#### No article open")
        st.caption("Choose a row to read an article, or open one from a sentence under Evidence.")
        return
    article = found.row(0, named=True)
    marks = desk.ask("article_marks", article=key)
    st.markdown(f"#### {plain(_heading(article, marks))}")
    st.text(_told(article))
    _origin(article)
    with st.container(horizontal=True, vertical_alignment="center"):
        legend.spans()
        downloads(desk, "article_marks", "marks", "marks", article=key)
    parts = article_sentences(article["text"], marks.to_dicts(), st.session_state.get("sentence"))
    with st.container(height=620, border=False):
        reader(parts, key="reader")


def _heading(article: dict[str, Any], marks: pl.DataFrame) -> str:
    """The title; where the input had none, the words that the text begins with."""
    first = marks.filter((pl.col("kind") == "sentence") & (pl.col("sentence_no") == 0))
    opening = " ".join(article["text"][first["start_char"][0] if len(first) else 0 :].split())
    cut = opening if len(opening) <= LONGEST_HEADING else f"{opening[:LONGEST_HEADING].rstrip()}…"
    return str(article["title"] or cut or "Untitled")


def _told(article: dict[str, Any]) -> str:
    publisher = article["publisher"] or "No publisher"
    return f"{publisher}, {day(article['published'])} · {plural(article['n_events'], 'event')}"


def _origin(article: dict[str, Any]) -> None:
    lines = [article["path"]]
    if article["url"]:
        lines.append(article["url"])
    copies = article["copies"]
    if copies:
        lines.append(
            f"Repeated by {', '.join(copy['publisher'] or 'an unnamed publisher' for copy in copies[:8])}"
        )
    if article["copy_of_key"]:
        st.button(
            "A near copy: open the first telling",
            on_click=state.open_article,
            args=(article["copy_of_key"],),
        )
    st.text("\n".join(lines))
