"""The cast of one article in the making: figures, how often and where they came up, what fits them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice, takewhile

from etl.gazetteer import Entry, slug, state
from etl.records import ActorKind, LocalActor

MEMORY = 3
"""How many sentences back a figure can still be meant by a pronoun or a short phrase."""
LOOKBACK = 300
"""How many of the latest figures are looked through for a noun or an office that comes up again."""
FADING = 0.5
"""What a mention weighs one sentence later (Lappin and Leass 1994 halve salience by sentence)."""


@dataclass(slots=True)
class Figure:
    """An actor in the making. What `settled` ones belong to, the gazetteer tells. `seen` holds
    (sentence, position, weight) of the mentions so far, `role` is that of the last one ("subject"),
    `adjectives` counts those that only modify ("Iranian media"), and `debut` is the sentence of the first
    name, also where that is still to come (-1: none).
    """

    ordinal: int
    key: str
    name: str
    kind: ActorKind
    country: str | None = None
    sector: str | None = None
    affiliation: int | None = None
    plural: bool = False
    gender: str = ""
    named: bool = False
    settled: bool = False
    nouns: set[str] = field(default_factory=set)
    phrases: set[str] = field(default_factory=set)
    seen: list[tuple[int, int, float]] = field(default_factory=list)
    role: str = ""
    adjectives: int = 0
    debut: int = -1

    def salience(self, sentence: int) -> float:
        """Sum of the weights of its mentions, halved for every sentence in between."""
        near = takewhile(lambda one: sentence - one[0] <= MEMORY, reversed(self.seen))
        return sum(weight * FADING ** (sentence - at) for at, _, weight in near if at <= sentence)

    def weight_in(self, sentence: int) -> float:
        """What its weightiest mention in that sentence weighs; 0 without one."""
        since = takewhile(lambda one: one[0] >= sentence, reversed(self.seen))
        return max((weight for at, _, weight in since if at == sentence), default=0.0)

    def last(self) -> tuple[int, int]:
        """Sentence and position of the latest mention; (-1, -1) before the first."""
        return self.seen[-1][:2] if self.seen else (-1, -1)


class Figures:
    """The figures of one article by key; `article` scopes the keys of unnamed ones.

    `base` is the offset of the Doc at work in the article text.
    """

    def __init__(self, article: str) -> None:
        self.article = article
        self.base = 0
        self.all: list[Figure] = []
        self._by_key: dict[str, Figure] = {}
        self._recency: dict[int, Figure] = {}
        self._at: dict[int, Figure] = {}
        self._states: list[Figure] = []
        self._holders: dict[str, list[Figure]] = {}

    def get(self, key: str) -> Figure | None:
        """The figure with this key, if there is one already."""
        return self._by_key.get(key)

    def add(self, key: str, name: str, kind: ActorKind) -> Figure:
        """The figure with this key, made now where it is new."""
        figure = self._by_key.get(key)
        if figure is None:
            figure = Figure(len(self.all), key, name, kind)
            self.all.append(figure)
            if kind == "country":
                self._states.append(figure)
            self._by_key[key] = figure
        return figure

    def rename(self, figure: Figure, key: str, name: str) -> None:
        """Gives a figure another key and name; where another figure has the key, both are one in the end."""
        del self._by_key[figure.key]
        figure.key, figure.name = key, name
        self._by_key.setdefault(key, figure)

    def new(self, stem: str, name: str, kind: ActorKind) -> Figure:
        """An unnamed figure that only this article knows; a second one of the same stem gets a number."""
        number, key = 1, f"{stem}@{self.article}"
        while key in self._by_key:
            number += 1
            key = f"{stem}~{number}@{self.article}"
        return self.add(key, name, kind)

    def remember(self, figure: Figure, sentence: int, position: int, weight: float) -> None:
        """Note a mention: its sentence, the offset of its head in the article, and what it weighs."""
        figure.seen.append((sentence, position, weight))
        self._recency.pop(figure.ordinal, None)
        self._recency[figure.ordinal] = figure
        self._at.setdefault(position, figure)

    def entitle(self, figure: Figure, noun: str) -> None:
        """Note that the text calls a figure by this noun."""
        figure.nouns.add(noun)
        self._holders.setdefault(noun, []).append(figure)

    def holders(self, noun: str) -> list[Figure]:
        """Named people whom the article, also later on, gives this office."""
        return [one for one in self._holders.get(noun, ()) if one.kind == "person" and one.named]

    def states(self) -> list[Figure]:
        """The states spoken of so far."""
        return [one for one in self._states if one.seen]

    def called_by_adjective(self) -> list[Figure]:
        """The states that the text has at least named by an adjective so far."""
        return [one for one in self._states if one.seen or one.adjectives]

    def to_be_introduced(self, sentence: int) -> list[Figure]:
        """People not met yet whose name comes up within memory after this sentence."""
        return [
            one
            for one in self.all
            if one.kind == "person" and one.named and not one.seen
            if sentence < one.debut <= sentence + MEMORY
        ]

    def latest(self) -> list[Figure]:
        """The figures met last, latest first."""
        return list(islice(reversed(self._recency.values()), LOOKBACK))

    def at(self, position: int) -> Figure | None:
        """The figure whose mention has its head at this offset of the article."""
        return self._at.get(position)

    def of_entry(self, entry: Entry) -> Figure:
        """The figure of a gazetteer entry, with the state that it belongs to."""
        figure = self._by_key.get(entry.key)
        if figure is None:
            owner = self._owner(entry)
            figure = self.add(entry.key, entry.name, entry.kind)
            figure.country, figure.sector, figure.named = entry.country, entry.sector, True
            figure.affiliation, figure.settled = owner.ordinal if owner else None, True
        return figure

    def _owner(self, entry: Entry) -> Figure | None:
        if entry.affiliation is None or entry.affiliation == entry.key:
            return None
        code = entry.affiliation.partition(":")[2]
        return self.of_entry(state(code))

    def people_of(self, entry: Entry, name: str) -> Figure:
        """The people of a state ("Ukrainians"): a group that belongs to it."""
        owner = self.of_entry(entry)
        figure = self.add(f"group:{tail(owner.key)}:people", name, "group")
        figure.country, figure.sector, figure.affiliation, figure.plural = (
            owner.country,
            "CVL",
            owner.ordinal,
            True,
        )
        return figure

    def belong(self, figure: Figure, owner: Figure | None) -> None:
        """Note what `figure` belongs to, unless that is known already: "Turkey's envoy to NATO" does not make
        NATO Turkish.
        """
        if owner is None or owner is figure or figure.settled or self._above(owner, figure):
            return
        if figure.affiliation is None and figure.kind != "country":
            figure.affiliation = owner.ordinal
            figure.country = figure.country or owner.country

    def _above(self, figure: Figure, other: Figure) -> bool:
        step: Figure | None = figure
        while step is not None and step.affiliation is not None:
            step = self.all[step.affiliation]
            if step is other:
                return True
        return False

    def home(self, figure: Figure) -> Figure | None:
        """The country at the end of a figure's affiliations, itself included."""
        step: Figure | None = figure
        while step is not None and step.kind != "country":
            step = self.all[step.affiliation] if step.affiliation is not None else None
        return step

    def recent(self, sentence: int, kinds: Iterable[str]) -> list[Figure]:
        """Figures of these kinds met within memory, the most salient first."""
        wanted = frozenset(kinds)
        near = takewhile(lambda one: sentence - one.last()[0] <= MEMORY, reversed(self._recency.values()))
        found = [one for one in near if one.kind in wanted]
        return sorted(found, key=lambda one: (-one.salience(sentence), one.ordinal))

    def records(self) -> list[LocalActor]:
        """What extraction hands on."""
        return [
            LocalActor(one.ordinal, one.key, one.name, one.kind, one.country, one.sector, one.affiliation)
            for one in self.all
        ]


def tail(key: str) -> str:
    """The part of a key after its kind, fit to be a part of another key: "country:RUS" -> "RUS"."""
    rest = key.partition(":")[2].partition("@")[0]
    return rest if rest.isupper() else slug(rest)
