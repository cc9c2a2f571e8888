"""Events over time: cooperation above the line, conflict below it, announcements hollow."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Any

import polars as pl

from charts.layout import Figure, layout, time_axis
from charts.palette import FAINT, QUAD_COLOURS, TEXT
from charts.text import day, plural

PERIODS = {"day": 86_400_000, "week": 7 * 86_400_000, "month": "M1", "quarter": "M3", "year": "M12"}
HEIGHT = 340
DONE = ("happened", "ongoing")
AHEAD = ("planned", "hypothetical")
WIDEST = 130  # bars that can still be told apart on a laptop


def best_bin(first: date | None, last: date | None) -> str:
    """The finest of day, week, month, quarter and year that gives at most 120 bars."""
    days = (last - first).days + 1 if first and last else 1
    for name, length in (("day", 1), ("week", 7), ("month", 30), ("quarter", 91)):
        if days / length <= WIDEST * (0.75 if name == "day" else 1):
            return name
    return "year"


def bin_end(start: date, size: str) -> date:
    """The last day of the bin that starts on `start`."""
    months = {"month": 1, "quarter": 3, "year": 12}.get(size)
    if months is None:
        return start + timedelta(days=6 if size == "week" else 0)
    month = start.month + months - 1
    return date(start.year, month, calendar.monthrange(start.year, month)[1])


def window(first: date, last: date, dense_from: date, dense_to: date) -> tuple[date, date] | None:
    """The days to show at first where a few far dates would press all others together; else None.

    That is when the whole range is more than twice as long as the one that holds nearly all events.
    """
    dense = max((dense_to - dense_from).days, 30)
    if (last - first).days <= 2 * dense:
        return None
    margin = timedelta(days=dense // 20 + 1)
    return max(first, dense_from - margin), min(last, dense_to + margin) + timedelta(days=1)


def timeline(counts: pl.DataFrame, size: str, shown: tuple[date, date] | None = None) -> Figure:
    """Figure of the rows of `timeline`, asked with bins of `size`; negated events are left out.

    `shown` are the first and last day in view at first, the rest is a zoom away.

    A bar's customdata is {"from", "to"}: the first and last day of its bin.
    """
    done = counts.filter(pl.col("status").cast(pl.String).is_in(DONE))
    ahead = counts.filter(pl.col("status").cast(pl.String).is_in(AHEAD))
    order = ("material cooperation", "verbal cooperation", "verbal conflict", "material conflict")
    stacked = sorted(order, key=lambda quad: quad.startswith("material"))
    bars = [_bars(done, quad, size) for quad in stacked]
    bars += [_ahead(ahead, sense, size) for sense in ("cooperation", "conflict")]
    bars = [bar for bar in bars if bar["x"]]
    return {"data": bars, "layout": _frame(bars, shown)}


def _per_bin(rows: pl.DataFrame) -> list[tuple[date, int]]:
    return rows.group_by("bin_start").agg(pl.col("n_events").sum()).sort("bin_start").rows()


def _bars(rows: pl.DataFrame, quad: str, size: str) -> Figure:
    per_bin = _per_bin(rows.filter(pl.col("quad_class") == quad))
    bar = _bar(per_bin, quad, size, up=quad.endswith("cooperation"))
    return {**bar, "marker": {"color": QUAD_COLOURS[quad], "line": {"width": 0}}}


def _ahead(rows: pl.DataFrame, sense: str, size: str) -> Figure:
    per_bin = _per_bin(rows.filter(pl.col("quad_class").str.ends_with(sense)))
    colour = QUAD_COLOURS[f"material {sense}"]
    bar = _bar(per_bin, f"planned or possible {sense}", size, up=sense == "cooperation")
    return {**bar, "marker": {"color": "rgba(0,0,0,0)", "line": {"width": 1.2, "color": colour}}}


def _bar(per_bin: list[tuple[date, int]], name: str, size: str, *, up: bool) -> Figure:
    return {
        "type": "bar",
        "name": name,
        "x": [start.isoformat() for start, _ in per_bin],
        "y": [n if up else -n for _, n in per_bin],
        "xperiod": PERIODS[size],
        "xperiodalignment": "middle",
        "customdata": [
            {"from": start.isoformat(), "to": bin_end(start, size).isoformat()} for start, _ in per_bin
        ],
        "hovertext": [
            f"<b>{bin_words(start, size)}</b><br>{plural(n, 'event')}, {name}" for start, n in per_bin
        ],
        "hoverinfo": "text",
        **({"xperiod0": "1970-01-05"} if size == "week" else {}),  # weeks start on Monday
    }


def bin_words(start: date, size: str) -> str:
    """The bin that starts on `start`, in words."""
    if size == "day":
        return day(start)
    if size == "week":
        return f"{day(start)} to {day(bin_end(start, size))}"
    return {"month": f"{start:%B %Y}", "quarter": f"{start.year} Q{(start.month + 2) // 3}"}.get(
        size, str(start.year)
    )


def _frame(bars: list[Figure], shown: tuple[date, date] | None) -> dict[str, Any]:
    top = max((abs(y) for bar in bars for y in bar["y"]), default=1)
    step = next(s for s in _steps() if top / s <= 4)
    ticks = [i * step for i in range(-12, 13)]
    return layout(
        HEIGHT,
        barmode="relative",
        bargap=0.12,
        dragmode="select",
        selectdirection="h",
        hovermode="closest",
        xaxis=time_axis(shown, showgrid=False),
        yaxis={
            "automargin": True,
            "gridcolor": FAINT,
            "zeroline": True,
            "zerolinecolor": TEXT,
            "zerolinewidth": 1,
            "tickvals": ticks,
            "ticktext": [f"{abs(tick):,}" for tick in ticks],
            "fixedrange": True,
            "title": {"text": "← conflict   cooperation →", "font": {"size": 12}, "standoff": 6},
            "tickfont": {"size": 12},
        },
    )


def _steps() -> Any:
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10
