"""Runs the encoder and its heads over one sentence of words with onnxruntime.

One sentence per call: the 8-bit encoder scales its activations per call, so that in a batch a sentence's
result would depend on its neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from etl.language.acts import EVENT_TYPES, ROLES, STATUSES
from etl.language.labels import PIECES_AT_MOST, HeadLabels, read_labels
from etl.language.lemmas import Lemmas
from etl.language.parts import parts
from etl.language.pieces import Pieces, WordPieces
from etl.language.spans import Span, best_spans
from etl.language.trees import best_tree

FILES = (
    "encoder.onnx", "heads.onnx", "acts.onnx", "reader.onnx", "labels.json", "lemmas.json", "tokenizer.json",
)  # fmt: skip
WORTH_READING = 0.1
"""Type probability of some word, by the heads, from which a sentence is read once more for acts."""
ACT_AT_LEAST = 0.2
"""Type probability from which a trigger is worth reporting; the event coder sets its own, higher one."""

ROLE_AT_LEAST = 0.3
ROLE_EDGE = 0.15
"""A role's span needs one word of `ROLE_AT_LEAST` and takes in neighbours down to `ROLE_EDGE` of a surer
word's half.
"""


@dataclass(frozen=True)
class ReadRole:
    """Words `start` to `end` (exclusive) of the sentence play `role`."""

    role: str
    start: int
    end: int
    probability: float


@dataclass(frozen=True)
class ReadAct:
    """A candidate act of the sentence: its trigger's words, type, status and roles."""

    start: int
    end: int
    event_type: str
    type_probability: float
    status: str
    status_probability: float
    roles: tuple[ReadRole, ...]


@dataclass(frozen=True)
class Reading:
    """What the heads say about the words of one sentence; `heads` are word numbers, -1 the root's."""

    upos: list[str]
    tags: list[str]
    morphs: list[str]
    lemmas: list[str]
    heads: np.ndarray
    deps: list[str]
    names: list[Span]
    acts: list[ReadAct]


