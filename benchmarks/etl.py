"""The whole ETL over 86,193 dated news items: wall time, memory of the process tree, share of each stage.

    python -m benchmarks.etl [--limit N] [--db FILE]

Needs the gold data beside the checkout (or DRAMATIS_GOLD). The limits stand beside the figures as ratios:
25 minutes for the run, 4 GiB for the tree of processes. The peak is that of the sum of the unique set sizes
(memory shared between workers counts once), sampled twice a second. Publishing (actors, copies and events
across articles, all tables) is then done once more on its own, for its share of the run.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from benchmarks.gold import gold_folder

RUN_LIMIT_S = 25 * 60
MEMORY_LIMIT_BYTES = 4 * 2**30
SAMPLING_S = 0.5


def tree_bytes(root: psutil.Process) -> int:
    """Unique set sizes of a process and all its descendants, in bytes; processes that ended count 0."""
    total = 0
    for process in [root, *root.children(recursive=True)]:
        try:
            total += process.memory_full_info().uss
        except psutil.NoSuchProcess:
            continue
    return total


def measure(command: list[str]) -> tuple[int, float, int]:
    """Exit status, seconds and peak bytes of the process tree of a command."""
    started, peak = time.monotonic(), 0
    process = subprocess.Popen(command)
    root = psutil.Process(process.pid)
    while process.poll() is None:
        try:
            peak = max(peak, tree_bytes(root))
        except psutil.NoSuchProcess:
            break
        time.sleep(SAMPLING_S)
    return process.wait(), time.monotonic() - started, peak


def head(source: Path, lines: int, folder: Path) -> Path:
    """The first `lines` lines of a JSONL file, as a file in `folder`."""
    target = folder / source.name
    with source.open(encoding="utf8") as rows, target.open("w", encoding="utf8") as out:
        out.writelines(row for _, row in zip(range(lines), rows, strict=False))
    return target


def publish_again(database: Path) -> float:
    """Seconds to build the snapshot once more from what was extracted."""
    database.resolve().unlink()
    database.unlink(missing_ok=True)
    _, seconds, _ = measure([sys.executable, "-m", "etl.publish", "--db", str(database)])
    return seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--limit", type=int, help="only the first N items")
    parser.add_argument("--db", type=Path, help="keep the database here")
    arguments = parser.parse_args()
    source = gold_folder() / "G_news" / "wiki_current_events.jsonl"
    with tempfile.TemporaryDirectory() as scratch:
        if arguments.limit:
            source = head(source, arguments.limit, Path(scratch))
        database = arguments.db or Path(scratch) / "news.duckdb"
        status, seconds, peak = measure([sys.executable, "-m", "etl", str(source), "--db", str(database)])
        publishing = 0.0 if status else publish_again(database)
    print(f"exit status {status}")
    print(f"wall {seconds:.0f} s = {seconds / RUN_LIMIT_S:.2f} of the limit of {RUN_LIMIT_S} s")
    print(f"publishing {publishing:.0f} s = {publishing / seconds:.2f} of the run")
    print(f"peak {peak / 2**30:.2f} GiB = {peak / MEMORY_LIMIT_BYTES:.2f} of the limit of 4 GiB")
    return status


if __name__ == "__main__":
    sys.exit(main())
