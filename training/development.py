"""Quick scores on the development parts while training runs (argmax, gold sentences; the tables come from
evaluate).
"""

from __future__ import annotations

from itertools import islice

import torch

from training import acts, names, treebanks
from training.batches import OPEN, Collator
from training.corpora import Sentence
from training.labels import Labels
from training.network import Network


def scores(network: Network, collate: Collator, labels: Labels, most: int = 600) -> dict[str, float]:
    """Shares of right labels: tags and arcs on both treebanks, name and trigger words (F1), roles (F1),
    status.
    """
    network.eval()
    trees = [
        s
        for name in ("ewt", "gum")
        for s in islice(treebanks.sentences(name, treebanks.DEVELOPMENT), most // 2)
    ]
    with torch.inference_mode():
        found = _trees(network, collate, trees, labels)
        found |= _names(network, collate, list(islice(names.dispatch(held=True), most)))
        found |= _acts(network, collate, list(islice(acts.every_source(held=True), most)))
    return {name: round(value, 4) for name, value in found.items()}


def _batches(sentences: list[Sentence], collate: Collator):
    ordered = sorted(sentences, key=lambda sentence: len(sentence.words))
    return [collate(ordered[start : start + 32]) for start in range(0, len(ordered), 32)]


def _trees(
    network: Network, collate: Collator, sentences: list[Sentence], labels: Labels
) -> dict[str, float]:
    right = dict.fromkeys(("upos", "tag", "morph", "lemma", "uas", "las"), 0)
    count = dict.fromkeys(right, 0)
    punct = labels.dep.index("punct")
    for batch in _batches(sentences, collate):
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
        known = (batch.head != OPEN) & (batch.dep != OPEN) & (batch.dep != punct)
        for name, good in (
            ("uas", heads == batch.head),
            ("las", (heads == batch.head) & (deps == batch.dep)),
        ):
            right[name] += int(good[known].sum())
            count[name] += int(known.sum())
    return {name: right[name] / max(1, count[name]) for name in right}


def _names(network: Network, collate: Collator, sentences: list[Sentence]) -> dict[str, float]:
    hit = predicted = gold = 0
    for batch in _batches(sentences, collate):
        out = network.heads(*network.encoder(batch.ids, batch.shapes, batch.first, batch.last, batch.closed))
        guess, truth = out["names"].argmax(-1)[batch.named], batch.names[batch.named].float().argmax(-1)
        hit += int(((guess == truth) & (truth > 0)).sum())
        predicted, gold = predicted + int((guess > 0).sum()), gold + int((truth > 0).sum())
    return {"name words": 2 * hit / max(1, predicted + gold)}


def _acts(network: Network, collate: Collator, sentences: list[Sentence]) -> dict[str, float]:
    trigger, roles, status = [0, 0], [0, 0], [0, 0]
    for batch in _batches(sentences, collate):
        words, sentence = network.encoder(batch.ids, batch.shapes, batch.first, batch.last, batch.closed)
        gold = batch.simple["trigger"]
        guess = network.heads(words, sentence)["trigger"].argmax(-1)[gold != OPEN]
        gold = gold[gold != OPEN]
        _count(trigger, ((guess == gold) & (gold > 0)).sum(), (guess > 0).sum() + (gold > 0).sum())
        if len(batch.act_of):
            played, state = network.reader(words[batch.act_of], batch.inside, batch.blank[batch.act_of])
            on = (played > 0) & ~batch.blank[batch.act_of][:, :, None]
            _count(roles, (on & (batch.roles > 0)).sum(), on.sum() + batch.roles.sum())
            _count(status, (state.argmax(-1) == batch.status).sum(), len(batch.status))
    return {
        "trigger words": 2 * trigger[0] / max(1, trigger[1]),
        "role words": 2 * roles[0] / max(1, roles[1]),
        "status": status[0] / max(1, status[1]),
    }


def _count(pair: list[int], right, out_of) -> None:
    pair[0] += int(right)
    pair[1] += int(out_of)
