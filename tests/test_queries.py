"""Every query is what its header says, and the numbers of a small database come out right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

import queries
from tests.handmade import publish

REQUIRED = {
    "actors",
    "actor",
    "relationships",
    "ego_network",
    "timeline",
    "lanes",
    "events",
    "evidence",
    "coverage",
    "articles",
    "article",
    "facets",
    "actor_search",
    "totals",
}
FILTERED = [name for name in queries.names() if "-- filter: begin" in queries.text(name)]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    path = publish(tmp_path_factory.mktemp("desk"))
    with duckdb.connect(str(path), read_only=True) as connection:
        yield connection


def ask(database: duckdb.DuckDBPyConnection, name: str, **params: Any) -> pl.DataFrame:
    with database.cursor() as cursor:
        return queries.ask(cursor, name, **params)


def keys(frame: pl.DataFrame, column: str = "event_key") -> set[str]:
    return {value.removeprefix("event:") for value in frame[column]}


def test_the_named_questions_are_there() -> None:
    assert set(queries.names()) >= REQUIRED


@pytest.mark.parametrize("name", queries.names())
def test_header_is_true(name: str, database: duckdb.DuckDBPyConnection) -> None:
    header = queries.header(name)
    statements = duckdb.extract_statements(queries.text(name))
    assert len(statements) == 1
    assert statements[0].named_parameters == set(header.params)
    answer = ask(database, name, **_example(name, database))
    assert tuple(answer.columns) == header.columns
    if header.grain:
        assert answer.select(header.grain).is_unique().all(), f"{name} has two rows of one {header.grain}"
    else:
        assert len(answer) == 1
    assert header.question.endswith("?") or "?" in header.question


def _example(name: str, database: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The values that the header's shell lines set."""
    with database.cursor() as cursor:
        for line in queries.header(name).shell.splitlines():
            cursor.execute(line)
        return {
            p: cursor.sql(f"select getvariable('{p}')").fetchall()[0][0] for p in queries.header(name).params
        }


@pytest.mark.parametrize("name", queries.names())
def test_runs_in_the_shell_after_its_header_s_lines(name: str, database: duckdb.DuckDBPyConnection) -> None:
    with database.cursor() as cursor:
        for line in queries.header(name).shell.splitlines():
            cursor.execute(line)
        columns = cursor.execute(queries.text(name)).description
    assert [column[0] for column in columns or ()] == list(queries.header(name).columns)


def test_the_filter_is_the_same_everywhere() -> None:
    blocks = {
        re.findall(r"-- filter: begin(.*?),?\n-- filter: end", queries.text(name), re.DOTALL)[0]
        for name in FILTERED
    }
    assert len(blocks) == 1
    shared = list(queries.header("totals").params)
    assert all(list(queries.header(name).params)[: len(shared)] == shared for name in FILTERED)


def test_unknown_parameters_and_questions_are_refused(database: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ValueError, match="takes no colour"):
        ask(database, "totals", colour="red")
    with pytest.raises(ValueError, match="There is no query 'nothing'"):
        queries.text("nothing")
    with pytest.raises(ValueError, match="There is no query"):
        queries.text("../etl/schema")


def test_totals_count_events_not_reports(database: duckdb.DuckDBPyConnection) -> None:
    row = ask(database, "totals").row(0, named=True)
    assert (row["n_events"], row["n_mentions"], row["n_done"]) == (7, 8, 4)
    assert (row["n_planned"], row["n_hypothetical"], row["n_negated"], row["n_undated"]) == (1, 1, 1, 2)
    assert (row["n_cooperation"], row["n_conflict"]) == (1, 3)
    assert row["mean_score"] == pytest.approx((-9 + 0 + 10 - 9) / 4)


