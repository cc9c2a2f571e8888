"""How often a mention gets its actor, a person the office, and an act its place.

    python -m benchmarks.actors [gum] [meantime] [stories] [seed] [roles] [places] [--model NAME] [--limit N]

Reads the gold kits (`../shared/gold`, or the folder named by DRAMATIS_GOLD) and prints one table; without a
name all parts run. Clusters are scored with the kits' own `score.py` (B-cubed).

- gum, meantime: names to actors, inside documents and across them (`--names`, `--cross`). "found" counts a
  gold mention that the system has no actor for as a cluster of its own; "given" lets it stand for its own
  words, as a baseline that groups equal strings would. Places that do not act have no actor by design and go
  by their words in both.
  "gold spans" asks `etl.actors.names` alone, given the gold mentions and their kinds, without pipeline: the
  fair comparison with grouping equal strings. The other two also count every name that the pipeline missed or
  cut differently.
- stories: all mentions of the actors of short news stories, pronouns included; then, of the participants of
  acts that are pronouns or common nouns for somebody whom the story names, the share led to that actor.
- seed: named actors found, and name, demonym and metonym mentions led to the right one.
- roles: rows of US travels and visits as sentences of our own, published three days later; right where
  the role, its affiliation and the day of the sentence's time expression agree.
- places: acts of the dispatch set that have a place, those of the fifth that no model was trained on (a hash
  of the id decides): country of the place that the pipeline gives (with the learned proposal where an act
  stands at the gold trigger), beside the country of the gold's own words, which our atlas reads with the
  words around them. "gold place unknown" counts those whose words the atlas does not know.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
from spacy.language import Language
from spacy.tokens import Doc, Token

from benchmarks.gold import gold_folder, scorer
from etl.actors.across import resolve_across
from etl.actors.cast import cast
from etl.actors.mentions import find_mentions
from etl.actors.names import Name, bare, groups
from etl.annotate import annotate, load_pipeline
from etl.dates import find_times
from etl.gazetteer import fold, lookup
from etl.places import find_place
from etl.records import LocalActor, Mention, Place, Role

Record = dict[str, Any]
Read = tuple[list[Mention], list[LocalActor], list[Role]]
Row = tuple[str, str, float, int]
SPREAD = 200
"""Rows of travels and visits that are read, spread evenly over all of them."""


def main(arguments: list[str] | None = None) -> int:
    """Run the parts that were asked for and print one row a figure."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.actors", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="all, where none is named")
    parser.add_argument("--model", help="an installed spaCy pipeline instead of the one in models/")
    parser.add_argument("--limit", type=int, help="only the first N records of each part")
    options = parser.parse_args(arguments)
    nlp = load_pipeline(options.model)
    print(f"{'part':<10}{'figure':<52}{'value':>8}{'of':>8}")
    for part in options.parts or PARTS:
        for name, figure, value, count in PARTS[part](nlp, options.limit):
            print(f"{name:<10}{figure:<52}{value:>8.4f}{count:>8}", flush=True)
    return 0


def records(path: Path, limit: int | None) -> list[Record]:
    """The records of one gold file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines][:limit]


def read(nlp: Language, text: str, key: str) -> Read:
    """Mentions, actors and roles of one text."""
    docs = [(doc, offset) for offset, doc in annotate(nlp, text)]
    mentions: list[Mention] = []
    sentences = 0
    for doc, offset in docs:
        mentions += find_mentions(doc, offset, sentences, len(mentions))
        sentences += len(list(doc.sents))
    return cast(mentions, docs, key)


# Names


def _gum(nlp: Language, limit: int | None) -> Iterator[Row]:
    gold = records(gold_folder() / "D_coref" / "gum_coref.jsonl", limit)
    reads = [read(nlp, record["text"], record["id"]) for record in gold]
    keys = [[actor.key for actor in actors] for _, actors, _ in reads]
    yield from _names("gum", gold, reads, keys, cross=False, kinds=None)


def _meantime(nlp: Language, limit: int | None) -> Iterator[Row]:
    gold = records(gold_folder() / "D_coref" / "meantime_xdoc.jsonl", limit)
    reads = [read(nlp, record["text"], record["id"]) for record in gold]
    yield from _names("meantime", gold, reads, _across(reads), cross=True, kinds={"org", "human", "loc"})


def _across(reads: list[Read]) -> list[list[str]]:
    """Final keys of every document's actors, all documents on one day."""
    schema = {
        "article_id": pl.Int64, "published": pl.Date, "ordinal": pl.Int64, "key": pl.String,
        "name": pl.String, "kind": pl.String, "country": pl.String, "sector": pl.String,
        "affiliation_key": pl.String,
        "n_mentions": pl.Int64,
    }  # fmt: skip
    rows = []
    for number, (mentions, actors, _) in enumerate(reads):
        counts = Counter(mention.actor for mention in mentions)
        for one in actors:
            owner = actors[one.affiliation].key if one.affiliation is not None else None
            rows.append(
                (
                    number,
                    date(2010, 1, 1),
                    one.ordinal,
                    one.key,
                    one.name,
                    one.kind,
                    one.country,
                    one.sector,
                    owner,
                    counts[one.ordinal],
                )
            )
    final = resolve_across(pl.DataFrame(rows, schema=schema, orient="row"))
    keys: list[list[str]] = [[] for _ in reads]
    for article, key in final.sort("article_id", "ordinal").select("article_id", "key").iter_rows():
        keys[article].append(key)
    return keys


