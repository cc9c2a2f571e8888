"""Cutting a sentence that is too long for one reading, at a clause where possible."""

from __future__ import annotations

from collections.abc import Sequence

CUTS = (
    {";", ":", "—", "–", ".", "!", "?"},
    {","},
    {"and", "but", "or", "which", "that", "while", "because", "who"},
)
"""What a part should end with (the first two) or the next begin with, best first."""


def parts(words: Sequence[str], sizes: Sequence[int], most: int) -> list[tuple[int, int]]:
    """Word ranges of at most `most` pieces each, in order and without gaps; `sizes` counts each word's
    pieces.

    A part ends at the last good cut of its second half, or where it is full.
    """
    found, start = [], 0
    while start < len(words):
        end = _furthest(sizes, start, most)
        if end < len(words):
            end = _cut(words, start, end)
        found.append((start, end))
        start = end
    return found


def _furthest(sizes: Sequence[int], start: int, most: int) -> int:
    total, end = 0, start
    while end < len(sizes) and total + sizes[end] <= most:
        total += sizes[end]
        end += 1
    return max(end, start + 1)


def _cut(words: Sequence[str], start: int, end: int) -> int:
    middle = (start + end) // 2
    for rank, marks in enumerate(CUTS):
        before = 0 if rank == 2 else 1
        for place in range(end, middle, -1):
            if words[place - before].lower() in marks:
                return place
    return end
