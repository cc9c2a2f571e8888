"""What a network is asked for: the labels of a batch, or what a panel of teachers says about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor
from torch.nn import functional

from etl.language.encoder import triggers
from training.batches import OPEN, Batch
from training.network import ActNetwork, Heads, Network, RoleReader

if TYPE_CHECKING:
    from training.deep import DeepNetwork

WEIGHTS = {
    "upos": 0.5, "tag": 0.5, "morph": 0.5, "lemma": 0.5, "arc": 1.0, "dep": 1.0,
    "names": 1.5, "trigger": 2.0, "roles": 1.5, "status": 0.7, "vectors": 1.0,
}  # fmt: skip


def total(found: dict[str, Tensor]) -> Tensor:
    """The weighted sum of the heads' losses."""
    return torch.stack([WEIGHTS[head] * loss for head, loss in found.items()]).sum()


def encode(network: Network | DeepNetwork | ActNetwork, batch: Batch) -> tuple[Tensor, Tensor]:
    """Vectors of words (batch × words × width) and sentences, in 32 bits."""
    # Only the encoder runs in bfloat16: CPU kernels are compiled per shape, and the heads see too many.
    with torch.autocast(batch.ids.device.type, torch.bfloat16):
        words, sentence = network.encoder(batch.ids, batch.shapes, batch.first, batch.last, batch.closed)
    return words.float(), sentence.float()


def of_labels(network: Network, batch: Batch) -> dict[str, Tensor]:
    """The mean loss of each head over what the batch labels for it; heads without labels are absent."""
    words, sentence = encode(network, batch)
    return against_labels(network, batch, words, sentence, network.heads(words, sentence))


def against_labels(
    network: Network | DeepNetwork | ActNetwork,
    batch: Batch,
    words: Tensor,
    sentence: Tensor,
    out: dict[str, Tensor],
) -> dict[str, Tensor]:
    """As `of_labels`, with the batch read already."""
    found = {head: cross_entropy(out[head], gold) for head, gold in batch.simple.items() if head != "dep"}
    if batch.any_names:
        found["names"] = _within(out["names"][batch.named], batch.names[batch.named])
    if "dep" in batch.simple:
        found |= _tree_losses(network, words, sentence, out["arc"], batch)
    if len(batch.act_of):
        found |= act_losses(network.reader, words, batch.blank, batch)
    return found


def cross_entropy(logits: Tensor, gold: Tensor) -> Tensor:
    """The mean loss over the words that are labelled."""
    return functional.cross_entropy(logits.flatten(0, 1), gold.flatten(), ignore_index=OPEN)


def _within(logits: Tensor, allowed: Tensor) -> Tensor:
    """Minus the log of the probability that lies on the allowed labels."""
    return (logits.logsumexp(-1) - logits.masked_fill(~allowed, -1e9).logsumexp(-1)).mean()


def _tree_losses(
    network: Network, words: Tensor, sentence: Tensor, arcs: Tensor, batch: Batch
) -> dict[str, Tensor]:
    taught = (batch.head != OPEN).any(1)
    arcs = arcs[taught].masked_fill(_closed_ends(batch)[taught][:, None], -1e4)
    deps = _labels_along(network.heads, words[taught], sentence[taught], batch.head[taught].clamp(min=0))
    return {
        "arc": cross_entropy(arcs, batch.head[taught]),
        "dep": cross_entropy(deps, batch.simple["dep"][taught]),
    }


def _closed_ends(batch: Batch) -> Tensor:
    """batch × (1 + words): true where there is no word to hang on; the root is always open."""
    return torch.cat([torch.zeros_like(batch.blank[:, :1]), batch.blank], 1)


def _labels_along(heads: Heads, words: Tensor, sentence: Tensor, of: Tensor) -> Tensor:
    """Scores of the arc labels for each word with the head `of` (0 is the root)."""
    ends = torch.cat([sentence[:, None], words], 1)
    of_heads = ends.gather(1, of[:, :, None].expand(-1, -1, ends.shape[2]))
    return heads.dep.along(heads.dropout(words), heads.dropout(of_heads))


def act_losses(reader: RoleReader, words: Tensor, blank: Tensor, acts: Batch | ActsSaid) -> dict[str, Tensor]:
    """The losses of roles and status for the triggers of `acts`: against labels or against probabilities."""
    blank = blank[acts.act_of]
    roles, status = reader(words[acts.act_of], acts.inside, blank)
    each = functional.binary_cross_entropy_with_logits(roles, acts.roles, reduction="none")
    return {
        "roles": _per_act(each, blank),
        "status": functional.cross_entropy(status, acts.status),
    }