FILTERS: list[tuple[str, dict[str, Any], str]] = [
    ("any of two actors", {"actors": ["country:UKR", "country:TUR"]}, "0123456"[:7]),
    ("one actor", {"actors": ["country:RUS"]}, "0125"),
    ("with those who belong to it", {"actors": ["country:RUS"], "affiliates": True}, "01245"),
    ("between two", {"actors": ["country:RUS", "country:UKR"], "between": True}, "025"),
    (
        "between, with affiliates",
        {"actors": ["country:RUS", "country:TUR"], "between": True, "affiliates": True},
        "14",
    ),
    ("a partner", {"partners": ["country:TUR"]}, "1346"),
    ("an actor and a partner", {"actors": ["country:RUS"], "partners": ["country:UKR"]}, "025"),
    ("a partner on either side", {"actors": ["country:UKR"], "partners": ["country:RUS"]}, "025"),
    (
        "a partner's affiliates",
        {"actors": ["country:TUR"], "partners": ["country:RUS"], "affiliates": True},
        "14",
    ),
    ("a claimant", {"claimants": ["country:UKR"]}, "5"),
    ("a country", {"countries": ["RUS"]}, "01245"),
    ("from a day", {"date_from": date(2023, 5, 31)}, "36"),
    (
        "a month of which one day counts",
        {"date_from": date(2023, 5, 10), "date_to": date(2023, 5, 10)},
        "345",
    ),
    ("until a day, undated by report", {"date_to": date(2023, 4, 20)}, "012"),
    ("dated only", {"undated": False}, "01236"),
    (
        "by first report",
        {"date_from": date(2023, 3, 3), "date_to": date(2023, 5, 10), "by_report": True},
        "2345",
    ),
    ("types", {"types": ["AID", "REQUEST"]}, "13"),
    ("no type at all", {"types": []}, ""),
    ("quad class", {"quad_classes": ["material conflict"]}, "046"),
    ("status", {"statuses": ["planned", "hypothetical"]}, "24"),
    ("a publisher", {"publishers": ["Evening South"]}, "02"),
    ("two publishers", {"min_publishers": 2}, "0"),
    ("words, case aside", {"words": "KYIV"}, "0"),
    ("letters inside a word", {"words": "alk"}, "2"),
    ("several words", {"words": "called on russia"}, "1"),
    ("words that do not stand together", {"words": "called russia"}, ""),
    ("no letter at all", {"words": "."}, "0123456"),
    ("conditions add up", {"actors": ["country:TUR"], "types": ["ASSAULT"]}, "6"),
]


@pytest.mark.parametrize(
    ("params", "expected"), [(p, e) for _, p, e in FILTERS], ids=[name for name, *_ in FILTERS]
)
def test_filter(params: dict[str, Any], expected: str, database: duckdb.DuckDBPyConnection) -> None:
    assert keys(ask(database, "events", **params)) == set(expected)
    assert ask(database, "totals", **params)["n_events"][0] == len(expected)
    assert ask(database, "timeline", bin="year", **params)["n_events"].sum() == len(expected)


