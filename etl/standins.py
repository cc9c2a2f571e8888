"""Which mention a word of the parse stands for: its own, a name in apposition, the people in a "group of"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from etl.clause import obliques
from etl.lexicon import base_forms
from etl.records import Mention

# Nouns that only count or bundle the people named after "of".
_BUNDLES = (
    "group number thousand hundred dozen ten million score majority couple pair crowd series member"
    " handful minority band team coalition one some many several most all both half none each either any rest"
)
BUNDLES = frozenset(_BUNDLES.split())
_CALENDAR = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july"
    " august september october november december jan feb mar apr jun jul aug sept sep oct nov dec gmt utc"
)
CALENDAR = frozenset(_CALENDAR.split())
APPOSED = frozenset({"appos", "flat", "nmod:desc"})
FORM_RANK = {
    "name": 0,
    "abbreviation": 1,
    "metonym": 2,
    "demonym": 3,
    "title": 4,
    "epithet": 5,
    "nominal": 6,
    "pronoun": 7,
}
Nominal = Callable[[Doc, Token], Mention]


@dataclass(slots=True)
class Actors:
    """The mentions of one Doc by token, and nominal ones made on demand for participants that have none.

    `offset` is the position of the Doc's first character in the article; `is_actor` says which common nouns
    name people or bodies, `make` builds a mention for one (its ordinal is settled by the caller).
    """

    doc: Doc
    offset: int
    mentions: Sequence[Mention]
    is_actor: Callable[[Token], bool]
    make: Nominal
    heads: dict[int, Mention] = field(default_factory=dict)
    cover: dict[int, Mention] = field(default_factory=dict)
    made: dict[int, Mention] = field(default_factory=dict)

    def __post_init__(self) -> None:
        at = {token.idx + self.offset: token.i for token in self.doc}
        for mention in sorted(self.mentions, key=_preference):
            head = at.get(mention.head_char)
            if head is not None:
                self.heads.setdefault(head, mention)
            for token in self._tokens(mention):
                self.cover.setdefault(token.i, mention)

    def _tokens(self, mention: Mention) -> Iterable[Token]:
        span = self.doc.char_span(
            mention.start_char - self.offset, mention.end_char - self.offset, alignment_mode="expand"
        )
        return span if span is not None else ()

    def of_token(self, token: Token) -> Mention | None:
        """The mention that `token` stands for: its own, that of its name in apposition, or a nominal one."""
        own = self.heads.get(token.i)
        if own is not None and own.form not in ("nominal", "title"):
            return own
        return (
            self._named(token) or own or self._bundled(token) or self._covering(token) or self._nominal(token)
        )

    def _named(self, token: Token) -> Mention | None:
        for child in token.children:
            mention = self.heads.get(child.i)
            if child.dep_ in APPOSED and mention is not None and mention.form in ("name", "abbreviation"):
                return mention
        return None

    def _bundled(self, token: Token) -> Mention | None:
        if BUNDLES.isdisjoint(base_forms(token.lower_)):
            return None
        inner = next((noun for preposition, noun in obliques(token) if preposition == "of"), None)
        return None if inner is None or inner.i == token.i else self.of_token(inner)

    def _covering(self, token: Token) -> Mention | None:
        mention = self.cover.get(token.i)
        # A name that only modifies its noun ("the Syria conference") is not what the noun stands for.
        if mention is None or (token.pos_ in ("NOUN", "VERB") and mention.form in ("name", "demonym")):
            return None
        return mention

    def _nominal(self, token: Token) -> Mention | None:
        unknown_name = token.pos_ == "PROPN" and token.text[:1].isupper() and token.lower_ not in CALENDAR
        return self.nominal(token) if unknown_name or self.is_actor(token) else None

    def nominal(self, token: Token) -> Mention:
        """A nominal mention of the noun phrase around `token`."""
        if token.i not in self.made:
            self.made[token.i] = self.make(self.doc, token)
        return self.made[token.i]

    def of_span(self, span: Span) -> Mention | None:
        """The mention for a span that a learned labeller takes for a participant; made if none is there."""
        if _mutual(span):
            return None
        root = span.root
        found = self.of_token(root)
        if found is not None:
            return found
        covered = [self.cover[token.i] for token in span if token.i in self.cover]
        if covered:
            return min(covered, key=_preference)
        return self.nominal(root) if root.pos_ in ("NOUN", "PROPN", "NUM", "PRON", "ADJ") else None


def _mutual(span: Span) -> bool:
    """ "Fired on one another" names nobody new; a labeller may have found one of the two words."""
    if len(span) > 2:
        return False
    around = span.doc[max(0, span.start - 1) : span.end + 1].text.lower()
    return "each other" in around or "one another" in around


def _preference(mention: Mention) -> tuple[int, int]:
    return FORM_RANK[mention.form], mention.start_char - mention.end_char
