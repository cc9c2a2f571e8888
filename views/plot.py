"""A Plotly figure in the page that keeps its zoom when its data change, and answers clicks.

`st.plotly_chart` mounts anew whenever the figure changes; this component calls `Plotly.react` on the same
element. The keyboard reaches every mark that a click does. Figures are plain dicts: a string `var(--st-…)` in
one is replaced by the theme's value; a trace with `meta.labels` shows as many of its labels as fit without
touching, at `meta.prefer` where that is free; one with `meta.directions` (steps in data units) turns its
markers that way on the screen.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

HTML = """<div class='plot' role='application' aria-roledescription='chart' tabindex='0'></div>
<div class='heard' aria-live='polite'></div>"""
CSS = """.plot:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }"""
SCRIPT = (Path(__file__).parent / "plot.js").read_text(encoding="utf-8")
_component = st.components.v2.component("dramatis_plot", html=HTML, css=CSS, js=SCRIPT, isolate_styles=False)


def plot(figure: dict[str, Any], key: str, alt: str) -> dict[str, Any] | None:
    """Draw `figure` and return what was clicked in this run: a point's customdata, or a brushed range.

    A brush gives {"brush": [first, last]} in the units of the x axis. `alt` says in words what is shown.
    """
    height = figure["layout"]["height"]
    result = _component(
        key=key, data={"figure": figure, "alt": alt}, height=height, on_picked_change=lambda: None
    )
    return getattr(result, "picked", None)
