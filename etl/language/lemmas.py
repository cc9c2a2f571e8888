"""Lemmas: looked up for the forms of the treebanks, else made from the word by rule or by edit script.

A script is `case cut suffix`: `l` writes the word in lower case first and `k` keeps it, then `cut` characters
go and `suffix` is added: "said" -> "say" is `l 2 y`. The encoder chooses a script for every word, but on
words that it never saw it makes forms that do not exist ("upgrad"); there the endings of English decide.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

OPEN_CLASSES = frozenset({"NOUN", "VERB", "ADJ", "ADV"})

# By Penn tag: an ending, and what may stand in its place, the likelier first; = takes back a doubled letter.
_PLURAL = (
    ("ies", ("y", "ie")),
    ("men", ("man",)),
    ("ves", ("f", "fe", "ve")),
    ("es", ("", "e")),
    ("s", ("",)),
)
_PAST = (("ied", ("y", "ie")), ("ed", ("e", "", "=")))
ENDINGS: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "NNS": _PLURAL, "VBZ": _PLURAL, "VBD": _PAST, "VBN": _PAST,
    "VBG": (("ying", ("ie",)), ("ing", ("e", "", "="))),
    "JJR": (("ier", ("y",)), ("er", ("", "e", "="))), "RBR": (("er", ("", "e", "=")),),
    "JJS": (("iest", ("y",)), ("est", ("", "e", "="))), "RBS": (("est", ("", "e", "=")),),
}  # fmt: skip
_HISSING = re.compile(r"(?:s|x|z|ch|sh|o)es$")
_TAKES_E = re.compile(r"(?:at|iz|ur|[aeiourn]s|nc|rg|dg|v|[^aeioul]l)$")
"""Stems of unknown words that end in a silent e: overstat-ing, waiv-ed."""


@dataclass(frozen=True)
class Lemmas:
    """The lookup ("form|UPOS" in lower case form -> lemma), and the words known to exist, in lower case."""

    lookup: Mapping[str, str]
    words: Collection[str]

    def of(self, word: str, upos: str, tag: str, script: str) -> str:
        """The lemma of a word with the encoder's part of speech, Penn tag and edit script."""
        looked_up = self.lookup.get(f"{word.lower()}|{upos}")
        if looked_up is not None:
            return looked_up
        made = apply_script(word, script) or word
        if upos not in OPEN_CLASSES:
            return made
        return self._inflected(word.lower(), tag, made) if tag in ENDINGS else word.lower()

    def _inflected(self, word: str, tag: str, made: str) -> str:
        possible = regular(word, tag)
        if not possible:
            return made
        return next((stem for stem in possible if stem in self.words), None) or _unknown(possible, made)


def _unknown(possible: list[str], made: str) -> str:
    """The likeliest of the regular lemmas when none of them is a known word."""
    stem = min(possible, key=len)
    if stem + stem[-1] in possible:
        return stem + stem[-1] if stem[-1] in "lsfz" else stem
    if f"{stem}e" in possible:
        return f"{stem}e" if _TAKES_E.search(stem) else stem
    return made if made in possible else possible[0]


@lru_cache(maxsize=100_000)
def regular(word: str, tag: str) -> list[str]:
    """What a word in lower case may be a regular form of, the likelier first; none for other tags."""
    found: list[str] = []
    for ending, stems in ENDINGS.get(tag, ()):
        if not word.endswith(ending) or len(word) < len(ending) + 2 or word.endswith("ss"):
            continue
        if ending == "es" and not _HISSING.search(word):
            continue
        found += _stems(word.removesuffix(ending), stems)
    return found


def _stems(stem: str, additions: tuple[str, ...]) -> list[str]:
    doubled = len(stem) > 2 and stem[-1] == stem[-2]
    return [stem[:-1] if added == "=" else stem + added for added in additions if added != "=" or doubled]


def edit_script(word: str, lemma: str) -> str:
    """The script that makes `lemma` of `word`; keeping the case is preferred where both ways work."""
    keep, lower = _cut(word, lemma), _cut(word.lower(), lemma)
    case, (cut, suffix) = ("l", lower) if lower[0] < keep[0] or word.lower() == word else ("k", keep)
    return f"{case} {cut} {suffix}"


def _cut(word: str, lemma: str) -> tuple[int, str]:
    common = 0
    for a, b in zip(word, lemma, strict=False):
        if a != b:
            break
        common += 1
    return len(word) - common, lemma[common:]


@lru_cache(maxsize=100_000)
def apply_script(word: str, script: str) -> str:
    """The lemma; the word itself where the script cuts more than there is."""
    case, cut, suffix = script.split(" ", 2)
    written = word.lower() if case == "l" else word
    return written[: len(written) - int(cut)] + suffix if int(cut) < len(written) + bool(suffix) else written
