"""Near copies among news items: how many edited ones are found, what is taken for one by mistake, the cost.

    python -m benchmarks.copies [--only recall,false,cost] [--edits N] [--articles N]

* `recall`: of 10,000 items of at least 30 words, N are edited in each of five ways (another headline, the
  first or the last third cut, two names respelled, two sentences of another item added) and found again.
* `false`: what the finder calls copies among the unedited items, to be read: the corpus holds true ones, too.
* `cost`: processor seconds of 10,000 and of N invented articles (100,000); linear cost is their ratio.

Needs the gold data beside the checkout (or DRAMATIS_GOLD).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from benchmarks.gold import gold_folder
from etl.copies import copies

SEED, ITEMS, MIN_WORDS = 20, 10_000, 30
FIRST_DAY = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Item:
    """A dated news item."""

    key: str
    published: date
    text: str


def items() -> list[Item]:
    """10,000 items of the corpus, long enough to be cut."""
    with (gold_folder() / "G_news" / "wiki_current_events.jsonl").open(encoding="utf8") as lines:
        rows = [json.loads(line) for line in lines]
    long = [r for r in rows if len(r["text"].split()) >= MIN_WORDS]
    chosen = random.Random(SEED).sample(long, ITEMS)
    return [Item(r["id"], date.fromisoformat(r["date"]), r["text"].strip()) for r in chosen]


def frame(texts: list[Item]) -> pl.DataFrame:
    rows = [(item.key, item.published, item.text) for item in texts]
    return pl.DataFrame(rows, schema=["key", "published", "text"], orient="row")


def headline(text: str, other: str, _chance: random.Random) -> str:
    """The first eight words of another item as headline."""
    return " ".join(other.split()[:8]) + "\n\n" + text


def first_third_cut(text: str, _other: str, _chance: random.Random) -> str:
    words = text.split()
    return " ".join(words[len(words) // 3 :])


def last_third_cut(text: str, _other: str, _chance: random.Random) -> str:
    words = text.split()
    return " ".join(words[: len(words) - len(words) // 3])


def names_respelled(text: str, _other: str, chance: random.Random) -> str:
    """Two names get other vowels, as transliterations do."""
    names = sorted(
        {word for word in text.split()[1:] if word[0].isupper() and word.isalpha() and len(word) > 4}
    )
    for name in chance.sample(names, min(2, len(names))):
        vowels = name[1:].translate(str.maketrans("aeiouy", "eaeyui", ""))
        text = text.replace(name, name[0] + vowels)
    return text


def sentences_added(text: str, other: str, _chance: random.Random) -> str:
    """The first two sentences of another item, or what it has, at the end."""
    return text + " " + ". ".join(other.split(". ")[:2])


EDITS: tuple[Callable[[str, str, random.Random], str], ...] = (
    headline,
    first_third_cut,
    last_third_cut,
    names_respelled,
    sentences_added,
)


def report_recall(options: argparse.Namespace) -> None:
    texts = items()
    print(f"\nrecall: {options.edits} edited copies of each kind among {ITEMS:,} items")
    total = 0.0
    for edit in EDITS:
        chance = random.Random(f"{SEED} {edit.__name__}")
        chosen, others = chance.sample(texts, options.edits), chance.sample(texts, options.edits)
        edited = [
            Item(f"{item.key}+", item.published + timedelta(1), edit(item.text, other.text, chance))
            for item, other in zip(chosen, others, strict=True)
        ]
        of = dict(copies(frame(texts + edited)).iter_rows())
        recall = sum(of.get(f"{i.key}+") in (i.key, of.get(i.key)) for i in chosen) / options.edits
        total += recall / len(EDITS)
        print(f"  {edit.__name__:20} {recall:.3f}")
    print(f"  {'all':20} {total:.3f}")


def report_false(_options: argparse.Namespace) -> None:
    texts = items()
    by_key = {item.key: item for item in texts}
    found = copies(frame(texts)).rows()
    print(f"\nfalse: {len(found)} pairs called copies among {ITEMS:,} unedited items; read them:")
    for pair in found:
        for item in map(by_key.__getitem__, pair):
            print(f"  {item.published} {item.text}")
        print()


def invented(number: int) -> pl.DataFrame:
    """Articles of 250 words of Zipf's frequencies, one in ten the last one with its end cut off."""
    chance = random.Random(SEED)
    words = [f"w{rank}" for rank in range(30_000)]
    weights = [1 / (rank + 3) for rank in range(30_000)]
    texts: list[str] = []
    for index in range(number):
        copied = index % 10 == 9
        texts.append(texts[-1][:1200] if copied else " ".join(chance.choices(words, weights, k=250)))
    days = (FIRST_DAY + timedelta(days=index // 100) for index in range(number))
    return frame(
        [Item(f"{index:07}", day, text) for index, (day, text) in enumerate(zip(days, texts, strict=True))]
    )


def report_cost(options: argparse.Namespace) -> None:
    seconds = []
    sizes = (10_000, options.articles)
    print(f"\ncost: {sizes[0]:,} and {sizes[1]:,} invented articles of 250 words")
    for number in sizes:
        articles = invented(number)
        started = time.process_time()
        found = copies(articles).height
        seconds.append(time.process_time() - started)
        print(f"  {number:8,} articles, {found:,} copies found of {number // 10:,}")
    times, longer = sizes[1] / sizes[0], seconds[1] / seconds[0]
    print(f"  {times:.0f} times the articles take {longer:.1f} times as long: {seconds[1]:.0f} s")


REPORTS = {"recall": report_recall, "false": report_false, "cost": report_cost}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default=",".join(REPORTS))
    parser.add_argument("--edits", type=int, default=500)
    parser.add_argument("--articles", type=int, default=100_000)
    options = parser.parse_args()
    for section in options.only.split(","):
        if section not in REPORTS:
            print(f"unknown section {section!r}: choose from {', '.join(REPORTS)}", file=sys.stderr)
            return 2
        REPORTS[section](options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
