"""The filter of one browser session and its copy in the URL; undo; what was clicked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from views.filters import Filters, from_query

MOST_UNDO = 50
LEVELS = {"actor": "As named", "affiliation": "By affiliation", "country": "By country"}


@dataclass(frozen=True, slots=True)
class Picked:
    """What a click chose on a page: an actor, a pair (source to target) or one event, by key."""

    node: str | None = None
    source: str | None = None
    target: str | None = None
    event: str | None = None


def sync(page: str) -> Filters:
    """The filter to show on `page`: the session's, unless the URL changed under it (a link, the back button).

    Going to another page drops the URL's parameters; then the session's filter is written into the new URL.
    A filter changed just now stands, too: a second click may come with the URL from before the first.
    """
    session = st.session_state
    url = _url()
    turned = session.get("page") != page
    stands = session.pop("changed", False) or (turned and not url)
    if "filters" not in session or (url != session.get("url") and not stands):
        session.filters = from_query(url)
        session.article = next(iter(url.get("article", ())), None)
    session.page = page
    _write_url()
    return session.filters  # type: ignore[no-any-return]


def change(filters: Filters) -> None:
    """Take a new filter, keep the old one for undo. For callbacks: the page is drawn afterwards."""
    session = st.session_state
    if filters == session.filters:
        return
    session.undo = [*session.get("undo", []), session.filters][-MOST_UNDO:]
    session.filters = filters
    session.changed = True
    session.pop("evidence_page", None)
    session.pop("articles_page", None)


def undo() -> None:
    """Go back to the filter before the last change, if there is one."""
    session = st.session_state
    if session.get("undo"):
        *session.undo, session.filters = session.undo
        session.changed = True


def can_undo() -> bool:
    return bool(st.session_state.get("undo"))


def picked() -> Picked:
    """The last click in a chart of this session; empty at first."""
    return st.session_state.get("picked_last", Picked())  # type: ignore[no-any-return]


def pick(point: dict[str, Any] | None) -> bool:
    """Remember a click; the same click again forgets it. Whether anything changed."""
    if not point or "brush" in point:
        return False
    chosen = Picked(**{name: value for name, value in point.items() if name in Picked.__slots__})
    st.session_state.picked_last = Picked() if chosen == picked() else chosen
    return True


def unpick() -> None:
    """Forget the last click."""
    st.session_state.picked_last = Picked()


def open_article(key: str | None, sentence: int | None = None) -> None:
    """Choose the article that the reader shows, at one of its sentences."""
    st.session_state.article = key
    st.session_state.sentence = sentence


def level_control(filters: Filters) -> None:
    """The switch that rolls actors up; its value is part of the filter, so that links keep it."""
    st.session_state["level"] = filters.level

    def write() -> None:
        change(replace(st.session_state.filters, level=st.session_state.level or "actor"))

    st.segmented_control(
        "Show actors",
        LEVELS,
        key="level",
        on_change=write,
        format_func=LEVELS.get,  # type: ignore[arg-type]
        help="As the articles name them, or counted with the state or organisation they belong to.",
    )


def _url() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def _write_url() -> None:
    session = st.session_state
    wanted = session.filters.to_query()
    if session.page == "articles" and session.get("article"):
        wanted["article"] = [session.article]
    if wanted != _url():
        st.query_params.from_dict(wanted)
    session.url = wanted
