"""What tests share: an offline process tree, the project's root, the gold data and the pipeline."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OFFLINE = Path(__file__).resolve().parent / "offline"

# Before anything else opens a socket: this process now, and every process that it starts.
sys.path.insert(0, str(OFFLINE))
sys.modules.pop("sitecustomize", None)
importlib.import_module("sitecustomize")
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(OFFLINE), os.environ.get("PYTHONPATH")]))


@pytest.fixture(autouse=True)
def _same_main() -> Iterator[None]:
    """Streamlit's AppTest leaves a stand-in for `__main__`, which spawned workers would try to import."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's root, where the README's commands are given."""
    return ROOT


@pytest.fixture(scope="session")
def sample() -> Path:
    """The dispatches that ship with the project."""
    return ROOT / "data" / "sample"


@pytest.fixture(scope="session")
def gold() -> Path:
    """The public gold data beside the checkout; skips where it is absent."""
    folder = Path(os.environ.get("DRAMATIS_GOLD", ROOT.parent / "shared" / "gold"))
    if not folder.is_dir():
        pytest.skip(f"no gold data at {folder}: set DRAMATIS_GOLD to its folder")
    return folder


@pytest.fixture(scope="session")
def nlp():  # spaCy is imported only by the tests that ask for it
    """The pipeline that ships in models/, loaded once."""
    from etl.annotate import load_pipeline

    return load_pipeline()


@pytest.fixture(scope="session")
def chromium() -> str | None:
    """Path of the system's Chromium; None lets Playwright use the build that it installed."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    return None


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """A database over the sample, made by the command that users give; shared by all tests that only read."""
    database = tmp_path_factory.mktemp("desk") / "dramatis.duckdb"
    command = [sys.executable, "-m", "etl", str(sample), "--db", str(database)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return database
