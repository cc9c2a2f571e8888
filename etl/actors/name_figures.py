"""Names of one article to figures: the gazetteer's, acronyms that the text explains, full and short forms."""

from __future__ import annotations

import re
from itertools import pairwise

from spacy.tokens import Token

from etl.actors.figures import Figure, tail
from etl.actors.mentions import entry_of
from etl.actors.names import Name, acronym, body_slug, groups, led_by, stands_for, state_and_body
from etl.actors.noun_phrases import modifies_a_noun
from etl.actors.pronouns import role_of
from etl.actors.scene import Decision, Scene
from etl.clause import preposition_of
from etl.gazetteer import Entry, actor_nouns, find, fold, lookup, slug
from etl.records import Mention

_EXPLAINED = re.compile(r"\s*(?:\(|, or )\s*")
_PARTY_TO = frozenset({"with", "against", "between", "by", "on", "upon"})


def settle(scene: Scene) -> None:
    """Decide every name of the article; short forms may stand before their long ones. An administration or
    campaign is the one who leads it.
    """
    defined = explained(scene)
    leads = {m.ordinal: led_by(m.text, _behind(scene, m)) for m in scene.names if m.form == "name"}
    labels = _labels(scene) | {ordinal: "PER" for ordinal, surname in leads.items() if surname}
    led = groups([Name(leads.get(m.ordinal) or m.text, labels[m.ordinal]) for m in scene.names], defined)
    for mention, (head, rule) in zip(scene.names, led, strict=True):
        if entry_of(mention) is not None or mention.form == "epithet":
            scene.decided[mention.ordinal] = _known(scene, mention, defined)
        else:
            scene.decided[mention.ordinal] = _named(scene, mention, labels[mention.ordinal], head, rule)


def _behind(scene: Scene, mention: Mention) -> str:
    return scene.piece(mention).slice(mention.end_char, mention.end_char + 20)


def _labels(scene: Scene) -> dict[int, str]:
    """The kind of each name; a surname of somebody in the article is a person whatever the pipeline says."""
    people = {m.text.split()[-1] for m in scene.names if m.ent_type == "PER" and " " in m.text}
    people |= {m.text for m in scene.names if m.ent_type == "PER"}
    return {
        m.ordinal: "PER" if m.text in people and entry_of(m) is None and m.form == "name" else m.ent_type
        for m in scene.names
    }


def explained(scene: Scene) -> dict[str, str]:
    """Acronyms that the text explains: "Movement for Democratic Change (MDC)" -> {"MDC": "Movement ..."}."""
    found = {}
    for one, two in pairwise(scene.names):
        between = scene.piece(one).slice(one.end_char, two.start_char)
        fits = acronym(two.text) and stands_for(two.text, one.text)
        if fits and _EXPLAINED.fullmatch(between):
            found[two.text] = one.text
    return found


def _known(scene: Scene, mention: Mention, defined: dict[str, str]) -> Decision:
    """A name of the gazetteer; what the article itself explains comes first."""
    if mention.text in defined:
        full = lookup(defined[mention.text])
        figure = scene.figures.of_entry(full) if full else _organisation(scene, defined[mention.text])
        return figure, "acronym defined in the text", 0.95
    entry = entry_of(mention)
    if entry is None:
        return None, "open: direction", 0.3
    if entry.plural or (entry.form == "demonym" and _one_of_a_people(scene.token(mention))):
        return scene.figures.people_of(entry, mention.text), "people of a state", 0.9
    return scene.figures.of_entry(entry), f"gazetteer {mention.form}", 0.95


def _one_of_a_people(token: Token | None) -> bool:
    """ "a Palestinian was killed": a demonym as a noun with a number or an indefinite article."""
    if token is None or modifies_a_noun(token) or token.dep_ == "amod":
        return False
    one = ("a", "an", "one", "another")
    return any(child.lower_ in one or child.dep_ == "nummod" for child in token.children)


def _named(scene: Scene, mention: Mention, label: str, head: str, rule: str) -> Decision:
    if rule.startswith("ambiguous"):
        return None, f"open: {rule}", 0.3
    entry: Entry | None = (
        lookup(head) if label == "ORG" or rule.startswith(("gazetteer", "acronym")) else None
    )
    if entry is not None and not entry.capital:
        return scene.figures.of_entry(entry), rule, 0.9
    if label == "PER":
        return _person(scene, head), rule, 0.9 if rule == "name" else 0.85
    if label == "LOC":
        return _locality(scene, mention, head)
    if label == "NORP":
        figure = scene.figures.add(f"group:{slug(head)}", head, "group")
        figure.plural = figure.named = True
        return figure, "people without a state", 0.8
    return _organisation(scene, head), rule, 0.85


def _person(scene: Scene, head: str) -> Figure:
    whole = " " in fold(head)
    key = f"person:{slug(head)}" if whole else f"person:?{slug(head)}@{scene.figures.article}"
    figure = scene.figures.add(key, head, "person")
    figure.named = True
    return figure


def _organisation(scene: Scene, head: str) -> Figure:
    found = state_and_body(head)
    if found is not None:
        return _body_of_state(scene, head, *found)
    figure = scene.figures.add(f"org:{slug(head)}", head, "organisation")
    figure.named = True
    for match in find(head):
        if match.entry.kind == "country" and not match.entry.capital:
            scene.figures.belong(figure, scene.figures.of_entry(match.entry))
    figure.sector = figure.sector or _sector_of_name(head)
    return figure


def _body_of_state(scene: Scene, head: str, state: Entry, rest: str) -> Figure:
    """ "Government of Japan" is Japan, "U.S. Secret Service" and "United States Secret Service" are one."""
    home = scene.figures.of_entry(state)
    known = lookup(rest)
    if known is not None and known.kind == "organisation" and known.country == state.country:
        return scene.figures.of_entry(known)
    if rest == "Government":
        return home
    figure = scene.figures.add(f"org:{tail(home.key)}:{body_slug(rest)}", head, "organisation")
    figure.named = True
    scene.figures.belong(figure, home)
    figure.sector = figure.sector or _sector_of_name(rest)
    return figure


def _sector_of_name(name: str) -> str | None:
    """ "Civil Aviation Court" is a court: the sector of the last word that is a noun for a body."""
    found = (actor_nouns().get(word) for word in reversed(fold(name).split()))
    return next((noun.sector for noun in found if noun and noun.kind == "body" and noun.sector), None)


def _locality(scene: Scene, mention: Mention, head: str) -> Decision:
    """A city or region is an actor only where the sentence makes it act or be acted upon."""
    token = scene.token(mention)
    if token is None or not _argument(token):
        return None, "open: a place, not an actor", 0.5
    figure = scene.figures.add(f"group:{slug(head)}", head, "group")
    figure.named = True
    return figure, "locality as a party", 0.6


def _argument(token: Token) -> bool:
    """Whether a place name stands where actors stand: subject, object, "against X", "with X"."""
    preposition = preposition_of(token)
    if preposition:
        return preposition.split()[-1] in _PARTY_TO
    return role_of(token) in ("subject", "object") and not modifies_a_noun(token)
