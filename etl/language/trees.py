"""Scores of arcs to a well-formed tree: every word one head, no cycle, one root.

The best head of each word makes a tree nearly always; where it does not, the maximum spanning tree is found
by Chu-Liu and Edmonds' algorithm (McDonald et al. 2005) below the likeliest root.
"""

from __future__ import annotations

import numpy as np

Heads = np.ndarray
"""One entry per word: the number of its head among the words, -1 for the root."""


def best_tree(scores: np.ndarray) -> Heads:
    """The heads for `scores`: words × (1 + words), log probabilities, column 0 the root."""
    heads = scores.argmax(1) - 1
    if (heads < 0).sum() == 1 and _reaches_root(heads):
        return heads
    return _spanning_tree(_with_one_root(scores))


def _reaches_root(heads: Heads) -> bool:
    """Whether every word's chain of heads ends at the root: pointers are doubled until all must have
    arrived.
    """
    up = np.concatenate([[0], heads + 1])
    for _ in range(len(heads).bit_length()):
        up = up[up]
    return not up.any()


def _with_one_root(scores: np.ndarray) -> np.ndarray:
    """The scores with only the root left that gains most over its word's next best head."""
    words = scores.shape[0]
    others = scores[:, 1:].copy()
    np.fill_diagonal(others, -np.inf)
    margin = scores[:, 0] - (others.max(1) if words > 1 else 0)
    root = int(margin.argmax())
    single = np.full((words + 1, words + 1), -np.inf)
    single[1:, 1:] = others
    single[root + 1, 0] = 0
    single[root + 1, 1:] = -np.inf
    return single


def _spanning_tree(scores: np.ndarray) -> Heads:
    """Chu-Liu-Edmonds over nodes 0 (root) to n; `scores[word, head]`."""
    return _contract(scores)[1:] - 1


def _contract(scores: np.ndarray) -> np.ndarray:
    heads = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if not cycle:
        return heads
    outside = [node for node in range(len(heads)) if node not in cycle]
    inside = sorted(cycle)
    gain = scores[np.ix_(inside, outside)] - scores[inside, heads[inside]][:, None]
    enter = gain.argmax(0)
    leave = scores[np.ix_(outside, inside)]
    small = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    small[-1, :-1] = gain.max(0)
    small[:-1, -1] = leave.max(1)
    solved = _contract(small)
    return _expanded(solved, heads, outside, inside, enter, leave.argmax(1))


def _expanded(
    solved: np.ndarray,
    heads: np.ndarray,
    outside: list[int],
    inside: list[int],
    enter: np.ndarray,
    leave: np.ndarray,
) -> np.ndarray:
    """Heads of all nodes, given those of the graph in which the cycle was one node (the last)."""
    full = heads.copy()
    for number, node in enumerate(outside[1:], start=1):
        head = solved[number]
        full[node] = outside[head] if head < len(outside) else inside[leave[number]]
    entry = solved[-1]
    full[inside[enter[entry]]] = outside[entry]
    return full


def _cycle(heads: np.ndarray) -> set[int]:
    """The nodes of one cycle of `heads`, empty where there is none."""
    seen = {0}
    for start in range(1, len(heads)):
        path: list[int] = []
        node = start
        while node not in seen:
            seen.add(node)
            path.append(node)
            node = int(heads[node])
        if node in path:
            return set(path[path.index(node) :])
    return set()
