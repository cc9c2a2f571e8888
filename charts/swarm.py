"""The single events between two actors: one mark each, its height the score, and how it goes on the whole."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from charts.layout import Figure, layout, time_axis
from charts.moments import (
    DONE,
    Row,
    centre,
    ends,
    is_coarse,
    is_span,
    opacity,
    outline,
    size,
    span_line,
    words,
)
from charts.palette import FAINT, GROUND, TEXT, TONES, tone

HEIGHT = 520
# Direction of a mark: what the first does to the second points right, the answer left.
SHAPES = {"out": "triangle-right", "back": "triangle-left", "together": "circle"}
# Marks of one score and time lie on each other: each next one is moved by this much of the score.
STEP = 0.28


def swarm(events: pl.DataFrame, shown: tuple[date, date] | None = None) -> Figure:
    """Figure of the rows of `swarm`. Each mark's customdata is {"event": event_key}.

    Planned and possible events are hollow, denied ones crossed; a thin bar is a span that the text gives,
    a wide pale one a coarse date. The line is the running mean. `shown` are the days in view at first.
    """
    rows = list(events.iter_rows(named=True))
    heights = _heights(rows)
    data = [*_spans(rows, heights), _marks(rows, heights), *_mean(rows)]
    return {"data": data, "layout": _frame(shown)}


def _heights(rows: list[Row]) -> list[float]:
    """The score, moved up and down in turn where another event of that score is near in time."""
    days = [row["shown_date"].toordinal() for row in rows]
    near = max((max(days, default=0) - min(days, default=0)) // 90, 1)
    seen: dict[tuple[float, int], int] = {}
    heights = []
    for row, number in zip(rows, days, strict=True):
        cell = (row["score"], number // near)
        turn = seen[cell] = seen.get(cell, -1) + 1
        heights.append(row["score"] + STEP * ((turn + 1) // 2 % 4) * (1 if turn % 2 else -1))
    return heights


def _colour(row: Row) -> str:
    return TONES[tone(row["score"])][1]


def _spans(rows: list[Row], heights: list[float]) -> list[Figure]:
    lines: dict[tuple[str, bool], tuple[list[str | None], list[float | None]]] = {}
    for row, height in zip(rows, heights, strict=True):
        if is_span(row):
            xs, ys = lines.setdefault((_colour(row), is_coarse(row)), ([], []))
            xs += [*ends(row), None]
            ys += [height, height, None]
    return [span_line(xs, ys, colour, coarse) for (colour, coarse), (xs, ys) in lines.items()]


def _mean(rows: list[Row]) -> list[Figure]:
    """The running mean over the marks, edged with the ground's colour so that it can be followed."""
    done = sorted((row for row in rows if row["running_mean"] is not None), key=lambda row: row["shown_date"])
    line = {
        "type": "scatter",
        "mode": "lines",
        "hoverinfo": "skip",
        "x": [row["shown_date"].isoformat() for row in done],
        "y": [row["running_mean"] for row in done],
    }
    edge = {**line, "line": {"color": GROUND, "width": 6}, "opacity": 0.8}
    return [edge, {**line, "name": "running mean", "line": {"color": TEXT, "width": 2.2}}]


def _marks(rows: list[Row], heights: list[float]) -> Figure:
    colours = [_colour(row) for row in rows]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "events",
        "hoverinfo": "text",
        "x": [centre(row) for row in rows],
        "y": heights,
        "customdata": [{"event": row["event_key"]} for row in rows],
        "hovertext": [words(row) for row in rows],
        "marker": {
            "color": colours,
            "symbol": [_symbol(row) for row in rows],
            "size": [size(row) + 2 for row in rows],
            "opacity": [opacity(row) for row in rows],
            "line": outline(rows, colours),
        },
    }


def _symbol(row: Row) -> str:
    if row["status"] == "negated":
        return "x-thin-open"
    shape = "diamond" if row["status"] == "hypothetical" else SHAPES[row["direction"]]
    return shape if row["status"] in DONE else f"{shape}-open"


def _frame(shown: tuple[date, date] | None) -> dict[str, Any]:
    return layout(
        HEIGHT,
        hovermode="closest",
        xaxis=time_axis(shown, showgrid=False),
        yaxis={
            "automargin": True,
            "range": [-11.5, 11.5],
            "fixedrange": True,
            "gridcolor": FAINT,
            "zeroline": True,
            "zerolinecolor": TEXT,
            "zerolinewidth": 1,
            "tickvals": [-10, -5, 0, 5, 10],
            "ticktext": ["−10", "−5", "0", "+5", "+10"],
            "title": {"text": "← conflict   score   cooperation →", "font": {"size": 12}, "standoff": 6},
            "tickfont": {"size": 12},
        },
    )
