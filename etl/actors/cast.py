"""Who is who: the cast of one article. The same actor across articles is in `etl.actors.across`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from etl.actors import name_figures, nominal_rules, nominals, offices, pronouns
from etl.actors.figures import Figure
from etl.actors.noun_phrases import MAX_WORDS, singular
from etl.actors.scene import OF, Decision, Scene
from etl.actors.several import several
from etl.clause import base
from etl.gazetteer import ActorNoun, actor_nouns, lookup, slug, titles
from etl.records import LocalActor, Mention, Role

_GENDERED = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}


def cast(
    mentions: Sequence[Mention], docs: Sequence[tuple[Doc, int]], article_key: str
) -> tuple[list[Mention], list[LocalActor], list[Role]]:
    """Resolve the mentions of one article to its actors.

    `docs` are the pieces of the article, each with the offset of its first character in the article text.
    Returned are the mentions in the same order with `actor` (an ordinal of the returned actors, None where it
    stays open), `rule` and `confidence` set, those that stand for several actors once for each and all
    numbered anew; the actors; and the offices that the text gives them.

    Names come first, since a short form may precede its explanation; then their offices; then nominals and
    pronouns in text order; last "I" and "we", whose speaker often stands behind the quotation.
    """
    scene = Scene(mentions, docs, article_key)
    name_figures.settle(scene)
    offices.settle(scene)
    _announce(scene)
    order = sorted(scene.mentions, key=lambda m: (m.start_char, -m.end_char))
    for mention in sorted(order, key=_of_speaker):
        _settle(scene, mention)
    return scene.resolved(), scene.figures.records(), scene.roles


def _announce(scene: Scene) -> None:
    """Note in which sentence each name comes up first, for descriptions that stand before it."""
    for mention in scene.names:
        figure = scene.figure(mention)
        if figure is not None and figure.debut < 0:
            figure.debut = mention.sentence_no


def _of_speaker(mention: Mention) -> bool:
    return mention.form == "pronoun" and mention.text.lower() in pronouns.SELF


def _settle(scene: Scene, mention: Mention) -> None:
    token, offset = scene.token(mention), scene.piece(mention).offset
    scene.figures.base = offset
    if mention.ordinal not in scene.decided:
        scene.decided[mention.ordinal] = _decide(scene, mention, token, offset)
    elif mention.form == "epithet" and scene.figure(mention) is None:
        scene.decided[mention.ordinal] = _direction(scene, mention)
    for figure in (scene.figure(mention), *(one[0] for one in scene.besides.get(mention.ordinal, ()))):
        if figure is not None and token is not None:
            _remember(scene, figure, mention, token)


def _remember(scene: Scene, figure: Figure, mention: Mention, token: Token) -> None:
    """Add a mention to what a figure weighs; an adjective ("Russian officials") brings nobody to mind."""
    if mention.form == "demonym" and token.dep_ == "amod":
        figure.adjectives += 1
        return
    figure.role = pronouns.role_of(token)
    weight = pronouns.ROLE_WEIGHT[figure.role] * (0.6 if mention.form == "pronoun" else 1.0)
    scene.figures.remember(figure, mention.sentence_no, mention.head_char, weight)
    if mention.form == "nominal" and singular(token) in actor_nouns():
        figure.nouns.add(singular(token))


def _decide(scene: Scene, mention: Mention, token: Token | None, offset: int) -> Decision:
    if token is None:
        return None, "open: no token", 0.3
    if mention.form != "pronoun":
        return _nominal(scene, mention, token, offset)
    decision = pronouns.resolve(mention, token, scene.figures, _upcoming(scene, token, offset))
    figure, word = decision[0], mention.text.lower()
    if figure is not None and figure.kind == "person" and word in _GENDERED:
        figure.gender = figure.gender or _GENDERED[word]
    return decision


def _upcoming(scene: Scene, token: Token, offset: int) -> Figure | None:
    """The subject of the main clause where `token` stands before it in a fronted phrase."""
    for child in token.sent.root.children:
        if base(child) in ("nsubj", "nsubjpass") and child.i > token.i:
            return scene.figure_at(child, offset)
    return None


def _direction(scene: Scene, mention: Mention) -> Decision:
    """ "the North" where exactly one "North ..." state is in the article."""
    start = mention.text + " "
    found = [one for one in scene.figures.states() if one.name.startswith(start)]
    if len(found) == 1:
        return found[0], "direction of a divided state", 0.8
    return None, "open: direction", 0.3


# Nominals: whose they are, and what they say of a name beside them


def _nominal(scene: Scene, mention: Mention, token: Token, offset: int) -> Decision:
    owner = _owner(scene, mention, token, offset)
    one = nominals.describe(mention, token, owner, mention.start_char - offset)
    if one is None:
        return _without_rule(scene, mention)
    each = several(one, scene, offset)
    if each:
        scene.besides[mention.ordinal] = each[1:]
        return each[0]
    return _apposition(scene, one, offset) or nominal_rules.resolve(one, scene.figures)


def _without_rule(scene: Scene, mention: Mention) -> Decision:
    """A participant that the lexicon does not know: a figure of its own, by its words."""
    entry = lookup(mention.text)
    if entry is not None:
        return scene.figures.of_entry(entry), f"gazetteer {entry.form}", 0.8
    if mention.form == "name":
        figure = scene.figures.add(f"org:{slug(mention.text)}", mention.text, "organisation")
    else:
        key = f"group:{slug(mention.text)}@{scene.figures.article}"
        figure = scene.figures.add(key, mention.text, "group")
    return figure, "participant by its words", 0.5


def _owner(scene: Scene, mention: Mention, token: Token, offset: int) -> Figure | None:
    """What the phrase belongs to: named inside it, before it ("China's"), or after it ("of Russia").

    What stands right beside the phrase counts before the parse, which long sentences mislead.
    """
    for inner in token.doc[max(0, token.i - MAX_WORDS) : token.i]:
        name = scene.at(inner, offset) if inner.idx + offset >= mention.start_char else None
        figure = scene.figure(name) if name is not None and name is not mention else None
        if figure is not None and figure.kind != "person":
            return figure
    beside = _possessor_beside(scene, mention) or scene.owner_behind(mention, _BEHIND)
    if beside is not None:
        return beside
    possessor = nominals.possessor(token)
    if possessor is not None:
        return scene.figure_at(possessor, offset)
    for noun in nominals.belonging(token):
        figure = scene.figure_at(noun, offset)
        if figure is not None and figure.kind in ("country", "organisation"):
            return figure
    return _government_inside(scene, mention, token)


def _possessor_beside(scene: Scene, mention: Mention) -> Figure | None:
    """ "South Africa's president", "Iran's armed forces": the name before the possessive ending."""
    before = scene.piece(mention).text[: mention.start_char - scene.piece(mention).offset]
    ending = _POSSESSIVE.search(before[-20:])
    if ending is None:
        return None
    name = scene.ending_at.get(mention.start_char - len(ending.group()))
    return scene.figure(name) if name is not None else None


_POSSESSIVE = re.compile(r"(?:(?:['’]s|['’])\s(?:\w+\s)?|(?<=\b(?:his|her|its))\s|(?<=\btheir)\s)$")
_BEHIND = re.compile(r"\s(?:of|in|from|for|at)\s(?:the\s)?")
_GOVERNMENT = ActorNoun("government", "state", "GOV", False)


def _government_inside(scene: Scene, mention: Mention, token: Token) -> Figure | None:
    """ "government troops" belong to the state whose government the article speaks of."""
    before = mention.text.lower().split()[:-1]
    if "government" not in before and "state" not in before:
        return None
    government = nominals.Nominal(mention, token, _GOVERNMENT, False, True, False, None)
    return nominal_rules.resolve(government, scene.figures)[0]


def _apposition(scene: Scene, one: nominals.Nominal, offset: int) -> Decision | None:
    """ "the group, Jundallah, ..." and "Abbas is the president" name the noun's referent."""
    other = nominals.apposed(one.token) or _subject_of(one.token)
    near = [_named_behind(scene, one), _named_before(scene, one)]
    for figure in (*near, scene.figure_at(other, offset) if other is not None else None):
        if figure is not None and _same_sort(figure, one):
            figure.nouns.add(one.noun.noun)
            return figure, "apposition", 0.85
    return None


