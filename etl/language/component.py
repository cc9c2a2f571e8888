"""The spaCy component that writes the encoder's reading of each sentence into the Doc."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
from spacy.attrs import DEP, HEAD, IS_SPACE, LEMMA, MORPH, POS, SENT_START, TAG
from spacy.language import Language
from spacy.symbols import IDS
from spacy.tokens import Doc, Span

from etl.language.acts import Act, ActRole
from etl.language.encoder import FILES, EncoderModel, ReadAct, Reading

COLUMNS = (POS, TAG, MORPH, LEMMA, DEP, HEAD)

if not Doc.has_extension("acts"):
    Doc.set_extension("acts", default=())


class EncoderComponent:
    """Sets tags, morphology, lemmas, heads, labels and names of every token, and `Doc._.acts`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.model: EncoderModel | None = None
        self._folder: Path | None = None
        self._vocab = nlp.vocab

    def __call__(self, doc: Doc) -> Doc:
        if self.model is None:
            raise ValueError(
                f"component {self.name!r} has no weights: load the pipeline from models/ instead"
            )
        rows, names, acts = np.zeros((len(doc), len(COLUMNS)), dtype=np.int64), [], []
        texts, blank = [token.text for token in doc], doc.to_array([IS_SPACE]).tolist()
        for tokens in sentence_tokens(doc):
            words = [number for number in tokens if not blank[number]]
            if words:
                reading = self.model.read([texts[number] for number in words])
                self._fill(rows, words, reading)
                names += [(words[start], words[end - 1] + 1, label) for start, end, label in reading.names]
                acts += [_in_doc(act, words, reading.heads) for act in reading.acts]
            if len(words) < len(tokens):
                self._fill_spaces(rows, tokens, words)
        doc.from_array(list(COLUMNS), rows.astype(np.uint64))  # type: ignore[arg-type]
        doc.ents = [Span(doc, start, end, label=label) for start, end, label in names]  # type: ignore[assignment]
        doc._.acts = tuple(acts)
        return doc

    def _fill(self, rows: np.ndarray, words: list[int], reading: Reading) -> None:
        add, morphology = self._vocab.strings.add, self._vocab.morphology.add
        heads = np.where(reading.heads < 0, np.arange(len(words)), reading.heads)
        where = np.array(words)
        columns = (
            [IDS[upos] for upos in reading.upos],
            [add(tag) for tag in reading.tags],
            [morphology(features) for features in reading.morphs],
            [add(lemma) for lemma in reading.lemmas],
            [add(dep) for dep in reading.deps],
        )
        for number, column in enumerate(columns):
            rows[where, number] = np.array(column, dtype=np.uint64).astype(np.int64)
        rows[where, len(columns)] = where[heads] - where

    def _fill_spaces(self, rows: np.ndarray, tokens: range, words: list[int]) -> None:
        """White space hangs on the word before it; before the first word on that one; alone, it is a root."""
        add, empty, place = self._vocab.strings.add, self._vocab.morphology.add(""), 0
        for number in sorted(set(tokens).difference(words)):
            while place + 1 < len(words) and words[place + 1] < number:
                place += 1
            head = words[place] if words else tokens[0]
            dep = "dep" if head != number else "ROOT"
            row = (IDS["SPACE"], add("_SP"), empty, add(" "), add(dep), head - number)
            rows[number] = np.array([value % 2**64 for value in row], dtype=np.uint64).astype(np.int64)

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002
        """Copies the networks and label inventories into the folder."""
        if self._folder is not None and self._folder.resolve() != Path(path).resolve():
            Path(path).mkdir(exist_ok=True)
            for name in FILES:
                shutil.copyfile(self._folder / name, Path(path) / name)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> EncoderComponent:  # noqa: ARG002
        """Loads the networks.

        Raises:
            FileNotFoundError: when one of the files is not there.
        """
        self._folder = Path(path)
        self.model = EncoderModel(self._folder)
        return self


def sentence_tokens(doc: Doc) -> Iterator[range]:
    """Token numbers of each sentence, by the starts that the component before has set."""
    marks = doc.to_array([SENT_START])
    starts = [0, *(number for number in np.flatnonzero(marks == 1).tolist() if number)] if len(doc) else []
    for start, end in pairwise([*starts, len(doc)]):
        yield range(start, end)


def _in_doc(act: ReadAct, words: list[int], heads: np.ndarray) -> Act:
    roles = [ActRole(r.role, words[r.start], words[r.end - 1] + 1, r.probability) for r in act.roles]
    start, end = words[act.start], words[act.end - 1] + 1
    top = next((n for n in range(act.start, act.end) if not act.start <= heads[n] < act.end), act.start)
    surest = {role.role: role for role in sorted(roles, key=lambda role: role.probability)}
    return Act(
        words[top], start, end, act.event_type, act.type_probability, act.status, act.status_probability,
        tuple(role for role in roles if role.role not in ("time", "place")),
        surest.get("time"), surest.get("place"),
    )  # fmt: skip


@Language.factory(
    "dramatis_encoder",
    assigns=[
        "token.pos", "token.tag", "token.morph", "token.lemma", "token.dep", "token.head", "doc.ents",
        "doc._.acts",
    ],
    requires=["token.is_sent_start"],
)  # fmt: skip
def make_encoder(nlp: Language, name: str) -> EncoderComponent:
    """The component without weights; `from_disk` brings them."""
    return EncoderComponent(nlp, name)
