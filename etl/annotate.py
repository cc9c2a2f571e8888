"""Texts to spaCy Docs: the only place that loads a language pipeline.

The default pipeline ships in `models/` and labels by Universal Dependencies. Any installed pipeline may be
used instead; where it labels by the ClearNLP scheme (spaCy's own English pipelines do), `dependency_scheme`
says so and readers of trees take both.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import etl.language  # noqa: F401 - registers the components of the default pipeline

DEFAULT = Path(__file__).parents[1] / "models" / "dramatis_en"

Scheme = Literal["ud", "clearnlp"]


class PipelineError(ValueError):
    """A language pipeline cannot be used; the message says which and what to do."""


def load_pipeline(name: str | None = None) -> Language:
    """The pipeline that ships in `models/`, or any other by the name of its package or the path of its
    folder.

    Raises:
        PipelineError: when there is none of that name, or it does not split sentences, parse and find names.
    """
    nlp = _load(str(DEFAULT) if name is None else name)
    if nlp.max_length < 10_000_000:
        nlp.max_length = 10_000_000
    return nlp


def _load(name: str) -> Language:
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise PipelineError(
            f"no language pipeline {name!r}: give --model the name of an installed spaCy pipeline "
            "(python -m spacy validate lists them) or its folder, or leave it out for the one in models/"
        ) from error
    lacking = [what for what, given in _abilities(nlp).items() if not given]
    if lacking:
        raise PipelineError(f"the pipeline {name!r} has no {' and no '.join(lacking)}: choose one that has")
    return nlp


def _abilities(nlp: Language) -> dict[str, bool]:
    assigned = {attribute for pipe in nlp.pipe_names for attribute in nlp.get_pipe_meta(pipe).assigns}
    return {"parser": "token.dep" in assigned, "name finder": "doc.ents" in assigned}


def dependency_scheme(nlp: Language) -> Scheme:
    """The label set of the pipeline's trees: Universal Dependencies (`nsubj:pass`, `obl`) or ClearNLP
    (`nsubjpass`, `pobj`).
    """
    if "parser" not in nlp.pipe_names:
        return "ud"
    labels = set(getattr(nlp.get_pipe("parser"), "labels", ()))
    return "clearnlp" if labels & {"nsubjpass", "pobj", "dobj"} else "ud"


@cache
def _folder_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def model_version(nlp: Language) -> str:
    """Name, version and content hash of the pipeline, fit for a file's name: `dramatis_en-1.0.0-3f2a…`."""
    name = f"{nlp.meta['lang']}_{nlp.meta['name']}" if nlp.meta["name"] != "dramatis_en" else "dramatis_en"
    folder = getattr(nlp, "path", None)
    parts = [name, nlp.meta["version"], *([_folder_hash(Path(folder))] if folder else [])]
    return re.sub(r"[^\w.+-]", "_", "-".join(parts))


def annotate(nlp: Language, text: str, piece_chars: int = 100_000) -> Iterator[tuple[int, Doc]]:
    """(offset, Doc) of the pieces of a text, in order; together the Docs hold every character of it once.

    A text longer than `piece_chars` is cut at the last blank line, else line, else sentence's stop, else
    blank in the second half of each piece, so that no piece is longer than that.
    """
    start = 0
    while start < len(text) or start == 0:
        end = _piece_end(text, start, piece_chars)
        yield start, nlp(text[start:end])
        start = end
        if not text:
            return


def _piece_end(text: str, start: int, piece_chars: int) -> int:
    end = start + piece_chars
    if end >= len(text):
        return len(text)
    half = start + piece_chars // 2
    for mark in ("\n\n", "\n", ". ", " "):
        place = text.rfind(mark, half, end)
        if place >= 0:
            return place + len(mark)
    return end