def _names(
    name: str,
    gold: list[Record],
    reads: list[Read],
    keys: list[list[str]],
    *,
    cross: bool,
    kinds: set[str] | None,
) -> Iterator[Row]:
    score = scorer()
    found = [
        _chains(record, mentions, own)
        for record, (mentions, _, _), own in zip(gold, reads, keys, strict=True)
    ]
    given = [_completed(record, one, score) for record, one in zip(gold, found, strict=True)]
    spelled = [_spelled(record) for record in gold]
    for label, predicted in (("gold spans", spelled), ("found", found), ("given", given)):
        got = score.score_coref(gold, predicted, kinds, cross, True)
        yield name, f"B3 F1 of names, {label}", got["b3_f1"], got["mentions"]


_LABELS = {"person": "PER", "human": "PER", "organization": "ORG", "org": "ORG", "place": "LOC", "loc": "LOC"}


def _spelled(record: Record) -> Record:
    """Clusters of the gold's own capitalised mentions by `etl.actors.names`, without what follows a name."""
    own = [one for one in record["mentions"] if one["text"][:1].isupper() and one.get("wiki", True)]
    names = [
        Name(
            re.split(r"\s*[,(;:]", one["text"])[0] or one["text"],
            _LABELS.get(one.get("etype", one.get("kind")), ""),
        )
        for one in own
    ]
    led = groups(names)
    spans = [
        {"start": one["start"], "end": one["end"], "chain": head}
        for one, (head, _) in zip(own, led, strict=True)
    ]
    return {"id": record["id"], "mentions": spans}


def _chains(record: Record, mentions: list[Mention], keys: list[str]) -> Record:
    spans = []
    for mention in mentions:
        chain = keys[mention.actor] if mention.actor is not None else None
        if mention.form == "name" and (chain is None or mention.rule == "locality as a party"):
            chain = "words:" + fold(mention.text)
        spans.append({"start": mention.start_char, "end": mention.end_char, "chain": chain})
    return {"id": record["id"], "mentions": spans}


def _completed(record: Record, predicted: Record, score: Any) -> Record:
    """The prediction with the words of each gold mention that it has no cluster for."""
    known = [one for one in predicted["mentions"] if one["chain"] is not None]
    more = [
        {"start": one["start"], "end": one["end"], "chain": "words:" + fold(one["text"])}
        for one in record["mentions"]
        if score.closest(known, one) is None
    ]
    return {"id": record["id"], "mentions": known + more}


# Stories and the seed article


def _stories(nlp: Language, limit: int | None) -> Iterator[Row]:
    score = scorer()
    gold = records(gold_folder() / "dispatch" / "stories.jsonl", limit)
    predicted, tally = [], Counter[str]()
    for record in gold:
        mentions, actors, _ = read(nlp, record["text"], record["id"])
        spans = [
            {
                "start": m.start_char,
                "end": m.end_char,
                "actor": f"open {m.ordinal}" if m.actor is None else m.actor,
            }
            for m in mentions
        ]
        predicted.append({"id": record["id"], "mentions": spans, "events": []})
        tally.update(_led(record, spans, actors, score))
    got = score.score_stories(gold, predicted)["actor_b3"]
    yield (
        "stories",
        "B3 F1 of all mentions of actors",
        got["f1"],
        sum(len(a["mentions"]) for r in gold for a in r["actors"]),
    )
    yield (
        "stories",
        "gold mentions found",
        got["mentions_found"],
        sum(len(a["mentions"]) for r in gold for a in r["actors"]),
    )
    for kind in ("pronoun", "short"):
        count = tally[kind + " right"] + tally[kind + " wrong"]
        yield (
            "stories",
            f"participants led to their actor, {kind}",
            tally[kind + " right"] / max(1, count),
            count,
        )


