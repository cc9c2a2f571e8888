"""Where the network draws its actors: computed once per snapshot, so that a filter never moves a node."""

from __future__ import annotations

import random

import igraph
import numpy as np
import polars as pl

MOST_ACTORS = 1_000
ITERATIONS = 500
# Components without a tie to the rest would fly apart; a faint tie to the hub keeps them on the page.
FAINT = 0.05
# Two nodes nearer than this (the picture is 2 wide) hide each other's labels.
NEAREST = 0.03
SCHEMA = {"actor_id": pl.Int32, "x": pl.Float64, "y": pl.Float64}


def positions(dyads: pl.DataFrame) -> pl.DataFrame:
    """actor_id, x, y (both from -1 to 1) of the most connected actors.

    `dyads` has source_id, target_id, n_events. Force-directed (Fruchterman and Reingold 1991), then radii are
    evened out by rank and overlaps pushed apart. The same dyads give the same picture.
    """
    ties = _ties(dyads)
    if ties.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    actors = pl.concat([ties["a"], ties["b"]]).unique().sort()
    points = _spread(_evened(_layout(ties, actors)))
    return pl.DataFrame({"actor_id": actors, "x": points[:, 0], "y": points[:, 1]}, schema=SCHEMA)


def _ties(dyads: pl.DataFrame) -> pl.DataFrame:
    """Undirected ties among the actors with most events: a, b, n."""
    ends = pl.concat(
        [dyads.select(pl.col(end).alias("id"), "n_events") for end in ("source_id", "target_id")]
    )
    busiest = ends.group_by("id").agg(pl.sum("n_events")).sort(["n_events", "id"], descending=[True, False])
    top = busiest["id"].head(MOST_ACTORS).to_list()
    return (
        dyads.filter(pl.col("source_id").is_in(top) & pl.col("target_id").is_in(top))
        .select(a=pl.min_horizontal("source_id", "target_id"), b=pl.max_horizontal("source_id", "target_id"),
                n="n_events")
        .group_by("a", "b").agg(pl.sum("n")).sort("a", "b")
    )  # fmt: skip


def _layout(ties: pl.DataFrame, actors: pl.Series) -> np.ndarray:
    number = {actor: index for index, actor in enumerate(actors)}
    edges = [(number[a], number[b]) for a, b in ties.select("a", "b").iter_rows()]
    graph = igraph.Graph(len(actors), edges)
    graph.es["weight"] = np.sqrt(ties["n"].to_numpy()).tolist()
    hub = int(np.argmax(graph.strength(weights="weight")))
    for component in graph.connected_components():
        if hub not in component:
            graph.add_edge(hub, max(component, key=graph.degree), weight=FAINT)
    igraph.set_random_number_generator(random.Random(1))
    try:
        layout = graph.layout_fruchterman_reingold(weights="weight", niter=ITERATIONS, grid="nogrid")
    finally:
        igraph.set_random_number_generator(random)
    return np.array(layout.coords)


def _evened(points: np.ndarray) -> np.ndarray:
    """Half by distance, half by rank: the crowded middle opens and outliers come in."""
    centred = points - np.median(points, axis=0)
    radius = np.hypot(centred[:, 0], centred[:, 1])
    rank = np.sqrt((np.argsort(np.argsort(radius, kind="stable")) + 1) / len(radius))
    wanted = (radius / max(radius.max(), 1e-9) + rank) / 2
    return centred * (wanted / np.maximum(radius, 1e-9))[:, None]


def _spread(points: np.ndarray, rounds: int = 40) -> np.ndarray:
    """Push apart pairs that are nearer than NEAREST, then fit the picture into -1 to 1."""
    points = points.copy()
    for _ in range(rounds):
        offsets = points[:, None, :] - points[None, :, :]
        distance = np.hypot(offsets[..., 0], offsets[..., 1]) + np.eye(len(points))
        push = np.maximum(NEAREST - distance, 0) / 2
        points += (offsets / np.maximum(distance, 1e-9)[..., None] * push[..., None]).sum(axis=1)
    return points / max(float(np.abs(points).max()), 1e-9)
