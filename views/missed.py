"""Sentences that name two or more actors and report no event: where the coder may have missed one."""

from __future__ import annotations

import polars as pl
import streamlit as st

from views import book, state
from views.answers import Desk
from views.download import downloads

MOST = 500


def missed(desk: Desk) -> None:
    """The newest such sentences of the filter's actors, publishers and days of publication; a row opens its
    article there.
    """
    st.markdown("#### What may have been missed")
    asked = _asked(desk)
    rows = desk.ask("silent", **asked, row_limit=MOST + 1)
    if rows.is_empty():
        st.info("Every sentence of the filter that names two actors reports an event.")
        return
    many = f"The newest {MOST:,}" if len(rows) > MOST else f"{len(rows):,}"
    st.caption(
        f"{many} sentences that name two or more actors and report no event. Most of them rightly: Dramatis "
        "codes acts, not descriptions. The filter's actors, publishers and days (of publication) apply. "
        "Choose a row to read it in its article."
    )
    _table(rows.head(MOST))
    downloads(desk, "silent", "missed", "missed", **asked)


def _asked(desk: Desk) -> dict[str, object]:
    params = desk.filters.params()
    return {name: params[name] for name in ("actors", "publishers", "date_from", "date_to")}


def _table(rows: pl.DataFrame) -> None:
    chosen = st.dataframe(
        rows.select("published", "publisher", "sentence", pl.col("actors").list.join(", ")),
        hide_index=True,
        placeholder="–",
        height=560,
        on_select="rerun",
        selection_mode="single-row",
        key="missed_table",
        column_config={
            "published": st.column_config.DateColumn("Published", format="D MMM YYYY", width=92),
            "publisher": st.column_config.TextColumn("Publisher", width=110),
            "sentence": st.column_config.TextColumn("Sentence", width=520),
            "actors": st.column_config.TextColumn("Actors", width=200),
        },
    )
    picked = chosen["selection"]["rows"]
    if picked and picked[0] < len(rows):
        row = rows.row(picked[0], named=True)
        state.open_article(row["article_key"], row["sentence_no"])
        st.switch_page(book.page("Articles"))
