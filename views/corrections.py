"""Corrections by hand: choose what is wrong, see what a line would change, save it, publish."""

from __future__ import annotations

import streamlit as st

from views import correction_list, switches
from views.answers import Desk
from views.correct import What, choose, kind, subject
from views.correction_form import proposal
from views.correction_preview import preview
from views.correction_subject import choose_subject, show_subject

WHAT: dict[What, str] = {"actor": "An actor", "event": "An event", "mention": "A mention"}


def page(desk: Desk) -> None:
    """Draw the form beside the corrections that are there."""
    left, right = st.columns([0.5, 0.5], gap="large")
    with left:
        if switches.is_on(switches.CORRECTIONS):
            _form(desk)
        else:
            st.markdown("#### Corrections")
            st.info(
                switches.refusal(switches.CORRECTIONS, "Correcting from the browser"), icon=":material/lock:"
            )
    with right:
        correction_list.show(desk)


def _form(desk: Desk) -> None:
    st.markdown("#### What is wrong?")
    kind()
    what = st.segmented_control(
        "What is wrong?",
        list(WHAT),
        key="correct_what",
        required=True,
        format_func=lambda one: WHAT[one],
        label_visibility="collapsed",
    )
    chosen = subject()
    if chosen is None or chosen.what != what:
        chosen = choose_subject(desk, what or "actor")
        if chosen:
            choose(chosen)
            st.rerun()
        return
    if not show_subject(desk, chosen):
        return
    line = proposal(desk, chosen)
    if line:
        preview(desk, line)
