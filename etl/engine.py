"""Where extraction runs: in this process, in local worker processes, or on a Dask cluster.

What travels is a shard's path, never its texts: workers read their shard and write its extract themselves. A
worker may be killed at any time: extracts appear whole or not at all, and what has none is done again.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing.connection import wait
from pathlib import Path

import pyarrow.parquet as pq

from etl.errors import DramatisError
from etl.stage.extracts import Setup, Tally
from etl.stage.shards import Shard, give_up, split
from etl.stage.work import Work, at_work_path, text_at_work

ENGINES = ("local", "dask")
# Below this, a worker would spend more on loading the model than on texts.
FEW_TEXTS, FEW_CHARS = 40, 100_000
LIBRARIES = ("OMP", "OPENBLAS", "MKL", "BLIS")
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in LIBRARIES}
KILLED = "its worker process died of this text twice (too little memory?); delete this extract to try again"


class EngineError(DramatisError):
    """Extraction cannot go on; the message says why and what to do."""


def default_workers() -> int:
    """One per core that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def extract_all(
    shards: Sequence[Shard],
    work: Work,
    setup: Setup,
    *,
    workers: int,
    engine: str = "local",
    scheduler: str | None = None,
) -> Iterator[Tally]:
    """Extract all shards and yield what each came to, in the order in which they finish.

    Every text ends in an extract, the one that kills its workers with the reason. Raises EngineError.
    """
    if engine == "dask":
        yield from _on_dask(shards, work, scheduler)
    elif workers == 1 or _are_few(shards):
        yield from (_finished(shard, _here(shard, work)) for shard in shards)
    else:
        yield from _in_processes(shards, work, setup, workers)


def _are_few(shards: Sequence[Shard]) -> bool:
    return (
        sum(shard.texts for shard in shards) < FEW_TEXTS and sum(shard.chars for shard in shards) < FEW_CHARS
    )


def _here(shard: Shard, work: Work) -> Tally:
    try:
        return work(str(shard.path), str(shard.target))
    except OSError as error:
        raise _unwritable(error) from error


def _unwritable(error: OSError) -> EngineError:
    return EngineError(f"An extract cannot be written ({error}); is the disk full?")


def _finished(shard: Shard, tally: Tally) -> Tally:
    """The tally of a shard that is done with; nothing of it stays in `todo/`."""
    shard.path.unlink(missing_ok=True)
    at_work_path(shard.path).unlink(missing_ok=True)
    return tally


def _in_processes(shards: Sequence[Shard], work: Work, setup: Setup, workers: int) -> Iterator[Tally]:
    """Rounds of a pool. A dead worker breaks it: shards at work then are tried alone, the rest goes on."""
    waiting, barren = list(shards), 0
    while waiting:
        before = len(waiting)
        yield from _round(waiting, work, workers)
        waiting = [shard for shard in waiting if shard.path.exists()]
        suspects = [shard for shard in waiting if text_at_work(shard.path) is not None]
        barren = 0 if suspects or len(waiting) < before else barren + 1
        if barren == 2:
            raise EngineError(
                "Workers die before their first text: too little memory? Try again with --workers 1."
            )
        waiting = [shard for shard in waiting if shard not in suspects]
        for suspect in suspects:
            yield from _alone(suspect, work, setup, waiting)


def _round(shards: Sequence[Shard], work: Work, workers: int) -> Iterator[Tally]:
    """One pool over these shards, until all are done or a worker dies."""
    for shard in shards:
        at_work_path(shard.path).unlink(missing_ok=True)
    os.environ.update(ONE_THREAD)  # before the workers start: libraries read it when they are loaded
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_start_worker)
    try:
        futures = _submitted(pool, shards, work)
        for future in as_completed(futures):
            yield from _outcome(future, futures[future])
    except BaseException:
        for worker in multiprocessing.active_children():
            worker.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, shards: Sequence[Shard], work: Work) -> dict[Future[Tally], Shard]:
    """Shards by their futures. A pool that breaks meanwhile takes no more; the rest waits for the next."""
    futures: dict[Future[Tally], Shard] = {}
    with suppress(BrokenProcessPool):
        for shard in shards:
            futures[pool.submit(work, str(shard.path), str(shard.target))] = shard
    return futures


def _outcome(future: Future[Tally], shard: Shard) -> Iterator[Tally]:
    """A shard's tally. A shard whose pool broke yields nothing, unless its extract was already in place."""
    try:
        yield _finished(shard, future.result())
    except BrokenProcessPool:
        if shard.target.exists():
            yield _finished(shard, tally_of(shard.target))
    except OSError as error:
        raise _unwritable(error) from error


def _alone(shard: Shard, work: Work, setup: Setup, waiting: list[Shard]) -> Iterator[Tally]:
    """Try a shard in a worker of its own. If that dies too, split around the text that was at work."""
    yield from _round([shard], work, 1)
    if not shard.path.exists():
        return
    if shard.texts == 1:
        give_up(shard, KILLED)
        yield _finished(shard, Tally(1, 1))
        return
    pieces = split(shard, text_at_work(shard.path), setup)
    at_work_path(shard.path).unlink(missing_ok=True)
    for piece in pieces:
        if piece.texts == 1:
            yield from _alone(piece, work, setup, waiting)
        else:
            waiting.append(piece)


def tally_of(extract: Path) -> Tally:
    """What an extract came to, from the file itself."""
    errors = pq.read_table(extract, columns=["error"])["error"]
    return Tally(len(errors), len(errors) - errors.null_count)


def _start_worker() -> None:
    """Ctrl-C is the parent's business; a worker whose parent was killed must not wait for work for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _on_dask(shards: Sequence[Shard], work: Work, scheduler: str | None) -> Iterator[Tally]:
    """Shards as tasks of a Dask cluster that sees the same paths; Dask retries those of dead workers."""
    try:
        from distributed import Client, Security
        from distributed import as_completed as completed
    except ImportError as error:
        raise EngineError("--engine dask needs Dask: pip install distributed") from error
    security = Security() if scheduler and scheduler.startswith("tls") else None
    with Client(scheduler, security=security) as client:
        futures = {
            client.submit(
                work, str(shard.path.absolute()), str(shard.target.absolute()), pure=False, retries=2
            ): shard
            for shard in shards
        }
        for future in completed(futures):
            yield _finished(futures[future], future.result())
