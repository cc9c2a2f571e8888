"""`python -m etl PATH...`: articles to a database of actors and the events between them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from etl.engine import ENGINES, default_workers
from etl.errors import DramatisError
from etl.read import Defaults


def parser() -> argparse.ArgumentParser:
    """The command line; wrong usage ends the program with status 2."""
    p = argparse.ArgumentParser(
        prog="python -m etl", description="Articles to actors and the events between them."
    )
    p.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help=".txt, .jsonl, .csv, .parquet, or a folder"
    )
    p.add_argument(
        "--db",
        type=_database,
        default=Path("data/dramatis.duckdb"),
        metavar="FILE",
        help="the database, a link to its newest snapshot (default %(default)s)",
    )
    p.add_argument(
        "--extracts", type=Path, metavar="DIR", help="default: <stem>.extracts/ beside the database"
    )
    p.add_argument("--published", type=_day, metavar="DATE", help="publication date of texts that carry none")
    p.add_argument("--publisher", metavar="NAME", help="publisher of the articles of this run")
    p.add_argument(
        "--model", metavar="NAME", help="an installed spaCy pipeline instead of the one in models/"
    )
    p.add_argument(
        "--workers", type=_positive, default=default_workers(), metavar="N", help="default: one per core"
    )
    p.add_argument(
        "--engine", choices=ENGINES, default="local", help="where extraction runs (default %(default)s)"
    )
    p.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask cluster: tcp://... or tls://...")
    p.add_argument("--prune", action="store_true", help="forget articles whose file is gone")
    return p  # fmt: skip


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write YYYY-MM-DD") from None


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes; give 1 or more")
    return int(text)


def _database(text: str) -> Path:
    path = Path(text)
    if path.is_dir():
        raise argparse.ArgumentTypeError(
            f"{text} is a folder; give a file in it, such as {path / 'dramatis.duckdb'}"
        )
    return path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the ETL; returns the exit status. SystemExit(2) on wrong usage."""
    p = parser()
    given = p.parse_args(arguments)
    if given.scheduler and given.engine == "local":
        p.error("--scheduler needs --engine dask")
    from etl.run import Options, run  # takes a second to import: --help and wrong usage need not wait

    options = Options(
        given.paths, given.db, given.extracts, Defaults(given.published, given.publisher), given.model,
        given.workers, given.engine, given.scheduler, given.prune,
    )  # fmt: skip
    try:
        return run(options)
    except KeyboardInterrupt:
        print("Stopped. What was extracted is kept: the same command goes on from there.", file=sys.stderr)
        return 130
    except (DramatisError, OSError) as error:
        print(f"python -m etl: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
