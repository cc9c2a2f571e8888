"""Lists of sentences that a question answers with, their words marked, their articles one click away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from views.answers import Desk
from views.evidence import follow
from views.sentences import evidence_list


def quotes(desk: Desk, articles: Any, numbers: Sequence[int], key: str, height: int | None = 470) -> None:
    """Show the sentences with these numbers of `evidence`, in this order; `articles` is the page they open.

    `height` in pixels makes the list scroll in itself; None lets it grow.
    """
    found = {
        row["evidence_no"]: row
        for row in desk.ask("quotes", evidence_nos=list(numbers)).iter_rows(named=True)
    }
    rows = [found[number] for number in numbers if number in found]
    if height is None:
        follow(evidence_list(rows, key=key), articles)
        return
    with st.container(height=height, border=False):
        opened = evidence_list(rows, key=key)
    follow(opened, articles)
