"""Plans on lines: when each was announced, for when, and what was reported of it afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl

from charts.layout import Figure, layout, time_axis
from charts.palette import FAINT, GROUND, NEUTRAL, TEXT
from charts.text import day, escaped, plural, short
from charts.timeline import window

ROW = 26
# Outcome -> colour, symbol, words. Blue and red stay what they are elsewhere: cooperation and conflict.
OUTCOMES = {
    "fulfilled": ("#2a9d8f", "circle", "fulfilled"),
    "cancelled": ("#8e6bbf", "x", "cancelled"),
    "denied": ("#8e6bbf", "x-open", "denied"),
    "overdue": ("#d99a2b", "diamond", "overdue: its day passed, nothing was reported"),
    "ahead": (NEUTRAL, "diamond-open", "still ahead"),
    "undated": (NEUTRAL, "circle-open", "no day was given"),
}
Row = dict[str, Any]


def plans(rows: pl.DataFrame, picked: str | None = None) -> Figure:
    """Figure of the rows of `plans`, the first on top; `picked` is the key of a ringed event.

    A small dot is the first report, a wide bar the planned days, the mark at the end of the line the outcome.
    A mark's customdata is {"event": event_key}.
    """
    drawn = list(enumerate(rows.iter_rows(named=True)))
    data = [_waiting(drawn), *_planned(drawn), _announced(drawn), *_outcomes(drawn, picked)]
    return {"data": data, "layout": _frame(drawn)}


def outcome_day(row: Row) -> date:
    """Where the outcome stands: the answer's day, else the last planned day, else the first report."""
    planned = row["date_end"] or row["date_start"]
    found: date = row["answer_date"] or planned or row["first_reported"]
    return found


def _waiting(drawn: list[tuple[int, Row]]) -> Figure:
    xs: list[str | None] = []
    ys: list[float | None] = []
    for height, row in drawn:
        xs += [row["first_reported"].isoformat(), outcome_day(row).isoformat(), None]
        ys += [height, height, None]
    line = {"color": NEUTRAL, "width": 1}
    return {"type": "scatter", "mode": "lines", "x": xs, "y": ys, "hoverinfo": "skip", "line": line}


def _planned(drawn: list[tuple[int, Row]]) -> list[Figure]:
    bars = []
    for outcome, (colour, _, _) in OUTCOMES.items():
        xs: list[str | None] = []
        ys: list[float | None] = []
        for height, row in drawn:
            if row["outcome"] == outcome and row["date_start"]:
                end = (row["date_end"] or row["date_start"]) + timedelta(days=1)
                xs += [row["date_start"].isoformat(), end.isoformat(), None]
                ys += [height, height, None]
        if xs:
            bars.append(_bar(xs, ys, colour))
    return bars


def _bar(xs: list[str | None], ys: list[float | None], colour: str) -> Figure:
    line = {"color": colour, "width": 10}
    shown = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "opacity": 0.35}
    return {**shown, "x": xs, "y": ys, "line": line}


def _announced(drawn: list[tuple[int, Row]]) -> Figure:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "announced",
        "x": [row["first_reported"].isoformat() for _, row in drawn],
        "y": [height for height, _ in drawn],
        "customdata": [{"event": row["event_key"]} for _, row in drawn],
        "hovertext": [_words(row) for _, row in drawn],
        "hoverinfo": "text",
        "marker": {"size": 5, "color": NEUTRAL},
    }


def _outcomes(drawn: list[tuple[int, Row]], picked: str | None) -> list[Figure]:
    marks = []
    for outcome, (colour, symbol, _) in OUTCOMES.items():
        of_kind = [(height, row) for height, row in drawn if row["outcome"] == outcome]
        if of_kind:
            marks.append(_mark(outcome, colour, symbol, of_kind, picked))
    return marks


def _mark(
    outcome: str, colour: str, symbol: str, of_kind: list[tuple[int, Row]], picked: str | None
) -> Figure:
    ringed = [row["event_key"] == picked for _, row in of_kind]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": outcome,
        "x": [outcome_day(row).isoformat() for _, row in of_kind],
        "y": [height for height, _ in of_kind],
        "customdata": [{"event": row["event_key"]} for _, row in of_kind],
        "hovertext": [_words(row) for _, row in of_kind],
        "hoverinfo": "text",
        "marker": {
            "size": 12,
            "symbol": symbol,
            "color": colour,
            "line": {
                "width": [2.5 if one else 2 if "open" in symbol else 1 for one in ringed],
                "color": [TEXT if one else colour if "open" in symbol else GROUND for one in ringed],
            },
        },
    }


def who(row: Row) -> str:
    """The first participants of a plan, how many more, and what is planned; not escaped."""
    sources, targets = _first(row["sources"]), _first(row["targets"])
    names = f"{sources} → {targets}" if sources and targets else sources or targets or "Nobody named"
    return f"{names}: {row['event_type'].lower()}"


def _first(names: list[str]) -> str:
    return ", ".join(names[:2]) + (f" + {len(names) - 2}" if len(names) > 2 else "")


def _words(row: Row) -> str:
    mode = f" ({escaped(row['mode'].replace('_', ' '))})" if row["mode"] else ""
    return (
        f"<b>{escaped(who(row))}{mode}</b><br>"
        f"first reported {day(row['first_reported'])}<br>planned for {_when(row)}<br>{_became(row)}"
    )


def _when(row: Row) -> str:
    start, end = row["date_start"], row["date_end"]
    if start is None and end is None:
        return "no day that the articles give"
    return day(start) if start == end else f"{day(start)} to {day(end)}"


def _became(row: Row) -> str:
    if row["answer_type"]:
        return f"{row['outcome']}: {row['answer_type'].capitalize()}, {day(row['answer_date'])}"
    if row["outcome"] == "overdue":
        return f"overdue by {plural(row['days_late'], 'day')}: nothing was reported"
    return OUTCOMES[row["outcome"]][2]


def _shown(rows: list[Row]) -> tuple[date, date] | None:
    """The days in view at first where a plan for the far future would press all others together."""
    days = sorted([row["first_reported"] for row in rows] + [outcome_day(row) for row in rows])
    tenth = len(days) // 10
    return window(days[0], days[-1], days[tenth], days[-1 - tenth]) if days else None


def _frame(drawn: list[tuple[int, Row]]) -> dict[str, Any]:
    heights = [height for height, _ in drawn]
    return layout(
        50 + ROW * max(len(drawn), 4),
        hovermode="closest",
        xaxis=time_axis(_shown([row for _, row in drawn]), gridcolor=FAINT),
        yaxis={
            "tickvals": heights,
            "ticktext": [short(who(row), 42) for _, row in drawn],
            "automargin": True,
            "fixedrange": True,
            "range": [max(len(drawn), 4) - 0.4, -0.6],
            "gridcolor": FAINT,
            "zeroline": False,
            "tickfont": {"size": 12, "color": TEXT},
        },
    )
