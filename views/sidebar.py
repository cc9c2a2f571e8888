"""The filter's widgets. They show the filter and change it; they hold nothing themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import streamlit as st

from etl.plover import EVENT_STATUSES, EVENT_TYPES
from views.answers import Desk
from views.filters import QUAD_CLASSES, Filters
from views.state import change
from views.words import STATUS_WORDS, TYPE_HELP, count_label, plain

EARLIEST, LATEST = date(1000, 1, 1), date(2200, 12, 31)
SUGGESTIONS = 6
MOST_OPTIONS = 300
PRESETS = {"30 days": 30, "90 days": 90, "Year": 365}


def show(desk: Desk) -> None:
    """Draw the filter into the sidebar."""
    with st.sidebar:
        st.html('<div class="brand">Dramatis<span>Who did what to whom, and who says so</span></div>')
        _actors(desk)
        _dates(desk)
        _kinds(desk)
        with st.expander("More filters", expanded=_uses_more(desk.filters)):
            _sources(desk)


def _bind(name: str, value: Any, read: Callable[[Any], Any] | None = None) -> dict[str, Any]:
    """Key and callback of a widget that shows `value`, the filter's field `name`, and writes it back."""
    key = f"filter_{name}"
    st.session_state[key] = value

    def write() -> None:
        entered = st.session_state[key]
        change(replace(st.session_state.filters, **{name: read(entered) if read else entered}))

    return {"key": key, "on_change": write}


def _actors(desk: Desk) -> None:
    filters = desk.filters
    st.markdown("##### Actors")
    letters = st.text_input(
        "Find an actor",
        key="actor_letters",
        live=True,
        placeholder="Name or part of it",
        max_chars=80,
        help="Countries, people, organisations and groups, by any name the articles use for them.",
    )
    found = desk.ask(
        "actor_search", letters=letters.strip() or None, row_limit=SUGGESTIONS + len(filters.actors)
    )
    rows = [row for row in found.iter_rows(named=True) if row["actor_key"] not in filters.actors][
        :SUGGESTIONS
    ]
    if rows:
        _suggest(rows)
    elif letters:
        st.caption("No actor has a name like that.")
    if filters.actors:
        st.toggle(
            "Include affiliated actors",
            **_bind("affiliates", filters.affiliates),
            help="For Russia also Russian officials, the Kremlin, its army: whoever belongs to it.",
        )
    if len(filters.actors) > 1:
        st.toggle(
            "Only between them",
            **_bind("between", filters.between),
            help="Both ends of an event are chosen actors.",
        )


def _suggest(rows: list[dict[str, Any]]) -> None:
    names = {row["actor_key"]: row["actor"] for row in rows}
    st.session_state["actor_choice"] = None

    def add() -> None:
        if st.session_state.actor_choice:
            change(st.session_state.filters.with_actor(st.session_state.actor_choice))
            st.session_state.actor_letters = ""

    st.pills(
        "Matching actors",
        list(names),
        format_func=lambda key: plain(names[key]),
        key="actor_choice",
        on_change=add,
        label_visibility="collapsed",
    )


