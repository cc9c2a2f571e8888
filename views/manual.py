"""The project's own documents as parts of a page. They are ours, so they are read as Markdown."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"


@cache
def manual(name: str) -> str:
    """A document of `docs/` without its title; its headings are small, its links only words."""
    text = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    text = re.sub(r"\A# .*\n", "", text)
    text = re.sub(r"(?<!!)\[([^\]]+)\]\([^)\s]+\)", r"\1", text)
    return re.sub(r"^(#{2,4}) ", lambda found: "#" * (len(found[1]) + 2) + " ", text, flags=re.MULTILINE)


@cache
def sections(name: str) -> dict[str, str]:
    """The parts of a document under headings of the third level, by heading."""
    parts = re.split(r"^##### (.+)\n", manual(name), flags=re.MULTILINE)[1:]
    found = zip(parts[::2], parts[1::2], strict=True)
    return {
        heading.strip(): re.split(r"^####? ", body, flags=re.MULTILINE)[0].strip() for heading, body in found
    }