def _named_behind(scene: Scene, one: nominals.Nominal) -> Figure | None:
    """ "a White House spokesman, Scott McClellan", "rights group Amnesty International", "the President of
    France, Nicolas Sarkozy".
    """
    piece = scene.piece(one.mention)
    start = one.mention.end_char - piece.offset
    owner = scene.name_behind(one.mention, OF)
    if owner is not None and owner.ent_type != "PER" and not one.plural:
        return _holder_behind(scene, owner)
    behind = _TITLE_BEHIND.match(piece.text, start)
    for end in range(behind.end() if behind else start, start, -1):
        name = scene.starting_at.get(end + piece.offset)
        if name is not None and name.ent_type in ("PER", "ORG", ""):
            between = piece.text[start:end].replace(",", " ").split()
            return scene.figure(name) if all(_in_title(word) for word in between) else None
    return None


_TITLE_BEHIND = re.compile(r",?\s(?:[\w.'’-]+\s){0,5}")


def _holder_behind(scene: Scene, owner: Mention) -> Figure | None:
    """Who is named behind "the president of" the owner; after a comma only where another stop follows."""
    piece = scene.piece(owner)
    name = scene.name_behind(owner, _GAP)
    if name is None or name.ent_type != "PER":
        return None
    apart = "," in piece.slice(owner.end_char, name.start_char)
    closed = _CLOSING.match(piece.text, name.end_char - piece.offset)
    return scene.figure(name) if closed or not apart else None


_GAP = re.compile(r",?\s")
_CLOSING = re.compile(r"\s?[,.;)]")


def _in_title(word: str) -> bool:
    entry = lookup(word)
    return word.lower() in titles() or word.lower() in ("of", "named", "called") or entry is not None


def _named_before(scene: Scene, one: nominals.Nominal) -> Figure | None:
    """ "Wang Yi, the foreign minister,": the name before the comma, unless the noun is subject of a verb."""
    piece = scene.piece(one.mention)
    before = piece.text[: one.mention.start_char - piece.offset]
    comma = re.search(r",\s(?:a|an|the|its|his|her|their)\s$", before[-12:])
    if comma is None or (
        one.token.i + 1 < len(piece.doc) and piece.doc[one.token.i + 1].pos_ in ("VERB", "AUX")
    ):
        return None
    name = scene.ending_at.get(one.mention.start_char - len(comma.group()))
    return scene.figure(name) if name is not None else None


def _same_sort(figure: Figure, one: nominals.Nominal) -> bool:
    if one.noun.kind == "state":
        return figure.kind == "country"
    if one.noun.kind == "body":
        return figure.kind == "organisation"
    return one.plural == figure.plural and figure.kind in ("person", "office", "group")


def _subject_of(token: Token) -> Token | None:
    """The subject of "X is the president" where `token` is "president"."""
    verb = token.head if token.dep_ == "attr" else token
    if token.dep_ != "attr" and not any(child.dep_ == "cop" for child in token.children):
        return None
    return next((child for child in verb.children if base(child) in ("nsubj", "nsubjpass")), None)