def _per_act(each: Tensor, blank: Tensor) -> Tensor:
    return each.masked_fill(blank[:, :, None], 0).sum() / len(each) / each.shape[2]


@dataclass(frozen=True)
class ActsSaid:
    """Acts that teachers find in a batch: their rows, triggers (acts × words, 1 inside), and probabilities of
    roles (acts × words × roles) and status (acts × statuses).
    """

    act_of: Tensor
    inside: Tensor
    roles: Tensor
    status: Tensor


@dataclass(frozen=True)
class Opinion:
    """Mean probabilities of a panel: per word for each simple head, the arcs, the arc labels along the
    panel's own `heads`, and the acts that it finds.
    """

    simple: dict[str, Tensor]
    arc: Tensor
    heads: Tensor
    dep: Tensor
    acts: ActsSaid


@torch.no_grad()
def opinion(panel: list[Network], batch: Batch, deep: Sequence[DeepNetwork] = ()) -> Opinion:
    """What the teachers together say of a batch, and of its acts the `deep` ones, too; all must be in
    evaluation mode.
    """
    closed = _closed_ends(batch)[:, None]
    read = [encode(network, batch) for network in panel]
    read_deeply = [encode(network, batch) for network in deep]
    for_acts = [*zip(panel, read, strict=True), *zip(deep, read_deeply, strict=True)]
    every = [network.heads(*vectors) for network, vectors in for_acts]
    outs = every[: len(panel)]
    simple = {head: _mean([out[head].softmax(-1) for out in every if head in out]) for head in Heads.SIMPLE}
    arc = _mean([out["arc"].masked_fill(closed, -1e4).softmax(-1) for out in outs])
    heads = arc.argmax(-1)
    dep = _mean(
        [
            _labels_along(network.heads, *vectors, heads).softmax(-1)
            for network, vectors in zip(panel, read, strict=True)
        ]
    )
    return Opinion(simple, arc, heads, dep, acts_said(simple["trigger"], for_acts, batch.blank))


def acts_said(
    trigger: Tensor,
    read: Sequence[tuple[Network | DeepNetwork | ActNetwork, tuple[Tensor, Tensor]]],
    blank: Tensor,
    mean: Callable[[list[Tensor]], Tensor] | None = None,
) -> ActsSaid:
    """The acts that the types of words tell, and the `mean` of what networks say about them, given how each
    has read the batch.
    """
    mean = mean or _mean
    act_of, inside = _found_acts(trigger, blank)
    acts = [network.reader(words[act_of], inside, blank[act_of]) for network, (words, _) in read]
    return ActsSaid(
        act_of, inside, mean([a[0].sigmoid() for a in acts]), mean([a[1].softmax(-1) for a in acts])
    )


def _mean(each: list[Tensor]) -> Tensor:
    return torch.stack(each).mean(0)


def _found_acts(trigger: Tensor, blank: Tensor) -> tuple[Tensor, Tensor]:
    """Rows and trigger words (1 inside) of the acts as run time would find them."""
    probabilities = trigger.masked_fill(blank[:, :, None], 0).cpu().numpy()
    found = [(row, s, e) for row, words in enumerate(probabilities) for s, e, _, _ in triggers(words)]
    inside = torch.zeros(len(found), trigger.shape[1])
    for number, (_, start, end) in enumerate(found):
        inside[number, start:end] = 1
    rows = torch.tensor([row for row, _, _ in found], dtype=torch.long)
    return rows.to(trigger.device), inside.to(trigger.device)


def of_opinion(network: Network, batch: Batch, said: Opinion, labels: float) -> dict[str, Tensor]:
    """The loss of each head against the panel's opinion of every word, and with weight `labels` against
    what the batch labels.
    """
    words, sentence = encode(network, batch)
    out = network.heads(words, sentence)
    real = ~batch.blank
    found = {head: against(out[head], said.simple[head], real) for head in Heads.SIMPLE}
    found["arc"] = against(out["arc"].masked_fill(_closed_ends(batch)[:, None], -1e4), said.arc, real)
    found["dep"] = against(_labels_along(network.heads, words, sentence, said.heads), said.dep, real)
    if len(said.acts.act_of):
        found |= act_losses(network.reader, words, batch.blank, said.acts)
    for head, loss in against_labels(network, batch, words, sentence, out).items():
        found[head] = found[head] + labels * loss if head in found else labels * loss
    return found


def against(logits: Tensor, probabilities: Tensor, real: Tensor) -> Tensor:
    """Cross entropy with the given distributions, over the words that are there."""
    each = -(probabilities * logits.log_softmax(-1)).sum(-1)
    return (each * real).sum() / real.sum()