def test_a_wrong_type_is_an_error_not_an_empty_answer(database: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(duckdb.ConversionException):
        ask(database, "events", types=["ASSULT"])


def test_relationships_have_direction_and_score(database: duckdb.DuckDBPyConnection) -> None:
    rows = {(r["source"], r["target"]): r for r in ask(database, "relationships").iter_rows(named=True)}
    struck = rows["Russia", "Ukraine"]
    assert (struck["n_events"], struck["n_done"], struck["n_planned"], struck["n_reciprocal"]) == (2, 1, 1, 1)
    assert struck["mean_score"] == -9.0
    assert rows["Ukraine", "Russia"]["n_negated"] == 1
    assert rows["Ukraine", "Russia"]["mean_score"] is None


def test_rolling_up_moves_officials_to_their_state(database: duckdb.DuckDBPyConnection) -> None:
    by_country = ask(database, "relationships", level="country")
    assert ("Russia", "Turkey") in by_country.select("source", "target").rows()
    assert "Russian officials" not in by_country["source"].to_list()
    assert ask(database, "events", level="country", source="country:RUS", target="country:TUR")[
        "event_key"
    ].to_list() == ["event:4"]


def test_ego_network_tells_directions_apart(database: duckdb.DuckDBPyConnection) -> None:
    rows = {r["partner"]: r for r in ask(database, "ego_network", actor="country:RUS").iter_rows(named=True)}
    assert {name: (r["n_out"], r["n_in"], r["n_together"]) for name, r in rows.items()} == {
        "Ukraine": (1, 1, 1),
        "Turkey": (0, 1, 0),
    }


def test_pair_events_include_what_both_do_together(database: duckdb.DuckDBPyConnection) -> None:
    assert keys(ask(database, "events", source="country:RUS", target="country:UKR")) == {"0", "2"}
    assert keys(ask(database, "events", source="country:UKR", target="country:RUS")) == {"2", "5"}


def test_evidence_marks_the_words(database: duckdb.DuckDBPyConnection) -> None:
    row = ask(database, "evidence", event_keys=["event:1"]).row(0, named=True)
    marked = {span["kind"]: row["sentence"][span["start"] : span["end"]] for span in row["spans"]}
    assert marked == {"source": "Turkey", "act": "called on", "target": "Russia"}
    assert row["publisher"] == "Daily North"


def test_evidence_keeps_to_the_chosen_publisher(database: duckdb.DuckDBPyConnection) -> None:
    assert ask(database, "evidence", event_keys=["event:0"])["publisher"].sort().to_list() == [
        "Daily North",
        "Evening South",
    ]
    assert ask(database, "evidence", publishers=["Evening South"], event_keys=["event:0"])[
        "publisher"
    ].to_list() == ["Evening South"]


def test_pages_follow_each_other(database: duckdb.DuckDBPyConnection) -> None:
    whole = ask(database, "evidence")["evidence_no"].to_list()
    paged = [ask(database, "evidence", row_limit=3, row_offset=k)["evidence_no"].to_list() for k in (0, 3, 6)]
    assert [number for page in paged for number in page] == whole
    assert len(whole) == 8


@pytest.mark.parametrize(
    ("sort", "first"), [("newest", "6"), ("oldest", "0"), ("most told", "0"), ("cooperation first", "3")]
)
def test_orders(sort: str, first: str, database: duckdb.DuckDBPyConnection) -> None:
    assert ask(database, "events", sort=sort)["event_key"][0] == f"event:{first}"


@pytest.mark.parametrize(
    ("lane", "busiest"),
    [("pair", "Russia – Ukraine"), ("actor", "Ukraine"), ("type", "ASSAULT")],
    ids=lambda v: str(v),
)
def test_lanes(lane: str, busiest: str, database: duckdb.DuckDBPyConnection) -> None:
    lanes = ask(database, "lanes", lane=lane)
    assert (
        lanes["lane"][0] == busiest
        or lanes.filter(pl.col("lane_events") == lanes["lane_events"].max())["lane"]
        .str.contains(busiest)
        .any()
    )
    assert lanes.filter(pl.col("lane_rank") == 1).height == lanes["lane_events"][0]


def test_lanes_know_what_is_usual_for_them(database: duckdb.DuckDBPyConnection) -> None:
    rows = ask(database, "lane_counts", lane="pair", bin="month").filter(lane="Russia – Ukraine")
    assert rows.select("bin_start", "n_events", "n_conflict").rows() == [
        (date(2023, 3, 1), 1, 1),
        (date(2023, 4, 1), 1, 0),
        (date(2023, 5, 1), 1, 0),
    ]
    assert rows["usual"].unique().to_list() == [1.0]
    assert rows.select("one_key", "other_key").row(0) == ("country:RUS", "country:UKR")
    rare = ask(database, "lane_counts", lane="type", bin="month").filter(lane="REQUEST")
    assert rare.select("n_events", "usual", "one_key").rows() == [(1, 0.0, "REQUEST")]  # two months without


def test_a_swarm_tells_directions_and_how_it_goes(database: duckdb.DuckDBPyConnection) -> None:
    rows = ask(database, "swarm", one="country:RUS", other="country:UKR")
    assert dict(rows.select("event_key", "direction").rows()) == {
        "event:0": "out",
        "event:2": "together",
        "event:5": "back",
    }
    means = dict(rows.select("event_key", "running_mean").rows())
    assert means == {"event:0": -9.0, "event:2": None, "event:5": None}  # what is not done has no mean


def test_a_running_mean_runs(database: duckdb.DuckDBPyConnection) -> None:
    over_all = ask(database, "swarm", one="country:UKR", other="country:TUR", span=3)
    last = ask(database, "swarm", one="country:UKR", other="country:TUR", span=1)
    assert last["running_mean"].to_list() == last["score"].to_list()
    assert over_all["averaged"].unique().to_list() == [3]


def test_articles_fold_copies(database: duckdb.DuckDBPyConnection) -> None:
    articles = ask(database, "articles", matching_only=False)
    assert len(articles) == 4
    first = articles.row(by_predicate=pl.col("article_key") == "article:0", named=True)
    assert (first["n_copies"], first["copied_by"], first["n_events"]) == (1, ["Echo"], 2)
    assert ask(database, "article", article="article:4")["copy_of_key"][0] == "article:0"


def test_article_marks_point_at_their_words(database: duckdb.DuckDBPyConnection) -> None:
    text = ask(database, "article", article="article:1")["text"][0]
    marks = ask(database, "article_marks", article="article:1")
    acts = marks.filter(pl.col("kind") == "act")
    assert [text[a:b] for a, b in acts.select("start_char", "end_char").rows()] == ["struck", "hold talks"]
    assert marks.filter(pl.col("kind") == "sentence").height == 2


def test_actor_search_knows_aliases_and_ignores_accents(database: duckdb.DuckDBPyConnection) -> None:
    assert ask(database, "actor_search", letters="RUSÍA")["actor"].to_list() == ["Russia"]
    assert ask(database, "actor_search", letters="russia")["actor"].to_list() == [
        "Russia",
        "Russian officials",
    ]
    assert ask(database, "actor_search", letters="%").is_empty()


def test_coverage_counts_copies_apart(database: duckdb.DuckDBPyConnection) -> None:
    rows = {r["publisher"]: r for r in ask(database, "coverage").iter_rows(named=True)}
    assert (
        rows["Daily North"]["n_articles"],
        rows["Daily North"]["n_reports"],
        rows["Daily North"]["n_events"],
    ) == (2, 5, 5)
    assert (rows["Echo"]["n_copies"], rows["Echo"]["n_sentences"]) == (1, 0)


FACETS = {
    "type": "types",
    "quad_class": "quad_classes",
    "status": "statuses",
    "country": "countries",
    "place": "places",
    "publisher": "publishers",
    "claimant": "claimants",
}


def test_a_facet_says_what_choosing_its_value_would_show(database: duckdb.DuckDBPyConnection) -> None:
    facets = ask(database, "facets")
    sums = dict(facets.group_by("facet").agg(pl.col("n_events").sum()).rows())
    assert sums == {"type": 7, "quad_class": 7, "status": 7, "country": 13, "publisher": 8, "claimant": 1}
    for row in facets.iter_rows(named=True):
        chosen = {FACETS[row["facet"]]: [row["value"]]}
        assert ask(database, "totals", **chosen)["n_events"][0] == row["n_events"], row


def test_facets_keep_to_those_asked_for(database: duckdb.DuckDBPyConnection) -> None:
    some = ask(database, "facets", facets=["country", "type"], row_limit=1, types=["ASSAULT"])
    assert some.select("facet", "value", "label", "n_events").rows() == [
        ("country", "RUS", "Russia", 1),
        ("type", "ASSAULT", "ASSAULT", 2),
    ]


def test_ask_takes_a_path(tmp_path: Path) -> None:
    assert queries.ask(publish(tmp_path), "totals")["n_events"][0] == 7
