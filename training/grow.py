"""Grows an act network on a student: layers of their own for acts, taught by a deep teacher.

What the student's last layers know of acts they must share with grammar and names. Here acts get eight layers
to themselves, on the student's first two, which stay as they are, and so does all else that it says. What the
teachers think of each sentence (`training.deep`, and the student itself) is asked once and kept.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from training import material
from training.batches import (
    LONGEST,
    Batch,
    Collator,
    act_schedule,
    by_length,
    stacked,
    without_oldest,
)
from training.corpora import WORK, Sentence
from training.deep import DeepNetwork, taught
from training.development import act_scores
from training.distil import panel
from training.loop import Course, falling, run, saved_weights
from training.losses import ActsSaid, act_losses, acts_said, against, against_labels, encode
from training.network import ActNetwork, Network, grown

DEEP = 0.7
"""Share of the deep teacher in what the two think of acts."""
PART = 8192
"""Sentences after which what the teachers said is written down."""
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
    """The student before (or the act network before) and a deep teacher, and what they said of the sentences
    that they were asked of.
    """

    def __init__(self, before: Network | ActNetwork, deep: DeepNetwork, collate: Collator) -> None:
        self.before, self.deep, self.collate = before, deep, collate
        self.told: dict[tuple[str, str], Told] = {}

    @torch.no_grad()
    def ask(self, sentences: list[Sentence], kept: Path) -> None:
        """Asks them of each sentence once and keeps what they say in the folder `kept`: a course that
        goes on need not ask again. Both must be in evaluation mode.
        """
        for path in sorted(kept.glob("told-*.pt")):
            self.told |= torch.load(path, weights_only=False)  # our own files, written below
        asked = {(s.source, s.key): s for s in sentences if len(s.words) <= LONGEST}
        left = [sentence for key, sentence in asked.items() if key not in self.told]
        for start in range(0, len(left), PART):
            part = {
                (sentence.source, sentence.key): told
                for some in by_length(left[start : start + PART])
                for sentence, told in zip(some, self._asked(some), strict=True)
            }
            torch.save(part, kept / f"told-{len(self.told):07}.pt")
            self.told |= part

    def _asked(self, sentences: list[Sentence]) -> Iterator[Told]:
        batch = self.collate(sentences)
        read = [(network, encode(network, batch)) for network in (self.before, self.deep)]
        types = [network.heads(*vectors)["trigger"].softmax(-1) for network, vectors in read]
        trigger, (_, (deep_words, _)) = _mean(types), read[1]
        acts = acts_said(trigger, read, batch.blank, _mean)
        for row, sentence in enumerate(sentences):
            size, mine = len(sentence.words), acts.act_of == row
            yield Told(
                trigger[row, :size].half(), deep_words[row, :size].to(torch.bfloat16),
                [(int(i.argmax()), int(i.argmax() + i.sum())) for i in acts.inside[mine]],
                acts.roles[mine, :size].half(), acts.status[mine].half(),
            )  # fmt: skip

    def losses(self, network: ActNetwork, batch: Batch, sentences: list[Sentence]) -> dict[str, Tensor]:
        """The loss of each head against what they said, with that against the labels, where there are any."""
        told = [self.told[sentence.source, sentence.key] for sentence in sentences]
        words, sentence = encode(network, batch)
        out, real, size = network.heads(words), ~batch.blank, words.shape[1]
        found = {
            "trigger": against(out["trigger"], stacked([one.trigger for one in told], size), real),
            "vectors": _apart(network.toward(words), stacked([one.vectors for one in told], size), real),
        }
        if any(one.spans for one in told):
            found |= act_losses(network.reader, words, batch.blank, _acts_of(told, size))
        for head, loss in against_labels(network, batch, words, sentence, out).items():
            found[head] = found[head] + loss if head in found else loss
        return found


def _mean(each: list[Tensor]) -> Tensor:
    """Of what the network before and the deep teacher say."""
    before, deep = each
    return (1 - DEEP) * before + DEEP * deep


def _acts_of(told: list[Told], size: int) -> ActsSaid:
    act_of = torch.tensor([row for row, one in enumerate(told) for _ in one.spans], dtype=torch.long)
    inside = torch.zeros(len(act_of), size)
    for row, (start, end) in zip(inside, (span for one in told for span in one.spans), strict=True):
        row[start:end] = 1
    roles = stacked([act for one in told for act in one.roles], size)
    return ActsSaid(act_of, inside, roles, torch.cat([one.status.float() for one in told]))


def _apart(guesses: Tensor, vectors: Tensor, real: Tensor) -> Tensor:
    """One minus the cosine, mean over the words that are there."""
    return (1 - functional.cosine_similarity(guesses, vectors, dim=-1))[real].mean()


def rates(network: ActNetwork, share: float) -> list[dict]:
    """What learns and how fast: the own layers, the lower the gentler, and the heads."""
    return [
        *falling(network.encoder.blocks, share * RATE, FALL),
        {"params": list(network.heads.parameters()), "lr": share * 5e-4},
        {"params": list(network.reader.parameters()), "lr": share * 3e-4},
        {"params": list(network.toward.parameters()), "lr": share * 5e-4},
    ]


def main() -> None:
    """Grows and trains with the arguments of the command line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    add = arguments.add_argument
    add("--work", type=Path, required=True, help="folder for checkpoints")
    add("--material", type=Path, default=WORK, help="folder that training.material filled")
    add("--student", type=Path, required=True, help="checkpoint of the network to grow on")
    add("--deep", type=Path, required=True, help="checkpoint of training.deep")
    add("--start-from", type=Path, help="checkpoint of this program to go on from, asked as the student was")
    add("--own", type=int, default=3, help="passes over our own annotations")
    add("--newest", type=float, default=1.0, help="only so large a part of them, the newest")
    add("--corpora", type=int, default=3, help="passes over the event corpora")
    add("--news", type=int, default=40_000, help="sentences of unlabelled news")
    add("--last", type=int, default=0, help="passes over the event corpora alone, when the rest is over")
    add("--share", type=float, default=1.0, help="of the usual learning rates")
    add("--seed", type=int, default=1)
    add("--within", type=float, help="minutes that the course may take; it is cut to fit")
    given = arguments.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(given.seed)
    read, collate, cpu = material.read(given.material), material.collator(given.material), torch.device("cpu")
    student = panel([given.student], given.material, cpu)[0]
    network = grown(student)
    before: Network | ActNetwork = student
    if given.start_from:
        network.load_state_dict(saved_weights(given.start_from))
        before = deepcopy(network).eval()
    news = random.Random(given.seed).sample(read.news, given.news)
    acts = without_oldest(read.acts, given.newest)
    batches = act_schedule(acts, given.own, given.corpora, given.last, 32, given.seed, news)
    teachers = Teachers(before, taught(given.deep), collate)
    teachers.ask([sentence for sentences in batches for sentence in sentences], given.work)
    print(len(teachers.told), "sentences asked,", sum(map(len, batches)), "to be seen", flush=True)
    course = Course(
        batches, collate, network, rates(network, given.share),
        lambda: act_scores(network, collate, read, cpu), given.work, cpu, given.seed,
        disguised=False, hidden=0.05, within_minutes=given.within,
    )  # fmt: skip
    run(course, lambda _, seen, sentences: teachers.losses(network, seen, sentences))


if __name__ == "__main__":
    main()
