"""Map: where events take place, as precisely as the articles say."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from charts.places import bounds, places
from charts.text import plural, signed
from views import legend
from views.answers import Desk
from views.download import downloads
from views.evidence import beside
from views.focus import focus, height, table, take, title
from views.plot import plot
from views.words import plain

PAGE = "map"
PRECISIONS = {"country": "Country", "region": "Region", "city": "City"}
MARKS = {"country": "■", "region": "◆", "city": "●"}


def page(desk: Desk, articles: Any) -> None:
    """Draw the page; `articles` is the page that a sentence opens."""
    found = desk.ask_filtered("event_places")
    if found.is_empty():
        st.info(
            "None of these events names a place. Remove a condition above, or see them under Evidence.",
            icon=":material/location_off:",
        )
        return
    left, right = st.columns([0.68, 0.32], gap="medium")
    with left:
        _map(desk, found)
    with right:
        _panel(desk, found, articles)


def _map(desk: Desk, found: pl.DataFrame) -> None:
    shown = _chosen(found)
    point = plot(places(shown, focus(PAGE).get("place")), "map", _alt(shown))
    legend.places()
    st.caption(_said(desk, found, shown))
    downloads(desk, "event_places", "places", "places")
    take(PAGE, point)


def _chosen(found: pl.DataFrame) -> pl.DataFrame:
    """The rows at the precisions that are switched on."""
    wanted = st.pills(
        "Placed by",
        list(PRECISIONS),
        selection_mode="multi",
        default=list(PRECISIONS),
        key="precisions",
        persist_state="session",
        format_func=lambda name: f"{PRECISIONS[name]} · {_count(found, name):,}",
        label_visibility="collapsed",
        help="Events by how precisely the articles place them. None is moved to a capital or a centre.",
    )
    return found.filter(pl.col("precision").is_in(wanted))


def _count(found: pl.DataFrame, precision: str) -> int:
    return int(found.filter(pl.col("precision") == precision)["n_events"].sum())


def _alt(shown: pl.DataFrame) -> str:
    number = int(shown["n_events"].sum())
    what = f"{plural(number, 'event')} in {plural(len(shown), 'place')}"
    return f"Map of {what}; the same numbers are in the table."


def _said(desk: Desk, found: pl.DataFrame, shown: pl.DataFrame) -> str:
    total = int(desk.ask_filtered("totals")["n_events"][0])
    nowhere = total - int(found["n_events"].sum())
    pointless = int(shown.filter(pl.col("latitude").is_null())["n_events"].sum())
    parts = [f"{nowhere:,} of {plural(total, 'event')} name no place."] if nowhere else []
    outside = _outside(shown)
    if outside:
        parts.append(f"{plural(outside, 'event')} lie outside the picture at first: zoom out to see them.")
    if pointless:
        parts.append(f"{plural(pointless, 'event')} in regions without coordinates stand only in the table.")
    parts.append("Outlines: Natural Earth, borders as administered, whoever claims the land.")
    return " ".join(parts)


def _outside(shown: pl.DataFrame) -> int:
    (west, east), (south, north) = bounds(shown.drop_nulls(["latitude", "longitude"]).to_dicts())
    beyond = ~pl.col("longitude").is_between(west, east) | ~pl.col("latitude").is_between(south, north)
    return int(shown.filter(beyond)["n_events"].sum())


def _panel(desk: Desk, found: pl.DataFrame, articles: Any) -> None:
    key = focus(PAGE).get("place")
    rows = found.filter(pl.col("place_key") == pl.lit(key, pl.String))
    if rows.is_empty():
        _busiest(found)
        return
    row = rows.row(0, named=True)
    title(PAGE, plain(row["place"]))
    st.text(
        f"{PRECISIONS[row['precision']]}{', ' + row['country'] if row['country'] else ''}: "
        f"{row['n_cooperation']:,} cooperation, {row['n_conflict']:,} conflict, "
        f"{row['n_planned']:,} planned or possible; mean score {signed(row['mean_score'])}."
    )
    beside(desk, articles, "map_side", places=[key])


def _busiest(found: pl.DataFrame) -> None:
    """Without a click: all places as a table, which the keyboard reaches too."""
    st.markdown("#### Places")
    st.caption("Click a mark, or choose a row, to read the sentences.")
    mark = pl.col("precision").replace_strict(MARKS)
    shown = found.select(pl.format("{} {}", mark, "place").alias("place"), "n_events", "mean_score")
    row = table(
        shown,
        "places_table",
        height(shown, 560),
        {
            "place": st.column_config.TextColumn(
                "Place", width=128, help="● city, ◆ region, ■ country: as precise as the articles are."
            ),
            "n_events": st.column_config.NumberColumn(
                "Events", width=54, help="Events that took place there."
            ),
            "mean_score": st.column_config.NumberColumn(
                "Score", format="%+.1f", width=48, help="Mean over happened and ongoing events."
            ),
        },
    )
    if row is not None:
        take(PAGE, {"place": found["place_key"][row]})
