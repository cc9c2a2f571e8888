"""What all figures share: transparent ground, the theme's font and colours, no title of their own."""

from __future__ import annotations

from datetime import date
from typing import Any

from charts.palette import FAINT, GROUND, TEXT

Figure = dict[str, Any]


def time_axis(shown: tuple[date, date] | None, **more: Any) -> dict[str, Any]:
    """A date axis, opened on the days `shown` where they are given."""
    opened = {"range": [day.isoformat() for day in shown], "autorange": False} if shown else {}
    return {"type": "date", "automargin": True, "tickfont": {"size": 12}, **opened, **more}


def layout(height: int, **more: Any) -> dict[str, Any]:
    """A Plotly layout of `height` pixels; `more` replaces single entries."""
    return {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "var(--st-font)", "size": 13, "color": TEXT},
        "hoverlabel": {
            "bgcolor": GROUND,
            "bordercolor": FAINT,
            "font": {"color": TEXT, "size": 13},
            "align": "left",
        },
        "showlegend": False,
        "uirevision": "kept",
        "dragmode": "pan",
        **more,
    }
