"""The app without a browser: filters, links, downloads and what is said when there is nothing to show."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import networkx as nx
import polars as pl
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import queries
from tests.handmade import HOSTILE_NAME, HOSTILE_TEXT, publish
from views import answers
from views.database import NoDatabase, Reader, UnreadableDatabase, newest_snapshot
from views.export import Export, csv_batches, download, write_parquet
from views.filters import Filters, from_query, parts
from views.graph_file import graph_text, written
from views.lanes import narrowed
from views.marks import pieces
from views.preload import Preload
from views.security import HEADERS, SecurityHeaders
from views.sentences import article_sentences
from views.timeline import span
from views.words import condition, plain

MAIN = Path(__file__).parent.parent / "views" / "main.py"
SECONDS = 120


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("desk"))


@pytest.fixture(autouse=True)
def _database(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DRAMATIS_DB", str(desk))
    yield
    answers.reader.clear()


def open_page(page: str = "network", **query: list[str]) -> AppTest:
    app = AppTest.from_file(str(MAIN), default_timeout=SECONDS)
    for name, values in query.items():
        app.query_params[name] = values
    app._page_hash = calc_hash(page)  # AppTest has no way to choose a page of st.navigation
    app.run()
    assert not app.exception
    return app


def totals(app: AppTest) -> str:
    return next(block.proto.body for block in app.get("html") if "totals" in block.proto.body)


@pytest.mark.parametrize("page", ["network", "timeline", "evidence", "articles"])
def test_pages_open(page: str) -> None:
    app = open_page(page)
    assert "<b>7</b> events" in totals(app)
    assert not app.error


@pytest.mark.parametrize("way", ["kind", "country", "community"])
def test_actors_are_coloured_by_what_the_analyst_chooses(way: str) -> None:
    app = open_page()
    app.selectbox(key="colour_Map").set_value(way).run()
    assert not app.exception
    legend = next(block.proto.body for block in app.get("html") if "direction" in block.proto.body)
    assert {"kind": "organisation", "country": "Ukraine", "community": "Russia and 2 more"}[way] in legend
    assert "<img" not in legend


def test_one_actor_opens_on_its_partners_until_another_drawing_is_chosen() -> None:
    app = open_page(actor=["country:RUS"])
    assert app.segmented_control(key="drawing").value == "Partners"
    app.segmented_control(key="drawing").set_value("Grid").run()
    app.multiselect(key="filter_statuses").set_value(["happened"]).run()
    assert app.segmented_control(key="drawing").value == "Grid"
    app.button(key="clear").click().run()
    assert app.segmented_control(key="drawing").value == "Map"


@pytest.mark.parametrize("drawing", ["Map", "Partners", "Grid"])
@pytest.mark.parametrize("level", ["actor", "affiliation", "country"])
def test_every_drawing_at_every_level(drawing: str, level: str) -> None:
    app = open_page(level=[level])
    app.segmented_control(key="drawing").set_value(drawing).run()
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("lane", ["pair", "actor", "type", "place"])
@pytest.mark.parametrize("kind", ["Single events", "Compared with usual"])
def test_every_kind_of_lane(kind: str, lane: str) -> None:
    app = open_page("timeline")
    app.segmented_control(key="below").set_value(kind).run()
    app.segmented_control(key="lane").set_value(lane).run()
    assert not app.exception
    assert not app.error


def test_one_pair_is_the_filter_s_own_pair_at_first() -> None:
    app = open_page("timeline", actor=["country:TUR"], partner=["country:UKR"])
    app.segmented_control(key="below").set_value("One pair").run()
    assert app.selectbox(key="swarm_pair").value == ("country:TUR", "country:UKR")
    assert not app.exception


def test_a_stretch_across_the_bars_begins_and_ends_at_midnight() -> None:
    near = {"brush": ["2023-09-09 23:18:59.7196", "2023-07-31 21:38:03.6449"]}
    assert span(near) == (date(2023, 8, 1), date(2023, 9, 9))
    assert span({"brush": ["2023-09-09 08:00:00", "2023-09-09 10:00:00"]}) == (date(2023, 9, 9),) * 2
    assert span({"from": "2023-03-01", "to": "2023-03-31"}) == (date(2023, 3, 1), date(2023, 3, 31))
    assert span(None) is None


def test_a_disc_of_a_lane_narrows_the_filter_to_its_lane_and_days() -> None:
    point = {"lane": "country:RUS", "other": "country:UKR", "from": "2023-03-01", "to": "2023-03-31"}
    days = {"date_from": date(2023, 3, 1), "date_to": date(2023, 3, 31)}
    pair = Filters(actors=("country:RUS",), partners=("country:UKR",), types=("AID",), **days)
    assert narrowed(Filters(types=("AID",)), "pair", point) == pair
    assert narrowed(Filters(), "type", {**point, "lane": "AID"}) == Filters(types=("AID",), **days)


@pytest.mark.parametrize("page", ["network", "timeline", "evidence", "articles"])
def test_pages_open_on_an_empty_database(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAMATIS_DB", str(publish(tmp_path, events=False)))
    app = open_page(page)
    assert not app.error
    assert app.info


def test_a_missing_database_says_which_command_makes_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DRAMATIS_DB", str(tmp_path / "none.duckdb"))
    app = open_page()
    assert "python -m etl FOLDER --db" in app.info[0].value


def test_a_file_that_is_no_database_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "broken.duckdb"
    path.write_bytes(b"not a database" * 100)
    monkeypatch.setenv("DRAMATIS_DB", str(path))
    app = open_page()
    assert "cannot be read as a DuckDB database" in app.info[0].value


def test_a_link_restores_the_filter() -> None:
    app = open_page(
        **{"actor": ["country:TUR"], "type": ["AID", "REQUEST"], "from": ["2023-03-02"], "undated": ["0"]}
    )
    assert app.multiselect(key="filter_types").value == ["AID", "REQUEST"]
    assert app.date_input(key="filter_date_from").value == date(2023, 3, 2)
    assert "<b>2</b> events" in totals(app)
    chips = [button.label for button in app.button if (button.key or "").startswith("chip_")]
    assert len(chips) == 5
    assert any("Turkey" in chip for chip in chips)


def test_a_link_with_rubbish_opens_without_it() -> None:
    app = open_page(
        type=["<script>", "AID"], **{"from": ["yesterday"]}, level=["galaxy"], min_publishers=["-3"]
    )
    assert "<b>1</b> event<" in totals(app)


def test_changing_a_widget_changes_filter_url_and_can_be_undone() -> None:
    app = open_page()
    app.multiselect(key="filter_statuses").set_value(["planned"]).run()
    assert "<b>1</b> event<" in totals(app)
    assert app.query_params["status"] == "planned"
    app.button(key="undo_button").click().run()
    assert "<b>7</b> events" in totals(app)
    assert "status" not in app.query_params


def test_a_second_change_before_the_address_is_renewed_keeps_the_first() -> None:
    app = open_page()
    before = dict(app.query_params)
    app.multiselect(key="filter_statuses").set_value(["planned", "happened"]).run()
    app.query_params.clear()
    app.query_params.update(before)
    app.multiselect(key="filter_types").set_value(["AID"]).run()
    assert app.query_params["status"] == ["planned", "happened"]
    assert app.query_params["type"] == "AID"


def test_an_actor_is_found_and_added() -> None:
    app = open_page()
    app.text_input(key="actor_letters").set_value("turk").run()
    assert app.pills(key="actor_choice").options == ["Turkey"]
    app.pills(key="actor_choice").set_value("country:TUR").run()
    assert "<b>4</b> events" in totals(app)
    assert app.query_params["actor"] == "country:TUR"


def test_a_partner_is_found_and_added() -> None:
    app = open_page(actor=["country:TUR"])
    app.text_input(key="partner_letters").set_value("russia").run()
    app.pills(key="partner_choice").set_value("country:RUS").run()
    assert "<b>2</b> events" in totals(app)  # with what Russian officials do
    assert app.query_params["partner"] == "country:RUS"
    app.toggle(key="filter_affiliates").set_value(False).run()
    assert "<b>1</b> event<" in totals(app)


def test_options_carry_the_events_that_choosing_them_would_show() -> None:
    app = open_page(country=["TUR"], type=["AID"])
    countries = app.multiselect(key="filter_countries").options
    assert countries[0] == "Turkey · 1"
    assert "Ukraine · 1" in countries
    assert not any("Russia" in option for option in countries)
    assert "Request · 1" in app.multiselect(key="filter_types").options
    assert "Protest · 0" in app.multiselect(key="filter_types").options


def test_further_filters_are_drawn_only_when_they_are_open() -> None:
    app = open_page()
    assert "filter_countries" not in {one.key for one in app.multiselect}
    app.session_state["more"] = True
    assert app.run().multiselect(key="filter_publishers").options[0] == "Daily North · 5"


def test_chips_are_removed_one_by_one() -> None:
    app = open_page(type=["AID"], status=["happened"])
    app.button(key="chip_0_types").click().run()
    assert app.query_params["status"] == "happened"
    assert "type" not in app.query_params


def test_an_empty_result_says_what_to_do() -> None:
    app = open_page(type=["PROTEST"])
    assert "No event passes" in app.info[0].value
    app.button(key="clear_empty").click().run()
    assert "<b>7</b> events" in totals(app)


def test_a_new_snapshot_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAMATIS_DB", str(publish(tmp_path, 1, events=False)))
    app = open_page()
    assert "<b>0</b> events" in totals(app)
    publish(tmp_path, 2)
    assert "<b>7</b> events" in totals(app.run())


def test_a_page_stays_with_its_snapshot(tmp_path: Path) -> None:
    reader = Reader(publish(tmp_path, 1, events=False))
    old = reader.current()
    publish(tmp_path, 2)
    assert reader.ask(reader.current(), "totals")["n_events"][0] == 7
    assert reader.ask(old, "totals")["n_events"][0] == 0


def test_old_snapshots_are_detached(tmp_path: Path) -> None:
    reader = Reader(publish(tmp_path, 1))
    for number in range(1, 6):
        publish(tmp_path, number) if number > 1 else None
        reader.ask(reader.current(), "totals")
    assert [snapshot.file.stem for snapshot in reader.attached] == [
        "desk-000003",
        "desk-000004",
        "desk-000005",
    ]


def test_python_variables_are_no_tables(desk: Path) -> None:
    reader = Reader(desk)
    frame = pl.DataFrame({"a": [1]})
    with reader.cursor(reader.current()) as cursor, pytest.raises(duckdb.CatalogException):
        cursor.execute("select * from frame")
    assert len(frame) == 1


def test_without_links_the_newest_numbered_file_is_read(tmp_path: Path) -> None:
    link = publish(tmp_path, 7)
    content = link.read_bytes()
    link.unlink()
    link.write_bytes(content)
    assert newest_snapshot(link).name == "desk-000007.duckdb"
    with pytest.raises(NoDatabase):
        newest_snapshot(tmp_path / "other.duckdb")


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.duckdb"
    path.write_text("x" * 5000)
    reader = Reader(path)
    with pytest.raises(UnreadableDatabase, match=r"x\.duckdb"):
        reader.ask(reader.current(), "totals")


FILTERS = Filters(
    actors=("country:RUS",),
    affiliates=False,
    between=True,
    partners=("country:TUR",),
    date_from=date(2023, 1, 2),
    by_report=True,
    undated=False,
    types=("AID",),
    statuses=("planned",),
    publishers=("A & B",),
    min_publishers=3,
    words="a=b&c",
    level="country",
)


def test_a_filter_survives_its_url() -> None:
    assert from_query(FILTERS.to_query()) == FILTERS
    assert Filters().to_query() == {}
    assert Filters().is_empty()
    assert not FILTERS.is_empty()


def test_every_condition_can_be_taken_away() -> None:
    conditions = list(parts(FILTERS))
    assert len(conditions) == 12
    rest = FILTERS
    for name, value, _ in conditions:
        without = {(n, v): w for n, v, w in parts(rest)}
        rest = without[name, value]
    assert rest == FILTERS.cleared()
    assert all(condition(name, value, {}) for name, value, _ in conditions)


def test_filter_parameters_are_those_of_the_queries() -> None:
    assert set(Filters().params()) == set(queries.header("totals").params)


@pytest.fixture
def client() -> TestClient:
    return TestClient(
        Starlette(routes=[Route("/download/{file}", download)], middleware=[Middleware(SecurityHeaders)])
    )


def read_csv(response: Any) -> pl.DataFrame:
    assert response.status_code == 200, response.text
    return pl.read_csv(io.BytesIO(response.content), infer_schema_length=None)


def test_a_download_is_what_the_query_answers(client: TestClient, desk: Path) -> None:
    frame = read_csv(client.get("/download/relationships.csv?types=ASSAULT"))
    asked = queries.ask(desk, "relationships", types=["ASSAULT"])
    assert frame["n_events"].to_list() == asked["n_events"].to_list()
    assert frame["mean_score"].to_list() == asked["mean_score"].to_list()
    assert frame["view"].unique().to_list() == ["types = ASSAULT"]
    assert frame["snapshot"].unique().to_list() == ["desk-000001"]


def test_cells_cannot_become_formulas(client: TestClient) -> None:
    actors = read_csv(client.get("/download/actors.csv"))
    assert "'" + HOSTILE_NAME in actors["actor"].to_list()
    articles = read_csv(client.get("/download/articles.csv?matching_only=false"))
    assert "'=SUM(1)" in articles["title"].to_list()
    events = read_csv(client.get("/download/events.csv"))
    assert events["score"].min() == -9.0  # numbers stay numbers


def test_excel_gets_its_mark(client: TestClient) -> None:
    assert client.get("/download/totals.xl.csv").content.startswith(b"\xef\xbb\xbfn_events")
    assert client.get("/download/totals.csv").content.startswith(b"n_events")


def test_parquet_keeps_types_and_states_the_filter(client: TestClient) -> None:
    response = client.get("/download/evidence.parquet?event_keys=event:1")
    frame = pl.read_parquet(io.BytesIO(response.content))
    assert frame["spans"].dtype.is_nested()
    assert frame["sources"].to_list() == [["Turkey"]]
    assert pl.read_parquet_metadata(io.BytesIO(response.content))["view"] == "event_keys = event:1"


def test_a_graph_file_holds_the_pairs_and_their_days(client: TestClient, desk: Path) -> None:
    pairs = queries.ask(desk, "relationships", types=["ASSAULT", "AGREE"])
    gexf = nx.read_gexf(
        io.BytesIO(client.get("/download/relationships.gexf?types=ASSAULT&types=AGREE").content),
        version="1.2draft",
    )
    assert {(a, b): d["weight"] for a, b, d in gexf.edges(data=True)} == {
        (row["source_key"], row["target_key"]): row["n_events"] for row in pairs.iter_rows(named=True)
    }
    assert gexf.edges["country:RUS", "country:UKR"]["start"] == "2023-03-01"
    assert gexf.nodes["person:hostile"]["label"] == HOSTILE_NAME
    assert gexf.graph["name"] == "desk-000001: types = ASSAULT, AGREE"
    graphml = nx.read_graphml(io.BytesIO(client.get("/download/relationships.graphml").content))
    assert graphml.nodes["country:RUS"]["kind"] == "country"
    assert graphml.edges["country:RUS", "country:UKR"]["last_date"] == "2023-04-20"
    assert graphml.graph["view"] == "everything"
    assert client.get("/download/events.gexf").status_code == 404


def test_what_xml_cannot_hold_is_replaced() -> None:
    drawn = nx.DiGraph(view="", snapshot="")
    drawn.add_node("a", label=graph_text("bell\x07 and \ud800 and <b> & 😀"))
    assert nx.read_gexf(io.BytesIO(written(drawn, "gexf")), version="1.2draft").nodes["a"]["label"] == (
        "bell\ufffd and \ufffd and <b> & 😀"
    )


def test_batches_add_up(desk: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("views.export.BATCH", 2)
    reader = Reader(desk)
    export = Export("evidence", {}, reader.current(), "everything")
    text = b"".join(csv_batches(reader, export))
    assert len(pl.read_csv(io.BytesIO(text))) == 8
    write_parquet(reader, export, tmp_path / "e.parquet")
    assert len(pl.read_parquet(tmp_path / "e.parquet")) == 8


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("events.csv?types=ASSULT", 400, "ASSULT"),
        ("events.csv?colour=red", 400, "takes no parameter 'colour'"),
        ("events.csv?date_from=tomorrow", 400, "must be a date"),
        ("events.csv?row_limit=1;drop", 400, "must be a bigint"),
        ("events.csv?undated=maybe", 400, "must be a boolean"),
        ("events.csv?words=a&words=b", 400, "takes one value"),
        ("events.csv?words=" + "a" * 2000, 400, "too long"),
        ("nothing.csv", 404, "no such download"),
        ("events.exe", 404, "no such download"),
        ("__init__.csv", 404, "no such download"),
    ],
)
def test_bad_downloads_are_refused_in_a_sentence(
    client: TestClient, path: str, status: int, words: str
) -> None:
    response = client.get(f"/download/{path}")
    assert response.status_code == status
    assert words in response.text
    assert "Traceback" not in response.text


def test_a_download_without_database(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DRAMATIS_DB", str(tmp_path / "none.duckdb"))
    response = client.get("/download/events.csv")
    assert (response.status_code, "python -m etl" in response.text) == (404, True)


def test_every_response_carries_the_policy(client: TestClient) -> None:
    headers = client.get("/download/totals.csv").headers
    assert all(headers[name] == value for name, value in HEADERS.items())
    assert "'unsafe-inline'" not in headers["content-security-policy"].split("script-src")[1].split(";")[0]


def test_every_page_brings_its_script_along() -> None:
    async def page(_: Any) -> HTMLResponse:
        return HTMLResponse("<p></p>")

    app = Starlette(
        routes=[Route("/", page), Route("/download/{file}", download)], middleware=[Middleware(Preload)]
    )
    with TestClient(app) as browser:
        assert browser.get("/").headers["link"] == "<assets/plotly.min.js>; rel=preload; as=script"
        assert "link" not in browser.get("/download/totals.csv").headers


def test_pieces_give_back_the_text() -> None:
    text = HOSTILE_TEXT + "😀 Kim met Xi"
    start = text.index("Kim")
    spans = [
        {"kind": "source", "start": start, "end": start + 3, "label": "Kim Jong Un"},
        {"kind": "act", "start": start + 4, "end": start + 7, "label": "CONSULT", "event": "event:9"},
        {"kind": "date", "start": start, "end": len(text), "label": None},
        {"kind": "unheard of", "start": 0, "end": 3, "label": None},
        {"kind": "act", "start": 5, "end": 5000, "label": None},
    ]
    cut = pieces(text, spans)
    assert "".join(piece["text"] for piece in cut) == text
    assert [(p["text"], p["kind"]) for p in cut if p["kind"]] == [
        ("Kim", "source"),
        (" ", "date"),
        ("met", "act"),
        (" Xi", "date"),
    ]
    assert cut[3]["event"] == "event:9"


def test_an_article_is_cut_at_its_sentences(desk: Path) -> None:
    text = queries.ask(desk, "article", article="article:2")["text"][0]
    parts_ = article_sentences(text, queries.ask(desk, "article_marks", article="article:2").to_dicts(), 1)
    assert "".join(piece["text"] for part in parts_ for piece in part["pieces"]) == text
    (focus,) = [part for part in parts_ if part["focus"]]
    assert "".join(piece["text"] for piece in focus["pieces"]) == "Russian officials may sanction Turkey."


def test_labels_are_no_markdown() -> None:
    assert plain("![x](http://a.b) *c*") == r"\!\[x\]\(http\:\/\/a\.b\) \*c\*"
