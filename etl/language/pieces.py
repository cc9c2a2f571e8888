"""Words to word pieces: what the encoder reads for each token of a sentence.

The encoder's vocabulary is uncased; the case a word was written in comes back as one of `SHAPES` beside its
pieces. Training and run time both use this file, so that they cannot see a word differently.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SHAPES = (
    "none", "lower", "title", "upper", "initial", "dotted", "mixed", "digits", "alphanumeric",
    "punctuation", "other",
)  # fmt: skip
"""`none` stands for the encoder's own sentence marks, `initial` for one capital, `dotted` for "U.S."."""

SHAPE_ID = {shape: number for number, shape in enumerate(SHAPES)}


def shape_of(word: str) -> str:
    """The entry of `SHAPES` for a word as written."""
    letters = [character for character in word if character.isalpha()]
    if not letters:
        return "digits" if any(map(str.isdigit, word)) else "punctuation" if word.strip() else "other"
    if any(map(str.isdigit, word)):
        return "alphanumeric"
    return _shape_of_letters(word, letters)


def _shape_of_letters(word: str, letters: list[str]) -> str:
    capitals = [letter.isupper() for letter in letters]
    if not any(capitals):
        return "lower" if letters[0].islower() else "other"
    if len(letters) == 1:
        return "initial"
    if all(capitals):
        return "dotted" if "." in word else "upper"
    return "title" if capitals[0] and not any(capitals[1:]) else "mixed"


@dataclass(frozen=True)
class Pieces:
    """One sentence as the encoder's input: `ids` and `shapes` per piece (marks included), `first` and `last`
    piece per word.
    """

    ids: np.ndarray
    shapes: np.ndarray
    first: np.ndarray
    last: np.ndarray


class WordPieces:
    """Cuts words into pieces and remembers the cut, since few words make up most of any text."""

    def __init__(self, tokenizer: Tokenizer, remember: int = 100_000) -> None:
        self._tokenizer = tokenizer
        self._remember = remember
        self._known: dict[str, tuple[list[int], int]] = {}
        marks = tokenizer.get_vocab()
        self._unknown, self._open, self._close = (marks[name] for name in ("[UNK]", "[CLS]", "[SEP]"))
        self.mask = marks["[MASK]"]

    def of_word(self, word: str) -> tuple[list[int], int]:
        """The piece ids of one word, at least one, and the number of its shape."""
        known = self._known.get(word)
        if known is None:
            ids = self._tokenizer.encode(word, add_special_tokens=False).ids or [self._unknown]
            # A long web address says nothing after its first pieces, and would fill the sentence.
            known = ids[:16], SHAPE_ID[shape_of(word)]
            if len(self._known) >= self._remember:
                self._known.clear()
            self._known[word] = known
        return known

    def of_sentence(self, words: Sequence[str]) -> Pieces:
        """The encoder's input for a sentence of words."""
        ids: list[int] = [self._open]
        shapes, first, last = [0], list[int](), list[int]()
        for word in words:
            pieces, shape = self.of_word(word)
            first.append(len(ids))
            ids += pieces
            shapes += [shape] * len(pieces)
            last.append(len(ids) - 1)
        ids.append(self._close)
        shapes.append(0)
        return Pieces(*(np.asarray(numbers, dtype=np.int64) for numbers in (ids, shapes, first, last)))
