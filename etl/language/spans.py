"""Tag scores to spans that cannot contradict themselves: an inside tag only after the same name's
beginning.
"""

from __future__ import annotations

from functools import cache

import numpy as np

Span = tuple[int, int, str]
"""First word, word after the last, label."""


def best_spans(scores: np.ndarray, tags: tuple[str, ...]) -> list[Span]:
    """The spans of the likeliest allowed sequence; `scores`: words × tags, log probabilities."""
    path = scores.argmax(1)
    if not _allowed(tags)[np.concatenate([[tags.index("O")], path[:-1]]), path].all():
        path = _viterbi(scores, _allowed(tags))
    return _spans([tags[tag] for tag in path])


@cache
def _allowed(tags: tuple[str, ...]) -> np.ndarray:
    """tags × tags: whether the second may follow the first."""
    return np.array([[_may_follow(before, tag) for tag in tags] for before in tags])


def _may_follow(before: str, tag: str) -> bool:
    return not tag.startswith("I-") or before[2:] == tag[2:]


def _viterbi(scores: np.ndarray, allowed: np.ndarray) -> np.ndarray:
    cost = np.where(allowed, 0.0, -np.inf)
    best, back = scores[0] + cost[0], []
    for row in scores[1:]:
        through = best[:, None] + cost
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