class EncoderModel:
    """The four networks and their labels, loaded from a folder with `FILES`."""

    def __init__(self, folder: Path) -> None:
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise FileNotFoundError(
                f"{folder} lacks {', '.join(missing)}: fetch models/ again or run training.export"
            )
        self.labels: HeadLabels = read_labels(folder)
        self.reads_acts = True
        """Whether acts are looked for at all; grammar and names do without."""
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.pieces = WordPieces(tokenizer)
        # The encoder's whole words are the commonest English ones, and cost nothing to ask.
        self._lemmas = Lemmas(self.labels.lookup, {*self.labels.lookup.values(), *tokenizer.get_vocab()})
        self._encoder, self._heads, self._act_reader, self._role_reader = (
            _session(folder / name) for name in FILES[:4]
        )

    def read(self, words: Sequence[str]) -> Reading:
        """Reads a sentence of any length; parts of a long one hang on its first part as parataxis."""
        sizes = [len(self.pieces.of_word(word)[0]) for word in words]
        ranges = parts(words, sizes, PIECES_AT_MOST)
        return _joined([self._read_part(words[start:end]) for start, end in ranges])

    def encode(self, words: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """The bare encoder: vectors of the words (words × 384) and of the sentence (384)."""
        vectors, sentence, _ = self._encoded(self.pieces.of_sentence(words))
        return vectors, sentence

    def _encoded(self, pieces: Pieces) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        inputs = {"ids": pieces.ids, "shapes": pieces.shapes, "first": pieces.first, "last": pieces.last}
        vectors, sentence, lower = self._encoder.run(None, inputs)
        return vectors, sentence, lower

    def _read_part(self, words: Sequence[str]) -> Reading:
        pieces = self.pieces.of_sentence(words)
        vectors, sentence, lower = self._encoded(pieces)
        upos, tag, morph, lemma, names, trigger, arc, dep = self._heads.run(
            None, {"words": vectors, "sentence": sentence}
        )
        heads = best_tree(arc)
        deps = [self.labels.dep[number] for number in dep[np.arange(len(words)), heads + 1]]
        upos_names = [self.labels.upos[number] for number in upos]
        tags = [self.labels.tag[number] for number in tag]
        scripts = [self.labels.lemma[number] for number in lemma]
        return Reading(
            upos_names,
            tags,
            [self.labels.morph[number] for number in morph],
            [self._lemmas.of(*chosen) for chosen in zip(words, upos_names, tags, scripts, strict=True)],
            heads,
            _one_root_label(deps, heads),
            best_spans(names, self.labels.names),
            self._acts(pieces, lower, trigger),
        )

    def _acts(self, pieces: Pieces, lower: np.ndarray, glimpsed: np.ndarray) -> list[ReadAct]:
        if not self.reads_acts or glimpsed[:, 1:].max() < WORTH_READING:
            return []
        vectors, trigger = self._act_reader.run(
            None, {"lower": lower, "first": pieces.first, "last": pieces.last}
        )
        found = triggers(trigger)
        if not found:
            return []
        inside = np.zeros((len(found), len(vectors)), dtype=np.float32)
        for row, (start, end, _, _) in enumerate(found):
            inside[row, start:end] = 1
        roles, status = self._role_reader.run(None, {"words": vectors, "inside": inside})
        return [_act(*act) for act in zip(found, roles, status, strict=True)]


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def triggers(probabilities: np.ndarray) -> list[tuple[int, int, int, float]]:
    """(start, end, type, probability) of runs of words whose likeliest type is the same; words × (none +
    types).
    """
    kinds, surest = probabilities[:, 1:].argmax(1), probabilities[:, 1:].max(1)
    found: list[tuple[int, int, int, float]] = []
    for word in np.flatnonzero(surest >= ACT_AT_LEAST):
        kind, probability = int(kinds[word]), float(surest[word])
        if found and found[-1][1] == word and found[-1][2] == kind:
            start, _, _, before = found.pop()
            found.append((start, int(word) + 1, kind, max(before, probability)))
        else:
            found.append((int(word), int(word) + 1, kind, probability))
    return found


def _act(trigger: tuple[int, int, int, float], roles: np.ndarray, status: np.ndarray) -> ReadAct:
    start, end, kind, probability = trigger
    return ReadAct(
        start, end, EVENT_TYPES[kind], probability, STATUSES[int(status.argmax())], float(status.max()),
        tuple(sorted(_roles(roles), key=lambda role: (role.start, role.end, ROLES.index(role.role)))),
    )  # fmt: skip


def _roles(probabilities: np.ndarray) -> list[ReadRole]:
    """Runs of words per role: all at least half as sure as the surest of the run."""
    found = []
    for number in np.flatnonzero(probabilities.max(0) >= ROLE_AT_LEAST):
        role, column, word = ROLES[number], probabilities[:, number].tolist(), 0
        while word < len(column):
            end = word
            while end < len(column) and column[end] >= ROLE_EDGE:
                end += 1
            if end > word:
                found += _role_spans(role, column, word, end)
            word = end + 1
    return found


def _role_spans(role: str, column: list[float], start: int, end: int) -> list[ReadRole]:
    surest = max(column[start:end])
    if surest < ROLE_AT_LEAST:
        return []
    sure = [word for word in range(start, end) if column[word] >= surest / 2]
    return [ReadRole(role, sure[0], sure[-1] + 1, surest)]


def _one_root_label(deps: list[str], heads: np.ndarray) -> list[str]:
    """ROOT on the root and nowhere else."""
    return [
        "ROOT" if head < 0 else "dep" if dep == "ROOT" else dep
        for dep, head in zip(deps, heads.tolist(), strict=True)
    ]


def _joined(readings: list[Reading]) -> Reading:
    if len(readings) == 1:
        return readings[0]
    first = int(np.flatnonzero(readings[0].heads < 0)[0])
    whole = Reading([], [], [], [], np.zeros(0, dtype=np.int64), [], [], [])
    heads = []
    for reading in readings:
        offset = len(whole.upos)
        later = offset > 0
        heads.append(np.where(reading.heads < 0, first if later else -1, reading.heads + offset))
        for column in ("upos", "tags", "morphs", "lemmas"):
            getattr(whole, column).extend(getattr(reading, column))
        whole.deps.extend("parataxis" if later and dep == "ROOT" else dep for dep in reading.deps)
        whole.names.extend((start + offset, end + offset, label) for start, end, label in reading.names)
        whole.acts.extend(_moved(act, offset) for act in reading.acts)
    return Reading(
        whole.upos,
        whole.tags,
        whole.morphs,
        whole.lemmas,
        np.concatenate(heads),
        whole.deps,
        whole.names,
        whole.acts,
    )


def _moved(act: ReadAct, offset: int) -> ReadAct:
    roles = tuple(ReadRole(r.role, r.start + offset, r.end + offset, r.probability) for r in act.roles)
    return ReadAct(
        act.start + offset, act.end + offset, act.event_type, act.type_probability, act.status,
        act.status_probability, roles,
    )  # fmt: skip
