"""Lemmas as edit scripts: what to cut from a word's end and what to put there.

A script is `case cut suffix`: `l` writes the word in lower case first and `k` keeps it, then `cut` characters
go and `suffix` is added: "said" -> "say" is `l 2 y`. The encoder chooses the script; words that no frequent
script covers are looked up.
"""

from __future__ import annotations

from functools import lru_cache


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
