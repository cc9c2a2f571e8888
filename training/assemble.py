"""Puts the trained parts together as the spaCy pipeline in `models/dramatis_en`."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import spacy

from etl.annotate import DEFAULT
from training.corpora import WORK

VERSION = "1.6.0"


def assemble(encoder: Path, ends: Path, target: Path) -> None:
    """Writes the pipeline of the exported `encoder` folder and the weights of the sentence ends, replacing
    `target`.
    """
    nlp = spacy.blank("en")
    nlp.meta.update(
        name="dramatis_en", version=VERSION, license="CC BY-SA 4.0",
        description="Grammar, names and acts of English news: one fine-tuned 8-bit encoder under all heads.",
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as scratch:
        shutil.copy(ends, Path(scratch) / "ends.npz")
        nlp.add_pipe("dramatis_sentence_ends", name="sentence_ends").from_disk(scratch)  # type: ignore[attr-defined]
    nlp.add_pipe("dramatis_encoder", name="encoder").from_disk(encoder)  # type: ignore[attr-defined]
    built = target.with_name(target.name + ".new")
    shutil.rmtree(built, ignore_errors=True)
    nlp.to_disk(built)
    shutil.rmtree(target, ignore_errors=True)
    built.rename(target)


def main() -> None:
    """Assembles with the arguments of the command line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument(
        "--encoder", type=Path, default=WORK / "encoder", help="exported (default: %(default)s)"
    )
    arguments.add_argument("--ends", type=Path, default=WORK / "ends.npz", help="default: %(default)s")
    arguments.add_argument("--out", type=Path, default=DEFAULT, help="default: %(default)s")
    given = arguments.parse_args()
    assemble(given.encoder, given.ends, given.out)


if __name__ == "__main__":
    main()
