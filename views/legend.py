"""Keys to the charts, as static markup of our own: no word of an article is in it."""

from __future__ import annotations

import streamlit as st

from charts.palette import KIND_COLOURS, NEUTRAL, TONES
from views.sentences import LEGEND


def _line(colour: str, width: float, label: str, dash: str = "") -> str:
    stroke = f"stroke='{colour}' stroke-width='{width}' stroke-dasharray='{dash}'"
    return (
        f"<span><svg width='26' height='12' aria-hidden='true'><line x1='1' x2='25' y1='6' y2='6' {stroke}/></svg>"
        f"{label}</span>"
    )


def _disc(colour: str, label: str) -> str:
    return f"<span><svg width='12' height='12' aria-hidden='true'><circle cx='6' cy='6' r='5' fill='{colour}'/></svg>{label}</span>"


def network() -> None:
    """Colours and widths of the network."""
    tones = "".join(_line(colour, 3.5, label) for _, colour, label in TONES)
    kinds = "".join(_disc(colour, kind) for kind, colour in KIND_COLOURS.items())
    more = _line(NEUTRAL, 2, "only planned or possible", "5 4") + "<span>▲ direction, ● done together</span>"
    st.html(f"<div class='legend'>{tones}{more}</div><div class='legend'>{kinds}<span>size and width: events</span></div>")


def lanes() -> None:
    """Marks of the lanes; their colours are in the figure's own legend."""
    marks = (
        ("●", "happened or ongoing"), ("○", "planned"), ("◇", "possible"), ("✕", "denied or did not happen"),
        ("▬", "spans several days"), ("▒", "only week, month or year known"), ("larger", "told by more publishers"),
    )  # fmt: skip
    st.html("<div class='legend'>" + "".join(f"<span><b>{mark}</b> {label}</span>" for mark, label in marks) + "</div>")


def spans() -> None:
    """Marks inside sentences."""
    cells = "".join(f"<span><mark class='legend-{kind}'>{label}</mark></span>" for kind, label in LEGEND)
    st.html(f"<div class='legend'>{cells}</div>")
