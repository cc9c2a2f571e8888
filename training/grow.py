"""Grows an act network on a student: layers of their own for acts, taught by a deep teacher.

What the student's last layers know of acts they must share with grammar and names. Here acts get eight layers
to themselves, on the student's first two, which stay as they are, and so does all else that it says. What the
teachers think of each sentence (`training.deep`, and the student itself) is asked once and kept.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from training import material
from training.batches import LONGEST, Batch, Collator, schedule
from training.corpora import WORK, Sentence
from training.deep import DeepNetwork, taught
from training.development import act_scores
from training.distil import panel
from training.loop import Course, run
from training.losses import (
    act_losses,
    act_opinion_losses,
    against,
    cross_entropy,
    encode,
    found_acts,
)
from training.network import ActNetwork, Network, grown

DEEP = 0.7
"""Share of the deep teacher in what the two think of acts."""
RATE, FALL = 1.2e-4, 0.95
"""Learning rate of the top layer, and what each layer below has of it."""


@dataclass(frozen=True)
class Told:
    """What the teachers say of one sentence: the type of each word (words × types), the deep one's vectors
    (words × width), and of the acts that they find the triggers, roles (acts × words × roles) and status.
    """

    trigger: Tensor
    vectors: Tensor
    spans: list[tuple[int, int]]
    roles: Tensor
    status: Tensor


class Teachers:
    """The student before and a deep teacher, and what they said of the sentences that they were asked of."""

    def __init__(self, student: Network, deep: DeepNetwork, collate: Collator) -> None:
        self.student, self.deep, self.collate = student, deep, collate
        self.told: dict[tuple[str, str], Told] = {}

    @torch.no_grad()
    def ask(self, sentences: list[Sentence]) -> None:
        """Asks them of each sentence once; both must be in evaluation mode."""
        unique = {(s.source, s.key): s for s in sentences if len(s.words) <= LONGEST}
        ordered = sorted(unique.values(), key=lambda sentence: len(sentence.words))
        for start in range(0, len(ordered), 32):
            some = ordered[start : start + 32]
            for sentence, told in zip(some, self._asked(some), strict=True):
                self.told[sentence.source, sentence.key] = told

    def _asked(self, sentences: list[Sentence]) -> Iterator[Told]:
        batch = self.collate(sentences)
        shares = ((self.student, 1 - DEEP), (self.deep, DEEP))
        read = [encode(network, batch) for network, _ in shares]
        mean = lambda each: sum(share * one for (_, share), one in zip(shares, each, strict=True))  # noqa: E731
        trigger = mean(
            network.heads(*vectors)["trigger"].softmax(-1)
            for (network, _), vectors in zip(shares, read, strict=True)
        )
        act_of, inside = found_acts(trigger, batch.blank)
        acts = [
            network.reader(words[act_of], inside, batch.blank[act_of])
            for (network, _), (words, _) in zip(shares, read, strict=True)
        ]
        roles, status = mean(r.sigmoid() for r, _ in acts), mean(s.softmax(-1) for _, s in acts)
        for row, sentence in enumerate(sentences):
            size, mine = len(sentence.words), act_of == row
            yield Told(
                trigger[row, :size].half(), read[1][0][row, :size].to(torch.bfloat16),
                [(int(i.argmax()), int(i.argmax() + i.sum())) for i in inside[mine]],
                roles[mine, :size].half(), status[mine].half(),
            )  # fmt: skip

    def losses(self, network: ActNetwork, batch: Batch, sentences: list[Sentence]) -> dict[str, Tensor]:
        """The loss of each head against what they said, with that against the labels, where there are any."""
        told = [self.told[sentence.source, sentence.key] for sentence in sentences]
        words, _ = encode(network, batch)
        out, real, size = network.heads(words)["trigger"], ~batch.blank, words.shape[1]
        found = {
            "trigger": against(out, _stacked([one.trigger for one in told], size), real),
            "vectors": _apart(network.toward(words), _stacked([one.vectors for one in told], size), real),
        }
        act_of = torch.tensor([row for row, one in enumerate(told) for _ in one.spans], dtype=torch.long)
        if len(act_of):
            inside = torch.zeros(len(act_of), size)
            for row, (start, end) in zip(inside, (span for one in told for span in one.spans), strict=True):
                row[start:end] = 1
            roles = torch.cat(
                [functional.pad(one.roles.float(), (0, 0, 0, size - one.roles.shape[1])) for one in told]
            )
            status = torch.cat([one.status.float() for one in told])
            found |= act_opinion_losses(network.reader, words, batch, act_of, inside, roles, status)
        for head, loss in _against_labels(network, batch, words, out).items():
            found[head] = found[head] + loss if head in found else loss
        return found


def _stacked(rows: list[Tensor], size: int) -> Tensor:
    return torch.stack([functional.pad(row.float(), (0, 0, 0, size - len(row))) for row in rows])


def _apart(guesses: Tensor, vectors: Tensor, real: Tensor) -> Tensor:
    """One minus the cosine, mean over the words that are there."""
    return (1 - functional.cosine_similarity(guesses, vectors, dim=-1))[real].mean()


def _against_labels(network: ActNetwork, batch: Batch, words: Tensor, out: Tensor) -> dict[str, Tensor]:
    found = {}
    if "trigger" in batch.simple:
        found["trigger"] = cross_entropy(out, batch.simple["trigger"])
    return found | (act_losses(network.reader, words, batch) if len(batch.act_of) else {})


def rates(network: ActNetwork) -> list[dict]:
    """What learns and how fast: the own layers, the lower the gentler, and the heads."""
    blocks = network.encoder.blocks
    return [
        *(
            {"params": list(block.parameters()), "lr": RATE * FALL ** (len(blocks) - 1 - layer)}
            for layer, block in enumerate(blocks)
        ),
        {"params": list(network.heads.parameters()), "lr": 5e-4},
        {"params": list(network.reader.parameters()), "lr": 3e-4},
        {"params": list(network.toward.parameters()), "lr": 5e-4},
    ]


def main() -> None:
    """Grows and trains with the arguments of the command line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    add = arguments.add_argument
    add("--work", type=Path, required=True, help="folder for checkpoints")
    add("--material", type=Path, default=WORK, help="folder that training.material filled")
    add("--student", type=Path, required=True, help="checkpoint of the network to grow on")
    add("--deep", type=Path, required=True, help="checkpoint of training.deep")
    add("--acts", type=int, default=3, help="passes over the event corpora")
    add("--news", type=int, default=40_000, help="sentences of unlabelled news")
    add("--seed", type=int, default=1)
    add("--within", type=float, help="minutes that the course may take; it is cut to fit")
    given = arguments.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(given.seed)
    read, collate, cpu = material.read(given.material), material.collator(given.material), torch.device("cpu")
    student = panel([given.student], given.material, cpu)[0]
    network = grown(student)
    news = random.Random(given.seed).sample(read.news, given.news)
    batches = schedule([(read.acts, given.acts), (news, 1)], 32, given.seed)
    teachers = Teachers(student, taught(given.deep), collate)
    teachers.ask([sentence for sentences in batches for sentence in sentences])
    print(len(teachers.told), "sentences asked,", sum(map(len, batches)), "to be seen", flush=True)
    course = Course(
        batches, collate, network, rates(network), lambda: act_scores(network, collate, read, cpu),
        given.work, cpu, given.seed, disguised=False, hidden=0.05, within_minutes=given.within,
    )  # fmt: skip
    run(course, lambda _, seen, sentences: teachers.losses(network, seen, sentences))


if __name__ == "__main__":
    main()
