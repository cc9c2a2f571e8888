"""Teaches one network what a panel of networks thinks, on the labelled corpora and on unlabelled news.

The panel (courses of `training.train` with different seeds or corpora) is asked about each batch as it is
read; the student sees the same batch with some word pieces hidden and answers to the mean of their
probabilities, and to the corpora's labels beside it. Deep teachers (`training.deep`) have a say on acts.
"""

from __future__ import annotations

from pathlib import Path

import torch

from training import material
from training.deep import taught
from training.loop import run, saved_weights
from training.losses import of_opinion, opinion
from training.network import Network
from training.train import arguments_of, course_of


def panel(checkpoints: list[Path], source: Path, device: torch.device) -> list[Network]:
    """The teachers, in evaluation mode."""
    networks = []
    for path in checkpoints:
        network = material.fresh_network(source)
        network.load_state_dict(saved_weights(path))
        networks.append(network.eval().to(device))
    return networks


def main() -> None:
    """Distils with the arguments of the command line."""
    arguments = arguments_of(__doc__)
    arguments.add_argument("--teachers", type=Path, nargs="+", required=True, help="their checkpoints")
    arguments.add_argument("--deep", type=Path, nargs="*", default=[], help="checkpoints of training.deep")
    arguments.add_argument("--news", type=int, default=2, help="passes over the unlabelled news")
    arguments.add_argument("--labels", type=float, default=0.5, help="weight of the corpora's own labels")
    given = arguments.parse_args()
    read = material.read(given.material)
    course = course_of(
        given, read,
        [
            (read.trees, given.trees), (read.names, given.names), (read.acts, given.acts),
            (read.news, given.news),
        ],
    )  # fmt: skip
    teachers = panel(given.teachers, given.material, course.device)
    deep = [taught(checkpoint).to(course.device) for checkpoint in given.deep]
    print(sum(map(len, course.batches)), "sentences in", len(course.batches), "batches", flush=True)
    run(
        course,
        lambda whole, seen, _: of_opinion(course.network, seen, opinion(teachers, whole, deep), given.labels),
    )


if __name__ == "__main__":
    main()
