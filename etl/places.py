"""Where an act takes place: a locative phrase of its own clause, resolved offline."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Doc, Span, Token

from etl import atlas
from etl.clause import base, governor, preposition_of
from etl.gazetteer import lookup
from etl.language.sentence_ends import DATELINE
from etl.records import EventPlace, Mention, Place
from etl.words import text_of, words

REACH = 3_000
"""How many characters around the act its context is read for the countries that decide between namesakes."""
SAME_SENTENCE = 3.0
"""What a country in the sentence of the act weighs against one elsewhere within reach."""

_AT = words("in at near outside inside around across throughout within along off over")
_TOWARDS = words("to into toward towards from on against through")
_LOCATIONS = words(
    "city town village capital province region district area part north south east west coast border"
    " outskirts suburb street neighborhood neighbourhood state territory island port heart center centre"
    " side vicinity governorate oblast stronghold enclave camp base airport embassy square"
)
_SAYING = words("said told says say tell report announce state claim add warn note declare believe think")
_NEVER = words("president minister official government spokesman leader ambassador envoy citizen national")
_LICENCE = {"in": 0.0, "towards": 3.0, "object": 4.0}
MAX_DISTANCE = 9.0
"""How many steps in the tree (licence included) a phrase can be away from the act that it places."""


def find_place(
    doc: Doc,
    offset: int,
    trigger: Token,
    mentions: Sequence[Mention],
    proposed: tuple[int, int] | None = None,
) -> EventPlace | None:
    """The place that the text gives for the act of `trigger`, None where it gives none.

    `proposed` is a span of character offsets into the article text that something else (a learned labeller)
    takes for the place; without it the locative phrases of the trigger's clause are read. `mentions` are
    those of the article: the countries among them decide between places of one name. The span is kept with
    `place` None where the name is unknown or stays ambiguous.
    """
    near = _around(mentions, trigger.idx + offset)
    if proposed is not None and _counts(text_of(doc), proposed[0] - offset, proposed[1] - offset):
        return _of_proposal(doc, offset, trigger, near, proposed)
    if not doc.has_annotation("DEP"):
        return None
    found = [
        _event_place(doc, offset, one.start_char, one.end_char, near, trigger)
        for one in _nearest(offset, trigger, near) or _by_words(offset, trigger, near)
    ]
    return next((one for one in found if one.place is not None), found[0] if found else None)


def _of_proposal(
    doc: Doc, offset: int, trigger: Token, near: Sequence[Mention], proposed: tuple[int, int]
) -> EventPlace:
    """The name that a proposal touches, read to its end where the beginning alone is unknown."""
    over = [m for m in near if _spatial(m) and m.start_char < proposed[1] and proposed[0] < m.end_char]
    start, end = (over[0].start_char, over[0].end_char) if over else proposed
    found = _event_place(doc, offset, start, end, near, trigger)
    whole = _whole_name(doc, offset, (start, end))
    if found.place is None and whole != (start, end):
        return _event_place(doc, offset, *whole, near, trigger)
    return found


def _counts(text: str, start: int, end: int) -> bool:
    """Whether a proposal names something, and not in the dateline, which is where the reporter sits."""
    named = any(letter.isupper() for letter in text[start:end])
    return named and not any(match.start() <= start < match.end() for match in DATELINE.finditer(text))


def _whole_name(doc: Doc, offset: int, proposed: tuple[int, int]) -> tuple[int, int]:
    """A proposal with the capitalised words that go on from it ("Ciudad" in "Ciudad Juárez")."""
    text, start, end = text_of(doc), proposed[0] - offset, proposed[1] - offset
    run = _CAPITALISED.match(text, start)
    return (proposed[0], max(proposed[1], run.end() + offset)) if run and end > start else proposed


def _around(mentions: Sequence[Mention], position: int) -> list[Mention]:
    first = bisect_left(mentions, position - REACH, key=lambda mention: mention.start_char)
    last = bisect_left(mentions, position + REACH, key=lambda mention: mention.start_char)
    return list(mentions[first:last])


def _spatial(mention: Mention) -> bool:
    """Names of places and states; a demonym is somebody's home and never where something happens."""
    if mention.form in ("demonym", "nominal", "pronoun", "epithet"):
        return False
    entry = lookup(mention.text)
    return mention.ent_type == "LOC" or (entry is not None and entry.kind == "country")


# Which phrase


def _nearest(offset: int, trigger: Token, near: Sequence[Mention]) -> list[Mention]:
    """Place names of the sentence that the tree ties to the act, the nearest first."""
    sentence = trigger.sent
    ranked = []
    for mention in _in_sentence(near, sentence, offset):
        token = _token_at(sentence, mention.head_char - offset)
        cost = _cost(token, trigger) if token is not None else None
        if cost is not None and cost <= MAX_DISTANCE:
            ranked.append((cost, mention.start_char, mention))
    return [mention for *_, mention in sorted(ranked, key=lambda each: each[:2])]


