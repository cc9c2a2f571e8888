"""Extracts, shards and the list of given articles."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from plain_extractor import BROKEN, plain

from etl.intake import Intake, remember, take_in
from etl.read import Defaults
from etl.records import Article, ArticleRecords, Mention, Sentence
from etl.stage import ledger as ledgers
from etl.stage.columns import EXTRACT
from etl.stage.columns import plain as as_plain
from etl.stage.evidence import BrokenRecords, check
from etl.stage.extracts import Setup, extracts_of, text_hash, write_extract
from etl.stage.ledger import Ledger
from etl.stage.sentences import join_torn

SETUP = Setup("plain", "1")


def article(text: str, **fields: object) -> Article:
    base = Article("article:1", None, "a.txt", None, None, None, None, date(2023, 5, 6), text, "hash")
    return replace(base, **fields)


def write_articles(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps({"published": "2023-05-06"} | row) + "\n" for row in rows))
    return path


def take(path: Path, folder: Path, setup: Setup = SETUP) -> Intake:
    return take_in([path], Defaults(), ledgers.load(folder), setup)


def whole_run(path: Path, folder: Path, setup: Setup = SETUP, prune: bool = False) -> tuple[Intake, Ledger]:
    """Read, extract and remember, as a run does before it publishes."""
    before = ledgers.load(folder)
    taken = take_in([path], Defaults(), before, setup)
    for shard in taken.shards:
        write_extract(shard.path, shard.target, plain)
    return taken, remember(taken, before, setup, "2023-05-06T00:00:00", prune)


def test_an_extract_holds_what_extraction_found(tmp_path: Path) -> None:
    path = write_articles(tmp_path / "a.jsonl", {"text": "Arland met Borduria today. They left."})
    taken = take(path, tmp_path / "x")
    (shard,) = taken.shards
    assert write_extract(shard.path, shard.target, plain).failed == 0
    table = pq.read_table(shard.target)
    assert table.schema.equals(EXTRACT)
    (row,) = table.to_pylist()
    records = plain(article("Arland met Borduria today. They left."))
    assert row["text"] == records.article.text
    assert row["mentions"] == as_plain(records.mentions)
    assert row["event_mentions"] == as_plain(records.event_mentions)
    assert row["times"] == as_plain(records.times)
    assert [sentence["text"] for sentence in row["sentences"]] == ["Arland met Borduria today.", "They left."]


def test_an_error_in_one_text_costs_only_that_text(tmp_path: Path) -> None:
    path = write_articles(tmp_path / "a.jsonl", {"text": "Arland met Borduria."}, {"text": f"{BROKEN}."})
    (shard,) = take(path, tmp_path / "x").shards
    assert write_extract(shard.path, shard.target, plain).failed == 1
    rows = {row["text"]: row for row in pq.read_table(shard.target).to_pylist()}
    assert rows[f"{BROKEN}."]["error"] == "ValueError: asked to"
    assert rows["Arland met Borduria."]["error"] is None
    assert len(rows["Arland met Borduria."]["mentions"]) == 2


def test_extraction_sees_text_and_date_only(tmp_path: Path) -> None:
    seen: list[Article] = []

    def spy(one: Article) -> ArticleRecords:
        seen.append(one)
        return plain(one)

    row = {"text": "Arland met Borduria.", "title": "Talks", "publisher": "Gazette", "url": "u", "id": "7"}
    (shard,) = take(write_articles(tmp_path / "a.jsonl", row), tmp_path / "x").shards
    write_extract(shard.path, shard.target, spy)
    assert (seen[0].title, seen[0].publisher, seen[0].url, seen[0].external_id) == (None, None, None, None)
    assert (seen[0].text, seen[0].published) == ("Arland met Borduria.", date(2023, 5, 6))


def test_a_text_is_extracted_once(tmp_path: Path) -> None:
    texts = [{"text": f"Arland met Borduria {n} times."} for n in range(50)]
    path = write_articles(tmp_path / "a.jsonl", *texts, texts[0])
    first, _ = whole_run(path, tmp_path / "x")
    assert [shard.texts for shard in first.shards] == [20, 30]
    assert first.articles.height == 51
    again, after = whole_run(path, tmp_path / "x")
    assert list(again.shards) == []
    assert len(after.runs) == 1
    retitled = write_articles(tmp_path / "a.jsonl", *(text | {"title": "New"} for text in texts), texts[0])
    changed, after = whole_run(retitled, tmp_path / "x")
    assert list(changed.shards) == []
    assert after.runs[-1].articles_new == 50


def test_finished_shards_of_a_killed_run_count(tmp_path: Path) -> None:
    path = write_articles(
        tmp_path / "a.jsonl", *({"text": f"Arland met Borduria {n} times."} for n in range(50))
    )
    first = take(path, tmp_path / "x")
    write_extract(first.shards[0].path, first.shards[0].target, plain)
    resumed = take(path, tmp_path / "x")
    assert sum(shard.texts for shard in resumed.shards) == 30


@pytest.mark.parametrize("setup", [Setup("plain", "2"), Setup("better", "1")])
def test_another_model_or_version_extracts_all_that_was_ever_given(tmp_path: Path, setup: Setup) -> None:
    path = write_articles(tmp_path / "a.jsonl", {"text": "Arland met Borduria."}, {"text": "Borduria left."})
    whole_run(path, tmp_path / "x")
    path.unlink()
    more = write_articles(tmp_path / "b.jsonl", {"text": "Arland praised Syldavia."})
    taken, after = whole_run(more, tmp_path / "x", setup)
    assert sum(shard.texts for shard in taken.shards) == 3
    assert after.given.height == 3
    assert len(extracts_of(tmp_path / "x", setup)) == 1


def test_a_newer_version_replaces_the_article(tmp_path: Path) -> None:
    row = {"id": "1", "publisher": "Gazette", "text": "Arland met Borduria."}
    _, before = whole_run(write_articles(tmp_path / "a.jsonl", row), tmp_path / "x")
    newer = write_articles(tmp_path / "b.jsonl", row | {"text": "Arland bombed Borduria."})
    _, after = whole_run(newer, tmp_path / "x")
    assert after.given.height == 1
    assert after.given["key"][0] == before.given["key"][0]
    assert after.given["text_hash"][0] == text_hash(article("Arland bombed Borduria."))
    assert after.given["run_id"][0] == 2


def test_the_same_id_twice_keeps_the_latest_and_says_so(tmp_path: Path) -> None:
    row = {"id": "1", "publisher": "Gazette", "text": "Arland met Borduria."}
    later = row | {"text": "Arland left.", "published": "2023-05-07"}
    taken, after = whole_run(write_articles(tmp_path / "a.jsonl", later, row), tmp_path / "x")
    assert after.given["published"].to_list() == [date(2023, 5, 7)]
    assert taken.rejects.select("line", "reason").rows() == [(2, "same id")]
    assert taken.rejects["detail"][0].endswith("a.jsonl, record 1, which was kept.")


def test_rejects_stand_until_their_file_is_read_again(tmp_path: Path) -> None:
    bad = write_articles(tmp_path / "bad.jsonl", {"text": ""})
    good = write_articles(tmp_path / "good.jsonl", {"text": "Arland left."})
    whole_run(bad, tmp_path / "x")
    _, after = whole_run(good, tmp_path / "x")
    assert after.rejects["reason"].to_list() == ["empty"]
    write_articles(bad, {"text": "Borduria left."})
    _, after = whole_run(bad, tmp_path / "x")
    assert after.rejects.is_empty()
    assert after.given.height == 2


def test_prune_forgets_articles_whose_file_is_gone(tmp_path: Path) -> None:
    gone = write_articles(tmp_path / "a.jsonl", {"text": "Arland left."})
    kept = write_articles(tmp_path / "b.jsonl", {"text": "Borduria left."})
    whole_run(gone, tmp_path / "x")
    whole_run(kept, tmp_path / "x")
    gone.unlink()
    _, after = whole_run(kept, tmp_path / "x")
    assert after.given.height == 2
    _, after = whole_run(kept, tmp_path / "x", prune=True)
    assert [Path(path).name for path in after.given["path"]] == ["b.jsonl"]


def test_two_runs_that_end_together_do_not_clash(tmp_path: Path) -> None:
    empty = ledgers.load(tmp_path / "x")
    paths = [write_articles(tmp_path / f"{name}.jsonl", {"text": f"Arland met {name}."}) for name in "AB"]
    taken = [take_in([path], Defaults(), empty, SETUP) for path in paths]
    for one in taken:
        after = remember(one, empty, SETUP, "2023-05-06T00:00:00", prune=False)
    assert [run.run_id for run in after.runs] == [1, 2]
    assert after.given.height == 2


def test_a_sentence_torn_inside_a_name_is_joined() -> None:
    text = "They met. Envoys of Gen. Arland left Sylda today. They rest."
    torn = [(0, 9), (10, 24), (25, 49), (50, 60)]
    name = Mention(0, 1, 20, 31, 25, "Gen. Arland", "name", "PER", None, "name", 0.9)
    after = Mention(1, 3, 50, 54, 50, "They", "pronoun", "", None, "open", 0.9)
    sentences = tuple(Sentence(number, *span) for number, span in enumerate(torn))
    joined = join_torn(ArticleRecords(article(text), sentences, (name, after)))
    check(joined)
    assert [(s.start_char, s.end_char) for s in joined.sentences] == [(0, 9), (10, 49), (50, 60)]
    assert [mention.sentence_no for mention in joined.mentions] == [1, 2]
    assert join_torn(joined) is joined


RECORDS = plain(article("Arland met Borduria in Sylda today. Borduria left."))
MENTION, EVENT, ACTOR = RECORDS.mentions[0], RECORDS.event_mentions[0], RECORDS.actors[0]


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        (lambda r: replace(r, mentions=(replace(MENTION, text="Arlan"),)), "the text says 'Arland'"),
        (lambda r: replace(r, mentions=(replace(MENTION, end_char=99),)), "not in sentence 0"),
        (lambda r: replace(r, mentions=(replace(MENTION, sentence_no=7),)), "in sentence 7, which"),
        (lambda r: replace(r, mentions=(replace(MENTION, actor=9),)), "refers to actor 9"),
        (lambda r: replace(r, mentions=(replace(MENTION, ordinal=3),)), "not numbered from 0"),
        (lambda r: replace(r, actors=(replace(ACTOR, kind="city"),)), "no actor kind"),
        (lambda r: replace(r, event_mentions=(replace(EVENT, event_type="PARTY"),)), "no event type"),
        (lambda r: replace(r, event_mentions=(replace(EVENT, mode="riot"),)), "no mode of CONSULT"),
        (lambda r: replace(r, event_mentions=(replace(EVENT, status="done"),)), "no event status"),
        (
            lambda r: replace(r, event_mentions=(replace(EVENT, participants=EVENT.participants * 2),)),
            "share",
        ),
        (lambda r: replace(r, sentences=r.sentences[::-1]), "out of order"),
        (lambda r: replace(r, times=(replace(r.times[0], date_precision="hour"),)), "no date_precision"),
        (
            lambda r: replace(
                r, event_mentions=(replace(EVENT, date=replace(EVENT.date, date_end=date(2000, 1, 1))),)
            ),
            "ends before it starts",
        ),
    ],
)
def test_records_that_break_a_promise_are_found(
    broken: Callable[[ArticleRecords], ArticleRecords], fault: str
) -> None:
    check(RECORDS)
    with pytest.raises(BrokenRecords, match=fault):
        check(broken(RECORDS))
