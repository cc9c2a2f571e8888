"""Import, Corrections, Method, Glossary and the tour without a browser: files, runs, scripts, pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from streamlit import config

import queries
from benchmarks.guide import QUESTIONS
from charts.coverage import coverage
from etl.corrections import corrections_file
from etl.plover import EVENT_STATUSES, EVENT_TYPES
from etl.publish.corrections import read_corrections
from tests.handmade import HOSTILE_NAME, publish
from tests.test_app import open_page
from tests.test_publish import TELLERS, Desk
from views import answers, correct, glossary, jobs, switches, tour, uploads
from views.jobs import Jobs, NotStarted, Progress, progress, told
from views.manual import manual, sections
from views.script import literal, script
from views.uploads import TurnedAway, Upload, clean_folder, clean_name, store

PARTS = ["Coverage", "Rejects", "Missed", "Runs", "SQL", "Accuracy", "Tables"]


@pytest.fixture(scope="module")
def hand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("hand"))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A database that the ETL made, beside its extracts, so that it can be published again."""
    desk = Desk(tmp_path)
    desk.give(TELLERS)
    monkeypatch.setenv("DRAMATIS_DB", str(desk.database))
    monkeypatch.setenv("DRAMATIS_EXTRACTS", str(tmp_path / "x"))
    yield desk
    answers.reader.clear()
    jobs.jobs_of.clear()


@pytest.fixture
def by_hand(hand: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("DRAMATIS_DB", str(hand))
    yield hand
    answers.reader.clear()


# Uploaded files


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("news.txt", "news.txt"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\me\\report 7.JSONL", "report 7.jsonl"),
        ("a/../.. .txt", "unnamed.txt"),
        (".hidden.csv", "hidden.csv"),
        ("x\x00y\n<script>.txt", "x_y_script_.txt"),
        ("Ärger über Öl.txt", "Ärger über Öl.txt"),
        ("con.txt", "_con.txt"),
        ("LPT1.data.parquet", "_LPT1.data.parquet"),
        ("-rf.txt", "-rf.txt"),
        ("漢" * 200 + ".txt", "漢" * 33 + ".txt"),
    ],
)
def test_names_become_harmless(given: str, kept: str) -> None:
    assert clean_name(given) == kept


@pytest.mark.parametrize("given", ["evil.exe", "archive.txt.gz", "", "txt", "/etc/passwd"])
def test_other_kinds_are_turned_away(given: str) -> None:
    with pytest.raises(TurnedAway, match=r"is not read; give \.txt"):
        clean_name(given)


def test_nothing_is_written_outside_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "desk.imports"
    names = ["../up.txt", "/abs.txt", "..\\back.txt", "sub/dir/deep.txt"]
    stored = store([Upload(name, b"x" + name.encode()) for name in names], folder, "../../Evil / Wire", False)
    assert {path.resolve().parent for path in stored} == {(folder / "_.._Evil _ Wire").resolve()}
    assert [path.name for path in tmp_path.iterdir()] == ["desk.imports"]


def test_a_folder_that_leads_away_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    folder = tmp_path / "desk.imports"
    folder.mkdir()
    (folder / "Wire").symlink_to(outside)
    with pytest.raises(TurnedAway, match="leads out"):
        store([Upload("a.txt", b"a")], folder, "Wire", False)
    (folder / "a.txt").symlink_to(outside / "victim.txt")
    (outside / "victim.txt").write_text("mine")
    kept = store([Upload("a.txt", b"mine")], folder, "", False)
    replaced = store([Upload("a.txt", b"new")], folder, "", True)
    assert (outside / "victim.txt").read_text() == "mine"
    assert [path.name for path in (*kept, *replaced)] == ["a-2.txt", "a.txt"]


def test_same_names(tmp_path: Path) -> None:
    one, two = Upload("a.txt", b"1"), Upload("a.txt", b"2")
    assert [p.name for p in store([one, two, one], tmp_path, "", False)] == ["a.txt", "a-2.txt", "a.txt"]
    assert [p.name for p in store([two], tmp_path, "", False)] == ["a-2.txt"]
    assert [p.name for p in store([Upload("a.txt", b"3"), two], tmp_path, "", True)] == ["a.txt", "a-2.txt"]
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a.txt": b"3", "a-2.txt": b"2"}


def test_number_and_size_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_FILE_MB", 0.001)
    monkeypatch.setattr(uploads, "MOST_TOTAL_MB", 0.0015)
    with pytest.raises(TurnedAway, match="201 files"):
        store([Upload(f"{i}.txt", b"") for i in range(201)], tmp_path / "i", "", False)
    with pytest.raises(TurnedAway, match=r"big\.txt has more than"):
        store([Upload("big.txt", b"x" * 1001)], tmp_path / "i", "", False)
    with pytest.raises(TurnedAway, match="Together"):
        store([Upload(f"{i}.txt", b"x" * 900) for i in range(2)], tmp_path / "i", "", False)
    with pytest.raises(TurnedAway, match="not read"):
        store([Upload("good.txt", b"x"), Upload("bad.pdf", b"x")], tmp_path / "i", "", False)
    assert list(tmp_path.iterdir()) == []


