"""Where an act takes place: which phrase says so, and which spot on the map it means."""

from __future__ import annotations

import pytest
from parsing import sentence

from etl.atlas import country, resolve
from etl.mentions import find_mentions
from etl.places import find_place

LABELS = dict.fromkeys(("Mosul", "Geneva", "Atlanta", "Nowhereville", "Kandahar", "Varna"), "LOC")


def place(
    spelled: str, trigger: str, proposed: tuple[int, int] | None = None
) -> tuple[str, str | None] | None:
    """Words and key of the place of the act at the word `trigger`."""
    doc = sentence(spelled, LABELS)
    token = next(token for token in doc if token.text == trigger)
    found = find_place(doc, 50, token, find_mentions(doc, 50), proposed)
    if found is None:
        return None
    return doc.text[found.start_char - 50 : found.end_char - 50], found.place.key if found.place else None


@pytest.mark.parametrize(
    ("name", "context", "beside", "key", "precision"),
    [
        ("Mosul", {}, None, "place:99072", "city"),
        ("Paris", {}, None, "place:2988507", "city"),
        ("Paris", {}, "USA", "place:4717560", "city"),
        ("Tripoli", {"LBN": 2.0}, None, "place:266826", "city"),
        ("Tripoli", {"LBY": 2.0}, None, "place:2210247", "city"),
        ("Georgia", {}, None, "country:GEO", "country"),
        ("Georgia", {"USA": 2.0}, None, "region:US-GA", "region"),
        ("northern Syria", {}, None, "country:SYR", "country"),
        ("the Gaza Strip", {}, None, "region:gaza-strip", "region"),
        ("Kandahar province", {}, None, "region:AF-KAN", "region"),
        ("Ontario", {}, None, "region:CA-ON", "region"),
        ("Florida", {}, None, "region:US-FL", "region"),
        ("Black Sea", {}, None, "region:black-sea", "region"),
        ("D.P.R.K.", {}, None, "country:PRK", "country"),
    ],
)
def test_resolve(name: str, context: dict[str, float], beside: str | None, key: str, precision: str) -> None:
    found = resolve(name, context, beside)
    assert found is not None
    assert (found.key, found.precision) == (key, precision)


@pytest.mark.parametrize("name", ["Springfield", "Nowhereville", "Taksim Square Annex"])
def test_small_namesakes_and_unknown_names_stay_open(name: str) -> None:
    assert resolve(name, {}) is None


def test_a_country_has_a_point_inside_it() -> None:
    found = country("CHL")
    assert found is not None
    assert found.latitude is not None
    assert -56 < found.latitude < -17
    assert country("ZZZ") is None


def test_locative_phrase_of_the_clause() -> None:
    spelled = (
        "Gunmen/NOUN/nsubj/2 attacked/VERB/ROOT/0 a/DET/det/4 bank/NOUN/obj/2 in/ADP/case/6 Mosul/PROPN/obl/2"
    )
    assert place(spelled, "attacked") == ("Mosul", "place:99072")


def test_clearnlp_labels_do_as_well() -> None:
    spelled = "Gunmen/NOUN/nsubj/2 attacked/VERB/ROOT/0 banks/NOUN/dobj/2 in/ADP/prep/2 Mosul/PROPN/pobj/4"
    assert place(spelled, "attacked") == ("Mosul", "place:99072")


def test_where_it_was_said_is_not_where_it_happened() -> None:
    spelled = (
        "He/PRON/nsubj/2 said/VERB/ROOT/0 in/ADP/case/4 Geneva/PROPN/obl/2 that/SCONJ/mark/7"
        " rebels/NOUN/nsubj/7 attacked/VERB/ccomp/2"
    )
    assert place(spelled, "attacked") is None


def test_an_actors_home_is_no_place() -> None:
    assert (
        place("Turkish/ADJ/amod/2 jets/NOUN/nsubj/3 attacked/VERB/ROOT/0 rebels/NOUN/obj/3", "attacked")
        is None
    )


def test_a_visited_country_is_the_place_of_the_visit() -> None:
    spelled = "Envoys/NOUN/nsubj/2 visited/VERB/ROOT/0 North/PROPN/compound/4 Korea/PROPN/obj/2"
    assert place(spelled, "visited") == ("North Korea", "country:PRK")


def test_the_state_behind_a_city_decides_between_namesakes() -> None:
    spelled = (
        "Police/NOUN/nsubj/2 fired/VERB/ROOT/0 in/ADP/case/4 Atlanta/PROPN/obl/2 _,/PUNCT/punct/6"
        " Georgia/PROPN/appos/4"
    )
    assert place(spelled, "fired") == ("Atlanta", "place:4180439")


def test_unknown_name_keeps_its_span() -> None:
    spelled = "Police/NOUN/nsubj/2 fired/VERB/ROOT/0 in/ADP/case/4 Nowhereville/PROPN/obl/2"
    assert place(spelled, "fired") == ("Nowhereville", None)


def test_unknown_name_before_a_country_is_that_country() -> None:
    spelled = (
        "Police/NOUN/nsubj/2 fired/VERB/ROOT/0 in/ADP/case/4 Nowhereville/PROPN/obl/2 _,/PUNCT/punct/6"
        " Kenya/PROPN/appos/4"
    )
    assert place(spelled, "fired") == ("Nowhereville", "country:KEN")


def test_a_proposed_span_comes_first() -> None:
    spelled = (
        "In/ADP/case/2 Varna/PROPN/obl/4 police/NOUN/nsubj/4 fired/VERB/ROOT/0"
        " near/ADP/case/6 Mosul/PROPN/obl/4"
    )
    assert place(spelled, "fired", (53, 58)) == ("Varna", "place:726050")


def test_no_phrase_no_place() -> None:
    assert place("Rebels/NOUN/nsubj/2 attacked/VERB/ROOT/0", "attacked") is None
