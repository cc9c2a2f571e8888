"""Part of the page Pair: what each says about the other, side by side."""

from __future__ import annotations

from typing import Any

import streamlit as st

from views import legend
from views.answers import Desk
from views.said import said
from views.words import plain

HINT = (
    "Claims: reports about events with the other that rest on this actor's word. And what it says to the "
    "other: verbal acts such as accusations, demands, threats or support."
)


def each_says(desk: Desk, articles: Any, ends: tuple[str, str], names: dict[str, str]) -> None:
    """Draw two lists of sentences."""
    legend.spans()
    for column, (speaker, about) in zip(st.columns(2, gap="medium"), (ends, ends[::-1]), strict=True):
        with column:
            heading = f"{plain(names[speaker])} on {plain(names[about])}"
            who = {"speaker": speaker, "about": about, "affiliates": desk.filters.affiliates}
            said(desk, articles, heading, f"by_{speaker}", HINT, **who)
