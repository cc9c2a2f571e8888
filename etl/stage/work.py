"""What a worker does with a shard: the only place where extraction and files meet."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from etl.errors import DramatisError
from etl.stage.extracts import Setup, Tally, write_extract

if TYPE_CHECKING:
    from spacy.language import Language

# Shard path, extract path -> what came of it. Engines call it in other processes, so it must pickle.
Work = Callable[[str, str], Tally]


@lru_cache(maxsize=1)
def pipeline(model: str | None) -> Language:
    """The language pipeline, loaded once per process."""
    from etl.annotate import (
        load_pipeline,
    )  # spaCy takes seconds to import; errors on usage must not wait for it

    return load_pipeline(model)


def setup_of(model: str | None) -> Setup:
    """Model and extractor version of this installation. DramatisError where there is no such model."""
    from etl.annotate import PipelineError, model_version
    from etl.extract import VERSION

    try:
        return Setup(model_version(pipeline(model)), VERSION)
    except PipelineError as error:
        raise DramatisError(str(error)) from error


def work_with(model: str | None) -> Work:
    """`extract_shard` for one model, ready to travel."""
    return partial(extract_shard, model=model)


def extract_shard(shard: str, target: str, model: str | None = None) -> Tally:
    """Extract a shard's texts with the pipeline `model` and write the extract."""
    from etl.extract import extract

    with AtWork(Path(shard)) as at_work:
        return write_extract(Path(shard), Path(target), partial(extract, pipeline(model)), at_work)


class AtWork:
    """A file beside a shard that holds the number of the text in work, and is gone when the shard is done.

    A worker that is killed leaves it: that is how the engine knows which text was in work.
    """

    def __init__(self, shard: Path) -> None:
        self._path = at_work_path(shard)

    def __call__(self, number: int) -> None:
        self._path.write_text(str(number), encoding="ascii")

    def __enter__(self) -> AtWork:
        return self

    def __exit__(self, *_: object) -> None:
        self._path.unlink(missing_ok=True)


def at_work_path(shard: Path) -> Path:
    """Where a shard's worker says which text it has in work."""
    return shard.with_suffix(".at")


def text_at_work(shard: Path) -> int | None:
    """Number of the text that was in work when a shard's worker died; None where none was begun."""
    try:
        return int(at_work_path(shard).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
