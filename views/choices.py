"""Choices among values that the events have, each with the number of events that choosing it would show."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from etl.plover import EVENT_STATUSES, EVENT_TYPES
from views.answers import Desk
from views.filters import QUAD_CLASSES
from views.state import change
from views.words import STATUS_WORDS, TYPE_HELP, count_label

MOST_OPTIONS = 300


@dataclass(frozen=True, slots=True)
class Choice:
    """One multiselect: the field of the filter, the facet that counts it, and its words.

    `options` are always on offer; without them only values that occur in the events are, and chosen ones.
    """

    field: str
    facet: str
    label: str
    placeholder: str
    hint: str
    options: tuple[str, ...] = ()
    words: Mapping[str, str] = dataclasses.field(default_factory=dict)


ALWAYS = (
    Choice("types", "type", "Types", "All types", TYPE_HELP, tuple(EVENT_TYPES)),
    Choice(
        "quad_classes",
        "quad_class",
        "Cooperation or conflict",
        "Both, words and deeds",
        "Verbal: said or agreed. Material: done.",
        QUAD_CLASSES,
    ),
    Choice(
        "statuses",
        "status",
        "Status",
        "Any status",
        "Whether it took place, is going on, is announced, is only possible, or is denied.",
        tuple(EVENT_STATUSES),
        STATUS_WORDS,
    ),
)
MORE = (
    Choice("publishers", "publisher", "Publishers", "All", "Events that one of them tells of."),
    Choice("countries", "country", "Countries of the actors", "All", "Events with an actor of that country."),
    Choice("claimants", "claimant", "Said by", "Anybody", "Events that rest on the word of these actors."),
    Choice("places", "place", "Places", "All", "Events that took place there."),
)


def bind(name: str, value: Any, read: Callable[[Any], Any] | None = None) -> dict[str, Any]:
    """Key and callback of a widget that shows `value`, the filter's field `name`, and writes it back."""
    key = f"filter_{name}"
    st.session_state[key] = value

    def write() -> None:
        entered = st.session_state[key]
        change(replace(st.session_state.filters, **{name: read(entered) if read else entered}))

    return {"key": key, "on_change": write}


def choose(desk: Desk, choice: Choice) -> None:
    """Draw a choice; options come with their number of events under the rest of the filter."""
    numbers, names = counts(desk, choice)
    chosen = list(getattr(desk.filters, choice.field))
    known = {**dict.fromkeys(choice.options, 0), **numbers}
    options = dict.fromkeys([*chosen, *sorted(known, key=lambda value: -known[value])[:MOST_OPTIONS]])

    def label(value: str) -> str:
        name = choice.words.get(value) or names.get(value) or value
        return count_label(name.capitalize() if choice.options else name, numbers.get(value, 0))

    st.multiselect(
        choice.label,
        list(options),
        **bind(choice.field, chosen, tuple),
        format_func=label,
        placeholder=choice.placeholder,
        help=choice.hint,
    )


def counts(desk: Desk, choice: Choice) -> tuple[dict[str, int], dict[str, str]]:
    """Events per value under the rest of the filter, and the names of values.

    What is not filtered itself is counted together: one question instead of one each.
    """
    group = ALWAYS if choice in ALWAYS else MORE
    together = [one.facet for one in group if not getattr(desk.filters, one.field)]
    facets = together if choice.facet in together else [choice.facet]
    found = desk.ask_filtered(
        "facets",
        facets=facets,
        row_limit=MOST_OPTIONS,
        **({} if choice.facet in together else {choice.field: None}),
    ).filter(facet=choice.facet)
    values = found["value"].to_list()
    return dict(zip(values, found["n_events"], strict=True)), dict(zip(values, found["label"], strict=True))
