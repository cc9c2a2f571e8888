"""Where the public gold data lie; benchmarks read them there and nowhere else."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent


def gold_folder() -> Path:
    """The folder of the gold data; ends the program with a sentence where it is absent."""
    folder = Path(os.environ.get("DRAMATIS_GOLD", ROOT.parent / "shared" / "gold"))
    if not folder.is_dir():
        sys.exit(f"no gold data at {folder}: set DRAMATIS_GOLD to the folder that holds them")
    return folder


def scorer() -> ModuleType:
    """The gold data's own scorer, loaded from beside them."""
    spec = importlib.util.spec_from_file_location("gold_score", gold_folder() / "score.py")
    if spec is None or spec.loader is None:
        sys.exit(f"no score.py in {gold_folder()}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
