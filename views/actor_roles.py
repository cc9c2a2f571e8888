"""Part of the page Actor: the roles it holds or gives, by date, each with the sentence that says so."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from charts.roles import roles as draw
from charts.roles import title as words
from charts.text import day, plural
from views.answers import Desk
from views.download import downloads
from views.evidence import follow
from views.focus import focus, take, title
from views.plot import plot
from views.sentences import passages
from views.words import plain

PAGE = "actor_roles"
MOST = 25


def roles(desk: Desk, articles: Any, actor: dict[str, Any]) -> None:
    """Draw the roles on lines, and their sentences beside them."""
    found = desk.ask("roles", actor=actor["actor_key"], row_limit=MOST)
    if found.is_empty():
        st.info(
            f"No sentence gives {actor['actor']} a role, or names somebody's role in it.",
            icon=":material/badge:",
        )
        return
    found = found.with_columns(label=_labels(found, actor["actor_key"]))
    left, right = st.columns([0.58, 0.42], gap="medium")
    with left:
        _lines(desk, actor, found)
    with right:
        _sentences(articles, found)


def _labels(found: pl.DataFrame, key: str) -> pl.Series:
    """The role alone where the actor holds it; with the holder's name where somebody else does."""
    labels = [
        words(row) if row["holder_key"] == key else f"{row['holder']}: {row['role']}"
        for row in found.iter_rows(named=True)
    ]
    return pl.Series("label", labels)


def _lines(desk: Desk, actor: dict[str, Any], found: pl.DataFrame) -> None:
    point = plot(
        draw(found, focus(PAGE).get("role")), "actor_roles", f"{plural(len(found), 'role')} over time."
    )
    st.caption(
        "From the first to the last article that says so"
        + (f"; the {MOST} that were read last." if len(found) == MOST else "."),
        help="Not terms of office: only what these articles say on the day they were published.",
    )
    downloads(desk, "roles", "roles", "roles", actor=actor["actor_key"])
    take(PAGE, point)


def _sentences(articles: Any, found: pl.DataFrame) -> None:
    number = focus(PAGE).get("role")
    chosen = found.filter(pl.col("role_no") == pl.lit(number, pl.Int64))
    if chosen.is_empty():
        st.markdown("#### What says so")
        st.caption("The first sentence for each role. Click a line to read only its own.")
        chosen = found
    else:
        title(PAGE, plain(chosen["label"][0]))
    entries = [
        {**row, "who": row["label"], "when": f"{day(row['since'])} to {day(row['until'])}"}
        for row in chosen.iter_rows(named=True)
    ]
    with st.container(height=520, border=False):
        opened = passages(entries, "role_rows")
    follow(opened, articles)
