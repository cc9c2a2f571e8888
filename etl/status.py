"""Did it happen? The status of an act from tense, auxiliaries, negation and the words that it depends on.

The rules are read from the act outwards: its own adjectives and auxiliaries, a conditional clause, then each
predicate above it ("failed to", "denied", "urged"). The first that says more than "happened" decides. Digests
in the historic present ("X attacks Y") report facts: the simple present is a past here.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from etl.clause import (
    AUXILIARY,
    MAX_STEPS,
    OPEN_COMPLEMENT,
    RELATIVE,
    governor,
    preposition_of,
    verbal,
)
from etl.lexicon import look_up, outlooks, support_of
from etl.plover import FUTURE_IS_AGREE
from etl.records import Status

NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "without"})
WILL = frozenset({"will", "shall", "'ll", "’ll", "wo", "sha", "going"})
BE = frozenset(
    {"be", "is", "are", "was", "were", "been", "being", "am", "'s", "’s", "'re", "’re", "'m", "’m"}
)
MIGHT = frozenset({"may", "might", "could", "can", "ca", "should", "must", "ought", "would", "'d", "’d"})
CONDITIONS = frozenset({"if", "unless", "whether", "lest", "provided", "once"})
LASTING = frozenset({"still", "currently", "continuously", "remain", "remains", "remained"})
UPCOMING = frozenset({"ahead of", "pending"})
REFUSAL = "refusal"
GIVING = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})
"""Types that give the other side something; a refusal to do them is an act of its own."""

COMPLEMENT = OPEN_COMPLEMENT | frozenset({"advcl", "acl", "pcomp", "csubj", "csubj:pass", "prep"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status and the rule that gave it; `sure` is False where nothing in the clause spoke for it."""

    status: Status
    rule: str
    sure: bool


HAPPENED = Verdict("happened", "plain", False)


def status_of(trigger: Token) -> Verdict:
    """The status of the act that `trigger` reports."""
    for verdict in (_own(trigger), _condition(trigger), _above(trigger)):
        if verdict is not None:
            return verdict
    return HAPPENED


def spoken(event_type: str, mode: str | None, verdict: Verdict) -> tuple[str, Status]:
    """What an act of the lexicon becomes when it is only spoken of: type and status.

    "Will not meet", "would not sign" are refusals (REJECT); a withdrawal or release announced for the future
    is a concession (CONCEDE). Learned types know this already.
    """
    if verdict.rule == REFUSAL and event_type in GIVING:
        return "REJECT", "happened"
    if verdict.status == "planned" and event_type == "RETREAT" and mode != "resign":
        return "CONCEDE", "planned"
    return event_type, verdict.status


def settle(event_type: str, status: Status) -> tuple[str, Status]:
    """Type and status after the treaty's rule: a future meeting, support or help is an agreement, planned."""
    if status == "planned" and event_type in FUTURE_IS_AGREE:
        return "AGREE", status
    return event_type, status


def _own(trigger: Token) -> Verdict | None:
    if verbal(trigger):
        return _of_clause(trigger)
    return _of_noun(trigger)


def _of_clause(verb: Token) -> Verdict | None:
    words = _auxiliaries(verb)
    if _negated(verb):
        return Verdict("negated", REFUSAL if words & (WILL | {"would"}) else "negation", True)
    if words & WILL or _about_to(verb):
        return Verdict("planned", "future", True)
    ahead = _outlook_before(verb)
    if ahead is not None:
        return _of_predicate(ahead, verb, "verb")
    if words & MIGHT:
        return _modal(verb, words)
    if _progressive(verb) or (words | _adverbs(verb)) & LASTING:
        return Verdict("ongoing", "progressive", True)
    return None


def _auxiliaries(verb: Token) -> set[str]:
    words = {child.lower_ for child in verb.children if child.dep_ in AUXILIARY}
    if (
        verb.dep_ == "conj"
        and verbal(verb.head)
        and not any(c.dep_.startswith("nsubj") for c in verb.children)
    ):
        shared = {child.lower_ for child in verb.head.children if child.dep_ in AUXILIARY}
        if not words and verb.tag_ in ("VB", "VBN", "VBG") and shared:
            words = shared
    return words


def _outlook_before(verb: Token) -> Token | None:
    """ "plans to visit": some parses take the verb that looks ahead for an auxiliary."""
    if not _is_infinitive(verb):
        return None
    before = (child for child in verb.children if child.dep_ in AUXILIARY and child.pos_ != "PART")
    return next((word for word in before if look_up(outlooks("verb"), word) is not None), None)


def _adverbs(word: Token) -> set[str]:
    return {child.lower_ for child in word.children if child.dep_ == "advmod"}


def _negated(word: Token) -> bool:
    return any(
        child.lower_ in NEGATIONS and child.dep_ in ("advmod", "neg", "det", "mark", "preconj", "cc:preconj")
        for child in word.children
    )


