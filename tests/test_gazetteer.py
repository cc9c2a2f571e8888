"""The tables of names and nouns, and what phrases made of them stand for."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from parsing import phrase

from etl.actors.cast import cast
from etl.actors.mentions import find_mentions
from etl.gazetteer import TABLES, actor_nouns, find, fold, lookup, phrases, rows, slug

PHRASES = Path(__file__).with_name("actor_phrases.csv")


def cases() -> list[tuple[str, str, str]]:
    with PHRASES.open(encoding="utf-8", newline="") as lines:
        return [(row["phrase"], row["country"], row["sector"]) for row in csv.DictReader(lines)]


@pytest.mark.parametrize(("text", "country", "sector"), cases())
def test_phrase_has_country_and_sector(text: str, country: str, sector: str) -> None:
    doc = phrase(text)
    mentions, actors, _ = cast(find_mentions(doc), [(doc, 0)], "a")
    outermost = max((m for m in mentions if m.actor is not None), key=lambda m: m.end_char - m.start_char)
    actor = actors[outermost.actor]
    assert (actor.country or "", actor.sector or "") == (country, sector), (outermost, actor)


def test_there_are_enough_phrases() -> None:
    assert len(cases()) >= 150


def test_every_country_of_the_united_nations_has_a_capital_and_a_demonym() -> None:
    entries = phrases()
    assert len({entry.key for entry in entries.values() if entry.kind == "country"}) >= 250
    adjectives = {entry.country for entry in entries.values() if entry.form == "demonym"}
    assert {"PRK", "BFA", "CIV", "NER", "NGA", "MNE", "XKX", "TWN", "PSE"} <= adjectives


def test_niger_and_nigeria_stay_apart() -> None:
    assert [lookup(word).country for word in ("Niger", "Nigerien", "Nigeria", "Nigerian")] == [
        "NER", "NER", "NGA", "NGA",
    ]  # fmt: skip


def test_longest_phrase_wins() -> None:
    text = "The Islamic State of Iraq and Syria fled the Democratic Republic of the Congo."
    assert [text[m.start : m.end] for m in find(text)] == [
        "Islamic State of Iraq and Syria", "Democratic Republic of the Congo",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["New Jersey", "the Gulf of Mexico", "anti-American", "the Prince of Wales", "Omaniac"]
)
def test_parts_of_other_names_are_no_states(text: str) -> None:
    assert find(text) == []


def test_typographic_quotes_are_found() -> None:
    assert [m.entry.country for m in find("The People’s Republic of China and N’Djamena")] == ["CHN", "TCD"]


def test_every_table_tells_its_source() -> None:
    for table in TABLES.glob("*.csv"):
        assert table.read_text(encoding="utf-8").startswith("# "), table.name


def test_tables_have_no_double_rows() -> None:
    for table, column in (
        ("countries", "alpha3"),
        ("polities", "key"),
        ("organisations", "name"),
        ("actor_nouns", "noun"),
    ):
        values = [row[column] for row in rows(table)]
        assert len(values) == len(set(values)), table


def test_organisations_are_some_three_hundred() -> None:
    assert len(rows("organisations")) >= 300
    assert len(actor_nouns()) >= 200


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Côte d'Ivoire", "cote divoire"),
        ("Lech Wałęsa", "lech walesa"),
        ("Kim Jong-un", "kim jong un"),
        ("習近平", "習近平"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_hyphens_and_blanks_make_one_slug() -> None:
    assert slug("Kim Jong-Un") == slug("Kim Jong Un") == "kim-jong-un"
