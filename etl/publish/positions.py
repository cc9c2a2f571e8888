"""Where the network draws its actors and which of them belong together.

Both are computed once per snapshot, so that a filter never moves a node nor changes its colour.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

import igraph
import numpy as np
import polars as pl

MOST_ACTORS = 1_000
ITERATIONS = 500
# Components without a tie to the rest would fly apart; a faint tie to the hub keeps them on the page.
FAINT = 0.05
# Two nodes nearer than this (the picture is 2 wide) hide each other's labels.
NEAREST = 0.03
SCHEMA = {"actor_id": pl.Int32, "x": pl.Float64, "y": pl.Float64, "community": pl.Int32}


def positions(dyads: pl.DataFrame) -> pl.DataFrame:
    """actor_id, x, y (both from -1 to 1), community (from 0, the busiest first) of the most connected actors.

    `dyads` has source_id, target_id, n_events. Force-directed (Fruchterman and Reingold 1991), then radii are
    evened out by rank and overlaps pushed apart. Communities have more events inside than between them
    (modularity, by the Leiden algorithm: Traag, Waltman and van Eck 2019). The same dyads give the same
    picture.
    """
    ties = _ties(dyads)
    if ties.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    actors = pl.concat([ties["a"], ties["b"]]).unique().sort()
    graph = _graph(ties, actors)
    points = _spread(_evened(_layout(graph)))
    columns = {"actor_id": actors, "x": points[:, 0], "y": points[:, 1], "community": _communities(graph)}
    return pl.DataFrame(columns, schema=SCHEMA)


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


def _graph(ties: pl.DataFrame, actors: pl.Series) -> igraph.Graph:
    number = {actor: index for index, actor in enumerate(actors)}
    graph = igraph.Graph(len(actors), [(number[a], number[b]) for a, b in ties.select("a", "b").iter_rows()])
    graph.es["weight"] = np.sqrt(ties["n"].to_numpy()).tolist()
    return graph


@contextmanager
def _always_the_same() -> Iterator[None]:
    """igraph draws from Python's generator: the same numbers each time, and the process's own afterwards."""
    igraph.set_random_number_generator(random.Random(1))
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


def _communities(graph: igraph.Graph) -> list[int]:
    with _always_the_same():
        found = graph.community_leiden("modularity", weights="weight", n_iterations=10)
    strength = graph.strength(weights="weight")
    busiest = sorted(found, key=lambda members: -sum(strength[i] for i in members))
    number = {member: place for place, members in enumerate(busiest) for member in members}
    return [number[i] for i in range(len(strength))]


def _layout(graph: igraph.Graph) -> np.ndarray:
    tied = graph.copy()
    hub = int(np.argmax(tied.strength(weights="weight")))
    for component in graph.connected_components():
        if hub not in component:
            tied.add_edge(hub, max(component, key=graph.degree), weight=FAINT)
    with _always_the_same():
        layout = tied.layout_fruchterman_reingold(weights="weight", niter=ITERATIONS, grid="nogrid")
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
