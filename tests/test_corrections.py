"""The corrections file: what the checker foretells, what publishing does, how lines come and go."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from etl.corrections import Verdict, append, check, corrections_file, take_back
from etl.corrections import file as corrections
from etl.corrections.__main__ import main
from etl.corrections.file import NotSaved
from etl.publish import publish
from etl.publish.__main__ import main as publish_again
from etl.publish.corrections import Correction, CorrectionsUnreadable, read_corrections
from etl.stage import ledger as ledgers
from tests.test_publish import SETUP, TELLERS, Desk
from views.database import Reader

HEADER = "key,action,value,made_by,made_on"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.give(TELLERS)
    return desk


def line(key: str, action: str, value: str = "") -> Correction:
    return Correction(key, action, value, None, None)


def judged(desk: Desk, lines: Sequence[Correction]) -> list[Verdict]:
    with duckdb.connect(str(desk.database), read_only=True) as con:
        return check(con, lines)


def write(desk: Desk, *lines: str) -> None:
    corrections_file(desk.database).write_text("\n".join([HEADER, *lines]) + "\n")


def add(desk: Desk, correction: Correction) -> Verdict:
    with duckdb.connect(str(desk.database), read_only=True) as con:
        return append(desk.database, correction, con)


def key_of(desk: Desk, sql: str) -> str:
    ((key,),) = desk.ask(sql)
    return str(key)


def mixed_lines(desk: Desk) -> list[str]:
    """One line of each kind that fits, no two about the same rows; the merged actor acts in the events."""
    bombing = key_of(desk, "select key from events where event_type = 'ASSAULT'")
    invitation = key_of(desk, "select key from events where status = 'planned'")
    span = key_of(
        desk,
        "select a.key || '#' || start_char || '-' || end_char from mentions m "
        "join articles a using (article_id) where m.text = 'Borduria' and a.publisher = 'Wire'",
    )
    return [
        "country:SYL,split,sylda,,",
        "country:ARL,rename,Greater Arland,,",
        "country:ARL,retype,organisation,,",
        f"{bombing},retype,COERCE,,",
        f"{invitation},ignore,,,",
        f"{span},ignore,,,",
        "country:BOR,merge,country:ARL,,",
    ]


def test_what_is_foretold_is_what_publishing_does(desk: Desk) -> None:
    lines = mixed_lines(desk)
    write(desk, *lines)
    foretold = judged(desk, read_corrections(corrections_file(desk.database)))
    assert [verdict.state for verdict in foretold] == ["waiting"] * len(lines)
    desk.again()
    assert [verdict.rows for verdict in foretold] == [
        n for (n,) in desk.ask("select rows_changed from corrections")
    ]
    afterwards = judged(desk, read_corrections(corrections_file(desk.database)))
    assert [verdict.state for verdict in afterwards] == ["in effect"] * len(lines)
    assert [verdict.rows for verdict in afterwards] == [verdict.rows for verdict in foretold]


@pytest.mark.parametrize(
    ("wrong", "says", "nearest"),
    [
        ("country:SYLL,rename,X", "There is no actor country:SYLL.", "country:SYL"),
        ("country:SYL,merge,country:BORD", "There is no actor country:BORD to merge into.", "country:BOR"),
        ("country:SYL,split,Sylvia", "No article calls Sylda “Sylvia”.", "Syldavia"),
        ("country:SYL,merge,country:SYL", "itself", None),
        ("country:SYL,explode,", "There is no action 'explode'; there are merge", None),
        (",rename,X", "no key", None),
        ("country:SYL,rename,", "no value; rename needs the name", None),
        ("country:SYL,retype,city", "There is no actor kind 'city'; there are person", None),
        ("event:0000,retype,PARTY", "There is no event type 'PARTY'", None),
        ("event:0000,ignore,", "There is no event event:0000.", None),
        ("event:0000,merge,country:SYL", "Merge is for actors", None),
        ("article:0#0-5,ignore,", "There is no article article:0.", None),
        ("article:0#5-0,ignore,", "A mention is named by", None),
        ("article:0#0-5,rename,X", "takes the key of an actor or event", None),
    ],
)
def test_a_wrong_line_is_told_with_what_fits(desk: Desk, wrong: str, says: str, nearest: str | None) -> None:
    (verdict,) = judged(desk, [line(*wrong.split(","))])
    assert (verdict.state, verdict.rows) == ("wrong", 0)
    assert says in verdict.says
    assert [key for key, _ in verdict.nearest[:1]] == ([nearest] if nearest else [])


def test_a_span_that_misses_is_shown_its_neighbours(desk: Desk) -> None:
    article = key_of(desk, "select key from articles where publisher = 'Wire'")
    (verdict,) = judged(desk, [line(f"{article}#1-6", "ignore")])
    assert verdict.nearest[0] == (f"{article}#0-6", "Arland")


def test_lines_are_judged_together(desk: Desk) -> None:
    verdicts = judged(
        desk,
        [
            line("country:SYL", "merge", "country:BOR"),
            line("country:BOR", "merge", "country:SYL"),
            line("country:ARL", "rename", "First"),
            line("country:ARL", "rename", "Second"),
            line("country:SYL", "split", "Sylda"),
            line("country:SYL~sylda", "rename", "The Sylda"),
        ],
    )
    assert [verdict.state for verdict in verdicts] == ["wrong", "wrong", "wrong"] + ["waiting"] * 3
    assert "circle" in verdicts[0].says
    assert "counts instead" in verdicts[2].says


def test_a_merged_actor_is_called_by_its_new_key(desk: Desk) -> None:
    desk.correct("country:SYL,merge,country:BOR,,")
    lines = [line("country:SYL", "merge", "country:BOR"), line("country:SYL", "rename", "X")]
    merged, renamed = judged(desk, lines)
    assert (merged.state, merged.rows) == ("in effect", 5)
    assert (renamed.state, "merges this actor into country:BOR" in renamed.says) == ("wrong", True)
    (elsewhere,) = judged(desk, [line("country:SYL", "merge", "country:ARL")])
    assert elsewhere.state == "waiting"


def test_command(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--db", str(desk.database)]
    assert main(arguments) == 0
    assert "nothing to check" in capsys.readouterr().out
    write(desk, *mixed_lines(desk))
    assert main(arguments) == 0
    write(desk, "country:SYL,merge,country:BOR,,", "", "country:SILL,ignore,,,")
    assert main(arguments) == 1
    out = capsys.readouterr().out
    assert (
        "line 2: waiting: merge country:SYL country:BOR\n    5 mentions of Sylda count for Borduria." in out
    )
    assert "line 4: wrong: ignore country:SILL" in out
    assert "perhaps country:SYL (Sylda)" in out


def test_command_without_snapshot_or_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--db", str(tmp_path / "none.duckdb")]) == 0
    (tmp_path / "none.corrections.csv").write_text(f"{HEADER}\na,ignore,,,\n")
    assert main(["--db", str(tmp_path / "none.duckdb")]) == 1
    assert "There is no snapshot" in capsys.readouterr().err
    (tmp_path / "none.corrections.csv").write_text("a,b\n")
    assert main(["--db", str(tmp_path / "none.duckdb")]) == 1
    with pytest.raises(SystemExit, match="2"):
        main(["--nonsense"])


def test_the_commands_are_there(desk: Desk, root: Path) -> None:
    write(desk, "country:SYL,merge,country:BOR,,")
    command = [sys.executable, "-m", "etl.corrections", "--db", str(desk.database)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, "1 waiting for the next publish" in done.stdout) == (0, True)
    command = [
        sys.executable,
        "-m",
        "etl.publish",
        "--db",
        str(desk.database),
        "--extracts",
        str(desk.folder / "x"),
    ]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, "desk-000002.duckdb published" in done.stdout) == (0, True)
    assert desk.ask("select rows_changed from corrections") == [(5,)]


def test_publishing_without_articles_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert publish_again(["--db", str(tmp_path / "desk.duckdb")]) == 1
    assert "Nothing was read into" in capsys.readouterr().err


def test_append_makes_checks_and_dates(desk: Desk) -> None:
    verdict = add(desk, line("country:SYL", "merge", "country:BOR"))
    assert verdict.rows == 5
    (saved,) = read_corrections(corrections_file(desk.database))
    assert (saved.key, saved.action, saved.value, saved.line) == ("country:SYL", "merge", "country:BOR", 2)
    assert saved.made_on
    with pytest.raises(NotSaved, match="no actor country:NOWHERE"):
        add(desk, line("country:NOWHERE", "ignore"))
    with pytest.raises(NotSaved, match="circle"):
        add(desk, line("country:BOR", "merge", "country:SYL"))
    assert len(read_corrections(corrections_file(desk.database))) == 1


def test_append_refuses_what_is_there(desk: Desk) -> None:
    add(desk, line("country:SYL", "ignore"))
    with pytest.raises(NotSaved, match="says this already"):
        add(desk, line("country:SYL", "ignore"))


def test_append_keeps_the_file_as_it_is(desk: Desk) -> None:
    path = corrections_file(desk.database)
    before = '\ufeffaction,note,key,value\r\nsplit,"a\r\nnote, long",country:SYL,Sylda'
    path.write_bytes(before.encode())
    add(desk, line("country:ARL", "rename", 'Great "A", land'))
    assert path.read_bytes().decode() == before + '\nrename,,country:ARL,"Great ""A"", land"\n'
    assert [c.value for c in read_corrections(path)] == ["Sylda", 'Great "A", land']


def test_append_says_what_it_cannot_write_to(desk: Desk) -> None:
    corrections_file(desk.database).write_text("key,action\n")
    with pytest.raises(NotSaved, match="lacks the column value"):
        add(desk, line("country:SYL", "rename", "X"))
    corrections_file(desk.database).write_text("what\n")
    with pytest.raises(CorrectionsUnreadable):
        add(desk, line("country:SYL", "rename", "X"))


def test_one_writer_at_a_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [f"country:{c}" for c in ("SYL", "ARL", "BOR")]
    wanted = [line(key, "split", alias) for key, alias in _aliases(desk)] + [line(k, "ignore") for k in keys]
    reader = Reader(desk.database)  # as in the dashboard: one instance, a cursor for each

    def add_like_the_dashboard(correction: Correction) -> None:
        with reader.cursor(reader.current()) as con:
            append(desk.database, correction, con)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(add_like_the_dashboard, wanted))
    saved = read_corrections(corrections_file(desk.database))
    assert {(c.key, c.action, c.value) for c in saved} == {(c.key, c.action, c.value) for c in wanted}
    monkeypatch.setattr(corrections, "PATIENCE_S", 0.1)
    path = corrections_file(desk.database)
    with FileLock(path.with_name(f".{path.name}.lock")), pytest.raises(NotSaved, match="Somebody else"):
        add(desk, line("country:SYL", "rename", "X"))


def _aliases(desk: Desk) -> list[tuple[str, str]]:
    return [
        (str(k), str(a))
        for k, a in desk.ask("select key, alias from actor_aliases join actors using (actor_id)")
    ]


def test_take_back_removes_one_record_and_no_other(desk: Desk) -> None:
    path = corrections_file(desk.database)
    path.write_bytes(
        b'key,action,value\r\n"country:SYL",split,"Sylda"\r\n\r\ncountry:ARL,rename,"Great\r\nArland"\r\na,b,c\r\n'
    )
    first, second, _ = read_corrections(path)
    take_back(desk.database, second)
    assert path.read_bytes() == b'key,action,value\r\n"country:SYL",split,"Sylda"\r\n\r\na,b,c\r\n'
    with pytest.raises(NotSaved, match="changed"):
        take_back(desk.database, second)
    take_back(desk.database, first)
    assert path.read_bytes() == b"key,action,value\r\n\r\na,b,c\r\n"


def test_a_failed_write_leaves_the_old_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    add(desk, line("country:SYL", "rename", "X"))
    path = corrections_file(desk.database)
    before = path.read_bytes()
    monkeypatch.setattr(corrections.os, "fsync", _full)
    with pytest.raises(OSError, match="disk"):
        add(desk, line("country:ARL", "rename", "Y"))
    assert path.read_bytes() == before
    assert {p.name for p in path.parent.glob("*corrections*")} <= {path.name, f".{path.name}.lock"}


def _full(_: int) -> None:
    raise OSError("the disk is full")


def test_publishers_wait_for_each_other_and_forget_nothing(desk: Desk) -> None:
    stale = ledgers.load(desk.folder / "x")
    desk.give([{"published": "2023-06-01", "text": "Syldavia praised Arland."}], "later")
    write(desk, "country:SYL,ignore,,,")
    with ThreadPoolExecutor(1) as pool:
        with FileLock(desk.folder / "x" / ".publishing.lock"):
            waiting = pool.submit(publish, desk.database, stale, SETUP)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.5)
            assert desk.ask("select count(*) from corrections") == [(0,)]
        assert waiting.result().is_new
    assert desk.ask("select count(*) from articles") == [(5,)]
    assert desk.ask("select rows_changed from corrections") == [(6,)]