def _about_to(verb: Token) -> bool:
    """ "is to visit", "is going to visit": a form of be before an infinitive."""
    words = [child for child in verb.children if child.i < verb.i]
    to = any(child.lower_ == "to" for child in words)
    return to and any(child.lower_ in BE and child.dep_ in AUXILIARY for child in words)


def _modal(verb: Token, words: set[str]) -> Verdict:
    if words & {"would", "'d", "’d"} and _past_report(verb):
        return Verdict("planned", "future in the past", True)
    return Verdict("hypothetical", "modal", True)


def _past_report(verb: Token) -> bool:
    head = governor(verb)
    return verb.dep_ in ("ccomp", "parataxis") and head.tag_ in ("VBD", "VBN")


def _progressive(verb: Token) -> bool:
    if verb.tag_ != "VBG":
        return False
    return any(child.lower_ in BE and child.dep_ in AUXILIARY for child in verb.children) or (
        verb.dep_ == "conj" and verb.head.tag_ == "VBG" and _progressive(verb.head)
    )


def _of_noun(noun: Token) -> Verdict | None:
    if _negated(noun):
        return Verdict("negated", "no", True)
    for child in noun.children:
        outlook = outlooks("modifier").get(child.lower_)
        if outlook is not None:
            return _verdict(outlook.status, f"modifier:{child.lower_}")
    if preposition_of(noun) in UPCOMING:
        return Verdict("planned", "ahead of", True)
    if preposition_of(noun) == "without":
        return Verdict("negated", "without", True)
    return _copula(noun)


def _copula(word: Token) -> Verdict | None:
    words = {child.lower_ for child in word.children if child.dep_ in AUXILIARY}
    if words & WILL:
        return Verdict("planned", "future", True)
    return Verdict("hypothetical", "modal", True) if words & MIGHT else None


def _verdict(status: str, rule: str) -> Verdict | None:
    return None if status == "happened" else Verdict(status, rule, True)  # type: ignore[arg-type]


def _condition(trigger: Token) -> Verdict | None:
    """An "if" or "unless" on the clause of the act, or on one that it is part of."""
    word = trigger
    for _ in range(MAX_STEPS):
        for child in word.children:
            if child.dep_ == "mark" and child.lower_ in CONDITIONS:
                return Verdict("hypothetical", f"mark:{child.lower_}", True)
        if word.dep_ in ("ROOT", "parataxis") or word.dep_ in RELATIVE or word.head is word:
            return None
        word = governor(word)
    return None


def _above(trigger: Token) -> Verdict | None:
    """What the predicates above the act make of it, the nearest first."""
    word, infinitive = trigger, False
    for _ in range(MAX_STEPS):
        head = governor(word)
        if head is word or word.dep_ in RELATIVE or word.dep_ in ("parataxis", "appos"):
            return None
        # "urged rebels to leave": some parses hang the infinitive on the object.
        verdict = _of_predicate(head, word, "verb") if infinitive and verbal(head) else _made_by(head, word)
        if verdict is not None:
            return verdict
        infinitive = word.dep_ == "acl" and _is_infinitive(word)
        word = head
    return None


def _made_by(head: Token, word: Token) -> Verdict | None:
    complement = word.dep_ in COMPLEMENT or word.dep_ == "acl"
    part = "verb" if verbal(head) else "adjective" if head.pos_ == "ADJ" else "noun"
    if complement:
        return _of_predicate(head, word, part)
    if verbal(head) and word.dep_ in ("obj", "dobj", "nsubj:pass", "nsubjpass", "obl", "pobj"):
        return _of_noun_argument(head, word)
    return None


def _is_infinitive(word: Token) -> bool:
    return any(child.lower_ == "to" and child.i < word.i for child in word.children)


def _of_predicate(head: Token, word: Token, part: str) -> Verdict | None:
    outlook = look_up(outlooks(part), head)
    infinitive = _is_infinitive(word)
    if outlook is None:
        return Verdict("planned", "purpose", False) if word.dep_ == "advcl" and infinitive else None
    if (
        word.dep_ == "advcl"
        and not infinitive
        and verbal(head)
        and outlook.status in ("planned", "hypothetical")
    ):
        return None
    if _negated(head) and outlook.status in ("planned", "happened", "ongoing"):
        return Verdict("negated", f"not {outlook.word}", True)
    return _verdict(outlook.status, f"{outlook.word} to")


def _of_noun_argument(head: Token, word: Token) -> Verdict | None:
    """A noun takes its status from its support verb, or from a verb that looks ahead to it."""
    if support_of(head) is not None:
        return _of_clause(head)
    outlook = look_up(outlooks("verb"), head)
    if outlook is None or word.dep_ in ("obl", "pobj"):
        return None
    return _verdict(outlook.status, f"{outlook.word} it")
