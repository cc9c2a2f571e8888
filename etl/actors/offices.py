"""Offices that the text gives its people, as role records, and what people and organisations belong to."""

from __future__ import annotations

import re
from bisect import bisect_left

from spacy.tokens import Doc, Span

from etl.actors import roles
from etl.actors.figures import Figure, tail
from etl.actors.names import body_slug, generic
from etl.actors.nominals import after_state, gender
from etl.actors.noun_phrases import singular
from etl.actors.scene import OF, Piece, Scene
from etl.gazetteer import actor_nouns
from etl.records import Mention, Role
from etl.words import words

_HONORIFICS = {
    **dict.fromkeys(("mr", "mr.", "sir", "lord", "king", "prince", "sheikh", "pope"), "m"),
    **dict.fromkeys(("mrs", "mrs.", "ms", "ms.", "miss", "lady", "queen", "madame", "princess"), "f"),
}
_RULERS = {"pope": "pope"} | dict.fromkeys(
    ("king", "queen", "prince", "princess", "crown prince", "emperor", "emir", "sultan"), "royal"
)
"""Titles before a name that is no surname, and what the key of such a person says."""
_SMALL = words("of for the a an and to in from at by with on as its his her their our my - – 's ’s ' ’")
_REACH = 6
"""How many words before an organisation's name can say what it belongs to ("Russian gas giant Gazprom")."""


def settle(scene: Scene) -> None:
    """Read the offices before, behind and beside every name that has been decided; then tell "Pope Francis"
    from those with that surname, and one state's "Ministry of Health" from another's.
    """
    named = {id(piece): _named_tokens(scene, piece) for piece in scene.pieces}
    for mention in scene.names:
        figure, span, piece = scene.figure(mention), scene.span(mention), scene.piece(mention)
        if figure is None or span is None:
            continue
        if mention.ent_type == "PER" and figure.kind == "person":
            _of_person(scene, mention, figure, span, piece, named[id(piece)])
        elif figure.kind == "organisation" and mention.form == "name":
            _owner_before(scene, figure, span, piece)
    for figure in scene.figures.all:
        if figure.key.startswith("person:?"):
            _crown(scene, figure)
        elif figure.kind == "organisation" and not figure.settled and generic(figure.name):
            _attach(scene, figure)


def _crown(scene: Scene, figure: Figure) -> None:
    """Give those with a ruler's title a key that no namesake by surname has."""
    title = next((noun for noun in sorted(figure.nouns) if noun in _RULERS), None)
    if title is not None:
        bare = figure.key.removeprefix("person:?")
        scene.figures.rename(figure, f"person:?{_RULERS[title]}:{bare}", f"{title.title()} {figure.name}")


def _attach(scene: Scene, figure: Figure) -> None:
    """Give "the Ministry of Health" to its state or to the only one of the article, else to the article."""
    states = [other for other in scene.figures.all if other.kind == "country"]
    home = scene.figures.home(figure) or (states[0] if len(states) == 1 else None)
    if home is not None and figure.key.startswith(f"org:{tail(home.key)}:"):
        return
    if home is None:
        scene.figures.rename(figure, f"{figure.key}@{scene.figures.article}", figure.name)
        return
    key = f"org:{tail(home.key)}:{body_slug(figure.name)}"
    scene.figures.belong(figure, home)
    scene.figures.rename(figure, key, after_state(home, figure.name))


def _named_tokens(scene: Scene, piece: Piece) -> set[int]:
    first = bisect_left(scene.names, piece.offset, key=lambda mention: mention.start_char)
    last = bisect_left(scene.names, piece.offset + len(piece.text), key=lambda mention: mention.start_char)
    spans = [scene.span(mention) for mention in scene.names[first:last]]
    return {token.i for span in spans if span is not None for token in span}


def _of_person(
    scene: Scene, mention: Mention, figure: Figure, span: Span, piece: Piece, named: set[int]
) -> None:
    doc, parsed = piece.doc, piece.doc.has_annotation("DEP")
    _gender(figure, doc, span.start)
    head = span.root if parsed else span[-1]
    found = [roles.before(doc, span.start, named), roles.after(doc, span)]
    found.append(roles.by_copula(head) if parsed else None)
    for office in found:
        if office is not None:
            _note(scene, mention, figure, office, piece)


def _gender(figure: Figure, doc: Doc, start: int) -> None:
    for token in doc[max(0, start - 3) : start]:
        figure.gender = figure.gender or _HONORIFICS.get(token.lower_, "") or gender(token.lower_)


def _note(scene: Scene, mention: Mention, figure: Figure, office: roles.Office, piece: Piece) -> None:
    start, end = _characters(piece, office)
    owner, title = _owner_within(scene, start, end, piece)
    owner = owner or scene.owner_behind(mention, OF)
    scene.figures.entitle(figure, office.noun.noun)
    figure.sector = figure.sector or office.noun.sector or (owner.sector if owner else None)
    figure.gender = figure.gender or gender(office.noun.noun)
    scene.figures.belong(figure, owner)
    scene.roles.append(
        Role(
            figure.ordinal,
            title,
            owner.ordinal if owner else None,
            mention.sentence_no,
            min(start, mention.start_char),
            max(end, mention.end_char),
        )
    )


def _characters(piece: Piece, office: roles.Office) -> tuple[int, int]:
    """Where the words of an office stand in the article, without the line ends around them."""
    said = [token for token in piece.doc[office.start : office.end] if not token.is_space]
    return said[0].idx + piece.offset, said[-1].idx + len(said[-1]) + piece.offset


def _owner_within(scene: Scene, start: int, end: int, piece: Piece) -> tuple[Figure | None, str]:
    """The organisation or state named inside an office phrase, and the words of the office without it."""
    text = piece.slice(start, end)
    owners = []
    first = bisect_left(scene.names, start, key=lambda mention: mention.start_char)
    last = bisect_left(scene.names, end, key=lambda mention: mention.start_char)
    for mention in scene.names[first:last]:
        figure = scene.figure(mention)
        inside = mention.end_char <= end
        if inside and figure is not None and figure.kind in ("organisation", "country", "group"):
            owners.append(figure)
            text = text.replace(mention.text, " ")
    owner = next(
        (figure for figure in owners if figure.kind == "organisation"), owners[0] if owners else None
    )
    return owner, office_title(text)


def office_title(text: str) -> str:
    """ "'s foreign minister" -> "foreign minister": the words of an office without what surrounds them."""
    parts = [word.strip(",") for word in re.sub(r"['’]s?(?=\s|$)", " ", text).split()]
    while parts and parts[0].lower() in _SMALL:
        parts = parts[1:]
    while parts and parts[-1].lower() in _SMALL:
        parts.pop()
    return " ".join(parts)


def _owner_before(scene: Scene, figure: Figure, span: Span, piece: Piece) -> None:
    """ "North Korean state media outlet Korean Central News Agency": the demonym and the nouns before."""
    for token in reversed(piece.doc[max(0, span.start - _REACH) : span.start]):
        mention = scene.at(token, piece.offset)
        if mention is not None and mention.form == "demonym":
            scene.figures.belong(figure, scene.figure(mention))
        if mention is not None or token.pos_ not in ("NOUN", "ADJ") or not token.text[:1].islower():
            return
        noun = actor_nouns().get(singular(token))
        figure.sector = figure.sector or (noun.sector if noun else None)
