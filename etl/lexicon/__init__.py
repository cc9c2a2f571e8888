"""The coder's word lists: which words report which act, who stands where around them, who reports it.

Each CSV file has one entry a line and an `example` that the tests run. Slots in `source` and `target` are
tried from left to right (`etl.clause` names them); an empty cell means that the word gives no such role.
Words of a pattern after the verb must stand beside it as particle, object or preposition ("open fire"); those
before a noun must come right before it ("air strike"), those after it must depend on it ("strike on").
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from spacy.tokens import Token

from etl.plover import CONTEXTS, EVENT_TYPES

FOLDER = Path(__file__).parent
AFTER_NOUN = frozenset({"of", "on", "against", "for", "by", "between", "to"})
NEAR = frozenset(
    {"nmod", "case", "compound", "compound:prt", "prt", "fixed", "amod", "prep", "pobj", "nmod:poss", "poss"}
)


ENDINGS = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"), ("ing", ""), ("ing", "e"),
    ("ling", "l"), ("led", "l"), ("ising", "ize"), ("ised", "ize"), ("ises", "ize"),
)  # fmt: skip

NO_OBJECT = "~"
"""In a verb's pattern: it has no object ("withdraw ~ from" a treaty, not one's troops from a country)."""

PRIOR = 0.5
"""Share of an entry that the annotated news never use."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry:
    """One word or phrase that reports an act; `head` is the position of its inflected word in `words`.

    `share` is how often its uses report an act at all, counted in annotated news and drawn towards one half
    where it was seen seldom (`weights.csv`: uses, and acts among them).
    """

    words: tuple[str, ...]
    head: int
    part: str
    event_type: str
    mode: str | None
    context: tuple[str, ...]
    source: tuple[str, ...]
    target: tuple[str, ...]
    example: str
    share: float

    @property
    def name(self) -> str:
        """How the entry is named in an event's reason, such as `verb:call+for`."""
        return f"{self.part}:{'+'.join(self.words)}"


@dataclass(frozen=True, slots=True)
class Report:
    """A word that says who reports something; `kind` is verb or preposition."""

    cue: str
    kind: str
    example: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """A word that says whether the act in its complement happened; `part` tells how it stands to the act."""

    word: str
    part: str
    status: str
    example: str


@dataclass(frozen=True, slots=True)
class Support:
    """A verb that leaves the act to its noun; `noun_is` is object, oblique or recipient."""

    words: tuple[str, ...]
    noun_is: str
    example: str


def _rows(name: str) -> list[dict[str, str]]:
    with open(FOLDER / f"{name}.csv", encoding="utf8", newline="") as lines:
        return list(csv.DictReader(lines))


def _slots(cell: str) -> tuple[str, ...]:
    return tuple(slot for slot in cell.split("|") if slot)


def _head(words: list[str], part: str) -> int:
    if part != "noun":
        return 0
    return next((number for number, word in enumerate(words) if word in AFTER_NOUN), len(words)) - 1


def _entry(row: Mapping[str, str], part: str) -> Entry:
    words = row[part].split()
    entry = Entry(
        tuple(words), _head(words, part), part, row["type"], row["mode"] or None, _slots(row["context"]),
        _slots(row["source"]), _slots(row["target"]), row["example"], _shares().get((part, row[part]), PRIOR),
    )  # fmt: skip
    _check(entry)
    return entry


def _check(entry: Entry) -> None:
    kind = EVENT_TYPES.get(entry.event_type)
    if kind is None:
        raise ValueError(f"lexicon entry {entry.name}: there is no event type {entry.event_type!r}")
    if entry.mode and entry.mode not in kind.modes:
        raise ValueError(f"lexicon entry {entry.name}: {entry.event_type} has no mode {entry.mode!r}")
    unknown = set(entry.context) - set(CONTEXTS)
    if unknown:
        raise ValueError(f"lexicon entry {entry.name}: there is no context {min(unknown)!r}")


@cache
def _shares() -> Mapping[tuple[str, str], float]:
    return MappingProxyType(
        {
            (row["part"], row["pattern"]): (int(row["acts"]) + 2 * PRIOR) / (int(row["uses"]) + 2)
            for row in _rows("weights")
        }
    )


