"""A folder as the world makes them: every record is an article, or a reject with its reason."""

from __future__ import annotations

import json
import os
from pathlib import Path

import polars as pl
import pytest

from etl.read import read
from etl.records import Article, Reject

GOOD = {"text": "Arland met Borduria.", "published": "2023-05-06"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One of each kind of trouble."""
    top = tmp_path / "articles"
    top.mkdir()
    (top / "empty.txt").touch()
    (top / "blank.txt").write_text(" \n\t\n")
    (top / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (top / "latin.txt").write_bytes("date 2023-01-01 Arland besucht Zürich.".encode("latin-1"))
    (top / "undated.txt").write_text("Arland met Borduria.")
    (top / "february.txt").write_text("date 2023-02-30 Arland met Borduria.")
    (top / "markup.txt").write_text(
        "date 2023-01-01 Arland <script>alert(1)</script> ![x](http://e.example/p.png)"
    )
    (top / "nul.txt").write_bytes(b"date 2023-01-01 Arland\x00 met.")
    (top / "minutes.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3")
    (top / "renamed.txt").write_bytes(b"%PDF-1.7\n1 0 obj")
    (top / "README").write_text("read me")
    (top / "lines.jsonl").write_text(f"{json.dumps(GOOD)}\n{{broken\n\n{json.dumps(GOOD)}\n")
    (top / "no_text.csv").write_text("body,published\nArland met.,2023-01-01\n")
    (top / "ragged.csv").write_text(
        "text,published\nArland met, then left,2023-01-01\nArland met.,2023-01-01\n"
    )
    (top / "unclosed.csv").write_text('text,published\nArland met.,2023-01-01\n"Arland left,2023-01-01\n')
    pl.DataFrame([GOOD]).write_parquet(top / "whole.parquet")
    whole = (top / "whole.parquet").read_bytes()
    (top / "truncated.parquet").write_bytes(whole[: len(whole) // 2])
    pl.DataFrame({"text": [1, 2], "published": ["2023-01-01"] * 2}).write_parquet(top / "numbers.parquet")
    (top / "loop").symlink_to(top, target_is_directory=True)
    (top / "itself.txt").symlink_to(top / "itself.txt")
    (top / "nowhere.txt").symlink_to(top / "gone.txt")
    (top / ".git").mkdir()
    (top / ".git" / "config.txt").write_text("date 2023-01-01 x")
    os.mkfifo(top / "pipe.txt")
    return top


REASONS = {
    ("empty.txt", None): "empty",
    ("blank.txt", None): "empty",
    ("binary.txt", None): "binary",
    ("undated.txt", None): "no date",
    ("february.txt", None): "no such date",
    ("nul.txt", None): "binary",
    ("minutes.pdf", None): "kind",
    ("renamed.txt", None): "binary",
    ("README", None): "kind",
    ("lines.jsonl", 2): "broken record",
    ("no_text.csv", None): "no text",
    ("ragged.csv", 2): "broken record",
    ("unclosed.csv", 3): "broken record",
    ("truncated.parquet", None): "broken file",
    ("numbers.parquet", 1): "wrong type",
    ("numbers.parquet", 2): "wrong type",
    ("loop", None): "link",
    ("itself.txt", None): "unreadable",
    ("nowhere.txt", None): "not found",
    (".git", None): "hidden",
    ("pipe.txt", None): "kind",
}
ARTICLES = {
    ("latin.txt", None), ("markup.txt", None), ("lines.jsonl", 1), ("lines.jsonl", 4), ("ragged.csv", 3),
    ("unclosed.csv", 2), ("whole.parquet", 1),
}  # fmt: skip


def test_every_record_is_an_article_or_a_reject(folder: Path) -> None:
    records = list(read([folder]))
    rejects = {(Path(r.path).name, r.line): r.reason for r in records if isinstance(r, Reject)}
    assert rejects == REASONS
    assert {(Path(r.path).name, r.line) for r in records if isinstance(r, Article)} == ARTICLES


def test_each_reason_is_a_sentence_without_a_traceback(folder: Path) -> None:
    for record in read([folder]):
        if isinstance(record, Reject):
            assert record.detail.endswith(".")
            assert "\n" not in record.detail


def test_markup_stays_text(folder: Path) -> None:
    (article,) = (r for r in read([folder / "markup.txt"]) if isinstance(r, Article))
    assert "<script>alert(1)</script> ![x]" in article.text


def test_a_text_of_five_megabytes_is_one_article(tmp_path: Path) -> None:
    text = "date 2023-01-01 " + "Arland met Borduria in Zürich. " * 160_000
    (tmp_path / "long.txt").write_text(text, encoding="utf-8")
    (article,) = read([tmp_path])
    assert isinstance(article, Article)
    assert article.text == text


def test_absurd_sizes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.read.MOST_BYTES", 1_000)
    monkeypatch.setattr("etl.read.rows.MOST_CHARS", 1_000)
    (tmp_path / "a.txt").write_text("date 2023-01-01 " + "x" * 1_000)
    lines = [json.dumps(GOOD), json.dumps(GOOD | {"text": "x" * 5_000}), json.dumps(GOOD)]
    (tmp_path / "b.jsonl").write_text("\n".join(lines))
    kinds = [(r.line, getattr(r, "reason", "article")) for r in read([tmp_path])]
    assert kinds == [(None, "too large"), (1, "article"), (2, "too large"), (3, "article")]


def test_a_missing_path_is_a_reject(tmp_path: Path) -> None:
    (reject,) = read([tmp_path / "gone"])
    assert isinstance(reject, Reject)
    assert reject.reason == "not found"


def test_a_folder_that_may_not_be_read(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    (tmp_path / "closed").mkdir(mode=0)
    (reject,) = read([tmp_path])
    assert isinstance(reject, Reject)
    assert reject.reason == "unreadable"
