"""Who does what in a pair: one side's acts to the left, the other's to the right, joint ones apart."""

from __future__ import annotations

from typing import Any

import polars as pl

from charts.layout import Figure, layout
from charts.palette import FAINT, QUAD_COLOURS, TEXT
from charts.text import escaped, plural, short

ROW = 26
DIRECTIONS = ("out", "back", "together")
STATES = {"done": "happened or ongoing", "ahead": "planned or possible", "negated": "denied"}
Row = dict[str, Any]


def initiative(rows: pl.DataFrame, one: str, other: str) -> Figure:
    """Figure of the rows of `between`; `one` and `other` are the names of the sides.

    Solid bars happened or are going on, hollow ones are planned or only possible; denied ones are left out.
    The customdata of a bar is {"direction", "type"}.
    """
    counts = _counts(rows)
    types = (
        counts.group_by("event_type").agg(pl.col("n").sum()).sort("n", "event_type", descending=[True, False])
    )
    order = types["event_type"].to_list()
    words = {"out": f"{one} → {other}", "back": f"{other} → {one}", "together": "together"}
    bars = [
        _bar(counts, direction, state, words[direction])
        for direction in DIRECTIONS
        for state in ("done", "ahead")
    ]
    return {"data": [bar for bar in bars if bar["y"]], "layout": _frame(counts, order, one, other)}


def _counts(rows: pl.DataFrame) -> pl.DataFrame:
    """Events per direction, type and state, denied ones left out."""
    status = pl.col("status").cast(pl.String)
    state = pl.when(status.is_in(["happened", "ongoing"])).then(pl.lit("done")).otherwise(pl.lit("ahead"))
    return (
        rows.filter(status != "negated")
        .group_by("direction", pl.col("event_type").cast(pl.String), "quad_class", state.alias("state"))
        .agg(n=pl.col("n_events").sum())
        .sort("direction", "event_type", "quad_class", "state")
    )


def _bar(counts: pl.DataFrame, direction: str, state: str, words: str) -> Figure:
    shown = counts.filter((pl.col("direction") == direction) & (pl.col("state") == state))
    sign = -1 if direction == "out" else 1
    colours = [QUAD_COLOURS[quad] for quad in shown["quad_class"]]
    return {
        "type": "bar",
        "orientation": "h",
        "name": f"{direction} {state}",
        "x": [sign * n for n in shown["n"]],
        "y": shown["event_type"].to_list(),
        "xaxis": "x2" if direction == "together" else "x",
        "customdata": [{"direction": direction, "type": kind} for kind in shown["event_type"]],
        "hovertext": [
            f"<b>{escaped(words)}</b><br>{kind.capitalize()}: {plural(n, 'event')} {STATES[state]}"
            for kind, n in shown.select("event_type", "n").rows()
        ],
        "hoverinfo": "text",
        "marker": {
            "color": colours if state == "done" else "rgba(0,0,0,0)",
            "line": {"width": 0 if state == "done" else 1.4, "color": colours},
        },
    }


def _most(counts: pl.DataFrame, directions: tuple[str, ...]) -> int:
    """The longest bar of these directions."""
    bars = (
        counts.filter(pl.col("direction").is_in(directions))
        .group_by("direction", "event_type")
        .agg(pl.col("n").sum())
    )
    return int(bars["n"].max() or 1)  # type: ignore[arg-type]


def _frame(counts: pl.DataFrame, order: list[str], one: str, other: str) -> dict[str, Any]:
    sides, joint = _most(counts, ("out", "back")) * 1.05, _most(counts, ("together",)) * 1.05
    has_joint = bool((counts["direction"] == "together").any())
    end = 0.74 if has_joint else 1.0
    axis = {
        "fixedrange": True,
        "automargin": True,
        "gridcolor": FAINT,
        "zeroline": True,
        "zerolinecolor": TEXT,
        "tickfont": {"size": 12},
    }
    frame = layout(
        96 + ROW * max(len(order), 2),
        barmode="relative",
        bargap=0.25,
        dragmode=False,
        hovermode="closest",
        margin={"l": 8, "r": 8, "t": 34, "b": 8},
        xaxis={**axis, **_ticks(sides), "range": [-sides, sides], "domain": [0, end]},
        yaxis={
            "fixedrange": True,
            "automargin": True,
            "categoryorder": "array",
            "categoryarray": order[::-1],
            "tickvals": order,
            "ticktext": [kind.capitalize() for kind in order],
            "tickfont": {"size": 12, "color": TEXT},
        },
        annotations=_headings(one, other, end, has_joint),
    )
    if has_joint:
        frame["xaxis2"] = {
            **axis,
            **_ticks(joint),
            "range": [0, joint],
            "domain": [end + 0.05, 1],
            "anchor": "y",
        }
    return frame


def _ticks(most: float) -> dict[str, Any]:
    """Whole numbers without a sign: both sides count events."""
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10**6) if most / s <= 3)
    values = [i * step for i in range(-3, 4)]
    return {"tickvals": values, "ticktext": [f"{abs(value):,}" for value in values]}


def _headings(one: str, other: str, end: float, has_joint: bool) -> list[dict[str, Any]]:
    """Who acts, above each part of the figure."""
    shared = {"xref": "paper", "yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False}
    font = {"size": 13, "color": TEXT}
    parts = [(end * 0.25, f"← {short(one, 22)} acts"), (end * 0.75, f"{short(other, 22)} acts →")]
    parts += [((end + 1.05) / 2, "together")] if has_joint else []
    return [{**shared, "x": x, "xanchor": "center", "text": text, "font": font} for x, text in parts]
