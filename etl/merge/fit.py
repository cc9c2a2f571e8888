"""How well two reports fit one act: points for what agrees, less those for what does not, and the reasons.

The points are the weights of two logistic regressions, rounded. ACROSS: over 956 pairs of reports of the news
items of `G_news`, each judged by a reader (`training/annotations/pairs.jsonl`), and over the pairs of reports
in different articles of the sample, by its key. WITHIN: over pairs in one annotated story (`stories.jsonl` of
the gold data). What speaks against one act by its meaning (other states) was then given more weight than
pairs with errors of extraction give it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from etl.merge.reports import FREQUENT, REMEMBERED, VAGUE, Report, named, telling
from etl.words import words

ENOUGH = 0.75
NEVER = -99.0

# What another report may call the same act; only told of the same actors and days they count as one.
KINDRED = {
    frozenset(pair.split("-"))
    for pair in words(
        """
        ACCUSE-PROTEST ACCUSE-REJECT ACCUSE-REQUEST AGREE-CONCEDE AGREE-CONSULT AGREE-COOPERATE AGREE-RETREAT
        AGREE-SUPPORT AGREE-THREATEN AID-COOPERATE AID-SUPPORT ASSAULT-COERCE ASSAULT-MOBILIZE ASSAULT-PROTEST
        COERCE-SANCTION CONCEDE-RETREAT CONSULT-COOPERATE CONSULT-MOBILIZE COOPERATE-MOBILIZE PROTEST-REQUEST
        REJECT-REQUEST REJECT-RETREAT REJECT-SANCTION REQUEST-SUPPORT REQUEST-THREATEN
        """
    )
}

ACROSS = {
    "start": -2.25,
    "other publisher": 1.75,
    "kindred type": -3.0,
    "kindred type, no common source": -0.75,
    "mode": 0.25,
    "word": 0.75,
    "same sources": 0.25,
    "some sources": 0.5,
    "affiliated sources": -0.25,
    "colleague sources": -1.0,
    "other sources": -2.25,
    "same targets": 0.75,
    "some targets": 0.75,
    "like targets": 0.5,
    "colleague targets": -0.25,
    "unlike targets": -0.5,
    "other targets": -1.0,
    "same parties": 0.5,
    "some parties": 0.25,
    "mixed parties": -1.0,
    "affiliated parties": -1.0,
    "colleague parties": -1.0,
    "unlike parties": -0.5,
    "other parties": -2.0,
    "sides exchanged": -0.75,
    "nobody in common": -2.5,
    "day": 1.5,
    "overlapping dates": 1.25,
    "one dated": 0.75,
    "vague date": -0.25,
    "attack of another day": -0.75,
    "long between": -0.5,
    "place": 0.75,
    "other place": -0.5,
    "numbers": 0.25,
    "other numbers": -0.25,
    "definite": 1.0,
    "again": -0.5,
    "no words": -1.25,
    "words": 1.25,
    "rare words": 1.25,
    "covered": 0.75,
    "copied": 3.0,
}
WITHIN = {
    "start": -2.5,
    "kindred type": NEVER,
    "mode": 1.0,
    "other mode": -0.25,
    "same sources": 1.0,
    "some sources": 0.5,
    "affiliated sources": 0.25,
    "mentioned sources": 0.25,
    "unlike sources": -1.0,
    "other sources": -1.5,
    "same targets": 0.75,
    "some targets": 0.25,
    "like targets": -0.5,
    "other targets": -1.0,
    "same parties": 0.5,
    "mentioned parties": -0.75,
    "other parties": -1.5,
    "day": 0.5,
    "overlapping dates": -0.5,
    "place": 0.5,
    "other place": -0.75,
    "other numbers": -0.5,
    "word": 0.5,
    "next sentence": 1.5,
    "same sentence": -0.5,
    "after the lead": 1.25,
    "only one so far": 1.0,
    "definite": 1.0,
    "further": -0.5,
    "another": -2.0,
}


def fit(report: Report, other: Report) -> tuple[float, str]:
    """Points and reasons, e.g. `same sources+day+words`; ENOUGH points make it one act."""
    points = WITHIN if report.article == other.article else ACROSS
    worth = [(points[name] * amount, name) for name, amount in _parts(report, other) if name in points]
    return points["start"] + sum(w for w, _ in worth), "+".join(name for w, name in worth if w > 0)


def _parts(report: Report, other: Report) -> Iterator[tuple[str, float]]:
    """Names of what can be said of the pair, and how much of it there is."""
    yield from _acts(report, other)
    yield from _who(report, other)
    if not _share_anybody(report, other) and not report.place == other.place is not None:
        yield "nobody in common", 1.0
    yield from _when_and_where(report, other)
    yield from _wording(report, other)
    if report.article == other.article:
        yield from _telling(report, other)
    else:
        yield from _teller(report, other)


def _teller(report: Report, other: Report) -> Iterator[tuple[str, float]]:
    """What it says that another article tells it: of another paper, later, and as news or as known."""
    if report.publisher and other.publisher and report.publisher != other.publisher:
        yield "other publisher", 1.0
    first, then = _by_publication(report, other)
    if first.published < then.published:
        if then.is_definite:
            yield "definite", 1.0
        if then.is_again:
            yield "again", 1.0
    if then.published - first.published > VAGUE and not (then.is_of_one_day and _same_days(first, then)):
        yield "long between", 1.0


def _by_publication(report: Report, other: Report) -> tuple[Report, Report]:
    return (other, report) if other.published < report.published else (report, other)


def _same_days(report: Report, other: Report) -> bool:
    return report.dated and other.dated and (report.first, report.last) == (other.first, other.last)


def _share_anybody(report: Report, other: Report) -> bool:
    return not named(report.roots | report.around).isdisjoint(named(other.roots | other.around))


def _acts(report: Report, other: Report) -> Iterator[tuple[str, float]]:
    if report.event_type != other.event_type:
        yield "kindred type", 1.0 if frozenset((report.event_type, other.event_type)) in KINDRED else -NEVER
        if not report.source_roots & other.source_roots and not report.reciprocal and not other.reciprocal:
            yield "kindred type, no common source", 1.0
    if report.mode and other.mode:
        if report.mode != other.mode:
            yield "other mode", 1.0
        elif report.event_type == other.event_type:
            yield "mode", 1.0
    if report.word == other.word:
        yield "word", 1.0


def _who(report: Report, other: Report) -> Iterator[tuple[str, float]]:
    around = report.around, other.around
    if report.reciprocal or other.reciprocal:
        yield f"{_side(report.parties, other.parties, report.roots, other.roots, *around)} parties", 1.0
        return
    sources, targets = (report.source_roots, other.source_roots), (report.target_roots, other.target_roots)
    yield f"{_side(report.sources, other.sources, *sources, *around)} sources", 1.0
    yield f"{_side(report.targets, other.targets, *targets, *around)} targets", 1.0
    crossed = named(sources[0]) & named(targets[1]) or named(targets[0]) & named(sources[1])
    if crossed and not (sources[0] & sources[1] or targets[0] & targets[1]):
        yield "sides exchanged", 1.0


def _side(
    ours: frozenset[str],
    theirs: frozenset[str],
    our_roots: frozenset[str],
    their_roots: frozenset[str],
    around_us: frozenset[str],
    around_them: frozenset[str],
) -> str:
    """How who stands on a side in two reports compares, in one word.

    same, some (the others left out), mixed (some, and others besides), affiliated (of the same states or
    bodies), colleague (another person of those), other (other states), unlike (a person here, a state there),
    like (unnamed ones of a kind), mentioned (left out, yet named in the sentence), open (left out, unnamed).
    """
    if ours and ours == theirs:
        return "same"
    named_ours, named_theirs = named(ours), named(theirs)
    if ours & theirs:
        return "mixed" if named_ours - theirs and named_theirs - ours else "some"
    if named_ours and named_theirs:
        if our_roots & their_roots:
            return "colleague" if _persons(ours) and _persons(theirs) else "affiliated"
        return "other" if _states(our_roots) and _states(their_roots) else "unlike"
    if _kinds(ours) & _kinds(theirs):
        return "like"
    known, there = (named(our_roots), around_them) if named_ours else (named(their_roots), around_us)
    return "mentioned" if known & there else "open"


@lru_cache(REMEMBERED)
def _states(roots: frozenset[str]) -> bool:
    return all(root.startswith("country:") for root in roots)


@lru_cache(REMEMBERED)
def _persons(keys: frozenset[str]) -> bool:
    return all(key.startswith("person:") for key in keys)


@lru_cache(REMEMBERED)
def _kinds(keys: frozenset[str]) -> frozenset[str]:
    """Head nouns of unnamed actors: `group:two-policemen@…` -> policemen."""
    return frozenset(key.partition("@")[0].rpartition(":")[2].rpartition("-")[2] for key in keys)


def _when_and_where(report: Report, other: Report) -> Iterator[tuple[str, float]]:
    if report.dated and other.dated:
        same = _same_days(report, other) and not report.is_vague
        yield "day" if same else "overlapping dates", 1.0
    elif report.dated or other.dated:
        yield "one dated", 1.0
    elif report.event_type == other.event_type == "ASSAULT" and _later_is_news(report, other):
        yield "attack of another day", 1.0
    if report.is_vague or other.is_vague:
        yield "vague date", 1.0
    if report.place and other.place:
        yield "place" if report.place == other.place else "other place", 1.0
    if report.amounts and other.amounts:
        yield "numbers" if report.amounts & other.amounts else "other numbers", 1.0


def _later_is_news(report: Report, other: Report) -> bool:
    """True where the report of a later day does not speak of "the attack"."""
    first, then = _by_publication(report, other)
    return first.published < then.published and not then.is_definite


def _wording(report: Report, other: Report) -> Iterator[tuple[str, float]]:
    shared = report.content & other.content
    if not shared:
        yield "no words", 1.0
        return
    told, fewer = telling(shared), min(report.content_tells, other.content_tells)
    yield "words", min(6.0, told) / 6
    yield "rare words", min(3, sum(word not in FREQUENT for word in shared)) / 3
    yield "covered", told / fewer
    fewer_words = min(len(report.content), len(other.content))
    if report.text == other.text and report.article != other.article and len(shared) >= 0.6 * fewer_words:
        yield "copied", 1.0


def _telling(report: Report, other: Report) -> Iterator[tuple[str, float]]:
    """How a text comes back to what it told: in the next sentence, as "the attack", or with another."""
    first, then = sorted((report, other), key=lambda r: (r.sentence_no, r.start_char))
    distance = then.sentence_no - first.sentence_no
    if distance < 2:
        yield "next sentence" if distance else "same sentence", 1.0
    if first.sentence_no == 0:
        yield "after the lead", 1.0
    if then.earlier == 1:
        yield "only one so far", 1.0
    if then.is_definite:
        yield "definite", 1.0
    if then.is_further:
        yield "further", 1.0
    if then.is_another:
        yield "another", 1.0
