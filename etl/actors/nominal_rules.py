"""Common nouns to actors: "the Russian president", "officials", "the government", "the group"."""

from __future__ import annotations

from etl.actors import nominal_groups, nominal_people
from etl.actors.figures import Figure, Figures
from etl.actors.nominal_groups import home_of_sayer
from etl.actors.nominals import Nominal
from etl.actors.sayers import own_subject
from etl.actors.scene import Decision
from etl.words import words

_OPEN = words("side leader country nation government state power neighbor neighbour")


def resolve(one: Nominal, cast: Figures) -> Decision:
    """The figure that a nominal stands for, the rule that says so, and how sure it is."""
    if one.plural and one.noun.noun in _OPEN and _bare_count(one):
        return None, f"open: which {nominal_groups.plural_form(one.noun.noun)}", 0.3
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
    states = cast.states() or cast.called_by_adjective()
    states = [figure for figure in states if not _its_own_subject(figure, one, cast)] or states
    if not states:
        return None, "open: no state named so far", 0.3
    if len(states) == 1:
        return states[0], "the only state so far", 0.8
    speaker = home_of_sayer(one, cast)
    if speaker is not None:
        return speaker, "the state that says it", 0.6
    if one.noun.noun in _LANDS:
        return max(states, key=lambda figure: figure.last()), "the state named last", 0.6
    return _most_spoken_of(states, one.mention.sentence_no)


def _most_spoken_of(states: list[Figure], sentence: int) -> Decision:
    ranked = sorted(states, key=lambda figure: (-_weight(figure, sentence), figure.ordinal))
    if _weight(ranked[0], sentence) > 1.2 * _weight(ranked[1], sentence):
        return ranked[0], "the state most spoken of", 0.6
    return None, "open: several states", 0.3


def _its_own_subject(figure: Figure, one: Nominal, cast: Figures) -> bool:
    """ "The U.S. has spent billions in the country": the subject of a clause is not "the country" in it."""
    subject = own_subject(one.token.head) if one.token.head.pos_ in ("VERB", "AUX") else None
    subject = subject or next((s for verb in one.token.ancestors if (s := own_subject(verb))), None)
    return subject is not None and subject != one.token and cast.at(cast.base + subject.idx) is figure


def _weight(figure: Figure, sentence: int) -> float:
    return figure.salience(sentence) + 0.3 * (len(figure.seen) + figure.adjectives)
