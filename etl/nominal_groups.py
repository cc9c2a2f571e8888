"""Plural nouns and nouns for bodies to groups and organisations: "officials", "the army", "the group"."""

from __future__ import annotations

from dataclasses import replace

from etl.figures import Figure, Figures, tail
from etl.gazetteer import slug
from etl.nominals import Nominal, display, dress, unnamed
from etl.records import ActorKind
from etl.scene import Decision
from etl.words import words

_BODY_WORDS = words(
    "group organization organisation agency body bloc movement party company firm union alliance court panel"
    " council commission committee network newspaper ministry department bank faction watchdog institution"
    " association"
    " airline broadcaster magazine militia team coalition force army"
)


def resolve(one: Nominal, cast: Figures) -> Decision:
    """The group or organisation that a plural noun or a noun for a body stands for."""
    if one.owner is not None:
        return _owned_group(one, cast), "noun with affiliation", 0.85
    if one.definite and one.noun.kind == "body" and one.noun.noun in _BODY_WORDS and not one.plural:
        body = _recent_body(one, cast)
        if body is not None:
            return body, "short form of a body", 0.6
    same = _same_noun(one, cast)
    if same is not None:
        return same, "same noun again", 0.75
    alike = _alike(one, cast) if one.plural and not one.indefinite else None
    if alike is not None:
        return alike, "another noun for the same group", 0.55
    owner = _national(one, cast)
    if owner is not None:
        return _owned_group(replace(one, owner=owner), cast), "noun of the only state so far", 0.6
    return unnamed(one, cast, "organisation" if one.noun.kind == "body" else "group"), "new group", 0.8


def plural_form(noun: str) -> str:
    """The plural that keys use: "soldier" -> "soldiers", "policeman" -> "policemen"; mass nouns stay."""
    if noun in ("police", "people", "media", "staff") or noun.endswith("s"):
        return noun
    for ending, instead in (("man", "men"), ("child", "children"), ("person", "persons")):
        if noun.endswith(ending):
            return noun[: -len(ending)] + instead
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2:-1] not in "aeo" else noun + "s"


def _kind(one: Nominal) -> ActorKind:
    return "organisation" if one.noun.kind == "body" else "group"


def _owned_group(one: Nominal, cast: Figures) -> Figure:
    owner = one.owner
    assert owner is not None
    stem = one.noun.noun if one.noun.kind == "body" and not one.plural else plural_form(one.noun.noun)
    prefix = "org" if one.noun.kind == "body" else "group"
    key = f"{prefix}:{tail(owner.key)}:{slug(stem)}"
    if "@" in owner.key:
        key += f"@{cast.article}"
    figure = cast.add(key, display(one, owner), _kind(one))
    return dress(figure, one, cast)


def _same_noun(one: Nominal, cast: Figures) -> Figure | None:
    """The latest group called by the same noun, unless numbers or adjectives speak against it."""
    if one.indefinite:
        return None
    said = set(one.mention.text.lower().split())
    for figure in cast.latest():
        called = figure.kind in ("group", "organisation") and one.noun.noun in figure.nouns and figure.seen
        if called and (len(said) == 1 or any(said <= set(phrase.split()) for phrase in figure.phrases)):
            return figure
    return None


def _recent_body(one: Nominal, cast: Figures) -> Figure | None:
    """The most salient organisation that the noun can mean; one called so before counts half more."""
    found = [
        figure
        for figure in cast.recent(one.mention.sentence_no, ["organisation"])
        if one.noun.sector in (None, figure.sector) or figure.sector is None or one.noun.noun in figure.nouns
    ]
    sentence = one.mention.sentence_no

    def weight(figure: Figure) -> tuple[float, int]:
        called_so = 1.5 if one.noun.noun in figure.nouns else 1.0
        return -called_so * figure.salience(sentence), figure.ordinal

    return min(found, key=weight) if found else None


_FORCES = words("REB MIL COP CRM OPP")
ANYBODY = words("man woman person people victim suspect youth individual member detainee prisoner captive")
_ON_DUTY = words("GOV LEG JUD MED IGO COP SPY")


def _alike(one: Nominal, cast: Figures) -> Figure | None:
    """ "the men" after "two Palestinians", "troops" after "Israeli soldiers": the one group it can mean."""
    near = [
        f for f in cast.recent(one.mention.sentence_no, ["group", "organisation"]) if f.plural or f.sector
    ]
    if one.noun.noun in ANYBODY:
        human = [f for f in near if f.plural and f.kind == "group" and f.sector not in _ON_DUTY]
        return human[0] if human and one.definite else None
    if one.noun.sector not in _FORCES or (not one.definite and " " in one.mention.text):
        return None
    same = [figure for figure in near if figure.sector == one.noun.sector]
    homes = {home.key if home else figure.key for figure in same for home in [cast.home(figure)]}
    return same[0] if same and (one.definite or len(homes) == 1) else None


_NATIONAL = words("GOV MIL COP LEG JUD SPY")


def _national(one: Nominal, cast: Figures) -> Figure | None:
    """ "the military", "officials", "parliament" are those of the only state that the article has named."""
    if one.noun.sector not in _NATIONAL or one.indefinite or len(one.mention.text.split()) > 2:
        return None
    states = cast.states()
    return states[0] if len(states) == 1 else None
