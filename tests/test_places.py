"""Where an act takes place: which phrase says so, and which spot on the map it means."""

from __future__ import annotations

import pytest
from parsing import sentence

from etl.actors.mentions import find_mentions
from etl.atlas import country, resolve
from etl.places import find_place
from etl.regions import regions

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
        ("Athens", {"USA": 2.0}, None, "place:264371", "city"),
        ("White House", {}, None, "country:USA", "country"),
        ("Baghdad International Airport", {}, None, "place:98182", "city"),
        ("Somali coast", {}, None, "country:SOM", "country"),
        ("Parliament of Australia", {}, None, "country:AUS", "country"),
        ("Damascus province", {}, None, "region:SYR-damascus", "region"),
        ("Panjshir Province", {}, None, "region:AF-PAN", "region"),
        ("Zhytomyr Oblast", {}, None, "region:UA-18", "region"),
        ("Guangdong", {}, None, "region:CN-GD", "region"),
    ],
)
def test_resolve(name: str, context: dict[str, float], beside: str | None, key: str, precision: str) -> None:
    found = resolve(name, context, beside)
    assert found is not None
    assert (found.key, found.precision) == (key, precision)


@pytest.mark.parametrize("name", ["Springfield", "Nowhereville", "Taksim Square Annex"])
def test_small_namesakes_and_unknown_names_stay_open(name: str) -> None:
    assert resolve(name, {}) is None


def test_every_region_has_a_point_where_its_country_has() -> None:
    bare = [place for places in regions().values() for place in places if place.latitude is None]
    assert all(place.country is None or _pointless(place.country) for place in bare)


def _pointless(alpha3: str) -> bool:
    found = country(alpha3)
    return found is None or found.latitude is None


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


def test_an_unknown_name_is_in_the_places_behind_it() -> None:
    spelled = (
        "Police/NOUN/nsubj/2 fired/VERB/ROOT/0 in/ADP/case/4 Nowhereville/PROPN/obl/2 _,/PUNCT/punct/6"
        " Kandahar/PROPN/appos/4 _,/PUNCT/punct/8 Afghanistan/PROPN/appos/6"
    )
    assert place(spelled, "fired") == ("Nowhereville", "place:1138336")


def test_a_clause_behind_a_place_does_not_move_it() -> None:
    spelled = (
        "In/ADP/case/2 Mosul/PROPN/obl/5 _,/PUNCT/punct/2 Kenya/PROPN/nsubj/5 opened/VERB/ROOT/0"
        " an/DET/det/7 office/NOUN/obj/5"
    )
    assert place(spelled, "opened") == ("Mosul", "place:99072")


def test_an_unknown_name_is_where_its_people_are() -> None:
    spelled = (
        "Rebels/NOUN/nsubj/2 fired/VERB/ROOT/0 in/ADP/case/6 the/DET/det/6 Armenian/ADJ/amod/6"
        " village/NOUN/obl/2 of/ADP/case/8 Nowhereville/PROPN/nmod/6"
    )
    assert place(spelled, "fired") == ("Nowhereville", "country:ARM")


def test_an_unknown_name_is_in_the_only_state_named() -> None:
    spelled = "Kenya/PROPN/nsubj/2 closed/VERB/ROOT/0 roads/NOUN/obj/2 in/ADP/case/5 Nowhereville/PROPN/obl/2"
    assert place(spelled, "closed") == ("Nowhereville", "country:KEN")


def test_a_proposal_of_common_nouns_or_in_the_dateline_does_not_count() -> None:
    spelled = (
        "At/ADP/case/3 the/DET/det/3 border/NOUN/obl/5 police/NOUN/nsubj/5 fired/VERB/ROOT/0"
        " near/ADP/case/7 Mosul/PROPN/obl/5"
    )
    assert place(spelled, "fired", (57, 63)) == ("Mosul", "place:99072")


def test_a_proposal_cut_short_is_read_to_the_end_of_its_name() -> None:
    spelled = "Gunmen/NOUN/nsubj/2 fired/VERB/ROOT/0 in/ADP/case/4 Ciudad/PROPN/obl/2 Juárez/PROPN/flat/4"
    assert place(spelled, "fired", (66, 72)) == ("Ciudad Juárez", "place:4013708")


def test_a_proposed_span_comes_first() -> None:
    spelled = (
        "In/ADP/case/2 Varna/PROPN/obl/4 police/NOUN/nsubj/4 fired/VERB/ROOT/0"
        " near/ADP/case/6 Mosul/PROPN/obl/4"
    )
    assert place(spelled, "fired", (53, 58)) == ("Varna", "place:726050")


def test_no_phrase_no_place() -> None:
    assert place("Rebels/NOUN/nsubj/2 attacked/VERB/ROOT/0", "attacked") is None


def test_a_direction_alone_is_no_region() -> None:
    assert resolve("North", {"CMR": 1.0, "PRK": 3.0}) is None
    named = resolve("North Region", {"CMR": 1.0})
    assert named is not None
    assert named.country == "CMR"


def test_washington_is_the_american_capital_beside_namesakes_abroad() -> None:
    place = resolve("Washington", {"USA": 2.0, "GBR": 1.0})
    assert place is not None
    assert (place.country, place.precision) == ("USA", "city")
