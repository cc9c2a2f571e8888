"""Fits the weights of `etl.weigh` to the acts that are right on the development items.

`python -m training.weigh [--no-encoder]` codes the items with every candidate kept, marks those whose trigger
and type are those of an annotated act, and prints the fitted weights, the cut with the best F1 over five
folds (each item is judged by weights that have not seen it), and how confidence and what is right agree.
The encoder has never seen the development items; on what it was trained on it is too sure of itself.
"""

from __future__ import annotations

import argparse
import hashlib
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.events import hide_candidates
from etl.actors.mentions import actor_noun, find_mentions, nominal_mention
from etl.annotate import annotate, load_pipeline
from etl.events import CodedAct, code
from etl.standins import Actors
from etl.weigh import BOTH, LEXICON_ONLY
from training.acts import FILES, records_of
from training.evaluate import scorer

FOLDS = 5
STRENGTH = 0.5
"""Inverse of the penalty on large weights."""


@dataclass(frozen=True)
class Judged:
    """Candidate acts: their evidence (acts × weights), whether they are right, their fold; and how many acts
    were to be found.
    """

    evidence: np.ndarray
    right: np.ndarray
    fold: np.ndarray
    wanted: int


def judged(nlp: Language, names: list[str]) -> Judged:
    """All candidates of the development items, judged by score.py's matching of triggers."""
    score = scorer()
    rows, right, folds, wanted = [], [], [], 0
    for record in (record for file in FILES for record in records_of(file, held=True)):
        acts = [act for piece in annotate(nlp, record["text"]) for act in candidates(*piece)]
        found = [as_event(*act) for act in acts]
        pairs = score.match_events(record["events"], found, lambda e, p, role: score.span_f(e[role], p[role]))
        met = {id(event) for told, event in pairs if told["type"] == event["type"]}
        rows += [[act.evidence[name] for name in names] for act, _, _ in acts]
        right += [id(event) in met for event in found]
        folds += [int(hashlib.md5(record["id"].encode()).hexdigest(), 16) % FOLDS] * len(acts)
        wanted += len(record["events"])
    return Judged(np.array(rows), np.array(right), np.array(folds), wanted)


def candidates(offset: int, doc: Doc) -> list[tuple[CodedAct, int, int]]:
    """The coded acts of a Doc, however unlikely, with their triggers' characters in the text."""
    make = lambda doc, token: nominal_mention(doc, token, offset, 0, -1)  # noqa: E731
    actors = Actors(doc, offset, find_mentions(doc, offset), actor_noun, make)
    spans = [(act, doc[act.trigger.start : act.trigger.end]) for act in code(actors, 0.0)]
    return [(act, offset + span.start_char, offset + span.end_char) for act, span in spans]


def as_event(act: CodedAct, start: int, end: int) -> dict:
    """An act as score.py reads it."""
    sides = {"source": act.source, "target": act.target}
    spans = {role: [{"start": m.start_char, "end": m.end_char} for m in side] for role, side in sides.items()}
    return {"start": start, "end": end, "type": act.event_type, **spans}


def fitted(evidence: np.ndarray, right: np.ndarray) -> LogisticRegression:
    """The weights that make what is right likely; the first kind of evidence is the base."""
    return LogisticRegression(C=STRENGTH, fit_intercept=False, max_iter=1000).fit(evidence, right)


def unseen(acts: Judged) -> np.ndarray:
    """The confidence of each act by weights fitted to the other folds."""
    sure = np.zeros(len(acts.right))
    for fold in range(FOLDS):
        inside = acts.fold == fold
        model = fitted(acts.evidence[~inside], acts.right[~inside])
        sure[inside] = model.predict_proba(acts.evidence[inside])[:, 1]
    return sure


def best_cut(acts: Judged, sure: np.ndarray) -> tuple[float, float]:
    """(F1, cut) of the least confidence that gives the best F1."""
    f1 = lambda cut: 2 * acts.right[sure >= cut].sum() / ((sure >= cut).sum() + acts.wanted)  # noqa: E731
    return max((f1(cut), cut) for cut in np.arange(0.1, 0.7, 0.01))


def main() -> None:
    """Prints the weights with the arguments of the command line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--no-encoder", action="store_true", help="for pipelines without learned acts")
    given = arguments.parse_args()
    nlp = load_pipeline(None)
    if given.no_encoder:
        hide_candidates(nlp)
    names = list(LEXICON_ONLY if given.no_encoder else BOTH)
    acts = judged(nlp, names)
    sure = unseen(acts)
    weights = fitted(acts.evidence, acts.right).coef_[0]
    print({name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)})
    print("candidates {} of {} acts; best F1 {:.4f} at {:.2f}".format(
        int(acts.right.sum()), acts.wanted, *best_cut(acts, sure)
    ))  # fmt: skip
    for low in np.arange(0, 1, 0.1):
        inside = (sure >= low) & (sure < low + 0.1)
        if inside.any():
            told, true = sure[inside].mean(), acts.right[inside].mean()
            print(f"  confidence {told:.2f}: {true:.2f} right of {inside.sum()}")


if __name__ == "__main__":
    main()
