"""What the event heads of the encoder report about a sentence: candidate acts, for the event coder to
judge.
"""

from __future__ import annotations

from dataclasses import dataclass

EVENT_TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
"""The PLOVER types in the order of the type head's outputs (after "no event")."""

STATUSES = ("happened", "ongoing", "planned", "hypothetical", "negated")
ROLES = ("source", "target", "claimant", "time", "place")


@dataclass(frozen=True)
class ActRole:
    """A span that plays a role in an act: tokens `start` to `end` (exclusive) of the Doc, and how sure that
    is.
    """

    role: str
    start: int
    end: int
    probability: float


@dataclass(frozen=True)
class Act:
    """A candidate act: its trigger and what the heads say about it.

    `token` is the trigger's syntactic head, `start` and `end` (exclusive) its tokens, all numbered in the
    Doc. `roles` holds sources, targets and claimants in the order of the text, `time` and `place` the surest
    of theirs. Probabilities lie in 0..1 and are the heads' own, not calibrated against gold.
    """

    token: int
    start: int
    end: int
    event_type: str
    type_probability: float
    status: str
    status_probability: float
    roles: tuple[ActRole, ...]
    time: ActRole | None
    place: ActRole | None
