"""Counts which words many news items have: `etl/merge/frequent_words.csv`.

`python -m training.frequent_words` counts the 86,193 items of `G_news` and writes each stem that at least one
item in a thousand has, with the items per 10,000. Merging reads the file and never counts the articles at
hand: what two reports share must not weigh less because other articles are about the same war.
"""

from __future__ import annotations

import csv
from collections import Counter

from etl.merge.reports import FREQUENT_FILE, PER, RARE, stems
from training.corpora import records


def main() -> None:
    """Writes the file."""
    counted: Counter[str] = Counter()
    items = 0
    for record in records("G_news/wiki_current_events.jsonl"):
        counted.update(stems(record["text"]))
        items += 1
    rows = sorted((stem, PER * n / items) for stem, n in counted.items() if n >= RARE * items)
    with FREQUENT_FILE.open("w", encoding="utf8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("stem", "items"))
        writer.writerows((stem, round(share)) for stem, share in rows)
    print(f"{len(rows)} stems of {items} items")


if __name__ == "__main__":
    main()
