"""Did it happen? One sentence of our own per rule."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Token

from etl.status import settle, spoken, status_of

TABLE = [
    # simple tenses; the historic present of digests reports facts
    ("Gunmen attacked the convoy.", "attacked", "happened"),
    ("Gunmen attack the convoy.", "attack", "happened"),
    ("Gunmen have attacked the convoy.", "attacked", "happened"),
    ("The convoy was attacked by gunmen.", "attacked", "happened"),
    # auxiliaries
    ("Gunmen will attack the convoy.", "attack", "planned"),
    ("Gunmen are going to attack the convoy.", "attack", "planned"),
    ("President Biden is to visit Poland.", "visit", "planned"),
    ("Gunmen could attack the convoy.", "attack", "hypothetical"),
    ("Gunmen might attack the convoy.", "attack", "hypothetical"),
    ("Gunmen are attacking the convoy.", "attacking", "ongoing"),
    # negation
    ("Gunmen did not attack the convoy.", "attack", "negated"),
    ("Gunmen never attacked the convoy.", "attacked", "negated"),
    ("Gunmen left without attacking the convoy.", "attacking", "negated"),
    ("No talks took place between Iran and Iraq.", "talks", "negated"),
    # predicates above the act
    ("President Biden plans to visit Poland.", "visit", "planned"),
    ("President Biden is expected to visit Poland.", "visit", "planned"),
    ("France decided to withdraw its troops.", "withdraw", "planned"),
    ("Police failed to arrest the gunmen.", "arrest", "negated"),
    ("Hamas refused to release the hostages.", "release", "negated"),
    ("Rwanda denied arming the rebels.", "arming", "negated"),
    ("Washington urged Hamas to release the hostages.", "release", "hypothetical"),
    ("Rebels threatened to attack the convoy.", "attack", "hypothetical"),
    ("Rebels continue to attack the convoy.", "attack", "ongoing"),
    ("The minister does not plan to visit Poland.", "visit", "negated"),
    ("The governor said that gunmen would attack the convoy.", "attack", "planned"),
    # conditions
    ("If gunmen attack the convoy, the army will answer.", "attack", "hypothetical"),
    ("Iran will leave unless Israel releases the crew.", "releases", "hypothetical"),
    # nouns
    ("The upcoming visit of President Biden to Poland was praised.", "visit", "planned"),
    ("A possible attack by rebels was feared.", "attack", "hypothetical"),
    ("President Biden will pay a visit to Poland.", "visit", "planned"),
    ("Israel carried out an attack on Hezbollah.", "attack", "happened"),
]


def word(nlp: Language, text: str, form: str) -> Token:
    return next(token for token in nlp(text) if token.text == form)


@pytest.mark.parametrize(("text", "trigger", "status"), TABLE)
def test_status(text: str, trigger: str, status: str, nlp: Language) -> None:
    assert status_of(word(nlp, text, trigger)).status == status


def test_only_a_clause_that_says_something_is_sure(nlp: Language) -> None:
    assert not status_of(word(nlp, "Gunmen attacked the convoy.", "attacked")).sure
    assert status_of(word(nlp, "Gunmen will attack the convoy.", "attack")).sure


def test_a_refusal_and_an_announced_withdrawal_are_acts_of_their_own(nlp: Language) -> None:
    refusal = status_of(word(nlp, "Hungary will not meet Ukraine.", "meet"))
    assert spoken("CONSULT", None, refusal) == ("REJECT", "happened")
    announced = status_of(word(nlp, "France will withdraw its troops.", "withdraw"))
    assert spoken("RETREAT", "withdraw", announced) == ("CONCEDE", "planned")
    assert spoken("RETREAT", "resign", announced) == ("RETREAT", "planned")


@pytest.mark.parametrize(
    ("event_type", "status", "wanted"),
    [
        ("CONSULT", "planned", "AGREE"),
        ("AID", "planned", "AGREE"),
        ("CONSULT", "happened", "CONSULT"),
        ("ASSAULT", "planned", "ASSAULT"),
        ("SUPPORT", "hypothetical", "SUPPORT"),
    ],
)
def test_future_cooperation_is_an_agreement(event_type: str, status, wanted: str) -> None:
    assert settle(event_type, status) == (wanted, status)
