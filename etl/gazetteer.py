"""The world as news names it: states, seats of government, organisations, and the words for people who act.

The tables are the CSV files of `etl/gazetteer/`; each says in its first line what it holds and where that is
from. ISO 3166 names and codes come from pycountry. Nobody who holds an office today is in any of them.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from string import ascii_lowercase, digits

import pycountry

from etl.records import ActorKind, Form

TABLES = Path(__file__).with_name("gazetteer")
_WORD = re.compile(r"[^\W_]+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-", "\u00a0": " "})
_PUNCTUATION = str.maketrans(
    dict.fromkeys(map(chr, range(128)), " ") | {c: c for c in ascii_lowercase + digits}
)
_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae"}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase of the gazetteer stands for. `affiliation` is the key of the state it belongs to.

    `plural` marks words for a people ("Russians"), `capital` a city that may stand for its state, `weak` a
    name that is also an ordinary word and needs the pipeline's agreement.
    """

    key: str
    name: str
    kind: ActorKind
    form: Form
    country: str | None = None
    sector: str | None = None
    affiliation: str | None = None
    plural: bool = False
    capital: bool = False
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Characters `start` to `end` of the searched text are `entry`."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class ActorNoun:
    """A common noun for people or bodies that act; `kind` is person, people, body or state."""

    noun: str
    kind: str
    sector: str | None
    title: bool


def plain(text: str) -> str:
    """`text` with typewriter quotes, hyphens and blanks; same length."""
    return text.translate(_QUOTES)


def fold(text: str) -> str:
    """Lower case without diacritics, quotes or punctuation, words parted by one blank.

    Names outside Latin script keep their letters.
    """
    bare = text
    if not text.isascii():
        bare = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode()
    words = bare.lower().replace("'", "").translate(_PUNCTUATION).split()
    return " ".join(words or text.lower().split())


def slug(text: str) -> str:
    """A key's last part: "Côte d'Ivoire" -> "cote-divoire"."""
    return fold(text).replace(" ", "-")


def rows(table: str) -> list[dict[str, str]]:
    """The rows of one CSV file of the gazetteer, its comment lines left out."""
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def _parts(cell: str | None) -> list[str]:
    return [part for part in (cell or "").split("|") if part]


def _abbreviated(alias: str) -> bool:
    letters = alias.replace(".", "").replace(" ", "")
    return (
        len(letters) <= 6 and sum(c.isupper() for c in letters) >= 2 and letters.isupper()
    ) or "." in alias


def _state_phrases(row: dict[str, str], state: Entry) -> Iterator[tuple[str, Entry]]:
    for adjective in _parts(row["adjectives"]):
        yield adjective, replace(state, form="demonym")
        if adjective[-1] not in "shez" and "." not in adjective:
            yield adjective + "s", replace(state, form="demonym", plural=True)
    for people in _parts(row["people"]):
        yield people, replace(state, form="demonym", plural=people[-1] == "s" or people.endswith("men"))
    for city in _parts(row["capitals"]):
        yield city, replace(state, form="metonym", capital=True)
    for alias in (row["name"], *_parts(row["aliases"])):
        yield alias, replace(state, form="abbreviation" if _abbreviated(alias) else "name")


def _official_names(alpha3: str) -> list[str]:
    """Names of ISO 3166 for a code, those that nobody writes in running text left out ("Congo")."""
    country = pycountry.countries.get(alpha_3=alpha3)
    found = [getattr(country, field, None) for field in ("name", "common_name", "official_name")]
    return [name.removeprefix("the ") for name in found if name and "," not in name and "(" not in name]


def _countries() -> Iterator[tuple[str, Entry]]:
    for row in rows("countries"):
        code = row["alpha3"]
        state = Entry(f"country:{code}", row["name"], "country", "name", code, "GOV")
        for name in _official_names(code):
            if name != "Congo":
                yield name, state
        yield from _state_phrases(row, state)


def _polities() -> Iterator[tuple[str, Entry]]:
    for row in rows("polities"):
        code = row["alpha3"] or None
        owner = f"country:{code}" if code else None
        key = f"country:{row['key']}"
        yield from _state_phrases(row, Entry(key, row["name"], "country", "name", code, "GOV", owner))


