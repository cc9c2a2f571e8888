"""The page script: one filter, one snapshot, four pages."""

from __future__ import annotations

import logging

import duckdb
import streamlit as st

from views import articles, evidence, header, network, sidebar, state, style, timeline
from views.answers import Desk, configured_reader
from views.database import NoDatabase, Reader, UnreadableDatabase

POLL_SECONDS = 5
LOG = logging.getLogger("dramatis")


def main() -> None:
    """Draw the chosen page, or say in a sentence why it cannot be drawn."""
    st.set_page_config(page_title="Dramatis", page_icon=":material/hub:", layout="wide")
    style.apply()
    reader = configured_reader()
    try:
        _draw(reader)
    except (NoDatabase, UnreadableDatabase) as problem:
        st.title("Dramatis")
        st.info(str(problem), icon=":material/database_off:")
    except duckdb.Error:
        LOG.exception("A question could not be answered.")
        st.error("This page could not be drawn: the database did not answer. Reload the page; the server's log has more.")


def _draw(reader: Reader) -> None:
    snapshot = reader.current()

    def on(draw):  # type: ignore[no-untyped-def]
        return lambda: draw()

    desk: list[Desk] = []
    read = st.Page(on(lambda: articles.page(desk[0])), title="Articles", url_path="articles", icon=":material/article:")
    chosen = st.navigation(
        [
            st.Page(on(lambda: network.page(desk[0], read)), title="Network", url_path="network", icon=":material/hub:", default=True),
            st.Page(on(lambda: timeline.page(desk[0], read)), title="Timeline", url_path="timeline", icon=":material/timeline:"),
            st.Page(on(lambda: evidence.page(desk[0], read)), title="Evidence", url_path="evidence", icon=":material/format_quote:"),
            read,
        ],
        position="top",
    )  # fmt: skip
    desk.append(Desk(reader, snapshot, state.sync(chosen.url_path)))
    sidebar.show(desk[0])
    n_events = header.show(desk[0])
    if chosen.url_path == "articles" or not header.nothing(desk[0], n_events):
        chosen.run()
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
