"""Overview, Pair, Actor, Map and Plans: their questions and figures, and the pages without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

import queries
from charts.initiative import initiative
from charts.places import bounds, places
from charts.plans import outcome_day, plans, who
from charts.roles import roles
from tests.pages_desk import HOSTILE, RUSSIA, TALKS, TURKEY, UKRAINE, add_event, derive, publish
from tests.test_app import open_page
from views import answers

RUS_UKR = {"one": "country:RUS", "other": "country:UKR"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def database(desk: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(desk), read_only=True) as connection:
        yield connection


@pytest.fixture(autouse=True)
def _database(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DRAMATIS_DB", str(desk))
    yield
    answers.reader.clear()


@pytest.fixture
def changed(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database of its own that a test may add events to."""
    with duckdb.connect(str(publish(tmp_path).resolve())) as connection:
        yield connection


def ask(database: duckdb.DuckDBPyConnection, name: str, **params: Any) -> pl.DataFrame:
    with database.cursor() as cursor:
        return queries.ask(cursor, name, **params)


def test_places_keep_their_precision(database: duckdb.DuckDBPyConnection) -> None:
    rows = {row["place_key"]: row for row in ask(database, "event_places").iter_rows(named=True)}
    assert {key: (row["precision"], row["n_events"]) for key, row in rows.items()} == {
        "place:703448": ("city", 1),
        "country:UKR": ("country", 1),
        "region:nowhere": ("region", 1),
    }
    assert (rows["place:703448"]["n_conflict"], rows["place:703448"]["mean_score"]) == (1, -9.0)
    assert rows["region:nowhere"]["latitude"] is None


def test_the_map_draws_what_has_a_point(database: duckdb.DuckDBPyConnection) -> None:
    figure = places(ask(database, "event_places"), "place:703448")
    marks = next(trace for trace in figure["data"] if trace.get("name") == "places")
    assert {data["place"] for data in marks["customdata"]} == {"place:703448", "country:UKR"}
    drawn = dict(zip([d["place"] for d in marks["customdata"]], marks["marker"]["symbol"], strict=True))
    assert drawn == {"place:703448": "circle", "country:UKR": "square"}
    assert "only the country is known" in " ".join(marks["hovertext"])


def test_only_countries_without_a_finer_place_are_shaded(database: duckdb.DuckDBPyConnection) -> None:
    traces = places(ask(database, "event_places"))["data"]
    outlines = [trace.get("meta", {}).get("outline") for trace in traces]
    assert [outline for outline in outlines if isinstance(outline, list)] == [["UKR"]]


def test_the_view_leaves_out_far_single_events() -> None:
    here = [{"longitude": 30.0 + i / 10, "latitude": 50.0, "n_events": 10} for i in range(10)]
    far = {"longitude": -100.0, "latitude": -30.0, "n_events": 1}
    (west, east), (south, north) = bounds([*here, far])
    assert 20 < west < 30.1
    assert 30.8 < east < 40
    assert 40 < south < 50 < north < 60
    assert bounds([]) == bounds([])


def test_every_planned_event_has_one_outcome(changed: duckdb.DuckDBPyConnection) -> None:
    made = {
        "overdue": add_event(changed, RUSSIA, TURKEY, "2023-03-20", status="planned"),
        "ahead": add_event(changed, RUSSIA, TURKEY, "2024-01-01", status="planned"),
        "undated": add_event(changed, RUSSIA, TURKEY, None, status="planned"),
        "cancelled": add_event(changed, RUSSIA, TURKEY, "2023-03-21", status="planned"),
    }
    changed.execute(
        "insert into event_links values (?, ?, 'cancels', 0.65, 'actors')", [TALKS, made["cancelled"]]
    )
    derive(changed)
    rows = ask(changed, "plans")
    found = {row["event_key"]: row["outcome"] for row in rows.iter_rows(named=True)}
    assert found == {"event:2": "fulfilled"} | {f"event:{event}": name for name, event in made.items()}
    counted = dict(ask(changed, "outcomes").iter_rows())
    assert counted == {**dict.fromkeys(made, 1), "fulfilled": 1}
    overdue = rows.row(by_predicate=pl.col("outcome") == "overdue", named=True)
    assert overdue["days_late"] == (date(2023, 6, 1) - date(2023, 3, 20)).days
    assert ask(changed, "plans", outcome="ahead")["days_late"][0] < 0
    assert ask(changed, "overview")["n_overdue"][0] == 1


