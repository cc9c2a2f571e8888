"""Import: articles from the browser into the database, read in the background."""

from __future__ import annotations

from datetime import date
from functools import partial

import polars as pl
import streamlit as st

from charts.text import plural
from etl.read.files import KINDS
from views import progress, switches
from views.answers import Desk
from views.jobs import Job, Jobs, NotStarted, jobs_of
from views.uploads import (
    MOST_FILE_MB,
    MOST_FILES,
    MOST_TOTAL_MB,
    TurnedAway,
    Upload,
    imports_folder,
    store,
)

NAME = pl.col("path").str.split("/").list.last()  # the folders would push everything else out of sight
FORMATS = f"""
- **`.txt`**: the file is one article. Its first line begins with `date 2023-09-13 `; where it doesn't, give
  the day under Published.
- **`.jsonl`**: each line is an article, an object with `text` and `published`; `id`, `title`, `publisher` and
  `url` are welcome.
- **`.csv`**, **`.parquet`**: each row is an article, with the same names as columns.

At most {MOST_FILES} files at once, {MOST_FILE_MB} MB each, {MOST_TOTAL_MB} MB together. For more, run
`python -m etl FOLDER` on the machine itself.
"""


def page(desk: Desk) -> None:
    """Draw the form, the run that is at work, and what came of the last one."""
    st.markdown("#### Import articles")
    if not switches.is_on(switches.IMPORT):
        st.info(switches.refusal(switches.IMPORT, "Importing from the browser"), icon=":material/lock:")
        return
    jobs = jobs_of(str(desk.reader.path))
    left, right = st.columns([0.55, 0.45], gap="large")
    with left:
        form(jobs)
        progress.show(jobs, "import")
    with right:
        st.markdown("##### What is read")
        st.markdown(FORMATS)
    if jobs.last and jobs.last.what == "import" and not jobs.last.is_running():
        _results(desk, jobs.last)


def first(jobs: Jobs) -> None:
    """Where there is no database yet: the form that makes one."""
    if switches.is_on(switches.IMPORT):
        left, right = st.columns([0.55, 0.45], gap="large")
        with left:
            form(jobs)
            progress.show(jobs, "import")
        right.markdown(FORMATS)


def form(jobs: Jobs) -> None:
    """What to give: files, and what holds for those that don't say it themselves."""
    at_work = bool(jobs.last and jobs.last.is_running())
    epoch = st.session_state.setdefault("import_epoch", 0)
    files = st.file_uploader(
        "Drop articles here",
        [kind.removeprefix(".") for kind in KINDS],
        accept_multiple_files=True,
        key=f"import_files_{epoch}",
        max_upload_size=MOST_FILE_MB,
        disabled=at_work,
    )
    one, other = st.columns(2)
    publisher = one.text_input(
        "Publisher", key="import_publisher", max_chars=120, placeholder="As the files say",
        help="Of all these articles, whatever the files say. Left empty, what a file says itself counts.",
    )  # fmt: skip
    published = other.date_input(
        "Published", None, key="import_published", format="DD/MM/YYYY", min_value=date(1800, 1, 1),
        help="The publication date of texts that carry none. “On Monday” is counted from it.",
    )  # fmt: skip
    replace = st.toggle(
        "Replace files of the same name", key="import_replace",
        help="For a newer version of a file. Otherwise both are kept; the same content is never read twice.",
    )  # fmt: skip
    if st.button(
        f"Import {plural(len(files), 'file')}" if files else "Import",
        key="import_start", type="primary", icon=":material/upload:", disabled=at_work or not files,
    ):  # fmt: skip
        _start(jobs, [Upload(f.name, f.getvalue()) for f in files], publisher.strip(), published, replace)


def _start(jobs: Jobs, uploads: list[Upload], publisher: str, published: date | None, replace: bool) -> None:
    if not switches.is_on(switches.IMPORT):
        return
    try:
        stored = store(uploads, imports_folder(jobs.database), publisher, replace)
        jobs.read(stored, publisher, published)
    except (TurnedAway, NotStarted) as problem:
        st.error(str(problem), icon=":material/error:")
    except OSError as problem:
        st.error(f"The files cannot be stored ({problem.strerror}).", icon=":material/error:")
    else:
        st.session_state.import_epoch += 1  # a fresh widget: the server forgets the uploaded bytes
        st.rerun()


def _results(desk: Desk, job: Job) -> None:
    """The files of a run that has ended, and why records were turned away."""
    files = desk.ask("files", paths=list(job.files))
    refused = desk.ask("rejects", paths=list(job.files))
    if files.is_empty():
        return
    _files(files)
    rejects(refused, "import_rejects")


def _files(files: pl.DataFrame) -> None:
    st.markdown("##### Files of this import")
    number = partial(st.column_config.NumberColumn, width=62)
    st.dataframe(
        files.drop("n_reports").with_columns(NAME),
        hide_index=True,
        placeholder="–",
        key="imported",
        column_config={
            "path": st.column_config.TextColumn("File"),
            "n_articles": number("Articles"),
            "n_copies": number("Copies", help="Near copies of what is known."),
            "n_events": number("Events", help="Events that these articles tell of."),
            "n_rejected": number("Rejected"),
        },
    )


def rejects(rows: pl.DataFrame, key: str) -> None:
    """Records that were turned away, each with its reason; nothing where there are none."""
    if rows.is_empty():
        return
    st.markdown("##### Turned away, and why")
    st.dataframe(
        rows.select(NAME, "line", "detail"),
        hide_index=True,
        placeholder="–",
        key=key,
        column_config={
            "path": st.column_config.TextColumn("File", width=180),
            "line": st.column_config.NumberColumn("Record", width=54),
            "detail": st.column_config.TextColumn("Reason", width=640),
        },
    )
