"""Above every page: what the filter holds, as chips that can be removed, and its totals."""

from __future__ import annotations

import streamlit as st

from charts.text import day, plural, signed
from views import state
from views.answers import Desk
from views.filters import parts
from views.words import condition, plain

MOST_CHIPS = 30


def show(desk: Desk) -> int:
    """Draw chips and totals; returns the number of events in the filter."""
    _chips(desk)
    totals = desk.ask_filtered("totals").row(0, named=True)
    _totals(totals)
    return int(totals["n_events"])


def _chips(desk: Desk) -> None:
    filters = desk.filters
    conditions = list(parts(filters))
    names = desk.names(filters.actors + filters.partners + filters.claimants) | _place_names(desk)
    # Always there, if empty: what stands below would be mounted anew if it came and went.
    with st.container(horizontal=True, gap="small", key="chips"):
        for i, (name, value, without) in enumerate(conditions[:MOST_CHIPS]):
            words = plain(condition(name, value, names))
            st.button(
                f"{words} ✕", key=f"chip_{i}_{name}", on_click=state.change, args=(without,), help="Remove"
            )
        if conditions:
            st.button(
                "Clear all", key="clear", type="tertiary", on_click=state.change, args=(filters.cleared(),)
            )
        if state.can_undo():
            st.button(
                "Undo",
                key="undo_button",
                type="tertiary",
                on_click=state.undo,
                help="Back to the filter before",
            )


def _place_names(desk: Desk) -> dict[str, str]:
    if not desk.filters.places:
        return {}
    places = desk.ask("places")
    return dict(zip(places["place_key"], places["place"], strict=True))


def _totals(totals: dict[str, object]) -> None:
    n = {name: int(str(value)) for name, value in totals.items() if name.startswith("n_")}
    score = totals["mean_score"]
    facts = [
        (
            f"{n['n_events']:,}",
            "event" if n["n_events"] == 1 else "events",
            "What several reports tell together counts once.",
        ),
        (f"{n['n_mentions']:,}", "reports", "Sentences that tell of these events."),
        (
            f"{n['n_cooperation']:,} : {n['n_conflict']:,}",
            "cooperation : conflict",
            "Happened and ongoing events only.",
        ),
        (
            signed(score if isinstance(score, float) else None),
            "mean score",
            "From −10 (conflict) to +10 (cooperation), over happened and ongoing events.",
        ),
        (
            f"{n['n_planned'] + n['n_hypothetical']:,}",
            "planned or possible",
            "Announced or only possible; not in the score.",
        ),
    ]
    if n["n_negated"]:
        facts.append((f"{n['n_negated']:,}", "denied", "Denied, or did not happen; not in the score."))
    if n["n_undated"]:
        facts.append((f"{n['n_undated']:,}", "undated", "Placed by their first report."))
    # Only our own numbers and words: nothing of an article is in this HTML.
    cells = "".join(f'<span title="{hint}"><b>{number}</b> {label}</span>' for number, label, hint in facts)
    if totals["first_date"]:
        cells += f"<span>{day(totals['first_date'])} – {day(totals['last_date'])}</span>"  # type: ignore[arg-type]
    st.html(f'<div class="totals">{cells}</div>')


def nothing(desk: Desk, n_events: int) -> bool:
    """Whether the page has nothing to show; if so, say what to do."""
    if n_events:
        return False
    if desk.filters.is_empty():
        st.info(
            "This database holds no events yet. Import articles under Data, or run: python -m etl FOLDER",
            icon=":material/inbox:",
        )
        return True
    st.info(
        f"No event passes these {plural(len(list(parts(desk.filters))), 'condition')}. "
        "Remove a condition above, or start over.",
        icon=":material/filter_alt_off:",
    )
    st.button(
        "Clear all conditions", key="clear_empty", on_click=state.change, args=(desk.filters.cleared(),)
    )
    return True
