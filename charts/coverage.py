"""What has been read, publisher by publisher, month by month, as a grid."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl

from charts.layout import Figure, layout
from charts.palette import TEXT
from charts.text import escaped, plural, short

MOST_PUBLISHERS = 30
MOST_MONTHS = 60
UNNAMED = "no publisher"
SCALE = [[0.0, "rgba(47,120,189,0.18)"], [1.0, "rgba(47,120,189,0.7)"]]


def coverage(rows: pl.DataFrame) -> Figure:
    """Figure of the rows of `coverage_months`: publishers with most articles, by month or year.

    A cell's customdata is {"publisher", "from", "to"} (days, inclusive); cells without a publisher have none.
    """
    size = "month" if rows["month_start"].n_unique() <= MOST_MONTHS else "year"
    counted = _counted(rows, "1mo" if size == "month" else "1y")
    publishers = _publishers(counted)
    starts = counted["start"].unique().sort().to_list()
    cells = {(row["publisher"], row["start"]): row for row in counted.iter_rows(named=True)}
    grid = [[cells.get((publisher, start)) for start in starts] for publisher in publishers]
    labels = [f"{start:%b %Y}" if size == "month" else f"{start:%Y}" for start in starts]
    heat = {
        "type": "heatmap",
        "name": "coverage",
        "x": labels,
        "y": [short(publisher or UNNAMED, 28) for publisher in publishers],
        "z": [[cell["n_articles"] if cell else None for cell in row] for row in grid],
        "text": [[f"{cell['n_articles']:,}" if cell else "" for cell in row] for row in grid],
        "texttemplate": "%{text}" if len(starts) <= 24 else "",
        "textfont": {"color": TEXT},
        "hovertext": [
            [_words(cell, labels[i]) if cell else "" for i, cell in enumerate(row)] for row in grid
        ],
        "hoverinfo": "text",
        "customdata": [[_span(cell, size) if cell else None for cell in row] for row in grid],
        "colorscale": SCALE,
        "zmin": 0,
        "xgap": 2,
        "ygap": 2,
        "showscale": False,
        "hoverongaps": False,
    }
    frame = layout(
        max(160, 60 + 26 * len(publishers)),
        dragmode=False,
        xaxis={"type": "category", "side": "top", "showgrid": False, "automargin": True, "nticks": 24},
        yaxis={"type": "category", "autorange": "reversed", "showgrid": False, "automargin": True},
    )
    return {"data": [heat], "layout": frame}


def _counted(rows: pl.DataFrame, every: str) -> pl.DataFrame:
    return rows.group_by("publisher", start=pl.col("month_start").dt.truncate(every)).agg(
        pl.col("n_articles", "n_copies", "n_events").sum()
    )


def _publishers(counted: pl.DataFrame) -> list[str | None]:
    totals = counted.group_by("publisher").agg(pl.col("n_articles").sum())
    return (
        totals.sort("n_articles", "publisher", descending=[True, False])
        .head(MOST_PUBLISHERS)["publisher"]
        .to_list()
    )


def _span(cell: dict[str, Any], size: str) -> dict[str, str] | None:
    if cell["publisher"] is None:
        return None
    start: date = cell["start"]
    ahead = start + timedelta(days=31 if size == "month" else 366)
    last = ahead.replace(day=1, month=ahead.month if size == "month" else 1) - timedelta(days=1)
    return {"publisher": cell["publisher"], "from": start.isoformat(), "to": last.isoformat()}


def _words(cell: dict[str, Any], label: str) -> str:
    copies = f", {cell['n_copies']:,} of them near copies" if cell["n_copies"] else ""
    counts = f"{plural(cell['n_articles'], 'article')}{copies}, {plural(cell['n_events'], 'event')}"
    return f"<b>{escaped(cell['publisher'] or UNNAMED)}</b>, {label}<br>{counts}"
