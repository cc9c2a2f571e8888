"""Doc -> acts: which words report an event of the PLOVER types, who takes part, did it happen, who says so.

Two layers. The lexicon (`etl/lexicon`) proposes triggers on any parsed Doc. Where the pipeline sets
`Doc._.acts` (the default one does), the learned candidates come first: they decide type and trigger, the
lexicon names frame, mode and context, and the parse completes or corrects the roles. No act without a
participant, no default type.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Token

from etl.claims import Claim, claims_of
from etl.clause import MAX_STEPS, governor, passive, verbal
from etl.language.acts import Act
from etl.lexicon import Entry, match, support_of
from etl.modes import mode_and_context
from etl.participants import POSSIBLE, Roles, combined_roles, roles_by_frame, settled
from etl.records import Mention, Status
from etl.repeats import without_repeats
from etl.standins import Actors
from etl.status import settle, spoken, status_of
from etl.weigh import Stand, confidence, evidence

SPEECH = frozenset({"REQUEST", "THREATEN", "AGREE", "REJECT"})
"""Speech acts whose content is no event of its own: "urged Rome to withdraw" is one REQUEST."""

LEAST_CONFIDENCE = 0.37
"""Acts below this calibrated confidence are dropped: false events cost an analyst more than missed ones."""

HESITANT = 0.6
"""Below this the learned type gives way to that of a lexicon entry, the learned status to a clear clause."""

LIKELY = 0.5
"""A learned claimant stands by itself from here on; less likely ones need the parse to agree."""

COMPLEMENTS = frozenset(
    {"xcomp", "ccomp", "advcl", "acl", "pcomp", "obj", "dobj", "obl", "pobj", "nmod", "conj"}
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that report an act: the head token, the span `start` to `end` (exclusive, in tokens), its type.

    `entry` is the lexicon's, `act` the learned candidate; at least one of them is there.
    """

    token: Token
    start: int
    end: int
    event_type: str
    entry: Entry | None
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class CodedAct:
    """An act with its roles as mentions and claims, before dates and places."""

    trigger: Trigger
    event_type: str
    mode: str | None
    context: tuple[str, ...]
    status: Status
    source: tuple[Mention, ...]
    target: tuple[Mention, ...]
    reciprocal: bool
    claimants: tuple[tuple[Mention, str], ...]
    rule: str
    confidence: float
    evidence: Mapping[str, float]
    """What the confidence was weighed from (`etl.weigh.evidence`)."""


def code(actors: Actors, least_confidence: float = LEAST_CONFIDENCE) -> list[CodedAct]:
    """The acts that the Doc of `actors` reports, in text order, with at least that calibrated confidence."""
    found = triggers(actors.doc)
    below = _below({trigger.token.i for trigger in found}, found)
    coded = [_code(trigger, actors, trigger.token.i in below) for trigger in found]
    likely = [act for act in coded if act is not None and act.confidence >= least_confidence]
    return without_repeats(likely)


def _below(tokens: set[int], found: list[Trigger]) -> set[int]:
    """The triggers that stand somewhere under another one in the parse."""
    below = set()
    for trigger in found:
        word = trigger.token
        for _ in range(MAX_STEPS):
            word = governor(word)
            if word.i in tokens and word.i != trigger.token.i:
                below.add(trigger.token.i)
                break
    return below


def triggers(doc: Doc) -> list[Trigger]:
    """Learned and lexical triggers, one per place in the text, in text order."""
    learned = _learned(doc)
    taken = {number for trigger in learned for number in range(trigger.start, trigger.end)}
    lexical = [trigger for trigger in _lexical(doc) if not taken & set(range(trigger.start, trigger.end))]
    if not learning(doc):
        lexical = _independent(lexical)
    return sorted([*learned, *lexical], key=lambda trigger: trigger.start)


def learning(doc: Doc) -> bool:
    """Whether the pipeline of `doc` gives learned candidates."""
    # Asked of the Doc's own data: the extension's default is the same empty tuple as "looked, found nothing".
    key: Any = ("._.", "acts", None, None)
    return doc.user_data.get(key) is not None


def _learned(doc: Doc) -> list[Trigger]:
    acts: Sequence[Act] = doc._.acts if learning(doc) else ()
    return [_trigger_of(act, doc) for act in acts]


def _trigger_of(act: Act, doc: Doc) -> Trigger:
    """A learned candidate; where its type head hesitates, the entry's type is right far oftener."""
    entry, event_type = _entry_for(doc[act.token], act.event_type), act.event_type
    if entry is not None and act.type_probability < HESITANT:
        event_type = entry.event_type
    return Trigger(doc[act.token], act.start, act.end, event_type, entry, act)


def _entry_for(token: Token, event_type: str) -> Entry | None:
    part = part_of(token)
    other = "noun" if part == "verb" else "verb"
    return match(token, part, (event_type,)) or match(token, part) or match(token, other, (event_type,))


def part_of(token: Token) -> str:
    """Which of the lexicon's lists a token is looked up in: verb, noun or adjective."""
    if verbal(token) and not token.tag_.startswith("NN"):
        return "verb"
    return "adjective" if token.pos_ == "ADJ" else "noun"


def _lexical(doc: Doc) -> list[Trigger]:
    found = []
    for token in doc:
        if token.pos_ not in ("VERB", "NOUN", "ADJ", "PROPN") or token.dep_ in ("amod", "compound"):
            continue
        entry = match(token, part_of(token))
        if entry is not None:
            found.append(Trigger(token, token.i - entry.head, token.i + 1, entry.event_type, entry))
    return found


