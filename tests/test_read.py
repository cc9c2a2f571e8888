"""Files to articles: formats, dates, publishers, identity, encodings."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from etl.header import body_start
from etl.read import Defaults, read
from etl.records import Article, Reject

DISPATCH = " date 2023-09-07 Arland sends an envoy.\r\n\r\nHe arrives on Saturday.\n"


def only(records: Iterable[Article | Reject]) -> Article:
    (record,) = records
    assert isinstance(record, Article), record
    return record


def refused(records: Iterable[Article | Reject]) -> Reject:
    (record,) = records
    assert isinstance(record, Reject), record
    return record


def write_lines(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_text_keeps_every_character(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(DISPATCH.encode())
    article = only(read([tmp_path]))
    assert article.text == DISPATCH
    assert article.published == date(2023, 9, 7)
    assert article.text[body_start(article.text) :].startswith("Arland sends")
    assert (article.publisher, article.line, article.title) == (None, None, None)


def test_publisher_is_the_folder_directly_under_the_path(tmp_path: Path) -> None:
    inner = tmp_path / "Harbour Wire" / "2023"
    inner.mkdir(parents=True)
    (inner / "a.txt").write_text(DISPATCH)
    assert only(read([tmp_path])).publisher == "Harbour Wire"
    assert only(read([tmp_path], Defaults(publisher="Gazette"))).publisher == "Gazette"
    assert only(read([inner / "a.txt"])).publisher is None


def test_a_text_without_date_needs_one_from_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Arland sends an envoy.")
    assert refused(read([tmp_path])).reason == "no date"
    assert only(read([tmp_path], Defaults(published=date(2020, 1, 2)))).published == date(2020, 1, 2)


@pytest.mark.parametrize("day", ["2023-02-30", "2023-13-01", "0000-01-01"])
def test_impossible_dates_are_refused(tmp_path: Path, day: str) -> None:
    (tmp_path / "a.txt").write_text(f"date {day} Arland sends an envoy.")
    assert refused(read([tmp_path])).reason == "no such date"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param("date 2023-01-01 Führer".encode("latin-1"), "date 2023-01-01 Führer", id="Latin-1"),
        pytest.param(
            "date 2023-01-01 “Zürich” €".encode("cp1252"), "date 2023-01-01 “Zürich” €", id="Windows"
        ),
        pytest.param(b"date 2023-01-01 a\x81b", "date 2023-01-01 a\x81b", id="undefined in Windows-1252"),
        pytest.param("date 2023-01-01 é".encode("utf-8-sig"), "date 2023-01-01 é", id="UTF-8 with its mark"),
        pytest.param("date 2023-01-01 é".encode("utf-16"), "date 2023-01-01 é", id="UTF-16"),
        pytest.param("date 2023-01-01 名前 é".encode(), "date 2023-01-01 名前 é", id="UTF-8"),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert only(read([tmp_path])).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_encodings_of_records(tmp_path: Path, kind: str, encoding: str) -> None:
    text = 'Zürich, "é"\r\nzwei'
    rows = {
        "jsonl": json.dumps({"text": text, "published": "2023-01-01"}, ensure_ascii=False) + "\n",
        "csv": 'text,published\r\n"Zürich, ""é""\r\nzwei",2023-01-01\r\n',
    }
    path = tmp_path / f"a.{kind}"
    path.write_bytes(rows[kind].encode(encoding))
    assert only(read([path])).text == text


FULL = {
    "id": 7, "text": "Arland met Borduria.", "published": "2023-05-06", "title": "Talks",
    "publisher": "Gazette", "url": "https://example.org/7",
}  # fmt: skip


@pytest.mark.parametrize("kind", ["jsonl", "csv", "parquet"])
def test_columns(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    frame = pl.DataFrame([FULL])
    {"jsonl": frame.write_ndjson, "csv": frame.write_csv, "parquet": frame.write_parquet}[kind](path)
    article = only(read([path]))
    assert (article.external_id, article.title, article.publisher, article.url) == (
        "7", "Talks", "Gazette", "https://example.org/7",
    )  # fmt: skip
    assert (article.published, article.text) == (date(2023, 5, 6), "Arland met Borduria.")
    assert article.line == {"jsonl": 1, "csv": 2, "parquet": 1}[kind]


@pytest.mark.parametrize(
    ("extra", "publisher"),
    [
        ({"sources": ["DW", "BBC"]}, "DW"),
        ({"sources": []}, None),
        ({"sources": "DW"}, "DW"),
        ({"sources": ["DW"], "publisher": "Gazette"}, "Gazette"),
        ({}, None),
    ],
)
def test_publisher_or_the_first_of_sources(
    tmp_path: Path, extra: dict[str, object], publisher: str | None
) -> None:
    path = write_lines(tmp_path / "a.jsonl", {"text": "Arland votes.", "date": "2023-05-06"} | extra)
    assert only(read([path])).publisher == publisher
    assert only(read([path], Defaults(publisher="Else"))).publisher == publisher or "Else"


@pytest.mark.parametrize(
    "day", ["2023-05-06", "2023-05-06T22:10:00Z", date(2023, 5, 6), datetime(2023, 5, 6, 23, 59)]
)
def test_dates_of_records(tmp_path: Path, day: object) -> None:
    pl.DataFrame({"text": ["Arland votes."], "date": [day]}).write_parquet(tmp_path / "a.parquet")
    assert only(read([tmp_path])).published == date(2023, 5, 6)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"published": "2023-01-01"}, "no text"),
        ({"text": "  \n", "published": "2023-01-01"}, "empty"),
        ({"text": " date 2023-01-01 \n"}, "empty"),
        ({"text": None, "published": "2023-01-01"}, "empty"),
        ({"text": 5, "published": "2023-01-01"}, "wrong type"),
        ({"text": "Arland votes.", "published": 20230101}, "wrong type"),
        ({"text": "Arland votes.", "published": "01/02/2023"}, "no such date"),
        ({"text": "Arland votes."}, "no date"),
        ({"text": "Arland votes.", "published": "2023-01-01", "id": [1]}, "wrong type"),
        ({"text": "Arland votes.", "published": "2023-01-01", "id": True}, "wrong type"),
        ({"text": "Arland votes.", "published": "2023-01-01", "title": {"en": "x"}}, "wrong type"),
        ({"text": "half \ud800 a pair", "published": "2023-01-01"}, "broken text"),
        (["no", "object"], "broken record"),
    ],
)
def test_unfit_records_say_why(tmp_path: Path, row: object, reason: str) -> None:
    reject = refused(read([write_lines(tmp_path / "a.jsonl", row)]))
    assert (reject.reason, reject.line) == (reason, 1)
    assert reject.detail.endswith(".")


def test_floats_that_pandas_makes_of_whole_numbers_are_ids(tmp_path: Path) -> None:
    frame = pl.DataFrame({"text": ["a a.", "b b."], "date": ["2023-01-01"] * 2, "id": [12.0, float("nan")]})
    frame.write_parquet(tmp_path / "a.parquet")
    assert [a.external_id for a in read([tmp_path]) if isinstance(a, Article)] == ["12", None]


def test_identity_is_the_id_inside_its_source(tmp_path: Path) -> None:
    row = {"text": "Arland votes.", "date": "2023-01-01", "id": "x", "publisher": "Gazette"}
    one = only(read([write_lines(tmp_path / "a.jsonl", row)]))
    moved = only(read([write_lines(tmp_path / "b.jsonl", row | {"text": "Arland voted."})]))
    other = only(read([write_lines(tmp_path / "c.jsonl", row | {"publisher": "Wire"})]))
    nameless = only(read([write_lines(tmp_path / "d.jsonl", row | {"publisher": None})]))
    assert one.key == moved.key
    assert one.content_hash != moved.content_hash
    assert len({one.key, other.key, nameless.key}) == 3


def test_without_an_id_identity_is_path_and_record(tmp_path: Path) -> None:
    row = {"text": "Arland votes.", "date": "2023-01-01"}
    path = write_lines(tmp_path / "a.jsonl", row, row)
    first, second = read([path])
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.key != second.key
    assert first.content_hash == second.content_hash
    write_lines(path, row | {"text": "Arland voted."})
    assert only(read([path])).key == first.key


def test_order_and_repetition_of_paths_do_not_matter(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(DISPATCH)
    there = list(read([tmp_path]))
    assert [Path(record.path).name for record in there] == ["a.txt", "b.txt"]
    assert list(read([tmp_path / "b.txt", tmp_path, tmp_path / "a.txt"])) == there


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(tmp_path: Path, delimiter: str) -> None:
    lines = [["Text", "published"], ['"Arland, Borduria; both | vote."', "2023-01-01"]]
    (tmp_path / "a.csv").write_text("\n".join(delimiter.join(line) for line in lines))
    assert only(read([tmp_path])).text == "Arland, Borduria; both | vote."


def test_lines_of_csv_count_breaks_inside_fields(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('text,date\n"one\ntwo",2023-01-01\nthree,2023-01-01\n')
    assert [record.line for record in read([tmp_path])] == [2, 4]
