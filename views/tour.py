"""A tour in five captions: each opens a page, sets it so that there is something to see, and says what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from views import book, state
from views.answers import Desk
from views.filters import Filters


@dataclass(frozen=True, slots=True)
class Step:
    """One caption: the page that it stands on, what it says, and what is set there before."""

    page: str
    title: str
    text: str
    prepare: Callable[[Desk], None]


def _everything(desk: Desk) -> None:
    del desk
    state.change(Filters())
    state.unpick()


def _strongest_pair(desk: Desk) -> None:
    _everything(desk)
    pairs = desk.ask("relationships", row_limit=1)
    for row in pairs.iter_rows(named=True):
        state.pick({"source": row["source_key"], "target": row["target_key"]})


def _newest_article(desk: Desk) -> None:
    _everything(desk)
    for row in desk.ask("evidence", row_limit=1).iter_rows(named=True):
        state.open_article(row["article_key"], row["sentence_no"])


STEPS = (
    Step(
        "Network",
        "Who deals with whom",
        "Each disc is an actor, each line what they did to each other: blue for cooperation, red for "
        "conflict. The filter at the left holds on every page, and its link can be sent to somebody.",
        _everything,
    ),
    Step(
        "Network",
        "The sentences behind a line",
        "The busiest pair is open at the right: every sentence, with who acts, what is done, to whom and "
        "when. Any click on a disc, a line or a bar leads to such sentences.",
        _strongest_pair,
    ),
    Step(
        "Timeline",
        "When, and whether it was done",
        "Filled bars and marks happened, hollow ones are planned or only possible, crosses are denied. "
        "Click a bar to look closer; Undo goes back.",
        _everything,
    ),
    Step(
        "Plans",
        "What became of it",
        "Each announcement, with what fulfilled, cancelled or denied it. A plan whose day has passed "
        "without a report is overdue.",
        _everything,
    ),
    Step(
        "Articles",
        "Back to the text",
        "The article is open at its sentence, with all its actors, acts, dates and places marked. Under "
        "Data you import articles of your own, correct what is wrong, and read how it was made.",
        _newest_article,
    ),
)


def offer(desk: Desk) -> None:
    """The button that starts the tour, unless it is on."""
    if _number() is None and st.button(
        "Take the tour", key="tour_start", type="tertiary", icon=":material/explore:"
    ):
        _go(desk, 0)


def show(desk: Desk, title: str) -> None:
    """The caption of the tour's present step, where its page is open."""
    number = _number()
    if number is None or STEPS[number].page != title:
        return
    step = STEPS[number]
    with st.container(border=True, key="tour"):
        words, buttons = st.columns([0.68, 0.32], vertical_alignment="center")
        words.markdown(f"**{step.title}** · {number + 1} of {len(STEPS)}\n\n{step.text}")
        with buttons, st.container(horizontal=True, horizontal_alignment="right"):
            _buttons(desk, number)


def _buttons(desk: Desk, number: int) -> None:
    last = number + 1 == len(STEPS)
    st.button(
        "End", key="tour_end", type="primary" if last else "tertiary", on_click=_end, help="End the tour"
    )
    if number and st.button("Back", key="tour_back"):
        _go(desk, number - 1)
    if not last and st.button("Next", key="tour_next", type="primary"):
        _go(desk, number + 1)


def _number() -> int | None:
    return st.session_state.get("tour_step")


def _go(desk: Desk, number: int) -> None:
    st.session_state.tour_step = number
    STEPS[number].prepare(desk)
    st.switch_page(book.page(STEPS[number].page))


def _end() -> None:
    st.session_state.tour_step = None
