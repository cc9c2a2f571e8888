"""Words and labels for figures. Plotly reads a little HTML, so every name is escaped on its way in."""

from __future__ import annotations

import html
from collections.abc import Iterable
from datetime import date


def escaped(text: object) -> str:
    """`text` as Plotly must get it to show just these letters."""
    return html.escape(str(text), quote=False)


def short(text: str, length: int = 28) -> str:
    """At most `length` letters, escaped, cut with an ellipsis."""
    return escaped(text if len(text) <= length else text[: length - 1].rstrip() + "…")


def listed(names: Iterable[str], most: int = 3) -> str:
    """The first names and how many more, escaped."""
    names = list(names)
    rest = f" + {len(names) - most}" if len(names) > most else ""
    return ", ".join(short(name, 40) for name in names[:most]) + rest


def plural(number: int, noun: str) -> str:
    """`1 event`, `2,000 events`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def day(value: date | None) -> str:
    """`5 March 2023`, or a dash."""
    return f"{value.day} {value:%B %Y}" if value else "–"


def signed(score: float | None) -> str:
    """A mean score with its sign, or a dash where nothing has been done."""
    if score is None:
        return "–"
    return f"{score:+.1f}".replace("-", "−") if abs(score) >= 0.05 else "0.0"
