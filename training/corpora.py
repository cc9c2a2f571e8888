"""A training sentence, and where the corpora lie.

Every corpus is brought to the tokens that spaCy's English tokenizer makes of the plain text, since those are
what the pipeline meets at run time. Labels that cannot be carried over to such a token are left open (`None`)
and cost nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

GOLD = Path(os.environ.get("DRAMATIS_GOLD", Path(__file__).parents[1] / ".." / "shared" / "gold"))
WORK = Path("training/checkpoints")
"""Where trainings keep what does not ship."""

Span = tuple[int, int]
"""First token and the token after the last, inside one sentence."""


@dataclass(frozen=True)
class Tree:
    """Grammar of one sentence, one entry per token; heads are token numbers, -1 the root; None is left
    open.
    """

    upos: list[str | None]
    tag: list[str | None]
    morph: list[str | None]
    lemma: list[str | None]
    head: list[int | None]
    dep: list[str | None]


@dataclass(frozen=True)
class TaughtAct:
    """One event of a sentence: its trigger's tokens and, per role, the tokens that play it."""

    trigger: Span
    event_type: str
    status: str
    roles: dict[str, list[Span]]


@dataclass(frozen=True)
class Sentence:
    """Words with what one corpus says about them; what it does not say is None."""

    source: str
    key: str
    words: list[str]
    tree: Tree | None = None
    names: list[frozenset[str]] | None = None
    acts: list[TaughtAct] | None = field(default=None)


@dataclass(frozen=True)
class Material:
    """Training sentences by what they teach, unlabelled news, and the development sentences."""

    trees: list[Sentence]
    names: list[Sentence]
    acts: list[Sentence]
    news: list[Sentence]
    held_trees: list[Sentence]
    held_names: list[Sentence]
    held_acts: list[Sentence]


@cache
def english() -> Language:
    """spaCy's English tokenizer, which the pipeline also uses."""
    import spacy

    return spacy.blank("en")


def tokens_of(text: str) -> Doc:
    """The text as run time sees it, without the tokens that are only white space."""
    return english().make_doc(text)


def records(relative: str) -> Iterator[dict]:
    """The JSON objects of a file under the gold folder.

    Raises:
        FileNotFoundError: with the path and the variable that moves it, when the corpora are not there.
    """
    path = GOLD / relative
    if not path.exists():
        raise FileNotFoundError(
            f"{path} is missing: set DRAMATIS_GOLD to the folder with the training corpora"
        )
    with path.open(encoding="utf8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def held_back(key: str, parts: int = 5) -> bool:
    """Whether the record of this id belongs to the development part (one in `parts`), never trained on."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % parts == 0
