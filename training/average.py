"""Averages the weights of two checkpoints of one training: better than either where they lie on one slope."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch

from training.loop import saved_weights
from training.material import DATA


def average(first: Path, second: Path, target: Path, share: float = 0.5) -> None:
    """Writes the mean of `first/last.pt` and `second/last.pt`, the second with that share, and its labels."""
    networks = [saved_weights(folder / "last.pt") for folder in (first, second)]
    target.mkdir(parents=True, exist_ok=True)
    mean = {name: torch.lerp(weight, networks[1][name], share) for name, weight in networks[0].items()}
    torch.save({"network": mean}, target / "last.pt")
    for name in DATA:
        if (second / name).exists():
            shutil.copy(second / name, target / name)


def main() -> None:
    """Averages with the arguments of the command line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("first", type=Path, help="folder of a checkpoint")
    arguments.add_argument("second", type=Path, help="folder of another")
    arguments.add_argument("target", type=Path, help="folder to write")
    arguments.add_argument("--share", type=float, default=0.5, help="of the other (default: %(default)s)")
    given = arguments.parse_args()
    average(given.first, given.second, given.target, given.share)


if __name__ == "__main__":
    main()
