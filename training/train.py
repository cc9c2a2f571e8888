"""Fine-tunes the encoder on all tasks at once. `python -m training.train --help` names the knobs.

Checkpoints go to the work folder every few minutes; the same command goes on where the last one stopped.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch

from training import material
from training.batches import schedule
from training.corpora import WORK, Material, Sentence
from training.development import scores
from training.loop import Course, run, saved_weights
from training.losses import of_labels
from training.network import Network


def course_of(given: argparse.Namespace, read: Material, lists: list[tuple[list[Sentence], int]]) -> Course:
    """The course that the command line describes, over `lists` of the material `read` with the number of
    passes over each; the network is the pretrained one or that of `--start-from`.
    """
    source = given.material
    given.work.mkdir(parents=True, exist_ok=True)
    if source != given.work:
        for name in material.DATA:
            shutil.copy(source / name, given.work / name)
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    network = material.fresh_network(source)
    if given.start_from:
        network.load_state_dict(saved_weights(given.start_from))
    collate, device = material.collator(source), torch.device(given.device)
    return Course(
        schedule(lists, given.batch, given.seed), collate, network, rates(network, given.share),
        lambda: scores(network, collate, read, device), given.work, device, given.seed, True, given.hidden,
        given.loaders, given.minutes, given.within,
    )  # fmt: skip


def rates(network: Network, share: float) -> list[dict]:
    """What learns and how fast: gently what is pretrained; `share` of all the rates, less than all for a
    second course, more for larger batches.
    """
    slow = [p for name, p in network.encoder.named_parameters() if p.requires_grad and "shapes" not in name]
    fast = [*network.encoder.shapes.parameters(), *network.heads.parameters()]
    return [
        {"params": slow, "lr": share * 1.2e-4},
        {"params": fast, "lr": share * 8e-4},
        {"params": list(network.reader.parameters()), "lr": share * 5e-4},
    ]


def arguments_of(description: str) -> argparse.ArgumentParser:
    """The options that every course has."""
    arguments = argparse.ArgumentParser(description=description)
    add = arguments.add_argument
    add("--work", type=Path, default=WORK, help="folder for checkpoints (default: %(default)s)")
    add("--material", type=Path, default=WORK, help="folder that training.material filled")
    add("--trees", type=int, default=4, help="passes over the treebanks")
    add("--names", type=int, default=3, help="passes over the name corpora")
    add("--acts", type=int, default=8, help="passes over the event corpora")
    add("--batch", type=int, default=32, help="sentences, fewer where they are long")
    add("--seed", type=int, default=1)
    add("--start-from", type=Path, help="checkpoint to begin with")
    add("--share", type=float, default=1.0, help="of the usual learning rates")
    add("--hidden", type=float, default=0.0, help="share of the word pieces that are hidden")
    add("--device", default="cpu", help="cpu or cuda")
    add("--threads", type=int, default=2)
    add("--loaders", type=int, default=0, help="processes that make batches")
    add("--minutes", type=float, default=8, help="between checkpoints")
    add("--within", type=float, help="minutes that the course may take; it is cut to fit")
    return arguments


def main() -> None:
    """Trains with the arguments of the command line."""
    arguments = arguments_of(__doc__)
    arguments.add_argument(
        "--without", nargs="*", default=[], help="name corpora to leave out, such as wikigold uner"
    )
    given = arguments.parse_args()
    read = material.read(given.material)
    named = [sentence for sentence in read.names if sentence.source not in given.without]
    course = course_of(
        given, read, [(read.trees, given.trees), (named, given.names), (read.acts, given.acts)]
    )
    print(sum(map(len, course.batches)), "sentences in", len(course.batches), "batches", flush=True)
    run(course, lambda _, seen, __: of_labels(course.network, seen))


if __name__ == "__main__":
    main()
