"""How sure is an act? Calibrated confidences of the two layers.

The lexicon's figures are shares of its proposals that the annotated news items confirm, by kind of trigger
and by which roles were found; the learned ones pass the type head's probability through a line on the
log-odds scale, fitted on items that the head was not trained on. `benchmarks.events --calibration` prints it.
"""

from __future__ import annotations

import math

from etl.language.acts import Act
from etl.lexicon import Entry
from etl.participants import Roles

SLOPE, SHIFT, AGREEING = 1.0, 0.0, 0.3
"""Log-odds line of the learned layer, and what an agreeing lexicon entry adds."""

LEXICON = {
    ("verb", 2): 0.75, ("verb", 1): 0.6, ("noun", 2): 0.7, ("noun", 1): 0.55, ("adjective", 2): 0.6,
    ("adjective", 1): 0.4,
}  # fmt: skip


def lexicon_confidence(entry: Entry | None, roles: Roles) -> float:
    """Confidence of an act that only the lexicon proposes, 0..1."""
    if entry is None:
        return 0.0
    return LEXICON[entry.part, bool(roles.source) + bool(roles.target)]


def act_confidence(act: Act, entry: Entry | None) -> float:
    """Confidence of a learned candidate, 0..1; a lexicon entry of the same type supports it."""
    share = min(max(act.type_probability, 1e-4), 1 - 1e-4)
    odds = SLOPE * math.log(share / (1 - share)) + SHIFT
    if entry is not None and entry.event_type == act.event_type:
        odds += AGREEING
    return 1 / (1 + math.exp(-odds))
