"""The way from an actor, an event or a mention on any page to the page that corrects it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from views import book, switches

What = Literal["actor", "event", "mention"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be corrected: the key of an actor or event, or of one mention's words (with their text)."""

    what: What
    key: str
    words: str = ""


def subject() -> Subject | None:
    """What this session is correcting, if anything."""
    return st.session_state.get("correct_subject")


def choose(chosen: Subject | None) -> None:
    """Correct this; None to choose again. For callbacks too."""
    st.session_state.correct_subject = chosen
    st.session_state.correct_turn = chosen is not None


def kind() -> What:
    """What kind of thing the form asks for; to be called before its widget, which then shows it."""
    chosen = subject()
    if chosen and st.session_state.get("correct_turn"):
        st.session_state.correct_what = chosen.what
        st.session_state.correct_turn = False
    return st.session_state.setdefault("correct_what", "actor")  # type: ignore[no-any-return]


def button(what: What, key: str, place: str) -> None:
    """A button that leads to the corrections of an actor or event; nothing where they are switched off.

    `place` makes the widget's key: one button per place on a page.
    """
    if not switches.is_on(switches.CORRECTIONS):
        return
    if st.button(
        "Correct",
        key=f"correct_{place}",
        type="tertiary",
        icon=":material/edit:",
        help=f"This {what} is wrong",
    ):
        choose(Subject(what, key))
        st.switch_page(book.page("Corrections"))
