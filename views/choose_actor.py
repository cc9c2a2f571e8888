"""Finding one actor by letters of its names, by keyboard as well as by mouse."""

from __future__ import annotations

import streamlit as st

from charts.text import plural
from views.answers import Desk
from views.words import plain

MOST = 6


def choose_actor(desk: Desk, label: str, key: str, but: str | None = None) -> str | None:
    """A field and the actors that fit its letters; returns the key of the chosen one. `but` is left out."""
    letters = st.text_input(
        label, key=f"{key}_letters", live=True, max_chars=80, placeholder="Name or part of it"
    ).strip()
    if not letters:
        return None
    found = desk.ask("actor_search", letters=letters, row_limit=MOST + 1)
    rows = {row["actor_key"]: row for row in found.iter_rows(named=True) if row["actor_key"] != but}
    if not rows:
        st.caption("No actor has a name like that.")
        return None
    keys = list(rows)[:MOST]
    return st.radio(
        "Matching actors",
        keys,
        index=None,
        key=f"{key}_choice",
        label_visibility="collapsed",
        format_func=lambda one: plain(rows[one]["actor"]),
        captions=[plain(f"{rows[k]['kind']}, {plural(rows[k]['n_mentions'], 'mention')}, {k}") for k in keys],
    )
