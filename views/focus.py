"""What was clicked on a page: kept per page beside the filter, until it is clicked again or closed."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

Focus = dict[str, Any]


def focus(page: str) -> Focus:
    """The last click on `page` in this session, as the mark's customdata; empty at first."""
    return st.session_state.get(f"focus_{page}", {})  # type: ignore[no-any-return]


def take(page: str, point: Focus | None) -> None:
    """Remember a click and draw the page anew; the same click again forgets it. Nothing for no click."""
    if point and "brush" not in point:
        st.session_state[f"focus_{page}"] = {} if point == focus(page) else point
        st.rerun()


def drop(page: str) -> None:
    """Forget the click on `page`. For callbacks."""
    st.session_state.pop(f"focus_{page}", None)


def title(page: str, words: str) -> None:
    """The heading of a panel about what was clicked, with a button that closes it; `words` are Markdown."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"#### {words}", width="stretch")
        st.button(
            "Close",
            key=f"close_{page}",
            type="tertiary",
            icon=":material/close:",
            on_click=drop,
            args=(page,),
        )


def height(rows: pl.DataFrame, most: int = 520) -> int:
    """Pixels that a table of these rows needs, at most `most`."""
    return min(35 * len(rows) + 38, most)


def table(shown: pl.DataFrame, key: str, pixels: int, columns: dict[str, Any]) -> int | None:
    """A table of one choice: the number of the row that was chosen in this run, else None.

    The choice itself is not kept here: a row that stays marked is reported once.
    """
    chosen = st.dataframe(
        shown,
        hide_index=True,
        placeholder="–",
        height=pixels,
        on_select="rerun",
        selection_mode="single-row",
        key=key,
        column_config=columns,
    )
    rows = list(chosen["selection"]["rows"])
    fresh = rows != st.session_state.get(f"{key}_seen", [])
    st.session_state[f"{key}_seen"] = rows
    return rows[0] if fresh and rows and rows[0] < len(shown) else None
