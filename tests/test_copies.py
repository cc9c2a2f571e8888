"""Near copies: an agency text under other headlines, shortened, edited; and look-alikes that are none."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from etl.copies import copies

AGENCY = (
    "The foreign ministers of Norland and Suderia met in Valmont on Tuesday to discuss the reopening of "
    "their shared border, which has been closed since a shooting in April. Officials on both sides "
    "described the talks as frank. No date was set for the next round, but the two ministers agreed to "
    "keep a telephone line open. Norland's minister, Ada Kerrin, said that her country would not accept "
    "patrols by third parties."
)
WORDS = AGENCY.split()


def frame(*rows: tuple[str, date, str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["key", "published", "text"], orient="row")


@pytest.mark.parametrize(
    "edited",
    [
        pytest.param(AGENCY, id="word for word"),
        pytest.param("  " + AGENCY.replace(" ", "\n").upper(), id="other case and spaces"),
        pytest.param("Border talks in Valmont end without a date\n\n" + AGENCY, id="other headline"),
        pytest.param(" ".join(WORDS[: 2 * len(WORDS) // 3]), id="last third cut"),
        pytest.param(" ".join(WORDS[len(WORDS) // 3 :]), id="first third cut"),
        pytest.param(AGENCY.replace("Kerrin", "Kerryn").replace("Suderia", "Souderia"), id="names respelled"),
        pytest.param(
            AGENCY + " Rain is expected. The border town of Lissk has waited long.", id="sentences added"
        ),
        pytest.param("date 2023-09-06 " + AGENCY, id="with a header"),
    ],
)
def test_copies(edited: str) -> None:
    found = copies(frame(("late", date(2023, 9, 6), edited), ("early", date(2023, 9, 5), AGENCY)))
    assert found.rows() == [("late", "early")]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(
            "Norland and Suderia reopened their border on Thursday, months after a shooting had closed it.",
            id="the same story in other words",
        ),
        pytest.param(
            "Rain is expected in the north. The border stays closed for another week or so.", id="another"
        ),
        pytest.param("", id="nothing"),
    ],
)
def test_no_copies(other: str) -> None:
    assert copies(frame(("a", date(2023, 9, 5), AGENCY), ("b", date(2023, 9, 6), other))).is_empty()


def test_a_form_filled_in_anew_is_no_copy() -> None:
    form = (
        "{} recalls its ambassador from Suderia in protest at the shooting at the border crossing in April."
    )
    rows = [
        (name, date(2023, 5, day), form.format(name)) for day, name in enumerate(("Ostmark", "Wessex"), 1)
    ]
    assert copies(frame(*rows)).is_empty()


def test_the_same_words_after_two_months_are_a_new_item() -> None:
    longer = AGENCY + " It was the second meeting this year."
    assert copies(frame(("a", date(2023, 7, 1), AGENCY), ("b", date(2023, 9, 5), longer))).is_empty()


def test_a_copy_of_a_copy_names_the_earliest() -> None:
    rows = [(f"k{n}", date(2023, 9, n), f"Headline number {n}\n\n{AGENCY}") for n in (3, 1, 2)]
    assert sorted(copies(frame(*rows)).rows()) == [("k2", "k1"), ("k3", "k1")]