def _led(record: Record, spans: list[Record], actors: list[LocalActor], score: Any) -> Iterator[str]:
    """For each participant that is a pronoun or a common noun of a named actor: whether it was led there."""
    for event in record["events"]:
        for span in (*event["source"], *event["target"]):
            own = next(
                (a for a in record["actors"] if any(score.overlap(m, span) for m in a["mentions"])), None
            )
            names = [m for m in own["mentions"] if not m["text"].islower()] if own else []
            names = [m for m in names if m["text"].lower() not in score.PRONOUNS]
            pronoun = span["text"].lower() in score.PRONOUNS
            if names and (pronoun or span["text"].islower()):
                right = _right(span, names, record, spans, actors, score)
                yield f"{'pronoun' if pronoun else 'short'} {'right' if right else 'wrong'}"


def _right(
    span: Record,
    names: list[Record],
    record: Record,
    spans: list[Record],
    actors: list[LocalActor],
    score: Any,
) -> bool:
    best = score.closest(spans, span)
    if best is None or isinstance(best["actor"], str):
        return False
    affiliation = actors[best["actor"]].affiliation
    for actor in (best["actor"], affiliation):
        votes = Counter(
            number
            for number, other in enumerate(record["actors"])
            for mention in other["mentions"]
            if not mention["text"].islower() and mention["text"].lower() not in score.PRONOUNS
            if actor is not None and any(s["actor"] == actor and score.overlap(mention, s) for s in spans)
        )
        if votes:
            return bool(
                record["actors"][votes.most_common(1)[0][0]]["mentions"][0] in names
                or any(
                    mention in names for mention in record["actors"][votes.most_common(1)[0][0]]["mentions"]
                )
            )
    return False


def _seed(nlp: Language, limit: int | None) -> Iterator[Row]:  # noqa: ARG001 - one article
    score, folder = scorer(), gold_folder().parent / "seed"
    gold = json.loads((folder / "seed_gold.json").read_text(encoding="utf-8"))
    mentions, _, _ = read(nlp, (folder / gold["file"]).read_text(encoding="utf-8"), "seed")
    spans = [
        {"start": m.start_char, "end": m.end_char, "actor": m.actor} for m in mentions if m.actor is not None
    ]
    led = {one["id"]: [score.closest(spans, m) for m in one["mentions"]] for one in gold["actors"]}
    kinds = ("name", "abbreviation", "short", "adjective", "metonym", "epithet")
    named = [one for one in gold["actors"] if any(m["kind"] in kinds for m in one["mentions"])]
    heads = {}
    for one in named:
        votes = Counter(hit["actor"] for hit in led[one["id"]] if hit)
        heads[one["id"]] = votes.most_common(1)[0][0] if votes else None
    distinct = Counter(heads.values())
    found = [one for one in named if heads[one["id"]] is not None and distinct[heads[one["id"]]] == 1]
    yield "seed", "named actors found, each its own", len(found) / len(named), len(named)
    pairs = [
        (heads[one["id"]], hit)
        for one in named
        for m, hit in zip(one["mentions"], led[one["id"]], strict=True)
        if m["kind"] in kinds
    ]
    right = sum(hit is not None and hit["actor"] == head for head, hit in pairs)
    yield "seed", "name, demonym and metonym mentions led right", right / len(pairs), len(pairs)


# Roles