def test_folders_have_a_name() -> None:
    assert [clean_folder(name) for name in ("..", " ", "a/b", "NUL")] == ["unnamed", "unnamed", "a_b", "_NUL"]


# Runs in the background


def test_progress_is_read_from_the_bar() -> None:
    bar = "extracting:   0%|          | 0/127 [00:00<?]\rextracting:  39%|███▉      | 50/127 [00:03<00:04]"
    assert progress("import", "") == Progress("Reading")
    assert progress("import", bar) == Progress("Extracting", 50, 127)
    assert progress("import", bar + "\rextracting: 100%|██| 127/127 [00:09<0]") == Progress(
        "Publishing", 127, 127
    )
    assert progress("publish", "") == Progress("Publishing")
    assert told(f"rejected a.txt: no date\n{bar}\nThis run: 1 article") == [
        "rejected a.txt: no date",
        "This run: 1 article",
    ]


def test_a_publish_runs_beside_the_dashboard(desk: Desk) -> None:
    corrections_file(desk.database).write_text("key,action,value\ncountry:SYL,ignore,\n")
    runs = Jobs(desk.database)
    job = runs.publish()
    with pytest.raises(NotStarted, match="Another run"):
        runs.publish()
    assert job.process.wait(60) == 0
    assert "desk-000002.duckdb published" in told(job.text())[-1]
    assert desk.ask("select rows_changed from corrections") == [(5,)]


def test_a_database_without_its_extracts_is_left_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DRAMATIS_EXTRACTS")
    with pytest.raises(NotStarted, match="DRAMATIS_EXTRACTS=FOLDER"):
        Jobs(desk.database).read([desk.folder / "a.txt"], "", None)


def test_what_a_run_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAMATIS_MODEL", "no_such_model")
    job = Jobs(tmp_path / "desk.duckdb").read([tmp_path / "-x.txt"], "--prune", date(2024, 1, 2))
    given = [str(argument) for argument in job.process.args]  # type: ignore[union-attr]
    assert given[3] == str(tmp_path / "-x.txt")
    assert {"--publisher=--prune", "--published=2024-01-02", "--model=no_such_model"} <= set(given)
    assert job.process.wait(60) == 1
    assert "no_such_model" in job.text()


