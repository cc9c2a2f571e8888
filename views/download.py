"""Links to the files that `views/export.py` streams: all rows of what is shown, made when clicked."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

import streamlit as st

import queries
from views import book
from views.answers import Desk
from views.filters import Filters
from views.graph_file import MOST_EDGES

FORMATS = (
    ("csv", "CSV", ":material/table:"),
    ("xl.csv", "CSV for Excel", ":material/table_view:"),
    ("parquet", "Parquet", ":material/database:"),
)

GRAPHS = (
    ("gexf", "GEXF, with dates", ":material/hub:"),
    ("graphml", "GraphML", ":material/account_tree:"),
)


def link(desk: Desk, query: str, suffix: str, **params: Any) -> str:
    """The address of a query's answer under the desk's filter; what changes nothing is left out."""
    known = {**(set_params(desk.filters) if takes_filter(query) else {}), **params}
    pairs: list[tuple[str, str]] = [("snapshot", desk.snapshot.name)]
    for name, value in known.items():
        pairs += [
            (name, _written(one))
            for one in (value if isinstance(value, list) else [value])
            if one is not None
        ]
    return f"download/{query}.{suffix}?{urlencode(pairs)}"


def set_params(filters: Filters) -> dict[str, Any]:
    """Parameters that differ from an empty filter's, and what goes with a choice of actors."""
    empty = Filters().params()
    params = {name: value for name, value in filters.params().items() if value != empty[name]}
    return {**params, "affiliates": filters.affiliates} if filters.actors or filters.partners else params


def takes_filter(query: str) -> bool:
    """Whether a question asks about the events of the filter."""
    return "min_publishers" in queries.header(query).params


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def downloads(desk: Desk, query: str, what: str, key: str, **params: Any) -> None:
    """A menu that downloads `what` (all rows, not only the visible page)."""
    with st.popover(f"Download {what}", icon=":material/download:", key=f"download_{key}", type="tertiary"):
        for suffix, label, icon in FORMATS:
            st.link_button(label, link(desk, query, suffix, **params), icon=icon, type="tertiary")
        st.caption("All rows of the filter, with the filter and the snapshot in the last columns.")
        if st.button("The SQL behind it", key=f"sql_{key}", type="tertiary", icon=":material/code:"):
            st.session_state.sql_asked = (query, params)
            st.session_state.sql_wanted = st.session_state.sql_new = True
            st.switch_page(book.page("Method"))


def graph_downloads(desk: Desk, **params: Any) -> None:
    """A menu that downloads all pairs of the filter and their actors as one graph."""
    with st.popover("Download graph", icon=":material/download:", key="download_graph", type="tertiary"):
        for suffix, label, icon in GRAPHS:
            address = link(desk, "relationships", suffix, **params)
            st.link_button(label, address, icon=icon, type="tertiary")
        st.caption(
            f"Actors and pairs for Gephi and other tools: the {MOST_EDGES:,} busiest pairs of the filter "
            "at most, with the filter and the snapshot in the file."
        )
