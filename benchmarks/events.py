"""How well are events coded? Event mentions against the annotated news items and the older kits.

    python -m benchmarks.events [--part dev|train|all] [--model NAME] [--no-encoder] [--limit N] [--errors N]
                                [--calibration] [--only dispatch,stories,own,gsr,status,seed,speed]

Scored with the gold folder's own `score.py` (`../shared/gold`, or the folder named by DRAMATIS_GOLD). The
development part is a fifth of dispatch, sentences and stories together, by hash of the record's id; the
pipeline in `models/` is trained on the other four. A figure on the part `train` is no accuracy: it serves to
find rules.
`--no-encoder` hides the learned candidates, as with any other spaCy pipeline: the lexicon decides alone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from types import ModuleType
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token

from benchmarks.gold import gold_folder, scorer
from benchmarks.predictions import (
    Record,
    dispatch_prediction,
    kit_prediction,
    seed_prediction,
    story_prediction,
)
from etl.actors.mentions import actor_noun, find_mentions, nominal_mention
from etl.annotate import annotate, load_pipeline
from etl.events import code
from etl.extract import extract
from etl.language import EncoderComponent
from etl.records import Article, ArticleRecords, Mention
from etl.standins import Actors
from training.acts import OWN_HELD, own_records

SECTIONS = ("dispatch", "sentences", "stories", "own", "gsr", "petrarch", "status", "seed", "speed")
UNDATED = date(2006, 6, 1)
"""Publication day given to records that have none (VOA's sentences, GSR); relative dates need one."""


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    score, nlp = scorer(), load_pipeline(options.model)
    if options.no_encoder:
        hide_candidates(nlp)
    for section in options.only.split(","):
        if section not in SECTIONS:
            print(f"unknown section {section!r}: choose from {', '.join(SECTIONS)}", file=sys.stderr)
            return 2
        REPORTS[section](nlp, score, options)
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.events", description=__doc__.splitlines()[0])
    parser.add_argument("--part", choices=("dev", "train", "all"), default="dev")
    parser.add_argument("--model", help="another spaCy pipeline instead of the one in models/")
    parser.add_argument("--no-encoder", action="store_true", help="lexicon and parse only")
    parser.add_argument("--limit", type=int, help="at most so many records of each set")
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="print the first N wrong items of each set"
    )
    parser.add_argument(
        "--calibration", action="store_true", help="print confidence against the share that is right"
    )
    parser.add_argument("--only", default="dispatch,sentences,stories,own,gsr,status,seed,speed")
    return parser.parse_args(arguments)


def hide_candidates(nlp: Language) -> None:
    """Empty `Doc._.acts` after every run of the pipeline."""
    if not Doc.has_extension("acts"):
        return
    Language.component("without_acts", func=_without_acts)
    nlp.add_pipe("without_acts", last=True)


def _without_acts(doc: Doc) -> Doc:
    doc._.acts = None
    return doc


def in_development(identifier: str) -> bool:
    """The fifth that neither the pipeline nor the rules have seen."""
    return int(hashlib.sha256(identifier.encode()).hexdigest(), 16) % 5 == 0