def test_what_fulfils_outweighs_what_denies(changed: duckdb.DuckDBPyConnection) -> None:
    changed.execute(
        "insert into event_links values (5, 2, 'denies', 0.95, 'actors'), (5, 2, 'continues', 1, 'actors')"
    )
    row = ask(changed, "plans").row(0, named=True)
    assert (row["outcome"], row["answer_key"], row["answer_type"]) == (
        "fulfilled",
        f"event:{TALKS}",
        "CONSULT",
    )


def test_plans_are_drawn_from_report_to_outcome(database: duckdb.DuckDBPyConnection) -> None:
    rows = ask(database, "plans")
    row = rows.row(0, named=True)
    assert who(row) == "Russia, Ukraine: agree"
    assert outcome_day(row) == date(2023, 4, 20)
    marks = {trace["name"]: trace for trace in plans(rows)["data"] if "name" in trace}
    assert marks["fulfilled"]["customdata"] == [{"event": "event:2"}]
    assert marks["fulfilled"]["x"] == ["2023-04-20"]
    assert marks["announced"]["x"] == ["2023-03-03"]


def test_overview_counts_what_the_filter_reaches(database: duckdb.DuckDBPyConnection) -> None:
    row = ask(database, "overview").row(0, named=True)
    assert (row["n_articles"], row["n_publishers"], row["n_actors"], row["n_places"]) == (4, 3, 5, 3)
    assert (row["n_claimed"], row["n_single"], row["n_overdue"]) == (1, 7, 0)
    assert row["last_reported"] == date(2023, 6, 1)
    assert ask(database, "holdings").row(0, named=True) == row
    turkey = ask(database, "overview", actors=["country:TUR"]).row(0, named=True)
    assert (turkey["n_articles"], turkey["n_places"], turkey["n_claimed"]) == (3, 2, 0)


def test_changes_rank_the_unusual_month_first(changed: duckdb.DuckDBPyConnection) -> None:
    for day in ("2023-05-20", "2023-05-22", "2023-05-24", "2023-05-26"):
        add_event(changed, TURKEY, UKRAINE, day, kind="ASSAULT", score=-9, quad="material conflict")
    for month in range(1, 5):  # as often as before: nothing new
        add_event(changed, HOSTILE, RUSSIA, f"2023-0{month}-15")
    add_event(changed, HOSTILE, RUSSIA, "2023-05-15")
    add_event(changed, TURKEY, UKRAINE, "2023-05-25", status="planned")
    derive(changed)
    rows = ask(changed, "changes")
    first = rows.row(0, named=True)
    assert {first["one"], first["other"]} == {"Turkey", "Ukraine"}
    assert (first["change"], first["n_recent"], first["n_recent_conflict"]) == ("more conflict", 4, 4)
    assert first["months"][-2:] == [1, 4]  # the aid of May counts from its first day
    assert first["surprise"] > rows["surprise"][1]
    assert (first["month_from"], first["month_to"]) == (date(2023, 5, 3), date(2023, 6, 1))


def test_changes_measure_surprise_as_log_likelihood(changed: duckdb.DuckDBPyConnection) -> None:
    for day in ("2023-05-20", "2023-05-22"):
        add_event(changed, RUSSIA, TURKEY, day)
    derive(changed)
    row = ask(changed, "changes").row(0, named=True)
    # Cooperation 2 against none; the request of March is the one conflict before: ln is natural.
    assert row["surprise"] == pytest.approx(2 * 2 * 2.4849066 + 2 * 1 * 0.0870114, rel=1e-5)


@pytest.mark.parametrize(
    ("ends", "affiliates", "expected"),
    [
        (RUS_UKR, False, {"out": {"0"}, "together": {"2", "7"}, "back": {"5"}}),
        (
            {"one": "country:UKR", "other": "country:RUS"},
            False,
            {"back": {"0"}, "together": {"2", "7"}, "out": {"5"}},
        ),
        ({"one": "country:RUS", "other": "country:TUR"}, False, {"back": {"1"}}),
        ({"one": "country:RUS", "other": "country:TUR"}, True, {"back": {"1"}, "out": {"4"}}),
    ],
)
def test_who_begins(
    ends: dict[str, str], affiliates: bool, expected: dict[str, set[str]], database: duckdb.DuckDBPyConnection
) -> None:
    rows = ask(database, "between_reports", affiliates=affiliates, **ends)
    found: dict[str, set[str]] = {}
    for direction, key in rows.select("direction", "event_key").rows():
        found.setdefault(direction, set()).add(key.removeprefix("event:"))
    assert found == expected
    counted = ask(database, "between", bin="year", affiliates=affiliates, **ends)
    assert counted["n_events"].sum() == sum(len(events) for events in expected.values())
    for direction in expected:
        assert set(
            ask(database, "between_reports", direction=direction, affiliates=affiliates, **ends)["direction"]
        ) == {direction}


