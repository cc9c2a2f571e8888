"""Glossary: what types, statuses and other words mean, with examples and with sentences of this database."""

from __future__ import annotations

import streamlit as st

from charts.palette import QUAD_COLOURS
from charts.text import signed
from etl.plover import EVENT_TYPES
from views import book, legend
from views.answers import Desk
from views.evidence import follow
from views.filters import Filters
from views.sentences import evidence_list
from views.words import STATUS_WORDS

# Type -> what it is, and a sentence of our own.
TYPES = {
    "AGREE": ("Agrees or promises to do something", "Arland and Borduria agreed to reopen the border."),
    "CONSULT": ("Meets, talks, visits, phones", "The two presidents met in Sylda on Friday."),
    "SUPPORT": ("Backs, praises, recognises, votes for", "Borduria welcomed Arland's proposal."),
    "CONCEDE": ("Gives in, apologises, lets something go", "Arland admitted the mistake and apologised."),
    "COOPERATE": (
        "Works together in deeds: trade, troops, police",
        "Arland and Borduria held a joint exercise.",
    ),
    "AID": ("Gives money, goods, weapons, shelter", "Arland sent 200 tents to Borduria."),
    "RETREAT": ("Withdraws, releases, disarms, lays down arms or office", "Borduria freed four prisoners."),
    "REQUEST": ("Asks, appeals, demands in words", "Arland called on Borduria to withdraw."),
    "ACCUSE": ("Blames, criticises, alleges, investigates", "Arland accused Borduria of spying."),
    "REJECT": ("Refuses, denies a wish, says no", "Borduria rejected the demand."),
    "THREATEN": ("Says that it will do harm if …", "Borduria warned that it would close the strait."),
    "PROTEST": ("Demonstrates, strikes, boycotts, blocks", "Thousands marched against the government."),
    "SANCTION": ("Punishes without violence: embargo, expulsion, verdict", "Arland expelled two diplomats."),
    "MOBILIZE": ("Moves or readies troops, police, weapons", "Borduria moved tanks to the border."),
    "COERCE": ("Forces: arrests, seizes, censors, besieges, hacks", "Police arrested the party's leader."),
    "ASSAULT": ("Attacks: kills, bombs, beats, kidnaps", "Bordurian drones struck the harbour."),
}
STATUSES = {
    "happened": ("It took place.", "Arland expelled two diplomats."),
    "ongoing": ("It is going on.", "Arland is shelling the harbour."),
    "planned": ("It is announced or arranged.", "The presidents will meet on 3 May."),
    "hypothetical": ("It is only possible, wanted or feared.", "Borduria could close the strait."),
    "negated": ("It did not happen, or is denied.", "Borduria denied that it had shelled the harbour."),
}
WORDS = {
    "Actor": "A person, state, organisation, group or office, as fine as the text: “Russian officials” is "
    "one of its own, affiliated with Russia.",
    "Source, target": "Who acts, and on whom. Those who act together, as in talks, are all sources.",
    "Claimant": "Who says so, where the article reports somebody's word: “…, Kyiv said.”",
    "Report": "One sentence that tells of an act.",
    "Event": "What several reports tell of together: same kind of act, same actors, days that fit. Counted "
    "once.",
    "Publishers": "Independent tellers of an event. Copies of one agency text count once, whoever prints "
    "them.",
    "Near copy": "An article that shares most of its text with an earlier one. Its sentences are not "
    "counted.",
    "Score": "From −10 (conflict) to +10 (cooperation), by type and mode. Means count only what happened "
    "or goes on.",
    "Verbal, material": "Said or agreed; done.",
    "Event date": "When it took place, as precisely as the text says: a day, a week, a month. “On Monday” "
    "is counted from the day of publication. An act that happened, without a date in the text, gets the "
    "day of publication.",
    "Undated": "Plans and possibilities without a date. Charts place them by their first report and say so.",
    "By affiliation, by country": "Actors counted with what they belong to: officials with their state.",
}
MOST_EXAMPLES = 5


def page(desk: Desk) -> None:
    """Draw the words at the left and, for a type or status, sentences of this database at the right."""
    left, right = st.columns([0.56, 0.44], gap="large")
    with left:
        kind = st.segmented_control(
            "Explain", ["Types", "Statuses", "Other words"], default="Types", key="glossary_kind",
            required=True, label_visibility="collapsed",
        )  # fmt: skip
        {"Types": _types, "Statuses": _statuses, "Other words": _words}[kind or "Types"]()
    with right:
        if kind == "Types":
            _examples(
                desk, "Sentences of which type?", {name: name.capitalize() for name in EVENT_TYPES}, "types"
            )
        elif kind == "Statuses":
            _examples(desk, "Sentences of which status?", STATUS_WORDS, "statuses")


def _types() -> None:
    st.markdown("#### Types of event")
    st.caption(
        "The sixteen types of the PLOVER ontology, from cooperation to conflict. The number is the score "
        "of the type; modes such as “visit” or “drone” may have one of their own."
    )
    rows: list[tuple[str, str, str]] = []
    for quad in QUAD_COLOURS:
        rows.append((f"**{quad.capitalize()}**", "", ""))
        rows += [_type(name) for name in EVENT_TYPES if EVENT_TYPES[name].quad_class == quad]
    _table("Type", rows)


def _type(name: str) -> tuple[str, str, str]:
    meaning, example = TYPES[name]
    return f"{name.capitalize()} ({signed(EVENT_TYPES[name].score)})", meaning, f"*{example}*"


def _statuses() -> None:
    st.markdown("#### Statuses")
    st.caption(
        "What a sentence says of an act. A speech act (a demand, a threat) happened when it was uttered."
    )
    rows = [
        (STATUS_WORDS[status], meaning, f"*{example}*") for status, (meaning, example) in STATUSES.items()
    ]
    _table("Status", rows)


def _table(first: str, rows: list[tuple[str, str, str]]) -> None:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    st.markdown("\n".join([f"| {first} | Meaning | For example |", "| --- | --- | --- |", *lines]))


def _words() -> None:
    st.markdown("#### Other words")
    for word, meaning in WORDS.items():
        st.markdown(f"**{word}**: {meaning}")


def _examples(desk: Desk, label: str, options: dict[str, str], field: str) -> None:
    st.markdown("#### In this database")
    chosen = st.selectbox(label, list(options), key=f"glossary_{field}", format_func=lambda one: options[one])
    rows = desk.ask("evidence", **{**Filters().params(), field: [chosen]}, row_limit=MOST_EXAMPLES)
    if rows.is_empty():
        st.info("No sentence here tells of one; that is no fault. Choose another.")
        return
    legend.spans()
    follow(evidence_list(rows.to_dicts(), key=f"glossary_rows_{field}"), book.page("Articles"))
