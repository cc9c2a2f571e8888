"""One article to its records: complete, consistent, and the same whatever stood beside it."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from etl.extract import VERSION, extract
from etl.records import Article, ArticleRecords

TEXT = (
    " date 2023-09-07 President Xi Jinping met President Vladimir Putin in Moscow on Tuesday. "
    "He praised Russia. Two soldiers were killed by rebels in Mali, the army said. "
    "France will send a delegation to Kenya next week."
)


def article(text: str = TEXT, key: str = "one") -> Article:
    return Article(key, key, "memory", 1, None, "Test Wire", None, date(2023, 9, 7), text, key)


@pytest.fixture(scope="module")
def records(nlp: Language) -> ArticleRecords:
    return extract(nlp, article())


def test_the_header_is_no_sentence(records: ArticleRecords) -> None:
    first = records.sentences[0]
    assert TEXT[first.start_char :].startswith("President Xi")
    assert [sentence.sentence_no for sentence in records.sentences] == list(range(len(records.sentences)))


def test_every_record_points_at_its_evidence(records: ArticleRecords) -> None:
    for mention in records.mentions:
        assert TEXT[mention.start_char : mention.end_char] == mention.text
    for event in records.event_mentions:
        assert TEXT[event.start_char : event.end_char] == event.trigger
        sentence = records.sentences[event.sentence_no]
        assert sentence.start_char <= event.start_char < event.end_char <= sentence.end_char
    for kind in (records.mentions, records.times, records.event_mentions, records.actors):
        assert [record.ordinal for record in kind] == list(range(len(kind)))


def test_every_event_has_a_participant_and_a_reason(records: ArticleRecords) -> None:
    assert len(records.event_mentions) >= 3
    for event in records.event_mentions:
        assert any(participant.role in ("source", "target") for participant in event.participants)
        assert event.rule
        assert 0 < event.confidence <= 1
        for participant in event.participants:
            assert (participant.cue is not None) == (participant.role == "claimant")
            assert participant.mention < len(records.mentions)


def test_who_met_whom(records: ArticleRecords) -> None:
    meeting = next(event for event in records.event_mentions if event.event_type == "CONSULT")
    names = {
        participant.role: records.actors[records.mentions[participant.mention].actor].name
        for participant in meeting.participants
    }
    assert names["source"] == "Xi Jinping"
    assert names["target"] == "Vladimir Putin"
    assert meeting.status == "happened"


def test_the_same_text_gives_the_same_records(nlp: Language, records: ArticleRecords) -> None:
    extract(nlp, article("Israel struck Hezbollah. It denied the claim.", "other"))
    assert extract(nlp, article()) == records


def test_an_empty_text_has_no_records(nlp: Language) -> None:
    found = extract(nlp, article("", "empty"))
    assert found.sentences == found.mentions == found.event_mentions == ()


def test_the_version_is_a_short_string() -> None:
    assert VERSION
    assert VERSION.strip() == VERSION


def test_the_two_leaders_are_both_in_the_act(nlp: Language) -> None:
    text = (
        "Russian President Vladimir Putin met Turkish President Recep Tayyip Erdogan in Sochi. "
        "The two leaders signed an agreement."
    )
    records = extract(nlp, article(text, "two"))
    signing = next(event for event in records.event_mentions if event.sentence_no == 1)
    mentions = [records.mentions[participant.mention] for participant in signing.participants]
    assert [(mention.text, records.actors[mention.actor].name) for mention in mentions] == [
        ("two leaders", "Vladimir Putin"),
        ("two leaders", "Recep Tayyip Erdogan"),
    ]
    assert signing.reciprocal
