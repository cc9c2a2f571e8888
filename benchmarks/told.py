"""What a database says of gold texts, as their scorers want it: once as merged, once with all alone."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb

from benchmarks.gold import ROOT, gold_folder
from benchmarks.predictions import Record

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# The stories have no dates. They get invented ones, a Monday for each, four weeks apart, so that none tells
# of another's acts, and later in the week where a text names a weekday: that of the news it brings.
FIRST_MONDAY, APART = date(2006, 1, 2), timedelta(weeks=4)


STRANGERS, BEFORE = 1000, "2020"


def run_etl(source: Path, scratch: Path, database: Path | None = None) -> Path:
    """The database that the ETL makes of files, or adds them to; ends the program with its error."""
    database = database or scratch / f"{source.stem}.duckdb"
    command = [sys.executable, "-m", "etl", str(source), "--db", str(database)]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"the ETL over {source} failed:\n{done.stderr}")
    return database


def strangers(scratch: Path) -> Path:
    """A file of 1,000 news items from years that the sample does not tell of."""
    older = [row for row in _gold("G_news/wiki_current_events.jsonl") if row["date"] < BEFORE]
    chosen = random.Random(len(older)).sample(older, STRANGERS)
    rows = [{"id": row["id"], "published": row["date"], "text": row["text"]} for row in chosen]
    source = scratch / "strangers.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    return source


def event_keys(database: Path, ending: str) -> dict[tuple[str, int, str], str]:
    """Event key by article key, place of the trigger and type, in files of one kind."""
    sql = """
        select a.key as article, m.start_char, m.event_type::varchar as type, e.key as event, path
        from event_mentions m join articles a using (article_id) join events e using (event_id)"""
    told = (row for row in _ask(database, sql) if row["path"].endswith(ending))
    return {(row["article"], row["start_char"], row["type"]): row["event"] for row in told}


def _gold(path: str) -> list[Record]:
    with (gold_folder() / path).open(encoding="utf8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def _database(gold: list[Record], days: Iterable[date], scratch: Path) -> Path:
    source = scratch / "texts.jsonl"
    rows = (
        {"id": g["id"], "published": str(day), "text": g["text"]} for g, day in zip(gold, days, strict=True)
    )
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    return run_etl(source, scratch)


def _ask(database: Path, sql: str) -> list[Record]:
    with duckdb.connect(str(database), read_only=True) as con:
        return con.sql(sql).pl().to_dicts()


def stories(scratch: Path) -> tuple[list[Record], list[Record], list[Record]]:
    """The annotated stories, what was found in them with `event` as merged, and with each act alone."""
    gold = _gold("dispatch/stories.jsonl")
    database = _database(gold, _invented_days(gold), scratch)
    merged = _story_predictions(database, "event_id")
    return gold, merged, _story_predictions(database, "event_mention_id")


def _invented_days(gold: list[Record]) -> Iterable[date]:
    for number, story in enumerate(gold):
        named = re.search("|".join(WEEKDAYS), story["text"])
        yield FIRST_MONDAY + number * APART + timedelta(WEEKDAYS.index(named[0]) if named else 0)


def _story_predictions(database: Path, event: str) -> list[Record]:
    found: dict[str, Record] = defaultdict(lambda: {"events": [], "mentions": []})
    for row in _ask(
        database,
        """
        select external_id, start_char as start, end_char as "end",
            coalesce(actor_id::varchar, 'open ' || mention_id) as actor
        from mentions join articles using (article_id)""",
    ):
        found[row.pop("external_id")]["mentions"].append(row)
    roles = _participants(database)
    for row in _ask(
        database,
        f"""
        select external_id, event_mention_id, event_type::varchar as type, status::varchar as status,
            start_char as start, end_char as "end", {event} as event
        from event_mentions join articles using (article_id)""",
    ):
        found[row.pop("external_id")]["events"].append(row | roles[row.pop("event_mention_id")])
    return [{"id": identifier, **rest} for identifier, rest in found.items()]


def _participants(database: Path) -> dict[int, Record]:
    roles: dict[int, Record] = defaultdict(lambda: {"source": [], "target": [], "claimant": []})
    for row in _ask(
        database,
        """
        select event_mention_id, role::varchar as role, m.start_char as start, m.end_char as "end",
            a.actor_id::varchar as actor, a.affiliation::varchar as affiliation
        from participants p
        join mentions m using (mention_id)
        left join actors a on a.actor_id = p.actor_id""",
    ):
        roles[row.pop("event_mention_id")][row.pop("role")].append(row)
    return roles


PAIRS = ROOT / "training" / "annotations" / "pairs.jsonl"


def news_pairs(scratch: Path) -> list[tuple[Record, bool | None]]:
    """The judged pairs of reports of news items, and whether each is one event; None where one is not found.

    Only the items of the pairs are read, not their 86,193 neighbours.
    """
    pairs = [json.loads(line) for line in PAIRS.open(encoding="utf8")]
    wanted = {pair[side]["id"] for pair in pairs for side in ("one", "other")}
    gold = [row for row in _gold("G_news/wiki_current_events.jsonl") if row["id"] in wanted]
    database = _database(gold, (date.fromisoformat(row["date"]) for row in gold), scratch)
    told = _told(database)
    return [(pair, _one_event(told, pair)) for pair in pairs]


def _one_event(told: dict[str, list[Record]], pair: Record) -> bool | None:
    one, other = (
        {row["event_id"] for row in _over(told[span["id"]], span)} for span in (pair["one"], pair["other"])
    )
    return bool(one & other) if one and other else None


def meantime(scratch: Path) -> tuple[list[Record], list[Record], list[Record]]:
    """MEANTIME's Wikinews articles, the chains of the event mentions found in them, and each alone.

    The second line of an article is its date. A gold mention belongs to the first event mention over it.
    """
    gold = _gold("D_coref/meantime_xdoc.jsonl")
    days = (datetime.strptime(g["text"].split("\n")[1].strip(), "%B %d, %Y").date() for g in gold)
    database = _database(gold, days, scratch)
    told = _told(database)
    return gold, _chains(gold, told, "event_id"), _chains(gold, told, "event_mention_id")


def _chains(gold: list[Record], told: dict[str, list[Record]], event: str) -> list[Record]:
    return [{"id": g["id"], "mentions": list(_chained(g, told[g["id"]], event))} for g in gold]


def _chained(article: Record, told: list[Record], event: str) -> Iterable[Record]:
    for mention in article["mentions"]:
        if mention["kind"] == "event" and (row := next(_over(told, mention), None)):
            yield {"start": mention["start"], "end": mention["end"], "chain": row[event]}


def _told(database: Path) -> dict[str, list[Record]]:
    """Event mentions by the article's own id, in the order of its text."""
    told: dict[str, list[Record]] = defaultdict(list)
    for row in _ask(
        database,
        """
        select external_id, start_char, end_char, event_id, event_mention_id
        from event_mentions join articles using (article_id) order by start_char""",
    ):
        told[row["external_id"]].append(row)
    return told


def _over(told: Iterable[Record], span: Record) -> Iterator[Record]:
    """The event mentions that share characters with a span."""
    return (row for row in told if row["start_char"] < span["end"] and span["start"] < row["end_char"])
