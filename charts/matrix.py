"""Who does how much to whom as a grid: rows do something to columns."""

from __future__ import annotations

import polars as pl

from charts.layout import Figure, layout
from charts.palette import FAINT, SCALE
from charts.text import escaped, plural, short, signed

FULL_SCORE = 8.0


def matrix(nodes: pl.DataFrame, edges: pl.DataFrame) -> Figure:
    """Figure of the rows of `actors` (their order is the grid's) and `relationships`.

    Colour is the mean score, the number that of events; a cell's customdata is {"source", "target"}.
    """
    keys = nodes["actor_key"].to_list()
    names = [short(name, 26) for name in nodes["actor"]]
    cells = {(row["source_key"], row["target_key"]): row for row in edges.iter_rows(named=True)}
    grid = [[cells.get((source, target)) for target in keys] for source in keys]
    heat = {
        "type": "heatmap",
        "x": keys,
        "y": keys,
        "zmin": -FULL_SCORE,
        "zmax": FULL_SCORE,
        "colorscale": SCALE,
        "z": [[(cell["mean_score"] or 0.0) if cell else None for cell in row] for row in grid],
        "text": [[f"{cell['n_events']}" if cell else "" for cell in row] for row in grid],
        "texttemplate": "%{text}",
        "hovertext": [[_words(cell) if cell else "" for cell in row] for row in grid],
        "hoverinfo": "text",
        "customdata": [
            [cell and {"source": cell["source_key"], "target": cell["target_key"]} for cell in row]
            for row in grid
        ],
        "xgap": 1,
        "ygap": 1,
        "showscale": False,
        "hoverongaps": False,
    }
    axis = {"type": "category", "tickvals": keys, "ticktext": names, "gridcolor": FAINT, "showgrid": False}
    frame = layout(
        max(420, 150 + 21 * len(keys)),
        dragmode=False,
        margin={"l": 8, "r": 8, "t": 130, "b": 8},
        xaxis={**axis, "side": "top", "tickangle": -55, "automargin": True},
        yaxis={**axis, "autorange": "reversed", "automargin": True},
    )
    return {"data": [heat], "layout": frame}


def _words(cell: dict[str, object]) -> str:
    return (
        f"<b>{escaped(cell['source'])} → {escaped(cell['target'])}</b><br>"
        f"{plural(int(str(cell['n_events'])), 'event')}, mean score {signed(cell['mean_score'])}"  # type: ignore[arg-type]
    )
