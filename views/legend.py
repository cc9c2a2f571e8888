"""Keys to the charts, as markup of our own; names of actors in it are escaped."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from charts.palette import KIND_COLOURS, NEUTRAL, QUAD_COLOURS, TONES
from charts.plans import OUTCOMES
from charts.text import short
from views.sentences import LEGEND


def _key(swatch: str, style: str, label: str) -> str:
    return f"<span><i class='{swatch}' style='{style}'></i>{label}</span>"


def _show(*rows: str) -> None:
    st.html("".join(f"<div class='legend'>{row}</div>" for row in rows), width="stretch")


KINDS = tuple((colour, kind) for kind, colour in KIND_COLOURS.items())


def network(key: Sequence[tuple[str, str]] = KINDS) -> None:
    """Colours and widths of the network; `key` are colours of discs and what they say."""
    tones = "".join(_key("line", f"background:{colour}", label) for _, colour, label in TONES)
    tones += _key("dashed", f"border-color:{NEUTRAL}", "only planned or possible")
    discs = "".join(_key("disc", f"background:{colour}", short(words)) for colour, words in key)
    _show(
        tones, discs + "<span>▲ direction</span><span>● done together</span><span>size, width: events</span>"
    )


def matrix() -> None:
    """How to read the grid."""
    tones = "".join(_key("square", f"background:{colour}", label) for _, colour, label in TONES)
    _show("<span>Row acts on column; the number counts events.</span>" + tones)


def places() -> None:
    """Marks and colours of the map."""
    tones = "".join(_key("line", f"background:{colour}", label) for _, colour, label in TONES)
    marks = "<span>● city</span><span>◆ region</span><span>■ country, shaded: no more is known</span>"
    _show(tones, marks + "<span>size: events</span><span>○ only planned or possible</span>")


def plans() -> None:
    """Marks of the plans."""
    signs = ("●", "✖", "✕", "◆", "◇", "○")
    cells = "".join(
        f"<span><b style='color:{colour};font-size:1.1rem'>{sign}</b> {words}</span>"
        for sign, (colour, _, words) in zip(signs, OUTCOMES.values(), strict=True)
    )
    _show(
        cells + _key("wide", f"background:{NEUTRAL}", "planned days") + "<span>small dot: first report</span>"
    )


def timeline() -> None:
    """Colours of the bars."""
    squares = "".join(_key("square", f"background:{colour}", quad) for quad, colour in QUAD_COLOURS.items())
    _show(squares + _key("hollow", f"border-color:{NEUTRAL}", "planned or possible"))


def lanes() -> None:
    """Marks of the lanes; their colours are those of the bars."""
    marks = (
        ("●", "happened or ongoing"),
        ("○", "planned"),
        ("◇", "possible"),
        ("✕", "denied or did not happen"),
        ("━", "spans days"),
    )
    cells = "".join(f"<span><b>{mark}</b> {label}</span>" for mark, label in marks)
    pale = _key("wide", f"background:{NEUTRAL}", "only week, month or year known")
    _show(cells + pale + "<span>larger: told by more publishers</span>")


def surges(size: str) -> None:
    """How to read lanes against their own median."""
    tones = "".join(_key("disc", f"background:{colour}", label) for _, colour, label in TONES)
    pale = _key("disc", f"background:{NEUTRAL};opacity:.25", f"as many as usual in a {size}")
    _show(
        tones,
        pale + _key("disc", f"background:{NEUTRAL}", "four times as many") + "<span>area: events</span>",
    )


def swarm(one: str, other: str, averaged: int) -> None:
    """Marks of the events of one pair; the names are set as text."""
    tones = "".join(_key("disc", f"background:{colour}", label) for _, colour, label in TONES)
    marks = (
        ("●", "done together"),
        ("▷", "hollow: planned"),
        ("◇", "possible"),
        ("✕", "denied"),
        ("━", "spans days"),
    )
    cells = "".join(f"<span><b>{mark}</b> {label}</span>" for mark, label in marks)
    mean = _key("line", "background:currentColor;height:2px", f"mean of {averaged} events")
    pale = _key("wide", f"background:{NEUTRAL}", "only week, month or year known")
    st.text(f"▶ {one} acts towards {other}    ◀ {other} towards {one}")
    _show(tones, cells + pale + mean)


def spans() -> None:
    """Marks inside sentences."""
    _show("".join(f"<span><mark class='legend-{kind}'>{label}</mark></span>" for kind, label in LEGEND))