def load(path: str, part: str = "all", limit: int | None = None) -> list[Record]:
    with open(gold_folder() / path, encoding="utf8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    wanted = [r for r in records if part == "all" or in_development(r["id"]) == (part == "dev")]
    return wanted[:limit]


def own_held(limit: int | None = None) -> list[Record]:
    """Our own annotations that nothing was fitted to (`training/annotations/held.jsonl`)."""
    return list(own_records(OWN_HELD))[:limit]


def article(record: Record) -> Article:
    told = record.get("published") or record.get("doc_date")
    published = date.fromisoformat(told) if told else UNDATED
    return Article(
        key=record["id"], external_id=record["id"], path="gold", line=None, title=None, publisher=None,
        url=None, published=published, text=record["text"], content_hash=record["id"],
    )  # fmt: skip


# Sections of the report


def _predict(
    nlp: Language, records: list[Record], render: Callable[[Record, ArticleRecords], Record]
) -> list[Record]:
    return [render(record, extract(nlp, article(record))) for record in records]


def report_items(name: str) -> Callable[[Language, ModuleType, argparse.Namespace], None]:
    def report(nlp: Language, score: ModuleType, options: argparse.Namespace) -> None:
        held = name == "own"
        records = (
            own_held(options.limit) if held else load(f"dispatch/{name}.jsonl", options.part, options.limit)
        )
        render = story_prediction if name == "stories" else dispatch_prediction
        found = _predict(nlp, records, render)
        _print(
            name,
            records,
            score.score_stories(records, found)
            if name == "stories"
            else score.score_dispatch(records, found),
        )
        if options.calibration:
            _print_calibration(records, found, score)
        for record, prediction in list(_wrong(records, found, score))[: options.errors]:
            _print_item(record, prediction)

    return report


def _print(name: str, records: list[Record], result: Record) -> None:
    print(f"\n{name}: {len(records)} records")
    matched = result.pop("on_matched", {})
    for key, value in (result | {f"{key} of matched": value for key, value in matched.items()}).items():
        if key != "per_type":
            print(f"  {key:24} {value}")


def _wrong(records: list[Record], found: list[Record], score: ModuleType) -> Iterator[tuple[Record, Record]]:
    for record, prediction in zip(records, found, strict=True):
        counts = score.score_dispatch([record], [prediction])["counts"]
        if counts.get("triple", 0) < max(counts["gold"], counts["pred"]):
            yield record, prediction


def _print_item(record: Record, prediction: Record) -> None:
    print(f"\n  {record['id']}: {record['text']}")
    for event in record["events"]:
        print(f"    gold {_line(event, event['trigger'], record['text'])}")
    for event in prediction["events"]:
        print(f"    got  {_line(event, event, record['text'])} {event['rule']} {event['confidence']}")


def _line(event: Record, trigger: Record, text: str) -> str:
    roles = "; ".join(f"{key} {[x['text'] for x in event[key]]}" for key in ("source", "target", "claimant"))
    return f"{event['type']} {event['status']} '{text[trigger['start'] : trigger['end']]}' {roles}"


def _print_calibration(records: list[Record], found: list[Record], score: ModuleType) -> None:
    """Confidence bins: how many events, mean confidence, share matched with the right type."""
    bins: dict[int, Counter[str]] = {}
    for record, prediction in zip(records, found, strict=True):
        pairs = score.match_events(
            record["events"], prediction["events"], lambda e, p, k: score.span_f(e[k], p[k])
        )
        right = {id(p) for e, p in pairs if e["type"] == p["type"]}
        for event in prediction["events"]:
            counter = bins.setdefault(min(9, int(event["confidence"] * 10)), Counter())
            counter.update(n=1, right=int(id(event) in right), confidence=int(event["confidence"] * 10_000))
    for _, counter in sorted(bins.items()):
        n = counter["n"]
        print(
            f"  confidence {counter['confidence'] / n / 10_000:.2f}  right {counter['right'] / n:.2f}  of {n}"
        )


def report_kit(name: str, path: str) -> Callable[[Language, ModuleType, argparse.Namespace], None]:
    def report(nlp: Language, score: ModuleType, options: argparse.Namespace) -> None:
        records = load(f"A_events/{path}.jsonl", "all", options.limit)
        _print(name, records, score.score_events(records, _predict(nlp, records, kit_prediction)))

    return report


def report_status(nlp: Language, score: ModuleType, options: argparse.Namespace) -> None:
    records = load("A_events/meantime.jsonl", "all", options.limit)

    def render(record: Record, found: ArticleRecords) -> Record:
        spans = [{"start": e.start_char, "end": e.end_char, "status": e.status} for e in found.event_mentions]
        return {"id": record["id"], "event_mentions": spans}

    _print(
        "status of MEANTIME's events", records, score.score_status(records, _predict(nlp, records, render))
    )


def report_seed(nlp: Language, score: ModuleType, options: argparse.Namespace) -> None:
    folder = gold_folder().parent / "seed"
    gold = json.loads((folder / "seed_gold.json").read_text(encoding="utf8"))
    text = (folder / gold["file"]).read_text(encoding="utf8")
    found = extract(nlp, article({"id": "seed", "published": gold["doc_date"], "text": text}))
    prediction = seed_prediction(found)
    _print("seed", [gold], score.score_seed(gold, prediction))
    for event in prediction["events"] if options.errors else ():
        trigger = text[event["start"] : event["end"]]
        told = (event["type"], event["status"], trigger, event["source"], event["target"], event["date_from"])
        print("   ", *told, event["rule"], event["confidence"])


def report_speed(nlp: Language, _score: ModuleType, options: argparse.Namespace) -> None:
    """What the layers for acts and coding add to grammar and names, over the same items in one run."""
    texts = [record["text"] for record in load("dispatch/dispatch.jsonl", "dev", options.limit or 300)]
    read = lambda: [doc for text in texts for _, doc in annotate(nlp, text)]  # noqa: E731
    encoders = [pipe.model for _, pipe in nlp.pipeline if isinstance(pipe, EncoderComponent)]
    for encoder in encoders:
        encoder.reads_acts = False
    read()
    base, _ = _timed(read)
    for encoder in encoders:
        encoder.reads_acts = True
    whole, docs = _timed(read)
    people = [Actors(doc, 0, find_mentions(doc), actor_noun, _nominal) for doc in docs]
    coding, _ = _timed(lambda: [code(actors) for actors in people])
    words = sum(map(len, docs))
    print(
        f"\nspeed: {words} tokens, grammar and names {words / base:.0f} a second; reading acts adds "
        f"{whole / base - 1:.0%}, coding {coding / base:.0%} (of the pipeline with acts {coding / whole:.0%})"
    )


def _timed(action: Callable[[], list[Any]]) -> tuple[float, list[Any]]:
    """Seconds of processor time, and what the action gives."""
    started = time.process_time()
    found = action()
    return time.process_time() - started, found


def _nominal(doc: Doc, token: Token) -> Mention:
    return nominal_mention(doc, token, 0, 0, -1)


REPORTS: dict[str, Callable[[Language, ModuleType, argparse.Namespace], None]] = {
    "dispatch": report_items("dispatch"),
    "sentences": report_items("sentences"),
    "stories": report_items("stories"),
    "own": report_items("own"),
    "gsr": report_kit("GSR", "gsr"),
    "petrarch": report_kit("PETRARCH-2", "petrarch2_gsr"),
    "status": report_status,
    "seed": report_seed,
    "speed": report_speed,
}

if __name__ == "__main__":
    sys.exit(main())
