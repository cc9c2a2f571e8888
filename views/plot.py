"""A Plotly figure in the page that keeps its zoom when its data change, and answers clicks.

`st.plotly_chart` mounts anew whenever the figure changes; this component calls `Plotly.react` on the same
element. Figures are plain dicts: a string `var(--st-…)` in one is replaced by the theme's value; a trace with
`meta.labels` shows as many of its labels as fit without touching; one with `meta.directions` (steps in data
units) turns its markers that way on the screen.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

SCRIPT = (Path(__file__).parent / "plot.js").read_text(encoding="utf-8")
_component = st.components.v2.component(
    "dramatis_plot", html="<div class='plot' role='img'></div>", js=SCRIPT, isolate_styles=False
)


def plot(figure: dict[str, Any], key: str, alt: str) -> dict[str, Any] | None:
    """Draw `figure` and return what was clicked in this run: a point's customdata, or a brushed range.

    A brush gives {"brush": [first, last]} in the units of the x axis. `alt` says in words what is shown.
    """
    height = figure["layout"]["height"]
    result = _component(
        key=key, data={"figure": figure, "alt": alt}, height=height, on_picked_change=lambda: None
    )
    return getattr(result, "picked", None)
