"""The label inventories of the encoder's heads, as they ship beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

PIECES_AT_MOST = 254
"""Word pieces of one reading; longer sentences are read in parts."""


@dataclass(frozen=True)
class HeadLabels:
    """Per head its labels in the order of its outputs; `lookup` maps "form|UPOS" to the lemma."""

    upos: tuple[str, ...]
    tag: tuple[str, ...]
    morph: tuple[str, ...]
    lemma: tuple[str, ...]
    dep: tuple[str, ...]
    names: tuple[str, ...]
    lookup: dict[str, str]


def read_labels(folder: Path) -> HeadLabels:
    """The inventories in `labels.json` and the lookup in `lemmas.json`."""
    inventories = json.loads((folder / "labels.json").read_text(encoding="utf8"))
    lookup = json.loads((folder / "lemmas.json").read_text(encoding="utf8"))
    return HeadLabels(**{head: tuple(labels) for head, labels in inventories.items()}, lookup=lookup)
