"""Quick scores on the development parts while training runs (argmax, gold sentences; the tables come from
evaluate).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from etl.language.encoder import triggers
from training.batches import OPEN, Batch, Collator, by_length
from training.corpora import Material, Sentence
from training.network import ActNetwork, Network

if TYPE_CHECKING:
    from training.deep import DeepNetwork

SURE = 0.35
"""Probability from which an act counts here; the event coder sets its own."""


def scores(network: Network, collate: Collator, material: Material, device: torch.device) -> dict[str, float]:
    """Shares of right labels: tags and arcs on both treebanks, words of names (F1), acts (F1 by overlap of
    triggers) and the type of those found, acts of the right type at the best cut (F1), words of roles (F1)
    and status for given triggers.
    """
    network.eval()
    read = lambda sentences: _batches(sentences, collate, device)  # noqa: E731
    with torch.inference_mode():
        found = _trees(network, read(material.held_trees), collate.number["dep"]["punct"])
        found |= _names(network, read(material.held_names))
        found |= _acts(network, read(material.held_acts))
    return {name: round(value, 4) for name, value in found.items()}


def act_scores(
    network: DeepNetwork | ActNetwork, collate: Collator, material: Material, device: torch.device
) -> dict[str, float]:
    """As `scores`, of acts alone."""
    network.eval()
    with torch.inference_mode():
        found = _acts(network, _batches(material.held_acts, collate, device))
    return {name: round(value, 4) for name, value in found.items()}


def _batches(sentences: list[Sentence], collate: Collator, device: torch.device) -> Iterator[Batch]:
    return (collate(some).on(device) for some in by_length(sentences))


def _trees(network: Network, batches: Iterator[Batch], punct: int) -> dict[str, float]:
    right = dict.fromkeys(("upos", "tag", "morph", "lemma", "uas", "las"), 0)
    count = dict.fromkeys(right, 0)
    for batch in batches:
        words, sentence = network.encoder(batch.ids, batch.shapes, batch.first, batch.last, batch.closed)
        out = network.heads(words, sentence)
        for head in ("upos", "tag", "morph", "lemma"):
            known = batch.simple[head] != OPEN
            right[head] += int((out[head].argmax(-1) == batch.simple[head])[known].sum())
            count[head] += int(known.sum())
        blank = torch.cat([torch.zeros_like(batch.blank[:, :1]), batch.blank], 1)
        heads = out["arc"].masked_fill(blank[:, None], -1e4).argmax(-1)
        ends = torch.cat([sentence[:, None], words], 1)
        of_heads = ends.gather(1, heads[:, :, None].expand(-1, -1, ends.shape[2]))
        deps = network.heads.dep.along(words, of_heads).argmax(-1)
        dep = batch.simple["dep"]
        known = (batch.head != OPEN) & (dep != OPEN) & (dep != punct)
        for name, good in (
            ("uas", heads == batch.head),
            ("las", (heads == batch.head) & (deps == dep)),
        ):
            right[name] += int(good[known].sum())
            count[name] += int(known.sum())
    return {name: right[name] / max(1, count[name]) for name in right}


def _names(network: Network, batches: Iterator[Batch]) -> dict[str, float]:
    hit = predicted = gold = 0
    for batch in batches:
        out = network.heads(*network.encoder(batch.ids, batch.shapes, batch.first, batch.last, batch.closed))
        guess, truth = out["names"].argmax(-1)[batch.named], batch.names[batch.named].float().argmax(-1)
        hit += int(((guess == truth) & (truth > 0)).sum())
        predicted, gold = predicted + int((guess > 0).sum()), gold + int((truth > 0).sum())
    return {"name words": 2 * hit / max(1, predicted + gold)}


def _acts(network: Network | DeepNetwork | ActNetwork, batches: Iterator[Batch]) -> dict[str, float]:
    met, roles, status = _Met(), [0, 0], [0, 0]
    for batch in batches:
        words, sentence = network.encoder(batch.ids, batch.shapes, batch.first, batch.last, batch.closed)
        met.add(network.heads(words, sentence)["trigger"].softmax(-1), batch)
        if len(batch.act_of):
            played, state = network.reader(words[batch.act_of], batch.inside, batch.blank[batch.act_of])
            on = (played > 0) & ~batch.blank[batch.act_of][:, :, None]
            _count(roles, (on & (batch.roles > 0)).sum(), on.sum() + batch.roles.sum())
            _count(status, (state.argmax(-1) == batch.status).sum(), len(batch.status))
    return {
        **met.scores(),
        "role words": 2 * roles[0] / max(1, roles[1]),
        "status": status[0] / max(1, status[1]),
    }


class _Met:
    """Found acts, the likeliest of a sentence first, and the annotated ones that their triggers overlap."""

    def __init__(self) -> None:
        self.found: list[tuple[float, bool, bool]] = []
        """Probability, whether the trigger is right, and whether the type is, too."""
        self.annotated = 0

    def add(self, probabilities: Tensor, batch: Batch) -> None:
        """Takes in a batch: batch × words × types."""
        gold, inside = batch.simple["trigger"], batch.inside.bool()
        rows = probabilities.masked_fill(batch.blank[:, :, None], 0).float().cpu().numpy()
        for row, words in enumerate(rows):
            open_acts = [(mask, int(gold[row][mask][0]) - 1) for mask in inside[batch.act_of == row]]
            self.annotated += len(open_acts)
            for start, end, kind, probability in sorted(triggers(words), key=lambda act: -act[3]):
                mine = [n for n, (mask, _) in enumerate(open_acts) if mask[start:end].any()]
                typed = bool(mine) and open_acts.pop(mine[0])[1] == kind
                self.found.append((probability, bool(mine), typed))

    def scores(self) -> dict[str, float]:
        """F1 of acts at `SURE`, the share of right types among them, and the best F1 of acts of the right
        type at any cut: only the last is the same however sure a network is of itself.
        """
        sure = [act for act in self.found if act[0] >= SURE]
        hits, right = sum(hit for _, hit, _ in sure), sum(typed for _, _, typed in sure)
        best, typed_hits = 0.0, 0
        for number, (_, _, typed) in enumerate(sorted(self.found, reverse=True), 1):
            typed_hits += typed
            best = max(best, 2 * typed_hits / (number + self.annotated))
        return {
            "acts": 2 * hits / max(1, len(sure) + self.annotated),
            "act types": right / max(1, hits),
            "typed acts": best,
        }


def _count(pair: list[int], right, out_of) -> None:
    pair[0] += int(right)
    pair[1] += int(out_of)
