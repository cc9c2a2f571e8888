"""Extraction in processes that really die."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pyarrow.parquet as pq
import pytest
from plain_extractor import POISON, plain_work

from etl.engine import EngineError, extract_all
from etl.intake import take_in
from etl.read import Defaults
from etl.stage import ledger as ledgers
from etl.stage.extracts import Setup, Tally
from etl.stage.shards import Shard

SETUP = Setup("plain", "1")


def shards_of(folder: Path, *texts: str) -> list[Shard]:
    path = folder / "articles.jsonl"
    path.write_text("".join(json.dumps({"text": text, "published": "2023-05-06"}) + "\n" for text in texts))
    return list(take_in([path], Defaults(), ledgers.load(folder / "x"), SETUP).shards)


def rows(folder: Path) -> list[dict[str, object]]:
    """All rows of all extracts: a text that was extracted twice would be there twice."""
    found = [row for path in (folder / "x").glob("*.parquet") for row in pq.read_table(path).to_pylist()]
    return sorted(found, key=lambda row: str(row["text"]))


def slow_work(shard: str, target: str) -> Tally:
    time.sleep(0.5)
    return plain_work(shard, target)


def dying_work(*_: str) -> Tally:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


def full_disk(*_: str) -> Tally:
    raise OSError(28, "No space left on device")


def test_processes_and_this_process_give_the_same(tmp_path: Path) -> None:
    texts = [f"Arland met Borduria {n} times." for n in range(60)]
    answers = []
    for workers in (1, 2):
        folder = tmp_path / str(workers)
        folder.mkdir()
        tallies = extract_all(shards_of(folder, *texts), plain_work, SETUP, workers=workers)
        assert sum(tally.articles for tally in tallies) == 60
        answers.append(rows(folder))
    assert answers[0] == answers[1]
    assert len(answers[0]) == 60


def test_a_text_that_kills_its_workers_is_given_up_and_the_rest_goes_on(tmp_path: Path) -> None:
    texts = [f"Arland met Borduria {n} times." for n in range(60)]
    texts[33] = f"{POISON}."
    tallies = list(extract_all(shards_of(tmp_path, *texts), plain_work, SETUP, workers=2))
    assert sum(tally.articles for tally in tallies) == 60
    assert sum(tally.failed for tally in tallies) == 1
    found = rows(tmp_path)
    assert [row["text"] for row in found] == sorted(texts)
    assert [row["text"] for row in found if row["error"]] == [f"{POISON}."]
    assert list((tmp_path / "x" / "todo").iterdir()) == []


def test_a_worker_killed_from_outside_costs_nothing(tmp_path: Path) -> None:
    texts = [f"Arland met Borduria {n} times." for n in range(120)]
    shards = shards_of(tmp_path, *texts)
    killer = threading.Thread(target=_kill_one_worker)
    killer.start()
    tallies = list(extract_all(shards, slow_work, SETUP, workers=2))
    killer.join()
    assert sum(tally.articles for tally in tallies) == 120
    assert sum(tally.failed for tally in tallies) == 0
    assert [row["text"] for row in rows(tmp_path)] == sorted(texts)


def _kill_one_worker() -> None:
    for _ in range(400):
        for worker in multiprocessing.active_children():
            time.sleep(0.3)
            worker.kill()
            return
        time.sleep(0.05)


def test_workers_that_never_begin_are_no_endless_loop(tmp_path: Path) -> None:
    shards = shards_of(tmp_path, *(f"Arland met Borduria {n} times." for n in range(60)))
    with pytest.raises(EngineError, match="--workers 1"):
        list(extract_all(shards, dying_work, SETUP, workers=2))


@pytest.mark.parametrize("workers", [1, 2])
def test_a_full_disk_is_one_sentence(tmp_path: Path, workers: int) -> None:
    shards = shards_of(tmp_path, *(f"Arland met Borduria {n} times." for n in range(60)))
    with pytest.raises(EngineError, match="disk full"):
        list(extract_all(shards, full_disk, SETUP, workers=workers))


RUN = """
import sys
from pathlib import Path
import test_engine
if __name__ == "__main__":
    test_engine.run_slowly(Path(sys.argv[1]))
"""
TEXTS = [f"Arland met Borduria {n} times." for n in range(120)]


def run_slowly(folder: Path) -> None:
    """What the killed process of the next test does."""
    list(extract_all(shards_of(folder, *TEXTS), telling_work, SETUP, workers=2))


def telling_work(shard: str, target: str) -> Tally:
    Path(target).with_suffix(".pid").write_text(str(os.getpid()))
    return slow_work(shard, target)


def test_a_killed_run_leaves_no_workers_and_resumes(tmp_path: Path, root: Path) -> None:
    script, extracts = tmp_path / "run.py", tmp_path / "x"
    script.write_text(RUN)
    places = os.pathsep.join([str(root), str(root / "tests"), os.environ["PYTHONPATH"]])
    run = subprocess.Popen([sys.executable, script, tmp_path], env=os.environ | {"PYTHONPATH": places})
    _wait_for(lambda: any(extracts.glob("*.parquet")))
    run.kill()
    run.wait()
    workers = {int(path.read_text()) for path in extracts.glob("*.pid") if path.read_text()}
    _wait_for(lambda: not any(_is_alive(worker) for worker in workers))
    finished = len(rows(tmp_path))
    again = list(extract_all(shards_of(tmp_path, *TEXTS), plain_work, SETUP, workers=1))
    assert sum(tally.articles for tally in again) == len(TEXTS) - finished < len(TEXTS)
    assert [row["text"] for row in rows(tmp_path)] == sorted(TEXTS)


def _is_alive(worker: int) -> bool:
    """False for a zombie too: in a container nobody may collect it."""
    try:
        return psutil.Process(worker).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    for _ in range(int(seconds / 0.05)):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")


def test_dask_is_asked_for_by_name_when_it_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(EngineError, match="pip install distributed"):
        list(extract_all(shards_of(tmp_path, "Arland left."), plain_work, SETUP, workers=1, engine="dask"))
