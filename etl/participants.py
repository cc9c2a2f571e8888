"""Who did it to whom: the actors in the roles of an act, found along the parse.

`roles_by_frame` reads source and target off the clause of a trigger as its lexicon entry says;
`combined_roles` weighs them against learned ones. All members of a compound actor are separate participants.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from etl.arguments import Arguments, arguments
from etl.claims import first_person, speaker_of
from etl.clause import antecedent, coordinated, governor, surface_subjects, verbal
from etl.language.acts import Act
from etl.lexicon import Entry, support_of
from etl.records import Mention
from etl.standins import Actors

RECIPROCAL = frozenset({"CONSULT", "COOPERATE", "AGREE", "SUPPORT", "ASSAULT", "RETREAT"})
"""Types whose acts can be mutual: without a target, two sources did it to each other."""

MORE_TARGETS: dict[str, tuple[str, ...]] = {
    "AGREE": ("content",),
    "REJECT": ("content", "owner", "to", "from", "by"),
    "THREATEN": ("content", "that"),
    "REQUEST": ("that", "content"),
    "ACCUSE": ("owner", "by", "that"),
    "SUPPORT": ("owner", "with", "for", "to", "that"),
    "SANCTION": ("owner", "on", "against", "with", "to", "from"),
    "ASSAULT": ("owner", "on", "at", "affected"),
    "COERCE": ("owner", "on", "affected"),
    "CONCEDE": ("for", "to", "on", "against", "owner"),
    "AID": ("to", "for"),
    "CONSULT": ("with", "to"),
}
"""Where the target stands when none of the entry's own slots has an actor, by event type."""


VERB_SOURCE, VERB_TARGET = ("subject",), ("object", "indirect", "with", "against")
NOUN_SOURCE = ("possessor", "by", "between", "subject", "modifier", "from")
NOUN_TARGET = ("on", "against", "to", "with", "of", "for")


def expand(tokens: Iterable[Token]) -> Iterator[Token]:
    """Members of compound actors one by one, relative pronouns replaced by what they stand for."""
    for token in tokens:
        yield from coordinated(antecedent(token))


def resolve(actors: Actors, tokens: Iterable[Token]) -> list[Mention]:
    """The mentions that `tokens` stand for, each once; first-person pronouns become their speaker."""
    found: dict[int, Mention] = {}
    for token in expand(tokens):
        speaker = speaker_of(token) if first_person(token) else None
        mention = actors.of_token(speaker.token if speaker else token)
        if mention is not None:
            found.setdefault(mention.start_char, mention)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Roles:
    """Sources and targets of one act; `reciprocal` when the sources did it to each other."""

    source: tuple[Mention, ...]
    target: tuple[Mention, ...]
    reciprocal: bool
    rule: str = "frame"


def roles_by_frame(trigger: Token, entry: Entry | None, event_type: str, actors: Actors) -> Roles:
    """The roles of `trigger` by the slots of `entry`, or by the usual ones of a verb or a noun."""
    slots = clause_slots(trigger)
    source_slots, target_slots = _frame(trigger, entry, event_type)
    source = _first_filled(slots, source_slots, actors)
    target = _first_filled(slots, target_slots, actors, taken={mention.start_char for mention in source})
    return Roles(tuple(source), tuple(target), False)


def _frame(trigger: Token, entry: Entry | None, event_type: str) -> tuple[Sequence[str], Sequence[str]]:
    source, target = _usual_frame(trigger) if entry is None else (entry.source, entry.target)
    if event_type == "CONSULT" and not verbal(trigger):
        source = (*source, "circumstance")
    return source, (*target, *MORE_TARGETS.get(event_type, ())) if target else target


def _usual_frame(trigger: Token) -> tuple[Sequence[str], Sequence[str]]:
    return (VERB_SOURCE, VERB_TARGET) if verbal(trigger) else (NOUN_SOURCE, NOUN_TARGET)


def _first_filled(
    slots: Arguments, order: Sequence[str], actors: Actors, taken: frozenset[int] | set[int] = frozenset()
) -> list[Mention]:
    for slot in order:
        found = [
            mention for mention in resolve(actors, slots.get(slot, ())) if mention.start_char not in taken
        ]
        if found:
            return found
    return []


