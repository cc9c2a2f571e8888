"""Where sentences end: a small network over the words around each gap, between rules that it may not break.

A blank line always ends a sentence, and so do the date header of the `.txt` format ("date 2023-09-07 ") at
the very beginning and a dateline ("MOSCOW, July 17 (Agency) - "), which would be parsed as a subject; a word
glued to the one before it never begins one. Between these the network decides from four words to the left and
four to the right: abbreviations, quotes, brackets and headlines are learned, not listed.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
from spacy.attrs import IDX, LENGTH, SENT_START
from spacy.language import Language
from spacy.tokens import Doc

REACH = 4
"""Words looked at on each side of a gap."""

START_AT_LEAST = -0.5
"""Log odds from which a sentence starts; a little under even, where missed and false ends balance."""

UNMARKED_AT_LEAST = 3.0
"""The same where no mark ends the word before, as after a caption: two names side by side are likelier."""

MARKS = frozenset(".!?…:;\"”’')]»–—-")
BUCKETS = 6_000
GAPS = ("glued", "space", "line", "blank line")
HEADER = re.compile(r"\s*date \d{4}-\d\d-\d\d(?=\s)")
DATELINE = re.compile(
    r"(?:^|\n\n)\s*(?:date \d{4}-\d\d-\d\d )?[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]*)*(?:/[A-Z]+)?"
    r"(?:, [^\n,()–—]{2,30}){0,2}(?: \([^()\n]{2,40}\))?,? ?(?:-|–|—|--) (?=[“‘\"']?[A-Z])"
)
"""Place, day and agency before the first sentence of a report: "MOSCOW, July 17 (Agency) - "."""

FLAGS: tuple[Callable[[str], bool], ...] = (
    lambda word: word in {".", "!", "?", "…", "..."},
    lambda word: word == ".",
    lambda word: len(word) > 1 and word.endswith(".") and word[0].isalpha(),
    lambda word: "." in word[:-1],
    lambda word: word in {"”", "’", "''", ")", "]", "»"},
    lambda word: word in {"“", "‘", "``", "(", "[", "«"},
    lambda word: word in {'"', "'"},
    lambda word: word in {",", ";", ":", "-", "–", "—", "--"},
    lambda word: word[:1].isupper(),
    lambda word: len(word) > 1 and word.isupper(),
    lambda word: word[:1].islower(),
    lambda word: word[:1].isdigit(),
    lambda word: len(word) == 1 and word.isalpha(),
    lambda word: not word,
)


def bucket(word: str) -> int:
    """The row of the word table that a word shares with those of the same checksum; 0 is no word (text's
    edge).
    """
    return 1 + zlib.crc32(word.lower().encode()) % (BUCKETS - 1) if word else 0


def flags(word: str) -> list[float]:
    """What is plain to see of a word, one number per entry of `FLAGS`."""
    return [float(flag(word)) for flag in FLAGS]


def gap_kinds(doc: Doc, tokens: Sequence[int]) -> np.ndarray:
    """For each of the tokens (none of them white space) the number in `GAPS` of what stands before it."""
    text = doc.text  # put together anew at each access
    starts, lengths = (doc.to_array([attribute])[list(tokens)].tolist() for attribute in (IDX, LENGTH))
    ends = [0, *(start + length for start, length in zip(starts, lengths, strict=True))][:-1]
    between = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    return np.array([_gap(space) for space in between], dtype=np.int64)


def _gap(space: str) -> int:
    if not space:
        return 0
    lines = space.count("\n")
    return 1 if not lines else 2 if lines == 1 else 3


def unmarked(words: Sequence[str]) -> np.ndarray:
    """For each word whether the one before it ends without any mark that may end a sentence."""
    return np.array([False, *(word[-1:] not in MARKS for word in words[:-1])])


def open_quote(words: Sequence[str]) -> np.ndarray:
    """For each word whether a straight double quote opened before it is still open (0 or 1)."""
    quotes = np.cumsum([word == '"' for word in words])
    return np.concatenate([[0], quotes[:-1]]) % 2 if len(words) else np.zeros(0)


class EndScorer:
    """The network's weights and its forward pass in numpy."""

    ARRAYS = ("table", "gaps", "hidden", "hidden_bias", "out", "out_bias")

    def __init__(self, arrays: dict[str, np.ndarray]) -> None:
        self.arrays = arrays
        self._rows: dict[str, np.ndarray] = {}

    def scores(self, words: Sequence[str], gaps: np.ndarray) -> np.ndarray:
        """Log odds, per word, that a sentence starts with it."""
        edge = [""] * REACH
        rows = np.stack([self._row(word) for word in (*edge, *words, *edge)])
        around = np.concatenate([rows[shift : shift + len(words)] for shift in range(2 * REACH)], axis=1)
        extra = np.concatenate([self.arrays["gaps"][gaps], open_quote(words)[:, None]], axis=1)
        inner = np.concatenate([around, extra], axis=1) @ self.arrays["hidden"] + self.arrays["hidden_bias"]
        return (np.maximum(inner, 0) @ self.arrays["out"] + self.arrays["out_bias"])[:, 0]

    def _row(self, word: str) -> np.ndarray:
        row = self._rows.get(word)
        if row is None:
            if len(self._rows) > 50_000:
                self._rows.clear()
            row = np.concatenate([self.arrays["table"][bucket(word)], flags(word)]).astype(np.float32)
            self._rows[word] = row
        return row


