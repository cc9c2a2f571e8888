"""Where an act takes place: a locative phrase of its own clause, resolved offline."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from etl.records import EventPlace, Mention


def find_place(
    doc: Doc, offset: int, trigger: Token, mentions: Sequence[Mention], proposed: tuple[int, int] | None = None
) -> EventPlace | None:
    """The place that the text gives for the act of `trigger`, None where it gives none.

    `proposed` is a span of character offsets into the article text that something else (a learned labeller)
    takes for the place; without it the locative phrases of the trigger's clause are read. `mentions` are
    those of the article: the countries among them decide between places of one name. The span is kept with
    `place` None where the name is unknown or stays ambiguous.
    """
    raise NotImplementedError
