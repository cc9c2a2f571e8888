"""How sure is an act? One logistic model over what the two layers and the parse say about it.

The evidence of the lexicon is how often its pattern reports an act in annotated news
(`etl/lexicon/weights.csv`), that of the learned layer its type probability, that of the parse which roles it
filled. The weights are fitted to the share that is right among coded acts; `python -m benchmarks.events
--calibration` compares the two by bins.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from etl.language.acts import Act
from etl.lexicon import Entry
from etl.participants import Roles

LEXICON_ONLY: Mapping[str, float] = {
    "base": -0.16, "lexicon": 0.71, "source": 0.39, "target": 0.0, "noun": 0.0, "pronoun": -0.57,
}  # fmt: skip
"""Weights for pipelines without learned candidates."""

BOTH: Mapping[str, float] = {
    "base": -1.43, "lexicon": 0.27, "learned": 0.67, "silent": -0.2, "agree": 1.23, "differ": -0.4,
    "source": 0.43, "target": 0.17, "noun": 0.21, "pronoun": -0.37,
}  # fmt: skip
"""Weights where the pipeline gives learned candidates: `silent` is for a lexical trigger that it lacks."""


def confidence(act: Act | None, entry: Entry | None, roles: Roles, learning: bool) -> float:
    """Confidence of an act, 0..1; `learning` says whether the pipeline gives learned candidates at all."""
    weights = BOTH if learning else LEXICON_ONLY
    odds = sum(weights[name] * value for name, value in evidence(act, entry, roles, learning).items())
    return 1 / (1 + math.exp(-odds))


def evidence(act: Act | None, entry: Entry | None, roles: Roles, learning: bool) -> dict[str, float]:
    """What speaks for an act, by the names of the weights."""
    found = {
        "base": 1.0,
        "lexicon": log_odds(entry.share) if entry else 0.0,
        "source": float(bool(roles.source)),
        "target": float(bool(roles.target)),
        "noun": float(entry is not None and entry.part == "noun"),
        "pronoun": float(all(mention.form == "pronoun" for mention in (*roles.source, *roles.target))),
    }
    if learning:
        agree = act is not None and entry is not None and act.event_type == entry.event_type
        found |= {
            "learned": log_odds(act.type_probability) if act else 0.0,
            "silent": float(act is None),
            "agree": float(agree),
            "differ": float(act is not None and entry is not None and not agree),
        }
    return found


def log_odds(share: float) -> float:
    """ln(p / (1 - p)), kept finite."""
    share = min(max(share, 1e-3), 1 - 1e-3)
    return math.log(share / (1 - share))
