"""Plural nouns that stand for actors one can name: "the presidents of Chad and Mali", "the two countries".

Each of them gets a mention of its own over the same words, so that an act has every one as participant.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from etl.actors import nominal_rules, nominals
from etl.actors.figures import MEMORY, Figure, Figures
from etl.actors.nominals import Nominal
from etl.actors.pronouns import ROLE_WEIGHT
from etl.actors.scene import Decision, Scene
from etl.clause import coordinated
from etl.words import words

_ONE_EACH = words(
    "president premier chancellor leader king emir sultan ruler head ambassador envoy spokesman chief"
) | {"prime minister", "foreign minister", "defence minister", "defense minister", "finance minister"}
"""Offices of which each state or body has one."""
_COUNTS = {"both": 2, "two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4}
_POINTING = words("the these those both")
_FREE = words("the these those neighbouring neighboring rival warring world") | frozenset(_COUNTS)
"""Words before the noun that do not say which ones are meant."""
_STATES = words("country nation state government neighbour neighbor power")
_LEADERS = words("president premier chancellor leader king emir sultan ruler dictator chairman monarch") | {
    "prime minister"
}


def several(one: Nominal, scene: Scene, offset: int) -> list[Decision]:
    """Whom a plural noun stands for where they are two or more that the text has named, else nobody.

    "The two leaders" are the leaders named last, if in going back through the last sentences just two come
    up before a third.
    """
    if not one.plural:
        return []
    found = list(_by_owner(one, scene, offset)) or list(_by_count(one, scene.figures))
    figures = {figure.ordinal for figure, _, _ in found if figure is not None}
    return found if len(figures) == len(found) > 1 else []


def _by_owner(one: Nominal, scene: Scene, offset: int) -> Iterator[Decision]:
    owners = _owners(one, scene, offset)
    if len(owners) < 2:
        return
    for owner in owners:
        figure, _, sure = nominal_rules.resolve(_of_one(one, owner), scene.figures)
        yield figure, "each of several owners", sure


def _of_one(one: Nominal, owner: Figure) -> Nominal:
    """ "The presidents of Chad and Mali" as "the Chadian president"; soldiers stay many."""
    noun = one.noun.noun
    if one.noun.kind == "state" or noun in _ONE_EACH or (one.noun.kind == "body" and noun != "force"):
        mention = replace(one.mention, text=nominals.after_state(owner, noun))
        return replace(one, owner=owner, mention=mention, plural=False, definite=True)
    return replace(one, owner=owner)


def _owners(one: Nominal, scene: Scene, offset: int) -> list[Figure]:
    """The states and bodies behind "of" or before the possessive ending, joined by "and"."""
    word = one.token
    of = (noun for noun in nominals.belonging(word) if noun.i > word.i and word.nbor().lower_ == "of")
    first = nominals.possessor(word) or next(of, None)
    if first is None:
        return []
    found = [scene.figure_at(noun, offset) for noun in coordinated(first)]
    return [figure for figure in found if figure is not None and figure.kind in ("country", "organisation")]


def _by_count(one: Nominal, cast: Figures) -> Iterator[Decision]:
    before = [word.lower() for word in one.mention.text.split()[:-1]]
    before += [word.lower_ for word in one.token.lefts]
    wanted = next((_COUNTS[word] for word in before if word in _COUNTS), 0)
    known = not _POINTING.isdisjoint(before) and set(before) <= _FREE and one.owner is None
    if not wanted or not known or nominals.belonging(one.token):
        return
    found: dict[int, Figure] = {}
    for some in _going_back(one, cast):
        found |= some
        if len(found) >= wanted:
            break
    if len(found) == wanted:
        for figure in sorted(found.values(), key=lambda figure: figure.seen[0]):
            yield figure, f"the {wanted} named last", 0.6


def _going_back(one: Nominal, cast: Figures) -> Iterator[dict[int, Figure]]:
    """The figures that the noun can mean, sentence by sentence; those in the foreground before all."""
    fitting = [figure for figure in cast.latest() if figure.seen and _can_be(figure, one)]
    plain = ROLE_WEIGHT["other"]
    for sentence in range(one.mention.sentence_no, one.mention.sentence_no - MEMORY - 1, -1):
        weights = {figure.ordinal: figure.weight_in(sentence) for figure in fitting}
        seen = {figure.ordinal: figure for figure in fitting if weights[figure.ordinal]}
        front = {ordinal: figure for ordinal, figure in seen.items() if weights[ordinal] > plain}
        yield from (front, seen)


def _can_be(figure: Figure, one: Nominal) -> bool:
    noun = one.noun.noun
    if noun in _STATES:
        return figure.kind == "country"
    if one.noun.kind != "person" or not figure.named or figure.kind != "person":
        return False
    return bool(figure.nouns & _LEADERS) if noun == "leader" else noun in figure.nouns
