"""From extracts to a snapshot: what the tables say, what corrections change, and how files are swapped."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from plain_extractor import BROKEN, plain

from etl.intake import remember, take_in
from etl.publish import Published, publish, snapshots
from etl.publish.build import CheckFailed, check, earliest
from etl.publish.corrections import CorrectionsUnreadable, final_keys, split_key
from etl.publish.positions import positions
from etl.publish.snapshots import ForeignDatabase
from etl.read import Defaults
from etl.stage import ledger as ledgers
from etl.stage.extracts import Setup, write_extract

SETUP = Setup("plain", "1")
MET, ALSO_MET = (
    "Arland met Borduria in Sylda today, then they left.",
    "Arland met Borduria in Sylda, it is said.",
)
LATER = "Arland and Borduria met. Borduria invites Syldavia."
TELLERS = [
    {"publisher": "Gazette", "published": "2023-05-06", "text": MET},
    {"publisher": "Wire", "published": "2023-05-06", "text": f"{ALSO_MET} Arland bombed Syldavia."},
    {"publisher": "Reprint", "published": "2023-05-07", "text": MET},
    {"publisher": "Gazette", "published": "2023-05-20", "text": LATER},
]


@dataclass
class Desk:
    """A database and the folder of its articles."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "desk.duckdb"

    def give(self, rows: Sequence[dict[str, Any]], name: str = "articles") -> Published:
        """Run the ETL over these records, with the plain extractor in this process."""
        path = self.folder / f"{name}.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        before = ledgers.load(self.folder / "x")
        taken = take_in([path], Defaults(), before, SETUP)
        for shard in taken.shards:
            write_extract(shard.path, shard.target, plain)
        return publish(self.database, remember(taken, before, SETUP, "2023-05-06T00:00:00", False), SETUP)

    def again(self) -> Published:
        """Publish what is there."""
        return publish(self.database, ledgers.load(self.folder / "x"), SETUP)

    def correct(self, *lines: str) -> Published:
        """Publish with these lines of corrections."""
        header = "key,action,value,made_by,made_on"
        (self.folder / "desk.corrections.csv").write_text("\n".join([header, *lines]) + "\n")
        return self.again()

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.database), read_only=True) as con:
            return con.execute(sql).fetchall()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def identified(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"id": str(number)} | row for number, row in enumerate(rows)]


