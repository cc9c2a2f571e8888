"""When a single event took place and how it is marked: what all drawings of single events have in common."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from charts.layout import Figure
from charts.palette import GROUND
from charts.text import day, listed, plural

Row = dict[str, Any]
DONE = ("happened", "ongoing")


def is_span(row: Row) -> bool:
    """Whether the date is more than one day."""
    return (
        row["date_start"] is not None and row["date_end"] is not None and row["date_end"] > row["date_start"]
    )


def ends(row: Row) -> tuple[str, str]:
    """First day of a span and the day after its last, as Plotly reads them."""
    return row["date_start"].isoformat(), (row["date_end"] + timedelta(days=1)).isoformat()


def is_coarse(row: Row) -> bool:
    """Whether only the week, month or year is known."""
    return row["date_precision"] not in (None, "day")


def centre(row: Row) -> str:
    """The middle of a coarse date, the start of everything else."""
    if is_span(row) and is_coarse(row):
        return str((row["date_start"] + (row["date_end"] - row["date_start"]) / 2).isoformat())
    return str(row["shown_date"].isoformat())


def words(row: Row) -> str:
    """Who did what to whom, when, told by how many: the text beside a mark, escaped."""
    who = listed(row["sources"]) + (f" → {listed(row['targets'])}" if row["targets"] else "")
    kind = row["event_type"].capitalize() + (f" ({row['mode']})" if row["mode"] else "")
    told = f"told by {plural(row['n_publishers'], 'publisher')}"
    return f"<b>{who}</b><br>{kind}, {row['status']}<br>{when(row)}<br>{told}"


def when(row: Row) -> str:
    """The date in words, with what is not known about it."""
    if row["date_start"] is None and row["date_end"] is None:
        return f"no date; first reported {day(row['shown_date'])}"
    if row["date_start"] == row["date_end"]:
        return day(row["date_start"])
    return f"{day(row['date_start'])} to {day(row['date_end'])}" + (
        f" (only the {row['date_precision']} is known)" if is_coarse(row) else ""
    )


def span_line(xs: list[str | None], ys: list[float | None], colour: str, coarse: bool) -> Figure:
    """Bars that end in None: thin for a span that the text gives, wide and pale for a coarse date."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": xs,
        "y": ys,
        "hoverinfo": "skip",
        "opacity": 0.22 if coarse else 0.8,
        "line": {"color": colour, "width": 9 if coarse else 3},
    }


def size(row: Row) -> float:
    """Pixels across: larger the more publishers tell of it."""
    return min(7 + 2.5 * float(row["n_publishers"]), 20.0)


def opacity(row: Row) -> float:
    """Paler where there is no date and the mark stands at the first report."""
    return 0.9 if row["date_start"] else 0.55


def outline(rows: list[Row], colours: list[str]) -> Figure:
    """Line of the markers: the ground's colour around full marks, the mark's own for hollow ones."""
    return {
        "width": [1 if row["status"] in DONE else 2 for row in rows],
        "color": [
            GROUND if row["status"] in DONE else colour for row, colour in zip(rows, colours, strict=True)
        ],
    }