def _in_sentence(near: Sequence[Mention], sentence: Span, offset: int) -> list[Mention]:
    start, end = sentence.start_char + offset, sentence.end_char + offset
    return [mention for mention in near if start <= mention.start_char < end and _spatial(mention)]


_PLACED = re.compile(
    r"(?:\b(?:[Ii]n|[Aa]t|near|outside|across)"
    r"|\b(?:town|city|village|province|region|state|district|capital)(?: of)?)"
    r"(?: the)?(?: [\w-]+ern| central| north| south| east| west| capital| city| town)*"
    r"(?: [A-Z][\w-]+(?:['’]s))? $"
)


def _by_words(offset: int, trigger: Token, near: Sequence[Mention]) -> list[Mention]:
    """Without help from the tree: names right behind "in", "the city of" and the like after the act, or else
    at the head of its sentence; not where somebody else's saying or doing stands between."""
    sentence = trigger.sent
    text = sentence.text
    found = [
        (mention, match.start())
        for mention in _in_sentence(near, sentence, offset)
        if (match := _PLACED.search(text[: mention.start_char - offset - sentence.start_char]))
    ]
    behind = [m for m, _ in found if m.start_char - offset > trigger.idx and _one_clause(trigger, m, offset)]
    return behind[:2] or [mention for mention, start in found if not text[:start].strip("“\"' ")]


def _one_clause(trigger: Token, mention: Mention, offset: int) -> bool:
    between = trigger.doc.char_span(trigger.idx, mention.start_char - offset, alignment_mode="contract")
    tokens = list(between)[1:] if between is not None else []
    return not any(token.pos_ == "VERB" and token.tag_ in ("VBD", "VBZ", "VBP") for token in tokens)


def _token_at(sentence: Span, position: int) -> Token | None:
    return next((token for token in sentence if token.idx <= position < token.idx + len(token)), None)


def _cost(noun: Token, trigger: Token) -> float | None:
    """Steps from the act to the place name, plus what its phrase costs; None where it cannot be the place."""
    licence = _licence(noun, trigger)
    distance = _distance(noun, trigger)
    if licence is None or distance is None:
        return None
    return distance + _LICENCE[licence]


def _licence(noun: Token, trigger: Token) -> str | None:
    """Why a name may be where something happens: "in" X, "to" X, or the object of the act itself."""
    for _ in range(6):
        preposition = preposition_of(noun).split()[-1:] or [""]
        above = governor(noun)
        if preposition[0] in _AT:
            return "in"
        if preposition[0] in _TOWARDS and above.pos_ in ("VERB", "NOUN", "AUX"):
            return "towards" if above == trigger or above.pos_ != "NOUN" else None
        if noun.dep_ == "conj" or base(noun) in ("appos", "flat"):
            noun = noun.head
        elif _part_of_location(noun, preposition[0], above):
            noun = above
        elif (
            base(noun) in ("obj", "dobj", "nsubjpass") and noun.head == trigger
        ) or noun.dep_ == "nsubj:pass":
            return "object"
        else:
            return None
    return None


def _part_of_location(noun: Token, preposition: str, above: Token) -> bool:
    """ "the capital of Chad", "Syria's coast", "Kabul airport": the phrase goes on above the name."""
    if (above.lemma_ or above.text).lower() in _NEVER:
        return False
    if preposition == "of":
        return (above.lemma_ or above.text).lower() in _LOCATIONS
    if noun.dep_ in ("nmod:poss", "poss", "compound", "nmod", "amod", "nn"):
        return above.pos_ == "PROPN" or (above.lemma_ or above.text).lower() in _LOCATIONS
    return False


def _distance(noun: Token, trigger: Token) -> float | None:
    """Edges of the tree between the two; None where a saying stands between ("said in Geneva that ...")."""
    line = [trigger, *trigger.ancestors]
    above = {token.i: steps for steps, token in enumerate(line)}
    for steps, token in enumerate([noun, *noun.ancestors]):
        if token.i in above:
            crossed = line[: above[token.i]]
            barred = any(base(each) == "ccomp" and _says(each.head) for each in crossed)
            return None if barred else float(steps + above[token.i])
        if base(token) == "ccomp" and _says(token.head):
            return None
    return None


def _says(verb: Token) -> bool:
    return (verb.lemma_ or verb.text).lower() in _SAYING


# Which place


