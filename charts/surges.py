"""Lanes against their own median: when a pair, actor, type or place is busier than it usually is."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import polars as pl

from charts.layout import Figure, layout, time_axis
from charts.palette import FAINT, TEXT, TONES, tone
from charts.text import escaped, plural, short, signed
from charts.timeline import bin_end, bin_words

ROW = 40
LARGEST = 20  # pixels across
PALEST, FULL_RATIO = 0.28, 4.0
Row = dict[str, Any]


def surges(counts: pl.DataFrame, size: str, shown: tuple[date, date] | None = None) -> Figure:
    """Figure of the rows of `lane_counts`, asked with bins of `size`.

    The area of a disc is the number of events, its colour their mean score; it is pale where that number
    is usual for its lane and full where it is four times as large. `shown` are the days in view at first.

    A disc's customdata is {"lane": one_key, "other": other_key, "from", "to"}: its lane, first and last day.
    """
    rows = list(counts.iter_rows(named=True))
    return {"data": [_discs(rows, size)], "layout": _frame(rows, shown)}


def ratio(row: Row) -> float:
    """Events of a bin by those of the lane's median bin; a median below one event counts as one."""
    return float(row["n_events"] / max(row["usual"], 1.0))


def strength(row: Row) -> float:
    """Opacity: pale at the usual number, full at FULL_RATIO times that."""
    share = (ratio(row) - 1) / (FULL_RATIO - 1)
    return PALEST + (1 - PALEST) * min(max(share, 0.0), 1.0)


def _discs(rows: list[Row], size: str) -> Figure:
    most = max((row["n_events"] for row in rows), default=1)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "lanes",
        "hoverinfo": "text",
        "x": [_middle(row["bin_start"], size) for row in rows],
        "y": [row["lane_rank"] for row in rows],
        "customdata": [
            {
                "lane": row["one_key"],
                "other": row["other_key"],
                "from": row["bin_start"].isoformat(),
                "to": bin_end(row["bin_start"], size).isoformat(),
            }
            for row in rows
        ],
        "hovertext": [_words(row, size) for row in rows],
        "marker": {
            "color": [TONES[tone(row["mean_score"])][1] for row in rows],
            "size": [4 + (LARGEST - 4) * math.sqrt(row["n_events"] / most) for row in rows],
            "opacity": [strength(row) for row in rows],
            "line": {"width": 0},
        },
    }


def _middle(start: date, size: str) -> str:
    return date.fromordinal((start.toordinal() + bin_end(start, size).toordinal()) // 2).isoformat()


def _words(row: Row, size: str) -> str:
    usual = f"usually {row['usual']:g} in a {size}"
    return (
        f"<b>{escaped(row['lane'])}</b>, {bin_words(row['bin_start'], size)}<br>"
        f"{plural(row['n_events'], 'event')}, {usual}: {ratio(row):.1f} times<br>"
        f"mean score {signed(row['mean_score'])}"
    )


def _frame(rows: list[Row], shown: tuple[date, date] | None) -> dict[str, Any]:
    names = {row["lane_rank"]: f"{short(row['lane'], 34)}  <b>{row['lane_events']:,}</b>" for row in rows}
    return layout(
        50 + ROW * max(len(names), 1),
        hovermode="closest",
        xaxis=time_axis(shown, showgrid=False),
        yaxis={
            "tickvals": sorted(names),
            "ticktext": [names[rank] for rank in sorted(names)],
            "automargin": True,
            "fixedrange": True,
            "range": [max(names, default=1) + 0.6, 0.4],
            "gridcolor": FAINT,
            "tickfont": {"size": 12, "color": TEXT},
        },
    )
