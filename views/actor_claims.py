"""Part of the page Actor: what it claims, and what others claim about it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from views import legend
from views.answers import Desk
from views.said import said


def claims(desk: Desk, articles: Any, actor: dict[str, Any]) -> None:
    """Draw two lists of sentences side by side."""
    # Most claims are about the acts of others: the actor need not take part in them.
    anybody = replace(desk.filters, actors=(), partners=(), between=False)
    desk = Desk(desk.reader, desk.snapshot, anybody)
    legend.spans()
    left, right = st.columns(2, gap="medium")
    with left:
        said(
            desk,
            articles,
            "Claims made",
            "made",
            "Reports that rest on the word of this actor or, if they are included, of its affiliates.",
            speaker=actor["actor_key"],
            claims_only=True,
            affiliates=desk.filters.affiliates,
        )
    with right:
        said(
            desk,
            articles,
            "Claims received",
            "received",
            "Reports of this actor's events that rest on the word of somebody else.",
            about=actor["actor_key"],
            claims_only=True,
            affiliates=desk.filters.affiliates,
        )