def _metonyms() -> Iterator[tuple[str, Entry]]:
    for row in rows("metonyms"):
        owner = f"country:{row['alpha3']}"
        form: Form = row["form"]  # type: ignore[assignment]
        if row["kind"] == "state":
            yield row["phrase"], replace(state(row["alpha3"]), form=form)
        else:
            key = f"org:{slug(row['name'])}"
            yield (
                row["phrase"],
                Entry(key, row["name"], "organisation", form, row["alpha3"], row["sector"] or None, owner),
            )


def _organisations() -> Iterator[tuple[str, Entry]]:
    for row in rows("organisations"):
        name, code = row["name"].lstrip("?"), row["country"] or None
        owner = f"country:{code}" if code else None
        for alias in (row["name"], *_parts(row["aliases"])):
            phrase = alias.lstrip("?")
            form: Form = "abbreviation" if phrase != name and _abbreviated(phrase) else "name"
            yield (
                phrase,
                Entry(
                    f"org:{slug(name)}",
                    name,
                    "organisation",
                    form,
                    code,
                    row["sector"] or None,
                    owner,
                    weak=alias.startswith("?"),
                ),
            )


@cache
def phrases() -> dict[str, Entry]:
    """Every phrase of the gazetteer, in typewriter quotes. States come before organisations of one name."""
    found: dict[str, Entry] = {}
    for source in (_countries(), _polities(), _metonyms(), _organisations()):
        for phrase, entry in source:
            known = found.get(plain(phrase))
            if known is None or (known.form == "demonym" and entry.form in ("name", "abbreviation")):
                found[plain(phrase)] = entry
    return found


@cache
def _by_first_word() -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for phrase in {**phrases(), **dict.fromkeys(row["phrase"] for row in rows("not_actors"))}:
        first = _WORD.search(phrase)
        if first:
            index.setdefault(first.group(), []).append(phrase)
    for candidates in index.values():
        candidates.sort(key=lambda phrase: (-len(phrase), phrase))
    return index


def lookup(name: str) -> Entry | None:
    """What exactly this phrase stands for; a leading article is ignored where the phrase has none."""
    text = plain(name).strip()
    bare = re.sub(r"^(?:the|The)\s+", "", text)
    return phrases().get(text) or phrases().get(bare) or phrases().get(bare.rstrip("."))


@cache
def _adjectives() -> dict[str, str]:
    tables = (("countries", "alpha3"), ("polities", "key"))
    states = ((f"country:{row[code]}", row) for table, code in tables for row in rows(table))
    return {key: parts[0] for key, row in states if (parts := _parts(row["adjectives"]))}


def adjective(key: str) -> str | None:
    """What is called after the state of this key: "country:KOR" -> "South Korean"."""
    return _adjectives().get(key)


def find(text: str) -> list[Match]:
    """The phrases of the gazetteer in `text`, leftmost and longest first, none overlapping."""
    text, index, found, end = plain(text), _by_first_word(), [], 0
    for word in _WORD.finditer(text):
        if word.start() >= end and word.group() in index:
            phrase = _longest(text, word, index[word.group()])
            if phrase:
                end = word.start() + len(phrase)
                if phrase in phrases():
                    found.append(Match(word.start(), end, phrases()[phrase]))
    return found


def _longest(text: str, word: re.Match[str], candidates: list[str]) -> str | None:
    start = word.start()
    if start and (text[start - 1] == "-" or text[start - 1].isalnum()):
        return None
    for phrase in candidates:
        end = start + len(phrase)
        if text.startswith(phrase, start) and not text[end : end + 1].isalnum():
            return phrase
    return None


@cache
def actor_nouns() -> dict[str, ActorNoun]:
    """Noun (singular, lower case, also of two or three words) -> what it says about its referent."""
    return {
        row["noun"]: ActorNoun(row["noun"], row["kind"], row["sector"] or None, row["title"] == "yes")
        for row in rows("actor_nouns")
    }


@cache
def titles() -> dict[str, bool]:
    """Words that stand before a name and are no part of it, lower case -> whether they tell of an office."""
    words = {row["title"].lower(): row["role"] == "yes" for row in rows("titles")}
    for noun in actor_nouns().values():
        if noun.title:
            words |= dict.fromkeys(noun.noun.split(), True)
    return words


@cache
def state(alpha3: str) -> Entry:
    """The entry of a country by its ISO 3166 alpha-3 code (KeyError where there is none)."""
    for row in rows("countries"):
        if row["alpha3"] == alpha3:
            return Entry(f"country:{alpha3}", row["name"], "country", "name", alpha3, "GOV")
    raise KeyError(f"no country with the code {alpha3!r} in etl/gazetteer/countries.csv")
