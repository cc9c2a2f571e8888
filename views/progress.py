"""What a run of the ETL is doing, and what came of it, as a page shows it."""

from __future__ import annotations

import time

import streamlit as st

from views.jobs import Job, Jobs, progress, told

POLL_SECONDS = 1.0
LINES_SHOWN = 8


def show(jobs: Jobs, what: str) -> None:
    """Draw the last run of this server: its progress while it runs, then, if it was of this kind, its end."""
    if jobs.last is None:
        return
    if jobs.last.is_running():
        _running(jobs)
    elif jobs.last.what == what:
        _ended(jobs, jobs.last)


@st.fragment(run_every=POLL_SECONDS)
def _running(jobs: Jobs) -> None:
    job = jobs.last
    if job is None or not job.is_running():
        st.rerun()
        return
    now = progress(job.what, job.text())
    seconds = round(time.monotonic() - job.started)
    amount = f" {now.done:,} of {now.total:,} articles" if now.total and now.done < now.total else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(now.done / now.total if now.total else 0.0, f"{now.stage}{amount} · {seconds} s")
        st.button(
            "Stop", key="stop_run", on_click=job.stop, help="What was extracted is kept.", width="content"
        )


def _ended(jobs: Jobs, job: Job) -> None:
    lines, failed = told(job.text()), job.process.returncode
    with st.container(horizontal=True, vertical_alignment="top"):
        with st.container(width="stretch"):
            if not failed:
                st.success(_success(job), icon=":material/check_circle:")
            elif failed in (130, -2):
                st.warning("Stopped. Start it again to go on from there.", icon=":material/stop_circle:")
            else:
                st.error("The run ended without a new snapshot, or read nothing.", icon=":material/error:")
        st.button(
            "Close", key="close_run", type="tertiary", icon=":material/close:", on_click=_forget, args=(jobs,)
        )
    with st.expander("What the run said", expanded=bool(failed)):
        st.code("\n".join(lines[-LINES_SHOWN:]) or "Nothing.", language=None, wrap_lines=True)


def _success(job: Job) -> str:
    if job.what == "publish":
        return "Published: the corrections are in effect, and every page shows the new snapshot."
    return "Read and published: every page shows the new snapshot."


def _forget(jobs: Jobs) -> None:
    jobs.last = None
