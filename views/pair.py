"""Pair: two actors, what they did to each other, who began it, and what each says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from views import state
from views.answers import Desk
from views.filters import Filters
from views.focus import height, table
from views.pair_accounts import accounts
from views.pair_history import history
from views.pair_said import each_says
from views.words import plain

PARTS = {"History": history, "What each says": each_says, "Differing accounts": accounts}


def page(desk: Desk, articles: Any) -> None:
    """Draw the page; `articles` is the page that a sentence opens."""
    ends = _chosen(desk)
    if ends is None:
        _choose(desk)
        return
    # The two sides are asked for by name below: as a condition they would only be looked for twice.
    freed = replace(desk.filters, actors=(), partners=(), between=False)
    pair = Desk(desk.reader, desk.snapshot, freed)
    _head(desk, ends)
    part = st.segmented_control(
        "Show",
        list(PARTS),
        key="pair_part",
        default="History",
        required=True,
        persist_state="session",
        label_visibility="collapsed",
    )
    PARTS[part or "History"](pair, articles, ends, desk.names(ends))


def _chosen(desk: Desk) -> tuple[str, str] | None:
    """The first two actors of the filter, partners included; None where it has fewer."""
    actors = _in_filter(desk.filters)
    return (actors[0], actors[1]) if len(actors) > 1 else None


def _in_filter(filters: Filters) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys([*filters.actors[:1], *filters.partners[:1], *filters.actors, *filters.partners])
    )


def _head(desk: Desk, ends: tuple[str, str]) -> None:
    names = desk.names(ends)
    rest = _in_filter(desk.filters)[2:]
    free = replace(desk.filters, partners=())
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"### {plain(names[ends[0]])} and {plain(names[ends[1]])}", width="content")
        turned = replace(free, actors=(ends[1], ends[0], *rest))
        st.button(
            "Swap",
            key="swap",
            type="tertiary",
            icon=":material/swap_horiz:",
            on_click=state.change,
            args=(turned,),
            help="Put the other actor on the left",
        )
        if rest:
            onward = replace(free, actors=(ends[0], *rest, ends[1]))
            st.button(
                "Next pair",
                key="next_pair",
                type="tertiary",
                icon=":material/skip_next:",
                on_click=state.change,
                args=(onward,),
                help="The filter has more than two actors: compare the first with the next one",
            )


def _choose(desk: Desk) -> None:
    """Without two actors in the filter: the busiest pairs to choose from."""
    st.markdown("#### Which pair?")
    only = desk.filters.actors
    st.caption("Choose a row here, or find two actors in the sidebar by any name that the articles use.")
    found = desk.ask_filtered("relationships", level=desk.filters.level, row_limit=200)
    if only:
        touches = (found["source_key"] == only[0]) | (found["target_key"] == only[0])
        found = found.filter(touches) if touches.any() else found
    if found.is_empty():
        st.info("These events name no second actor. See them under Evidence.", icon=":material/person_off:")
        return
    row = table(
        found.select(
            "source", "target", "n_events", "n_cooperation", "n_conflict", "n_planned", "mean_score"
        ),
        "pair_choices",
        height(found, 560),
        {
            "source": st.column_config.TextColumn("Acts", width="medium"),
            "target": st.column_config.TextColumn("Acted upon", width="medium"),
            "n_events": st.column_config.NumberColumn("Events", help="All events from the one to the other."),
            "n_cooperation": st.column_config.NumberColumn("Cooperation", help="Happened or ongoing."),
            "n_conflict": st.column_config.NumberColumn("Conflict", help="Happened or ongoing."),
            "n_planned": st.column_config.NumberColumn("Planned", help="Planned or only possible."),
            "mean_score": st.column_config.NumberColumn(
                "Score", format="%+.1f", help="Mean over happened and ongoing events, −10 to +10."
            ),
        },
    )
    if row is not None:
        both = (found["source_key"][row], found["target_key"][row])
        state.change(replace(desk.filters, actors=both, between=True))
        st.rerun()
