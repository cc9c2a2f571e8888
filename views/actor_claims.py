"""Part of the page Actor: what it claims, and what others claim about it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from views import legend
from views.answers import Desk
from views.said import said


def claims(desk: Desk, articles: Any, actor: dict[str, Any]) -> None:
    """Draw two lists of sentences side by side."""
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
        )