def _dates(desk: Desk) -> None:
    filters = desk.filters
    st.markdown("##### Time")
    left, right = st.columns(2)
    limits: dict[str, Any] = {"min_value": EARLIEST, "max_value": LATEST, "format": "DD/MM/YYYY"}
    left.date_input("From", **_bind("date_from", filters.date_from), **limits)
    right.date_input("To", **_bind("date_to", filters.date_to), **limits)
    _presets(desk)
    st.segmented_control(
        "Dates are",
        [False, True],
        **_bind("by_report", filters.by_report, bool),
        width="stretch",
        format_func=lambda by_report: "First report" if by_report else "Event date",
        help="Event date: when it took place. First report: when the first article told of it.",
    )
    st.toggle(
        "Include undated events",
        **_bind("undated", filters.undated),
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


def _counts(desk: Desk, facet: str, field: str) -> dict[str, int]:
    """Events per value of a facet under the rest of the filter: what choosing it would show."""
    found = desk.ask_filtered("facets", **{field: None})
    return {row["value"]: row["n_events"] for row in found.iter_rows(named=True) if row["facet"] == facet}


def _kinds(desk: Desk) -> None:
    filters = desk.filters
    st.markdown("##### Events")
    types = _counts(desk, "type", "types")
    st.multiselect(
        "Types",
        sorted(EVENT_TYPES, key=lambda name: -types.get(name, 0)),
        **_bind("types", list(filters.types), tuple),
        format_func=lambda name: count_label(name.capitalize(), types.get(name, 0)),
        placeholder="All types",
        help=TYPE_HELP,
    )
    quads = _counts(desk, "quad_class", "quad_classes")
    st.multiselect(
        "Cooperation or conflict",
        QUAD_CLASSES,
        **_bind("quad_classes", list(filters.quad_classes), tuple),
        format_func=lambda name: count_label(name.capitalize(), quads.get(name, 0)),
        placeholder="Both, words and deeds",
        help="Verbal: said or agreed. Material: done.",
    )
    statuses = _counts(desk, "status", "statuses")
    st.multiselect(
        "Status",
        EVENT_STATUSES,
        **_bind("statuses", list(filters.statuses), tuple),
        format_func=lambda name: count_label(STATUS_WORDS[name], statuses.get(name, 0)),
        placeholder="Any status",
        help="Whether it took place, is going on, is announced, is only possible, or is denied.",
    )


def _uses_more(filters: Filters) -> bool:
    return bool(
        filters.publishers
        or filters.countries
        or filters.claimants
        or filters.places
        or filters.words
        or filters.min_publishers > 1
    )


def _sources(desk: Desk) -> None:
    filters = desk.filters
    coverage = desk.ask("coverage").drop_nulls("publisher")
    _choice(
        desk,
        "publishers",
        "Publishers",
        dict(zip(coverage["publisher"], coverage["n_articles"], strict=True)),
        {},
        "Articles read of each publisher.",
    )
    st.number_input(
        "Told by at least … publishers",
        min_value=1,
        max_value=99,
        step=1,
        **_bind("min_publishers", filters.min_publishers),
        help="Independent tellers: copies of one text count once.",
    )
    st.text_input(
        "Sentence contains",
        **_bind("words", filters.words, str.strip),
        placeholder="Letters or words",
        max_chars=200,
    )
    countries = desk.ask("countries")
    _choice(
        desk,
        "countries",
        "Countries of the actors",
        dict(zip(countries["country"], countries["n_events"], strict=True)),
        dict(zip(countries["country"], countries["actor"], strict=True)),
        "Events with an actor of that country.",
    )
    claimants = desk.ask("claimants", row_limit=MOST_OPTIONS)
    _choice(
        desk,
        "claimants",
        "Said by",
        dict(zip(claimants["actor_key"], claimants["n_events"], strict=True)),
        dict(zip(claimants["actor_key"], claimants["actor"], strict=True)),
        "Events that rest on the word of these actors.",
    )
    places = desk.ask("places").head(MOST_OPTIONS)
    _choice(
        desk,
        "places",
        "Places",
        dict(zip(places["place_key"], places["n_events"], strict=True)),
        dict(zip(places["place_key"], places["place"], strict=True)),
        "Events that took place there.",
    )


def _choice(
    desk: Desk, field: str, label: str, counts: dict[str, int], names: dict[str, str | None], hint: str
) -> None:
    """A multiselect of values with counts; chosen values that this snapshot lacks stay on offer."""
    chosen = list(getattr(desk.filters, field))
    options = list(dict.fromkeys([*chosen, *list(counts)[:MOST_OPTIONS]]))
    st.multiselect(
        label,
        options,
        **_bind(field, chosen, tuple),
        placeholder="All",
        help=hint,
        format_func=lambda value: count_label(names.get(value) or value, counts.get(value)),
    )
