"""How well reports of one act become one event, on the sample's key file and on copies made from news items.

    python -m benchmarks.merging [--db data/dramatis.duckdb]

The key says which words of which dispatch tell of which event. A row of the key is *found* where an event
mention of its dispatch lies inside those words; over the rows found, B-cubed (Bagga and Baldwin 1998)
compares the events of the database with those of the key.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import duckdb

from benchmarks.gold import ROOT

KEY = ROOT / "data" / "sample.key.csv"


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


def found(con: duckdb.DuckDBPyConnection, row: dict[str, str]) -> int | None:
    """The event whose mention lies in the words of a row of the key, one of the row's type first."""
    answer = con.execute(
        """
        with place as (
            select article_id, position($quote in text) - 1 as first from articles
            where ends_with(path, $dispatch))
        select m.event_id from event_mentions m
        join place p using (article_id)
        where p.first >= 0 and m.start_char >= p.first and m.end_char <= p.first + length($quote)
        order by m.event_type::varchar = $event_type desc, m.status::varchar = $status desc, m.start_char
        limit 1""",
        {name: row[name] for name in ("quote", "dispatch", "event_type", "status")},
    ).fetchone()
    return None if answer is None else int(answer[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--db", type=Path, default=ROOT / "data" / "dramatis.duckdb")
    con = duckdb.connect(str(parser.parse_args().db), read_only=True)
    rows = list(csv.DictReader(KEY.open(encoding="utf8")))
    pairs = [(row["event"], event) for row in rows if (event := found(con, row)) is not None]
    precision, recall, f1 = bcubed(pairs)
    told = defaultdict(set)
    for true, event in pairs:
        told[event].add(true)
    mixed = {event: names for event, names in told.items() if len(names) > 1}
    print(f"rows of the key found       {len(pairs)} of {len(rows)}")
    print(f"B-cubed over those          precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}")
    print(f"events that mix several     {len(mixed)}")
    for names in sorted(map(sorted, mixed.values())):
        print("   " + " + ".join(names))


if __name__ == "__main__":
    main()
