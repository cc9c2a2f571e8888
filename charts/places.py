"""Events on a map, as precisely as they are placed: countries shaded, regions as diamonds, cities as discs.

Longitude and latitude are drawn as they are, with degrees north stretched so that shapes are true at the
usual latitude of the events. Outlines come from the page's own server (`meta.outline`, see `views/plot.py`).
"""

from __future__ import annotations

import math
from typing import Any

import polars as pl

from charts.layout import Figure, layout
from charts.palette import FAINT, GROUND, NEUTRAL, TEXT, TONES, tone
from charts.text import day, escaped, plural, short, signed

LOW, HIGH = 400, 620  # pixels
USUAL_WIDTH = 640  # of the drawing on a laptop: what a height is chosen for
LABELLED = 60
CROWDED = 400  # places from which marks are drawn smaller
SYMBOLS = {"country": "square", "region": "diamond", "city": "circle"}
KNOWN = {"country": "only the country is known", "region": "only the region is known", "city": "city"}
WORLD = ((-170.0, 180.0), (-56.0, 78.0))
NARROWEST = 9.0  # degrees: a map of one city still shows its country
Row = dict[str, Any]


def places(rows: pl.DataFrame, picked: str | None = None) -> Figure:
    """Figure of the rows of `event_places` that have coordinates; `picked` is the key of a ringed place.

    A mark's customdata is {"place": place_key}. The busiest places have their names beside them.
    """
    placed = list(rows.drop_nulls(["latitude", "longitude"]).iter_rows(named=True))
    most = max((row["n_events"] for row in placed), default=1)
    small = 7.0 if len(placed) < CROWDED else 4.5
    marks = [
        _marks(placed[LABELLED:], most, small, picked, "smaller places"),
        {**_marks(placed[:LABELLED], most, small, picked, "places"), **_labels(placed[:LABELLED])},
    ]
    return {"data": [_land(), *_shades(placed), _borders(), *marks], "layout": _frame(placed)}


def _land() -> Figure:
    land = {"fill": "toself", "fillcolor": "var(--st-secondary-background-color)", "line": {"width": 0}}
    return {**_outline(True), **land}


def _borders() -> Figure:
    return {**_outline(True), "line": {"width": 0.7, "color": FAINT}, "name": "borders"}


def _outline(countries: bool | list[str]) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [],
        "y": [],
        "hoverinfo": "skip",
        "meta": {"outline": countries},
    }


def _shades(placed: list[Row]) -> list[Figure]:
    """Countries that events are placed in without a city or region, in the colour of their mean score."""
    shades = []
    for i, (_, colour, _) in enumerate(TONES):
        codes = [
            row["country"]
            for row in placed
            if row["precision"] == "country" and row["country"] and _tone(row) == i
        ]
        if codes:
            paint = {"fill": "toself", "fillcolor": _pale(colour), "line": {"width": 0}}
            shades.append({**_outline(codes), **paint, "name": f"shade {i}"})
    return shades


def _tone(row: Row) -> int:
    return tone(row["mean_score"])


def _pale(colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.28)"


def _marks(placed: list[Row], most: int, small: float, picked: str | None, name: str) -> Figure:
    colours = [TONES[_tone(row)][1] if row["n_done"] else NEUTRAL for row in placed]
    ringed = [row["place_key"] == picked for row in placed]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [row["longitude"] for row in placed],
        "y": [row["latitude"] for row in placed],
        "customdata": [{"place": row["place_key"]} for row in placed],
        "hovertext": [_words(row) for row in placed],
        "hoverinfo": "text",
        "marker": {
            "opacity": 0.88,
            "symbol": [SYMBOLS[row["precision"]] + ("" if row["n_done"] else "-open") for row in placed],
            "size": [small * (1 + 2.6 * math.sqrt(row["n_events"] / most)) for row in placed],
            "color": colours,
            "line": {
                "width": [
                    3 if one else 1 if row["n_done"] else 1.6 for one, row in zip(ringed, placed, strict=True)
                ],
                "color": [
                    TEXT if one else GROUND if row["n_done"] else NEUTRAL
                    for one, row in zip(ringed, placed, strict=True)
                ],
            },
        },
    }


def _labels(placed: list[Row]) -> dict[str, Any]:
    """What makes the page place as many names as fit."""
    return {
        "mode": "markers+text",
        "text": [""] * len(placed),
        "textposition": "bottom center",
        "textfont": {"size": 12, "color": TEXT, "shadow": ", ".join([f"0 0 3px {GROUND}"] * 4)},
        "meta": {"labels": [short(row["place"], 24) for row in placed]},
    }


def _words(row: Row) -> str:
    planned = f"<br>{row['n_planned']:,} planned or possible" if row["n_planned"] else ""
    denied = f"<br>{row['n_negated']:,} denied" if row["n_negated"] else ""
    return (
        f"<b>{escaped(row['place'])}</b> ({KNOWN[row['precision']]})<br>"
        f"{plural(row['n_events'], 'event')}: {row['n_cooperation']:,} cooperation, "
        f"{row['n_conflict']:,} conflict"
        f"{planned}{denied}<br>mean score {signed(row['mean_score'])}<br>"
        f"{day(row['first_date'])} to {day(row['last_date'])}"
    )


def _frame(placed: list[Row]) -> dict[str, Any]:
    (west, east), (south, north) = bounds(placed)
    weight = sum(row["n_events"] for row in placed) or 1
    usual = sum(abs(row["latitude"]) * row["n_events"] for row in placed) / weight
    ratio = min(1 / math.cos(math.radians(usual)), 2.2)
    height = USUAL_WIDTH * ratio * (north - south) / (east - west)
    axis = {"visible": False, "showgrid": False, "zeroline": False}
    return layout(
        round(min(max(height, LOW), HIGH)),
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        hovermode="closest",
        xaxis={**axis, "range": [west, east]},
        yaxis={**axis, "range": [south, north], "scaleanchor": "x", "scaleratio": ratio},
        meta={"scrollZoom": True},
    )


def bounds(placed: list[Row]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Degrees of longitude and of latitude in view at first: all but the outermost 4 % of the events."""
    if not placed:
        return WORLD
    spans = []
    for name, (least, most) in zip(("longitude", "latitude"), WORLD, strict=True):
        low, high = _inner(placed, name)
        margin = max((high - low) * 0.08, (NARROWEST - (high - low)) / 2)
        spans.append((max(low - margin, least), min(high + margin, most)))
    return spans[0], spans[1]


def _inner(placed: list[Row], name: str) -> tuple[float, float]:
    """Where all but 4 % of the events at either end lie, counted place by place along one axis."""
    rows = sorted(placed, key=lambda row: float(row[name]))
    spare = 0.04 * sum(row["n_events"] for row in rows)
    return _first_beyond(rows, name, spare), _first_beyond(rows[::-1], name, spare)


def _first_beyond(rows: list[Row], name: str, spare: float) -> float:
    passed = 0
    for row in rows:
        passed += row["n_events"]
        if passed > spare:
            return float(row[name])
    return float(rows[-1][name])
