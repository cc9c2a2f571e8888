"""Tag scores to spans that cannot contradict themselves: an inside tag only after the same name's
beginning.
"""

from __future__ import annotations

from functools import cache

import numpy as np

SIDE_BY_SIDE = -4.0
"""Log odds against a name that begins right after another of its kind: "Ada Thorn" is one person, not two."""

Span = tuple[int, int, str]
"""First word, word after the last, label."""


def best_spans(scores: np.ndarray, tags: tuple[str, ...]) -> list[Span]:
    """The spans of the likeliest sequence of tags; `scores`: words × tags, log probabilities."""
    path, steps = scores.argmax(1), _steps(tags)
    if steps[np.concatenate([[tags.index("O")], path[:-1]]), path].any():
        path = _viterbi(scores, steps, tags.index("O"))
    return _spans([tags[tag] for tag in path])


@cache
def _steps(tags: tuple[str, ...]) -> np.ndarray:
    """tags × tags: what it costs (0 or less) that the second follows the first."""
    return np.array([[_step(before, tag) for tag in tags] for before in tags])


def _step(before: str, tag: str) -> float:
    same = before[2:] == tag[2:]
    if tag.startswith("I-"):
        return 0.0 if same else -np.inf
    return SIDE_BY_SIDE if tag.startswith("B-") and same else 0.0


def _viterbi(scores: np.ndarray, steps: np.ndarray, outside: int) -> np.ndarray:
    best, back = scores[0] + steps[outside], []
    for row in scores[1:]:
        through = best[:, None] + steps
        back.append(through.argmax(0))
        best = through.max(0) + row
    path = [int(best.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return np.array(path[::-1])


def _spans(tags: list[str]) -> list[Span]:
    found: list[Span] = []
    for number, tag in enumerate(tags):
        if tag.startswith("B-"):
            found.append((number, number + 1, tag[2:]))
        elif tag.startswith("I-"):
            start, _, label = found.pop()
            found.append((start, number + 1, label))
    return found
