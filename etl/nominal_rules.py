"""Common nouns to actors: "the Russian president", "officials", "the government", "the group"."""

from __future__ import annotations

from etl import nominal_groups, nominal_people
from etl.figures import Figure, Figures
from etl.nominals import Nominal
from etl.scene import Decision
from etl.words import words

_OPEN = words("side leader country nation government state power neighbor neighbour")


def resolve(one: Nominal, cast: Figures) -> Decision:
    """The figure that a nominal stands for, the rule that says so, and how sure it is."""
    if one.plural and one.noun.noun in _OPEN and _bare_count(one):
        return None, f"open: which {one.noun.noun}s", 0.3
    if one.noun.kind == "state" and (not one.plural or one.noun.noun == "authority"):
        return _state(one, cast)
    if one.noun.kind == "body" or one.plural:
        return nominal_groups.resolve(one, cast)
    return nominal_people.resolve(one, cast)


def _bare_count(one: Nominal) -> bool:
    """ "both leaders", "the two countries": nothing but a number says which."""
    counting = {"both", "two", "three", "four", "the", "these", "those", "neighboring", "2", "3"}
    return one.owner is None and all(word in counting for word in one.mention.text.lower().split()[:-1])


_LANDS = words("country nation kingdom republic island state")


# Governments and countries


def _state(one: Nominal, cast: Figures) -> Decision:
    home = cast.home(one.owner) if one.owner else None
    if home is not None:
        return home, "government of its state", 0.9
    if one.indefinite:
        return None, "open: some state", 0.3
    return _salient_state(one, cast)


def _salient_state(one: Nominal, cast: Figures) -> Decision:
    sentence = one.mention.sentence_no
    states = cast.states()
    if not states:
        return None, "open: no state named so far", 0.3
    ranked = sorted(states, key=lambda figure: (-_weight(figure, sentence), figure.ordinal))
    if len(ranked) == 1:
        return ranked[0], "the only state so far", 0.8
    if one.noun.noun in _LANDS:
        return max(states, key=lambda figure: figure.last()), "the state named last", 0.6
    if _weight(ranked[0], sentence) > 1.2 * _weight(ranked[1], sentence):
        return ranked[0], "the state most spoken of", 0.6
    return None, "open: several states", 0.3


def _weight(figure: Figure, sentence: int) -> float:
    return figure.salience(sentence) + 0.3 * len(figure.seen)
