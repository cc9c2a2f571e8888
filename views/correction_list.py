"""The corrections that are there, what each does, and publishing them."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import streamlit as st

from charts.text import plural
from etl.corrections import Verdict, corrections_file, take_back
from etl.corrections.file import NotSaved
from etl.publish.corrections import Correction, CorrectionsUnreadable, read_corrections
from views import progress, switches
from views.answers import Desk
from views.correction_preview import judged
from views.download import downloads
from views.focus import table
from views.jobs import Jobs, NotStarted, jobs_of
from views.words import plain

STATE_WORDS = {"in effect": "In effect", "waiting": "Waits", "wrong": "Does nothing"}


def show(desk: Desk) -> None:
    """Draw the list with the effect of each line, and the button that publishes."""
    path = corrections_file(desk.reader.path)
    st.markdown("#### Present corrections")
    try:
        lines = read_corrections(path)
    except CorrectionsUnreadable as problem:
        st.error(plain(str(problem)), icon=":material/error:")
        return
    verdicts = judged(desk, lines) if lines else []
    if verdicts:
        _table(desk, verdicts)
    else:
        st.info(
            "Nothing has been corrected yet. What you save here survives every later run.",
            icon=":material/edit_note:",
        )
    _publishing(desk, jobs_of(str(desk.reader.path)), lines, verdicts)
    st.caption(
        plain(f"They stand in {path.name}, beside the database; python -m etl.corrections checks them too.")
    )


def _table(desk: Desk, verdicts: Sequence[Verdict]) -> None:
    newest = list(reversed(verdicts))
    rows = pl.DataFrame(
        {
            "state": [STATE_WORDS[v.state] for v in newest],
            "says": [v.says for v in newest],
            "rows": [v.rows for v in newest],
            "made_by": [v.line.made_by for v in newest],
            "made_on": [v.line.made_on for v in newest],
        }
    )
    row = table(
        rows,
        "corrections_table",
        min(35 * len(rows) + 38, 420),
        {
            "state": st.column_config.TextColumn("State", width=86, help="Waits: for the next publish."),
            "says": st.column_config.TextColumn("What it does", width=300),
            "rows": st.column_config.NumberColumn(
                "Rows", width=46, help="Mentions or reports that it changes."
            ),
            "made_by": st.column_config.TextColumn("By", width=60),
            "made_on": st.column_config.TextColumn("On", width=76),
        },
    )
    downloads(desk, "corrections", "corrections in effect", "corrections")
    if row is not None:
        st.session_state.correction_line = newest[row].line
    _one(desk, verdicts)


def _one(desk: Desk, verdicts: Sequence[Verdict]) -> None:
    """The chosen line: whole, with what it may have meant, and the button that takes it back."""
    chosen = st.session_state.get("correction_line")
    verdict = next((v for v in verdicts if v.line == chosen), None)
    if verdict is None:
        return
    line = verdict.line
    with st.container(border=True):
        st.markdown(plain(verdict.says))
        st.code(",".join((line.key, line.action, line.value)), language=None, wrap_lines=True)
        for key, name in verdict.nearest:
            st.caption(plain(f"Perhaps {key} ({name})"))
        if switches.is_on(switches.CORRECTIONS) and st.button(
            "Take back", key="take_back", icon=":material/undo:", help="Remove this line from the file"
        ):
            _take_back(desk, line)


def _take_back(desk: Desk, line: Correction) -> None:
    try:
        take_back(desk.reader.path, line)
    except (NotSaved, CorrectionsUnreadable) as problem:
        st.error(plain(str(problem)), icon=":material/error:")
    else:
        st.session_state.correction_line = None
        st.toast("Taken back. What it changed comes back at the next publish.", icon=":material/undo:")
        st.rerun()


def _publishing(desk: Desk, jobs: Jobs, lines: Sequence[Correction], verdicts: Sequence[Verdict]) -> None:
    waiting = sum(verdict.state == "waiting" for verdict in verdicts) + _gone(desk, lines)
    if waiting and switches.is_on(switches.CORRECTIONS):
        at_work = bool(jobs.last and jobs.last.is_running())
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button(
                "Publish now", key="publish", type="primary", icon=":material/publish:", disabled=at_work
            ):
                _publish(jobs)
            st.caption(f"{plural(waiting, 'change')} not in effect yet")
    progress.show(jobs, "publish")


def _gone(desk: Desk, lines: Sequence[Correction]) -> int:
    """Lines that the snapshot was made with and that are not in the file any more."""
    here = {(line.key, line.action, line.value) for line in lines}
    return sum(
        (row["key"], row["action"], row["value"] or "") not in here
        for row in desk.ask("corrections").to_dicts()
    )


def _publish(jobs: Jobs) -> None:
    try:
        jobs.publish()
    except NotStarted as problem:
        st.error(plain(str(problem)), icon=":material/error:")
    else:
        st.rerun()
