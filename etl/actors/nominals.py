"""A nominal mention, what its sentence says about it, and the figure that is made of it where it is new."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Token

from etl.actors.figures import Figure, Figures
from etl.actors.noun_phrases import MAX_WORDS, actor_noun_of, modifies_a_noun, plural
from etl.clause import base, obliques
from etl.gazetteer import ActorNoun, adjective, find, fold, slug
from etl.records import ActorKind, Mention
from etl.words import words

_DEFINITE = words("the this that these those his her its their our my whose said")
_INDEFINITE = words("a an another one some two three four five six seven eight nine ten several")
_BELONGING = frozenset({"of", "for", "from", "in", "with", "at"})
_FEMALE = words(
    "spokeswoman chairwoman congresswoman businesswoman policewoman woman girl mother daughter sister wife"
    " widow queen princess nun actress"
)
_MALE = words(
    "spokesman chairman congressman businessman policeman man boy father son brother husband king prince pope"
    " imam bishop cardinal monk sheikh ayatollah gunman"
)
SPEAKERS = frozenset({"spokesman", "spokeswoman", "spokesperson", "official", "source", "witness"})
"""Nouns for people who are many in one article: the same noun need not be the same person."""


@dataclass(frozen=True, slots=True)
class Nominal:
    """One nominal mention with what the sentence says about it."""

    mention: Mention
    token: Token
    noun: ActorNoun
    plural: bool
    definite: bool
    indefinite: bool
    owner: Figure | None


def describe(mention: Mention, token: Token, owner: Figure | None, start: int) -> Nominal | None:
    """The nominal at `token` whose phrase begins at character `start` of the Doc; None where the lexicon does
    not know the noun."""
    noun = actor_noun_of(token)
    if noun is None:
        return None
    first = max(0, token.i - MAX_WORDS)
    words = {child.lower_ for child in token.children if child.i < token.i}
    words |= {before.lower_ for before in token.doc[first : token.i] if before.idx + len(before) + 1 == start}
    if modifies_a_noun(token):  # "a government decision": the article is the decision's
        words -= _INDEFINITE
    possessed = any(child.dep_ in ("nmod:poss", "poss") for child in token.children)
    definite = possessed or bool(words & _DEFINITE)
    numbered = bool(re.match(r"\d", mention.text)) or mention.text.split()[0].lower() in _INDEFINITE
    return Nominal(
        mention,
        token,
        noun,
        plural(token),
        definite,
        not definite and (bool(words & _INDEFINITE) or numbered),
        owner,
    )


def gender(noun: str) -> str:
    """ "f" or "m" where the noun tells it, else ''."""
    word = noun.rpartition(" ")[2]
    return "f" if word in _FEMALE else "m" if word in _MALE else ""


def possessor(token: Token) -> Token | None:
    """The word that owns the noun: "China" in "China's army"."""
    return next((child for child in token.children if child.dep_ in ("nmod:poss", "poss")), None)


def belonging(token: Token) -> list[Token]:
    """Nouns that the phrase belongs to by a preposition: "president of Russia", "officer in the navy"."""
    return [noun for preposition, noun in obliques(token) if preposition in _BELONGING]


def apposed(token: Token) -> Token | None:
    """The name that the nominal explains or that explains it ("the group, Jundallah,"), by the parse."""
    if base(token) == "appos":
        return token.head
    return next((child for child in token.children if base(child) == "appos"), None)


def display(one: Nominal, owner: Figure) -> str:
    """What to call a nominal of an owner: its words, with the owner before them where they do not name it."""
    text = _NUMBER.sub("", one.mention.text)
    if any(match.entry.key == owner.key for match in find(text)):
        return text
    if adjective(owner.key) is None and set(fold(text).split()) & set(fold(owner.name).split()):
        return text
    return after_state(owner, text)


def after_state(owner: Figure, text: str) -> str:
    """A description called after its owner: "South Korean president", "Hamas: fighters"."""
    return f"{adjective(owner.key) or owner.name + ':'} {text}"


_NUMBER = re.compile(
    r"^(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twen|thir|for"
    r"|fif|six|seven|eigh|nine)ty|dozens?|hundreds?|thousands?)\s+",
    re.IGNORECASE,
)


def dress(figure: Figure, one: Nominal, cast: Figures) -> Figure:
    """Note on `figure` what the nominal tells of it."""
    cast.belong(figure, one.owner)
    figure.sector = figure.sector or one.noun.sector
    if one.owner is not None and figure.sector is None and one.owner.kind == "organisation":
        figure.sector = one.owner.sector
    figure.plural = figure.plural or one.plural
    figure.gender = figure.gender or gender(one.noun.noun)
    figure.nouns.add(one.noun.noun)
    figure.phrases.add(one.mention.text.lower())
    return figure


def unnamed(one: Nominal, cast: Figures, kind: ActorKind) -> Figure:
    """A new figure that only this article knows."""
    prefix = {"organisation": "org", "person": "person"}.get(kind, "group")
    return dress(cast.new(f"{prefix}:{slug(one.mention.text)}", one.mention.text, kind), one, cast)
