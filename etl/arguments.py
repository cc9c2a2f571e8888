"""The logical arguments of a verb, an adjective or an event noun, by slot.

Passives are turned around and relative clauses filled, so that the coder's frames can speak of logical
subjects and objects. Slots are `subject`, `object`, `indirect`, `that` (who is to act in a complement
clause), `content` (whom its act is about), `owner` (whose the object is), `possessor`, `modifier` and, for
prepositional phrases of the word or of its object, the preposition in lower case.
"""

from __future__ import annotations

from spacy.tokens import Token

from etl.clause import (
    ACTIVE_SUBJECT,
    INDIRECT,
    MAX_STEPS,
    OBJECT,
    PASSIVE_SUBJECT,
    PREDICATE,
    RELATIVE,
    antecedent,
    case_of,
    children,
    controllers,
    governor,
    is_relative,
    obliques,
    passive,
    surface_subjects,
    verbal,
)

Arguments = dict[str, list[Token]]

MODIFIER = frozenset({"compound", "amod", "nmod:desc", "nmod:unmarked", "nmod"})
OWNER = frozenset({"nmod:poss", "poss", "compound", "amod", "nmod:desc"})
COMPLEMENT = frozenset({"xcomp", "ccomp", "advcl"})
ABOUT = frozenset({"with", "to", "against", "on", "from", "into", "at"})
ADJACENT = frozenset({"between", "by", "of", "on", "against", "with", "from"})
NESTED = frozenset({"by", "with", "against", "on", "to", "between"})


def arguments(predicate: Token) -> Arguments:
    """The logical arguments of a verb, an adjective or an event noun by slot, heads only."""
    return _of_verb(predicate) if verbal(predicate) else _of_noun(predicate)


def _of_verb(verb: Token) -> Arguments:
    found: Arguments = {}
    for child in verb.children:
        if child.dep_ in OBJECT:
            found.setdefault("object", []).append(child)
        elif child.dep_ in INDIRECT and child.pos_ != "ADP":
            found.setdefault("indirect", []).append(child)
    for preposition, noun in obliques(verb):
        found.setdefault(preposition, []).append(noun)
    _add_surface_subject(verb, found)
    _add_gap(verb, found)
    _share_object(verb, found)
    _add_object_phrases(found)
    _add_complement(verb, found)
    return found


def _add_surface_subject(verb: Token, found: Arguments) -> None:
    subjects = surface_subjects(verb)
    if not passive(verb):
        found["subject"] = subjects
        if "object" not in found:
            # Two subjects, one on either side: the parser took the object for one.
            late = [child for child in verb.children if child.dep_ in ACTIVE_SUBJECT and child.i > verb.i]
            if late and any(token.i < verb.i for token in subjects):
                found["object"] = late
        return
    found["subject"] = found.pop("by", [])
    # "was given aid", "were denied entry": the person is the indirect object, the thing the object.
    slot = "indirect" if "object" in found else "object"
    found[slot] = subjects


def _add_gap(verb: Token, found: Arguments) -> None:
    """The antecedent of a relative clause fills the place that its clause leaves empty."""
    if verb.dep_ not in RELATIVE or any(is_relative(token) for token in found["subject"]):
        return
    if "object" not in found and not passive(verb) and verb.head not in found["subject"]:
        found["object"] = [verb.head]


def _share_object(verb: Token, found: Arguments) -> None:
    """ "attacked and killed soldiers": the first verb shares the object of the second."""
    if "object" in found or passive(verb):
        return
    for child in verb.children:
        if child.dep_ == "conj" and verbal(child):
            shared = children(child, OBJECT)
            if shared and child.i - verb.i == 2:
                found["object"] = shared


def _add_object_phrases(found: Arguments) -> None:
    """ "signed a deal with China", "froze Iran's assets": phrases may hang on the object."""
    owners: list[Token] = []
    for noun in found.get("object", ()):
        if noun.pos_ != "NOUN":
            continue
        for preposition, token in obliques(noun):
            found.setdefault(preposition, []).append(token)
        owners += [child for child in noun.children if child.dep_ in OWNER and child.pos_ != "PRON"]
    if owners:
        found["owner"] = owners


def _add_complement(verb: Token, found: Arguments) -> None:
    """ "called for Israel to stop", "agreed to meet Putin": who is to act, and whom that act is about."""
    for clause in verb.children:
        if clause.dep_ not in COMPLEMENT or not verbal(clause) or clause.i < verb.i:
            continue
        own = children(clause, ACTIVE_SUBJECT) or children(clause, PASSIVE_SUBJECT)
        found.setdefault("that", []).extend(own)
        if not own or found["subject"] == own:
            about = children(clause, INDIRECT) or children(clause, OBJECT)
            about += [noun for preposition, noun in obliques(clause) if preposition in ABOUT]
            about += [noun for thing in about for name, noun in obliques(thing) if name in ABOUT]
            found.setdefault("content", []).extend(about)


def _of_noun(noun: Token) -> Arguments:
    found: Arguments = {}
    for child in noun.children:
        if child.dep_ in ("nmod:poss", "poss"):
            found.setdefault("possessor", []).append(child)
        elif child.dep_ in MODIFIER and child.i < noun.i and not case_of(child):
            found.setdefault("modifier", []).append(child)
    for preposition, token in obliques(noun):
        found.setdefault(preposition, []).append(token)
    _add_adjacent_phrase(noun, found)
    _add_nested_phrases(found)
    found["subject"] = _predicate_subject(noun) or _doer(noun)
    return found


def _add_adjacent_phrase(noun: Token, found: Arguments) -> None:
    """ "talks between Iran and Iraq took place": the phrase right after the noun is its own."""
    if noun.i + 1 >= len(noun.doc):
        return
    after = noun.nbor(1)
    if after.dep_ == "case" and after.head.i > after.i and after.lower_ in ADJACENT:
        found.setdefault(after.lower_, [after.head])


def _add_nested_phrases(found: Arguments) -> None:
    """ "the trial of the mayor by a court": the second phrase may hang on the first one's noun."""
    for token in [token for tokens in found.values() for token in tokens]:
        for preposition, inner in obliques(token):
            if preposition in NESTED and preposition not in found:
                found[preposition] = [inner]


def _predicate_subject(word: Token) -> list[Token]:
    """The subject of a copula clause whose predicate is `word` ("is ready", "were critical")."""
    own = [child for child in word.children if child.dep_ in ACTIVE_SUBJECT or child.dep_ in PASSIVE_SUBJECT]
    if own:
        return [antecedent(token) for token in own]
    if word.dep_ in PREDICATE or (word.pos_ == "ADJ" and word.dep_ in ("xcomp", "conj", "advcl", "acl")):
        return surface_subjects(governor(word), MAX_STEPS - 1) or controllers(word, MAX_STEPS - 1)
    return []


def _doer(noun: Token) -> list[Token]:
    """ "an attack carried out by rebels": the agent of a participle that hangs on the noun."""
    doers: list[Token] = []
    for child in noun.children:
        if child.dep_ in ("acl", "acl:relcl", "relcl") and verbal(child) and passive(child):
            doers += [token for preposition, token in obliques(child) if preposition == "by"]
    return doers
