"""One list of what somebody says: claims, and words addressed to somebody."""

from __future__ import annotations

from typing import Any

import streamlit as st

from views.answers import Desk
from views.download import downloads
from views.quoted import quotes

SHOWN = 25


def said(desk: Desk, articles: Any, heading: str, key: str, hint: str, **who: Any) -> None:
    """A heading of our own words and the newest sentences; `who` are parameters of `said_about`."""
    rows = desk.ask_filtered("said_about", row_limit=SHOWN, **who)
    st.markdown(f"#### {heading}", help=hint)
    if rows.is_empty():
        st.caption("No such sentence in these events.")
        return
    st.caption(f"The newest {SHOWN} sentences" if len(rows) == SHOWN else _number(len(rows)))
    quotes(desk, articles, rows["evidence_no"].to_list(), f"said_{key}", height=560)
    downloads(desk, "said_about", "all of them", f"said_{key}", **who)


def _number(number: int) -> str:
    return "One sentence" if number == 1 else f"{number:,} sentences"
