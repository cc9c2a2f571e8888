"""`python -m etl` as users give it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.__main__ import main

DISPATCHES = {
    "Harbour Wire/one.txt": "date 2023-09-07 China is sending a delegation to North Korea.",
    "Harbour Wire/two.txt": "date 2023-09-08 Russia accused Ukraine of shelling Belgorod on Thursday.",
    "Gazette/three.txt": " date 2023-09-09 Iran's foreign minister met his Saudi counterpart in Beijing.",
}


def etl(root: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "etl", *map(str, arguments)]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def ask(database: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(database), read_only=True) as con:
        return con.execute(sql).fetchall()


@pytest.fixture(scope="module")
def needs_pipeline(root: Path) -> None:
    if not any((root / "models").glob("*/meta.json")):
        pytest.skip("there is no pipeline in models/")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    for name, text in DISPATCHES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "PATH"),
        (["a", "--published", "2023-02-30"], "'2023-02-30' is no date; write YYYY-MM-DD"),
        (["a", "--workers", "0"], "give 1 or more"),
        (["a", "--engine", "ray"], "invalid choice"),
        (["a", "--scheduler", "tls://10.0.0.1:8786"], "--scheduler needs --engine dask"),
        (["a", "--db", "."], "is a folder; give a file in it"),
        (["a", "--db", "x.duckdb", "--colour"], "--colour"),
    ],
)
def test_wrong_usage_is_status_2_and_a_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert says in capsys.readouterr().err


def test_help_names_every_option_of_the_readme(root: Path) -> None:
    done = etl(root, "--help")
    assert done.returncode == 0
    readme = (root / "README.md").read_text(encoding="utf-8")
    options = {word.strip("`") for word in readme.split() if word.startswith("`--")}
    assert options
    assert all(option in done.stdout for option in options)


@pytest.mark.usefixtures("needs_pipeline")
def test_a_run_a_second_run_and_more_articles(root: Path, articles: Path, tmp_path: Path) -> None:
    database = tmp_path / "made" / "desk.duckdb"
    first = etl(root, articles, "--db", database)
    assert first.returncode == 0, first.stderr
    assert "3 articles read, 3 texts extracted, 0 rejected" in first.stdout
    assert "Traceback" not in first.stderr
    assert ask(database, "select publisher from articles order by 1") == [
        ("Gazette",), ("Harbour Wire",), ("Harbour Wire",),
    ]  # fmt: skip
    assert (tmp_path / "made" / "desk.extracts").is_dir()

    second = etl(root, articles, "--db", database)
    assert second.returncode == 0
    assert "3 articles read, 0 texts extracted" in second.stdout
    assert "desk-000001.duckdb is up to date" in second.stdout

    more = articles / "more.jsonl"
    more.write_text(json.dumps({"text": "France praised Germany.", "id": 1, "date": "2023-09-10"}) + "\n{}\n")
    third = etl(root, more, "--db", database, "--publisher", "Record")
    assert third.returncode == 0
    assert "rejected" in third.stderr
    assert "record 2" in third.stderr
    rows = ask(database, "select external_id, publisher, line from articles where external_id is not null")
    assert rows == [("1", "Record", 1)]
    assert ask(database, "select count(*) from articles") == [(4,)]
    assert ask(database, "select line, reason from rejects") == [(2, "no text")]


@pytest.mark.usefixtures("needs_pipeline")
def test_workers_give_what_one_process_gives(articles: Path, tmp_path: Path) -> None:
    rows = [{"text": f"France praised Germany {n} times.", "date": "2023-09-10"} for n in range(40)]
    (articles / "more.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    answers = []
    for workers in ("1", "2"):
        database = tmp_path / f"{workers}.duckdb"
        arguments = [articles, "--db", database, "--workers", workers, "--extracts", tmp_path / f"x{workers}"]
        assert main([str(argument) for argument in arguments]) == 0
        answers.append(ask(database, "select * exclude event_mention_id from event_mentions order by all"))
    assert answers[0] == answers[1]
    assert not (tmp_path / "1.extracts").exists()


@pytest.mark.usefixtures("needs_pipeline")
def test_prune(articles: Path, tmp_path: Path) -> None:
    database = tmp_path / "desk.duckdb"
    command = [str(articles), "--db", str(database)]
    assert main(command) == 0
    (articles / "Gazette" / "three.txt").unlink()
    assert main(command) == 0
    assert ask(database, "select count(*) from articles") == [(3,)]
    assert main([*command, "--prune"]) == 0
    assert ask(database, "select count(*) from articles") == [(2,)]


@pytest.mark.usefixtures("needs_pipeline")
@pytest.mark.parametrize("content", [None, "", "no date"])
def test_nothing_to_read_is_status_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    if content is not None:
        (folder / "a.txt").write_text(content)
    assert main([str(folder), "--db", str(tmp_path / "desk.duckdb")]) == 1
    assert "Nothing could be read" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["articles"]


@pytest.mark.usefixtures("needs_pipeline")
def test_errors_are_sentences(articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(articles), "--db", str(tmp_path / "desk.duckdb"), "--model", "en_no_such_model"]) == 1
    assert "en_no_such_model" in capsys.readouterr().err
    with duckdb.connect(str(tmp_path / "mine.duckdb")) as con:
        con.execute("create table mine as select 1 as one")
    assert main([str(articles), "--db", str(tmp_path / "mine.duckdb")]) == 1
    assert "choose another --db" in capsys.readouterr().err
