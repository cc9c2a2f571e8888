"""Runs of the ETL that a page has started: one at a time for a database, in a process of their own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO

import streamlit as st

from etl.engine import default_workers
from etl.read.files import PROJECT, file_name
from etl.stage.ledger import load as load_ledger

TAIL_BYTES = 64 * 1024
EXTRACTS, MODEL = "DRAMATIS_EXTRACTS", "DRAMATIS_MODEL"


class NotStarted(RuntimeError):
    """A run that cannot be started now; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: what it does, and how much of how much; `total` 0 where that is not known."""

    stage: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """One run. `files` are the lasting names of what it reads, none for a publish."""

    what: str
    files: tuple[str, ...]
    process: subprocess.Popen[bytes]
    log: IO[bytes]
    started: float

    def is_running(self) -> bool:
        """Whether the process is still there."""
        return self.process.poll() is None

    def text(self) -> str:
        """The end of what the run has printed, at most 64 KiB."""
        size = os.fstat(self.log.fileno()).st_size
        start = max(0, size - TAIL_BYTES)
        self.log.seek(start)
        return self.log.read(TAIL_BYTES).decode("utf-8", errors="replace")

    def stop(self) -> None:
        """Ask the run to end; what it has extracted is kept for the next one."""
        self.process.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)


@dataclass
class Jobs:
    """The runs over one database that this server has started; only the last one is remembered."""

    database: Path
    last: Job | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def read(self, files: Sequence[Path], publisher: str, published: date | None) -> Job:
        """Start reading these files. Raises NotStarted."""
        options = [f"--publisher={publisher}"] if publisher else []
        options += [f"--published={published.isoformat()}"] if published else []
        options += [f"--model={model}"] if (model := os.environ.get(MODEL)) else []
        options += [f"--workers={max(1, default_workers() - 1)}"]  # one core is left to the dashboard
        names = tuple(file_name(file) for file in files)
        return self._start("import", names, ["etl", *(str(file.absolute()) for file in files), *options])

    def publish(self) -> Job:
        """Start publishing what was read before, as it is corrected now. Raises NotStarted."""
        return self._start("publish", (), ["etl.publish"])

    def _start(self, what: str, files: tuple[str, ...], module: list[str]) -> Job:
        folder = extracts_folder(self.database)
        if self.database.exists() and not load_ledger(folder).runs:
            raise NotStarted(
                f"What this database was made from is not in {folder}, so nothing can be added to it. "
                f"Start the dashboard with {EXTRACTS}=FOLDER, the --extracts of its runs."
            )
        paths = [f"--db={self.database.absolute()}", f"--extracts={folder.absolute()}"]
        with self.lock:
            if self.last and self.last.is_running():
                raise NotStarted("Another run is at work; wait until it has ended.")
            log = tempfile.TemporaryFile()  # noqa: SIM115 it lives as long as the job is remembered
            process = subprocess.Popen(
                [sys.executable, "-m", *module, *paths],
                cwd=PROJECT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
            self.last = Job(what, files, process, log, time.monotonic())
            return self.last


def extracts_folder(database: Path) -> Path:
    """Where the runs of this database keep what they extract: `DRAMATIS_EXTRACTS`, else beside it."""
    return Path(os.environ.get(EXTRACTS) or database.with_name(f"{database.stem}.extracts"))


def progress(what: str, text: str) -> Progress:
    """How far a run of that kind is, from what it has printed."""
    if what == "publish":
        return Progress("Publishing")
    bars = re.findall(r"extracting:.*?(\d+)/(\d+) \[", text)
    if not bars:
        return Progress("Reading")
    done, total = (int(number) for number in bars[-1])
    return Progress("Publishing" if done >= total else "Extracting", done, total)


def told(text: str) -> list[str]:
    """What a run has said in whole lines, without its progress bar."""
    lines = re.split(r"[\r\n]+", text)
    return [line for line in lines if line.strip() and not re.match(r"extracting:", line)]


@st.cache_resource(show_spinner=False)
def jobs_of(path: str) -> Jobs:
    """The process's only record of runs over the database at `path`."""
    return Jobs(Path(path))
