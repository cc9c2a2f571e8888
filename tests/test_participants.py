"""Who did what to whom: one sentence of our own per construction, read by the lexicon and the parse alone."""

from __future__ import annotations

import pytest
from spacy.language import Language
from test_events import coded

TABLE = [
    # plain and passive clauses
    ("France condemned Mali.", "ACCUSE", {"France"}, {"Mali"}),
    ("Mali was condemned by France.", "ACCUSE", {"France"}, {"Mali"}),
    ("Two soldiers were killed by rebels.", "ASSAULT", {"rebels"}, {"Two soldiers"}),
    # conjunction: each member apart
    ("France and Germany condemned Mali.", "ACCUSE", {"France", "Germany"}, {"Mali"}),
    ("France condemned Mali and Niger.", "ACCUSE", {"France"}, {"Mali", "Niger"}),
    # a name before a noun is not what the noun stands for
    ("U.S. forces attacked rebels.", "ASSAULT", {"U.S. forces"}, {"rebels"}),
    # shared subjects
    ("Israel bombed Syria and sanctioned Iran.", "SANCTION", {"Israel"}, {"Iran"}),
    # relative clauses
    ("Gunmen who attacked police fled.", "ASSAULT", {"Gunmen"}, {"police"}),
    ("Rebels that were arrested by police confessed.", "COERCE", {"police"}, {"Rebels"}),
    # participles after a noun
    ("Protesters arrested by police were freed.", "COERCE", {"police"}, {"Protesters"}),
    # control and raising
    ("Russia plans to attack Ukraine.", "ASSAULT", {"Russia"}, {"Ukraine"}),
    ("Russia seems to have attacked Ukraine.", "ASSAULT", {"Russia"}, {"Ukraine"}),
    ("The militants tried to kidnap the mayor.", "ASSAULT", {"militants"}, {"mayor"}),
    ("Chad accused Sudan of arming rebels.", "ACCUSE", {"Chad"}, {"Sudan"}),
    # prepositions
    ("India held talks with Pakistan.", "CONSULT", {"India"}, {"Pakistan"}),
    ("Canada imposed sanctions on Russia.", "SANCTION", {"Canada"}, {"Russia"}),
    ("Armenia filed a lawsuit against Azerbaijan.", "ACCUSE", {"Armenia"}, {"Azerbaijan"}),
    # nouns: possessive, modifier, of, by, on, to
    ("Israel's attack on Hezbollah was condemned.", "ASSAULT", {"Israel"}, {"Hezbollah"}),
    ("Israeli air strikes on Syria went on.", "ASSAULT", {"Israeli"}, {"Syria"}),
    ("The shelling of Ukraine by Russia went on.", "ASSAULT", {"Russia"}, {"Ukraine"}),
    ("The visit of President Xi to Serbia ended.", "CONSULT", {"Xi"}, {"Serbia"}),
    # guests and hosts
    ("Turkey hosted President Putin.", "CONSULT", {"Putin"}, {"Turkey"}),
]


@pytest.mark.parametrize(("text", "event_type", "source", "target"), TABLE)
def test_roles(text: str, event_type: str, source: set[str], target: set[str], nlp: Language) -> None:
    acts = [act for act in coded(nlp(text)) if act.event_type == event_type]
    assert acts, "the act was not found"
    surest = max(acts, key=lambda act: act.confidence)
    assert {mention.text for mention in surest.source} == source
    assert {mention.text for mention in surest.target} == target


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Armenia and Azerbaijan have held talks.", {"Armenia", "Azerbaijan"}),
        ("Talks between Armenia and Azerbaijan took place in Brussels.", {"Armenia", "Azerbaijan"}),
        ("Police and protesters clashed.", {"Police", "protesters"}),
    ],
)
def test_mutual_acts_have_sources_only_and_say_so(text: str, source: set[str], nlp: Language) -> None:
    act = max(coded(nlp(text)), key=lambda act: act.confidence)
    assert {mention.text for mention in act.source} == source
    assert act.target == ()
    assert act.reciprocal


def test_a_meeting_with_somebody_is_directed(nlp: Language) -> None:
    act = coded(nlp("Chancellor Scholz met with President Macron."))[0]
    assert not act.reciprocal
    assert [mention.text for mention in act.target] == ["Macron"]


def test_names_are_preferred_to_their_descriptions(nlp: Language) -> None:
    act = coded(nlp("The president, Vladimir Putin, condemned Poland."))[0]
    assert [mention.text for mention in act.source] == ["Vladimir Putin"]


def test_groups_are_the_people_in_them(nlp: Language) -> None:
    act = coded(nlp("Thousands of protesters marched against the government."))[0]
    assert "protesters" in act.source[0].text
