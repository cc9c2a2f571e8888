"""Which reports tell of one act: own cases, each a pair of reports that must or must not meet."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from etl.merge import merge

LISTS = {"sources", "targets", "source_roots", "target_roots", "around"}


def report(**facts: Any) -> dict[str, Any]:
    row = {
        "event_type": "CONSULT",
        "status": "happened",
        "mode": None,
        "trigger": "met",
        "reciprocal": False,
        "date_start": date(2023, 9, 13),
        "date_end": date(2023, 9, 13),
        "date_basis": "explicit",
        "published": date(2023, 9, 14),
        "place_key": None,
        "sources": ["person:kim-jong-un"],
        "targets": ["person:vladimir-putin"],
        "source_roots": ["country:PRK"],
        "target_roots": ["country:RUS"],
        "around": [],
        "sentence": "",
        "trigger_at": 0,
        "article_key": "a1",
        "sentence_no": 0,
        "start_char": 10,
    }
    article = facts.get("article_key", "a1")
    return {"text_key": article, "publisher": f"paper of {article}"} | row | facts


def frame(*reports: dict[str, Any]) -> pl.DataFrame:
    lists = {name: pl.List(pl.String) for name in LISTS}
    return pl.DataFrame(
        reports,
        schema_overrides=lists
        | {"mode": pl.String, "place_key": pl.String, "date_start": pl.Date, "date_end": pl.Date},
        infer_schema_length=None,
    )


IN_WORDS = {"sentence": "Kim Jong Un met Vladimir Putin at the Vostochny cosmodrome.", "trigger_at": 12}
STATES = {"sources": ["country:PRK"], "targets": ["country:RUS"]}
UNDATED = {"date_start": None, "date_end": None, "date_basis": "none"}


def published(day: date) -> dict[str, Any]:
    return {"date_start": day, "date_end": day, "date_basis": "publication", "published": day}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({}, id="told twice"),
        pytest.param(
            STATES | {"sentence": "The leaders of North Korea and Russia met at the Vostochny cosmodrome."},
            id="the states for their leaders",
        ),
        pytest.param(published(date(2023, 9, 14)), id="no date of its own, next day's paper"),
        pytest.param(
            {
                "reciprocal": True,
                "sources": ["person:kim-jong-un", "person:vladimir-putin"],
                "targets": [],
                "source_roots": ["country:PRK", "country:RUS"],
                "target_roots": [],
            },
            id="met each other",
        ),
        pytest.param({"status": "ongoing"}, id="still going on in one report"),
        pytest.param({"targets": [], "target_roots": []}, id="one report leaves the target out"),
        pytest.param(
            {"sources": ["group:envoys@a2"], "source_roots": ["group:envoys@a2"]}, id="unnamed in one report"
        ),
        pytest.param({"event_type": "COOPERATE", **IN_WORDS}, id="a kindred type"),
        pytest.param(
            {"sources": [], "source_roots": [], **published(date(2023, 9, 14)), **IN_WORDS},
            id="no source and no day, but the same words",
        ),
    ],
)
def test_one_event(other: dict[str, Any]) -> None:
    assert merge(frame(report(**IN_WORDS), report(article_key="a2", **other)))["event"].n_unique() == 1


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"date_start": date(2023, 9, 16), "date_end": date(2023, 9, 16)}, id="another day"),
        pytest.param({"status": "planned"}, id="planned is not done"),
        pytest.param({"status": "negated"}, id="denied is not done"),
        pytest.param({"event_type": "ASSAULT"}, id="another act"),
        pytest.param(
            {"event_type": "COOPERATE", "trigger": "drilled", **STATES},
            id="a kindred type by others of the states",
        ),
        pytest.param(
            {"targets": [], "target_roots": [], "trigger": "flew", **published(date(2023, 9, 14))},
            id="no target and no day",
        ),
        pytest.param(
            {"targets": ["person:xi-jinping"], "target_roots": ["country:CHN"]}, id="another partner"
        ),
        pytest.param(
            {
                "sources": ["person:choe-son-hui"],
                "targets": ["person:sergei-lavrov"],
            },
            id="others of the same states",
        ),
        pytest.param(
            {
                "reciprocal": True,
                "sources": ["person:kim-jong-un", "person:sergei-shoigu"],
                "targets": [],
                "source_roots": ["country:PRK", "country:RUS"],
                "target_roots": [],
            },
            id="one of them with somebody else",
        ),
        pytest.param(published(date(2023, 9, 20)), id="a week later"),
    ],
)
def test_two_events(other: dict[str, Any]) -> None:
    assert merge(frame(report(), report(article_key="a2", **other)))["event"].n_unique() == 2


def blast(sentence: str, trigger: str, sentence_no: int, **facts: Any) -> dict[str, Any]:
    """A report of an attack by nobody named; the trigger is where the sentence has it."""
    return report(
        event_type="ASSAULT",
        trigger=trigger,
        sentence=sentence,
        trigger_at=sentence.index(trigger),
        sentence_no=sentence_no,
        start_char=100 * sentence_no + sentence.index(trigger),
        sources=[],
        source_roots=[],
        **{"targets": [], "target_roots": []} | published(date(2023, 9, 14)) | facts,
    )


LEAD = blast("A bomb exploded in Lissk on Thursday.", "exploded", 0, place_key="place:1")


@pytest.mark.parametrize(
    ("follow_up", "events"),
    [
        pytest.param(blast("The blast shattered windows.", "blast", 1), 1, id="the blast"),
        pytest.param(blast("Another bombing was reported in Valmont.", "bombing", 1), 2, id="another"),
        pytest.param(
            blast("The raid on Valmont came later.", "raid", 5, place_key="place:2"),
            2,
            id="elsewhere, far off",
        ),
    ],
)
def test_a_text_comes_back_to_what_it_told(follow_up: dict[str, Any], events: int) -> None:
    assert merge(frame(LEAD, follow_up))["event"].n_unique() == events


def test_one_sentence_tells_of_two_acts() -> None:
    sentence = "Norland shelled Lissk and shelled Valmont."
    acts = [report(sentence=sentence, trigger_at=at, start_char=at) for at in (8, 26)]
    assert merge(frame(*acts))["event"].to_list() == [0, 1]


def test_copied_words_tell_of_one_act_whoever_it_was() -> None:
    sentence = "Police detained fourteen people who had tried to enter the consulate."
    copied = [
        blast(sentence, "detained", 3, article_key=key, text_key="a", targets=[f"group:people@{key}"])
        for key in ("a", "b")
    ]
    assert merge(frame(*copied))["event"].n_unique() == 1


@pytest.mark.parametrize(
    ("publisher", "events"),
    [
        pytest.param("The Valmont Post", 1, id="another paper"),
        pytest.param("The Lissk Courier", 2, id="same"),
    ],
)
def test_another_paper_sooner_tells_the_same(publisher: str, events: int) -> None:
    first = report(event_type="ACCUSE", trigger="criticised", publisher="The Lissk Courier")
    again = first | {"article_key": "b", "text_key": "b", "publisher": publisher, "trigger": "condemned"}
    assert merge(frame(first, again))["event"].n_unique() == events


def test_rare_words_tell_more_than_those_of_a_war() -> None:
    facts = {"publisher": "The Lissk Courier", "targets": ["country:NOR"], "target_roots": ["country:NOR"]}
    of_a_war = ("Rebels attack a convoy near the border.", "A convoy of rebels at the border is hit.")
    of_one_raid = (
        "Rebels torch the Korsavik sawmill on the Ilvane.",
        "On the Ilvane the Korsavik sawmill is torched.",
    )
    counted = [
        merge(
            frame(
                blast(first, first.split()[1], 0, **facts),
                blast(second, second.split()[-1].rstrip("."), 0, article_key="b", **facts),
            )
        )["event"].n_unique()
        for first, second in (of_a_war, of_one_raid)
    ]
    assert counted == [2, 1]


def test_victims_of_a_number_are_not_the_same_for_it() -> None:
    avalanche = blast("Six people are killed by an avalanche in the Alps.", "killed", 0)
    explosion = blast("Six people are killed by a gas explosion in Valmont.", "killed", 0, article_key="b")
    assert merge(frame(avalanche, explosion))["event"].n_unique() == 2


def test_what_happened_some_day_of_a_year_is_not_what_happened_on_one() -> None:
    year = {"date_start": date(2023, 1, 1), "date_end": date(2023, 12, 31), "published": date(2024, 2, 1)}
    one, other = report(), report(article_key="b", publisher="paper of a1", **year)
    assert merge(frame(one, other))["event"].n_unique() == 2


def test_reasons_name_what_agrees() -> None:
    rules = merge(frame(report(**IN_WORDS), report(article_key="a2", **IN_WORDS)))["merge_rule"]
    assert rules.to_list() == [
        "first report",
        "word+same sources+same targets+day+words+rare words+covered+other publisher",
    ]


def test_daily_attacks_do_not_chain() -> None:
    days = [
        report(event_type="ASSAULT", article_key=f"a{d}", **published(date(2023, 10, d)))
        for d in range(1, 29)
    ]
    assert merge(frame(*days))["event"].n_unique() >= 9


def test_undated_plans_meet_within_a_week() -> None:
    plans = [
        report(status="planned", article_key=f"a{d}", **UNDATED, **IN_WORDS, published=date(2023, 9, d))
        for d in (1, 6, 25)
    ]
    assert merge(frame(*plans))["event"].to_list() == [0, 0, 1]


def test_order_of_input_and_strangers_change_no_key() -> None:
    known = [report(article_key=f"a{n}", sentence_no=n) for n in range(3)]
    known += [report(article_key="b", event_type="ACCUSE", **STATES)]
    strangers = [
        report(
            article_key=f"z{n}",
            sources=[f"person:p{n}"],
            source_roots=[f"country:{n:03}"],
            published=date(2023, 1, 1 + n % 28),
        )
        for n in range(50)
    ]
    alone = merge(frame(*known))["event_key"].to_list()
    mixed = merge(frame(*strangers[:25], *reversed(known), *strangers[25:]))["event_key"].to_list()
    assert mixed[25:29][::-1] == alone
    assert alone[0] == alone[1] == alone[2] != alone[3]


def test_no_mentions_no_events() -> None:
    assert merge(frame(report()).clear()).height == 0


def test_a_long_text_comes_back_to_an_act_of_its_own_passage() -> None:
    told = [report(sentence_no=number, start_char=100 * number, **IN_WORDS) for number in (0, 150, 300, 900)]
    assert merge(frame(*told))["event"].to_list() == [0, 0, 0, 1]


@pytest.mark.parametrize(
    ("told", "events"),
    [
        pytest.param("Gunmen attack a checkpoint of Norland in the hills at dawn.", 2, id="news"),
        pytest.param(
            "Norland names the two killed in the attack by separatists on Lissk harbour.", 1, id="back"
        ),
    ],
)
def test_attacks_of_different_days_are_two_unless_the_later_report_looks_back(told: str, events: int) -> None:
    lead = "Two soldiers of Norland are killed in an attack by separatists on the harbour of Lissk."
    facts = {"targets": ["country:NOR"], "target_roots": ["country:NOR"], "publisher": "The Lissk Courier"}
    first = blast(lead, "attack", 0, **facts | published(date(2023, 10, 3)))
    later = blast(told, "attack", 0, article_key="b", **facts | published(date(2023, 10, 4)))
    assert merge(frame(first, later))["event"].n_unique() == events
