"""The page script: one filter, one snapshot, and the page that was chosen."""

from __future__ import annotations

import logging
from pathlib import Path

import duckdb
import streamlit as st

from views import (
    actor,
    articles,
    book,
    corrections,
    evidence,
    glossary,
    header,
    imports,
    method,
    network,
    overview,
    pair,
    places,
    plans,
    sidebar,
    state,
    style,
    timeline,
    tour,
)
from views.answers import Desk, configured_reader
from views.database import NoDatabase, Reader, UnreadableDatabase
from views.jobs import jobs_of
from views.words import plain

POLL_SECONDS = 5
SIDEBAR_PIXELS = 330
DRAW = {
    "Overview": overview.page,
    "Network": network.page,
    "Timeline": timeline.page,
    "Pair": pair.page,
    "Actor": actor.page,
    "Map": places.page,
    "Plans": plans.page,
    "Evidence": evidence.page,
}
# Pages that have something to show when no event passes the filter.
ALWAYS = {
    "Articles": articles.page,
    "Corrections": corrections.page,
    "Glossary": glossary.page,
    "Import": imports.page,
    "Method": method.page,
}
ICON = str(Path(__file__).parent / "icon.svg")
LOG = logging.getLogger("dramatis")


def main() -> None:
    """Draw the chosen page, or say in a sentence why it cannot be drawn."""
    st.set_page_config(
        page_title="Dramatis", page_icon=ICON, layout="wide", initial_sidebar_state=SIDEBAR_PIXELS
    )
    style.apply()
    reader = configured_reader()
    try:
        _draw(reader)
    except (NoDatabase, UnreadableDatabase) as problem:
        st.title("Dramatis")
        st.info(str(problem), icon=":material/database_off:")
        if isinstance(problem, NoDatabase):
            imports.first(jobs_of(str(reader.path)))
    except (duckdb.CatalogException, duckdb.BinderException):
        LOG.exception("The database has other tables than this version asks for.")
        command = f"python -m etl.publish --db {reader.path}"
        st.error(
            "This database was made by another version of Dramatis. Make it anew from what was read, "
            f"with: {plain(command)}"
        )
    except duckdb.Error:
        LOG.exception("A question could not be answered.")
        st.error(
            "This page could not be drawn: the database did not answer. Reload it; the server's log has more."
        )


def _draw(reader: Reader) -> None:
    snapshot = reader.current()
    chosen = st.navigation(book.menus(), position="top")
    chosen.run()
    desk = Desk(reader, snapshot, state.sync(chosen.title.lower()))
    tour.show(desk, chosen.title)
    n_events = header.show(desk)
    sidebar.show(desk)  # after the totals: what the filter holds is what the analyst waits for
    if chosen.title in ALWAYS:
        ALWAYS[chosen.title](desk)
    elif not header.nothing(desk, n_events):
        DRAW[chosen.title](desk, book.page("Articles"))
    _watch(reader, snapshot.name)


@st.fragment(run_every=POLL_SECONDS)
def _watch(reader: Reader, shown: str) -> None:
    """Draw the page anew when a newer snapshot has been published."""
    try:
        current = reader.current().name
    except NoDatabase:
        return
    if current != shown:
        st.toast("New data have been published; the page shows them now.", icon=":material/update:")
        st.rerun()


main()
