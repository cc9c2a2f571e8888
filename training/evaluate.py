"""Measures the shipped pipeline on the development parts and writes the tables of models/README.md.

Everything runs from raw text: sentence ends, tokens and trees are the pipeline's own. With `--float FOLDER`
(an export with 32-bit weights) the same is measured without the loss of 8-bit weights.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import spacy
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, Token
from spacy.training import Example

from etl.annotate import DEFAULT, load_pipeline
from training.acts import records_of
from training.corpora import GOLD, held_back, records
from training.treebanks import DEVELOPMENT, Word, parsed

README = Path(__file__).parents[1] / "models" / "README.md"
BEGIN, END = "<!-- figures: begin (training/evaluate.py) -->", "<!-- figures: end -->"
SURE_ACT, SURE_ROLE = 0.3, 0.45

Figures = dict[str, dict[str, float]]


def scorer() -> ModuleType:
    """The corpora's own score.py."""
    spec = importlib.util.spec_from_file_location("gold_score", GOLD / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold_docs(name: str, nlp: Language) -> Iterator[Doc]:
    """The treebank's documents, sentences joined by a blank."""
    sentences: list[tuple[str, list[Word]]] = []
    document = ""
    for key, text, words in parsed(GOLD / "C_treebanks" / DEVELOPMENT[name]):
        if sentences and key.rsplit("-", 1)[0] != document:
            yield _gold_doc(sentences, nlp)
            sentences = []
        document = key.rsplit("-", 1)[0]
        sentences.append((text, words))
    yield _gold_doc(sentences, nlp)


def _gold_doc(sentences: list[tuple[str, list[Word]]], nlp: Language) -> Doc:
    columns: dict[str, list] = {
        k: [] for k in ("words", "spaces", "pos", "tags", "morphs", "lemmas", "deps", "heads", "sent_starts")
    }
    for text, words in sentences:
        offset = len(columns["words"])
        place, kept = {}, []
        for number, word in enumerate(words):  # "wanna": the second word has no characters of its own
            if kept and word.start < kept[-1].end:
                place[number] = len(kept) - 1
                continue
            place[number] = len(kept)
            kept.append(word)
        for number, word in enumerate(kept):
            after = kept[number + 1].start if number + 1 < len(kept) else len(text) + 1
            columns["words"].append(text[word.start : word.end])
            columns["spaces"].append(after > word.end)
            head = place.get(word.head, number)
            columns["heads"].append(offset + (number if word.head < 0 else head))
            columns["deps"].append("ROOT" if word.head < 0 else word.dep)
            for column, value in (
                ("pos", word.upos),
                ("tags", word.tag),
                ("morphs", word.morph),
                ("lemmas", word.lemma),
            ):
                columns[column].append(value)
            columns["sent_starts"].append(number == 0)
    columns.pop("sent_starts")
    return Doc(nlp.vocab, **columns)


def grammar(nlp: Language, name: str) -> dict[str, float]:
    """spaCy's scores of tags, trees (punctuation left out), lemmas and sentence ends from raw text, in per
    cent.
    """
    examples = [Example(nlp(gold.text), gold) for gold in gold_docs(name, nlp)]
    found = {
        "UAS": _deps(examples)["dep_uas"],
        "LAS": _deps(examples)["dep_las"],
        "sentences F": Scorer.score_spans(examples, "sents")["sents_f"],
    }
    for label, attribute in (("UPOS", "pos"), ("XPOS", "tag"), ("morphology", "morph"), ("lemma", "lemma")):
        found[label] = _tokens_right(examples, attribute)
    return {label: round(100 * value, 2) for label, value in found.items()}


def _tokens_right(examples: list[Example], attribute: str) -> float:
    return Scorer.score_token_attr(examples, attribute, getter=_as_text)[f"{attribute}_acc"]


def _as_text(token: Token, attribute: str) -> str:
    return str(token.morph) if attribute == "morph" else getattr(token, attribute + "_")


def _deps(examples: list[Example]) -> dict[str, float]:
    return Scorer.score_deps(
        examples, "dep", getter=_as_text, head_attr="head", head_getter=getattr, ignore_labels=("punct",),
    )  # fmt: skip


def names(nlp: Language) -> dict[str, float]:
    """Exact F1 of names on the held-back part of dispatch_names, all of PER, ORG, LOC and each label
    alone.
    """
    gold = [record for record in records("dispatch/dispatch_names.jsonl") if held_back(record["id"])]
    found = [{"id": record["id"], "spans": _spans(nlp(record["text"]))} for record in gold]
    score = scorer().score_ner
    whole = score(gold, found, only=["PER", "ORG", "LOC"], names=True)
    each = score(gold, found, names=True)["per_label"]
    return {"PER ORG LOC": whole["exact"]["f1"], **{label: value["f1"] for label, value in each.items()}}


def _spans(doc: Doc) -> list[dict]:
    return [{"start": ent.start_char, "end": ent.end_char, "label": ent.label_} for ent in doc.ents]


def acts(nlp: Language, file: str) -> dict[str, float]:
    """score.py's figures of a plain decoding: acts of at least `SURE_ACT`, roles of at least `SURE_ROLE`, no
    rule.
    """
    gold = list(records_of(file, held=True))
    found = [{"id": record["id"], "events": plain_events(nlp(record["text"]))} for record in gold]
    result = scorer().score_dispatch(gold, found)
    return {
        "events F1": result["event_f1"], "triples F1": result["triple_f1"], **result["on_matched"],
        "not happened": result["not_happened_status"], "claimant": result["claimant"],
        "false alarms": result["false_alarms"],
    }  # fmt: skip


def plain_events(doc: Doc) -> list[dict]:
    """The acts of a Doc as score.py reads them."""
    events = []
    for act in doc._.acts:
        if act.type_probability < SURE_ACT:
            continue
        event: dict = {"type": act.event_type, "status": act.status, **_place(doc, act)}
        for role in ("source", "target", "claimant"):
            event[role] = [_place(doc, r) for r in act.roles if r.role == role and r.probability >= SURE_ROLE]
        events.append(event)
    return events


def _place(doc: Doc, span) -> dict[str, int]:
    return {"start": doc[span.start].idx, "end": doc[span.end - 1].idx + len(doc[span.end - 1])}


def speed(nlp: Language, words: int = 40_000) -> dict[str, float]:
    """Words (tokens that are not white space) per second of processor time, over news items."""
    seen, began = 0, time.process_time()
    for record in records("G_news/wiki_current_events.jsonl"):
        seen += sum(not token.is_space for token in nlp(record["text"]))
        if seen >= words:
            break
    return {"words per second": round(seen / (time.process_time() - began))}


def measured(nlp: Language) -> dict[str, Figures]:
    """All figures, by table and row."""
    return {
        "Grammar (per cent, from raw text, punctuation left out of the trees)": {
            "EWT dev": grammar(nlp, "ewt"), "GUM dev": grammar(nlp, "gum"),
        },
        "Names (F1, held-back fifth of dispatch_names)": {"dispatch_names": names(nlp)},
        "Event heads alone (held-back fifth, plain decoding)": {
            file: acts(nlp, file) for file in ("dispatch", "sentences")
        },
        "Speed (processor time, one thread)": {"news items": speed(nlp)},
    }  # fmt: skip


def float_pipeline(folder: Path) -> Language:
    """The default pipeline with its encoder exchanged for the one in `folder`."""
    nlp = spacy.load(DEFAULT)
    nlp.get_pipe("encoder").from_disk(folder)  # type: ignore[attr-defined]
    return nlp


def tables(runs: dict[str, dict[str, Figures]]) -> str:
    """The figures as Markdown, one row per source and kind of weights."""
    lines = []
    for title in next(iter(runs.values())):
        rows = [(source, run, row) for run, figures in runs.items() for source, row in figures[title].items()]
        columns = list(rows[0][2])
        lines += [
            f"**{title}**",
            "",
            "| source | weights | " + " | ".join(columns) + " |",
            "| --- " * (2 + len(columns)) + "|",
        ]
        lines += [
            f"| {source} | {run} | " + " | ".join(f"{row[c]:g}" for c in columns) + " |"
            for source, run, row in rows
        ]
        lines.append("")
    return "\n".join(lines)


def write(text: str, readme: Path = README) -> None:
    """Puts the tables between the marks of the model card."""
    before, _, rest = readme.read_text(encoding="utf8").partition(BEGIN)
    readme.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{rest.partition(END)[2]}", encoding="utf8")


def main() -> None:
    """Measures with the arguments of the command line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--float", type=Path, help="folder of an export with 32-bit weights, to compare")
    arguments.add_argument("--model", help="another pipeline than the default one")
    arguments.add_argument("--write", action="store_true", help="write the tables into models/README.md")
    given = arguments.parse_args()
    runs = {"8-bit": measured(load_pipeline(given.model))}
    if given.float:
        runs["32-bit"] = measured(float_pipeline(given.float))
    print(json.dumps(runs, indent=1))
    if given.write:
        write(tables(runs))


if __name__ == "__main__":
    main()