def test_bars_lean_to_who_acts(database: duckdb.DuckDBPyConnection) -> None:
    bars = {
        bar["name"]: bar
        for bar in initiative(ask(database, "between", bin="month", **RUS_UKR), "R", "U")["data"]
    }
    assert bars["out done"]["x"] == [-1]
    assert bars["out done"]["customdata"] == [{"direction": "out", "type": "ASSAULT"}]
    assert bars["together ahead"]["marker"]["color"] == "rgba(0,0,0,0)"
    assert bars["together done"]["xaxis"] == "x2"
    assert not any(name.startswith("back") for name in bars)  # the only one is denied


def test_what_each_says(database: duckdb.DuckDBPyConnection) -> None:
    def said(**params: Any) -> list[tuple[str, str]]:
        return ask(database, "said_about", **params).select("kind", "event_key").rows()

    assert said(speaker="country:UKR", about="country:RUS") == [("claim", "event:5")]
    assert said(speaker="country:TUR", about="country:RUS") == [("address", "event:1")]
    assert said(speaker="country:TUR", about="country:RUS", claims_only=True) == []
    assert said(about="country:RUS", claims_only=True) == [("claim", "event:5")]
    assert said(about="country:UKR", claims_only=True) == []  # its own word is not received
    assert said(speaker="country:RUS", about="country:UKR") == []


def test_told_by_several_or_denied(changed: duckdb.DuckDBPyConnection) -> None:
    changed.execute("insert into event_links values (5, 0, 'denies', 0.8, 'actors+window')")
    changed.execute(
        "update event_mentions set date_start = '2023-03-02', date_end = '2023-03-02' where event_id = 0 "
        "and article_id = 1"
    )
    rows = {row["event_key"]: row for row in ask(changed, "disputed", **RUS_UKR).iter_rows(named=True)}
    assert {key: row["may_differ"] for key, row in rows.items()} == {
        "event:0": ["date", "denial"],
        "event:5": ["denial"],
    }
    assert ask(changed, "disputed", one="country:TUR", other="country:RUS").is_empty()


def test_quotes_are_the_rows_of_evidence(database: duckdb.DuckDBPyConnection) -> None:
    evidence = ask(database, "evidence").sort("evidence_no")
    quoted = ask(database, "quotes", evidence_nos=evidence["evidence_no"].to_list())
    assert quoted.equals(evidence.select(quoted.columns))
    assert ask(database, "quotes", evidence_nos=[]).is_empty()


def test_names_and_where_they_stand(database: duckdb.DuckDBPyConnection) -> None:
    names = ask(database, "aliases", actor="country:RUS")
    assert names["alias"].to_list() == ["Russia"]
    rows = ask(database, "named", actor="country:RUS", alias="Russia")
    assert len(rows) == names["n_mentions"][0]
    assert all(
        row["sentence"][row["start_char"] : row["end_char"]] == "Russia" for row in rows.iter_rows(named=True)
    )


def test_roles_are_found_from_both_ends(database: duckdb.DuckDBPyConnection) -> None:
    for key in ("office:russian-officials", "country:TUR"):
        row = ask(database, "roles", actor=key).row(0, named=True)
        assert (row["holder"], row["role"], row["body"]) == ("Russian officials", "special envoy", "Turkey")
        assert row["sentence"][row["start_char"] : row["end_char"]] == "Russia"
    assert ask(database, "roles", actor="country:UKR").is_empty()


def test_roles_are_drawn_between_their_days(database: duckdb.DuckDBPyConnection) -> None:
    rows = ask(database, "roles", actor="country:TUR").with_columns(label=pl.lit("special envoy"))
    line, ends = roles(rows, 0)["data"]
    assert line["x"][:2] == ["2023-03-02", "2023-05-11"]  # the last day is whole
    assert ends["customdata"] == [{"role": 0}, {"role": 0}]


PAGES = ("overview", "pair", "actor", "map", "plans")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("level", ["actor", "country"])
def test_pages_open(page: str, level: str) -> None:
    app = open_page(page, level=[level])
    assert not app.error
    assert not app.info


