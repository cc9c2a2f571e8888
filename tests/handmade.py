"""A small database written by hand, in which every number can be counted on fingers.

Five articles (one a copy) of three publishers tell eight events among five actors. The words of one article
try to be HTML, Markdown and a spreadsheet formula.
"""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

SCHEMA = Path(__file__).parent.parent / "etl" / "schema.sql"
DERIVED = Path(__file__).parent.parent / "etl" / "publish" / "derived.sql"

HOSTILE_NAME = "=cmd|' /C calc'!A0 <img src=x onerror=alert(1)>"
HOSTILE_TEXT = "![pixel](http://evil.example/p.png) <script>alert(1)</script> "

# key, name, kind, country, affiliation (key)
ACTORS = (
    ("country:RUS", "Russia", "country", "RUS", None),
    ("country:UKR", "Ukraine", "country", "UKR", None),
    ("country:TUR", "Turkey", "country", "TUR", None),
    ("office:russian-officials", "Russian officials", "office", "RUS", "country:RUS"),
    ("person:hostile", HOSTILE_NAME, "person", None, None),
)
# title, publisher, published, sentences
ARTICLES = (
    (
        "Strikes resume",
        "Daily North",
        "2023-03-02",
        ("Russia struck Ukraine on 1 March 2023.", "Turkey called on Russia to stop."),
    ),
    (
        "Talks near",
        "Evening South",
        "2023-03-03",
        (
            "Russia struck Ukraine on 1 March 2023, Kyiv said.",
            "Russia and Ukraine will hold talks on 20 April 2023.",
        ),
    ),
    (
        "Grain and aid",
        "Daily North",
        "2023-05-10",
        (
            "Turkey sent aid to Ukraine in May 2023.",
            "Russian officials may sanction Turkey.",
            "Ukraine denied that it had threatened Russia.",
        ),
    ),
    ("=SUM(1)", "Wild West", "2023-06-01", (HOSTILE_TEXT + "struck Turkey on 31 May 2023.",)),
)
# article, sentence, trigger, sources, targets, claimants, type, mode, status, reciprocal, start, end,
# precision
REPORTS = (
    (
        0,
        0,
        "struck",
        ("Russia",),
        ("Ukraine",),
        (),
        "ASSAULT",
        "aerial",
        "happened",
        False,
        "2023-03-01",
        "2023-03-01",
        "day",
    ),
    (
        0,
        1,
        "called on",
        ("Turkey",),
        ("Russia",),
        (),
        "REQUEST",
        None,
        "happened",
        False,
        "2023-03-02",
        "2023-03-02",
        "day",
    ),
    (
        1,
        0,
        "struck",
        ("Russia",),
        ("Ukraine",),
        (),
        "ASSAULT",
        "aerial",
        "happened",
        False,
        "2023-03-01",
        "2023-03-01",
        "day",
    ),
    (
        1,
        1,
        "hold talks",
        ("Russia", "Ukraine"),
        (),
        (),
        "AGREE",
        None,
        "planned",
        True,
        "2023-04-20",
        "2023-04-20",
        "day",
    ),
    (
        2,
        0,
        "sent aid",
        ("Turkey",),
        ("Ukraine",),
        (),
        "AID",
        None,
        "happened",
        False,
        "2023-05-01",
        "2023-05-31",
        "month",
    ),
    (
        2,
        1,
        "sanction",
        ("Russian officials",),
        ("Turkey",),
        (),
        "SANCTION",
        None,
        "hypothetical",
        False,
        None,
        None,
        None,
    ),
    (
        2,
        2,
        "threatened",
        ("Ukraine",),
        ("Russia",),
        ("Ukraine",),
        "THREATEN",
        None,
        "negated",
        False,
        None,
        None,
        None,
    ),
    (
        3,
        0,
        "struck",
        (HOSTILE_NAME,),
        ("Turkey",),
        (),
        "ASSAULT",
        None,
        "happened",
        False,
        "2023-05-31",
        "2023-05-31",
        "day",
    ),
)
# Reports 0 and 2 tell of one event.
EVENT_OF = (0, 1, 0, 2, 3, 4, 5, 6)
SCORES = {"ASSAULT": -9.0, "REQUEST": 0.0, "AGREE": 2.5, "AID": 10.0, "SANCTION": -6.0, "THREATEN": -3.5}
QUADS = {
    "ASSAULT": "material conflict",
    "REQUEST": "verbal conflict",
    "AGREE": "verbal cooperation",
    "AID": "material cooperation",
    "SANCTION": "material conflict",
    "THREATEN": "verbal conflict",
}


def publish(folder: Path, number: int = 1, *, events: bool = True) -> Path:
    """Write snapshot `number` into `folder` and point `desk.duckdb` at it; returns the link."""
    snapshot = folder / f"desk-{number:06}.duckdb"
    with duckdb.connect(str(snapshot)) as database:
        database.execute(SCHEMA.read_text(encoding="utf-8"))
        if events:
            fill(database)
    link, temporary = folder / "desk.duckdb", folder / "desk.link"
    temporary.symlink_to(snapshot.name)
    os.replace(temporary, link)
    return link


