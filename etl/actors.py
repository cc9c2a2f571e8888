"""Who is who: the cast of one article, and the same actor across articles."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from spacy.tokens import Doc

from etl.records import LocalActor, Mention, Role


def cast(
    mentions: Sequence[Mention], docs: Sequence[tuple[Doc, int]], article_key: str
) -> tuple[list[Mention], list[LocalActor], list[Role]]:
    """Resolve the mentions of one article to its actors.

    `docs` are the pieces of the article, each with the offset of its first character in the article text.
    Returned are the same mentions in the same order with `actor` (an ordinal of the returned actors, None
    where it stays open), `rule` and `confidence` set; the actors; and the offices that the text gives them.
    """
    raise NotImplementedError


def resolve_across(frame: pl.DataFrame) -> pl.DataFrame:
    """One key per actor of the whole corpus.

    Rows in: article_id, published (Date), ordinal, key, name, kind, country, sector, affiliation_key,
    n_mentions: one local actor each. The same rows out, in the same order, with final key, name, kind,
    country, sector, affiliation_key, and `rule`. Does not depend on the order of the rows.
    """
    raise NotImplementedError
