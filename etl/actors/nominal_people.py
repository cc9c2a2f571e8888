"""Singular nouns for people to persons and offices: "the president", "a blogger", "the man"."""

from __future__ import annotations

from etl.actors.figures import Figure, Figures, tail
from etl.actors.nominal_groups import ANYBODY
from etl.actors.nominals import SPEAKERS, Nominal, after_state, dress, gender, unnamed
from etl.actors.scene import Decision
from etl.gazetteer import slug
from etl.words import words


def resolve(one: Nominal, cast: Figures) -> Decision:
    """The person or office that a singular noun stands for."""
    announced = _announced(one, cast)
    if announced is not None:
        return announced, "office of somebody named later", 0.65
    introduced = _introduced(one, cast)
    if introduced is not None:
        return introduced, "described before the name", 0.5
    if one.indefinite:
        return unnamed(one, cast, "person"), "new person", 0.8
    known = _by_office(one, cast)
    if known is not None:
        return known, "title", 0.75
    if one.owner is not None and _office_holder(one):
        return _office(one, cast), "office of a state", 0.7
    if one.definite and one.owner is None and one.noun.noun not in SPEAKERS:
        found = [figure for figure in cast.recent(one.mention.sentence_no, ["person"]) if _fits(figure, one)]
        named = [figure for figure in found if figure.named]
        if len(found) == 1 or (found and one.noun.noun in ANYBODY):
            return found[0], "the person in reach", 0.55
        if len(named) == 1:
            return named[0], "the only named person in reach", 0.5
    return unnamed(one, cast, "person"), "new person", 0.7


def _fits(figure: Figure, one: Nominal) -> bool:
    return not figure.plural and _sexes_agree(figure, one)


def _office_holder(one: Nominal) -> bool:
    owner = one.owner
    return (
        owner is not None
        and owner.kind == "country"
        and one.noun.kind == "person"
        and one.noun.sector == "GOV"
        and not _OTHER_TERMS & set(one.mention.text.lower().split())
    )


_OTHER_TERMS = words("former ex late then next future incoming would-be")


def _office(one: Nominal, cast: Figures) -> Figure:
    owner, noun = one.owner, one.noun.noun
    assert owner is not None
    figure = cast.add(f"office:{tail(owner.key)}:{slug(noun)}", after_state(owner, noun), "office")
    return dress(figure, one, cast)


def _by_office(one: Nominal, cast: Figures) -> Figure | None:
    """The latest person whom the text gave this office (of the same owner, where both tell one)."""
    for figure in cast.latest():
        if figure.kind in ("person", "office") and figure.seen and _holds(figure, one, cast):
            return figure
    return None


def _announced(one: Nominal, cast: Figures) -> Figure | None:
    """ "Egypt has freed a blogger", and the one whom the text then calls "blogger Abdel Kareem Nabil"."""
    if one.mention.text.lower().split()[0] in ("another", "other") or one.noun.noun in SPEAKERS:
        return None
    held = list({f.ordinal: f for f in cast.holders(one.noun.noun) if not f.seen}.values())
    return held[0] if len(held) == 1 and _holds(held[0], one, cast) else None


def _introduced(one: Nominal, cast: Figures) -> Figure | None:
    """News leads describe whom they name in the next sentences ("has freed a blogger"): the only person who
    is to be named there; one with another office only where both serve one state or body."""
    if one.mention.sentence_no > 0 or one.noun.noun in _VOICES or one.noun.noun in ANYBODY:
        return None
    named = [figure for figure in cast.to_be_introduced(one.mention.sentence_no) if _fits(figure, one)]
    free = [figure for figure in named if not figure.nouns or _nouns_agree(figure.nouns, one.noun.noun)]
    if len(named) == 1 and not free and one.owner is not None and named[0].affiliation is not None:
        owner = cast.all[named[0].affiliation]
        free = named if owner is one.owner or cast.home(owner) is cast.home(one.owner) is not None else []
    return free[0] if len(free) == 1 else None


_VOICES = SPEAKERS - {"official"}


def _holds(figure: Figure, one: Nominal, cast: Figures) -> bool:
    if not _sexes_agree(figure, one) or not _nouns_agree(figure.nouns, one.noun.noun):
        return False
    if one.owner is None or figure.affiliation is None:
        return True
    owner = cast.all[figure.affiliation]
    return owner is one.owner or (cast.home(owner) is not None and cast.home(owner) is cast.home(one.owner))


def _nouns_agree(nouns: set[str], noun: str) -> bool:
    last = noun.split()[-1]
    if noun in nouns or any(known.split()[-1] == last for known in nouns):
        return True
    return (last == "leader" and bool(nouns & _RULERS)) or (last == "spokesperson" and bool(nouns & SPEAKERS))


_RULERS = words(
    "president prime minister premier chancellor king queen emir sultan dictator chairman chief ruler"
) | {"prime minister"}


def _sexes_agree(figure: Figure, one: Nominal) -> bool:
    sex = gender(one.noun.noun)
    return not sex or not figure.gender or sex == figure.gender