def _independent(found: list[Trigger]) -> list[Trigger]:
    """Without words that only spell out another trigger's content, or verbs that only carry a noun."""
    by_token = {trigger.token.i: trigger for trigger in found}
    for trigger in found:
        verb = by_token.get(governor(trigger.token).i)
        if verb is not None and trigger.token.dep_ in ("obj", "dobj") and _only_carries(verb):
            del by_token[verb.token.i]
    found = list(by_token.values())
    return [trigger for trigger in found if not _is_content(trigger, by_token)]


def _only_carries(verb: Trigger) -> bool:
    """ "offered an apology", "committed a massacre": the noun says what was done."""
    return verb.entry is not None and len(verb.entry.words) == 1 and support_of(verb.token) is not None


def _is_content(trigger: Trigger, by_token: dict[int, Trigger]) -> bool:
    word = trigger.token
    while word.dep_ in COMPLEMENTS and governor(word) is not word:
        if word.dep_ == "conj" and verbal(word):
            return False
        head = governor(word)
        outer = by_token.get(head.i)
        if outer is not None:
            same = outer.event_type == trigger.event_type and not verbal(trigger.token)
            # "signed an agreement" is one act.
            treaty = outer.event_type == "SUPPORT" and trigger.event_type == "AGREE"
            return same or outer.event_type in SPEECH or (treaty and not verbal(trigger.token))
        word = head
    return False


def _code(trigger: Trigger, actors: Actors, under: bool) -> CodedAct | None:
    roles = _roles(trigger, actors)
    if not roles.source and not roles.target:
        return None
    event_type, status, status_rule = _type_and_status(trigger)
    stand = Stand(trigger.token.dep_, under, status == "hypothetical")
    found = evidence(trigger.act, trigger.entry, roles, stand)
    mode, context = _mode_and_context(trigger, event_type)
    return CodedAct(
        trigger, event_type, mode, context, status, roles.source, roles.target, roles.reciprocal,
        tuple(_claimants(trigger, actors)), _reason(trigger, roles, status_rule),
        confidence(found, learning(actors.doc)), found,
    )  # fmt: skip


def _roles(trigger: Trigger, actors: Actors) -> Roles:
    frame = roles_by_frame(trigger.token, trigger.entry, trigger.event_type, actors)
    roles = combined_roles(trigger.act, frame, actors) if trigger.act else frame
    return settled(roles, trigger.event_type)


def _type_and_status(trigger: Trigger) -> tuple[str, Status, str]:
    verdict, act = status_of(trigger.token), trigger.act
    event_type, status, rule = trigger.event_type, verdict.status, verdict.rule
    if act is None:
        mode = trigger.entry.mode if trigger.entry else None
        event_type, status = spoken(event_type, mode, verdict)
    if act is not None and (not verdict.sure or act.status_probability >= HESITANT):
        status, rule = act.status, "learned status"  # type: ignore[assignment]
    return *settle(event_type, status), rule


def _mode_and_context(trigger: Trigger, event_type: str) -> tuple[str | None, tuple[str, ...]]:
    mode, context = mode_and_context(trigger.token, event_type)
    entry = trigger.entry
    if entry is None or entry.event_type != trigger.event_type:
        return mode, context
    # An agreement about a future visit is no visit yet: the context stays, the mode does not.
    own = entry.mode if entry.event_type == event_type else None
    return mode or own, tuple(dict.fromkeys((*entry.context, *context)))


def _claimants(trigger: Trigger, actors: Actors) -> list[tuple[Mention, str]]:
    """Claimants with their cue: the learned ones where the labeller is sure of any, else the parse's."""
    told = [
        (mention, claim.cue) for claim in claims_of(trigger.token) if (mention := _claimant(claim, actors))
    ]
    learned = _learned_claimants(trigger.act, actors, LIKELY) if trigger.act else []
    if not learned:
        agreed = _learned_claimants(trigger.act, actors, POSSIBLE) if trigger.act else told
        return [(mention, cue) for mention, cue in told if _same(mention, agreed)]
    cues = {mention.start_char: cue for mention, cue in told}
    return [(mention, cues.get(mention.start_char, cue)) for mention, cue in learned]


def _same(mention: Mention, some: Sequence[tuple[Mention, str]]) -> bool:
    return any(other.start_char == mention.start_char for other, _ in some)


def _learned_claimants(act: Act, actors: Actors, least: float) -> list[tuple[Mention, str]]:
    found = []
    for role in act.roles:
        if role.role == "claimant" and role.probability >= least:
            span = actors.doc[role.start : role.end]
            mention = actors.of_span(span)
            if mention is not None:
                found.append((mention, governor(span.root).text))
    return found


def _claimant(claim: Claim, actors: Actors) -> Mention | None:
    return actors.of_token(claim.token) or (
        actors.nominal(claim.token) if claim.token.pos_ in ("NOUN", "PROPN") else None
    )


def _reason(trigger: Trigger, roles: Roles, status_rule: str) -> str:
    what = trigger.entry.name if trigger.entry else f"{part_of(trigger.token)}:{trigger.token.lemma_.lower()}"
    who = f"{roles.rule}:passive" if verbal(trigger.token) and passive(trigger.token) else roles.rule
    source = f"encoder {what}" if trigger.act else what
    return f"{source}; {who}; {status_rule}"