def tables(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """All that a snapshot says, but for when and where it was made."""
    names = [
        n for (n,) in desk.ask("select table_name from duckdb_tables()") if n not in ("runs", "publication")
    ]
    columns = {"articles": "* exclude (path, line)", "rejects": "* exclude path"}
    return {name: desk.ask(f"select {columns.get(name, '*')} from {name}") for name in names}


def test_articles_and_their_copies(desk: Desk) -> None:
    desk.give(TELLERS)
    rows = desk.ask(
        "select article_id, publisher, copy_of, n_sentences, line, run_id from articles order by 1"
    )
    assert [row[0] for row in rows] == [0, 1, 2, 3]
    assert [row[1:] for row in rows if row[1] == "Wire"] == [("Wire", None, 2, 2, 1)]
    assert desk.ask("select count(*), count(distinct key) from articles") == [(4, 4)]
    copied = "select a.publisher, o.publisher from articles a join articles o on o.article_id = a.copy_of"
    assert desk.ask(copied) == [("Reprint", "Gazette")]


def test_one_event_of_several_tellers(desk: Desk) -> None:
    desk.give(TELLERS)
    met = """select n_mentions, n_articles, n_publishers, status, score, quad_class, first_reported,
        last_reported
        from events where event_type = 'CONSULT' order by n_mentions desc limit 1"""
    ((mentions, articles, publishers, status, score, quad, first, last),) = desk.ask(met)
    assert (mentions, articles) == (3, 3)
    assert publishers == 2  # the reprint tells nothing of its own
    assert (status, score, quad) == ("happened", 2.5, "verbal cooperation")
    assert (first, last) == (date(2023, 5, 6), date(2023, 5, 7))


def test_participants_lead_to_mentions_and_actors(desk: Desk) -> None:
    desk.give(TELLERS)
    bombed = desk.ask("""
        select source_key, target_key, n_mentions from dyads where event_type = 'ASSAULT'""")
    assert bombed == [("country:ARL", "country:SYL", 1)]
    pairs = desk.ask("select source_key, target_key from dyads where reciprocal")
    assert {frozenset(pair) for pair in pairs} == {frozenset(("country:ARL", "country:BOR"))}
    open_mentions = desk.ask("select text, rule from mentions where actor_id is null")
    assert set(open_mentions) == {("they", "capital letter")}


def test_evidence_carries_the_words(desk: Desk) -> None:
    desk.give(TELLERS)
    (row,) = desk.ask("""
        select e.sentence, a.text[e.start_char + 1:e.end_char], sources, targets, e.publisher
        from evidence e join articles a using (article_id) where event_type = 'ASSAULT'""")
    # Sylda and Syldavia have one key here, and an actor is called what most mentions call it.
    assert row == ("Arland bombed Syldavia.", "bombed", ["Arland"], ["Sylda"], "Wire")


def test_actors_are_ranked_and_known_by_their_aliases(desk: Desk) -> None:
    desk.give(TELLERS)
    rows = desk.ask(
        "select actor_id, key, name, kind, country, n_mentions, n_articles from actors order by 1"
    )
    assert rows[0] == (0, "country:ARL", "Arland", "country", "ARL", 5, 4)
    aliases = desk.ask(
        "select alias from actor_aliases join actors using (actor_id) where key = 'country:SYL'"
    )
    assert {alias for (alias,) in aliases} == {"Sylda", "Syldavia"}


def test_places_times_and_roles(desk: Desk) -> None:
    desk.give(TELLERS)
    assert desk.ask("select key, name, latitude, precision from places") == [
        ("place:1", "Sylda", 47.0, "city")
    ]
    assert desk.ask("select count(*) from event_mentions where place_id is not null") == [(3,)]
    assert desk.ask("select text, date_start, date_basis from times limit 1") == [
        ("today", date(2023, 5, 6), "relative")
    ]
    roles = desk.ask(
        "select role, since, until from actor_roles join actors using (actor_id) where key = 'country:ARL'"
    )
    assert roles == [("ally", date(2023, 5, 6), date(2023, 5, 20))]


def test_plans_stay_undated_and_events_stand_newest_first(desk: Desk) -> None:
    desk.give(TELLERS)
    assert desk.ask("select date_start, date_precision from events where status = 'planned'") == [
        (None, None)
    ]
    days = [
        day
        for (day,) in desk.ask("select coalesce(date_start, first_reported) from events order by event_id")
    ]
    assert days == sorted(days, reverse=True)


def test_the_network_has_places_for_its_actors(desk: Desk) -> None:
    desk.give(TELLERS)
    connected = desk.ask(
        "select count(*) from (select source_id from dyads union select target_id from dyads)"
    )
    assert desk.ask("select count(*) from actor_positions where abs(x) <= 1 and abs(y) <= 1") == connected
    totals = desk.ask("select sum(n_events) from dyad_totals")
    assert totals == desk.ask("select count(*) from dyads")


def test_order_of_input_does_not_matter(tmp_path: Path) -> None:
    rows = identified(TELLERS)
    answers = []
    for seed in range(3):
        desk = Desk(tmp_path / str(seed))
        desk.folder.mkdir()
        shuffled = random.Random(seed).sample(rows, len(rows))
        desk.give(shuffled)
        answers.append(tables(desk))
    assert answers[0] == answers[1] == answers[2]
    assert len(answers[0]["events"]) == 4


def test_strangers_change_no_key(desk: Desk) -> None:
    desk.give(identified(TELLERS))
    before = set(desk.ask("select key from events")) | set(desk.ask("select key from articles"))
    strangers = [
        {"id": f"s{n}", "publisher": f"Paper {n % 7}", "published": f"2023-05-{n % 27 + 1:02}",
         "text": f"Zembla{n} praised Kinbote{n}."} for n in range(100)
    ]  # fmt: skip
    desk.give(strangers, "strangers")
    after = set(desk.ask("select key from events")) | set(desk.ask("select key from articles"))
    assert before <= after


def test_publishing_twice_gives_the_same_tables(desk: Desk) -> None:
    first = desk.give(TELLERS)
    before = tables(desk)
    assert first.is_new
    unchanged = desk.again()
    assert (unchanged.is_new, unchanged.snapshot) == (False, first.snapshot)
    first.snapshot.unlink()
    rebuilt = desk.again()
    assert rebuilt.is_new
    assert tables(desk) == before


def test_a_changed_article_replaces_the_old_one(desk: Desk) -> None:
    rows = identified(TELLERS)
    desk.give(rows)
    rows[1] = rows[1] | {"text": "Arland denounced Syldavia."}
    desk.give(rows)
    assert desk.ask("select count(*) from articles") == [(4,)]
    assert desk.ask("select count(*) from events where event_type = 'ASSAULT'") == [(0,)]
    assert desk.ask("select run_id, articles_new from runs order by 1") == [(1, 4), (2, 1)]
    assert desk.ask("select run_id, count(*) from articles group by 1 order by 1") == [(1, 3), (2, 1)]


def test_runs_keep_their_counts(desk: Desk) -> None:
    desk.give(TELLERS[:1])
    desk.give(TELLERS[1:], "more")
    (first, second) = desk.ask("select mentions, event_mentions from runs order by run_id")
    assert first == (4, 1)
    assert (
        second == desk.ask("select (select count(*) from mentions), (select count(*) from event_mentions)")[0]
    )


def test_what_could_not_be_extracted_is_a_reject(desk: Desk) -> None:
    desk.give([*TELLERS, {"published": "2023-05-06", "text": f"{BROKEN}."}])
    ((path, line, reason, detail),) = desk.ask("select path, line, reason, detail from rejects")
    assert (Path(path).name, line, reason) == ("articles.jsonl", 5, "not extracted")
    assert detail.startswith("ValueError: asked to (extract ")
    assert desk.ask("select count(*) from articles") == [(4,)]


def test_nothing_but_rejects(desk: Desk) -> None:
    desk.give([{"published": "2023-05-06", "text": f"{BROKEN}."}, {"text": ""}])
    assert desk.ask("select count(*) from rejects") == [(2,)]
    assert desk.ask("select count(*) from events") == [(0,)]


def test_two_machines_may_have_extracted_the_same_text(desk: Desk) -> None:
    desk.give(TELLERS)
    before = tables(desk)
    (extract,) = (desk.folder / "x").glob("*.parquet")
    twin = extract.with_name("0" * 20 + extract.name[20:])
    twin.write_bytes(extract.read_bytes())
    for snapshot in desk.folder.glob("desk-*.duckdb"):
        snapshot.unlink()
    desk.again()
    assert tables(desk) == before


# Corrections


def test_merge(desk: Desk) -> None:
    desk.give(TELLERS)
    desk.correct("country:SYL,merge,country:BOR,me,2023-06-01")
    assert desk.ask("select key, name from actors order by key") == [
        ("country:ARL", "Arland"),
        ("country:BOR", "Borduria"),
    ]
    assert desk.ask("select key, action, value, made_by, made_on, rows_changed from corrections") == [
        ("country:SYL", "merge", "country:BOR", "me", "2023-06-01", 5)
    ]
    assert ("country:ARL", "country:BOR") in desk.ask(
        "select source_key, target_key from dyads where event_type = 'ASSAULT'"
    )


def test_split(desk: Desk) -> None:
    desk.give(TELLERS)
    desk.correct("country:SYL,split,Sylda,,")
    new = split_key("country:SYL", "Sylda")
    assert desk.ask(f"select name, n_mentions from actors where key = '{new}'") == [("Sylda", 3)]
    assert desk.ask(
        "select alias from actor_aliases join actors using (actor_id) where key = 'country:SYL'"
    ) == [("Syldavia",)]
    assert desk.ask("select rows_changed from corrections") == [(3,)]


def test_rename_and_retype_an_actor(desk: Desk) -> None:
    desk.give(TELLERS)
    desk.correct("country:ARL,rename,Greater Arland,,", "country:ARL,retype,organisation,,")
    assert desk.ask("select name, kind from actors where key = 'country:ARL'") == [
        ("Greater Arland", "organisation")
    ]
    assert desk.ask("select rows_changed from corrections") == [(1,), (1,)]
    assert ("Greater Arland",) in desk.ask("select source from dyads")


def test_retype_and_ignore_events(desk: Desk) -> None:
    desk.give(TELLERS)
    ((bombing,),) = desk.ask("select key from events where event_type = 'ASSAULT'")
    ((invitation,),) = desk.ask("select key from events where status = 'planned'")
    desk.correct(f"{bombing},retype,COERCE,,", f"{invitation},ignore,,,")
    assert desk.ask(f"select event_type, score from events where key = '{bombing}'") == [("COERCE", -7.0)]
    assert desk.ask("select count(*) from events where status = 'planned'") == [(0,)]
    assert desk.ask("select rows_changed from corrections") == [(1,), (1,)]


def test_ignore_an_actor_and_a_mention(desk: Desk) -> None:
    desk.give(TELLERS)
    ((span,),) = desk.ask("""
        select a.key || '#' || m.start_char || '-' || m.end_char
        from mentions m join articles a using (article_id)
        where m.text = 'Borduria' and a.publisher = 'Wire'""")
    desk.correct("country:SYL,ignore,,,", f"{span},ignore,,,")
    assert desk.ask("select count(*) from actors where key = 'country:SYL'") == [(0,)]
    ignored = desk.ask(
        "select text, count(*) from mentions where rule = 'ignored by correction' group by 1 order by 1"
    )
    assert ignored == [("Borduria", 1), ("Sylda", 3), ("Syldavia", 2)]
    assert desk.ask("select rows_changed from corrections") == [(5,), (1,)]


def test_a_correction_that_matches_nothing_is_listed(desk: Desk) -> None:
    desk.give(TELLERS)
    desk.correct("person:nobody,merge,country:ARL,,", "country:ARL,explode,,,", "event:0,retype,PARTY,,")
    assert desk.ask("select action, rows_changed from corrections") == [
        ("merge", 0),
        ("explode", 0),
        ("retype", 0),
    ]


def test_corrections_survive_and_can_be_taken_back(desk: Desk) -> None:
    desk.give(TELLERS)
    before = tables(desk)
    assert desk.correct("country:SYL,merge,country:BOR,,").is_new
    desk.give([{"published": "2023-06-01", "text": "Syldavia praised Arland."}], "later")
    assert desk.ask("select count(*) from actors where key = 'country:SYL'") == [(0,)]
    desk.give([], "later")
    (desk.folder / "desk.corrections.csv").unlink()
    assert desk.again().is_new
    assert {key for (key,) in desk.ask("select key from actors")} == {row[1] for row in before["actors"]}


@pytest.mark.parametrize("content", ["name,what\na,b\n", 'key,action\n"open,merge\n', "\xff"])
def test_unreadable_corrections_stop_publication(desk: Desk, content: str) -> None:
    desk.give(TELLERS)
    (desk.folder / "desk.corrections.csv").write_bytes(content.encode("latin-1"))
    with pytest.raises(CorrectionsUnreadable, match="corrections"):
        desk.again()
    assert desk.ask("select count(*) from articles") == [(4,)]


def test_merges_are_followed_and_circles_left_alone() -> None:
    assert final_keys({"a": "b", "b": "c", "x": "y", "y": "x"}) == {"a": "c", "b": "c"}


# Files


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot for tests that work on a copy of it."""
    return Desk(tmp_path_factory.mktemp("built")).give(TELLERS).snapshot


def test_the_database_is_a_link_to_the_newest_snapshot(desk: Desk) -> None:
    for number in range(8):
        published = desk.give([TELLERS[0] | {"text": f"Arland praised Borduria {number} times."}])
        assert desk.database.readlink() == Path(f"desk-{number + 1:06}.duckdb")
        assert desk.database.resolve() == published.snapshot.resolve()
    assert [snapshots.number(path) for path in snapshots.all_of(desk.database)] == [4, 5, 6, 7, 8]
    assert [path.name for path in desk.folder.iterdir() if "tmp" in path.name] == []


def test_a_reader_keeps_its_snapshot(desk: Desk) -> None:
    desk.give(TELLERS[:1])
    with duckdb.connect(str(desk.database.resolve()), read_only=True) as con:
        desk.give(TELLERS)
        assert con.execute("select count(*) from articles").fetchall() == [(1,)]
    assert desk.ask("select count(*) from articles") == [(4,)]


def test_snapshots_of_another_database_are_left_alone(desk: Desk) -> None:
    for name in ("desk-old.duckdb", "other-000009.duckdb", "desk-7.duckdb"):
        (desk.folder / name).touch()
    assert desk.give(TELLERS).snapshot.name == "desk-000001.duckdb"
    assert (desk.folder / "other-000009.duckdb").exists()


def test_without_links_the_database_is_a_copy(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("a required privilege is not held by the client")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    for rows in (TELLERS[:1], TELLERS):
        desk.give(rows)
        assert not desk.database.is_symlink()
    assert desk.ask("select count(*) from articles") == [(4,)]


def test_a_file_of_somebody_else_is_not_replaced(desk: Desk) -> None:
    with duckdb.connect(str(desk.database)) as con:
        con.execute("create table mine as select 42 as answer")
    with pytest.raises(ForeignDatabase, match="choose another"):
        desk.give(TELLERS)
    assert desk.ask("from mine") == [(42,)]


def test_a_failed_check_leaves_the_old_snapshot(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.give(TELLERS[:1])
    checks = desk.folder / "checks.sql"
    checks.write_text("""select count(*) as "articles" from articles; select 0 as "fine";""")
    monkeypatch.setattr("etl.publish.build.CHECKS", checks)
    with pytest.raises(CheckFailed, match="has 4 articles"):
        desk.give(TELLERS)
    assert desk.database.readlink() == Path("desk-000001.duckdb")
    assert sorted(path.name for path in desk.folder.glob("desk*")) == ["desk-000001.duckdb", "desk.duckdb"]


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        ("insert into actors select * from actors limit 1", "1 actor keys used twice"),
        ("delete from actors where key = 'country:ARL'", "mentions of a missing actor"),
        ("delete from sentences where article_id = 0", "mentions without their sentence"),
        ("delete from event_mentions", "4 events without a mention"),
        ("update mentions set start_char = start_char + 1", "mentions that are not what their sentence says"),
        ("update sentences set text = upper(text)", "sentences that are not what their article says"),
        ("update event_mentions set trigger = 'x'", "triggers that are not what their sentence says"),
        ("delete from mentions where mention_id = 0", "participants without their mention"),
        ("update articles set copy_of = 99 where article_id = 0", "copies of an article that is missing"),
        ("update events set n_publishers = 99 where event_id = 0", "more tellers than articles"),
    ],
)
def test_checks_find_damage(built: Path, tmp_path: Path, damage: str, fault: str) -> None:
    with duckdb.connect(str(shutil.copy(built, tmp_path))) as con:
        check(con)
        con.execute(damage)
        with pytest.raises(CheckFailed, match=fault):
            check(con)


def test_copies_of_copies_are_copies_of_the_first() -> None:
    found = pl.DataFrame({"key": ["b", "c", "d"], "copy_of": ["a", "b", "c"]})
    assert earliest(found).sort("key")["copy_of"].to_list() == ["a", "a", "a"]


def test_positions_are_the_same_for_the_same_ties() -> None:
    draw = random.Random(3)
    dyads = pl.DataFrame(
        [(draw.randrange(60), draw.randrange(60, 120), draw.randrange(1, 9)) for _ in range(300)],
        schema={"source_id": pl.Int32, "target_id": pl.Int32, "n_events": pl.Int32}, orient="row",
    )  # fmt: skip
    state = random.getstate()
    first = positions(dyads)
    assert first.equals(positions(dyads.sample(fraction=1, shuffle=True, seed=1)))
    assert random.getstate() == state
    assert first.select("x", "y").unique().height == first.height == 120
    assert positions(dyads.clear()).is_empty()


def test_actors_who_deal_with_each_other_are_one_community() -> None:
    ties = [
        (a, b, 5)
        for base, n in ((0, 4), (10, 8))
        for a in range(base, base + n)
        for b in range(a + 1, base + n)
    ]
    dyads = pl.DataFrame(
        [*ties, (0, 10, 1)],
        schema={"source_id": pl.Int32, "target_id": pl.Int32, "n_events": pl.Int32},
        orient="row",
    )
    found = dict(positions(dyads).select("actor_id", "community").rows())
    assert {found[actor] for actor in range(10, 18)} == {0}  # the busier one comes first
    assert {found[actor] for actor in range(4)} == {1}