def _event_place(
    doc: Doc, offset: int, start: int, end: int, near: Sequence[Mention], trigger: Token
) -> EventPlace:
    text = text_of(doc)
    name = re.sub(r"['’]s?$", "", text[start - offset : end - offset])
    context = _context(near, trigger, offset, (start, end))
    behind = _behind(doc, text, end - offset)
    around = [*behind, *_before(text[: start - offset])]
    return EventPlace(_placed(name, context, around) or _only_state(near, trigger, offset), start, end)


def _before(text: str) -> list[str]:
    """Whose place it is: "Moscow's Red Square", "the Armenian village of Tegh"."""
    owned = _OWNED.search(text[-80:])
    if owned is None:
        return []
    if owned["owner"]:
        return [owned["owner"]]
    entry = lookup(owned["people"])
    place = atlas.country(entry.country) if entry is not None and entry.country else None
    return [place.name] if place is not None else []


def _only_state(near: Sequence[Mention], trigger: Token, offset: int) -> Place | None:
    """For a name that nothing knows: the only state that its article names around it, if the sentence of the
    act names that state itself, not only its people ("Fiji lifts its borders on the island of Viti Levu")."""
    sentence, states, said = trigger.sent, set(), False
    for mention in near:
        entry = None if mention.form in ("nominal", "pronoun") else lookup(mention.text)
        if entry is not None and entry.country is not None:
            states.add(entry.country)
            inside = sentence.start_char <= mention.start_char - offset < sentence.end_char
            said = said or (inside and entry.kind == "country" and entry.form == "name")
    return atlas.country(states.pop()) if len(states) == 1 and said else None


def _placed(name: str, context: Counter[str], behind: list[str]) -> Place | None:
    """The place of a name with the places that the text puts right behind it, from the smaller to the larger:
    they decide between namesakes, and stand for a name that is unknown ("Solon Township, Kent County")."""
    beside = next((code for other in behind if (code := _state_of(other))), None)
    for number, one in enumerate([name, *behind]):
        place = atlas.resolve(one, context, beside if number < len(behind) else None)
        if place is not None:
            return place
    return None


def _state_of(name: str) -> str | None:
    """The country of a name that is a state or a region; cities do not count ("in Homs, Aleppo and Hama")."""
    entry = lookup(name)
    if entry is not None and entry.kind == "country" and not entry.capital and entry.form != "demonym":
        return entry.country
    region = atlas.region_at(name)
    return region.country if region else None


_LINK = re.compile(
    r"(?: (?:village|town|city|district|province|region|area|camp|neighbou?rhood))?"
    r"(?:,? in (?:the )?|, near |, (?:the )?)(?:(?:[a-z]+ern|central|the|occupied) )*(?=[A-Z])"
)
_CAPITALISED = re.compile(r"(?:(?:[A-Z]\.)+|[A-Z][\w'’-]*)(?: (?:(?:of|al|el|de|la) )?[A-Z][\w'’-]*)*")
_OWNED = re.compile(
    r"(?:(?P<owner>[A-Z][\w-]+(?: [A-Z][\w-]+)?)['’]s (?:(?!in |at |to |on |near |from )[a-z-]+ )?"
    r"(?:(?:village|town|city|port|province|region|district|island) of )?"
    r"|(?P<people>[A-Z][\w-]+(?: [A-Z][\w-]+)?) (?:[\w-]+ )??"
    r"(?:village|town|city|port|province|region|district|island) of )$"
)


def _behind(doc: Doc, text: str, end: int) -> list[str]:
    """The names that go on from a place, up to three: ", Kent County, Michigan", " in Cairo". A name that a
    verb follows begins a clause of its own ("In Hebron, Israel says ...")."""
    found: list[str] = []
    while (
        len(found) < 3 and (link := _LINK.match(text, end)) and (name := _CAPITALISED.match(text, link.end()))
    ):
        end = name.end()
        if _verb_at(doc, end):
            break
        found.append(re.sub(r"['’]s?$|\.$", "", name.group()))
    return found


def _verb_at(doc: Doc, position: int) -> bool:
    """Whether the first word from a character of the Doc on is a finite verb."""
    first = bisect_left(doc, position, key=lambda token: token.idx)
    token = next((doc[n] for n in range(first, len(doc)) if not doc[n].is_space), None)
    return token is not None and token.pos_ in ("VERB", "AUX") and token.tag_ not in ("VBN", "VBG", "VB")


def _context(near: Sequence[Mention], trigger: Token, offset: int, own: tuple[int, int]) -> Counter[str]:
    sentence = trigger.sent
    found: Counter[str] = Counter()
    for mention in near:
        entry = None if mention.form in ("nominal", "pronoun") else lookup(mention.text)
        if entry is None or entry.country is None or (mention.start_char, mention.end_char) == own:
            continue
        inside = sentence.start_char <= mention.start_char - offset < sentence.end_char
        found[entry.country] += SAME_SENTENCE if inside else 1.0  # type: ignore[assignment]
    return found
