"""Turns two checkpoints into what ships: four ONNX files and the label inventories.

`encoder.onnx` (8-bit) reads one sentence; `heads.onnx` labels its words; where those see an act, `acts.onnx`
(8-bit) reads on from the encoder's lower layers for its trigger, and `reader.onnx` finds roles and status.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.export import Dim

from etl.language.labels import PIECES_AT_MOST
from training.corpora import WORK
from training.labels import Labels
from training.loop import saved_weights
from training.material import DATA, read_labels
from training.network import SHARED, ActNetwork, Biaffine, Encoder, Heads, Network, RoleReader


class OneSentence(nn.Module):
    """The encoder for one unpadded sentence, its word embeddings as 8-bit rows with a scale each."""

    def __init__(self, encoder: Encoder, bits8: bool = True) -> None:
        super().__init__()
        self.encoder, self.bits8 = encoder, bits8
        rows = encoder.pieces.weight.data
        scale = rows.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", (rows / scale).round().to(torch.int8) if bits8 else rows)
        self.register_buffer("scale", scale if bits8 else torch.ones_like(scale))
        self.register_buffer("places", encoder.places.weight.data[: PIECES_AT_MOST + 2].clone())

    def forward(
        self, ids: Tensor, shapes: Tensor, first: Tensor, last: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """All one-dimensional; gives words × width, the sentence's vector, and what the lower layers make of
        each piece, pieces × width.
        """
        pieces = self.rows[ids].float() * self.scale[ids]
        x = self.encoder.norm(pieces + self.encoder.shapes(shapes) + self.places[: ids.shape[0]])[None]
        for block in self.encoder.blocks[:SHARED]:
            x = block(x, None)
        lower = x[0]
        for block in self.encoder.blocks[SHARED:]:
            x = block(x, None)
        return (x[0][first] + x[0][last]) / 2, x[0, 0], lower


class OneSentenceActs(nn.Module):
    """The act network for one unpadded sentence, from what the encoder's lower layers make of it."""

    def __init__(self, network: ActNetwork) -> None:
        super().__init__()
        self.blocks, self.trigger = network.encoder.blocks, network.heads.trigger

    def forward(self, lower: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:
        """pieces × width, words, words; gives words × width and probabilities, words × (none + types)."""
        x = lower[None]
        for block in self.blocks:
            x = block(x, None)
        words = (x[0][first] + x[0][last]) / 2
        return words, self.trigger(words[None])[0].softmax(-1)


class OneSentenceBiaffine(nn.Module):
    """The biaffine scores for one sentence, written as products of matrices that can be quantised."""

    def __init__(self, biaffine: Biaffine) -> None:
        super().__init__()
        self.biaffine = biaffine
        kinds, size, _ = biaffine.weight.shape
        self.kinds, self.size = kinds, size
        self.register_buffer(
            "weight", biaffine.weight.data.permute(1, 0, 2).reshape(size, kinds * size).clone()
        )

    def forward(self, words: Tensor, ends: Tensor) -> Tensor:
        """words × ends × kinds."""
        # Layers over three axes export as MatMul, which is quantised; over two they would be Gemm.
        low, high = self.biaffine.low(words[None])[0], self.biaffine.high(ends[None])[0]
        through = (low @ self.weight).reshape(-1, self.size) @ high.T
        pairs = through.reshape(words.shape[0], self.kinds, -1).transpose(1, 2)
        return pairs + self.biaffine.of_low(low)[:, None] + self.biaffine.of_high(high)[None]


class OneSentenceHeads(nn.Module):
    """The heads for one sentence: the best label of each simple head, and scores where decoding comes
    after.
    """

    def __init__(self, heads: Heads, labels: Labels) -> None:
        super().__init__()
        self.simple = heads.simple
        self.register_buffer("tag_clash", _clash(labels.upos, labels.tag))
        self.arc, self.dep = OneSentenceBiaffine(heads.arc), OneSentenceBiaffine(heads.dep)

    def forward(self, words: Tensor, sentence: Tensor) -> tuple[Tensor, ...]:
        """words × width and width; gives the outputs in the order of `HEAD_OUTPUTS`."""
        out = {head: layer(words[None])[0] for head, layer in self.simple.items()}
        ends = torch.cat([sentence[None], words])
        upos = out["upos"].argmax(-1)
        tag = (out["tag"] + self.tag_clash[upos]).argmax(-1)
        best = (upos, tag, *(out[head].argmax(-1) for head in ("morph", "lemma")))
        arcs, deps = self.arc(words, ends).squeeze(-1).log_softmax(-1), self.dep(words, ends).argmax(-1)
        return *best, out["names"].log_softmax(-1), out["trigger"].softmax(-1), arcs, deps


def _clash(upos: tuple[str, ...], tags: tuple[str, ...]) -> Tensor:
    """parts of speech × Penn tags: minus infinity, nearly, where a noun would have a verb's tag or a verb a
    noun's; the two heads are asked apart, and of them the part of speech is the surer.
    """
    noun, verb = ("NOUN", "PROPN"), ("VERB", "AUX")
    barred = dict.fromkeys(noun, "VB") | dict.fromkeys(verb, "NN")
    return torch.tensor(
        [[-1e4 if part in barred and tag.startswith(barred[part]) else 0.0 for tag in tags] for part in upos]
    )


HEAD_OUTPUTS = ["upos", "tag", "morph", "lemma", "names", "trigger", "arc", "dep"]


class OneSentenceReader(nn.Module):
    """The role reader for all acts of one sentence."""

    def __init__(self, reader: RoleReader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, words: Tensor, inside: Tensor) -> tuple[Tensor, Tensor]:
        """words × width, acts × words; gives probabilities: acts × words × roles, acts × statuses."""
        roles, status = self.reader(words[None].expand(inside.shape[0], -1, -1), inside)
        return roles.sigmoid(), status.softmax(-1)


def load_network(work: Path) -> Network:
    """The network of the last checkpoint in `work`."""
    state = saved_weights(work / "last.pt")
    network = Network(len(state["encoder.pieces.weight"]), read_labels(work))
    network.load_state_dict(state)
    return network.eval()


def load_acts(work: Path, network: Network) -> ActNetwork:
    """The act network of the last checkpoint in `work`.

    Raises:
        ValueError: when it was not grown on `network`.
    """
    state = saved_weights(work / "last.pt")
    acts = ActNetwork(len(network.encoder.pieces.weight))
    acts.load_state_dict(state)
    whole = network.encoder.state_dict()
    if any(not torch.equal(rows, whole[name]) for name, rows in acts.encoder.lower.state_dict().items()):
        raise ValueError(f"{work} was grown on another student: name the one that training.grow was given")
    return acts.eval()


def write_onnx(
    network: Network, act_network: ActNetwork, labels: Labels, folder: Path, bits8: bool = True
) -> None:
    """The four ONNX files, their matrices quantised per channel unless `bits8` is false."""
    words, pieces, acts = (
        Dim("words", min=2, max=512),
        Dim("pieces", min=4, max=PIECES_AT_MOST + 2),
        Dim("acts", max=64),
    )
    index, vectors = torch.arange(1, 7), torch.randn(6, 384)
    inside = torch.tensor([[0.0, 1, 0, 0, 0, 0], [0, 0, 0, 1, 1, 0], [0, 0, 0, 0, 0, 1]])
    modules = {
        "encoder": (
            OneSentence(network.encoder, bits8),
            (torch.arange(9), torch.arange(9) % 5, index, index),
        ),
        "heads": (OneSentenceHeads(network.heads, labels), (vectors, torch.randn(384))),
        "acts": (OneSentenceActs(act_network), (torch.randn(9, 384), index, index)),
        "reader": (OneSentenceReader(act_network.reader), (vectors, inside)),
    }
    shapes: dict[str, dict] = {
        "encoder": {"ids": {0: pieces}, "shapes": {0: pieces}, "first": {0: words}, "last": {0: words}},
        "heads": {"words": {0: words}, "sentence": None},
        "acts": {"lower": {0: pieces}, "first": {0: words}, "last": {0: words}},
        "reader": {"words": {0: words}, "inside": {0: acts, 1: words}},
    }
    outputs = {
        "encoder": ["words", "sentence", "lower"], "heads": HEAD_OUTPUTS, "acts": ["words", "trigger"],
        "reader": ["roles", "status"],
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as scratch:
        for name, (module, example) in modules.items():
            whole = Path(scratch) / f"{name}.onnx"
            _export(module, example, whole, shapes[name], outputs[name])
            if bits8:
                # Per channel: one scale for a whole matrix costs four points of cosine.
                quantize_dynamic(
                    whole, folder / whole.name, per_channel=True, weight_type=QuantType.QInt8,
                    op_types_to_quantize=["MatMul"],
                )  # fmt: skip
            else:
                shutil.copy(whole, folder / whole.name)


def _export(module: nn.Module, example: tuple, path: Path, shapes: dict, outputs: list[str]) -> None:
    program = torch.onnx.export(
        module.eval(), example, dynamo=True, dynamic_shapes=shapes, input_names=list(shapes),
        output_names=outputs, opset_version=20, external_data=False, verbose=False,
    )  # fmt: skip
    program.save(str(path), external_data=False)


def main() -> None:
    """Exports with the arguments of the command line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument(
        "--work", type=Path, default=WORK, help="folder with the checkpoint (default: %(default)s)"
    )
    arguments.add_argument("--acts", type=Path, required=True, help="folder with that of training.grow")
    arguments.add_argument(
        "--out", type=Path, default=WORK / "encoder", help="folder to write (default: %(default)s)"
    )
    arguments.add_argument("--float", action="store_true", help="keep 32-bit weights, for comparison")
    given = arguments.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    network = load_network(given.work)
    acts = load_acts(given.acts, network)
    write_onnx(network, acts, read_labels(given.work), given.out, bits8=not given.float)
    for name in DATA:
        shutil.copy(given.work / name, given.out / name)


if __name__ == "__main__":
    main()