def clause_slots(trigger: Token) -> Arguments:
    """The arguments of a trigger; its support verb or surrounding clause fills what it leaves open."""
    slots = arguments(trigger)
    if verbal(trigger):
        return slots
    _add_support(trigger, slots)
    return slots


def _add_support(noun: Token, slots: Arguments) -> None:
    head = governor(noun)
    if not verbal(head):
        if noun.dep_ == "conj":
            _add_shared(noun, slots)
        return
    support = support_of(head)
    outer = arguments(head)
    if support is None:
        if noun.dep_ in ("obl", "pobj"):
            # "said after talks with Putin": whoever the clause is about took part.
            slots["circumstance"] = surface_subjects(head)
        if noun.dep_ in ("obl", "pobj", "nsubj"):
            # "died in an attack", "the attack killed five": whom the clause is about was hit.
            slots["affected"] = outer.get("object", [])
        return
    recipient = support.noun_is == "recipient"
    own = [token for token in outer.get("subject", ()) if token.i != noun.i]
    for slot, tokens in outer.items():
        if slot not in ("subject", "object"):
            slots.setdefault(slot, tokens)
    if recipient:
        slots.setdefault("to", own)
        slots.setdefault("against", own)
    elif own:
        slots["subject"] = own


def _add_shared(noun: Token, slots: Arguments) -> None:
    """ "protests and strikes by nurses": a noun shares what hangs on the one that it is joined to."""
    for slot, tokens in clause_slots(noun.head).items():
        if not slots.get(slot):
            slots[slot] = tokens


def settled(roles: Roles, event_type: str) -> Roles:
    """The same roles, marked reciprocal where several sources and no target did it to each other."""
    return replace(roles, reciprocal=mutual(len(roles.source), len(roles.target), event_type))


def mutual(sources: int, targets: int, event_type: str) -> bool:
    """Whether so many sources did an act of that type to each other."""
    return sources > 1 and not targets and event_type in RECIPROCAL


SURE = {"source": 0.45, "target": 0.45}
POSSIBLE = 0.2
"""A learned role above SURE stands by itself, one above POSSIBLE when the parse agrees."""


def combined_roles(act: Act, frame: Roles, actors: Actors) -> Roles:
    """Learned roles, completed by the parse where the labeller is silent or undecided."""
    sources, targets = _learned(act, "source", actors), _learned(act, "target", actors)
    source, by_source = _combined(sources, frame.source, targets, SURE["source"])
    target, by_target = _combined(targets, frame.target, sources, SURE["target"])
    taken = {mention.start_char for mention in source}
    target = tuple(mention for mention in target if mention.start_char not in taken)
    rule = "encoder roles" if not (by_source or by_target) else "encoder roles+frame"
    return Roles(source, target, False, rule)


def _learned(act: Act, role: str, actors: Actors) -> list[tuple[Mention, float]]:
    found = []
    for span in act.roles:
        if span.role == role and span.probability >= POSSIBLE:
            mention = _meant(actors.doc[span.start : span.end], actors)
            if mention is not None:
                found.append((mention, span.probability))
    return found


def _meant(span: Span, actors: Actors) -> Mention | None:
    """The mention of a learned role; "we" in a quotation is its speaker."""
    speaker = speaker_of(span.root) if first_person(span.root) else None
    return actors.of_token(speaker.token) if speaker else actors.of_span(span)


def _combined(
    learned: list[tuple[Mention, float]],
    frame: tuple[Mention, ...],
    other_side: list[tuple[Mention, float]],
    sure: float,
) -> tuple[tuple[Mention, ...], bool]:
    """(mentions, whether the frame added one) of one side.

    What the labeller surely puts on the other side the parse got wrong; then its likeliest stands here.
    """
    elsewhere = {mention.start_char for mention, share in other_side if share >= sure}
    parsed = {mention.start_char: mention for mention in frame if mention.start_char not in elsewhere}
    kept = {m.start_char: m for m, share in learned if share >= sure or m.start_char in parsed}
    added = not kept and bool(parsed)
    if not kept and frame and not parsed and learned:
        likeliest = max(learned, key=lambda one: one[1])[0]
        kept = {likeliest.start_char: likeliest}
    kept = kept or parsed
    return tuple(kept[start] for start in sorted(kept)), added
