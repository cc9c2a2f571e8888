"""Who does how much to whom: actors as discs, pairs as arrows.

Width is the number of events, colour the mean score from conflict to cooperation, dashes mean that nothing
has happened yet. Places come from the snapshot, so that a filter never moves an actor.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import polars as pl

from charts.colouring import colouring
from charts.curves import Point, bow, middle, ring
from charts.layout import Figure, layout
from charts.palette import GROUND, NEUTRAL, TEXT, TONES, tone
from charts.text import day, escaped, plural, short, signed

WIDTHS = (1.0, 2.2, 4.0, 6.5)
HEIGHT = 640
Row = dict[str, Any]
Colours = Mapping[str, str]


def network(
    nodes: pl.DataFrame, edges: pl.DataFrame, picked: str | None = None, colours: Colours | None = None
) -> Figure:
    """Figure of the rows of `actors` and `relationships`; `picked` is the key of a ringed actor.

    `colours` are those of the discs by key, see `charts.colouring`; by kind where none are given.

    A disc's customdata is {"node": key}, that of the mark in the middle of an edge {"source", "target"}.
    """
    places = _places(nodes)
    drawn = [
        row for row in edges.iter_rows(named=True) if {row["source_key"], row["target_key"]} <= places.keys()
    ]
    data = [
        *_lines(drawn, places),
        *_arrows(drawn, places),
        _discs(
            list(nodes.iter_rows(named=True)), places, colours or colouring(nodes, "kind").colours, picked
        ),
    ]
    # Stored places lie between 0 and 1: a fixed frame keeps every actor where it was on the screen.
    return {"data": data, "layout": _frame([(0.0, 0.0), (1.0, 1.0), *places.values()])}


def ego(partners: pl.DataFrame, name: str, key: str, colours: Colours | None = None) -> Figure:
    """One actor in the middle, the rows of `ego_network` around it, grouped by country with gaps between.

    `colours` are those of the discs by key, see `charts.colouring`; by kind where none are given.
    """
    rows = _grouped(partners)
    places = dict(zip([row["partner_key"] for row in rows], _around(rows), strict=True)) | {key: (0.0, 0.0)}
    edges = [edge for row in rows for edge in _both_ways(row, key, name)]
    middle_row = {"actor_key": key, "actor": name, "kind": None, "n_events": partners["n_events"].sum()}
    nodes = [middle_row, *({**row, "actor_key": row["partner_key"], "actor": row["partner"]} for row in rows)]
    colours = colours or colouring(as_actors(partners), "kind").colours
    discs = _discs(nodes, places, {**colours, key: TEXT}, key, numbers=True)
    discs["meta"]["prefer"] = [_outside(places[node["actor_key"]]) for node in nodes]
    data = [*_lines(edges, places), *_arrows(edges, places), discs]
    frame = _frame([(-1.45, -1.15), (1.45, 1.15)])
    return {"data": data, "layout": frame}


def _outside(place: Point) -> str:
    """Where a label on the ring covers no edge."""
    x, y = place
    if abs(x) > 0.3:
        return "middle right" if x > 0 else "middle left"
    return "top center" if y > 0 else "bottom center"


def as_actors(partners: pl.DataFrame) -> pl.DataFrame:
    """The rows of `ego_network` with the names of columns that `actors` has."""
    return partners.rename({"partner_key": "actor_key", "partner": "actor"})


def _grouped(partners: pl.DataFrame) -> list[Row]:
    """The busiest country first, within it the busiest partner; those without a country last."""
    weight = pl.col("n_events").sum().over("country")
    order = [pl.col("country").is_null(), weight, "country", "n_events"]
    return partners.sort(order, descending=[False, True, False, True]).to_dicts()


def _around(rows: list[Row]) -> list[Point]:
    """Places on the ring; between two countries one is left free where there is room for that."""
    starts = [i > 0 and row["country"] != rows[i - 1]["country"] for i, row in enumerate(rows)]
    groups = sum(starts) + 1
    gaps = groups if 1 < groups <= len(rows) / 2 else 0
    spots = ring(len(rows) + gaps)
    skipped = [sum(starts[: i + 1]) if gaps else 0 for i in range(len(rows))]
    return [spots[i + gap] for i, gap in enumerate(skipped)]


def _both_ways(row: Row, key: str, name: str) -> list[Row]:
    """The edges of one partner. What both do together is drawn as going out, as `relationships` has it."""
    shared = {"first_date": row["first_date"], "last_date": row["last_date"]}
    done = row["n_events"] > row["n_planned"]
    out = {
        "source_key": key,
        "source": name,
        "target_key": row["partner_key"],
        "target": row["partner"],
        "n_events": row["n_out"] + row["n_together"],
        "n_reciprocal": row["n_together"],
        "mean_score": row["out_score"] if row["n_out"] else row["mean_score"],
        "n_done": int(done),
    }
    back = {
        "source_key": row["partner_key"],
        "source": row["partner"],
        "target_key": key,
        "target": name,
        "n_events": row["n_in"],
        "n_reciprocal": 0,
        "mean_score": row["in_score"],
        "n_done": int(done),
    }
    return [{**shared, "n_planned": 0, **edge} for edge in (out, back) if edge["n_events"]]


def _places(nodes: pl.DataFrame) -> dict[str, Point]:
    """Stored places, and for the few without one a ring around them."""
    placed = {
        row["actor_key"]: (row["x"], row["y"]) for row in nodes.iter_rows(named=True) if row["x"] is not None
    }
    missing = [key for key in nodes["actor_key"] if key not in placed]
    xs, ys = zip(*placed.values(), strict=True) if placed else ((0.0,), (0.0,))
    cx, cy = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    rx, ry = max(max(xs) - min(xs), 0.5) * 0.55, max(max(ys) - min(ys), 0.5) * 0.55
    around = {
        key: (cx + x * rx, cy + y * ry) for key, (x, y) in zip(missing, ring(len(missing)), strict=True)
    }
    return placed | around


def _width(n_events: int, most: int) -> int:
    return min(len(WIDTHS) - 1, int(len(WIDTHS) * math.sqrt(n_events / most) * 0.999)) if most else 0


def _looks(edge: Row, most: int) -> tuple[int, int, bool]:
    """Class of tone, class of width, whether nothing has happened yet: what one trace has in common."""
    return tone(edge["mean_score"]), _width(edge["n_events"], most), not edge["n_done"]


def _lines(edges: list[Row], places: dict[str, Point]) -> list[Figure]:
    most = max((edge["n_events"] for edge in edges), default=0)
    buckets: dict[tuple[int, int, bool], list[Point | None]] = defaultdict(list)
    for edge in edges:
        buckets[_looks(edge, most)] += [*bow(places[edge["source_key"]], places[edge["target_key"]]), None]
    return [_line(look, points) for look, points in sorted(buckets.items(), key=lambda item: item[0][1])]


def _line(look: tuple[int, int, bool], points: list[Point | None]) -> Figure:
    colour, width, planned = look
    return {
        "type": "scatter",
        "mode": "lines",
        "hoverinfo": "skip",
        "opacity": 0.75,
        "x": [p and p[0] for p in points],
        "y": [p and p[1] for p in points],
        "line": {
            "color": NEUTRAL if planned else TONES[colour][1],
            "width": WIDTHS[width],
            "dash": "5px,4px" if planned else "solid",
        },
    }


def _arrows(edges: list[Row], places: dict[str, Point]) -> list[Figure]:
    """The marks in the middle of edges, large enough to be hit; both-ways edges have a disc, not an arrow."""
    if not edges:
        return []
    most = max(edge["n_events"] for edge in edges)
    middles = [middle(bow(places[edge["source_key"]], places[edge["target_key"]])) for edge in edges]
    shown = {
        "x": [at[0] for at, _ in middles],
        "y": [at[1] for at, _ in middles],
        "type": "scatter",
        "mode": "markers",
        "customdata": [{"source": edge["source_key"], "target": edge["target_key"]} for edge in edges],
        "hovertext": [_edge_words(edge) for edge in edges],
        "hoverinfo": "text",
    }
    looks = {
        "color": [TONES[tone(edge["mean_score"])][1] if edge["n_done"] else NEUTRAL for edge in edges],
        "symbol": ["circle" if _mutual(edge) else "triangle-up" for edge in edges],
        "size": [
            (5 if _mutual(edge) else 7) + 1.4 * WIDTHS[_width(edge["n_events"], most)] for edge in edges
        ],
        "line": {"width": 1, "color": GROUND},
    }
    targets = {"color": "rgba(128,128,128,0.01)", "size": 22, "line": {"width": 0}}
    return [
        {**shown, "marker": targets, "name": "edges"},
        {
            **shown,
            "marker": looks,
            "name": "arrows",
            "meta": {"directions": [list(step) for _, step in middles]},
        },
    ]


def _mutual(edge: Row) -> bool:
    return bool(edge["n_reciprocal"] == edge["n_events"])


def _edge_words(edge: Row) -> str:
    sign = "and" if _mutual(edge) else "→"
    planned = f"<br>{plural(edge['n_planned'], 'planned or possible event')}" if edge.get("n_planned") else ""
    return (
        f"<b>{escaped(edge['source'])} {sign} {escaped(edge['target'])}</b><br>"
        f"{plural(edge['n_events'], 'event')}, mean score {signed(edge['mean_score'])}{planned}<br>"
        f"{day(edge['first_date'])} to {day(edge['last_date'])}"
    )


def _discs(
    nodes: list[Row],
    places: dict[str, Point],
    colours: Colours,
    picked: str | None,
    *,
    numbers: bool = False,
) -> Figure:
    most = max((node["n_events"] for node in nodes), default=1)
    ringed = [node["actor_key"] == picked for node in nodes]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "cliponaxis": False,
        "name": "actors",
        "x": [places[node["actor_key"]][0] for node in nodes],
        "y": [places[node["actor_key"]][1] for node in nodes],
        "marker": {
            "opacity": 1,  # Plotly would let lines shine through discs of different sizes
            "size": [9 + 20 * math.sqrt(node["n_events"] / most) for node in nodes],
            "color": [colours.get(node["actor_key"], NEUTRAL) for node in nodes],
            "line": {
                "width": [3.5 if one else 1.2 for one in ringed],
                "color": [TEXT if one else GROUND for one in ringed],
            },
        },
        "customdata": [{"node": node["actor_key"]} for node in nodes],
        "hovertext": [_node_words(node) for node in nodes],
        "hoverinfo": "text",
        "text": [""] * len(nodes),
        "textposition": "bottom center",
        "textfont": {
            "size": [14 if node["n_events"] > most / 4 else 12 for node in nodes],
            "color": TEXT,
            "shadow": ", ".join([f"0 0 3px {GROUND}"] * 4),
        },
        "meta": {
            "labels": [
                short(node["actor"]) + (f" {node['n_events']:,}" if numbers else "") for node in nodes
            ],
            "sizes": [14 if node["n_events"] > most / 4 else 12 for node in nodes],
        },
    }


def _node_words(node: Row) -> str:
    where = f", {escaped(node['country'])}" if node.get("country") else ""
    kind = f"<br>{node['kind']}{where}" if node.get("kind") else ""
    return f"<b>{escaped(node['actor'])}</b>{kind}<br>{plural(node['n_events'], 'event')}"


def _frame(points: Any) -> dict[str, Any]:
    xs, ys = zip(*points, strict=True) if points else ((0.0, 1.0), (0.0, 1.0))
    axes = {}
    for axis, values in (("xaxis", xs), ("yaxis", ys)):
        margin = max(max(values) - min(values), 1e-6) * 0.07
        axes[axis] = {"visible": False, "range": [min(values) - margin, max(values) + margin]}
    return layout(HEIGHT, **axes, hovermode="closest", meta={"scrollZoom": True})
