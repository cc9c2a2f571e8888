"""The pages by title: what the navigation offers and what a click on one page opens on another."""

from __future__ import annotations

import streamlit as st

# Menu of the navigation ("" for none) -> title -> icon. More than nine entries do not fit beside the sidebar.
MENUS = {
    "": {
        "Overview": ":material/dashboard:",
        "Network": ":material/hub:",
        "Timeline": ":material/timeline:",
        "Map": ":material/map:",
        "Evidence": ":material/format_quote:",
        "Articles": ":material/article:",
    },
    "In depth": {
        "Actor": ":material/person:",
        "Pair": ":material/compare_arrows:",
        "Plans": ":material/event_upcoming:",
    },
    "Data": {
        "Import": ":material/upload:",
        "Corrections": ":material/edit:",
        "Method": ":material/info:",
        "Glossary": ":material/menu_book:",
    },
}
ICONS = {title: icon for menu in MENUS.values() for title, icon in menu.items()}
FIRST = "Network"


def menus() -> dict[str, list[st.Page]]:
    """All pages as `st.navigation` takes them."""
    return {menu: [page(title) for title in titles] for menu, titles in MENUS.items()}


def page(title: str) -> st.Page:
    """The page of that title. KeyError for a title that no menu has."""
    return st.Page(_blank, title=title, url_path=title.lower(), icon=ICONS[title], default=title == FIRST)


def _blank() -> None:
    """Pages draw themselves below filter and totals, which need to know the page first."""
