"""One article while its cast is made: its Docs, its mentions, the figures, and what was decided so far."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from etl.actors.figures import Figure, Figures
from etl.records import Mention, Role

NAME_FORMS = frozenset({"name", "abbreviation", "metonym", "demonym", "epithet"})

OF = re.compile(r"\sof\s(?:the\s)?")
"""Between a noun and what it belongs to."""

Decision = tuple[Figure | None, str, float]
"""The figure that a mention stands for (None: open), the rule that says so, and how sure it is (0 to 1)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One Doc of the article; `text` is kept because `Doc.text` is put together anew at every use."""

    doc: Doc
    offset: int
    text: str
    tokens: dict[int, Token]

    def slice(self, start: int, end: int) -> str:
        """The text between two offsets of the article."""
        return self.text[start - self.offset : end - self.offset]


class Scene:
    """Mentions and figures of one article; `article` is its key. `besides` has what a mention stands for
    besides what was decided ("the two leaders").
    """

    def __init__(self, mentions: Sequence[Mention], docs: Sequence[tuple[Doc, int]], article: str) -> None:
        self.mentions = list(mentions)
        self.figures = Figures(article)
        self.roles: list[Role] = []
        self.decided: dict[int, Decision] = {}
        self.besides: dict[int, list[Decision]] = {}
        self.pieces = [
            Piece(doc, offset, doc.text, {token.idx: token for token in doc}) for doc, offset in docs
        ]
        self._offsets = [piece.offset for piece in self.pieces]
        self.names = sorted((m for m in mentions if m.form in NAME_FORMS), key=lambda m: m.start_char)
        self.starting_at = {m.start_char: m for m in reversed(self.names)}
        self.ending_at = {m.end_char: m for m in [*self.mentions, *self.names]}
        self._by_head: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            self._by_head.setdefault(mention.head_char, []).append(mention)

    def piece(self, mention: Mention) -> Piece:
        """The piece that a mention stands in."""
        return self.pieces[max(0, bisect_right(self._offsets, mention.start_char) - 1)]

    def token(self, mention: Mention) -> Token | None:
        """The head token of a mention; None where no token begins at its head."""
        piece = self.piece(mention)
        return piece.tokens.get(mention.head_char - piece.offset)

    def span(self, mention: Mention) -> Span | None:
        """The tokens that a mention touches."""
        piece = self.piece(mention)
        first = piece.tokens.get(mention.start_char - piece.offset)
        if first is None:
            return None
        end = first.i + 1
        while end < len(piece.doc) and piece.doc[end].idx < mention.end_char - piece.offset:
            end += 1
        return piece.doc[first.i : end]

    def at(self, token: Token, offset: int) -> Mention | None:
        """The name mention, else any mention, whose head is `token` of the piece at `offset`."""
        found = self._by_head.get(token.idx + offset, [])
        return next((m for m in found if m.form in NAME_FORMS), found[0] if found else None)

    def figure_at(self, token: Token, offset: int) -> Figure | None:
        """The figure that was found for the mention at `token`; None while that is open."""
        mention = self.at(token, offset)
        return self.figure(mention) if mention else None

    def figure(self, mention: Mention) -> Figure | None:
        """The figure decided for a mention so far."""
        return self.decided.get(mention.ordinal, (None, "", 0.0))[0]

    def name_behind(self, mention: Mention, between: re.Pattern[str]) -> Mention | None:
        """The name that begins right behind a mention and what stands `between`."""
        piece = self.piece(mention)
        gap = between.match(piece.text, mention.end_char - piece.offset)
        return self.starting_at.get(gap.end() + piece.offset) if gap else None

    def owner_behind(self, mention: Mention, between: re.Pattern[str]) -> Figure | None:
        """The state or body whose name stands there: "President Hugo Chávez of Venezuela"."""
        name = self.name_behind(mention, between)
        figure = self.figure(name) if name is not None else None
        return figure if figure is not None and figure.kind in ("country", "organisation") else None

    def resolved(self) -> list[Mention]:
        """The mentions with what was decided, one for each whom they stand for, numbered anew."""
        found = (
            (mention, decision)
            for mention in self.mentions
            for decision in (self.decided.get(mention.ordinal, _OPEN), *self.besides.get(mention.ordinal, ()))
        )
        return [_decided(mention, number, *decision) for number, (mention, decision) in enumerate(found)]


_OPEN: Decision = (None, "open", 0.3)


def _decided(mention: Mention, number: int, figure: Figure | None, rule: str, sure: float) -> Mention:
    actor = figure.ordinal if figure else None
    return replace(mention, ordinal=number, actor=actor, rule=rule, confidence=round(sure, 2))
