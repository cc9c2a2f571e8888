"""The filter's widgets. They show the filter and change it; they hold nothing themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import streamlit as st

from views import tour
from views.answers import Desk
from views.choices import ALWAYS, MORE, bind, choose
from views.filters import Filters
from views.state import change
from views.words import plain

EARLIEST, LATEST = date(1000, 1, 1), date(2200, 12, 31)
SUGGESTIONS = 6
ACTOR_HELP = "Countries, people, organisations and groups, by any name the articles use for them."
PARTNER_HELP = "Only events between a chosen actor and this one, whoever acts."
PRESETS = {"30 days": 30, "90 days": 90, "Year": 365}


def show(desk: Desk) -> None:
    """Draw the filter into the sidebar."""
    with st.sidebar:
        st.html('<div class="brand">Dramatis<span>Who did what to whom, and who says so</span></div>')
        tour.offer(desk)
        _actors(desk)
        _dates(desk)
        _kinds(desk)
        _more(desk)


def _actors(desk: Desk) -> None:
    filters = desk.filters
    st.markdown("##### Actors")
    _find(desk, "Find an actor", "actor", filters.actors, ACTOR_HELP)
    if filters.actors:
        _find(desk, "And the other side", "partner", filters.partners, PARTNER_HELP)
    if filters.actors or filters.partners:
        st.toggle(
            "Include affiliated actors",
            **bind("affiliates", filters.affiliates),
            help="For Russia also Russian officials, the Kremlin, its army: whoever belongs to it.",
        )
    if len(filters.actors) > 1:
        st.toggle(
            "Only between them",
            **bind("between", filters.between),
            help="One chosen actor acts and another is acted on, or both act together.",
        )


def _find(desk: Desk, label: str, role: str, chosen: tuple[str, ...], hint: str) -> None:
    """A field for letters and the actors with a name like them, to be added as `role`."""
    letters = st.text_input(
        label,
        key=f"{role}_letters",
        live=True,
        placeholder="Name or part of it",
        max_chars=80,
        help=hint,
    )
    if role == "partner" and not letters:
        return
    found = desk.ask("actor_search", letters=letters.strip() or None, row_limit=SUGGESTIONS + len(chosen))
    rows = [row for row in found.iter_rows(named=True) if row["actor_key"] not in chosen][:SUGGESTIONS]
    if rows:
        _suggest(rows, role)
    elif letters:
        st.caption("No actor has a name like that.")


def _suggest(rows: list[dict[str, Any]], role: str) -> None:
    names = {row["actor_key"]: row["actor"] for row in rows}
    st.session_state[f"{role}_choice"] = None

    def add() -> None:
        key = st.session_state[f"{role}_choice"]
        if key:
            filters = st.session_state.filters
            change(filters.with_actor(key) if role == "actor" else filters.with_partner(key))
            st.session_state[f"{role}_letters"] = ""

    st.pills(
        "Matching actors",
        list(names),
        format_func=lambda key: plain(names[key]),
        key=f"{role}_choice",
        on_change=add,
        label_visibility="collapsed",
    )


def _dates(desk: Desk) -> None:
    filters = desk.filters
    st.markdown("##### Time")
    left, right = st.columns(2)
    limits: dict[str, Any] = {"min_value": EARLIEST, "max_value": LATEST, "format": "DD/MM/YYYY"}
    left.date_input("From", **bind("date_from", filters.date_from), **limits)
    right.date_input("To", **bind("date_to", filters.date_to), **limits)
    _presets(desk)
    st.segmented_control(
        "Dates are",
        [False, True],
        **bind("by_report", filters.by_report, bool),
        width="stretch",
        format_func=lambda by_report: "First report" if by_report else "Event date",
        help="Event date: when it took place. First report: when the first article told of it.",
    )
    st.toggle(
        "Include undated events",
        **bind("undated", filters.undated),
        help="Plans and possibilities often have no date. They are placed by their first report and marked.",
    )


def _presets(desk: Desk) -> None:
    last = desk.ask("totals")["last_date"][0]
    st.session_state["date_preset"] = None

    def choose() -> None:
        days = PRESETS.get(st.session_state.date_preset)
        end = min(last, LATEST) if last else None
        span = (None, None) if days is None or end is None else (end - timedelta(days=days - 1), end)
        change(replace(st.session_state.filters, date_from=span[0], date_to=span[1]))

    st.pills(
        "Last",
        [*PRESETS, "All"],
        key="date_preset",
        on_change=choose,
        help="Counted back from the latest event of the database.",
    )


def _kinds(desk: Desk) -> None:
    st.markdown("##### Events")
    for choice in ALWAYS:
        choose(desk, choice)


def _uses_more(filters: Filters) -> bool:
    return bool(
        any(getattr(filters, choice.field) for choice in MORE) or filters.words or filters.min_publishers > 1
    )


def _more(desk: Desk) -> None:
    """Conditions that are used less. Their counts are asked only while they are open."""
    filters = desk.filters
    if "more" not in st.session_state:
        st.session_state["more"] = _uses_more(filters)
    with st.expander("More filters", key="more", on_change="rerun") as opened:
        if not opened.open:
            return
        st.text_input(
            "Sentence contains",
            **bind("words", filters.words, str.strip),
            placeholder="Letters or words",
            max_chars=200,
        )
        st.number_input(
            "Told by at least … publishers",
            min_value=1,
            max_value=99,
            step=1,
            **bind("min_publishers", filters.min_publishers),
            help="Independent tellers: copies of one text count once.",
        )
        for choice in MORE:
            choose(desk, choice)
