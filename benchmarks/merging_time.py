"""How long merging takes, over invented mentions as dense as a busy desk's."""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from etl.merge import merge
from etl.plover import EVENT_TYPES

SEED = 4
FIRST_DAY = date(2004, 1, 1)
PER_DAY = 150
STATES, ACTORS_PER_STATE, PLACES, PAPERS, VOCABULARY = 200, 60, 3000, 6, 8000
TELLERS = (1, 1, 1, 2, 2, 3, 5)
STATUSES = ("happened",) * 7 + ("ongoing", "planned", "negated")


def mentions(number: int) -> pl.DataFrame:
    """`number` invented event mentions: acts told by one to five articles, a few states in most of them."""
    chance = random.Random(SEED)
    rows: list[dict[str, Any]] = []
    while len(rows) < number:
        act = _act(chance, FIRST_DAY + timedelta(len(rows) // PER_DAY))
        rows += _told(chance, act, len(rows))
    return pl.DataFrame(rows[:number], infer_schema_length=None, schema_overrides=SCHEMA)


LISTS = ("sources", "targets", "source_roots", "target_roots", "around")
SCHEMA: dict[str, Any] = dict.fromkeys(LISTS, pl.List(pl.String)) | {
    "mode": pl.String,
    "place_key": pl.String,
    "date_start": pl.Date,
    "date_end": pl.Date,
}


def _act(chance: random.Random, day: date) -> dict[str, Any]:
    source, target = (_skewed(chance, STATES) for _ in range(2))
    mode = None if chance.random() < 0.5 else f"mode {_skewed(chance, 6)}"
    return {
        "event_type": chance.choice(list(EVENT_TYPES)),
        "status": chance.choice(STATUSES),
        "mode": mode,
        "reciprocal": False,
        "place_key": f"place:{_skewed(chance, PLACES)}" if chance.random() < 0.4 else None,
        "sources": [f"person:{source}-{_skewed(chance, ACTORS_PER_STATE)}"],
        "targets": [f"country:{target}"],
        "source_roots": [f"country:{source}"],
        "target_roots": [f"country:{target}"],
        "around": [f"country:{source}", f"country:{target}"],
        "day": day,
        "words": [f"word{_skewed(chance, VOCABULARY)}" for _ in range(14)],
    }


def _skewed(chance: random.Random, size: int) -> int:
    """A number below `size`, small ones far more often, as actors and words are named."""
    return int(size * chance.random() ** 3)


def _told(chance: random.Random, act: dict[str, Any], number: int) -> Iterator[dict[str, Any]]:
    facts = {name: value for name, value in act.items() if name not in ("day", "words")}
    for teller in range(chance.choice(TELLERS)):
        dated = act["status"] == "happened" and chance.random() < 0.4
        kept = chance.sample(act["words"], 9) + [f"word{_skewed(chance, VOCABULARY)}" for _ in range(5)]
        yield facts | {
            "trigger": kept[0],
            "sentence": " ".join(kept),
            "trigger_at": 0,
            "sentence_no": number % 7,
            "start_char": 100 * (number % 7),
            "article_key": f"article:{number + teller}",
            "text_key": f"article:{number + teller}",
            "publisher": f"paper {chance.randrange(PAPERS)}",
            "published": act["day"] + timedelta(chance.randrange(2)),
            "date_start": act["day"] if dated else None,
            "date_end": act["day"] if dated else None,
            "date_basis": "relative" if dated else "publication" if act["status"] == "happened" else "none",
        }


def report_time(options: argparse.Namespace, _scratch: Path) -> None:
    """Processor seconds of a tenth and of all, and their ratio."""
    seconds = []
    print(f"\ntime: {options.mentions:,} invented mentions, {PER_DAY} a day, and a tenth of them")
    for number in (options.mentions // 10, options.mentions):
        frame = mentions(number)
        started = time.process_time()
        events = merge(frame)["event"].n_unique()
        seconds.append(time.process_time() - started)
        print(f"  {number:9,} mentions become {events:,} events in {seconds[-1]:.1f} processor seconds")
    print(f"  ten times the mentions take {seconds[1] / seconds[0]:.1f} times as long")
