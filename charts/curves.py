"""Edges as quadratic curves: one bow per direction, so that A to B and B to A stay apart."""

from __future__ import annotations

import math

Point = tuple[float, float]
STEPS = 14


def bow(start: Point, end: Point, bend: float = 0.14) -> list[Point]:
    """Points of a curve from `start` to `end` that passes to the left of the straight line.

    `bend` is the control point's distance from the line as a share of its length.
    """
    (x0, y0), (x1, y1) = start, end
    cx = (x0 + x1) / 2 - (y1 - y0) * bend
    cy = (y0 + y1) / 2 + (x1 - x0) * bend
    ts = [i / (STEPS - 1) for i in range(STEPS)]
    return [
        (
            (1 - t) ** 2 * x0 + 2 * t * (1 - t) * cx + t * t * x1,
            (1 - t) ** 2 * y0 + 2 * t * (1 - t) * cy + t * t * y1,
        )
        for t in ts
    ]


def middle(curve: list[Point]) -> tuple[Point, Point]:
    """A point a little past the middle of a curve, and the step the curve takes there."""
    i = int(0.58 * (len(curve) - 1))
    (x0, y0), (x1, y1) = curve[i], curve[i + 1]
    return (x0, y0), (x1 - x0, y1 - y0)


def ring(count: int, radius: float = 1.0) -> list[Point]:
    """`count` points on a circle, clockwise from the top."""
    angles = [math.pi / 2 - 2 * math.pi * i / max(count, 1) for i in range(count)]
    return [(radius * math.cos(a), radius * math.sin(a)) for a in angles]
