"""Part of the page Actor: the names that the articles use for it, and where they stand."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from charts.text import plural
from views.answers import Desk
from views.download import downloads
from views.evidence import follow
from views.focus import focus, height, table, take, title
from views.sentences import passages
from views.words import plain

PAGE = "actor_names"
MOST = 200


def names(desk: Desk, articles: Any, actor: dict[str, Any]) -> None:
    """Draw the names as a table, and the sentences of the chosen one beside it."""
    found = desk.ask("aliases", actor=actor["actor_key"], row_limit=MOST)
    left, right = st.columns([0.5, 0.5], gap="medium")
    with left:
        _table(desk, actor, found)
    with right:
        _sentences(desk, articles, actor, found)


def _table(desk: Desk, actor: dict[str, Any], found: pl.DataFrame) -> None:
    if found.is_empty():
        st.info("No article calls this actor by a name of its own: it is only spoken of.")
        return
    row = table(
        found.select("alias", "form", "n_mentions", "n_articles", "first_published", "last_published"),
        "names_table",
        height(found),
        {
            "alias": st.column_config.TextColumn("Name", width=92),
            "form": st.column_config.TextColumn("As", width=48, help="What kind of name it mostly is."),
            "n_mentions": st.column_config.NumberColumn(
                "Times", width=44, help="How often the name stands in the articles, copies left aside."
            ),
            "n_articles": st.column_config.NumberColumn("Articles", width=52),
            "first_published": st.column_config.DateColumn("First", format="MMM YYYY", width=66),
            "last_published": st.column_config.DateColumn("Last", format="MMM YYYY", width=66),
        },
    )
    downloads(desk, "aliases", "names", "names", actor=actor["actor_key"])
    if row is not None:
        take(PAGE, {"alias": found["alias"][row]})


def _sentences(desk: Desk, articles: Any, actor: dict[str, Any], found: pl.DataFrame) -> None:
    alias = focus(PAGE).get("alias")
    alias = alias if alias in found["alias"].to_list() else None
    if alias:
        title(PAGE, f"“{plain(alias)}”")
    else:
        st.markdown("#### By any name")
    rows = desk.ask("named", actor=actor["actor_key"], alias=alias, row_limit=20)
    st.caption(
        f"The newest {plural(len(rows), 'sentence')}"
        + ("; choose a name to read only its sentences." if not alias else "."),
        help="Any name: titles and pronouns too. Above each stands the rule that found the actor.",
    )
    entries = [
        {**row, "who": row["text"], "when": f"{row['form']}, {row['rule']}, {row['confidence']:.0%} sure"}
        for row in rows.iter_rows(named=True)
    ]
    with st.container(height=520, border=False):
        opened = passages(entries, "named_rows")
    downloads(desk, "named", "all mentions", "named", actor=actor["actor_key"], alias=alias)
    follow(opened, articles)