def _roles(nlp: Language, limit: int | None) -> Iterator[Row]:
    folder = gold_folder() / "F_eventdata"
    rows = [row for name in ("us_travels", "us_visits") for row in records(folder / f"{name}.jsonl", None)]
    rows = [row for row in rows[:: max(1, len(rows) // SPREAD)] if _sayable(row)][: limit or SPREAD]
    right = sum(_role_right(nlp, number, row) for number, row in enumerate(rows))
    yield "roles", "role, affiliation and day right", right / len(rows), len(rows)


_TITLES = (
    "President",
    "Prime Minister",
    "Chancellor",
    "King",
    "Queen",
    "Premier",
    "Prince",
    "Foreign Minister",
)


def _sayable(row: Record) -> bool:
    """Rows of one named person, whose country the gazetteer knows."""
    if "source_role" in row:
        return lookup(row["target"]) is not None
    title = next((t for t in _TITLES if row["source"].startswith(t + " ")), None)
    return title is not None and " and " not in row["source"] and lookup(row["source_country"]) is not None


def _said(number: int, row: Record) -> tuple[str, str, str, str]:
    """A sentence of our own with the weekday of the row, and the name, role and country that it gives."""
    if "source_role" in row:
        role = "President" if row["source_role"].startswith("President") else "Secretary of State"
        name, country, goal = row["source"], "United States", row["target"]
    else:
        role = next(title for title in _TITLES if row["source"].startswith(title + " "))
        name, country, goal = row["source"][len(role) + 1 :], row["source_country"], "Washington"
    name = re.sub(r"\s*\([^)]*\)", "", name)
    entry = lookup(country)
    assert entry is not None
    day = f"{date.fromisoformat(row['date']):%A}"
    patterns = (
        f"{entry.name}'s {role.lower()}, {name}, arrived in {goal} on {day} for talks.",
        f"{name}, the {role.lower()} of {_the(entry.name)}, met officials in {goal} on {day}.",
        f"Officials in {goal} on {day} welcomed {entry.name} {role} {name}." if entry.key == "country:USA"
        else f"Officials in {goal} on {day} welcomed {role} {name} of {_the(entry.name)}.",
    )  # fmt: skip
    return patterns[number % 3], name, role.lower(), entry.key


def _the(name: str) -> str:
    return "the " + name if name.startswith(("United", "Netherlands", "Philippines")) else name


def _role_right(nlp: Language, number: int, row: Record) -> bool:
    text, name, role, country = _said(number, row)
    day = date.fromisoformat(row["date"])
    times = [
        time
        for offset, doc in annotate(nlp, text)
        for time in find_times(doc, offset, day + timedelta(days=3))
    ]
    if [(time.date_start, time.date_end) for time in times] != [(day, day)]:
        return False
    _, actors, roles = read(nlp, text, row["id"])
    for one in roles:
        owner = actors[one.affiliation].key if one.affiliation is not None else None
        called = bare(actors[one.actor].name, "PER")
        if fold(called) == fold(name) and owner == country and role in one.role.lower():
            return True
    return False


# Places


def _places(nlp: Language, limit: int | None) -> Iterator[Row]:
    gold = [
        r
        for r in records(gold_folder() / "dispatch" / "dispatch.jsonl", None)
        if held_back(r) and any(e["place"] for e in r["events"])
    ]
    tally: Counter[str] = Counter()
    for record in gold[: limit or len(gold)]:
        tally.update(_placed(nlp, record))
    count = sum(tally.values())
    for figure in ("country right", "country wrong", "no place", "place unknown", "gold place unknown"):
        yield "places", figure, tally[figure] / max(1, count), count


def held_back(record: Record) -> bool:
    """Whether a record is of the fifth that no model of the project is trained on."""
    return int(hashlib.sha256(record["id"].encode()).hexdigest(), 16) % 5 == 0


def _placed(nlp: Language, record: Record) -> Iterator[str]:
    docs = [(doc, offset) for offset, doc in annotate(nlp, record["text"])]
    mentions = [mention for doc, offset in docs for mention in find_mentions(doc, offset)]
    for event in record["events"]:
        doc, offset = next((d, o) for d, o in reversed(docs) if o <= event["trigger"]["start"])
        token = next((t for t in doc if t.idx + offset + len(t) > event["trigger"]["start"]), None)
        if event["place"] is None or token is None:
            continue
        found = find_place(doc, offset, token, mentions, _learned(doc, offset, token))
        words = event["place"]["start"], event["place"]["end"]
        wanted = find_place(doc, offset, token, mentions, words)
        yield _verdict(found.place if found else None, wanted.place if wanted else None, found is not None)


def _learned(doc: Doc, offset: int, token: Token) -> tuple[int, int] | None:
    """The place that the learned layer proposes for an act at `token`, as characters of the text."""
    acts = doc._.acts if doc.has_extension("acts") and doc._.acts else ()
    act = next((one for one in acts if one.start <= token.i < one.end), None)
    if act is None or act.place is None:
        return None
    span = doc[act.place.start : act.place.end]
    return offset + span.start_char, offset + span.end_char


def _verdict(found: Place | None, wanted: Place | None, spoken: bool) -> str:
    if wanted is None:
        return "gold place unknown"
    if found is None:
        return "place unknown" if spoken else "no place"
    return "country right" if found.country == wanted.country else "country wrong"


PARTS = {
    "gum": _gum,
    "meantime": _meantime,
    "stories": _stories,
    "seed": _seed,
    "roles": _roles,
    "places": _places,
}

if __name__ == "__main__":
    raise SystemExit(main())
