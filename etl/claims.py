"""Who says so: the claimants of an act, and the speaker of a quotation.

A claimant is the subject of a reporting verb above the act ("officials said that …", "…, sources told the
Times"), the agent of a passive one ("was announced by …"), the noun after "according to", or, for an act in
quotation marks, the speaker whom the sentence itself or its neighbour names. The cue is the reporting word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from etl.clause import MAX_STEPS, RELATIVE, governor, obliques, passive, surface_subjects, verbal
from etl.lexicon import look_up, reports

QUOTES = {"“": 1, "”": -1, "«": 1, "»": -1}
REPORTED = frozenset(
    {"ccomp", "parataxis", "advcl", "pcomp", "nsubj:pass", "nsubjpass", "dep", "obj", "dobj", "xcomp"}
)
FIRST_PERSON = frozenset({"i", "we", "us", "me", "our", "my", "ours", "mine"})


@dataclass(frozen=True, slots=True)
class Claim:
    """The syntactic head of whoever reports an act, and the words that report it."""

    token: Token
    cue: str


def claims_of(trigger: Token) -> list[Claim]:
    """Everyone whom the text names as saying that the act of `trigger` took place, the nearest first."""
    found = [*_reporters(trigger), *_sources(trigger)]
    if not found and quoted(trigger):
        speaker = speaker_of(trigger)
        found = [speaker] if speaker else []
    unique: dict[int, Claim] = {}
    for claim in found:
        unique.setdefault(claim.token.i, claim)
    return list(unique.values())


def _chain(trigger: Token) -> Iterator[tuple[Token, Token]]:
    """(word, its governor) from the act up to the root of its sentence."""
    word = trigger
    for _ in range(MAX_STEPS + 2):
        head = governor(word)
        if head is word:
            return
        yield word, head
        word = head


def _reporters(trigger: Token) -> Iterator[Claim]:
    for word, head in _chain(trigger):
        if word.dep_ in REPORTED and _reports(head):
            yield from _speakers(head)
    for word in (trigger, *(head for _, head in _chain(trigger))):
        for child in word.children:
            # "…, X said," in the middle or at the end may hang on the reported clause.
            if child.dep_ in ("parataxis", "ccomp", "dep") and _reports(child) and _bare(child):
                yield from _speakers(child)


def _reports(verb: Token) -> bool:
    report = look_up(reports(), verb)
    return report is not None and report.kind == "verb" and verbal(verb)


def _bare(verb: Token) -> bool:
    return not any(child.dep_ in ("ccomp", "obj", "dobj") for child in verb.children)


def _speakers(verb: Token) -> Iterator[Claim]:
    if passive(verb):
        speakers = [noun for preposition, noun in obliques(verb) if preposition == "by"]
    else:
        speakers = surface_subjects(verb)
    for token in speakers:
        if not verbal(token):
            yield Claim(token, verb.text)


def _sources(trigger: Token) -> Iterator[Claim]:
    for word in (trigger, *(head for _, head in _chain(trigger))):
        for preposition, noun in obliques(word):
            report = reports().get(preposition)
            if report is not None and report.kind == "preposition":
                yield Claim(noun, preposition)
        if word.dep_ in RELATIVE:
            return


def quoted(token: Token) -> bool:
    """Whether `token` stands inside quotation marks that hold at least a clause."""
    return any(start < token.i < end for start, end in quotations(token.doc))


def quotations(doc: Doc) -> list[tuple[int, int]]:
    """Quotations of at least four words as (opening token, closing token); an open one ends with the Doc."""
    cached: list[tuple[int, int]] | None = doc.user_data.get("quotations")
    if cached is None:
        cached = [span for span in _quotations(doc) if span[1] - span[0] > 4]
        doc.user_data["quotations"] = cached
    return cached


def _quotations(doc: Doc) -> Iterator[tuple[int, int]]:
    opened: int | None = None
    for token in doc:
        if token.text not in QUOTES and token.text not in ('"', "``", "''"):
            continue
        closes = QUOTES.get(token.text, -1 if opened is not None else 1) < 0
        if closes and opened is not None:
            yield opened, token.i
            opened = None
        elif not closes and opened is None:
            opened = token.i
    if opened is not None:
        yield opened, min(len(doc), opened + 80)


def speaker_of(token: Token) -> Claim | None:
    """Who speaks the quotation around `token`: named in its own sentence, else in the one before or after."""
    sentence = token.sent
    own = _speaker_in(sentence, token)
    if own:
        return own
    before = _neighbour(sentence, -1)
    if before is not None and _has_quotation(before):
        claim = _speaker_in(before, None)
        if claim:
            return claim
    after = _neighbour(sentence, 1)
    return _speaker_in(after, None) if after is not None and _has_quotation(after) else None


def _neighbour(sentence: Span, step: int) -> Span | None:
    index = sentence.start - 1 if step < 0 else sentence.end
    return sentence.doc[index].sent if 0 <= index < len(sentence.doc) else None


def _has_quotation(sentence: Span) -> bool:
    return any(start < sentence.end and sentence.start <= end for start, end in quotations(sentence.doc))


def _speaker_in(sentence: Span, inside: Token | None) -> Claim | None:
    for word in sentence:
        if _reports(word) and not quoted(word) and (inside is None or inside.i != word.i):
            claim = next(_speakers(word), None)
            if claim is not None and not quoted(claim.token):
                return claim
    return None


def first_person(token: Token) -> bool:
    """Whether `token` is a pronoun by which a speaker means his own side."""
    return token.lower_ in FIRST_PERSON and token.text != "US"
