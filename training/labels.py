"""The label inventories of the heads, taken from the training sentences and shipped beside the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from etl.language.lemmas import OPEN_CLASSES, edit_script
from training.corpora import Sentence
from training.names import BIO

RARE = 3
"""A morphology or edit script seen fewer times than this is not worth a class."""


@dataclass(frozen=True)
class Labels:
    """One tuple of labels per head, in the order of its outputs, and lemmas that no edit script makes."""

    upos: tuple[str, ...]
    tag: tuple[str, ...]
    morph: tuple[str, ...]
    lemma: tuple[str, ...]
    dep: tuple[str, ...]
    names: tuple[str, ...] = BIO

    def as_json(self) -> dict[str, list[str]]:
        return {head: list(labels) for head, labels in asdict(self).items()}


def collect(sentences: Iterable[Sentence]) -> tuple[Labels, dict[str, str]]:
    """The inventories and the lookup ("form|UPOS" in lower case form -> lemma) of the training trees: all
    forms of the open classes that are not their own lemma, and other words that no edit script makes.
    """
    counts: dict[str, Counter] = {head: Counter() for head in ("upos", "tag", "morph", "lemma", "dep")}
    lemmas: Counter = Counter()
    for sentence in sentences:
        tree = sentence.tree
        if tree is None:
            continue
        for head in ("upos", "tag", "morph", "dep"):
            counts[head].update(label for label in getattr(tree, head) if label is not None)
        for word, lemma, upos in zip(sentence.words, tree.lemma, tree.upos, strict=True):
            if lemma is not None:
                counts["lemma"][edit_script(word, lemma)] += 1
                lemmas[word.lower(), upos, lemma, edit_script(word, lemma)] += 1
    kept = {
        head: _frequent(count, RARE if head in ("morph", "lemma") else 1) for head, count in counts.items()
    }
    lookup = {
        f"{form}|{upos}": lemma
        for (form, upos, lemma, script), number in sorted(lemmas.items(), key=lambda item: item[1])
        if upos in OPEN_CLASSES or (number >= 2 and script not in kept["lemma"])
    }
    return Labels(**kept), {key: lemma for key, lemma in lookup.items() if key.split("|")[0] != lemma}


def _frequent(count: Counter, least: int) -> tuple[str, ...]:
    return tuple(sorted(label for label, number in count.items() if number >= least))
