"""Colours that mean something, readable on light and dark ground and with red-green colour blindness.

Blue is cooperation and red is conflict everywhere: ColorBrewer's RdBu, moved to middle tones.
"""

from __future__ import annotations

TEXT = "var(--st-text-color)"
GROUND = "var(--st-background-color)"
FAINT = "var(--st-border-color)"
NEUTRAL = "#8a8f98"

QUAD_COLOURS = {
    "verbal cooperation": "#86bbe0",
    "material cooperation": "#2f78bd",
    "verbal conflict": "#f0a583",
    "material conflict": "#c8434e",
}
KIND_COLOURS = {
    "country": "#5b6b82",
    "organisation": "#2a9d8f",
    "person": "#d99a2b",
    "group": "#8e6bbf",
    "office": "#7a9a3a",
}
# Groups without an order of their own, after Tol's muted scheme; none is the blue or red of the edges.
GROUPS = ("#2a9d8f", "#d99a2b", "#8e6bbf", "#7a9a3a", "#b85c9e", "#8c6d4f", "#3d8fb0", "#c2b280")

# Upper bound of the mean score (-10 to +10), colour, words: five classes that a reader can tell apart.
TONES = (
    (-4.0, "#c8434e", "strong conflict"),
    (-1.0, "#e58f78", "conflict"),
    (1.0, NEUTRAL, "mixed"),
    (4.0, "#7fb2da", "cooperation"),
    (10.0, "#2f78bd", "strong cooperation"),
)
SCALE = [[0.0, "#c8434e"], [0.3, "#e8a593"], [0.5, "#d9d9d9"], [0.7, "#9cc4e4"], [1.0, "#2f78bd"]]


def tone(score: float | None) -> int:
    """The place of a mean score in TONES; none counts as mixed."""
    if score is None:
        return 2
    return next(i for i, (bound, _, _) in enumerate(TONES) if score <= bound)
