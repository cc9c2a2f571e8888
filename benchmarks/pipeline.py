"""What the pipeline costs beyond its encoder: `python -m benchmarks.pipeline [--words N]`.

Times, in one run on one core over the same sentences of news: the bare 8-bit encoder, the whole pipeline, and
as a reference a blank spaCy pipeline of stock size (CNN of width 96 and depth 4 under tagger, parser and name
finder, with random weights: its speed is that of a trained one). What counts are the ratios. Prints load time
and memory too.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from etl.annotate import load_pipeline
from etl.language.component import EncoderComponent, sentence_tokens
from training.corpora import records

ROUNDS = 3


def news(words: int) -> list[str]:
    """Dated news items of about that many words together."""
    texts, seen = [], 0
    for record in records("G_news/wiki_current_events.jsonl"):
        texts.append(record["text"])
        seen += len(record["text"].split())
        if seen >= words:
            break
    return texts


def sentences_of(docs: list[Doc]) -> list[list[str]]:
    """The words of each sentence, as the encoder gets them."""
    return [
        [doc[n].text for n in tokens if not doc[n].is_space]
        for doc in docs
        for tokens in sentence_tokens(doc)
    ]


def stock_cnn() -> Language:
    """spaCy's default tagger, parser and name finder on one shared CNN, over the blank English tokenizer."""
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec")
    shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    for name in ("tagger", "parser", "ner"):
        model = dict(Language.get_factory_meta(name).default_config["model"])
        nlp.add_pipe(name, config={"model": {**model, "tok2vec": shared}})
    words = ["Norland", "met", "Kestria", "in", "Riga"]
    gold = Doc(
        nlp.vocab, words=words, tags=["NNP", "VBD", "NNP", "IN", "NNP"], heads=[1, 1, 1, 4, 1],
        deps=["nsubj", "ROOT", "obj", "case", "obl"], ents=["B-LOC", "O", "B-LOC", "O", "B-LOC"],
    )  # fmt: skip
    nlp.initialize(lambda: [Example(nlp.make_doc(gold.text), gold)])
    return nlp


def seconds(action: Callable[[], object]) -> float:
    """Processor time, so that other programs on the machine do not count; the median of a few rounds."""
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        action()
        times.append(time.process_time() - began)
    return statistics.median(times)


def main() -> None:
    """Prints one line per contestant: words per second, and its time as a multiple of the bare encoder's."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--words", type=int, default=20_000)
    texts = news(arguments.parse_args().words)
    began = time.perf_counter()
    nlp = load_pipeline()
    loaded = time.perf_counter() - began
    encoder = nlp.get_pipe("encoder")
    assert isinstance(encoder, EncoderComponent)
    assert encoder.model is not None
    sentences = sentences_of([nlp(text) for text in texts])
    words = sum(map(len, sentences))
    read = encoder.model.encode
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    bare = seconds(lambda: [read(sentence) for sentence in sentences if sentence])
    cnn = stock_cnn()
    contestants = {
        "bare 8-bit encoder": bare,
        "whole pipeline": seconds(lambda: [nlp(text) for text in texts]),
        "stock spaCy CNN": seconds(lambda: list(cnn.pipe(texts))),
    }
    print(f"{words} words in {len(sentences)} sentences; loaded in {loaded:.2f} s; {memory:.0f} MB at most")
    for name, time_taken in contestants.items():
        print(f"{name:<20} {words / time_taken:>8,.0f} words/s  {time_taken / bare:.2f} x")


if __name__ == "__main__":
    main()
