"""Words and numbers of the interface. Names from articles are escaped where a label reads Markdown."""

from __future__ import annotations

import re
from typing import Any

from charts.text import day

FIELD_WORDS = {
    "actors": "Actor",
    "partners": "Partner",
    "claimants": "Said by",
    "countries": "Country",
    "types": "Type",
    "quad_classes": "Class",
    "statuses": "Status",
    "publishers": "Publisher",
    "places": "Place",
}
STATUS_WORDS = {
    "happened": "Happened",
    "ongoing": "Ongoing",
    "planned": "Planned",
    "hypothetical": "Possible",
    "negated": "Denied or did not happen",
}
TYPE_HELP = (
    "The 16 kinds of event of the PLOVER ontology. Cooperation: agree, consult, support, concede, cooperate, "
    "aid, retreat. Conflict: request, accuse, reject, threaten, protest, sanction, mobilize, coerce, assault."
)


def plain(text: str) -> str:
    """`text` with every character escaped that Markdown could read as markup."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!<>|~$:&@^=/])", r"\\\1", text.replace("\n", " "))


def condition(name: str, value: Any, names: dict[str, str]) -> str:
    """One condition of the filter in words, not escaped."""
    sentences = {
        "date_from": lambda: f"From {day(value)}",
        "date_to": lambda: f"Until {day(value)}",
        "between": lambda: "Only between these actors",
        "affiliates": lambda: "Without affiliated actors",
        "by_report": lambda: "Dated by first report",
        "undated": lambda: "Only dated events",
        "min_publishers": lambda: f"Told by {value} or more publishers",
        "words": lambda: f"Sentence contains “{value}”",
    }
    if name in sentences:
        return sentences[name]()
    shown = names.get(value, STATUS_WORDS.get(value, value))
    return f"{FIELD_WORDS[name]}: {shown.capitalize() if name in ('types', 'quad_classes') else shown}"


def count_label(label: str, count: int | None) -> str:
    """`Consult · 1,234`; the bare label where nothing is known."""
    return label if count is None else f"{label} · {count:,}"
