"""Training sentences to tensors: order, disguises (case, stops, quotes) and padding."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from etl.language.acts import EVENT_TYPES, ROLES, STATUSES
from etl.language.lemmas import edit_script
from etl.language.pieces import Pieces, WordPieces
from training.corpora import Sentence, Tree
from training.labels import Labels

OPEN = -100
"""The label of what a corpus leaves open; losses skip it."""

LONGEST = 160
"""Words; the few longer training sentences are left out."""


@dataclass(frozen=True)
class Batch:
    """Padded tensors: batch × pieces, batch × words, and for acts acts × words (`act_of` gives an act's row
    in the batch). `simple` holds only the heads for which some word is labelled.
    """

    ids: Tensor
    shapes: Tensor
    first: Tensor
    last: Tensor
    closed: Tensor
    blank: Tensor
    simple: dict[str, Tensor]
    names: Tensor
    named: Tensor
    any_names: bool
    head: Tensor
    act_of: Tensor
    inside: Tensor
    roles: Tensor
    status: Tensor

    def on(self, device: torch.device) -> Batch:
        """The same batch on another device."""
        return Batch(**{field.name: _moved(getattr(self, field.name), device) for field in fields(self)})

    def with_pieces_hidden(self, share: float, mask: int) -> Batch:
        """With that share of its word pieces replaced by the piece `mask`, so that context must do."""
        hidden = (torch.rand(self.ids.shape, device=self.ids.device) < share) & (self.shapes > 0)
        return replace(self, ids=self.ids.masked_fill(hidden, mask))


def _moved(value, device: torch.device):
    if isinstance(value, dict):
        return {name: tensor.to(device, non_blocking=True) for name, tensor in value.items()}
    return value.to(device, non_blocking=True) if isinstance(value, Tensor) else value


def schedule(passes: Sequence[tuple[list[Sentence], int]], size: int, seed: int) -> list[list[Sentence]]:
    """Batches of sentences of like length, the sources mixed; `passes` says how often each list is seen."""
    chance = random.Random(seed)
    rounds = []
    for sentences, times in passes:
        for turn in range(times):
            order = chance.sample(sentences, len(sentences))
            rounds += [((turn + n / len(order)) / times, sentence) for n, sentence in enumerate(order)]
    ordered = [
        sentence for _, sentence in sorted(rounds, key=lambda pair: pair[0]) if len(sentence.words) <= LONGEST
    ]
    batches = []
    for start in range(0, len(ordered), 64 * size):
        pool = sorted(ordered[start : start + 64 * size], key=lambda sentence: len(sentence.words))
        filled = list(_filled(pool, size))
        batches += chance.sample(filled, len(filled))
    return batches


def act_schedule(
    acts: list[Sentence],
    own: int,
    corpora: int,
    last: int,
    size: int,
    seed: int,
    news: Sequence[Sentence] = (),
) -> list[list[Sentence]]:
    """As `schedule`: so many passes over our own annotations and over the event corpora, one over `news`
    among them, and at the end `last` passes over the corpora alone.
    """
    ours = [sentence for sentence in acts if sentence.source == "own"]
    others = [sentence for sentence in acts if sentence.source != "own"]
    mixed = schedule([(ours, own), (others, corpora), (list(news), 1)], size, seed)
    return mixed + schedule([(others, last)], size, seed)


def without_oldest(acts: list[Sentence], share: float) -> list[Sentence]:
    """`acts` with only the newest `share` of our own annotations."""
    ours = [number for number, sentence in enumerate(acts) if sentence.source == "own"]
    dropped = set(ours[: round(len(ours) * (1 - share))])
    return [sentence for number, sentence in enumerate(acts) if number not in dropped]


def by_length(sentences: list[Sentence], size: int = 32) -> Iterator[list[Sentence]]:
    """The sentences, the short ones first, so many at a time."""
    ordered = sorted(sentences, key=lambda sentence: len(sentence.words))
    return (ordered[start : start + size] for start in range(0, len(ordered), size))


def stacked(rows: Sequence[Tensor], length: int) -> Tensor:
    """rows × length × width, in 32 bits, from rows of at most that length, zero where there is nothing."""
    return torch.stack([functional.pad(row.float(), (0, 0, 0, length - len(row))) for row in rows])


def _filled(pool: list[Sentence], size: int) -> Iterator[list[Sentence]]:
    """`size` sentences; half or a quarter of that where they are long, so that few shapes occur."""
    start = 0
    while start < len(pool):
        longest = len(pool[min(start + size, len(pool)) - 1].words)
        take = size if longest <= 36 else size // 2 if longest <= 72 else size // 4
        yield pool[start : start + take]
        start += take


def disguised(sentence: Sentence, chance: random.Random) -> Sentence:
    """Now and then the sentence as other sources would print it: lower case, capitals, headline, curly
    quotes, no stop.
    """
    draw = chance.random()
    if draw < 0.03:
        sentence = _rewritten(sentence, str.lower)
    elif draw < 0.06:
        sentence = _rewritten(sentence, str.upper)
    elif draw < 0.09:
        sentence = _rewritten(
            sentence, lambda word: word.capitalize() if len(word) > 3 and word.islower() else word
        )
    if chance.random() < 0.05:
        sentence = replace(sentence, words=[_curly(word, n) for n, word in enumerate(sentence.words)])
    if chance.random() < 0.08 and sentence.words[-1] == "." and len(sentence.words) > 3:
        sentence = _without_stop(sentence)
    return sentence


def _rewritten(sentence: Sentence, how) -> Sentence:
    tree = sentence.tree and replace(sentence.tree, lemma=[None] * len(sentence.words))
    return replace(sentence, words=[how(word) for word in sentence.words], tree=tree)


def _curly(word: str, number: int) -> str:
    if word == '"':
        return "“" if number % 2 == 0 else "”"
    return word.replace("'", "’")


def _without_stop(sentence: Sentence) -> Sentence:
    tree = sentence.tree
    if tree and tree.head[-1] == -1:
        return sentence
    cut = tree and Tree(
        *(getattr(tree, column)[:-1] for column in ("upos", "tag", "morph", "lemma", "head", "dep"))
    )
    return replace(
        sentence, words=sentence.words[:-1], tree=cut, names=sentence.names and sentence.names[:-1]
    )


class Collator:
    """Makes a Batch of sentences, given the label inventories and the word pieces."""

    def __init__(self, labels: Labels, pieces: WordPieces) -> None:
        self.pieces = pieces
        self.number = {
            head: {label: n for n, label in enumerate(names)} for head, names in labels.as_json().items()
        }
        self.types = {event_type: n + 1 for n, event_type in enumerate(EVENT_TYPES)}

    def __call__(self, sentences: list[Sentence]) -> Batch:
        read = [self.pieces.of_sentence(sentence.words) for sentence in sentences]
        words = _rounded(max(len(sentence.words) for sentence in sentences))
        inputs = _padded_pieces(read, words)
        names, named = self._names(sentences, words)
        return Batch(
            *inputs,
            blank=torch.tensor([[n >= len(s.words) for n in range(words)] for s in sentences]),
            simple={
                head: labels
                for head in ("upos", "tag", "morph", "lemma", "dep", "trigger")
                if ((labels := self._simple(sentences, head, words)) != OPEN).any()
            },
            names=names,
            named=named,
            any_names=bool(named.any()),
            head=_filled_rows(
                [[OPEN if h is None else h + 1 for h in s.tree.head] if s.tree else [] for s in sentences],
                words,
            ),
            **self._acts(sentences, words),
        )

    def _simple(self, sentences: list[Sentence], head: str, words: int) -> Tensor:
        return _filled_rows([self._row(sentence, head) for sentence in sentences], words)

    def _row(self, sentence: Sentence, head: str) -> list[int]:
        if head == "trigger":
            return self._triggers(sentence)
        if sentence.tree is None:
            return []
        number, column = self.number[head], getattr(sentence.tree, head)
        if head == "lemma":
            pairs = zip(sentence.words, column, strict=True)
            column = [None if lemma is None else edit_script(word, lemma) for word, lemma in pairs]
        return [number.get(label, OPEN) for label in column]

    def _triggers(self, sentence: Sentence) -> list[int]:
        if sentence.acts is None:
            return []
        row = [0] * len(sentence.words)
        for act in sentence.acts:
            for n in range(*act.trigger):
                if n < len(row):
                    row[n] = self.types[act.event_type]
        return row

    def _names(self, sentences: list[Sentence], words: int) -> tuple[Tensor, Tensor]:
        allowed = torch.zeros(len(sentences), words, len(self.number["names"]), dtype=torch.bool)
        for row, sentence in enumerate(sentences):
            for n, labels in enumerate(sentence.names or ()):
                allowed[row, n, [self.number["names"][label] for label in labels]] = True
        return allowed, allowed.any(-1)

    def _acts(self, sentences: list[Sentence], words: int) -> dict[str, Tensor]:
        acts = [(row, act) for row, sentence in enumerate(sentences) for act in sentence.acts or ()]
        inside, roles = torch.zeros(len(acts), words), torch.zeros(len(acts), words, len(ROLES))
        for number, (_, act) in enumerate(acts):
            inside[number, act.trigger[0] : act.trigger[1]] = 1
            for role, spans in act.roles.items():
                for start, end in spans:
                    roles[number, start:end, ROLES.index(role)] = 1
        return {
            "act_of": torch.tensor([row for row, _ in acts], dtype=torch.long),
            "inside": inside,
            "roles": roles,
            "status": torch.tensor([STATUSES.index(act.status) for _, act in acts], dtype=torch.long),
        }


def _rounded(length: int) -> int:
    """Up to the next multiple of 8: matrix kernels are compiled per shape, and few shapes should occur."""
    return -(-length // 8) * 8


def _padded_pieces(read: list[Pieces], words: int) -> tuple[Tensor, ...]:
    longest = _rounded(max(len(pieces.ids) for pieces in read))
    columns = [
        np.stack([np.pad(getattr(pieces, name), (0, size - len(getattr(pieces, name)))) for pieces in read])
        for name, size in (("ids", longest), ("shapes", longest), ("first", words), ("last", words))
    ]
    closed = np.stack([np.arange(longest) >= len(pieces.ids) for pieces in read])
    return tuple(torch.from_numpy(column) for column in (*columns, closed))


def _filled_rows(rows: list[list[int]], words: int) -> Tensor:
    return torch.tensor([row + [OPEN] * (words - len(row)) for row in rows])
