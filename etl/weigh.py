"""How sure is an act? One logistic model over what the two layers and the parse say about it.

The evidence of the lexicon is how often its pattern reports an act in annotated news
(`etl/lexicon/weights.csv`), that of the learned layer its type probability, that of the parse which roles it
filled. `python -m training.weigh` fits the weights to the share that is right among coded acts; `python -m
benchmarks.events --calibration` compares the two by bins.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from etl.language.acts import Act
from etl.lexicon import Entry
from etl.participants import Roles

LEXICON_ONLY: Mapping[str, float] = {
    "base": 0.1, "lexicon": 0.82, "source": 0.54, "target": 0.12, "pronoun": -0.41,
    "xcomp": -0.5, "ccomp": -0.4, "under": -0.5, "oblique": -0.3, "hypothetical": -0.4,
}  # fmt: skip
"""Weights for pipelines without learned candidates."""

BOTH: Mapping[str, float] = {
    "base": -0.48, "lexicon": 0.16, "learned": 0.65, "silent": -1.28, "agree": 0.42, "differ": -0.5,
    "role": 0.86, "source": -0.49, "target": -0.03, "pronoun": -0.01, "xcomp": -0.03, "ccomp": -0.15,
    "advcl": 0.15, "under": -0.25, "oblique": 0.13, "hypothetical": -0.47,
}  # fmt: skip
"""Weights where the pipeline gives learned candidates: `silent` is for a lexical trigger that it lacks."""

OBLIQUE = frozenset({"obl", "nmod", "pobj"})


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a trigger stands: its dependency label, and whether it is `under` another trigger."""

    label: str
    under: bool
    hypothetical: bool


def confidence(found: Mapping[str, float], learning: bool) -> float:
    """Confidence of an act, 0..1, by its `evidence`; `learning` says whether the pipeline gives learned
    candidates at all.
    """
    weights = BOTH if learning else LEXICON_ONLY
    odds = sum(weight * found[name] for name, weight in weights.items())
    return 1 / (1 + math.exp(-odds))


def evidence(act: Act | None, entry: Entry | None, roles: Roles, stand: Stand) -> dict[str, float]:
    """What speaks for or against an act, by the names of the weights."""
    agree = act is not None and entry is not None and act.event_type == entry.event_type
    return {
        "base": 1.0,
        "lexicon": log_odds(entry.share) if entry else 0.0,
        "learned": log_odds(act.type_probability) if act else 0.0,
        "silent": float(act is None),
        "agree": float(agree),
        "differ": float(act is not None and entry is not None and not agree),
        "role": max((role.probability for role in act.roles if role.role == "source"), default=0.0)
        if act
        else 0.0,
        "source": float(bool(roles.source)),
        "target": float(bool(roles.target)),
        "pronoun": float(all(mention.form == "pronoun" for mention in (*roles.source, *roles.target))),
        "xcomp": float(stand.label == "xcomp"),
        "ccomp": float(stand.label == "ccomp"),
        "advcl": float(stand.label == "advcl"),
        "oblique": float(stand.label in OBLIQUE),
        "under": float(stand.under),
        "hypothetical": float(stand.hypothetical),
    }


def log_odds(share: float) -> float:
    """ln(p / (1 - p)), kept finite."""
    share = min(max(share, 1e-3), 1 - 1e-3)
    return math.log(share / (1 - share))
