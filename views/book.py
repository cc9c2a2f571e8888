"""The pages by title: what the navigation offers and what a click on one page opens on another."""

from __future__ import annotations

import streamlit as st

# Title -> icon, in the order of the navigation.
PAGES = {
    "Network": ":material/hub:",
    "Timeline": ":material/timeline:",
    "Pair": ":material/compare_arrows:",
    "Actor": ":material/person:",
    "Map": ":material/map:",
    "Plans": ":material/event_upcoming:",
    "Evidence": ":material/format_quote:",
    "Articles": ":material/article:",
}
FIRST = "Network"


def page(title: str) -> st.Page:
    """The page of that title. KeyError for a title that is not in PAGES."""
    return st.Page(_blank, title=title, url_path=title.lower(), icon=PAGES[title], default=title == FIRST)


def _blank() -> None:
    """Pages draw themselves below filter and totals, which need to know the page first."""
