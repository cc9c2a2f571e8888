"""Questions of a page, cached by snapshot, name and parameters."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import streamlit as st

from views.database import Reader, Snapshot, configured_path
from views.filters import Filters


@st.cache_resource(show_spinner=False)
def reader(path: str) -> Reader:
    """The process's only reader of the database at `path`."""
    return Reader(Path(path))


def configured_reader() -> Reader:
    """The reader of the database that `DRAMATIS_DB` names."""
    return reader(str(configured_path()))


@st.cache_data(show_spinner=False, max_entries=500, max_size="200MB")
def _answer(
    snapshot_name: str,  # noqa: ARG001 only here to be part of the cache's key: names with a _ are not
    name: str,
    params: dict[str, Any],
    _reader: Reader,
    _snapshot: Snapshot,
) -> pl.DataFrame:
    return _reader.ask(_snapshot, name, **params)


@dataclass(frozen=True, slots=True)
class Desk:
    """One snapshot under one filter: what a page is drawn from, so that no page mixes two of either."""

    reader: Reader
    snapshot: Snapshot
    filters: Filters

    def ask(self, name: str, **params: Any) -> pl.DataFrame:
        """A question about the whole snapshot."""
        return _answer(self.snapshot.name, name, params, self.reader, self.snapshot)

    def ask_filtered(self, name: str, **params: Any) -> pl.DataFrame:
        """A question about the events of the filter; `params` may override its parameters."""
        return self.ask(name, **{**self.filters.params(), **params})

    def names(self, keys: tuple[str, ...]) -> dict[str, str]:
        """The names of actors by key; a key that this snapshot does not know stands for itself."""
        found = self.ask("actor_names", actors=list(keys)) if keys else None
        known = dict(zip(found["actor_key"], found["actor"], strict=True)) if found is not None else {}
        return {key: known.get(key, key) for key in keys}