@cache
def entries(part: str) -> Mapping[str, tuple[Entry, ...]]:
    """Entries of `verb`, `noun` or `adjective` by head word, longest pattern first.

    Raises ValueError that names the entry where a type, mode or context is unknown.
    """
    by_head: dict[str, list[Entry]] = defaultdict(list)
    for row in _rows(f"{part}s"):
        entry = _entry(row, part)
        by_head[entry.words[entry.head]].append(entry)
    ranked = {
        head: tuple(sorted(some, key=lambda entry: -len(entry.words))) for head, some in by_head.items()
    }
    return MappingProxyType(ranked)


@cache
def reports() -> Mapping[str, Report]:
    """Reporting words by cue."""
    return MappingProxyType({row["cue"]: Report(**row) for row in _rows("reports")})


@cache
def outlooks(part: str) -> Mapping[str, Outlook]:
    """Words that colour their complement, by word; `part` is verb, noun, adjective or modifier."""
    return MappingProxyType({row["word"]: Outlook(**row) for row in _rows("outlooks") if row["part"] == part})


@cache
def supports() -> Mapping[str, tuple[Support, ...]]:
    """Support verbs by their first word, longest pattern first."""
    by_verb: dict[str, list[Support]] = defaultdict(list)
    for row in _rows("support_verbs"):
        words = tuple(row["verb"].split())
        by_verb[words[0]].append(Support(words, row["noun_is"], row["example"]))
    return MappingProxyType(
        {verb: tuple(sorted(some, key=lambda s: -len(s.words))) for verb, some in by_verb.items()}
    )


@cache
def _irregular() -> Mapping[str, str]:
    return MappingProxyType({row["form"]: row["base"] for row in _rows("irregular")})


@cache
def base_forms(word: str) -> tuple[str, ...]:
    """What `word` (lower case) may be a form of, likeliest first; guesses to be looked up in a list.

    Pipelines' lemmas are tried first; this keeps the lists working where a lemmatiser is weak or absent.
    """
    if word in _irregular():
        return _irregular()[word], word
    found = [word]
    for ending, instead in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1:
            found.append(stem + instead)
            if not instead and ending in ("ed", "ing") and len(stem) > 2 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return tuple(dict.fromkeys(found))


def look_up(table: Mapping[str, T], token: Token) -> T | None:
    """The entry of `table` for the lemma of `token`, or for what its form may be a form of."""
    found = table.get(token.lemma_.lower())
    if found is not None and token.lower_ not in _irregular():
        return found
    return next((table[form] for form in base_forms(token.lower_) if form in table), None)


def match(token: Token, part: str, allowed: Iterable[str] | None = None) -> Entry | None:
    """The longest entry of `part` that fits `token`, of one of the types in `allowed` if that is given."""
    candidates = look_up(entries(part), token)
    if not candidates:
        return None
    types = None if allowed is None else frozenset(allowed)
    for entry in candidates:
        if (types is None or entry.event_type in types) and _fits(token, entry):
            return entry
    return None


def _fits(token: Token, entry: Entry) -> bool:
    before, after = entry.words[: entry.head], entry.words[entry.head + 1 :]
    if NO_OBJECT in after and any(child.dep_ in ("obj", "dobj") for child in token.children):
        return False
    wanted = set(after) - {NO_OBJECT}
    return _stand_before(token, before) and (not wanted or wanted <= nearby(token))


def _stand_before(token: Token, words: tuple[str, ...]) -> bool:
    first = token.i - len(words)
    if not words:
        return True
    return first >= 0 and all(
        word in base_forms(found.lower_)
        for word, found in zip(words, token.doc[first : token.i], strict=True)
    )


def nearby(token: Token) -> set[str]:
    """Words and lemmas of the dependents of `token`, and of the prepositions and particles below them."""
    found = {token.nbor(1).lower_} if token.i + 1 < len(token.doc) else set()
    for child in token.children:
        found.update(base_forms(child.lower_))
        for inner in child.children:
            if inner.dep_ in NEAR:
                found.update(base_forms(inner.lower_))
    return found


def support_of(verb: Token) -> Support | None:
    """The support-verb entry that fits `verb` ("carry out", "take part in"), if any."""
    for support in look_up(supports(), verb) or ():
        if len(support.words) == 1 or set(support.words[1:]) <= nearby(verb):
            return support
    return None
