"""Network: who does how much to whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import polars as pl
import streamlit as st

from charts.colouring import WAYS, colouring
from charts.matrix import matrix
from charts.network import as_actors, ego, network
from charts.text import day, plural, signed
from views import legend, state
from views.answers import Desk
from views.download import downloads, graph_downloads
from views.evidence import beside
from views.plot import plot
from views.words import plain

PAIRS_PER_ACTOR = 3  # more lines than this hide each other
MOST_PARTNERS = 28
USUAL_NUMBER = 40  # actors
MOST_LISTED = 100
MAP, PARTNERS, GRID = DRAWINGS = ("Map", "Partners", "Grid")


def page(desk: Desk, articles: Any) -> None:
    """Draw the page; `articles` is the page that a sentence opens."""
    view = _controls(desk)
    left, right = st.columns([0.64, 0.36], gap="medium")
    with left:
        point = _draw(desk, view)
    if state.pick(point):
        st.rerun()
    with right:
        _panel(desk, articles)


@dataclass(frozen=True, slots=True)
class View:
    """How the network is drawn: which drawing, discs coloured by what, how many actors."""

    drawing: str
    way: str
    number: int


def _controls(desk: Desk) -> View:
    _follow_the_filter(len(desk.filters.actors))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        drawing = st.segmented_control(
            "Drawing", DRAWINGS, key="drawing", required=True, persist_state="session"
        )
        state.level_control(desk.filters)
        way = st.selectbox(
            "Colour",
            WAYS,
            key=f"colour_{drawing}",
            index=WAYS.index("country" if drawing == PARTNERS else "kind"),
            format_func=str.capitalize,
            persist_state="session",
            width=130,
            disabled=drawing == GRID,
            help="Community: actors with more events among themselves, in the whole database.",
        )
        number = st.slider(
            "Actors",
            10,
            150,
            USUAL_NUMBER,
            5,
            key="n_nodes",
            persist_state="session",
            width=130,
            help="The busiest actors of the filter.",
        )
    return View(drawing or MAP, way or "kind", number)


def _follow_the_filter(n_actors: int) -> None:
    """One actor alone opens on its partners, anything else on the map; until the analyst chooses again."""
    usual = PARTNERS if n_actors == 1 else MAP
    if st.session_state.get("usual_drawing") != usual:
        st.session_state.usual_drawing = st.session_state.drawing = usual


def warm_up(desk: Desk) -> None:
    """Ask what the page asks at first."""
    desk.ask_filtered("relationships", **_shown(desk, _nodes(desk, USUAL_NUMBER), USUAL_NUMBER))
    desk.ask_filtered("relationships", level=desk.filters.level, row_limit=MOST_LISTED)


def _nodes(desk: Desk, number: int) -> pl.DataFrame:
    return desk.ask_filtered("actors", level=desk.filters.level, row_limit=number)


def _shown(desk: Desk, nodes: pl.DataFrame, number: int) -> dict[str, Any]:
    """What `relationships` is asked for the pairs among `nodes`."""
    keys = nodes["actor_key"].to_list()
    return {"level": desk.filters.level, "nodes": keys, "row_limit": PAIRS_PER_ACTOR * number}


def _draw(desk: Desk, view: View) -> dict[str, Any] | None:
    level = desk.filters.level
    nodes = _nodes(desk, view.number)
    if view.drawing == PARTNERS:
        return _draw_ego(desk, nodes, view)
    shown = _shown(desk, nodes, view.number)
    edges = desk.ask_filtered("relationships", **shown)
    if edges.is_empty():
        st.info("These events name no second actor, so there is nobody to connect. See them under Evidence.")
        return None
    alt = _words(len(nodes), len(edges))
    if view.drawing == GRID:
        point = plot(matrix(nodes, edges), key="grid", alt=alt)
        legend.matrix()
    else:
        coloured = colouring(nodes, view.way)
        point = plot(network(nodes, edges, state.picked().node, coloured.colours), key="network", alt=alt)
        legend.network(coloured.key)
    with st.container(horizontal=True):
        downloads(desk, "relationships", "pairs", "pairs", **shown)
        downloads(desk, "actors", "actors", "actors", level=level, row_limit=view.number)
        graph_downloads(desk, level=level)
    return point


def _draw_ego(desk: Desk, nodes: pl.DataFrame, view: View) -> dict[str, Any] | None:
    chosen = state.picked().node or next(iter(desk.filters.actors), None) or nodes["actor_key"][0]
    name = desk.names((chosen,))[chosen]
    level = desk.filters.level
    partners = desk.ask_filtered("ego_network", level=level, actor=chosen, row_limit=MOST_PARTNERS)
    if partners.is_empty():
        st.info(
            "This actor has no partner in these events. Click another actor on the map, or widen the filter."
        )
        return None
    coloured = colouring(as_actors(partners), view.way)
    alt = _words(len(partners) + 1, len(partners))
    point = plot(ego(partners, name, chosen, coloured.colours), key="ego", alt=alt)
    legend.network(coloured.key)
    with st.container(horizontal=True):
        downloads(desk, "ego_network", "partners", "partners", level=level, actor=chosen)
        graph_downloads(desk, level=level)
    return point


def _words(n_actors: int, n_pairs: int) -> str:
    what = f"{plural(n_actors, 'actor')} and {plural(n_pairs, 'pair')}"
    return f"Network of {what}; the same numbers are in the downloads."


def _panel(desk: Desk, articles: Any) -> None:
    picked = state.picked()
    if picked.node:
        _actor(desk, articles, picked.node)
    elif picked.source and picked.target:
        _pair(desk, articles, picked.source, picked.target)
    else:
        _busiest(desk)


def _actor(desk: Desk, articles: Any, key: str) -> None:
    found = desk.ask("actor", actor=key)
    if found.is_empty():
        return _busiest(desk)
    actor = found.row(0, named=True)
    _title(actor["actor"])
    belongs = actor["affiliation"] and f"belongs to {actor['affiliation']}"
    st.text(", ".join(filter(None, [actor["kind"], actor["country"], belongs])))
    others = [alias for alias in actor["aliases"] if alias != actor["actor"]][:6]
    if others or actor["roles"]:
        st.text("Also: " + ", ".join([*actor["roles"][:4], *others]))
    st.button(
        "Show only this actor",
        key="only_actor",
        on_click=state.change,
        args=(replace(desk.filters, actors=(key,), between=False),),
    )
    beside(desk, articles, "network_side", level=desk.filters.level, node=key)
    return None


def _title(words: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"#### {plain(words)}", width="stretch")
        st.button("Close", key="close_panel", type="tertiary", icon=":material/close:", on_click=state.unpick)


def _pair(desk: Desk, articles: Any, source: str, target: str) -> None:
    names = desk.names((source, target))
    found = desk.ask_filtered("relationships", level=desk.filters.level, nodes=[source, target])
    rows = [
        row
        for row in found.iter_rows(named=True)
        if row["source_key"] == source and row["target_key"] == target
    ]
    _title(f"{names[source]} → {names[target]}")
    if rows:
        row = rows[0]
        st.text(
            f"{row['n_cooperation']:,} cooperation, {row['n_conflict']:,} conflict, "
            f"{row['n_planned']:,} planned or possible; mean score {signed(row['mean_score'])}. "
            f"{day(row['first_date'])} to {day(row['last_date'])}."
        )
    both = replace(desk.filters, actors=(source, target), between=True)
    st.button("Show only these two", key="only_pair", on_click=state.change, args=(both,))
    beside(desk, articles, "network_side", level=desk.filters.level, source=source, target=target)


def _busiest(desk: Desk) -> None:
    """Without a click: the strongest pairs as a table, which the keyboard reaches too."""
    pairs = desk.ask_filtered("relationships", level=desk.filters.level, row_limit=MOST_LISTED)
    st.markdown("#### Strongest pairs")
    st.caption("Click an actor or the mark on an edge, or choose a row, to read what was said.")
    shown = pairs.select(pl.format("{} → {}", "source", "target").alias("pair"), "n_events", "mean_score")
    chosen = st.dataframe(
        shown,
        hide_index=True,
        placeholder="–",
        height=520,
        on_select="rerun",
        selection_mode="single-row",
        key="pairs_table",
        column_config={
            "pair": st.column_config.TextColumn("Pair", width=150),
            "n_events": st.column_config.NumberColumn("Events", width=56),
            "mean_score": st.column_config.NumberColumn("Score", format="%+.1f", width=62),
        },
    )
    rows = chosen["selection"]["rows"]
    if rows and state.pick({"source": pairs["source_key"][rows[0]], "target": pairs["target_key"][rows[0]]}):
        st.rerun()
