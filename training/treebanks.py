"""UD treebanks (CoNLL-U) to sentences over spaCy's tokens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.corpora import GOLD, Sentence, Tree, tokens_of

TRAIN = {"ewt": "en_ewt-train.conllu", "gum": "en_gum_open-train.conllu"}
DEVELOPMENT = {"ewt": "en_ewt-dev.conllu", "gum": "en_gum_open-dev.conllu"}
UNTAUGHT = ("Typo", "CorrectForm", "Style", "ExtPos", "Abbr")
"""Features that judge spelling or phrases rather than inflection; they multiply the classes and nothing reads
them.
"""


@dataclass
class Word:
    """One syntactic word: its columns and its characters in the sentence's text."""

    form: str
    lemma: str
    upos: str
    tag: str
    morph: str
    head: int
    dep: str
    start: int = 0
    end: int = 0


def sentences(name: str, files: dict[str, str]) -> Iterator[Sentence]:
    """The treebank's sentences, projected."""
    for key, text, words in parsed(GOLD / "C_treebanks" / files[name]):
        yield project(name, key, text, words)


def parsed(path: Path) -> Iterator[tuple[str, str, list[Word]]]:
    """(id, text, words) of each sentence; heads count from 0, the root's is -1."""
    for block in path.read_text(encoding="utf8").strip().split("\n\n"):
        lines = block.split("\n")
        comments = dict(line[2:].split(" = ", 1) for line in lines if line.startswith("# ") and " = " in line)
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        yield comments["sent_id"], comments["text"], _words(comments["text"], rows)


def _words(text: str, rows: list[list[str]]) -> list[Word]:
    words: list[Word] = []
    position, contracted, until = 0, (0, 0), 0
    for row in rows:
        if "." in row[0]:
            continue
        if "-" in row[0]:
            start = text.index(row[1], position)
            contracted, until = (start, start + len(row[1])), int(row[0].split("-")[1])
            position = start
            continue
        word = Word(row[1], row[2], row[3], row[4], _features(row[5]), int(row[6]) - 1, row[7])
        inside = int(row[0]) <= until
        start = text.find(word.form, position, contracted[1] if inside else len(text))
        if start < 0:  # "wanna" for "want to": both words share the characters of the contraction
            word.start, word.end = contracted
        else:
            word.start, word.end = start, start + len(word.form)
            position = word.end
        if inside and int(row[0]) == until:
            position = contracted[1]
        words.append(word)
    return words


def _features(column: str) -> str:
    return "|".join(feature for feature in column.split("|") if feature.split("=")[0] not in (*UNTAUGHT, "_"))


def project(source: str, key: str, text: str, words: list[Word]) -> Sentence:
    """Carries a tree over to spaCy's tokens.

    A token that covers several words takes the one that heads the others; further tokens of one word hang on
    its first token with an open label.
    """
    tokens = [token for token in tokens_of(text) if not token.is_space]
    over = [
        [n for n, word in enumerate(words) if word.start < t.idx + len(t) and t.idx < word.end]
        for t in tokens
    ]
    first_token: dict[int, int] = {}
    for number, covered in enumerate(over):
        for word in covered:
            first_token.setdefault(word, number)
    columns: tuple[list, ...] = ([], [], [], [], [], [])
    for number, (token, covered) in enumerate(zip(tokens, over, strict=True)):
        for column, value in zip(columns, _row(number, token.text, covered, words, first_token), strict=True):
            column.append(value)
    return Sentence(source, key, [token.text for token in tokens], tree=Tree(*columns))


def _row(number: int, text: str, covered: list[int], words: list[Word], first_token: dict[int, int]) -> tuple:
    if not covered:
        return None, None, None, None, None, None
    top = next((n for n in covered if words[n].head not in covered), covered[0])
    word = words[top]
    if first_token[top] != number:
        return word.upos, word.tag, word.morph, None, first_token[top], None
    head = -1 if word.head < 0 else first_token.get(word.head)
    if head == number:
        head = None
    exact = len(covered) == 1 and text == word.form
    dep = "ROOT" if word.dep == "root" else word.dep
    return (
        word.upos,
        word.tag,
        word.morph,
        word.lemma if exact else None,
        head,
        dep if head is not None else None,
    )
