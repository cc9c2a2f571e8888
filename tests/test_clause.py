"""Clauses over parses spelt out by hand, in both label sets: the rules must hold whoever parsed."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Token

from etl.arguments import arguments
from etl.clause import coordinated, governor, obliques, passive, preposition_of, surface_subjects

POS = {
    "NNP": "PROPN", "NN": "NOUN", "NNS": "NOUN", "VBD": "VERB", "VBZ": "VERB", "VB": "VERB", "VBN": "VERB",
    "VBG": "VERB", "IN": "ADP", "DT": "DET", "TO": "PART", "CC": "CCONJ", "WP": "PRON", ".": "PUNCT",
}  # fmt: skip
VOCAB = spacy.blank("en").vocab


def parse(text: str) -> Doc:
    """`word:TAG:label:head` separated by blanks; heads count from 1, 0 is the root."""
    rows = [token.rsplit(":", 3) for token in text.replace("~", "").split()]
    labels = [row[2].replace("/", ":") for row in rows]
    heads = [int(row[3]) - 1 if int(row[3]) else number for number, row in enumerate(rows)]
    return Doc(
        VOCAB,
        words=[row[0] for row in rows],
        tags=[row[1] for row in rows],
        pos=[
            "AUX" if label.startswith("aux") else POS[row[1]] for row, label in zip(rows, labels, strict=True)
        ],
        lemmas=[row[0].lower() for row in rows],
        deps=labels,
        heads=heads,
    )


def words(found: dict[str, list[Token]]) -> dict[str, list[str]]:
    return {slot: [token.text for token in tokens] for slot, tokens in found.items() if tokens}


PASSIVE = {
    "UD": "Mali:NNP:nsubj/pass:3 was:VBD:aux/pass:3 condemned:VBN:ROOT:0 by:IN:case:5 France:NNP:obl/agent:3",
    "ClearNLP": "Mali:NNP:nsubjpass:3 was:VBD:auxpass:3 condemned:VBN:ROOT:0 by:IN:agent:3 France:NNP:pobj:4",
}
WITH = {
    "UD": "France:NNP:nsubj:2 met:VBD:ROOT:0 with:IN:case:4 Mali:NNP:obl:2 in:IN:case:6 Rome:NNP:obl:2",
    "ClearNLP": "France:NNP:nsubj:2 met:VBD:ROOT:0 with:IN:prep:2 Mali:NNP:pobj:3"
    " in:IN:prep:2 Rome:NNP:pobj:5",
}
CONTROL = {
    "UD": "France:NNP:nsubj:2 plans:VBZ:ROOT:0 to:TO:mark:4 attack:VB:xcomp:2 Mali:NNP:obj:4",
    "ClearNLP": "France:NNP:nsubj:2 plans:VBZ:ROOT:0 to:TO:aux:4 attack:VB:xcomp:2 Mali:NNP:dobj:4",
}
OBJECT_CONTROL = {
    "UD": "France:NNP:nsubj:2 urged:VBD:ROOT:0 Chad:NNP:obj:2 to:TO:mark:5 attack:VB:xcomp:2 Mali:NNP:obj:5",
    "ClearNLP": "France:NNP:nsubj:2 urged:VBD:ROOT:0 Chad:NNP:dobj:2 to:TO:aux:5"
    " attack:VB:xcomp:2 Mali:NNP:dobj:5",
}
RELATIVE = {
    "UD": "Gunmen:NNS:nsubj:5 who:WP:nsubj:3 attacked:VBD:acl/relcl:1 police:NNS:obj:3 fled:VBD:ROOT:0",
    "ClearNLP": "Gunmen:NNS:nsubj:5 who:WP:nsubj:3 attacked:VBD:relcl:1 police:NNS:dobj:3 fled:VBD:ROOT:0",
}
GERUND = {
    "UD": "Chad:NNP:nsubj:2 accused:VBD:ROOT:0 Mali:NNP:obj:2 of:IN:mark:5"
    " arming:VBG:advcl:2 rebels:NNS:obj:5",
    "ClearNLP": "Chad:NNP:nsubj:2 accused:VBD:ROOT:0 Mali:NNP:dobj:2 of:IN:prep:2"
    " arming:VBG:pcomp:4 rebels:NNS:dobj:5",
}
BOTH = pytest.mark.parametrize("scheme", ["UD", "ClearNLP"])


@BOTH
def test_a_passive_is_turned_around(scheme: str) -> None:
    doc = parse(PASSIVE[scheme])
    assert passive(doc[2])
    assert words(arguments(doc[2])) == {"subject": ["France"], "object": ["Mali"]}


@BOTH
def test_prepositions_name_their_slots(scheme: str) -> None:
    doc = parse(WITH[scheme])
    assert words(arguments(doc[1])) == {"subject": ["France"], "with": ["Mali"], "in": ["Rome"]}
    assert [(name, token.text) for name, token in obliques(doc[1])] == [("with", "Mali"), ("in", "Rome")]
    assert (preposition_of(doc[3]), governor(doc[3]).text) == ("with", "met")


@BOTH
def test_the_subject_of_the_matrix_does_the_infinitive(scheme: str) -> None:
    doc = parse(CONTROL[scheme])
    assert words(arguments(doc[3])) == {"subject": ["France"], "object": ["Mali"]}


@BOTH
def test_the_object_of_the_matrix_does_what_it_is_urged_to(scheme: str) -> None:
    doc = parse(OBJECT_CONTROL[scheme])
    assert words(arguments(doc[4])) == {"subject": ["Chad"], "object": ["Mali"]}


@BOTH
def test_a_relative_pronoun_stands_for_its_noun(scheme: str) -> None:
    doc = parse(RELATIVE[scheme])
    assert words(arguments(doc[2])) == {"subject": ["Gunmen"], "object": ["police"]}


@BOTH
def test_the_accused_did_the_gerund(scheme: str) -> None:
    doc = parse(GERUND[scheme])
    assert words(arguments(doc[4])) == {"subject": ["Mali"], "object": ["rebels"]}


def test_an_object_gap_is_the_antecedent() -> None:
    doc = parse("Gunmen:NNS:ROOT:0 whom:WP:obj:4 police:NNS:nsubj:4 arrested:VBD:acl/relcl:1")
    assert [token.text for token in arguments(doc[3])["subject"]] == ["police"]


def test_members_of_a_compound_come_one_by_one() -> None:
    doc = parse(
        "France:NNP:nsubj:5 ,:.:punct:3 Chad:NNP:conj:1 ~and:CC:cc:4 attacked:VBD:ROOT:0".replace(
            "cc:4", "cc:3"
        )
    )
    assert [token.text for token in coordinated(doc[0])] == ["France", "Chad"]


def test_a_second_verb_shares_the_subject() -> None:
    doc = parse(
        "France:NNP:nsubj:2 bombed:VBD:ROOT:0 Mali:NNP:obj:2 and:CC:cc:5 sanctioned:VBD:conj:2 Chad:NNP:obj:5"
    )
    assert words(arguments(doc[4])) == {"subject": ["France"], "object": ["Chad"]}


def test_a_second_passive_shares_the_passive_subject() -> None:
    doc = parse(
        "Gunmen:NNS:nsubj/pass:3 were:VBD:aux/pass:3 arrested:VBN:ROOT:0 and:CC:cc:5 charged:VBN:conj:3"
        " by:IN:case:7 police:NNS:obl/agent:5"
    )
    assert words(arguments(doc[4])) == {"subject": ["police"], "object": ["Gunmen"]}


def test_a_participle_after_a_noun_is_passive() -> None:
    doc = parse("Gunmen:NNS:nsubj:5 arrested:VBN:acl:1 by:IN:case:4 police:NNS:obl/agent:2 fled:VBD:ROOT:0")
    assert words(arguments(doc[1])) == {"subject": ["police"], "object": ["Gunmen"]}


def test_an_infinitive_after_a_noun_is_done_by_its_owner() -> None:
    doc = parse(
        "Mali:NNP:nmod/poss:2 plan:NN:nsubj:6 to:TO:mark:4 attack:VB:acl:2 Chad:NNP:obj:4 failed:VBD:ROOT:0"
    )
    assert [token.text for token in surface_subjects(doc[3])] == ["Mali"]


def test_who_stands_behind_an_infinitive_is_not_its_subject() -> None:
    doc = parse(
        "Chad:NNP:nsubj:2 continues:VBZ:ROOT:0 to:TO:mark:4 call:VB:xcomp:2 on:IN:case:6 Mali:NNP:nsubj:4"
        " to:TO:mark:8 leave:VB:xcomp:4"
    )
    assert [token.text for token in surface_subjects(doc[3])] == ["Chad"]


def test_an_event_noun_has_possessor_modifier_and_prepositions() -> None:
    doc = parse("US:NNP:compound:2 strikes:NNS:nsubj:5 on:IN:case:4 Syria:NNP:nmod:2 ended:VBD:ROOT:0")
    assert words(arguments(doc[1])) == {"modifier": ["US"], "on": ["Syria"]}
