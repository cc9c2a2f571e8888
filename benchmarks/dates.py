"""How often a time expression gets its date: `etl.dates` beside `dateparser` and always-the-publication-date.

    python -m benchmarks.dates [--part dev|held-out] [--misses N] [--no-parse]

Scores the time sets of the gold kits (`../shared/gold`, or the folder named by DRAMATIS_GOLD) with their own
`score.py time --days`: an expression is right when its interval is that of the gold, where an end may differ
by the one day by which sources differ on inclusive ends. The finder reads the whole text, knows nothing of
the gold span, and is judged by what it says about the expression that covers it; of a range ("from 2009 to
2011") whose ends the gold has one by one, by that end. `dateparser` is given the gold expression itself.

Recognizers and duckling test assistants, not news: what news does not use is counted apart, by kind.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import spacy
from spacy.language import Language

from etl.dates.find import Told, read, resolve

GOLD = Path(os.environ.get("DRAMATIS_GOLD", Path(__file__).parents[2] / "shared" / "gold"))
SETS = {
    "MEANTIME": "meantime",
    "ISAF": "isaf_when",
    "Recognizers": "recognizers",
    "duckling": "duckling",
    "GUM": "gum_date",
}
ASSISTANT = ("Recognizers", "duckling")
Record = dict[str, Any]
Answer = dict[str, str | None]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.dates", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--part", choices=("dev", "held-out"), help="three quarters of the records, or the last, by hash"
    )
    parser.add_argument(
        "--misses", type=int, default=0, metavar="N", help="print the first N misses of each set"
    )
    parser.add_argument("--no-parse", action="store_true", help="tense by words only, without the pipeline")
    options = parser.parse_args(arguments)
    if not (GOLD / "E_time").is_dir():
        print(f"Skipped: no gold kits in {GOLD}. Name their folder in DRAMATIS_GOLD.")
        return 0
    score, nlp = scorer(), pipeline(options.no_parse)
    systems = {"etl.dates": Finder(nlp), "publication": publication_date} | dateparser_system()
    print(f"{'set':24}{'n':>6}" + "".join(f"{name:>14}" for name in systems))
    for name, stem in SETS.items():
        report(name, [r for r in load(stem) if in_part(r, options.part)], systems, score, options.misses)
    return 0


def report(name: str, records: list[Record], systems: dict[str, Callable[[Record], Answer | None]],
           score: ModuleType, misses: int) -> None:  # fmt: skip
    """One line of the table, and for the assistants' sets the kinds left out."""
    kinds = [kind_outside_news(r) if name in ASSISTANT else None for r in records]
    used = [r for r, kind in zip(records, kinds, strict=True) if kind is None]
    cells, answers = [], {}
    for system, answer in systems.items():
        answers[system] = [{"id": r["id"], **(answer(r) or {})} for r in used]
        cells.append(score.score_time(used, answers[system], days=True))
    label = name + (" (news)" if name in ASSISTANT else "")
    print(f"{label:24}{cells[0]['expressions']:6}" + "".join(f"{c['accuracy'] or 0:14.3f}" for c in cells))
    if left := Counter(kind for kind in kinds if kind):
        print("  not used by news: " + ", ".join(f"{kind} {n}" for kind, n in left.most_common()))
    for record, answer in list(missed(used, answers["etl.dates"], score))[:misses]:
        print("  miss", shown(record), "->", answer.get("from"), answer.get("to"))


def missed(
    records: list[Record], answers: list[Record], score: ModuleType
) -> Iterator[tuple[Record, Record]]:
    for record, answer in zip(records, answers, strict=True):
        if score.score_time([record], [answer], days=True)["accuracy"] == 0:
            yield record, answer


def shown(record: Record) -> str:
    text, start, end = record["text"], record["start"], record["end"]
    context = f"{text[max(0, start - 50) : start]}[{text[start:end]}]{text[end : end + 40]}".replace(
        "\n", " "
    )
    return f"{record['doc_date']} {context} = {record['accept'] or record.get('accept_range')}"


# ------------------------------------------------------------------ systems


