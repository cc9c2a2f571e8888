"""How well reports of one act become one event: inside articles, across them, and how long it takes.

    python -m benchmarks.merging [--only sample,news,stories,meantime,strangers,time] [--db FILE]
        [--mentions N]

* `sample`: the key says which words of which dispatch tell of which event. A row is *found* where an event
  mention of its dispatch lies inside those words; B-cubed (Bagga and Baldwin 1998) compares the events of the
  database with those of the key over the rows found, and over those found with the key's type.
* `news`: pairs of reports of news items, judged by a reader: of those that become one event, how many tell
  of one act, and of those that tell of one act, how many become one event, weighted to the share of their
  like in `G_news`. The weights of `etl/merge/fit.py` were fitted on them. The held pairs were drawn later,
  from what those weights had merged: they give a precision only.
* `stories`: acts told more than once in annotated news stories, by `score.py stories` with `event` given.
* `meantime`: event mentions across Wikinews articles, by `score.py coref --cross --kinds=event`.
* `strangers`: keys of the sample's events before and after 1,000 news items of other years are added.
* `time`: merging of N invented mentions (1,000,000) beside a tenth of them; linear cost is a ratio of 10.

The gold data are read beside the checkout (or at DRAMATIS_GOLD). Beside each figure stands that of everything
alone: each mention an event of its own.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from benchmarks.gold import ROOT, scorer
from benchmarks.merging_time import report_time
from benchmarks.told import event_keys, meantime, news_pairs, run_etl, stories, strangers

KEY = ROOT / "data" / "sample.key.csv"
SAMPLE = ROOT / "data" / "sample"


def bcubed(pairs: Sequence[tuple[str, int]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of (true cluster, predicted cluster) per item; zeros for no items."""
    if not pairs:
        return 0.0, 0.0, 0.0
    truth, predicted = defaultdict(set), defaultdict(set)
    for item, (true, guess) in enumerate(pairs):
        truth[true].add(item)
        predicted[guess].add(item)
    shared = [len(truth[true] & predicted[guess]) for true, guess in pairs]
    precision = sum(s / len(predicted[g]) for s, (_, g) in zip(shared, pairs, strict=True)) / len(pairs)
    recall = sum(s / len(truth[t]) for s, (t, _) in zip(shared, pairs, strict=True)) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def found(con: duckdb.DuckDBPyConnection, row: dict[str, str]) -> tuple[int, bool] | None:
    """The event of a mention in the words of a row of the key, best one of its type; is it of that type?"""
    answer = con.execute(
        """
        with place as (
            select article_id, position($quote in text) - 1 as first from articles
            where ends_with(path, $dispatch))
        select m.event_id, m.event_type::varchar = $event_type from event_mentions m
        join place p using (article_id)
        where p.first >= 0 and m.start_char >= p.first and m.end_char <= p.first + length($quote)
        order by m.event_type::varchar = $event_type desc, m.status::varchar = $status desc, m.start_char
        limit 1""",
        {name: row[name] for name in ("quote", "dispatch", "event_type", "status")},
    ).fetchone()
    return None if answer is None else (int(answer[0]), bool(answer[1]))


def report_sample(options: argparse.Namespace, scratch: Path) -> None:
    database = options.db or run_etl(SAMPLE, scratch)
    rows = list(csv.DictReader(KEY.open(encoding="utf8")))
    with duckdb.connect(str(database), read_only=True) as con:
        hits = [(row["event"], *hit) for row in rows if (hit := found(con, row)) is not None]
    print(f"\nsample: rows of the key found {len(hits)} of {len(rows)}")
    for name, some in (("rows found", hits), ("of the key's type", [hit for hit in hits if hit[2]])):
        pairs = [(true, event) for true, event, _ in some]
        precision, recall, f1 = bcubed(pairs)
        alone = bcubed([(true, number) for number, (true, _) in enumerate(pairs)])[2]
        print(
            f"  {name:20} {len(pairs):4} precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f} "
            f"(alone {alone:.3f})"
        )
    told = defaultdict(set)
    for true, event, _ in hits:
        told[event].add(true)
    mixed = sorted(sorted(names) for names in told.values() if len(names) > 1)
    print(f"  events that mix several {len(mixed)}")
    for names in mixed:
        print("     " + " + ".join(names))


def report_news(_options: argparse.Namespace, scratch: Path) -> None:
    judged = news_pairs(scratch)
    both = [(pair, one) for pair, one in judged if one is not None]
    print(f"\nnews: both reports found of {len(both)} of {len(judged)} pairs")
    for name, held in (("fitted on", False), ("held", True)):
        some = [(pair, one) for pair, one in both if pair["held"] == held]
        weight: dict[tuple[bool, bool], float] = defaultdict(float)
        for pair, one in some:
            weight[pair["same"], one] += pair["weight"]
        right, merged_wrongly, missed = weight[True, True], weight[False, True], weight[True, False]
        precision = right / (right + merged_wrongly)
        recall = "" if held else f" recall {right / (right + missed):.3f}"
        merged = sum(one for _, one in some)
        print(f"  {name:20} {len(some):4} pairs, {merged} merged: precision {precision:.3f}{recall}")


def report_stories(_options: argparse.Namespace, scratch: Path) -> None:
    gold, merged, alone = stories(scratch)
    score = scorer()
    print(f"\nstories: {len(gold)} stories")
    for name, predictions in (("merged", merged), ("alone", alone)):
        print(f"  {name:20} same-act B-cubed {score.score_stories(gold, predictions)['same_act_b3']}")


def report_meantime(_options: argparse.Namespace, scratch: Path) -> None:
    gold, merged, alone = meantime(scratch)
    score = scorer()
    print(f"\nMEANTIME: {len(gold)} articles")
    for name, predictions in (("merged", merged), ("alone", alone)):
        result = score.score_coref(gold, predictions, {"event"}, True)
        print(f"  {name:20} {result}")


def report_strangers(_options: argparse.Namespace, scratch: Path) -> None:
    """How many event mentions of the sample are of an event with another key once strangers have joined."""
    database = run_etl(SAMPLE, scratch)
    before = event_keys(database, "txt")
    run_etl(strangers(scratch), scratch, database)
    after = event_keys(database, "txt")
    moved = sum(after.get(mention) != key for mention, key in before.items())
    print(f"\nstrangers: {len(before)} event mentions of the sample, {moved} of them with another event key")


REPORTS: dict[str, Callable[[argparse.Namespace, Path], None]] = {
    "sample": report_sample,
    "news": report_news,
    "stories": report_stories,
    "meantime": report_meantime,
    "strangers": report_strangers,
    "time": report_time,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default=",".join(REPORTS))
    parser.add_argument("--db", type=Path, help="a database of the sample; else one is made")
    parser.add_argument("--mentions", type=int, default=1_000_000)
    options = parser.parse_args()
    for section in options.only.split(","):
        if section not in REPORTS:
            print(f"unknown section {section!r}: choose from {', '.join(REPORTS)}", file=sys.stderr)
            return 2
        with tempfile.TemporaryDirectory() as scratch:
            REPORTS[section](options, Path(scratch))
    return 0


if __name__ == "__main__":
    sys.exit(main())
