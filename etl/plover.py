"""The PLOVER ontology as Dramatis uses it: event types, modes, quad classes and scores.

Types, modes, quad classes and conflict-cooperation scores are facts from the PLOVER manual, draft 0.8
(2021). Its table gives ACCUSE +3, which its own modes (-2, -3.5, -3.5) contradict; -3 is used here.
"""

from __future__ import annotations

from dataclasses import dataclass

EVENT_STATUSES = ("happened", "ongoing", "planned", "hypothetical", "negated")


@dataclass(frozen=True, slots=True)
class EventType:
    """`score` runs from -10 (conflict) to +10 (cooperation); a mode's own score, if any, comes first."""

    name: str
    quad_class: str
    score: float
    modes: dict[str, float | None]


def _type(name: str, quad_class: str, score: float, **modes: float | None) -> EventType:
    return EventType(
        name, quad_class, score, {mode.replace("_", "-"): value for mode, value in modes.items()}
    )


EVENT_TYPES: dict[str, EventType] = {
    kind.name: kind
    for kind in (
        _type("AGREE", "verbal cooperation", 2.5),
        _type("CONSULT", "verbal cooperation", 2.5, visit=4, third_party=1, multilateral=4, phone=1.5),
        _type("SUPPORT", "verbal cooperation", 5),
        _type("CONCEDE", "verbal cooperation", 4.5),
        _type("COOPERATE", "material cooperation", 9.5),
        _type("AID", "material cooperation", 10),
        _type(
            "RETREAT",
            "material cooperation",
            6.5,
            withdraw=8,
            release=6.5,
            disarm=10,
            ceasefire=7.5,
            access=6.5,
            resign=4.5,
        ),
        _type("REQUEST", "verbal conflict", 0, assist=0.5, change=-1, **{"yield": -1}, meet=0),
        _type("ACCUSE", "verbal conflict", -3, disapprove=-2, investigate=-3.5, allege=-3.5),
        _type("REJECT", "verbal conflict", -2, assist=-1.5, change=-2, **{"yield": -2}, meet=-2),
        _type(
            "THREATEN",
            "verbal conflict",
            -3.5,
            restrict=-3,
            arrest=-3.5,
            relations=-3.5,
            expel=-3.5,
            territory=-4,
            violence=-3.5,
        ),
        _type(
            "PROTEST",
            "material conflict",
            -5,
            demo=-5,
            riot=-7,
            strike=-5,
            hunger=-4.5,
            boycott=-4.5,
            obstruct=-4.5,
            vandalize=None,
        ),
        _type("SANCTION", "material conflict", -6, convict=-6, expel=-5.5, withdraw=-6, discontinue=-6),
        _type("MOBILIZE", "material conflict", -5.5, troops=-6.5, weapons=-6.5, police=-5.5, militia=-6),
        _type(
            "COERCE",
            "material conflict",
            -7,
            seize=-7,
            restrict=-7,
            censor=-6.5,
            curfew=-6.5,
            martial_law=-7.5,
            arrest=-7,
            deport=-7,
            withhold=-7,
            misinformation=-6.5,
            cyber=-7,
        ),
        _type(
            "ASSAULT",
            "material conflict",
            -9,
            abduct=-8.5,
            beat=-7.5,
            torture=-8.5,
            sexual=-8.5,
            targeted=-9.5,
            destroy=-8.5,
            primitive=-8,
            firearms=-9,
            explosives=-9,
            suicide_attack=-9.5,
            aerial=-9.5,
            drone=-9.5,
            heavy_weapons=-9.5,
            crowd_control=-7.5,
            unconventional=-10,
        ),
    )
}

CONTEXTS = (
    "diplomatic",
    "military",
    "economic",
    "political",
    "government",
    "legal",
    "election",
    "resource",
    "rights",
    "religion",
    "refugee",
    "terrorism",
    "cyber",
    "cbrn",
    "health",
    "environment",
    "historical",
    "foreign",
    "unknown",
)

# Announced for the future, these are promises, not deeds: the treaty codes them as AGREE, planned.
FUTURE_IS_AGREE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})


def score(event_type: str, mode: str | None) -> float:
    """The mode's score where PLOVER gives it one, else the type's. KeyError for an unknown type."""
    kind = EVENT_TYPES[event_type]
    value = kind.modes.get(mode) if mode else None
    return kind.score if value is None else value
