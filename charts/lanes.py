"""Single events on lanes: when each took place, how sure the date is, and whether it is done."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import polars as pl

from charts.layout import Figure, layout, time_axis
from charts.moments import Row, centre, ends, is_coarse, is_span, opacity, outline, size, span_line, words
from charts.palette import FAINT, QUAD_COLOURS, TEXT
from charts.text import short

ROW = 46
SYMBOLS = {
    "happened": "circle",
    "ongoing": "circle",
    "planned": "circle-open",
    "hypothetical": "diamond-open",
    "negated": "x-thin-open",
}


def lanes(events: pl.DataFrame, shown: tuple[date, date] | None = None) -> Figure:
    """Figure of the rows of `lanes`. Each mark's customdata is {"event": event_key}.

    A thin bar is a span that the text gives, a wide pale one a coarse date (week, month, year); events
    without a date stand, paler, where they were first reported. `shown` are the days in view at first.
    """
    rows = list(events.iter_rows(named=True))
    heights = _heights(rows)
    data = [*_spans(rows, heights), *_marks(rows, heights)]
    return {"data": data, "layout": _frame(rows, shown)}


def _heights(rows: list[Row]) -> list[float]:
    """The lane's number, moved for each earlier event of the same days: marks stand side by side."""
    span = max((row["shown_date"] for row in rows), default=date.min) - min(
        (row["shown_date"] for row in rows), default=date.min
    )
    step = max(span.days // 70, 1)
    seen: Counter[tuple[int, int]] = Counter()
    heights = []
    for row in rows:
        cell = (row["lane_rank"], row["shown_date"].toordinal() // step)
        turn = seen[cell]
        seen[cell] += 1
        heights.append(row["lane_rank"] + _offset(turn))
    return heights


def _offset(turn: int) -> float:
    """0, up, down, further up, …, never out of the lane."""
    distance = (turn + 1) // 2 * 0.14
    return (1 if turn % 2 else -1) * (distance if distance <= 0.42 else (distance * 7) % 0.42)


def _spans(rows: list[Row], heights: list[float]) -> list[Figure]:
    traces = []
    for coarse in (True, False):
        for quad, colour in QUAD_COLOURS.items():
            xs: list[str | None] = []
            ys: list[float | None] = []
            for row, height in zip(rows, heights, strict=True):
                if row["quad_class"] == quad and is_span(row) and is_coarse(row) == coarse:
                    xs += [*ends(row), None]
                    ys += [height, height, None]
            if xs:
                traces.append(span_line(xs, ys, colour, coarse))
    return traces


def _marks(rows: list[Row], heights: list[float]) -> list[Figure]:
    traces = []
    for quad, colour in QUAD_COLOURS.items():
        picked = [
            (row, height) for row, height in zip(rows, heights, strict=True) if row["quad_class"] == quad
        ]
        if picked:
            traces.append(_mark(quad, colour, picked))
    return traces


def _mark(quad: str, colour: str, picked: list[tuple[Row, float]]) -> Figure:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": quad,
        "hoverinfo": "text",
        "x": [centre(row) for row, _ in picked],
        "y": [height for _, height in picked],
        "customdata": [{"event": row["event_key"]} for row, _ in picked],
        "hovertext": [words(row) for row, _ in picked],
        "marker": {
            "color": colour,
            "symbol": [SYMBOLS[row["status"]] for row, _ in picked],
            "size": [size(row) for row, _ in picked],
            "opacity": [opacity(row) for row, _ in picked],
            "line": outline([row for row, _ in picked], [colour] * len(picked)),
        },
    }


def _frame(rows: list[Row], shown: tuple[date, date] | None) -> dict[str, Any]:
    names = {row["lane_rank"]: f"{short(row['lane'], 34)}  <b>{row['lane_events']:,}</b>" for row in rows}
    ranks = sorted(names)
    return layout(
        50 + ROW * max(len(ranks), 1),
        hovermode="closest",
        xaxis=time_axis(shown, gridcolor=FAINT),
        yaxis={
            "tickvals": ranks,
            "ticktext": [names[rank] for rank in ranks],
            "automargin": True,
            "fixedrange": True,
            "range": [max(ranks, default=1) + 0.6, 0.4],
            "gridcolor": FAINT,
            "tickfont": {"size": 12, "color": TEXT},
        },
    )
