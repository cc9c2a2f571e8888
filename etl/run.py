"""One run of the ETL: read, extract, remember, publish."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from etl import intake
from etl.engine import extract_all
from etl.intake import Intake
from etl.publish import Published, publish
from etl.read import Defaults
from etl.stage import ledger as ledgers
from etl.stage.extracts import Setup
from etl.stage.shards import Shard
from etl.stage.work import pipeline, setup_of, work_with

MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says; `extracts` None stands for `<stem>.extracts/` beside the database."""

    paths: Sequence[Path]
    db: Path
    extracts: Path | None
    defaults: Defaults
    model: str | None
    workers: int
    engine: str
    scheduler: str | None
    prune: bool

    @property
    def folder(self) -> Path:
        return self.extracts or self.db.with_name(f"{self.db.stem}.extracts")


def run(options: Options) -> int:
    """Run the ETL; returns 0, or 1 when nothing could be read. Raises DramatisError and OSError."""
    started, clock = ledgers.now(), time.monotonic()
    setup = setup_of(options.model)
    before = ledgers.load(options.folder)
    taken = intake.take_in(options.paths, options.defaults, before, setup)
    _show_rejects(taken)
    if taken.articles.is_empty() and before.given.is_empty():
        print(
            "Nothing could be read. Give .txt, .jsonl, .csv or .parquet files, or a folder of them.",
            file=sys.stderr,
        )
        return 1
    failed = _extract(taken.shards, setup, options)
    after = intake.remember(taken, before, setup, started, options.prune)
    options.db.parent.mkdir(parents=True, exist_ok=True)
    pipeline.cache_clear()  # publishing needs the memory and no language
    published = publish(options.db, after, setup)
    intake.clean(after, setup, options.prune)
    print(_summary(taken, failed, published))
    print(f"{published.snapshot} {'published' if published.is_new else 'is up to date'}, {_clock(clock)}.")
    return 1 if taken.articles.is_empty() else 0


def _extract(shards: Sequence[Shard], setup: Setup, options: Options) -> int:
    """Extract all shards under a progress bar; returns how many texts failed."""
    failed = 0
    texts = sum(shard.texts for shard in shards)
    tallies = extract_all(
        shards, work_with(options.model), setup,
        workers=options.workers, engine=options.engine, scheduler=options.scheduler,
    )  # fmt: skip
    with tqdm(total=texts, unit=" articles", desc="extracting", disable=not texts) as bar:
        for tally in tallies:
            bar.update(tally.articles)
            failed += tally.failed
    return failed


def _show_rejects(taken: Intake) -> None:
    for path, line, _, detail, _ in taken.rejects.head(MOST_SHOWN).iter_rows():
        print(f"rejected {path}{'' if line is None else f', record {line}'}: {detail}", file=sys.stderr)
    if taken.rejects.height > MOST_SHOWN:
        more = taken.rejects.height - MOST_SHOWN
        print(f"... and {more:,} more; all are in the table rejects.", file=sys.stderr)


def _summary(taken: Intake, failed: int, published: Published) -> str:
    n, texts = published.counts, sum(shard.texts for shard in taken.shards)
    return (
        f"This run: {taken.articles.height:,} articles read, {texts:,} texts extracted, "
        f"{taken.rejects.height + failed:,} rejected.\n"
        f"The database: {n['articles']:,} articles ({n['copies']:,} of them copied from another), "
        f"{n['rejects']:,} rejects, {n['mentions']:,} mentions of {n['actors']:,} actors, "
        f"{n['event_mentions']:,} event mentions of {n['events']:,} events."
    )


def _clock(since: float) -> str:
    minutes, seconds = divmod(round(time.monotonic() - since), 60)
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
