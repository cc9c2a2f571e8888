"""The one filter of all pages: a frozen value, its form in the URL, its parameters for the queries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Literal, get_args

from etl.plover import EVENT_STATUSES, EVENT_TYPES

Level = Literal["actor", "affiliation", "country"]
QUAD_CLASSES = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
MOST_VALUES = 200
LONGEST_VALUE = 200

# Field of Filters -> name in the URL.
URL_NAMES = {
    "actors": "actor",
    "affiliates": "affiliates",
    "between": "between",
    "partners": "partner",
    "claimants": "claimant",
    "countries": "country",
    "date_from": "from",
    "date_to": "to",
    "by_report": "by_report",
    "undated": "undated",
    "types": "type",
    "quad_classes": "quad",
    "statuses": "status",
    "publishers": "publisher",
    "min_publishers": "min_publishers",
    "places": "place",
    "words": "words",
    "level": "level",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the analyst looks at. Empty tuples, None and the defaults leave everything in."""

    actors: tuple[str, ...] = ()
    affiliates: bool = True
    between: bool = False
    partners: tuple[str, ...] = ()
    claimants: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    date_from: date | None = None
    date_to: date | None = None
    by_report: bool = False
    undated: bool = True
    types: tuple[str, ...] = ()
    quad_classes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    min_publishers: int = 1
    places: tuple[str, ...] = ()
    words: str = ""
    level: Level = "actor"

    def params(self) -> dict[str, Any]:
        """The shared parameters of the queries; null where nothing is filtered."""
        values = {name: getattr(self, name) for name in URL_NAMES if name != "level"}
        values["min_publishers"] = self.min_publishers if self.min_publishers > 1 else None
        return {name: _null_if_empty(value) for name, value in values.items()}

    def is_empty(self) -> bool:
        """Whether every event passes."""
        return self.cleared() == Filters(level=self.level) == self

    def cleared(self) -> Filters:
        """Nothing filtered, the roll-up kept."""
        return Filters(level=self.level)

    def to_query(self) -> dict[str, list[str]]:
        """The URL's parameters: only what differs from the defaults."""
        return {
            URL_NAMES[item.name]: _written(getattr(self, item.name))
            for item in fields(self)
            if getattr(self, item.name) != item.default
        }

    def with_actor(self, key: str) -> Filters:
        """The same filter with one more actor."""
        return replace(self, actors=tuple(dict.fromkeys([*self.actors, key])))

    def with_partner(self, key: str) -> Filters:
        """The same filter with one more partner."""
        return replace(self, partners=tuple(dict.fromkeys([*self.partners, key])))


def from_query(query: Mapping[str, Sequence[str]]) -> Filters:
    """The filter that a URL states. What is malformed or unknown is left out: a link must never break."""
    found = {name: _read(name, list(query.get(URL_NAMES[name], ()))) for name in URL_NAMES}
    known: dict[str, Any] = {name: value for name, value in found.items() if value is not None}
    return Filters(**known)


def parts(filters: Filters) -> Iterator[tuple[str, Any, Filters]]:
    """Each single condition: its field, its value, and the filter without it."""
    for item in fields(filters):
        value = getattr(filters, item.name)
        if item.name == "level" or value == item.default:
            continue
        for one in value if isinstance(value, tuple) else (value,):
            rest: Any = tuple(v for v in value if v != one) if isinstance(value, tuple) else item.default
            without: dict[str, Any] = {item.name: rest}
            yield item.name, one, replace(filters, **without)


def _null_if_empty(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value) or None
    return None if value == "" else value


def _written(value: Any) -> list[str]:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, bool):
        return ["1" if value else "0"]
    return [str(value)]


def _read(name: str, values: list[str]) -> Any:
    values = [v for v in values if v and len(v) <= LONGEST_VALUE][:MOST_VALUES]
    if not values:
        return None
    allowed = {
        "types": EVENT_TYPES,
        "statuses": EVENT_STATUSES,
        "quad_classes": QUAD_CLASSES,
        "level": get_args(Level),
    }.get(name)
    if allowed is not None:
        values = [v for v in dict.fromkeys(values) if v in allowed]
    if name in ("date_from", "date_to"):
        return _date(values[0])
    if name in ("affiliates", "between", "by_report", "undated"):
        return {"0": False, "1": True}.get(values[0])
    if name == "min_publishers":
        return int(values[0]) if re.fullmatch(r"[1-9]\d?", values[0]) else None
    if name in ("words", "level"):
        return values[0] if values else None
    return tuple(dict.fromkeys(values))


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
