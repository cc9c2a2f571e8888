"""Words that decide whose a time is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from etl.dates.words import word_set

IRREGULAR_FORMS = {
    "hold": "held",
    "take": "took taken",
    "begin": "began begun",
    "make": "made",
    "pay": "paid",
    "go": "went gone goes",
    "come": "came",
    "run": "ran running",
    "give": "gave given",
    "do": "did done does",
    "be": "is are was were been being am 's ’s",
    "have": "has had having 've ’ve",
    "set": "setting",
    "say": "said",
    "tell": "told",
    "write": "wrote written",
    "think": "thought",
    "undertake": "undertook undertaken",
    "break": "broke broken",
}


def with_forms(lemmas: frozenset[str]) -> frozenset[str]:
    """The lemmas with their inflected forms, so that a wrong lemma in the annotation does no harm."""
    return frozenset(form for lemma in lemmas for form in _forms(lemma))


def _forms(lemma: str) -> Iterator[str]:
    yield lemma
    yield from IRREGULAR_FORMS.get(lemma, "").split()
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    yield from (lemma + "s", stem + "ed", stem + "ing", lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing")
    if lemma.endswith("y"):
        yield from (lemma[:-1] + "ied", lemma[:-1] + "ies")
    if lemma.endswith(("h", "s", "x")):
        yield lemma + "es"


def is_one_of(token: Token, forms: frozenset[str]) -> bool:
    return token.lower_ in forms or token.lemma_.lower() in forms


# verbs that only carry an event noun: "hold talks", "the attack took place", "launched a raid"
CARRIERS = with_forms(
    word_set(
        "hold take begin start conduct launch carry occur happen make pay stage end continue open attend join"
        " resume have be do host conclude convene schedule set plan go come follow last run mount kick erupt"
        " break finish expect undertake perform give sign complete impose enter slate due"
    )
)
# occasions at which something is said or done: what they date, they date for the act as well
OCCASION = re.compile(
    r"(?:meeting|summit|conference|talk|forum|ceremony|speech|interview|statement|briefing|session|rally|rallie"
    r"|visit|call|address|hearing|debate|letter|trip|event|gathering|trial|vote|election|referendum|announcement"
    r"|protest|raid|operation|attack|clashe?|incident|bombing|shooting|strike|airstrike|demonstration|march|parade"
    r"|exercise|game|festival|tournament|sitting|service|tour|drill|ambush|riot|congress|convention|workshop)s?$"
)
# other nouns that tell an act and so keep a time for themselves
ACT = re.compile(
    r"(?:murder|killing|kidnapping|abduction|arrest|detention|invasion|war|conflict|unrest|sinking|criticism|incursion"
    r"|agreement|accord|treaty|deal|pact|assassination|massacre|crash|crashe|explosion|blast|earthquake|disaster|coup"
    r"|uprising|revolution|crackdown|siege|occupation|annexation|withdrawal|resignation|release|escape|deployment"
    r"|test|launch|launche|execution|conviction|sentencing|ruling|verdict|decision|order|ban|sanction|crisis|crise"
    r"|death|robbery|theft|hijacking|violence|fighting|campaign|offensive|evacuation|collapse|accident|outbreak"
    r"|ceasefire|truce|curfew|lockdown|blockade|extradition|expulsion|deportation|appeal|request|threat|warning"
    r"|report|investigation|inquiry|lawsuit|accusation|allegation|genocide|rape|assault|skirmish|skirmishe|battle"
    r"|anniversary|deadline|departure|arrival|handover|inauguration|dispute|boycott|merger|takeover|plot)s?$"
)
AT = frozenset(("at", "during", "in", "on"))
# "his role in the 2008 attack" is no act at the attack
INVOLVED = word_set(
    "involvement role part participation clues clue suspect suspects complicity connection interest stake"
)
