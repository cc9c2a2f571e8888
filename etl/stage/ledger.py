"""All articles ever given to a database, and what was turned away: one folder per run, never changed.

`runs/000007/` holds `given.parquet` (articles that were new, changed or dropped in it),
`rejects.parquet` (all rejects that stand after it) and `run.json`. The newest row of an article counts.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from etl.read.files import located
from etl.stage.extracts import Setup

GIVEN = {
    "key": pl.String, "external_id": pl.String, "path": pl.String, "line": pl.Int32, "title": pl.String,
    "publisher": pl.String, "url": pl.String, "published": pl.Date, "content_hash": pl.String,
    "text_hash": pl.String, "run_id": pl.Int32,
}  # fmt: skip
REJECTS = {"path": pl.String, "line": pl.Int32, "reason": pl.String, "detail": pl.String, "run_id": pl.Int32}


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the ETL; times are UTC, ISO 8601."""

    run_id: int
    started: str
    finished: str
    model: str
    version: str
    articles_read: int
    articles_new: int
    articles_rejected: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """What stands after all runs so far. `given` has one row per article, `rejects` one per record."""

    folder: Path
    runs: tuple[Run, ...]
    given: pl.DataFrame
    rejects: pl.DataFrame

    @property
    def setup(self) -> Setup | None:
        """Model and version of the last run."""
        return Setup(self.runs[-1].model, self.runs[-1].version) if self.runs else None

    @property
    def next_run(self) -> int:
        """The number that the next run gets."""
        return self.runs[-1].run_id + 1 if self.runs else 1


def load(folder: Path) -> Ledger:
    """The ledger in `<extracts>/runs`; empty where nothing was given yet."""
    places = sorted(path for path in (folder / "runs").glob("[0-9]" * 6))
    runs = tuple(Run(**json.loads((place / "run.json").read_text(encoding="utf-8"))) for place in places)
    changes = [pl.read_parquet(place / "given.parquet") for place in places]
    given = pl.concat(changes) if changes else pl.DataFrame(schema=GIVEN | {"gone": pl.Boolean})
    given = (
        given.unique("key", keep="last", maintain_order=True).filter(~pl.col("gone")).drop("gone").sort("key")
    )
    rejects = pl.read_parquet(places[-1] / "rejects.parquet") if places else pl.DataFrame(schema=REJECTS)
    return Ledger(folder, runs, given, rejects)


def newest_versions(read: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """One row per article of what a run has read, and rejects for the other versions of the same article.

    The latest publication date wins, then path and line, so that the order of the paths does not matter.
    """
    ordered = read.sort("published", "path", "line", nulls_last=False).with_row_index("order")
    kept = ordered.unique("key", keep="last", maintain_order=True)
    others = ordered.join(kept, on="order", how="anti").join(kept.select("key", "path", "line"), on="key")
    place = pl.format("{}, record {}", "path_right", pl.col("line_right").fill_null(1))
    detail = pl.format("This record's source gives the same id to {}, which was kept.", place)
    rejects = others.select(
        "path", "line", reason=pl.lit("same id"), detail=detail, run_id=pl.col("run_id")
    )  # fmt: skip
    return kept.drop("order"), rejects.cast(pl.Schema(REJECTS))


def changes(ledger: Ledger, kept: pl.DataFrame) -> pl.DataFrame:
    """Rows of `kept` that the ledger does not have; `run_id` is that of the run that brought the version."""
    known = ledger.given.select("key", "content_hash", first_run="run_id")
    dated = kept.join(known, on=["key", "content_hash"], how="left").with_columns(
        run_id=pl.coalesce("first_run", "run_id")
    )
    same = [name for name in GIVEN if name != "run_id"]
    return dated.drop("first_run").join(ledger.given, on=same, how="anti", nulls_equal=True)


def gone(ledger: Ledger) -> pl.DataFrame:
    """Articles whose file is no longer there."""
    return ledger.given.filter(_is_gone(ledger.given))


def _is_gone(rows: pl.DataFrame) -> pl.Series:
    paths = rows["path"].unique()
    missing = [path for path in paths if not located(path).exists()]
    return rows["path"].is_in(missing)


def standing_rejects(ledger: Ledger, read: set[str], rejects: pl.DataFrame, prune: bool) -> pl.DataFrame:
    """Rejects after a run: new ones, and older ones of files that it did not read."""
    older = ledger.rejects.filter(~pl.col("path").is_in(list(read)))
    if prune:
        older = older.filter(~_is_gone(older))
    place = ["path", "line", "reason", "detail"]
    known = rejects.join(
        ledger.rejects.select(*place, first_run="run_id"), on=place, how="left", nulls_equal=True
    )
    fresh = known.with_columns(run_id=pl.coalesce("first_run", "run_id")).drop("first_run")
    return pl.concat([older, fresh]).unique(place, keep="first").sort(place)


def record(
    ledger: Ledger, run: Run, given: pl.DataFrame, dropped: pl.DataFrame, rejects: pl.DataFrame
) -> None:
    """Write a run's folder in one step. FileExistsError if another run took the number meanwhile."""
    place = ledger.folder / "runs" / f"{run.run_id:06}"
    temporary = place.with_name(f".{place.name}.{os.getpid()}.tmp")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    rows = pl.concat([given.with_columns(gone=pl.lit(False)), dropped.with_columns(gone=pl.lit(True))])
    rows.write_parquet(temporary / "given.parquet")
    rejects.write_parquet(temporary / "rejects.parquet")
    (temporary / "run.json").write_text(json.dumps(asdict(run), indent=1), encoding="utf-8")
    if place.exists():
        raise FileExistsError(f"another run was recorded as {place.name}")
    temporary.rename(place)


def keep_counts(ledger: Ledger, counts: tuple[int, ...]) -> None:
    """Remember how many mentions and event mentions there were after the last run."""
    place = ledger.folder / "runs" / f"{ledger.runs[-1].run_id:06}" / "published.json"
    place.write_text(json.dumps(counts), encoding="utf-8")


def run_rows(ledger: Ledger) -> pl.DataFrame:
    """All runs, in the columns of the table `runs`; counts are 0 where a run was never published."""
    rows = []
    for run in ledger.runs:
        place = ledger.folder / "runs" / f"{run.run_id:06}" / "published.json"
        mentions, events = json.loads(place.read_text(encoding="utf-8")) if place.exists() else (0, 0)
        rows.append(asdict(run) | {"mentions": mentions, "event_mentions": events})
    return pl.DataFrame(rows).with_columns(pl.col("started", "finished").str.to_datetime())


def now() -> str:
    """The current time in UTC, to the second."""
    return datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
