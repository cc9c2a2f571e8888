"""The line that may open an article: optional blanks, `date YYYY-MM-DD`, then the first sentence."""

from __future__ import annotations

import re

_HEADER = re.compile(r"[^\S\r\n]*date[^\S\r\n]+(?P<date>\d{4}-\d{2}-\d{2})(?=\s|$)[^\S\r\n]*")


def header_date(text: str) -> str | None:
    """The date as the header writes it, possible or not; None where there is no header."""
    found = _HEADER.match(text)
    return found["date"] if found else None


def body_start(text: str) -> int:
    """Offset of the first character after the header, 0 where there is none; the first sentence is there."""
    found = _HEADER.match(text)
    return found.end() if found else 0
