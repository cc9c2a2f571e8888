"""What can be said of an actor, event or mention that is wrong, and the line that says it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from etl.corrections.lines import KINDS
from etl.plover import EVENT_TYPES
from etl.publish.corrections import Correction
from views.answers import Desk
from views.choose_actor import choose_actor
from views.correct import Subject
from views.words import plain

MOST_ALIASES = 100
# Subject -> what is wrong, by action; `report` is an ignored report of an event.
SAY = {
    "actor": {
        "merge": "This is the same as …",
        "split": "These are two …",
        "rename": "It is called …",
        "retype": "It is another kind",
        "ignore": "Not an actor",
    },
    "event": {"retype": "Another type", "ignore": "Not an event", "report": "Only one sentence is wrong"},
    "mention": {"ignore": "These words stand for nobody here"},
}


def proposal(desk: Desk, chosen: Subject) -> Correction | None:
    """The widgets for one correction; the line that they make, None while it is not complete."""
    actions = SAY[chosen.what]
    action = st.pills(
        "What about it?",
        list(actions),
        key=f"correct_action_{chosen.what}",
        format_func=actions.get,  # type: ignore[arg-type]
        default="ignore" if chosen.what == "mention" else None,
        wrap=True,
    )
    if action is None:
        st.caption("Choose what is wrong; nothing is saved before you have seen what it changes.")
        return None
    key, value = FIELDS[action](desk, chosen)
    if key is None or value is None:
        return None
    return Correction(key, "ignore" if action == "report" else action, value, None, None)


# The key and value of a line; None where something is still missing.
Field = tuple[str | None, str | None]


def _merge(desk: Desk, chosen: Subject) -> Field:
    return chosen.key, choose_actor(desk, "The same as which actor?", "correct_into", but=chosen.key)


def _split(desk: Desk, chosen: Subject) -> Field:
    aliases = desk.ask("aliases", actor=chosen.key, row_limit=MOST_ALIASES)
    if len(aliases) < 2:
        st.info("The articles use only one name for this actor: there is nothing to split off by name.")
        return chosen.key, None
    counts = dict(zip(aliases["alias"], aliases["n_mentions"], strict=True))
    alias = st.selectbox(
        "Which name is somebody else?",
        list(counts),
        index=None,
        key="correct_alias",
        format_func=lambda name: f"{name} · {counts[name]:,}",
        placeholder="A name as it stands in the articles",
    )
    return chosen.key, alias


def _rename(desk: Desk, chosen: Subject) -> Field:
    del desk
    name = st.text_input("Its name", key="correct_name", max_chars=120, placeholder="As it should be shown")
    return chosen.key, " ".join(name.split()) or None


def _retype(desk: Desk, chosen: Subject) -> Field:
    del desk
    options = KINDS if chosen.what == "actor" else tuple(EVENT_TYPES)
    kind = st.selectbox(
        "It is",
        options,
        index=None,
        key=f"correct_type_{chosen.what}",
        format_func=str.capitalize,
        placeholder="Choose",
    )
    return chosen.key, kind


def _ignore(desk: Desk, chosen: Subject) -> Field:
    del desk
    return chosen.key, ""


def _report(desk: Desk, chosen: Subject) -> Field:
    rows = desk.ask("report_keys", event=chosen.key, row_limit=MOST_ALIASES)
    sentences = dict(zip(rows["report_key"], rows["sentence"], strict=True))
    key = st.radio(
        "Which sentence does not tell of it?",
        list(sentences),
        index=None,
        key="correct_report",
        format_func=lambda one: plain(sentences[one]),
    )
    return key, ""


FIELDS: dict[str, Callable[[Desk, Subject], Field]] = {
    "merge": _merge,
    "split": _split,
    "rename": _rename,
    "retype": _retype,
    "ignore": _ignore,
    "report": _report,
}
