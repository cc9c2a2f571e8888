"""What a correction would change, before it is saved; and saving it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from etl.corrections import Verdict, append, check, corrections_file
from etl.corrections.file import NotSaved
from etl.publish.corrections import Correction, CorrectionsUnreadable, read_corrections
from views import book, switches
from views.answers import Desk
from views.correct import choose
from views.database import Reader, Snapshot
from views.evidence import follow
from views.sentences import passages
from views.words import plain

MOST_SENTENCES = 5


@st.cache_data(show_spinner=False, max_entries=200)
def _judged(
    snapshot_name: str,  # noqa: ARG001 only here to be part of the cache's key
    lines: Sequence[tuple[Any, ...]],
    _reader: Reader,
    _snapshot: Snapshot,
) -> list[Verdict]:
    with _reader.cursor(_snapshot) as cursor:
        return check(cursor, [Correction(*line) for line in lines])


def judged(desk: Desk, lines: Sequence[Correction]) -> list[Verdict]:
    """What each line does to the desk's snapshot; asked once per snapshot and state of the file."""
    plain_lines = [(c.key, c.action, c.value, c.made_by, c.made_on, c.line) for c in lines]
    return _judged(desk.snapshot.name, plain_lines, desk.reader, desk.snapshot)


def preview(desk: Desk, line: Correction) -> None:
    """Draw the effect of a line, and the button that saves it."""
    try:
        present = read_corrections(corrections_file(desk.reader.path))
    except CorrectionsUnreadable as problem:
        st.error(plain(str(problem)), icon=":material/error:")
        return
    verdict = judged(desk, [*present, line])[-1]
    with st.container(border=True):
        st.markdown("**What this would change**")
        if verdict.state == "wrong":
            st.warning(plain(verdict.says), icon=":material/warning:")
            return
        st.markdown(plain(verdict.says))
        _sentences(desk, line)
        st.code(",".join((line.key, line.action, line.value)), language=None, wrap_lines=True)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            name = st.text_input("Made by", key="correct_by", max_chars=60, persist_state="session",
                                 placeholder="Your name or initials")  # fmt: skip
            if st.button("Save correction", key="correct_save", type="primary", icon=":material/save:"):
                _save(desk, replace(line, made_by=name.strip() or None))


def _sentences(desk: Desk, line: Correction) -> None:
    """Some of the sentences in which words would be read otherwise."""
    if line.action not in ("merge", "split") and not (line.action == "ignore" and ":" in line.key):
        return
    if line.key.startswith("event:") or "#" in line.key:
        return
    rows = desk.ask(
        "named",
        actor=line.key,
        alias=line.value if line.action == "split" else None,
        row_limit=MOST_SENTENCES,
    )
    if rows.is_empty():
        return
    st.caption("The newest of the sentences that would be read otherwise")
    with st.container(height=230, border=False):
        shown = rows.drop("mention_key").iter_rows(named=True)
        entries = [{**row, "who": row["text"], "when": row["form"]} for row in shown]
        opened = passages(entries, "correct_sentences")
    follow(opened, book.page("Articles"))


def _save(desk: Desk, line: Correction) -> None:
    if not switches.is_on(switches.CORRECTIONS):
        return
    try:
        with desk.reader.cursor(desk.snapshot) as cursor:
            append(desk.reader.path, line, cursor)
    except (NotSaved, CorrectionsUnreadable) as problem:
        st.error(plain(str(problem)), icon=":material/error:")
    except OSError as problem:
        st.error(f"The correction cannot be written ({problem.strerror}).", icon=":material/error:")
    else:
        choose(None)
        st.toast("Saved. It takes effect at the next publish.", icon=":material/check:")
        st.rerun()
