"""Roles over time: from the first to the last article that gives an actor a role."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl

from charts.layout import Figure, layout, time_axis
from charts.palette import FAINT, GROUND, TEXT
from charts.text import day, escaped, short

ROW = 26
COLOUR = "#2a9d8f"
Row = dict[str, Any]


def roles(rows: pl.DataFrame, picked: int | None = None) -> Figure:
    """Figure of the rows of `roles` that have a day, each on a line of its own, in their order.

    A mark's customdata is {"role": role_no}; `picked` is the number of a ringed one.
    """
    dated = rows.filter(pl.col("since").is_not_null() | pl.col("until").is_not_null())
    drawn = list(enumerate(dated.iter_rows(named=True)))
    return {"data": [_spans(drawn), _ends(drawn, picked)], "layout": _frame(drawn)}


def _from(row: Row) -> date:
    found: date = row["since"] or row["until"]
    return found


def _to(row: Row) -> date:
    return (row["until"] or row["since"]) + timedelta(days=1)  # type: ignore[no-any-return]


def _spans(drawn: list[tuple[int, Row]]) -> Figure:
    xs: list[str | None] = []
    ys: list[float | None] = []
    for height, row in drawn:
        xs += [_from(row).isoformat(), _to(row).isoformat(), None]
        ys += [height, height, None]
    line = {"color": COLOUR, "width": 8}
    return {
        "type": "scatter",
        "mode": "lines",
        "x": xs,
        "y": ys,
        "hoverinfo": "skip",
        "opacity": 0.4,
        "line": line,
    }


def _ends(drawn: list[tuple[int, Row]], picked: int | None) -> Figure:
    ends = [(height, at, row) for height, row in drawn for at in (_from(row), row["until"]) if at]
    ringed = [row["role_no"] == picked for _, _, row in ends]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "roles",
        "x": [at.isoformat() for _, at, _ in ends],
        "y": [height for height, _, _ in ends],
        "customdata": [{"role": row["role_no"]} for _, _, row in ends],
        "hovertext": [_words(row) for _, _, row in ends],
        "hoverinfo": "text",
        "marker": {
            "size": 10,
            "color": COLOUR,
            "line": {
                "width": [2.5 if one else 1 for one in ringed],
                "color": [TEXT if one else GROUND for one in ringed],
            },
        },
    }


def title(row: Row) -> str:
    """A role with the body it belongs to, not escaped."""
    return f"{row['role']}, {row['body']}" if row["body"] else str(row["role"])


def _words(row: Row) -> str:
    return (
        f"<b>{escaped(row['holder'])}</b><br>{escaped(title(row))}<br>"
        f"read from {day(row['since'])} to {day(row['until'])}"
    )


def _frame(drawn: list[tuple[int, Row]]) -> dict[str, Any]:
    return layout(
        50 + ROW * max(len(drawn), 2),
        hovermode="closest",
        xaxis=time_axis(None, gridcolor=FAINT),
        yaxis={
            "tickvals": [height for height, _ in drawn],
            "ticktext": [short(row["label"], 40) for _, row in drawn],
            "automargin": True,
            "fixedrange": True,
            "range": [max(len(drawn), 2) - 0.4, -0.6],
            "gridcolor": FAINT,
            "zeroline": False,
            "tickfont": {"size": 12, "color": TEXT},
        },
    )
