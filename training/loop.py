"""One training run: batches made in the background, AdamW, checkpoints, and going on after a stop."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, Dataset

from training.batches import Batch, Collator, disguised
from training.corpora import Sentence
from training.losses import total

Losses = Callable[[Batch, Batch, list[Sentence]], dict[str, Tensor]]
"""Of a batch as the corpora have it, the same with pieces hidden and its sentences, the loss of each head."""

MEASURED = 100
"""Steps between two looks at the clock in a course with a time limit; the first look does not count."""


@dataclass
class Course:
    """All that one training run needs: the batches in order, how to read them, and what learns."""

    batches: list[list[Sentence]]
    collate: Collator
    network: nn.Module
    rates: list[dict]
    """What of the network learns, in groups with their learning rates, as AdamW takes them."""
    scores: Callable[[], dict[str, float]]
    """Looks at the development parts, at every checkpoint."""
    work: Path
    device: torch.device = field(default_factory=lambda: torch.device("cpu"))
    seed: int = 1
    disguised: bool = True
    """Whether sentences appear now and then as other sources would print them."""
    hidden: float = 0.0
    """Share of the word pieces that the network does not see."""
    loaders: int = 0
    """Processes that make batches; 0 makes them in between."""
    checkpoint_minutes: float = 8
    within_minutes: float | None = None
    """Cuts the course to what can be run in this time."""


class _Batches(Dataset):
    """Batches by step, disguised in the same way whenever a step is run."""

    def __init__(self, course: Course) -> None:
        self.course = course

    def __getitem__(self, step: int) -> Batch:
        chance = random.Random(self.course.seed * 1_000_003 + step)
        sentences = self.course.batches[step]
        if self.course.disguised:
            sentences = [disguised(sentence, chance) for sentence in sentences]
        return self.course.collate(sentences)


class _Pace:
    """Warm-up over a tenth of the steps, then a rate that falls to nothing; a time limit moves the end."""

    def __init__(self, steps: int, minutes: float | None) -> None:
        self.steps = self.most = steps
        self.until = time.monotonic() + 60 * minutes if minutes else None
        self.since: tuple[int, float] | None = None

    def look(self, step: int) -> None:
        """Puts the end where the time will be over at the speed so far."""
        now = time.monotonic()
        if self.until and self.since:
            each = (now - self.since[1]) / (step - self.since[0])
            self.steps = min(self.most, step + int(max(0.0, self.until - now) / each))
        self.since = self.since or (step, now)

    def __call__(self, step: int) -> float:
        warm = max(1, self.steps // 10)
        return min((step + 1) / warm, max(0.0, (self.steps - step) / (self.steps - warm)))


def run(course: Course, losses: Losses) -> None:
    """Runs the course, from the last checkpoint in its folder if there is one, and leaves `last.pt` there."""
    torch.set_float32_matmul_precision("high")
    torch.multiprocessing.set_sharing_strategy("file_system")  # else each waiting tensor holds a file open
    network = course.network.to(course.device)
    pace = _Pace(len(course.batches), course.within_minutes)
    optimizer = torch.optim.AdamW(course.rates, weight_decay=0.01)
    rate = torch.optim.lr_scheduler.LambdaLR(optimizer, pace)
    done = _resume(course, optimizer, rate)
    mask = course.collate.pieces.mask
    saved = time.monotonic()
    report = _Report(len(course.batches))
    for step, batch in enumerate(_made(course, done), done):
        if step >= pace.steps:
            break
        torch.manual_seed(course.seed * 1_000_003 + step)
        network.train()
        whole = batch.on(course.device)
        seen = whole.with_pieces_hidden(course.hidden, mask) if course.hidden else whole
        found = losses(whole, seen, course.batches[step])
        total(found).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        rate.step()
        report.add(step, len(course.batches[step]), found)
        if step % MEASURED == 0 and step > done:
            pace.look(step)
        if time.monotonic() - saved > 60 * course.checkpoint_minutes:
            _save(course, optimizer, rate, step + 1)
            saved = time.monotonic()
    _save(course, optimizer, rate, pace.steps)


def _made(course: Course, done: int) -> Iterator[Batch]:
    steps = range(done, len(course.batches))
    return iter(
        DataLoader(
            _Batches(course), batch_size=None, sampler=steps, num_workers=course.loaders,  # type: ignore[arg-type]
            collate_fn=lambda batch: batch, prefetch_factor=16 if course.loaders else None,
        )
    )  # fmt: skip


class _Report:
    """Prints a running mean of the losses every hundred steps."""

    def __init__(self, steps: int) -> None:
        self.steps, self.seen, self.began = steps, 0, time.monotonic()
        self.means: dict[str, Tensor] = {}

    def add(self, step: int, sentences: int, found: dict[str, Tensor]) -> None:
        """Takes in the losses of one step."""
        self.seen += sentences
        for head, loss in found.items():
            now = loss.detach()
            self.means[head] = self.means.get(head, now).lerp(now, 0.02)
        if step % 100 == 99:
            speed = self.seen / (time.monotonic() - self.began)
            means = {head: round(mean.item(), 3) for head, mean in sorted(self.means.items())}
            print(f"step {step + 1}/{self.steps} {speed:.0f}/s", means, flush=True)


def falling(blocks: Sequence[nn.Module], rate: float, fall: float) -> list[dict]:
    """Groups for AdamW: the last block learns at `rate`, each one below at `fall` of the one above."""
    return [
        {"params": list(block.parameters()), "lr": rate * fall**depth}
        for depth, block in enumerate(reversed(blocks))
    ]


def saved_weights(checkpoint: Path) -> dict[str, Tensor]:
    """The weights of the network that a run left in `checkpoint`."""
    return torch.load(checkpoint, map_location="cpu")["network"]


def _resume(course: Course, optimizer, rate) -> int:
    path = course.work / "last.pt"
    if not path.exists():
        return 0
    state = torch.load(path, map_location=course.device)
    course.network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    rate.load_state_dict(state["rate"] | {"lr_lambdas": [None] * len(rate.lr_lambdas)})
    return state["step"]


def _save(course: Course, optimizer, rate, step: int) -> None:
    network = course.network
    state = {
        "network": network.state_dict(),
        "optimizer": optimizer.state_dict(),
        "rate": {name: value for name, value in rate.state_dict().items() if name != "lr_lambdas"},
        "step": step,
    }
    path = course.work / "last.pt"
    torch.save(state, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)
    print("development", course.scores(), flush=True)