@pytest.mark.parametrize("page", PAGES)
def test_pages_open_on_an_empty_answer(page: str) -> None:
    app = open_page(page, type=["PROTEST"])
    assert "No event passes" in app.info[0].value


@pytest.mark.parametrize(
    ("page", "query", "words"),
    [
        ("map", {"type": ["REQUEST"]}, "names a place"),
        ("plans", {"type": ["REQUEST"]}, "is a plan"),
        (
            "actor",
            {
                "actor": ["person:hostile"],
                "type": ["ASSAULT"],
                "affiliates": ["0"],
                "place": ["place:703448"],
            },
            "No event",
        ),
        ("pair", {"actor": ["country:TUR", "country:RUS"], "type": ["AID"]}, "lies between"),
    ],
)
def test_pages_without_anything_to_show_say_what_to_do(
    page: str, query: dict[str, list[str]], words: str
) -> None:
    app = open_page(page, **query)
    assert words in app.info[0].value
    assert not app.error


def headings(app: Any) -> str:
    return " | ".join(markdown.value for markdown in app.markdown if markdown.value.startswith("#"))


@pytest.mark.parametrize("part", ["Partners", "Names", "Roles", "Claims"])
@pytest.mark.parametrize(
    "actor", ["country:TUR", "country:RUS", "office:russian-officials", "person:hostile"]
)
def test_every_part_of_every_actor(part: str, actor: str) -> None:
    app = open_page("actor", actor=[actor])
    app.segmented_control(key="actor_part").set_value(part).run()
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("part", ["History", "What each says", "Differing accounts"])
def test_every_part_of_a_pair(part: str) -> None:
    app = open_page("pair", actor=["country:RUS", "country:UKR"], between=["1"])
    app.segmented_control(key="pair_part").set_value(part).run()
    assert not app.exception
    assert "Russia and Ukraine" in headings(app)


def test_a_pair_is_swapped_and_its_numbers_lead_to_sentences() -> None:
    app = open_page("pair", actor=["country:RUS", "country:UKR"], between=["1"])
    app.button(key="way_out").click().run()
    assert r"Russia → Ukraine" in headings(app)
    app.button(key="swap").click().run()
    assert "Ukraine and Russia" in headings(app)
    assert app.query_params["actor"] == ["country:UKR", "country:RUS"]


def test_an_actor_of_the_filter_can_be_changed_for_the_one_it_belongs_to() -> None:
    app = open_page("actor", actor=["office:russian-officials"])
    app.button(key="to_affiliation").click().run()
    assert "### Russia" in headings(app)
    assert app.query_params["actor"] == "country:RUS"


def test_accounts_stand_side_by_side() -> None:
    app = open_page("pair", actor=["country:RUS", "country:UKR"], between=["1"])
    app.segmented_control(key="pair_part").set_value("Differing accounts").run()
    cards = [markdown.value for markdown in app.markdown if markdown.value.startswith("**")]
    assert cards == ["**Daily North**", "**Evening South**"]


def test_claims_about_others_are_an_actor_s_claims_too(
    changed: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    changed.execute(
        "insert into participants "
        "select 0, 'claimant', 0, 2, min(mention_id), 'said' from mentions where actor_id = 2"
    )
    changed.execute("insert into event_actors values (0, 'claimant', 2)")
    derive(changed)
    changed.close()
    monkeypatch.setenv("DRAMATIS_DB", str(tmp_path / "desk.duckdb"))
    app = open_page("actor", actor=["country:TUR"])
    app.segmented_control(key="actor_part").set_value("Claims").run()
    assert "One sentence" in [caption.value for caption in app.caption]


def test_precisions_are_switched_off() -> None:
    app = open_page("map")
    assert app.pills(key="precisions").options == ["Country · 1", "Region · 1", "City · 1"]
    assert "1 event in regions without coordinates" in app.caption[0].value
    app.pills(key="precisions").set_value(["city"]).run()
    assert "without coordinates" not in app.caption[0].value


def test_outcomes_are_offered_with_their_numbers() -> None:
    app = open_page("plans")
    assert app.segmented_control(key="outcome").options == ["All · 1", "Fulfilled · 1"]
    app.segmented_control(key="outcome").set_value("fulfilled").run()
    assert not app.exception


def test_overview_says_what_its_numbers_count() -> None:
    app = open_page("overview")
    facts = [button for button in app.button if (button.key or "").startswith("fact_")]
    assert facts[0].label == "**4** articles"
    assert all(button.help for button in facts)
