"""The day of an occasion told elsewhere: "... will meet at the forum. The forum runs Sept. 10-13." """

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from etl.dates.tree import governor, plain
from etl.records import TimeExpression

NAMED = re.compile(
    r"^(?:forum|summit|conference|congress|assembly|ceremony|parade|expo|festival|games|games|session|talks)$"
)
SUBJECTS = ("nsubj", "nsubjpass")


def occasion_of(trigger: Token) -> Token | None:
    """The noun of the occasion in the trigger's clause ("will meet at the forum"); none without a parse."""
    if not trigger.doc.has_annotation("DEP"):
        return None
    return next((t for t in trigger.subtree if t.i > trigger.i and NAMED.match(t.lower_)), None)


def time_of_occasion(occasion: Token, placed: list[tuple[TimeExpression, Span]]) -> TimeExpression | None:
    """The time that the text gives the occasion elsewhere, where it gives exactly one."""
    times = [time for time, span in placed if _told_of(span, occasion)]
    return times[0] if len(times) == 1 else None


def _told_of(span: Span, occasion: Token) -> bool:
    """Whether the time hangs on the same occasion, or on the verb that it is the subject of."""
    holder = governor(span)
    if holder is None or holder.sent == occasion.sent:
        return False
    if holder.lower_ == occasion.lower_:
        return True
    while plain(holder) == "xcomp":
        holder = holder.head
    return any(plain(c) in SUBJECTS and c.lower_ == occasion.lower_ for c in holder.children)