class Finder:
    """The expression of `etl.dates` that lies nearest to the gold span, or the end of a range that does."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp
        self.docs: dict[str, Any] = {}

    def __call__(self, record: Record) -> Answer | None:
        text = record["text"]
        if text not in self.docs:
            self.docs[text] = self.nlp(text)
        told = read(self.docs[text], date.fromisoformat(record["doc_date"]))
        options = [one for each in told for one in with_parts(each)]
        over = [o for o in options if o.found.start < record["end"] and record["start"] < o.found.end]
        if not over:
            return None
        best = min(
            over, key=lambda o: abs(o.found.start - record["start"]) + abs(o.found.end - record["end"])
        )
        return {"from": iso(best.reading.start), "to": iso(best.reading.end)}


def with_parts(told: Told) -> Iterator[Told]:
    yield told
    for part in told.found.parts:
        if reading := resolve(part, replace(told.anchor)):
            yield from with_parts(Told(part, told.anchor, reading))


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def publication_date(record: Record) -> Answer:
    return {"value": record["doc_date"]}


def dateparser_system() -> dict[str, Callable[[Record], Answer | None]]:
    """`dateparser` where it is installed; a single day is all that it can say."""
    if importlib.util.find_spec("dateparser") is None:
        print(
            "dateparser is not installed (pip install -r benchmarks/requirements.txt): compared without it."
        )
        return {}
    import dateparser

    def answer(record: Record) -> Answer | None:
        base = date.fromisoformat(record["doc_date"])
        settings = {"RELATIVE_BASE": __import__("datetime").datetime(base.year, base.month, base.day)}
        found = dateparser.parse(record["expression"], languages=["en"], settings=settings)
        return {"value": found.date().isoformat()} if found else None

    return {"dateparser": answer}


def pipeline(no_parse: bool) -> Language:
    """The default pipeline, or a tokeniser with sentence marks where none is built or wanted."""
    if not no_parse:
        try:
            from etl.annotate import load_pipeline

            return load_pipeline()
        except (ImportError, OSError) as error:
            print(f"No pipeline ({error}): tense by words only.")
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


# ------------------------------------------------------------------ gold


def load(stem: str) -> list[Record]:
    with open(GOLD / "E_time" / f"{stem}.jsonl", encoding="utf8") as file:
        return [json.loads(line) for line in file if line.strip()]


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_score", GOLD / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def in_part(record: Record, part: str | None) -> bool:
    held_out = int(hashlib.sha1(record["id"].encode()).hexdigest(), 16) % 4 == 3
    return part is None or (part == "held-out") == held_out


# What an assistant is asked and a newspaper never prints. Judged by type and words, never by our answer.
MONTH_OR_YEAR = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*(?: (?:in )?\d{4})?|[12]\d{3}"
OUTSIDE = {
    "time of day": re.compile(
        r"\d ?(?:am|pm|a\.m|p\.m|h\b|:\d\d)|o'?clock|\d+ ?(?:min|sec|hour)|noon|midnight|lunch|\bEOD\b"
        r"|this time", re.I),
    "holiday of one calendar or country": re.compile(
        r"chinese|lunar|kippur|atzeret|yom|lag b|hashan|mawlid|eid|id ul|ramad|night of|night journey"
        r"|dussehra|vijaya|pongal"
        r"|sankrant|onam|thiru|janmash|gokul|holi\b|phagwah|dhulandi|purim|jayanti|birthday|koningsdag"
        r"|king's day|navami|ugadi|yugadi"
        r"|samvat|chaitra|jumu|tax day|admin|secretar|daylight|super|giga|mini|tsunami|boss|grandparent"
        r"|sibling|groundhog"
        r"|emancipation|ems week|daisy|washington|lincoln|lent|lazarus|trinity|covenant|white sunday"
        r"|mardi|maghi|panchami|bogi|kaanum|kanni"
        r"|raksha|rakhi|diwali|navratri|durga|shiv|mahavir|buddha|vesak|passover|pesach|shavuot|sukkot"
        r"|hanuk|tisha|simchat|tu b|parsi|nowruz"
        r"|ashura|islamic|isra|laylat|muharram|jubilee|freedom day|school year|fiscal|season|orthodox"
        r"|dhanteras|bhai|chhath|thaipusam|global youth"
        r"|bakr|branch sunday|holocaust|vegan|ides|\bfast\b|feast|jamat|civil rights|vimy|pi day"
        r"|earth hour|clean monday|shrove"
        r"|pancake|ascension|corpus|whit|gospel|royal|guru|martyr|saint|st patrick|independence", re.I),
    "a unit alone": re.compile(
        r"^(?:the |remaining of the |same )?(?:week|month|year|fortnight|quarter|day)$", re.I),
    "month and day in figures": re.compile(r"\d{1,2} ?[-/.] ?\d{1,2}(?![\d/-])(?<!9/11)"),
    "months or years of which Recognizers leaves out the last": re.compile(
        rf"(?:from|between)? ?[a-z ]*(?:{MONTH_OR_YEAR}) ?(?:to|and|-"
        rf"|through) ?(?:the )?[a-z ]*(?:{MONTH_OR_YEAR})$", re.I),
    "shorthand of calendars": re.compile(
        r"\b(?:EO[YMW]|BO[YMW]|(?<!the )(?:end|beginning) of (?:year|month|week)|q\dd?|qtr|cy ?\d+|sy"
        r"|w/c|tmrw|wk|week \d+|ytd|to date|working|business|hence|mon|tue|tues|wed|thu|thur"
        r"|thurs|fri|sat|sun)\b|\d{8}|~|\$|\d(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov"
        r"|dec)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\d|\d{4}[/ -][a-z]{3}"
        r"|^\d\d-\d{4}$|/[a-z]{3}\b|around (?:next|last)|week's|of \d\d$", re.I),
    "arithmetic": re.compile(
        r"closest|greater than|more than|less than|upcoming|fridays|sundays|tuesdays|mondays|thursdays"
        r"|after next|two thousand|nineteen|twenty (?:one|two|three|nine|five)|as (?:late"
        r"|early) as|in a year|in \w+ (?:years|months) *$|\d+ \d+ \d+|from today|from tomorrow"
        r"|for \d+ days|and \d+ (?:day|week)|weekend of|first \d+ weeks|^\w+day \w+ weeks"
        r"|\d next|\d past|th?i?rd last|\w+ \d+ (?:month|year)s? (?:ago|from now)|commencing", re.I),
}  # fmt: skip


def kind_outside_news(record: Record) -> str | None:
    """The kind of an expression that news does not use, None for one that it does."""
    if any(
        end and not re.search(r"00:00:00$|-\d\d$", end) for r in record.get("accept_range") or [] for end in r
    ):
        return "time of day, duration or set"
    if record["type"] in ("TIME", "DATETIME", "DURATION", "SET") or "time" in (record.get("subtype") or ""):
        return "time of day, duration or set"
    return next((kind for kind, pattern in OUTSIDE.items() if pattern.search(record["expression"])), None)


if __name__ == "__main__":
    sys.exit(main())
