"""Plural nouns and nouns for bodies to groups and organisations: "officials", "the army", "the group"."""

from __future__ import annotations

from dataclasses import replace

from etl.actors.figures import Figure, Figures, tail
from etl.actors.nominals import Nominal, display, dress, unnamed
from etl.actors.sayers import said_before, sayer
from etl.actors.scene import Decision
from etl.gazetteer import slug
from etl.records import ActorKind
from etl.words import words

_BODY_WORDS = words(
    "group organization organisation agency body bloc movement party company firm union alliance court panel"
    " council commission committee tribunal mission network newspaper ministry department bank faction"
    " watchdog institution association airline broadcaster magazine militia team coalition force army"
)


def resolve(one: Nominal, cast: Figures) -> Decision:
    """The group or organisation that a plural noun or a noun for a body stands for."""
    membership = _membership(one, cast)
    if membership is not None:
        return membership, "body of its member", 0.7
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
    for owner, rule in (
        (_national(one, cast), "noun of the only state so far"),
        (_speaking(one, cast), "noun of the state that says it"),
        (_sending(one, cast), "peacekeepers of the body in reach"),
    ):
        if owner is not None:
            return _owned_group(replace(one, owner=owner), cast), rule, 0.6
    return unnamed(one, cast, "organisation" if one.noun.kind == "body" else "group"), "new group", 0.8


_JOINED = words("party company firm group organization organisation movement union agency ministry")


def _membership(one: Nominal, cast: Figures) -> Figure | None:
    """ "his party" after "Likud chairman Benjamin Netanyahu": the organisation that the text ties him to."""
    owner = one.owner
    if owner is None or owner.kind != "person" or owner.affiliation is None or one.plural:
        return None
    body = cast.all[owner.affiliation]
    return body if body.kind == "organisation" and one.noun.noun in _JOINED else None


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
    """The most salient organisation that the noun can mean; those called so, or with the noun in their name
    ("the ministry" after "the Croatian Foreign Ministry"), before all others."""
    found = [
        figure
        for figure in cast.recent(one.mention.sentence_no, ["organisation"])
        if one.noun.sector in (None, figure.sector) or figure.sector is None or one.noun.noun in figure.nouns
    ]
    called = [figure for figure in found if _called(figure, one.noun.noun)] or found
    sentence = one.mention.sentence_no
    return min(called, key=lambda f: (-f.salience(sentence), f.ordinal)) if called else None


def _called(figure: Figure, noun: str) -> bool:
    return noun in figure.nouns or noun in figure.name.lower().split()


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
    if one.noun.noun in _SENT or not _bare_service(one):
        return None
    states = cast.states()
    return states[0] if len(states) == 1 else None


def _bare_service(one: Nominal) -> bool:
    """Whether the noun is for a state's own people and stands with at most one word more."""
    return one.noun.sector in _NATIONAL and not one.indefinite and len(one.mention.text.split()) <= 2


def home_of_sayer(one: Nominal, cast: Figures) -> Figure | None:
    """The state of whoever says the clause ("Israeli officials say troops spotted the men"), or of whoever
    said the sentence before, for those who now say something themselves ("Officials say ...")."""
    speaker = sayer(one.token) or said_before(one.token)
    figure = cast.at(cast.base + speaker.idx) if speaker is not None else None
    return cast.home(figure) if figure is not None else None


def _speaking(one: Nominal, cast: Figures) -> Figure | None:
    if one.noun.noun in _SENT or one.definite or not _bare_service(one):
        return None
    return home_of_sayer(one, cast)


_SENT = words("peacekeeper peacekeepers")


def _sending(one: Nominal, cast: Figures) -> Figure | None:
    """Peacekeepers are not the state's in which they stand but of the only international body in reach."""
    if one.noun.noun not in _SENT:
        return None
    bodies = [f for f in cast.recent(one.mention.sentence_no, ["organisation"]) if f.sector == "IGO"]
    return bodies[0] if len(bodies) == 1 else None
