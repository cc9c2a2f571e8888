"""Figures say what the frames say: numbers, directions, colours, and nothing as markup."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import duckdb
import polars as pl
import pytest

import queries
from charts.colouring import colouring
from charts.curves import bow, middle, ring
from charts.lanes import lanes
from charts.matrix import matrix
from charts.network import ego, network
from charts.palette import GROUPS, NEUTRAL, QUAD_COLOURS, TONES, tone
from charts.surges import ratio, strength, surges
from charts.swarm import swarm
from charts.text import day, escaped, listed, plural, short, signed
from charts.timeline import best_bin, bin_end, timeline
from tests.handmade import HOSTILE_NAME, publish


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(publish(tmp_path_factory.mktemp("desk"))), read_only=True) as connection:
        yield connection


def ask(database: duckdb.DuckDBPyConnection, name: str, **params: Any) -> pl.DataFrame:
    with database.cursor() as cursor:
        return queries.ask(cursor, name, **params)


def trace(figure: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in figure["data"] if one.get("name") == name)


@pytest.fixture(scope="module")
def drawn(database: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    return network(ask(database, "actors"), ask(database, "relationships"), picked="country:RUS")


def test_figures_are_plain_data(drawn: dict[str, Any], database: duckdb.DuckDBPyConnection) -> None:
    for figure in (
        drawn,
        lanes(ask(database, "lanes", lane="pair")),
        surges(ask(database, "lane_counts", lane="pair", bin="month"), "month"),
        swarm(ask(database, "swarm", one="country:RUS", other="country:UKR")),
        timeline(ask(database, "timeline", bin="month"), "month"),
    ):
        assert json.loads(json.dumps(figure)) == figure


def test_every_actor_and_pair_can_be_clicked(
    drawn: dict[str, Any], database: duckdb.DuckDBPyConnection
) -> None:
    nodes, edges = ask(database, "actors"), ask(database, "relationships")
    assert [point["node"] for point in trace(drawn, "actors")["customdata"]] == nodes["actor_key"].to_list()
    pairs = [(point["source"], point["target"]) for point in trace(drawn, "edges")["customdata"]]
    assert pairs == edges.select("source_key", "target_key").rows()


def test_the_picked_actor_is_ringed(drawn: dict[str, Any]) -> None:
    actors = trace(drawn, "actors")
    widths = dict(
        zip([p["node"] for p in actors["customdata"]], actors["marker"]["line"]["width"], strict=True)
    )
    assert max(widths, key=widths.__getitem__) == "country:RUS"


def test_actors_stay_where_the_snapshot_puts_them(database: duckdb.DuckDBPyConnection) -> None:
    def places(**params: Any) -> dict[str, tuple[float, float]]:
        actors = trace(
            network(ask(database, "actors", **params), ask(database, "relationships", **params)), "actors"
        )
        return {
            p["node"]: (x, y) for p, x, y in zip(actors["customdata"], actors["x"], actors["y"], strict=True)
        }

    whole, part = places(), places(types=["ASSAULT"])
    assert part
    assert part.items() <= whole.items()


def test_an_actor_without_a_place_stands_aside(database: duckdb.DuckDBPyConnection) -> None:
    nodes = ask(database, "actors").with_columns(
        pl.when(pl.col("actor_key") == "country:TUR").then(None).otherwise(pl.col("x")).alias("x")
    )
    figure = network(nodes, ask(database, "relationships"))
    assert all(math.isfinite(x) for x in trace(figure, "actors")["x"])


def test_names_are_escaped_everywhere(drawn: dict[str, Any], database: duckdb.DuckDBPyConnection) -> None:
    figures = [
        drawn,
        ego(ask(database, "ego_network", actor="country:TUR"), HOSTILE_NAME, "country:TUR"),
        matrix(ask(database, "actors"), ask(database, "relationships")),
        lanes(ask(database, "lanes", lane="actor")),
    ]
    for figure in figures:
        text = json.dumps(figure)
        assert "<img" not in text
        assert "&lt;img" in text


def test_only_planned_pairs_are_dashed(database: duckdb.DuckDBPyConnection) -> None:
    planned = ask(database, "relationships", statuses=["planned"])
    figure = network(ask(database, "actors"), planned)
    assert [line["line"]["dash"] for line in figure["data"] if line["mode"] == "lines"] == ["5px,4px"]


def test_what_both_do_together_has_no_arrow(database: duckdb.DuckDBPyConnection) -> None:
    figure = network(ask(database, "actors"), ask(database, "relationships", types=["AGREE"]))
    assert trace(figure, "arrows")["marker"]["symbol"] == ["circle"]
    figure = network(ask(database, "actors"), ask(database, "relationships", types=["ASSAULT"]))
    assert set(trace(figure, "arrows")["marker"]["symbol"]) == {"triangle-up"}


def test_arrows_point_from_source_to_target(drawn: dict[str, Any]) -> None:
    places = {
        p["node"]: (x, y)
        for p, x, y in zip(
            trace(drawn, "actors")["customdata"],
            trace(drawn, "actors")["x"],
            trace(drawn, "actors")["y"],
            strict=True,
        )
    }
    arrows = trace(drawn, "arrows")
    for point, (dx, dy) in zip(arrows["customdata"], arrows["meta"]["directions"], strict=True):
        (x0, y0), (x1, y1) = places[point["source"]], places[point["target"]]
        assert (x1 - x0) * dx + (y1 - y0) * dy > 0


def test_ego_puts_the_actor_in_the_middle(database: duckdb.DuckDBPyConnection) -> None:
    figure = ego(ask(database, "ego_network", actor="country:RUS"), "Russia", "country:RUS")
    actors = trace(figure, "actors")
    assert actors["customdata"][0] == {"node": "country:RUS"}
    assert (actors["x"][0], actors["y"][0]) == (0.0, 0.0)
    assert len(trace(figure, "edges")["customdata"]) == 3  # to and from Ukraine, from Turkey


def test_matrix_reads_row_to_column(database: duckdb.DuckDBPyConnection) -> None:
    figure = matrix(ask(database, "actors"), ask(database, "relationships"))
    (heat,) = figure["data"]
    row, column = heat["y"].index("country:RUS"), heat["x"].index("country:UKR")
    assert heat["text"][row][column] == "2"
    assert heat["z"][row][column] == -9.0
    assert heat["customdata"][row][column] == {"source": "country:RUS", "target": "country:UKR"}
    assert heat["text"][row][row] == ""


def test_cooperation_goes_up_and_conflict_down(database: duckdb.DuckDBPyConnection) -> None:
    bars = {bar["name"]: bar for bar in timeline(ask(database, "timeline", bin="month"), "month")["data"]}
    assert bars["material conflict"]["y"] == [-1, -1]
    assert bars["material cooperation"]["y"] == [1]
    assert bars["material cooperation"]["customdata"] == [{"from": "2023-05-01", "to": "2023-05-31"}]


def test_planned_events_are_hollow_and_denied_ones_absent(database: duckdb.DuckDBPyConnection) -> None:
    bars = {bar["name"]: bar for bar in timeline(ask(database, "timeline", bin="month"), "month")["data"]}
    assert bars["planned or possible cooperation"]["marker"]["color"] == "rgba(0,0,0,0)"
    assert sum(abs(y) for bar in bars.values() for y in bar["y"]) == 6  # seven, less the negated one


def test_marks_on_lanes_show_status(database: duckdb.DuckDBPyConnection) -> None:
    rows = ask(database, "lanes", lane="type")
    marks = [one for one in lanes(rows)["data"] if one["mode"] == "markers"]
    symbols = {
        p["event"]: s
        for one in marks
        for p, s in zip(one["customdata"], one["marker"]["symbol"], strict=True)
    }
    assert symbols == {
        "event:0": "circle",
        "event:1": "circle",
        "event:2": "circle-open",
        "event:3": "circle",
        "event:4": "diamond-open",
        "event:5": "x-thin-open",
        "event:6": "circle",
    }


def test_a_coarse_date_is_a_wide_pale_bar(database: duckdb.DuckDBPyConnection) -> None:
    bars = [one for one in lanes(ask(database, "lanes", lane="type"))["data"] if one["mode"] == "lines"]
    assert [(bar["line"]["width"], bar["x"]) for bar in bars] == [(9, ["2023-05-01", "2023-06-01", None])]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2023, 1, 1), date(2023, 1, 31), "day"),
        (date(2023, 1, 1), date(2023, 12, 31), "week"),
        (date(2014, 1, 1), date(2023, 12, 31), "month"),
        (date(2000, 1, 1), date(2023, 12, 31), "quarter"),
        (date(1900, 1, 1), date(2023, 12, 31), "year"),
        (None, None, "day"),
    ],
)
def test_bins_suit_the_range(first: date | None, last: date | None, expected: str) -> None:
    assert best_bin(first, last) == expected


@pytest.mark.parametrize(
    ("size", "end"),
    [
        ("day", date(2024, 1, 1)),
        ("week", date(2024, 1, 7)),
        ("month", date(2024, 1, 31)),
        ("quarter", date(2024, 3, 31)),
        ("year", date(2024, 12, 31)),
    ],
)
def test_bin_ends(size: str, end: date) -> None:
    assert bin_end(date(2024, 1, 1), size) == end


@pytest.mark.parametrize(
    ("score", "word"),
    [
        (-10, "strong conflict"),
        (-2, "conflict"),
        (0, "mixed"),
        (None, "mixed"),
        (2.5, "cooperation"),
        (10, "strong cooperation"),
    ],
)
def test_tones(score: float | None, word: str) -> None:
    assert TONES[tone(score)][2] == word


def test_curves_of_both_directions_stay_apart() -> None:
    there, back = bow((0, 0), (1, 0)), bow((1, 0), (0, 0))
    assert there[0] == (0, 0)
    assert there[-1] == pytest.approx((1, 0))
    assert middle(there)[0][1] > 0 > middle(back)[0][1]
    assert [round(math.hypot(x, y), 9) for x, y in ring(5)] == [1.0] * 5


def test_words() -> None:
    assert (plural(1, "event"), plural(2000, "event")) == ("1 event", "2,000 events")
    assert [signed(score) for score in (None, -2.04, 3, 0)] == ["–", "−2.0", "+3.0", "0.0"]
    assert day(date(2023, 3, 5)) == "5 March 2023"
    assert short("a" * 30, 10) == "a" * 9 + "…"
    assert listed(["A", "B", "C", "D", "E"]) == "A, B, C + 2"
    assert escaped("<b>&") == "&lt;b&gt;&amp;"
    assert set(QUAD_COLOURS) == {
        "verbal cooperation",
        "material cooperation",
        "verbal conflict",
        "material conflict",
    }


def test_a_swarm_shows_score_direction_and_what_is_not_done(database: duckdb.DuckDBPyConnection) -> None:
    rows = ask(database, "swarm", one="country:RUS", other="country:UKR")
    marks = trace(swarm(rows), "events")
    looks = {
        point["event"]: (symbol, y)
        for point, symbol, y in zip(marks["customdata"], marks["marker"]["symbol"], marks["y"], strict=True)
    }
    assert looks["event:0"] == ("triangle-right", -9.0)
    assert looks["event:2"][0] == "circle-open"  # planned talks
    assert looks["event:5"][0] == "x-thin-open"  # denied
    assert trace(swarm(rows), "running mean")["y"] == [-9.0]


def test_marks_of_one_score_and_day_do_not_hide_each_other(database: duckdb.DuckDBPyConnection) -> None:
    one = ask(database, "swarm", one="country:RUS", other="country:UKR").head(1)
    heights = trace(swarm(pl.concat([one] * 4)), "events")["y"]
    assert len(set(heights)) == 4
    assert max(heights) - min(heights) < 2


def test_lanes_stand_out_where_they_are_busier_than_usual(database: duckdb.DuckDBPyConnection) -> None:
    assert ratio({"n_events": 9, "usual": 3.0}) == 3.0
    assert ratio({"n_events": 2, "usual": 0.0}) == 2.0  # nothing usual: compared with one
    pale, more, full = (strength({"n_events": n, "usual": 2.0}) for n in (1, 4, 8))
    assert pale < more < full == 1.0
    rows = ask(database, "lane_counts", lane="type", bin="month")
    discs = trace(surges(rows, "month"), "lanes")
    assert {(d["lane"], d["from"], d["to"]) for d in discs["customdata"]} >= {
        ("AID", "2023-05-01", "2023-05-31"),
        ("REQUEST", "2023-03-01", "2023-03-31"),
    }


def test_the_busiest_groups_have_colours_of_their_own(database: duckdb.DuckDBPyConnection) -> None:
    nodes = ask(database, "actors")
    by_country = colouring(nodes, "country")
    assert by_country.colours["country:RUS"] == by_country.colours["office:russian-officials"] == GROUPS[0]
    assert by_country.colours["person:hostile"] == NEUTRAL
    assert by_country.key[0] == (GROUPS[0], "Russia")
    assert by_country.key[-1] == (NEUTRAL, "others")
    with pytest.raises(ValueError, match="not coloured by 'size'"):
        colouring(nodes, "size")


def test_partners_stand_by_country_with_gaps_between() -> None:
    base = {"kind": "person", "n_out": 1, "n_in": 0, "n_together": 0, "n_planned": 0, "mean_score": 1.0}
    base |= {
        "out_score": 1.0,
        "in_score": None,
        "first_date": date(2023, 1, 1),
        "last_date": date(2023, 1, 1),
    }
    rows = [
        {
            **base,
            "partner_key": f"p{i}",
            "partner": f"P{i}",
            "country": country,
            "n_events": n,
            "community": None,
        }
        for i, (country, n) in enumerate(
            [("A", 1), ("B", 9), (None, 20), ("A", 2), ("B", 1), ("A", 1), (None, 1)]
        )
    ]
    figure = ego(pl.DataFrame(rows), "Me", "me")
    actors = trace(figure, "actors")
    order = [point["node"] for point in actors["customdata"]]
    assert order == ["me", "p1", "p4", "p3", "p0", "p5", "p2", "p6"]  # B 10, A 4, no country
    angles = [
        math.degrees(math.atan2(y, x)) % 360 for x, y in zip(actors["x"][1:], actors["y"][1:], strict=True)
    ]
    steps = [round((a - b) % 360) for a, b in pairwise(angles)]
    assert steps == [36, 72, 36, 36, 72, 36]