class SentenceEnds:
    """The spaCy component: sets `is_sent_start` of every token."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.scorer: EndScorer | None = None
        self._vocab = nlp.vocab

    def __call__(self, doc: Doc) -> Doc:
        marks = np.full(len(doc), -1, dtype=np.int64)
        marks[self.starts(doc)] = 1
        # At once: token by token spaCy would look through the whole Doc each time.
        doc.from_array([SENT_START], marks.astype(np.uint64)[:, None])  # type: ignore[arg-type]
        return doc

    def starts(self, doc: Doc) -> list[int]:
        """Numbers of the tokens that begin a sentence; white space belongs to the sentence before it."""
        words = [(token.i, token.text) for token in doc if not token.is_space]
        if not words:
            return [0] if len(doc) else []
        if self.scorer is None:
            raise ValueError(f"component {self.name!r} has no weights: load the pipeline from models/")
        tokens, texts = [number for number, _ in words], [text for _, text in words]
        gaps = gap_kinds(doc, tokens)
        least = np.where(unmarked(texts) & (gaps == 1), UNMARKED_AT_LEAST, START_AT_LEAST)
        closing = np.array([text == '"' for text in texts]) & (open_quote(texts) == 1)
        begins = ((self.scorer.scores(texts, gaps) > least) & (gaps > 0) & ~closing) | (gaps == 3)
        text, places = doc.text, doc.to_array([IDX])[tokens]
        header = HEADER.match(text)
        for prelude in [*([header] if header else []), *DATELINE.finditer(text)]:
            begins |= (places >= prelude.end()).cumsum() == 1
        return [0, *(number for number, begin in zip(tokens[1:], begins[1:], strict=True) if begin)]

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002
        """Writes `ends.npz` into the folder."""
        if self.scorer is not None:
            Path(path).mkdir(exist_ok=True)
            halves = {name: array.astype(np.float16) for name, array in self.scorer.arrays.items()}
            np.savez_compressed(Path(path) / "ends.npz", **halves)  # type: ignore[arg-type]

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> SentenceEnds:  # noqa: ARG002
        """Reads what `to_disk` wrote."""
        with np.load(Path(path) / "ends.npz") as stored:
            self.scorer = EndScorer({name: stored[name].astype(np.float32) for name in EndScorer.ARRAYS})
        return self


@Language.factory("dramatis_sentence_ends", assigns=["token.is_sent_start", "doc.sents"])
def make_sentence_ends(nlp: Language, name: str) -> SentenceEnds:
    """The component without weights; `from_disk` brings them."""
    return SentenceEnds(nlp, name)
