"""The network as a file for Gephi and other tools: GraphML, or GEXF with the days of nodes and edges."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import networkx as nx

from views.database import Reader, Snapshot

FORMATS = ("graphml", "gexf")
MOST_EDGES = 20_000
NODE = (
    "actor",
    "kind",
    "country",
    "sector",
    "affiliation",
    "n_events",
    "n_as_source",
    "n_as_target",
    "mean_score",
)
EDGE = (
    "n_events",
    "n_done",
    "n_planned",
    "n_negated",
    "n_reciprocal",
    "n_cooperation",
    "n_conflict",
    "mean_score",
)
DAYS = ("first_date", "last_date")
# What XML 1.0 cannot hold, not even escaped.
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SPREAD = 1000.0  # stored places are about 1 wide; Gephi draws nodes about 10 wide
Row = dict[str, Any]


def graph(reader: Reader, snapshot: Snapshot, params: dict[str, Any], view: str) -> nx.DiGraph:
    """The pairs of `relationships` under `params` as a directed graph, the MOST_EDGES busiest at most.

    Nodes are the actors of these pairs by key, with what `actors` says of them. Days are text (ISO 8601);
    `start` and `end` repeat them for GEXF. `view` and the snapshot's name are the graph's own attributes.
    """
    limit = min(params.get("row_limit") or MOST_EDGES, MOST_EDGES)
    edges = reader.ask(snapshot, "relationships", **{**params, "row_limit": limit})
    pairs_only = ("nodes", "min_events", "row_limit", "row_offset")
    about = {name: value for name, value in params.items() if name not in pairs_only}
    nodes = reader.ask(snapshot, "actors", **about)
    said = {"view": graph_text(view), "snapshot": snapshot.file.stem}
    drawn = nx.DiGraph(mode="dynamic", name=f"{said['snapshot']}: {said['view']}", **said)
    ends = set(edges["source_key"]) | set(edges["target_key"])
    for row in nodes.iter_rows(named=True):
        if row["actor_key"] in ends:
            drawn.add_node(
                row["actor_key"], label=graph_text(row["actor"]), **_attributes(row, NODE), **_place(row)
            )
    for row in edges.iter_rows(named=True):
        attributes = _attributes(row, EDGE)
        drawn.add_edge(row["source_key"], row["target_key"], weight=row["n_events"], **attributes)
    return drawn


def written(drawn: nx.DiGraph, suffix: str) -> bytes:
    """The graph as a file of one of FORMATS, UTF-8."""
    file = io.BytesIO()
    if suffix == "gexf":
        nx.write_gexf(drawn, file, version="1.2draft")
    else:
        nx.write_graphml(_flat(drawn), file, named_key_ids=True)
    return file.getvalue()


def _attributes(row: Row, names: tuple[str, ...]) -> Row:
    values = {name: graph_text(row[name]) for name in names if row[name] is not None}
    first, last = (row[name].isoformat() for name in DAYS)
    return {**values, "first_date": first, "last_date": last, "start": first, "end": last}


def _place(row: Row) -> Row:
    if row["x"] is None:
        return {}
    return {"viz": {"position": {"x": row["x"] * SPREAD, "y": row["y"] * SPREAD, "z": 0.0}}}


def graph_text(value: Any) -> Any:
    """`value`, with what no XML file can hold replaced where it is text."""
    return UNWRITABLE.sub("\ufffd", value) if isinstance(value, str) else value


def _flat(drawn: nx.DiGraph) -> nx.DiGraph:
    """Without what only GEXF says: GraphML has places as plain attributes, and days once."""
    flat = nx.DiGraph(view=drawn.graph["view"], snapshot=drawn.graph["snapshot"])
    flat.add_nodes_from((key, dict(_plain(attributes))) for key, attributes in drawn.nodes(data=True))
    flat.add_edges_from((a, b, dict(_plain(attributes))) for a, b, attributes in drawn.edges(data=True))
    return flat


def _plain(attributes: Row) -> Iterator[tuple[str, Any]]:
    for name, value in attributes.items():
        if name == "viz":
            yield from ((axis, value["position"][axis]) for axis in "xy")
        elif name not in ("start", "end"):
            yield name, value
