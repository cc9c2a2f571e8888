"""Actor: names, roles by date, partners, and the claims that it makes and that are made about it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from charts.text import day, plural
from views import correct, state
from views.actor_claims import claims
from views.actor_names import names
from views.actor_partners import partners
from views.actor_roles import roles
from views.answers import Desk
from views.focus import height, table
from views.words import plain

PARTS = {"Partners": partners, "Names": names, "Roles": roles, "Claims": claims}


def page(desk: Desk, articles: Any) -> None:
    """Draw the page; `articles` is the page that a sentence opens."""
    key = _chosen(desk)
    found = desk.ask("actor", actor=key) if key else None
    if found is None or found.is_empty():
        _choose(desk)
        return
    actor = found.row(0, named=True)
    _head(desk, actor)
    part = st.segmented_control(
        "Show",
        list(PARTS),
        key="actor_part",
        default="Partners",
        required=True,
        persist_state="session",
        label_visibility="collapsed",
    )
    PARTS[part or "Partners"](desk, articles, actor)


def _chosen(desk: Desk) -> str | None:
    """The actor of the filter; where it has several, the one that is switched on."""
    actors = desk.filters.actors
    if len(actors) < 2:
        return actors[0] if actors else None
    known = desk.names(actors)
    if st.session_state.get("actor_shown") not in actors:
        st.session_state["actor_shown"] = actors[0]
    return st.segmented_control(
        "Actor",
        list(actors),
        key="actor_shown",
        required=True,
        persist_state="session",
        format_func=lambda key: plain(known[key]),
    )


def _choose(desk: Desk) -> None:
    """Without an actor in the filter: the busiest ones to choose from."""
    st.markdown("#### Which actor?")
    st.caption("Choose a row here, or find an actor in the sidebar by any name that the articles use.")
    found = desk.ask_filtered("actors", row_limit=100)
    shown = found.select(
        "actor", "kind", "affiliation", "n_events", "n_as_source", "n_as_target", "mean_score"
    )
    row = table(
        shown,
        "actor_choices",
        height(found, 560),
        {
            "actor": st.column_config.TextColumn("Actor", width="medium"),
            "kind": st.column_config.TextColumn("Kind", width="small"),
            "affiliation": st.column_config.TextColumn("Belongs to", width="small"),
            "n_events": st.column_config.NumberColumn("Events", help="Events that the actor takes part in."),
            "n_as_source": st.column_config.NumberColumn("Acts", help="Events in which the actor acts."),
            "n_as_target": st.column_config.NumberColumn("Acted upon", help="Events done to the actor."),
            "mean_score": st.column_config.NumberColumn(
                "Score", format="%+.1f", help="Mean over happened and ongoing events, −10 to +10."
            ),
        },
    )
    if row is not None:
        state.change(replace(desk.filters, actors=(found["actor_key"][row],), between=False))
        st.rerun()


def _head(desk: Desk, actor: dict[str, Any]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"### {plain(actor['actor'])}", width="content")
        st.caption(", ".join(filter(None, [actor["kind"], actor["country"]])))
        if actor["affiliation_key"]:
            st.button(
                f"Belongs to {plain(actor['affiliation'])}",
                key="to_affiliation",
                type="tertiary",
                icon=":material/north_west:",
                on_click=state.change,
                args=(replace(desk.filters, actors=(actor["affiliation_key"],), between=False),),
                help="Show that actor instead",
            )
        correct.button("actor", actor["actor_key"], "actor")
    st.caption(_facts(actor), help=FACTS)


FACTS = (
    "Over the whole database, whatever the filter. A mention is a stretch of text that names the actor or "
    "stands for it, pronouns included; events are those in which it acts or is acted upon, not those of its "
    "affiliates."
)


def _facts(actor: dict[str, Any]) -> str:
    told = f"{plural(actor['n_mentions'], 'mention')} in {plural(actor['n_articles'], 'article')}"
    events = plural(actor["n_events"], "event")
    if actor["first_date"] is None:
        return f"{told}, {events}"
    return f"{told}, {events} from {day(actor['first_date'])} to {day(actor['last_date'])}"
