"""Who says so: one sentence of our own per way of reporting."""

from __future__ import annotations

import pytest
from spacy.language import Language
from test_events import coded

from etl.claims import claims_of, first_person, quoted

TABLE = [
    ("The ministry said that rebels killed two soldiers.", "killed", [("ministry", "said")]),
    ("Rebels killed two soldiers, the ministry said.", "killed", [("ministry", "said")]),
    ("Rebels, the ministry said, killed two soldiers.", "killed", [("ministry", "said")]),
    ("According to the ministry, rebels killed two soldiers.", "killed", [("ministry", "according to")]),
    ("Rebels killed two soldiers, according to officials.", "killed", [("officials", "according to")]),
    ("Officials told the agency that rebels killed two soldiers.", "killed", [("Officials", "told")]),
    ("Rebels killed two soldiers.", "killed", []),
    ("“Rebels killed two of our soldiers,” the governor said.", "killed", [("governor", "said")]),
]


@pytest.mark.parametrize(("text", "trigger", "claims"), TABLE)
def test_claimants(text: str, trigger: str, claims: list[tuple[str, str]], nlp: Language) -> None:
    token = next(token for token in nlp(text) if token.text == trigger)
    assert [(claim.token.text, claim.cue) for claim in claims_of(token)] == [(a, b) for a, b in claims]


def test_a_quotation_without_speaker_takes_its_neighbours(nlp: Language) -> None:
    doc = nlp(
        "“They will pay a price,” Sullivan said. “We will call on North Korea to keep its promises to us.”"
    )
    token = next(token for token in doc if token.text == "call")
    assert quoted(token)
    assert [claim.token.text for claim in claims_of(token)] == ["Sullivan"]


def test_we_in_a_quotation_is_the_speakers_side(nlp: Language) -> None:
    doc = nlp("“We condemn Mali and we will not forget it,” President Macron said.")
    assert first_person(doc[1])
    act = coded(doc)[0]
    assert [mention.text for mention in act.source] == ["Macron"]


def test_the_country_us_is_no_first_person(nlp: Language) -> None:
    doc = nlp("The US condemned Mali.")
    assert not first_person(doc[1])
