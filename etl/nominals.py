"""Common nouns to actors: "the Russian president", "officials", "the government", "the group"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from spacy.tokens import Token

from etl.clause import base, obliques
from etl.figures import Figure, Figures, tail
from etl.gazetteer import ActorNoun, slug
from etl.noun_phrases import MAX_WORDS, actor_noun_of, plural
from etl.records import ActorKind, Mention
from etl.words import words

_DEFINITE = words("the this that these those his her its their our my whose said")
_INDEFINITE = words("a an another one some two three four five six seven eight nine ten several")
_BELONGING = frozenset({"of", "for", "from", "in", "with", "at"})
_FEMALE = words(
    "spokeswoman chairwoman congresswoman businesswoman policewoman woman girl mother daughter sister wife widow"
    " queen princess nun actress"
)
_MALE = words(
    "spokesman chairman congressman businessman policeman man boy father son brother husband king prince pope"
    " imam bishop cardinal monk sheikh ayatollah gunman"
)
_SPEAKERS = frozenset({"spokesman", "spokeswoman", "spokesperson", "official", "source", "witness"})
_BODY_WORDS = words(
    "group organization organisation agency body bloc movement party company firm union alliance court panel council"
    " commission committee network newspaper ministry department bank faction watchdog institution association"
    " airline broadcaster magazine militia team coalition force army"
)
_OPEN = words("side leader country nation government state power neighbor neighbour")


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


Decision = tuple[Figure | None, str, float]


def describe(mention: Mention, token: Token, owner: Figure | None, start: int) -> Nominal | None:
    """The nominal at `token` whose phrase begins at character `start` of the Doc; None where the lexicon does
    not know the noun."""
    noun = actor_noun_of(token)
    if noun is None:
        return None
    first = max(0, token.i - MAX_WORDS)
    words = {child.lower_ for child in token.children if child.i < token.i}
    words |= {before.lower_ for before in token.doc[first : token.i] if before.idx + len(before) + 1 == start}
    possessed = any(child.dep_ in ("nmod:poss", "poss") for child in token.children)
    numbered = bool(re.match(r"\d", mention.text)) or mention.text.split()[0].lower() in _INDEFINITE
    return Nominal(
        mention,
        token,
        noun,
        plural(token),
        possessed or bool(words & _DEFINITE),
        bool(words & _INDEFINITE) or numbered,
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
    """Nouns that the phrase belongs to by a preposition: "president of Russia", "spokesman for the ministry"."""
    return [noun for preposition, noun in obliques(token) if preposition in _BELONGING]


def resolve(one: Nominal, cast: Figures) -> Decision:
    """The figure that a nominal stands for, the rule that says so, and how sure it is."""
    if one.plural and one.noun.noun in _OPEN and _bare_count(one):
        return None, f"open: which {one.noun.noun}s", 0.3
    if one.noun.kind == "state" and (not one.plural or one.noun.noun == "authority"):
        return _state(one, cast)
    if one.noun.kind == "body" or one.plural:
        return _group(one, cast)
    return _person(one, cast)


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
    states = [figure for figure in cast.all if figure.kind == "country" and figure.seen]
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


# Groups and bodies


def _group(one: Nominal, cast: Figures) -> Decision:
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
    return _unnamed(one, cast, "organisation" if one.noun.kind == "body" else "group"), "new group", 0.8


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
    figure = cast.add(key, _display(one, owner), _kind(one))
    return _dress(figure, one, cast)


def _display(one: Nominal, owner: Figure) -> str:
    text = re.sub(
        r"^(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|dozens?)\s+", "", one.mention.text
    )
    inside = any(word[:1].isupper() for word in text.split())
    return text if inside else f"{owner.name}: {text}"


def _dress(figure: Figure, one: Nominal, cast: Figures) -> Figure:
    cast.belong(figure, one.owner)
    figure.sector = figure.sector or one.noun.sector
    if one.owner is not None and figure.sector is None and one.owner.kind == "organisation":
        figure.sector = one.owner.sector
    figure.plural = figure.plural or one.plural
    figure.gender = figure.gender or gender(one.noun.noun)
    figure.nouns.add(one.noun.noun)
    figure.phrases.add(one.mention.text.lower())
    return figure


def _same_noun(one: Nominal, cast: Figures) -> Figure | None:
    """The latest group called by the same noun, unless numbers or adjectives speak against it."""
    if one.indefinite:
        return None
    words = set(one.mention.text.lower().split())
    for figure in sorted(cast.all, key=lambda each: each.last(), reverse=True):
        if figure.kind in ("group", "organisation") and one.noun.noun in figure.nouns and figure.seen:
            if len(words) == 1 or any(words <= set(phrase.split()) for phrase in figure.phrases):
                return figure
    return None


def _recent_body(one: Nominal, cast: Figures) -> Figure | None:
    """The most salient organisation that the noun can mean; one that was called so counts half as much again."""
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
_ANYBODY = words("man woman person people victim suspect youth individual member detainee prisoner captive")
_ON_DUTY = words("GOV LEG JUD MED IGO COP SPY")


def _alike(one: Nominal, cast: Figures) -> Figure | None:
    """ "the men" after "two Palestinians", "troops" after "Israeli soldiers": the one group it can mean."""
    near = [
        f for f in cast.recent(one.mention.sentence_no, ["group", "organisation"]) if f.plural or f.sector
    ]
    if one.noun.noun in _ANYBODY:
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
    states = [figure for figure in cast.all if figure.kind == "country" and figure.seen]
    return states[0] if len(states) == 1 else None


def _unnamed(one: Nominal, cast: Figures, kind: ActorKind) -> Figure:
    prefix = {"organisation": "org", "person": "person"}.get(kind, "group")
    return _dress(cast.new(f"{prefix}:{slug(one.mention.text)}", one.mention.text, kind), one, cast)


# Single people


def _person(one: Nominal, cast: Figures) -> Decision:
    announced = _announced(one, cast)
    if announced is not None:
        return announced, "office of somebody named later", 0.65
    if one.indefinite:
        return _unnamed(one, cast, "person"), "new person", 0.8
    known = _by_office(one, cast)
    if known is not None:
        return known, "title", 0.75
    if one.owner is not None and _office_holder(one):
        return _office(one, cast), "office of a state", 0.7
    if one.definite and one.owner is None and one.noun.noun not in _SPEAKERS:
        found = [figure for figure in cast.recent(one.mention.sentence_no, ["person"]) if _fits(figure, one)]
        named = [figure for figure in found if figure.named]
        if len(found) == 1 or (found and one.noun.noun in _ANYBODY):
            return found[0], "the person in reach", 0.55
        if len(named) == 1:
            return named[0], "the only named person in reach", 0.5
    return _unnamed(one, cast, "person"), "new person", 0.7


def _fits(figure: Figure, one: Nominal) -> bool:
    return not figure.plural and _sexes_agree(figure, one)


def _office_holder(one: Nominal) -> bool:
    owner = one.owner
    return (
        owner is not None
        and owner.kind == "country"
        and one.noun.kind == "person"
        and one.noun.sector == "GOV"
    )


def _office(one: Nominal, cast: Figures) -> Figure:
    owner = one.owner
    assert owner is not None
    figure = cast.add(f"office:{tail(owner.key)}:{slug(one.noun.noun)}", _display(one, owner), "office")
    return _dress(figure, one, cast)


def _by_office(one: Nominal, cast: Figures) -> Figure | None:
    """The latest person whom the text gave this office (of the same owner, where both tell one)."""
    for figure in sorted(cast.all, key=lambda each: each.last(), reverse=True):
        if figure.kind in ("person", "office") and figure.seen and _holds(figure, one, cast):
            return figure
    return None


def _announced(one: Nominal, cast: Figures) -> Figure | None:
    """ "Egypt has freed a blogger", and the one whom the text then calls "blogger Abdel Kareem Nabil"."""
    if one.mention.text.lower().split()[0] in ("another", "other") or one.noun.noun in _SPEAKERS:
        return None
    held = [
        figure
        for figure in cast.all
        if figure.kind == "person" and figure.named and one.noun.noun in figure.nouns and not figure.seen
    ]
    return held[0] if len(held) == 1 and _holds(held[0], one, cast) else None


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
    return (last == "leader" and bool(nouns & _RULERS)) or (
        last == "spokesperson" and bool(nouns & _SPEAKERS)
    )


_RULERS = words(
    "president prime minister premier chancellor king queen emir sultan dictator chairman chief ruler"
) | {"prime minister"}


def _sexes_agree(figure: Figure, one: Nominal) -> bool:
    sex = gender(one.noun.noun)
    return not sex or not figure.gender or sex == figure.gender


def apposed(token: Token) -> Token | None:
    """The name that the nominal explains or is explained by ("the group, Jundallah,"), if the parse says so."""
    if base(token) == "appos":
        return token.head
    return next((child for child in token.children if base(child) == "appos"), None)
