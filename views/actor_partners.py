"""Part of the page Actor: with whom it deals, and the sentences that say so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import streamlit as st

from charts.network import ego
from charts.text import plural
from views import book, legend, state
from views.answers import Desk
from views.download import downloads
from views.focus import focus, height, table, take, title
from views.plot import plot
from views.quoted import quotes
from views.words import plain

PAGE = "actor_partners"
MOST = 28


def partners(desk: Desk, articles: Any, actor: dict[str, Any]) -> None:
    """Draw the actor amid its partners, and what was clicked beside it."""
    found = desk.ask_filtered("ego_network", actor=actor["actor_key"], row_limit=MOST)
    if found.is_empty():
        st.info(
            "Nobody else takes part in this actor's events. Its own acts stand under Evidence.",
            icon=":material/person_off:",
        )
        return
    left, right = st.columns([0.64, 0.36], gap="medium")
    with left:
        alt = f"{actor['actor']} and {plural(len(found), 'partner')}; the same numbers are in the table."
        point = plot(ego(found, actor["actor"], actor["actor_key"]), "actor_ego", alt)
        legend.network()
        downloads(desk, "ego_network", "partners", "actor_partners", actor=actor["actor_key"])
        take(PAGE, _partner(point, actor["actor_key"]))
    with right:
        _panel(desk, articles, actor, found)


def _partner(point: dict[str, Any] | None, key: str) -> dict[str, Any] | None:
    """The other end of what was clicked: a disc or the mark on a line."""
    ends = {point.get("node"), point.get("source"), point.get("target")} if point else set()
    other = next(iter(ends - {None, key}), None)
    return {"partner": other} if other else None


def _panel(desk: Desk, articles: Any, actor: dict[str, Any], found: pl.DataFrame) -> None:
    key = str(focus(PAGE).get("partner"))
    chosen = found.filter(pl.col("partner_key") == pl.lit(key, pl.String))
    if chosen.is_empty():
        _table(found)
        return
    row = chosen.row(0, named=True)
    title(PAGE, plain(row["partner"]))
    st.text(f"{row['n_out']:,} done to it, {row['n_in']:,} done by it, {row['n_together']:,} together")
    both = replace(desk.filters, actors=(actor["actor_key"], key), between=True)
    if st.button("Open the pair", key="open_pair", icon=":material/compare_arrows:"):
        state.change(both)
        st.switch_page(book.page("Pair"))
    ends = {"one": actor["actor_key"], "other": key, "affiliates": False}
    rows = desk.ask_filtered("between_reports", row_limit=8, **ends)
    st.caption(f"Newest sentences of {plural(row['n_events'], 'event')}")
    quotes(desk, articles, rows["evidence_no"].to_list(), "partner_rows")
    downloads(desk, "between_reports", "all sentences", "partner_reports", **ends)


def _table(found: pl.DataFrame) -> None:
    """Without a click: the partners as a table, which the keyboard reaches too."""
    st.markdown("#### Partners")
    st.caption("Click a partner, or choose a row, to read the sentences.")
    row = table(
        found.select("partner", "n_out", "n_in", "n_together", "mean_score"),
        "partners_table",
        height(found),
        {
            "partner": st.column_config.TextColumn("Partner", width=92),
            "n_out": st.column_config.NumberColumn("To", width=40, help="Done by this actor to the partner."),
            "n_in": st.column_config.NumberColumn(
                "From", width=44, help="Done by the partner to this actor."
            ),
            "n_together": st.column_config.NumberColumn(
                "Both", width=42, help="Done together: talks, agreements."
            ),
            "mean_score": st.column_config.NumberColumn(
                "Score", format="%+.1f", width=48, help="Mean over happened and ongoing events, −10 to +10."
            ),
        },
    )
    if row is not None:
        take(PAGE, {"partner": found["partner_key"][row]})
