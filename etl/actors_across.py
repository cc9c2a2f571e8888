"""The same actor across articles: one key for the whole corpus."""

from __future__ import annotations

import polars as pl


def resolve_across(frame: pl.DataFrame) -> pl.DataFrame:
    """One key per actor of the whole corpus.

    Rows in: article_id, published (Date), ordinal, key, name, kind, country, sector, affiliation_key,
    n_mentions: one local actor each. The same rows out, in the same order, with final key, name, kind,
    country, sector, affiliation_key, and `rule`. Does not depend on the order of the rows.
    """
    raise NotImplementedError