@pytest.mark.parametrize(
    ("word", "address", "on"),
    [
        (None, "127.0.0.1", True),
        (None, "0.0.0.0", False),
        ("on", "0.0.0.0", True),
        ("off", "127.0.0.1", False),
        ("maybe", "127.0.0.1", False),
    ],
)
def test_switches(word: str | None, address: str, on: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    before = config.get_option("server.address")
    config.set_option("server.address", address)
    monkeypatch.delenv("DRAMATIS_IMPORT", raising=False)
    if word:
        monkeypatch.setenv("DRAMATIS_IMPORT", word)
    try:
        assert switches.is_on(switches.IMPORT) is on
    finally:
        config.set_option("server.address", before)


# Scripts and documents


ASKED: list[tuple[str, dict[str, Any]]] = [
    ("events", {"types": ["ASSAULT"], "date_from": date(2023, 3, 1), "undated": False, "row_limit": 2}),
    ("evidence", {"words": "x'; drop table events; --", "min_publishers": 1}),
    ("actor_search", {"letters": HOSTILE_NAME}),
    ("relationships", {"nodes": ["country:RUS", "person:o'neil"], "level": "actor"}),
    ("coverage", {}),
]


@pytest.mark.parametrize(("name", "params"), ASKED, ids=[name for name, _ in ASKED])
def test_a_script_answers_as_the_chart_did(name: str, params: dict[str, Any], hand: Path) -> None:
    text = script(name, params, str(hand))
    with duckdb.connect(str(hand), read_only=True) as con:
        *sets, question = duckdb.extract_statements(text)
        for statement in sets:
            con.execute(statement)
        assert con.execute(question).fetchall() == queries.ask(hand, name, **params).rows()
        assert con.execute("select count(*) from events").fetchall() == [(7,)]


def test_literals() -> None:
    assert literal(["a'b", None, True]) == "['a''b', null, true]"
    with pytest.raises(TypeError, match="cannot be a dict"):
        literal({})
    with pytest.raises(ValueError, match="takes no colour"):
        script("totals", {"colour": 1}, "x")


def test_the_manual_is_the_documents() -> None:
    assert "](" not in manual("accuracy")
    assert {"articles", "events", "corrections", "dyads"} <= set(sections("data-dictionary"))
    assert "made_by" in sections("data-dictionary")["corrections"]
    assert "####" not in sections("data-dictionary")["publication"]


def test_the_glossary_leaves_nothing_out() -> None:
    assert set(glossary.TYPES) == set(EVENT_TYPES)
    assert set(glossary.STATUSES) == set(EVENT_STATUSES)


def test_the_guide_answers_ten_questions_and_shows_each(root: Path) -> None:
    text = (root / "docs" / "guide.md").read_text(encoding="utf-8")
    assert [int(number) for number in re.findall(r"^## (\d+)\. .*\?$", text, re.MULTILINE)] == list(
        range(1, 11)
    )
    shown = re.findall(r"\]\((screenshots/[^)]+)\)", text)
    taken = [f"screenshots/guide-{i:02}-{question.__name__}.png" for i, question in enumerate(QUESTIONS, 1)]
    assert shown == taken
    assert all((root / "docs" / picture).stat().st_size < 200_000 for picture in shown)


def test_coverage_by_month_and_by_year(hand: Path) -> None:
    (heat,) = coverage(queries.ask(hand, "coverage_months"))["data"]
    assert (heat["x"], heat["y"]) == (
        ["Mar 2023", "May 2023", "Jun 2023"],
        ["Daily North", "Echo", "Evening South", "Wild West"],
    )
    assert heat["z"][0] == [1, 1, None]
    assert heat["customdata"][0][1] == {"publisher": "Daily North", "from": "2023-05-01", "to": "2023-05-31"}
    months = pl.date_range(date(2010, 1, 1), date(2019, 12, 1), "1mo", eager=True)
    long = pl.DataFrame({"month_start": months}).with_columns(
        publisher=pl.lit(None, pl.String), n_articles=1, n_copies=0, n_events=2
    )
    (heat,) = coverage(long)["data"]
    assert (heat["x"][0], heat["z"][0][0], heat["customdata"][0][0]) == ("2010", 12, None)


@pytest.mark.parametrize(
    ("start", "last"), [(date(2024, 2, 1), "2024-02-29"), (date(2023, 12, 1), "2023-12-31")]
)
def test_a_month_ends_on_its_last_day(start: date, last: str) -> None:
    row = pl.DataFrame(
        {"publisher": ["A"], "month_start": [start], "n_articles": [1], "n_copies": [0], "n_events": [0]}
    )
    assert coverage(row)["data"][0]["customdata"][0][0]["to"] == last


# Pages


@pytest.mark.usefixtures("by_hand")
@pytest.mark.parametrize("page", ["import", "corrections", "method", "glossary"])
def test_pages_open(page: str) -> None:
    assert not open_page(page).error


@pytest.mark.usefixtures("by_hand")
@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_the_method(part: str) -> None:
    app = open_page("method")
    app.segmented_control(key="method_part").set_value(part).run()
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("page", ["import", "corrections", "method", "glossary"])
def test_pages_open_on_an_empty_database(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAMATIS_DB", str(publish(tmp_path, events=False)))
    app = open_page(page)
    assert not app.error
    assert app.info or page == "import"


def test_an_outdated_database_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAMATIS_DB", str(publish(tmp_path)))
    with duckdb.connect(str(tmp_path / "desk-000001.duckdb")) as con:
        con.execute("drop table incidence")
    app = open_page(actor=["country:RUS"])
    assert "made by another version" in app.error[0].value
    assert "python -m etl.publish" in app.error[0].value.replace("\\", "")
    answers.reader.clear()


@pytest.mark.usefixtures("by_hand")
def test_the_sql_is_that_of_the_filter() -> None:
    app = open_page("method", type=["AID"])
    app.segmented_control(key="method_part").set_value("SQL").run()
    assert "set variable types = ['AID'];" in app.code[0].value
    assert "set variable actors = null;" in app.code[0].value


@pytest.mark.usefixtures("by_hand")
def test_the_tour_goes_through_its_pages() -> None:
    app = open_page()
    app.button(key="tour_start").click().run()
    assert len(tour.STEPS) == 5
    for number, step in enumerate(tour.STEPS):
        app = open_page(step.page.lower())
        app.session_state.tour_step = number
        app.run()
        assert any(step.title in one.value for one in app.markdown)
        assert not app.exception
        app.button(key="tour_end").click().run()
        assert not [button for button in app.button if button.key == "tour_end"]


def choose(app: Any, key: str, letters: str, actor: str) -> None:
    app.text_input(key=f"{key}_letters").set_value(letters).run()
    app.radio(key=f"{key}_choice").set_value(actor).run()


def test_a_merge_is_seen_saved_and_taken_back(desk: Desk) -> None:
    app = open_page("corrections")
    choose(app, "correct_actor", "syl", "country:SYL")
    app.pills(key="correct_action_actor").set_value("merge").run()
    choose(app, "correct_into", "bord", "country:BOR")
    assert any(
        "5 mentions of Sylda count for Borduria" in one.value.replace("\\", "") for one in app.markdown
    )
    assert not corrections_file(desk.database).exists()
    app.text_input(key="correct_by").set_value("AB").run()
    app.button(key="correct_save").click().run()
    assert not app.exception
    (line,) = read_corrections(corrections_file(desk.database))
    assert (line.key, line.action, line.value, line.made_by) == ("country:SYL", "merge", "country:BOR", "AB")
    assert [row["state"] for row in listed(app)] == ["Waits"]
    assert app.button(key="publish")
    app.session_state.correction_line = line
    app.run()
    app.button(key="take_back").click().run()
    assert read_corrections(corrections_file(desk.database)) == []


def listed(app: Any) -> list[dict[str, Any]]:
    frames = (one.value for one in app.dataframe)
    return next(frame.to_dict("records") for frame in frames if "state" in frame.columns)


def test_every_way_to_correct(desk: Desk) -> None:
    bombing = desk.ask("select key from events where event_type = 'ASSAULT'")[0][0]
    saved = []
    for what, key, action, widget, value in (
        ("actor", "country:ARL", "rename", "text_input:correct_name", "Greater  Arland"),
        ("actor", "country:BOR", "retype", "selectbox:correct_type_actor", "group"),
        ("actor", "country:SYL", "split", "selectbox:correct_alias", "Sylda"),
        ("event", bombing, "retype", "selectbox:correct_type_event", "COERCE"),
        ("event", bombing, "report", "radio:correct_report", None),
        ("event", bombing, "ignore", "", None),
    ):
        app = open_page("corrections")
        app.session_state.correct_subject = correct.Subject(what, key)
        app.session_state.correct_turn = True
        app.run()
        app.pills(key=f"correct_action_{what}").set_value(action).run()
        if widget:
            kind, _, name = widget.partition(":")
            found = getattr(app, kind)(key=name)
            found.set_value(value if value is not None else reports(desk, key)[0]).run()
        app.button(key="correct_save").click().run()
        assert not app.error, app.error[0].value
        saved.append(read_corrections(corrections_file(desk.database))[-1])
    assert [(line.action, line.value) for line in saved] == [
        ("rename", "Greater Arland"),
        ("retype", "group"),
        ("split", "Sylda"),
        ("retype", "COERCE"),
        ("ignore", ""),
        ("ignore", ""),
    ]
    assert "#" in saved[4].key
    desk.again()
    # Without its only sentence there is no such event, so the two lines about it find nothing.
    assert desk.ask("select rows_changed > 0 from corrections") == [(True,)] * 3 + [
        (False,),
        (True,),
        (False,),
    ]


def reports(desk: Desk, event: str) -> list[str]:
    return queries.ask(desk.database, "report_keys", event=event)["report_key"].to_list()


def test_a_mention_is_left_out(desk: Desk) -> None:
    named = queries.ask(desk.database, "named", actor="country:SYL", row_limit=1).row(0, named=True)
    app = open_page("corrections")
    app.session_state.correct_subject = correct.Subject("mention", named["mention_key"], named["text"])
    app.session_state.correct_turn = True
    app.run()
    app.button(key="correct_save").click().run()
    desk.again()
    assert desk.ask("select rows_changed from corrections") == [(1,)]


def test_a_correction_that_does_nothing_cannot_be_saved(desk: Desk) -> None:
    corrections_file(desk.database).write_text("key,action,value\ncountry:BOR,merge,country:SYL\n")
    app = open_page("corrections")
    choose(app, "correct_actor", "syl", "country:SYL")
    app.pills(key="correct_action_actor").set_value("merge").run()
    choose(app, "correct_into", "bord", "country:BOR")
    assert "circle" in app.warning[0].value
    assert not [button for button in app.button if button.key == "correct_save"]


def test_an_unreadable_file_is_said(desk: Desk) -> None:
    corrections_file(desk.database).write_text("what\n")
    assert "lacks the column" in open_page("corrections").error[0].value.replace("\\", "")


@pytest.mark.usefixtures("by_hand")
@pytest.mark.parametrize("page", ["import", "corrections"])
def test_off_by_switch(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAMATIS_CORRECTIONS", "off")
    monkeypatch.setenv("DRAMATIS_IMPORT", "off")
    app = open_page(page)
    assert any("switched off on this server" in one.value for one in app.info)
    assert not [one for one in app.segmented_control if one.key == "correct_what"]
