"""What counts as a mention, and how far it reaches."""

from __future__ import annotations

import pytest
from parsing import sentence
from spacy.language import Language

from etl.actors.mentions import actor_noun, find_mentions, nominal_mention

LABELS = {"Putin": "PER", "Wang Yi": "PER", "Karimova": "PER", "Ruhr Steel": "ORG", "Jordan Pike": "PER"}


def found(spelled: str, ents: dict[str, str] | None = None) -> list[tuple[str, str]]:
    return [(m.text, m.form) for m in find_mentions(sentence(spelled, ents))]


def test_span_is_the_name_without_title() -> None:
    spelled = (
        "Russian/ADJ/amod/2 President/PROPN/compound/3 Putin/PROPN/nsubj/4 left/VERB/ROOT/0 _./PUNCT/punct/4"
    )
    assert found(spelled, {"President Putin": "PER"}) == [("Russian", "demonym"), ("Putin", "name")]


def test_nominal_holds_its_demonym_and_number() -> None:
    spelled = (
        "The/DET/det/4 two/NUM/nummod/4 Palestinian/ADJ/amod/4 militants/NOUN/nsubj/5 fled/VERB/ROOT/0"
        " _./PUNCT/punct/5"
    )
    assert found(spelled) == [("two Palestinian militants", "nominal"), ("Palestinian", "demonym")]


def test_abbreviation_epithet_and_pronoun() -> None:
    spelled = (
        "The/DET/det/2 U.S./PROPN/nsubj/3 warned/VERB/ROOT/0 the/DET/det/6 hermit/NOUN/compound/6"
        " kingdom/NOUN/obj/3 about/ADP/case/9 its/PRON/nmod:poss/9 missiles/NOUN/obl/3 _./PUNCT/punct/3"
    )
    assert found(spelled) == [("U.S.", "abbreviation"), ("hermit kingdom", "epithet"), ("its", "pronoun")]


@pytest.mark.parametrize(
    ("spelled", "form"),
    [
        ("Moscow/PROPN/nsubj/2 rejected/VERB/ROOT/0 it/PRON/obj/2", "metonym"),
        ("Talks/NOUN/ROOT/0 with/ADP/case/3 Moscow/PROPN/nmod/1", "metonym"),
        ("They/PRON/nsubj/2 met/VERB/ROOT/0 in/ADP/case/4 Moscow/PROPN/obl/2", "name"),
        ("They/PRON/nsubj/2 met/VERB/ROOT/0 in/ADP/prep/2 Moscow/PROPN/pobj/3", "name"),
        ("Talks/NOUN/ROOT/0 with/ADP/prep/1 Moscow/PROPN/pobj/2", "metonym"),
        ("central/ADJ/amod/2 Moscow/PROPN/nsubj/3 froze/VERB/ROOT/0", "name"),
    ],
)
def test_a_capital_is_a_state_only_where_it_acts(spelled: str, form: str) -> None:
    assert ("Moscow", form) in found(spelled)


def test_a_country_inside_a_persons_name_is_no_country() -> None:
    spelled = "Jordan/PROPN/nsubj/3 Pike/PROPN/flat/1 sang/VERB/ROOT/0"
    assert found(spelled, LABELS) == [("Jordan Pike", "name")]


def test_events_and_products_are_no_actors() -> None:
    spelled = "The/DET/det/3 FIFA/PROPN/compound/3 Cup/PROPN/nsubj/4 began/VERB/ROOT/0"
    assert found(spelled, {"FIFA Cup": "EVENT"}) == []


def test_weak_names_need_the_pipeline() -> None:
    spelled = "Shell/PROPN/nsubj/2 paid/VERB/ROOT/0"
    assert found(spelled) == []
    assert found(spelled, {"Shell": "ORG"}) == [("Shell", "name")]


def test_first_part_of_a_compound_is_no_actor() -> None:
    doc = sentence("police/NOUN/compound/2 station/NOUN/nsubj/3 burned/VERB/ROOT/0")
    assert not actor_noun(doc[0])
    assert find_mentions(doc) == []


def test_a_generic_body_with_a_state_is_a_nominal() -> None:
    spelled = "The/DET/det/3 Turkish/ADJ/amod/3 Army/PROPN/nsubj/4 advanced/VERB/ROOT/0"
    assert ("Turkish Army", "nominal") in found(spelled, {"Turkish Army": "ORG"})


def test_a_surname_missed_by_the_pipeline_is_found_again() -> None:
    spelled = (
        "Gulnara/PROPN/nsubj/3 Karimova/PROPN/flat/1 left/VERB/ROOT/0 _./PUNCT/punct/3"
        "|Later/ADV/advmod/3 Karimova/PROPN/nsubj/3 spoke/VERB/ROOT/0 _./PUNCT/punct/3"
    )
    assert found(spelled, {"Gulnara Karimova": "PER"}) == [("Gulnara Karimova", "name"), ("Karimova", "name")]


def test_offsets_sentence_numbers_and_ordinals_count_on() -> None:
    doc = sentence(
        "Iran/PROPN/nsubj/2 spoke/VERB/ROOT/0 _./PUNCT/punct/2|Iraq/PROPN/nsubj/2 spoke/VERB/ROOT/0"
    )
    first, second = find_mentions(doc, offset=100, first_sentence_no=7, first_ordinal=30)
    assert (first.start_char, first.sentence_no, first.ordinal) == (100, 7, 30)
    assert (second.start_char, second.sentence_no, second.ordinal) == (112, 8, 31)
    assert doc.text[second.start_char - 100 : second.end_char - 100] == second.text == "Iraq"


def test_nominal_mention_for_any_head() -> None:
    doc = sentence(
        "Divers/NOUN/nsubj/2 raised/VERB/ROOT/0 three/NUM/nummod/5 rusty/ADJ/amod/5 wrecks/NOUN/obj/2"
    )
    mention = nominal_mention(doc, doc[4], 10, 0, 5)
    assert (mention.text, mention.start_char, mention.head_char, mention.ordinal) == (
        "three rusty wrecks",
        24,
        36,
        5,
    )


def test_a_dateline_names_no_actors(nlp: Language) -> None:
    doc = nlp("MOSCOW, Sept 6 (Harbour Wire) - The Kremlin said on Wednesday that Kim would come.")
    assert [mention.text for mention in find_mentions(doc)] == ["Kremlin", "Kim"]


def test_a_hyphen_keeps_an_office_together(nlp: Language) -> None:
    doc = nlp("The Secretary-General met three directors-general.")
    texts = [mention.text for mention in find_mentions(doc)]
    assert "Secretary" not in texts


def test_an_organisation_is_no_person() -> None:
    spelled = "Hizbullah/PROPN/nsubj/2 fired/VERB/ROOT/0 rockets/NOUN/obj/2 _./PUNCT/punct/2"
    (mention,) = find_mentions(sentence(spelled, {"Hizbullah": "PER"}))
    assert (mention.ent_type, mention.rule) == ("ORG", "gazetteer organisation")
