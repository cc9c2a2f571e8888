"""What became of plans and claims, from texts of our own through the shipped pipeline to the links."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from spacy.language import Language

from etl.extract import extract
from etl.intake import remember, take_in
from etl.publish import publish
from etl.read import Defaults
from etl.stage import ledger as ledgers
from etl.stage.extracts import Setup, write_extract

SETUP = Setup("own texts", "1")
TEXTS = [
    ("2023-05-02", "Brazilian President Lula da Silva will visit China on May 9, his office said."),
    ("2023-05-10", "Brazilian President Lula da Silva visited China on Tuesday and met with Xi Jinping."),
    ("2023-06-01", "Japan and South Korea will hold talks in Tokyo on June 20."),
    ("2023-06-18", "South Korea cancelled the talks with Japan on Sunday."),
    ("2023-07-04", "Armenia shelled Azerbaijan on Monday, the defence ministry in Baku said."),
    ("2023-07-05", "Armenia denied that it had shelled Azerbaijan on Monday."),
    ("2023-08-08", "Egypt and Ethiopia held talks in Cairo on Monday."),
    ("2023-08-09", "Egypt and Ethiopia held talks in Cairo on Tuesday."),
]


@pytest.fixture(scope="module")
def links(nlp: Language, tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str, str]]:
    """(relation, day of the report, day of the report that it answers)."""
    folder = tmp_path_factory.mktemp("became")
    source = folder / "texts.jsonl"
    rows = [{"id": str(n), "published": day, "text": text} for n, (day, text) in enumerate(TEXTS)]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return _links(nlp, folder, source)


def _links(nlp: Language, folder: Path, source: Path) -> set[tuple[str, str, str]]:
    before = ledgers.load(folder / "desk.extracts")
    taken = take_in([source], Defaults(), before, SETUP)
    for shard in taken.shards:
        write_extract(shard.path, shard.target, lambda article: extract(nlp, article))
    published = publish(
        folder / "desk.duckdb", remember(taken, before, SETUP, "2023-09-01T00:00:00", False), SETUP
    )
    with duckdb.connect(str(published.snapshot), read_only=True) as con:
        return set(
            con.sql("""
            select relation, a.first_reported::varchar, b.first_reported::varchar
            from event_links l
            join events a on a.event_id = l.event_id
            join events b on b.event_id = l.other_id""").fetchall()
        )


@pytest.mark.parametrize(
    ("relation", "answer", "first"),
    [
        pytest.param("fulfils", "2023-05-10", "2023-05-02", id="the visit is made"),
        pytest.param("cancels", "2023-06-18", "2023-06-01", id="the talks are called off"),
        pytest.param("denies", "2023-07-05", "2023-07-04", id="the attack is denied"),
        pytest.param("continues", "2023-08-09", "2023-08-08", id="the talks go on"),
    ],
)
def test_answered(links: set[tuple[str, str, str]], relation: str, answer: str, first: str) -> None:
    assert (relation, answer, first) in links


def test_nothing_else_is_linked(links: set[tuple[str, str, str]]) -> None:
    assert {(answer[:7], first[:7]) for _, answer, first in links} == {
        (month, month) for month in ("2023-05", "2023-06", "2023-07", "2023-08")
    }
