"""Trains the network that finds sentence ends, on running text put together from sentences of known bounds.

The same sentences are joined in several ways (one line, paragraphs, a line each, lines of 72 characters),
since the input may come in any of them; stops and capitals go missing now and then.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from torch import nn

from etl.language.sentence_ends import (
    BUCKETS,
    FLAGS,
    GAPS,
    REACH,
    EndScorer,
    bucket,
    flags,
    gap_kinds,
    open_quote,
)
from training.corpora import GOLD, WORK, held_back, records, tokens_of
from training.names import plain_text
from training.treebanks import TRAIN

TABLE, GAP, HIDDEN = 16, 4, 64
bucket_of, flags_of = cache(bucket), cache(flags)


def treebank_passages(path: Path) -> Iterator[list[tuple[str, bool]]]:
    """Documents as (sentence, whether a paragraph begins with it)."""
    document: list[tuple[str, bool]] = []
    for block in path.read_text(encoding="utf8").strip().split("\n\n"):
        comments = [line for line in block.split("\n") if line.startswith("#")]
        if any(line.startswith("# newdoc") for line in comments) and document:
            yield document
            document = []
        text = next(line[len("# text = ") :] for line in comments if line.startswith("# text = "))
        document.append((text, any(line.startswith("# newpar") for line in comments)))
    yield document


def news_passages(how_many: int = 8_000) -> Iterator[list[tuple[str, bool]]]:
    """Runs of agency sentences as they follow each other in the feed, and whole stories."""
    run: list[tuple[str, bool]] = []
    for record in list(records("B_ner/gmb.jsonl"))[:how_many]:
        run.append((plain_text(record["tokens"])[0], False))
        if len(run) == 12:
            yield run
            run = []
    for record in records("dispatch/stories.jsonl"):
        if not held_back(record["id"]):
            yield [(record["text"][start:end], False) for start, end in record["sentences"]]


def joined(passage: list[tuple[str, bool]], chance: random.Random) -> tuple[str, list[int]]:
    """The passage as one text, in one of the ways texts come, and the character where each sentence
    starts.
    """
    style = chance.choices(["line", "paragraphs", "each", "wrapped"], [5, 3, 1, 1])[0]
    text, starts = "", []
    for sentence, paragraph in passage:
        if chance.random() < 0.02 and sentence.endswith("."):
            sentence = sentence[:-1]
        if text:
            new_line = style == "each" or (paragraph and style != "line")
            text += ("\n" if style == "each" else "\n\n") if new_line else " "
        starts.append(len(text))
        text += sentence
    if style == "wrapped":
        text = _wrapped(text)
    return (_curly(text) if chance.random() < 0.4 else text), starts


def _curly(text: str) -> str:
    """Straight quotes turned as printers turn them, each for one character."""
    text = re.sub(r'(?<![\w.,!?…])"(?=\S)', "“", text)
    return text.replace('"', "”").replace("'", "’")


def _wrapped(text: str) -> str:
    """Line breaks in the place of single spaces, so that no offset moves."""
    paragraphs = []
    for paragraph in text.split("\n\n"):
        lines, line = [], 0
        for word in paragraph.split(" "):
            if line and line + len(word) > 72:
                lines.append("\n")
                line = 0
            elif lines:
                lines.append(" ")
            lines.append(word)
            line += len(word) + 1
        paragraphs.append("".join(lines))
    return "\n\n".join(paragraphs)


def examples(passages: list[list[tuple[str, bool]]], chance: random.Random) -> tuple[np.ndarray, ...]:
    """(buckets, flags, gaps, open quotes, starts) of all gaps; the first two for 2 × REACH words around
    each.
    """
    columns: list[list[np.ndarray]] = [[] for _ in range(5)]
    for passage in passages:
        text, starts = joined(passage, chance)
        doc = tokens_of(text)
        tokens = [token.i for token in doc if not token.is_space]
        words = [doc[number].text for number in tokens]
        gold = np.isin([doc[number].idx for number in tokens], starts)
        padded = [""] * REACH + words + [""] * REACH
        around = np.arange(len(words))[:, None] + np.arange(2 * REACH)
        row = (
            np.array([bucket_of(word) for word in padded])[around],
            np.array([flags_of(word) for word in padded], dtype=np.float32)[around].reshape(len(words), -1),
            gap_kinds(doc, tokens), open_quote(words), gold,
        )  # fmt: skip
        # Most gaps stand between two words in lower case and teach little: one in eight of these is enough.
        plain = np.array([False] + [a.islower() and b.islower() for a, b in pairwise(words)])
        taken = ~plain | gold | (np.arange(len(words)) % 8 == 0)
        taken[0] = False
        for column, values in zip(columns, row, strict=True):
            column.append(values[taken])
    return tuple(np.concatenate(column) for column in columns)


class Ends(nn.Module):
    """The same network as `EndScorer`, to be trained."""

    def __init__(self) -> None:
        super().__init__()
        self.table, self.gaps = nn.Embedding(BUCKETS, TABLE), nn.Embedding(len(GAPS), GAP)
        self.hidden, self.out = (
            nn.Linear(2 * REACH * (TABLE + len(FLAGS)) + GAP + 1, HIDDEN),
            nn.Linear(HIDDEN, 1),
        )
        nn.init.normal_(self.table.weight, std=0.1)

    def forward(self, buckets, seen, gaps, quoted):
        """Log odds of a start, per example."""
        table = nn.functional.dropout(self.table(buckets), 0.3, self.training)
        around = torch.cat([table, seen.view(len(buckets), 2 * REACH, -1)], -1).flatten(1)
        inner = self.hidden(torch.cat([around, self.gaps(gaps), quoted[:, None]], -1))
        return self.out(nn.functional.dropout(inner.relu(), 0.1, self.training))[:, 0]

    def scorer(self) -> EndScorer:
        """The trained weights for run time."""
        layers = {
            "table": self.table.weight, "gaps": self.gaps.weight, "hidden": self.hidden.weight.T,
            "hidden_bias": self.hidden.bias, "out": self.out.weight.T, "out_bias": self.out.bias,
        }  # fmt: skip
        return EndScorer(
            {name: weight.detach().numpy().astype(np.float32) for name, weight in layers.items()}
        )


def train(rounds: int, seed: int = 1) -> EndScorer:
    """Trains for some rounds over all passages, joined in two different ways each."""
    passages = [p for file in TRAIN.values() for p in treebank_passages(GOLD / "C_treebanks" / file)]
    passages += list(news_passages())
    halves = [examples(passages, random.Random(way)) for way in range(2)]
    data = [torch.from_numpy(np.concatenate(columns)) for columns in zip(*halves, strict=True)]
    print(len(data[4]), "gaps", flush=True)
    torch.manual_seed(seed)
    network = Ends()
    optimizer = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=0.01)
    for turn in range(rounds):
        for group in optimizer.param_groups:
            group["lr"] = 2e-3 * (1 - turn / rounds)
        print(f"round {turn + 1}: loss {_one_round(network, optimizer, data):.4f}", flush=True)
    return network.eval().scorer()


def _one_round(network: Ends, optimizer: torch.optim.Optimizer, data: list[torch.Tensor]) -> float:
    order, total = torch.randperm(len(data[4])), 0.0
    for start in range(0, len(order), 512):
        buckets, seen, gaps, quoted, gold = (column[order[start : start + 512]] for column in data)
        odds = network(buckets, seen, gaps, quoted.float())
        loss = nn.functional.binary_cross_entropy_with_logits(odds, gold.float())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(gold)
    return total / len(order)


def main() -> None:
    """Trains and writes `ends.npz` with the arguments of the command line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument(
        "--work", type=Path, default=WORK, help="folder for the result (default: %(default)s)"
    )
    arguments.add_argument("--rounds", type=int, default=6)
    given = arguments.parse_args()
    torch.set_num_threads(1)
    given.work.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(given.work / "ends.npz", **train(given.rounds).arrays)


if __name__ == "__main__":
    main()
