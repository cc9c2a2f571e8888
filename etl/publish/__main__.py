"""`python -m etl.publish [--db FILE]`: a new snapshot from what was read before, as corrected now."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from etl.errors import DramatisError
from etl.publish.publication import Published, publish
from etl.stage import ledger as ledgers


def parser() -> argparse.ArgumentParser:
    """The command line; wrong usage ends the program with status 2."""
    p = argparse.ArgumentParser(
        prog="python -m etl.publish",
        description="Publish again what was read before, so that corrections take effect.",
    )
    p.add_argument(
        "--db", type=Path, default=Path("data/dramatis.duckdb"), metavar="FILE", help="default %(default)s"
    )
    p.add_argument(
        "--extracts", type=Path, metavar="DIR", help="default: <stem>.extracts/ beside the database"
    )
    return p


def main(arguments: Sequence[str] | None = None) -> int:
    """Publish; returns the exit status. SystemExit(2) on wrong usage."""
    given = parser().parse_args(arguments)
    try:
        done = _publish(given.db, given.extracts or given.db.with_name(f"{given.db.stem}.extracts"))
    except (DramatisError, OSError) as error:
        print(f"python -m etl.publish: {error}", file=sys.stderr)
        return 1
    print(f"{done.snapshot} {'published' if done.is_new else 'is up to date'}.")
    return 0


def _publish(database: Path, folder: Path) -> Published:
    ledger = ledgers.load(folder)
    if ledger.setup is None:
        raise DramatisError(f"Nothing was read into {folder} yet; run: python -m etl PATH --db {database}")
    return publish(database, ledger, ledger.setup)


if __name__ == "__main__":
    sys.exit(main())
