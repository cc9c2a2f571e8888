"""`python -m etl.corrections [--db FILE]`: what each line of the corrections file would do."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb

from etl.corrections.check import Verdict, check
from etl.corrections.file import corrections_file
from etl.errors import DramatisError
from etl.publish import snapshots
from etl.publish.corrections import read_corrections


def parser() -> argparse.ArgumentParser:
    """The command line; wrong usage ends the program with status 2."""
    p = argparse.ArgumentParser(
        prog="python -m etl.corrections",
        description="Say what each line of <stem>.corrections.csv would do to the newest snapshot.",
        epilog="Exit status: 0 when each line does something, 1 when a line is wrong or nothing can be read.",
    )
    p.add_argument(
        "--db", type=Path, default=Path("data/dramatis.duckdb"), metavar="FILE",
        help="the database beside which the file stands (default %(default)s)",
    )  # fmt: skip
    return p


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the file and print a verdict a line; returns the exit status. SystemExit(2) on wrong usage."""
    database = parser().parse_args(arguments).db
    try:
        return _report(database)
    except (DramatisError, OSError) as error:
        print(f"python -m etl.corrections: {error}", file=sys.stderr)
        return 1


def _report(database: Path) -> int:
    path = corrections_file(database)
    lines = read_corrections(path)
    if not lines:
        print(f"{path} holds no lines: there is nothing to check.")
        return 0
    snapshot = snapshots.newest(database)
    if snapshot is None:
        raise DramatisError(
            f"There is no snapshot of {database} to check against; run: python -m etl PATH --db {database}"
        )
    with duckdb.connect(str(snapshot), read_only=True) as con:
        verdicts = check(con, lines)
    for verdict in verdicts:
        print(_told(verdict))
    return _sum_up(verdicts, snapshot)


def _told(verdict: Verdict) -> str:
    line = verdict.line
    given = " ".join(filter(None, (line.action, line.key, line.value)))
    told = f"line {line.line}: {verdict.state}: {given}\n    {verdict.says}"
    return told + "".join(f"\n    perhaps {key} ({name})" for key, name in verdict.nearest)


def _sum_up(verdicts: Sequence[Verdict], snapshot: Path) -> int:
    count = {state: sum(v.state == state for v in verdicts) for state in ("in effect", "waiting", "wrong")}
    print(
        f"{len(verdicts)} lines against {snapshot.name}: {count['in effect']} in effect, "
        f"{count['waiting']} waiting for the next publish, {count['wrong']} wrong."
    )
    return 1 if count["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