def fill(database: duckdb.DuckDBPyConnection) -> None:
    """Put the articles, actors and events above into empty tables."""
    database.execute(
        "insert into runs values (1, now()::timestamp, now()::timestamp, 'by hand', '1', 5, 5, 0, 0, 0)"
    )
    names = _actors(database)
    texts = _articles(database)
    _events(database, names, texts)
    _reports(database, names, texts)
    database.execute(
        "insert into event_actors select distinct m.event_id, p.role, p.actor_id "
        "from participants p join event_mentions m using (event_mention_id) order by all"
    )
    database.execute(DERIVED.read_text(encoding="utf-8"))


def _actors(database: duckdb.DuckDBPyConnection) -> dict[str, int]:
    ids = {key: i for i, (key, *_) in enumerate(ACTORS)}
    for i, (key, name, kind, country, affiliation) in enumerate(ACTORS):
        database.execute(
            "insert into actors values (?, ?, ?, ?, ?, 'GOV', ?, 1, 1)",
            [i, key, name, kind, country, ids.get(affiliation or "")],
        )
        database.execute("insert into actor_aliases values (?, ?, 1)", [i, name])
        place = [i, float(i % 3), float(i // 3), i % 2]
        database.execute("insert into actor_positions values (?, ?, ?, ?)", place)
    database.execute("insert into actor_aliases values (0, 'Rusia', 1)")
    return {name: i for i, (_, name, *_) in enumerate(ACTORS)}


def _articles(database: duckdb.DuckDBPyConnection) -> list[str]:
    texts = [" ".join(sentences) for *_, sentences in ARTICLES]
    for i, (title, publisher, published, sentences) in enumerate(ARTICLES):
        row = [i, f"article:{i}", title, publisher, published, texts[i], len(sentences)]
        database.execute(
            "insert into articles values ($1, $2, null, 'hand.jsonl', $1, $3, $4, null, $5, $6, md5($6), $7, "
            "null, 1)",
            row,
        )
        start = 0
        for number, sentence in enumerate(sentences):
            database.execute(
                "insert into sentences values (?, ?, ?, ?, ?)",
                [i, number, start, start + len(sentence), sentence],
            )
            start += len(sentence) + 1
    database.execute(
        "insert into articles select 4, 'article:4', null, path, 4, title, 'Echo', null, published, text, "
        "content_hash, n_sentences, 0, 1 from articles where article_id = 0"
    )
    return texts


def _events(database: duckdb.DuckDBPyConnection, names: dict[str, int], texts: list[str]) -> None:
    del names, texts
    for event in sorted(set(EVENT_OF)):
        told = [report for report, of in zip(REPORTS, EVENT_OF, strict=True) if of == event]
        *_, kind, mode, status, reciprocal, start, end, precision = told[0]
        dates = [ARTICLES[report[0]][2] for report in told]
        publishers = {ARTICLES[report[0]][1] for report in told}
        database.execute(
            "insert into events values "
            "(?, ?, ?, ?, ['diplomatic'], ?, ?, ?, ?, ?, ?, ?, null, ?, ?, ?, ?, ?)",
            [
                event,
                f"event:{event}",
                kind,
                mode,
                QUADS[kind],
                SCORES[kind],
                status,
                reciprocal,
                start,
                end,
                precision,
                len(told),
                len(told),
                len(publishers),
                min(dates),
                max(dates),
            ],
        )


def _reports(database: duckdb.DuckDBPyConnection, names: dict[str, int], texts: list[str]) -> None:
    mention = 0
    for i, report in enumerate(REPORTS):
        (
            article,
            sentence,
            trigger,
            sources,
            targets,
            claimants,
            kind,
            mode,
            status,
            reciprocal,
            start,
            end,
            precision,
        ) = report
        offset = sum(len(s) + 1 for s in ARTICLES[article][3][:sentence])
        at = texts[article].index(trigger, offset)
        basis = "explicit" if start else "none"
        database.execute(
            "insert into event_mentions values (?, ?, ?, ?, ?, ?, ?, ?, ?, ['diplomatic'], ?, ?, ?, ?, ?, ?, "
            "null, null, null, null, null, 'by hand', 1)",
            [
                i,
                EVENT_OF[i],
                article,
                sentence,
                at,
                at + len(trigger),
                trigger,
                kind,
                mode,
                status,
                reciprocal,
                start,
                end,
                precision,
                basis,
            ],
        )
        for role, people in (("source", sources), ("target", targets), ("claimant", claimants)):
            for ordinal, name in enumerate(people):
                found = texts[article].find(name, offset)
                found = offset if found < 0 else found
                end_char = found + len(name) if texts[article][found:].startswith(name) else found + 5
                words = texts[article][found:end_char]
                database.execute(
                    "insert into mentions values (?, ?, ?, ?, ?, ?, 'name', ?, 'by hand', 1)",
                    [mention, article, sentence, found, end_char, words, names[name]],
                )
                database.execute(
                    "insert into participants values (?, ?, ?, ?, ?, null)",
                    [i, role, ordinal, names[name], mention],
                )
                mention += 1
