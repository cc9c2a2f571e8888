"""Time expressions and event dates, on sentences of our own.

A row is (text, publication date, expected): the expected string lists the expressions in text order as
"text = start/end precision basis", ".." for an open or unknown end, one day written once; "" for none.
Publication is Thursday 7 September 2023 where nothing else is said.
"""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from etl.dates import event_date, find_times
from etl.dates.find import lower
from etl.dates.intervals import easter
from etl.records import EventDate, Status, TimeExpression

THURSDAY = date(2023, 9, 7)

WEEKDAYS = [
    ("The envoy will fly to Minsk on Saturday.", "Saturday = 2023-09-09 day relative"),
    ("The envoy flew to Minsk on Saturday.", "Saturday = 2023-09-02 day relative"),
    ("The visit was announced on Thursday.", "Thursday = 2023-09-07 day relative"),
    ("The cabinet will vote on Thursday.", "Thursday = 2023-09-07 day relative"),
    ("Ministers met Monday in Oslo.", "Monday = 2023-09-04 day relative"),
    ("The ministry said the ship would sail on Friday.", "Friday = 2023-09-08 day relative"),
    ("Parliament is expected to approve the treaty on Tuesday.", "Tuesday = 2023-09-12 day relative"),
    ("Police condemned Wednesday's attack.", "Wednesday = 2023-09-06 day relative"),
    ("Delegates arrived ahead of Sunday's vote.", "Sunday = 2023-09-10 day relative"),
    ("Rebels shelled the port early Tuesday.", "early Tuesday = 2023-09-05 day relative"),
    ("He was shot dead on Friday night.", "Friday night = 2023-09-01 day relative"),
    ("She met the king last Friday.", "last Friday = 2023-09-01 day relative"),
    ("They will reconvene next Tuesday.", "next Tuesday = 2023-09-12 day relative"),
    ("Workers will walk out this Friday.", "this Friday = 2023-09-08 day relative"),
    ("The court freed him this past Monday.", "this past Monday = 2023-09-04 day relative"),
    ("The summit will run from Monday to Wednesday.",
        "from Monday to Wednesday = 2023-09-11/2023-09-13 day relative"),
    ("Clashes raged on Monday and Tuesday.", "Monday and Tuesday = 2023-09-04/2023-09-05 day relative"),
    ("The talks will be held on Wednesday of next week.", "Wednesday of next week = 2023-09-13 day relative"),
    ("The blockade has held since Monday.", "since Monday = 2023-09-04/.. day relative"),
    ("Truckers have until Friday to leave.", "until Friday = ../2023-09-08 day relative"),
    ("The army must withdraw by Monday.", "by Monday = ../2023-09-11 day relative"),
    ("The vote was moved from May 2024 to June 2024.",
     "May 2024 = 2024-05-01/2024-05-31 month explicit; June 2024 = 2024-06-01/2024-06-30 month explicit"),
]  # fmt: skip

DAYS = [
    ("He resigned yesterday.", "yesterday = 2023-09-06 day relative"),
    ("He will resign tomorrow.", "tomorrow = 2023-09-08 day relative"),
    ("The two met today.", "today = 2023-09-07 day relative"),
    ("A drone hit the depot yesterday evening.", "yesterday evening = 2023-09-06 day relative"),
    ("She will address the nation tonight.", "tonight = 2023-09-07 day relative"),
    ("Troops entered the town this morning.", "this morning = 2023-09-07 day relative"),
    ("Missiles struck Odesa last night.", "last night = 2023-09-06 day relative"),
    ("Talks will resume the day after tomorrow.", "day after tomorrow = 2023-09-09 day relative"),
    ("The ship left the day before yesterday.", "day before yesterday = 2023-09-05 day relative"),
    ("The quake struck at 03:15 UTC on Tuesday.", "03:15 UTC on Tuesday = 2023-09-05 day relative"),
    ("They met in Rome on 3 September. Two days later they signed.",
     "3 September = 2023-09-03 day explicit; Two days later = 2023-09-05 day relative"),
    ("The bridge was bombed on August 20. Three days earlier the rail line was cut.",
     "August 20 = 2023-08-20 day explicit; Three days earlier = 2023-08-17 day relative"),
    ("Police arrested the man two days earlier.", "two days earlier = 2023-09-05 day relative"),
    ("Tanks crossed the border on Friday and the capital fell the next day.",
     "Friday = 2023-09-01 day relative; next day = 2023-09-02 day relative"),
    ("In 1998 the generals revolted; two days later they were shot.",
     "1998 = 1998-01-01/1998-12-31 year explicit; two days later = ../.. vague relative"),
    ("The mayor was released two days after gunmen seized him.", "two days after = 2023-09-05 day relative"),
    ("Delegates met on Tuesday, one day before Britain hosts the forum.",
     "Tuesday = 2023-09-05 day relative; one day before = 2023-09-06 day relative"),
    ("The new tariffs will apply on the 14th.", "14th = 2023-09-14 day relative"),
    ("Gunmen attacked the post on the 14th.", "14th = 2023-08-14 day relative"),
]  # fmt: skip

PARTS = [
    ("Output fell in the first quarter of this year.",
        "first quarter of this year = 2023-01-01/2023-03-31 quarter explicit"),
    ("Ten died in the first six months of 2023.",
        "first six months of 2023 = 2023-01-01/2023-06-30 month explicit"),
    ("Rain fell in the last ten days of May 2022.",
        "last ten days of May 2022 = 2022-05-22/2022-05-31 day explicit"),
    ("They will vote on the first Tuesday of next month.",
        "first Tuesday of next month = 2023-10-03 day relative"),
    ("It happened in the last week of 2016.", "last week of 2016 = 2016-12-26/2017-01-01 week explicit"),
    ("Envoys met in the week of August 9.", "week of August 9 = 2023-08-07/2023-08-13 week explicit"),
    ("Prices rose in the second half of last year.",
        "second half of last year = 2022-07-01/2022-12-31 quarter explicit"),
    ("Twelve were killed in the past 48 hours.", "past 48 hours = 2023-09-05/2023-09-07 day relative"),
    ("It has rained for the rest of the week.", "the rest of the week = 2023-09-07/2023-09-10 week relative"),
    ("The cult spread in the nineties.", "nineties = 1990-01-01/1999-12-31 decade explicit"),
    ("He recalled the September 11 attacks.", "September 11 = 2001-09-11 day explicit"),
]  # fmt: skip

SHIFTS = [
    ("The rebels took the town three weeks ago.", "three weeks ago = 2023-08-17 week relative"),
    ("He fled the country five days ago.", "five days ago = 2023-09-02 day relative"),
    ("The ceasefire collapsed more than two months ago.",
        "more than two months ago = 2023-07-01/2023-07-31 month relative"),
    ("The dispute began eight years ago.", "eight years ago = 2015-01-01/2015-12-31 year relative"),
    ("The fleet will sail in two days.", "in two days = 2023-09-09 day relative"),
    ("The minister will visit Hanoi in three weeks.", "in three weeks = 2023-09-28 week relative"),
    ("It was the third attack in two days.", ""),
    ("Inspectors have worked there for the past three months.",
        "past three months = 2023-06-07/2023-09-07 month relative"),
    ("Shelling killed ten over the past four days.", "past four days = 2023-09-04/2023-09-07 day relative"),
    ("Envoys will meet over the next five days.", "next five days = 2023-09-08/2023-09-12 day relative"),
    ("The pipeline reopened two days before Christmas 2022.",
        "two days before Christmas 2022 = 2022-12-23 day relative"),
    ("Officials visited the plant recently.", "recently = ../.. vague relative"),
    ("In recent days the two sides have traded fire.", "In recent days = ../.. vague relative"),
    ("He will be charged in the coming weeks.", "in the coming weeks = ../.. vague relative"),
    ("She was expelled a few days ago.", "a few days ago = ../.. vague relative"),
    ("The deal was struck just days after the coup.", "just days after = ../.. vague relative"),
]  # fmt: skip

UNITS = [
    ("Beijing is sending a delegation this week.", "this week = 2023-09-04/2023-09-10 week relative"),
    ("The two leaders met last week.", "last week = 2023-08-28/2023-09-03 week relative"),
    ("Leaders will gather next week in Delhi.", "next week = 2023-09-11/2023-09-17 week relative"),
    ("Exports fell last month.", "last month = 2023-08-01/2023-08-31 month relative"),
    ("The base will close next month.", "next month = 2023-10-01/2023-10-31 month relative"),
    ("He was jailed last year.", "last year = 2022-01-01/2022-12-31 year relative"),
    ("Elections will be held next year.", "next year = 2024-01-01/2024-12-31 year relative"),
    ("Protesters will rally this weekend.", "this weekend = 2023-09-09/2023-09-10 day relative"),
    ("Protesters rallied over the weekend.", "the weekend = 2023-09-02/2023-09-03 day relative"),
    ("The envoy arrived earlier this week.", "earlier this week = 2023-09-04/2023-09-06 week relative"),
    ("The envoy will arrive later this week.", "later this week = 2023-09-08/2023-09-10 week relative"),
    ("The law passed earlier this year.", "earlier this year = 2023-01-01/2023-09-06 year relative"),
    ("The law passed late last year.", "late last year = 2022-09-01/2022-12-31 year relative"),
    ("Growth slowed last quarter.", "last quarter = 2023-04-01/2023-06-30 quarter relative"),
    ("The ban will be lifted by the end of the year.",
        "by the end of the year = ../2023-12-31 year relative"),
    ("Flights resumed the week before last.", "week before last = 2023-08-21/2023-08-27 week relative"),
    ("Talks will open in November of next year.",
        "November of next year = 2024-11-01/2024-11-30 month explicit"),
    ("He was convicted in March last year.", "March last year = 2022-03-01/2022-03-31 month explicit"),
]  # fmt: skip

CALENDAR = [
    ("The forum is scheduled to run Sept. 10-13.", "Sept. 10-13 = 2023-09-10/2023-09-13 day explicit"),
    ("They sailed on 10-13 September 2021.", "10-13 September 2021 = 2021-09-10/2021-09-13 day explicit"),
    ("The drill ran from September 10 to October 2, 2022.",
        "from September 10 to October 2, 2022 = 2022-09-10/2022-10-02 day explicit"),
    ("The fair will run from December 30 to January 2.",
        "from December 30 to January 2 = 2023-12-30/2024-01-02 day explicit"),
    ("The treaty was signed on 2021-04-09.", "2021-04-09 = 2021-04-09 day explicit"),
    ("The order is dated 7/8/07.", "7/8/07 = 2007-07-08 day explicit"),
    ("The order is dated 23/8/2019.", "23/8/2019 = 2019-08-23 day explicit"),
    ("He was born on February 24, 1955.", "February 24, 1955 = 1955-02-24 day explicit"),
    ("Parliament sat on Sunday, 24 July 2005.", "Sunday, 24 July 2005 = 2005-07-24 day explicit"),
    ("Gunmen struck on the 3rd of June.", "3rd of June = 2023-06-03 day explicit"),
    ("They signed it on December 11.", "December 11 = 2022-12-11 day explicit"),
    ("They will sign it on March 4.", "March 4 = 2024-03-04 day explicit"),
    ("The siege of 7 October changed the war.", "7 October = 2023-10-07 day explicit"),
    ("The strike was called off in March.", "March = 2023-03-01/2023-03-31 month explicit"),
    ("The strike was called off in November.", "November = 2022-11-01/2022-11-30 month explicit"),
    ("The base will open in January.", "January = 2024-01-01/2024-01-31 month explicit"),
    ("The base will open in May 2025.", "May 2025 = 2025-05-01/2025-05-31 month explicit"),
    ("He has been jailed since August 2021.", "since August 2021 = 2021-08-01/.. month explicit"),
    ("They met on June 25 and 26.", "June 25 and 26 = 2023-06-25/2023-06-26 day explicit"),
    ("He was shot on 29 February.", "29 February = 2020-02-29 day explicit"),
    ("On February 30 nothing happened.", ""),
    ("The raid took place in 2011.", "2011 = 2011-01-01/2011-12-31 year explicit"),
    ("A court retried the 2008 attackers of the hotel.", "2008 = 2008-01-01/2008-12-31 year explicit"),
    ("Moscow has backed them since 2014.", "since 2014 = 2014-01-01/.. year explicit"),
    ("They fought between 2010 and 2012.", "between 2010 and 2012 = 2010-01-01/2012-12-31 year explicit"),
    ("The 1992-1995 war killed thousands.", "1992-1995 = 1992-01-01/1995-12-31 year explicit"),
    ("Napoleon entered Moscow in 1812.", "1812 = 1812-01-01/1812-12-31 year explicit"),
    ("Prices rose from 10 in 2010 to 20 in 2012.",
     "2010 = 2010-01-01/2010-12-31 year explicit; 2012 = 2012-01-01/2012-12-31 year explicit"),
    ("The treaty lapsed after 2018.", "after 2018 = 2019-01-01/.. year explicit"),
    ("Before 2000, he had run the bank.", "Before 2000 = ../1999-12-31 year explicit"),
    ("Air travel changed after 9/11.", "after 9/11 = 2001-09-12/.. day explicit"),
    ("The junta took power in early 2022.", "early 2022 = 2022-01-01/2022-04-30 year explicit"),
    ("The offensive stalled in mid-March.", "mid-March = 2023-03-11/2023-03-20 month explicit"),
    ("Troops will leave at the end of May.", "the end of May = 2024-05-21/2024-05-31 month explicit"),
    ("Insurgents were crushed in the 1990s.", "1990s = 1990-01-01/1999-12-31 decade explicit"),
    ("Reforms began in the early 1960s.", "the early 1960s = 1960-01-01/1963-12-31 decade explicit"),
    ("He is the first pope to resign since 1415.", "since 1415 = 1415-01-01/.. year explicit"),
    ("The toll rose to 2777.", ""),
    ("The blast came shortly after dawn (2357 UTC).", ""),
    ("They released 2251 of the hostages.", ""),
    ("At least 1000 marched.", ""),
    ("It must comply with Resolutions 1559 and 1583.", ""),
    ("It is the longest slump in more than 60 years.", ""),
    ("The first round will be held in two weeks.", "in two weeks = 2023-09-21 week relative"),
    ("The tomb was sealed around 3,350 years ago.", "years ago = ../.. vague relative"),
    ("The talks opened on October, 1st.", "October, 1st = 2023-10-01 day explicit"),
    ("The fort was built in the 19th century.", "19th century = 1800-01-01/1899-12-31 decade explicit"),
    ("Output fell in the first quarter of 2023.",
        "first quarter of 2023 = 2023-01-01/2023-03-31 quarter explicit"),
    ("Output fell in Q3 2022.", "Q3 2022 = 2022-07-01/2022-09-30 quarter explicit"),
    ("The coup of summer 2021 failed.", "summer 2021 = 2021-06-01/2021-08-31 season explicit"),
    ("The bridge will reopen next spring.", "next spring = 2024-03-01/2024-05-31 season relative"),
    ("Fighting eased in the winter of 2022.",
        "in the winter of 2022 = 2022-12-01/2023-02-28 season explicit"),
    ("The first Tuesday of October 2024 is the deadline.",
        "first Tuesday of October 2024 = 2024-10-01 day explicit"),
    ("Hostages will be home by Christmas.", "by Christmas = ../2023-12-25 day explicit"),
    ("He spoke on New Year's Day.", "New Year's Day = 2023-01-01 day explicit"),
    ("They clashed on Good Friday 2021.", "Good Friday 2021 = 2021-04-02 day explicit"),
    ("The border was shut from 1949 to the present.",
        "from 1949 to the present = 1949-01-01/2023-09-07 day relative"),
]  # fmt: skip

TRAPS = [
    "North Korea will celebrate its 75th anniversary.",
    "A 75-year-old man was hurt.",
    "He paid a three-day visit.",
    "They ruled for 20 years.",
    "The blast came at 5 pm.",
    "Some 2000 troops crossed the river.",
    "The firm paid $2,015 for it.",
    "At least 1500 people marched.",
    "Theresa May met the chancellor.",
    "It may rain, and they may march.",
    "Thousands joined the March on Washington.",
    "The Arab Spring toppled him.",
    "The Winter Olympics opened.",
    "USA Today broke the story.",
    "The Sunday Times broke the story.",
    "On Bloody Sunday the army fired.",
    "They pray every Friday.",
    "Markets close on Fridays.",
    "The 14th amendment bars it.",
    "Resolution 1973 was adopted.",
    "Shops are open 24/7.",
    "Fifteen vessels a year pass the strait.",
    "Lawmakers voted 217-212.",
    "He lives at 1600 Pennsylvania Avenue.",
    "Version 2.5 costs 3.10 euros.",
]

OTHER_DAYS = [
    ("Protests spread this weekend.", date(2023, 9, 11), "this weekend = 2023-09-09/2023-09-10 day relative"),
    ("Protests spread this weekend.", date(2023, 9, 10), "this weekend = 2023-09-09/2023-09-10 day relative"),
    ("He was seized last Saturday.", date(2012, 1, 30), "last Saturday = 2012-01-28 day relative"),
    ("He was seized in December.", date(2023, 1, 25), "December = 2022-12-01/2022-12-31 month explicit"),
    ("The port will close on 2 January.", date(2022, 12, 30), "2 January = 2023-01-02 day explicit"),
    ("The port was closed on 30 December.", date(2023, 1, 2), "30 December = 2022-12-30 day explicit"),
    (
        "The drill will end in one month.",
        date(2024, 1, 31),
        "in one month = 2024-02-01/2024-02-29 month relative",
    ),
    ("It was signed on the 31st.", date(2023, 10, 2), "31st = 2023-08-31 day relative"),
    (
        "They said the vote would be held on October 12.",
        date(2023, 10, 11),
        "October 12 = 2023-10-12 day explicit",
    ),
    ("The vote was fixed on October 12.", date(2023, 10, 11), "October 12 = 2023-10-12 day explicit"),
]


@pytest.fixture(scope="module")
def tokenizer() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def told(times: list[TimeExpression]) -> str:
    return "; ".join(f"{t.text} = {days(t)} {t.date_precision} {t.date_basis}" for t in times)


def days(time: TimeExpression | EventDate) -> str:
    start, end = (str(day) if day else ".." for day in (time.date_start, time.date_end))
    return start if start == end and start != ".." else f"{start}/{end}"


@pytest.mark.parametrize(("text", "expected"), [*WEEKDAYS, *DAYS, *PARTS, *SHIFTS, *UNITS, *CALENDAR])
def test_expression_is_read(tokenizer: Language, text: str, expected: str) -> None:
    assert told(find_times(tokenizer(text), 0, THURSDAY)) == expected


@pytest.mark.parametrize("text", TRAPS)
def test_what_is_no_date_stays_none(tokenizer: Language, text: str) -> None:
    assert find_times(tokenizer(text), 0, THURSDAY) == []


@pytest.mark.parametrize(("text", "published", "expected"), OTHER_DAYS)
def test_anchor_is_the_day_of_publication(
    tokenizer: Language, text: str, published: date, expected: str
) -> None:
    assert told(find_times(tokenizer(text), 0, published)) == expected


# ------------------------------------------------------------------ properties

PHRASES = [text for text, _ in [*WEEKDAYS, *DAYS, *PARTS, *SHIFTS, *UNITS, *CALENDAR]]


def test_ends_are_in_order_and_spans_are_text(tokenizer: Language) -> None:
    for step in range(0, 3660, 61):
        published = date(2015, 1, 31) + timedelta(step)
        for text in PHRASES[step % 7 :: 7]:
            for time in find_times(tokenizer(text), 0, published):
                assert text[time.start_char : time.end_char] == time.text
                assert not time.date_start or not time.date_end or time.date_start <= time.date_end


def test_offset_moves_spans_and_nothing_else(tokenizer: Language) -> None:
    text = " ".join(PHRASES[:40])
    here = find_times(tokenizer(text), 0, THURSDAY, first_sentence_no=0)
    there = find_times(tokenizer(text), 1000, THURSDAY, first_sentence_no=7)
    assert [t.start_char + 1000 for t in here] == [t.start_char for t in there]
    assert [t.sentence_no + 7 for t in here] == [t.sentence_no for t in there]
    assert told(here) == told(there)
    assert [t.ordinal for t in there] == list(range(len(there)))


def test_expressions_do_not_overlap(tokenizer: Language) -> None:
    times = find_times(tokenizer(" ".join(PHRASES)), 0, THURSDAY)
    assert all(one.end_char <= other.start_char for one, other in itertools.pairwise(times))


@pytest.mark.parametrize(
    "weekday", ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
)
def test_weekday_lies_within_a_week_on_the_side_of_the_tense(tokenizer: Language, weekday: str) -> None:
    for step in range(7):
        published = THURSDAY + timedelta(step)
        (past,) = find_times(tokenizer(f"The envoys met on {weekday}."), 0, published)
        (future,) = find_times(tokenizer(f"The envoys will meet on {weekday}."), 0, published)
        assert past.date_start
        assert future.date_start
        assert timedelta(0) <= published - past.date_start < timedelta(7)
        assert timedelta(0) <= future.date_start - published < timedelta(7)
        assert (future.date_start - past.date_start).days in (0, 7)


def test_case_is_lowered_without_moving_characters() -> None:
    assert lower("İzmir, 3 MAY") == "İzmir, 3 may" or len(lower("İzmir, 3 MAY")) == len("İzmir, 3 MAY")


@pytest.mark.parametrize(
    ("year", "day"), [(2021, date(2021, 4, 4)), (2019, date(2019, 4, 21)), (2038, date(2038, 4, 25))]
)
def test_easter(year: int, day: date) -> None:
    assert easter(year) == day


def test_no_words_no_times(tokenizer: Language) -> None:
    assert find_times(tokenizer(""), 0, THURSDAY) == []


# ------------------------------------------------------------------ tense by the parse, and events


def parsed(*sentences: str) -> Doc:
    """A doc from "word|tag|relation|head" tokens, heads from 1 in the sentence; then a lemma."""
    words, tags, deps, heads, lemmas, starts = [], [], [], [], [], []
    for sentence in sentences:
        offset = len(words)
        for token in sentence.split():
            word, tag, dep, head, *lemma = token.split("|")
            starts.append(len(words) == offset)
            words.append(word)
            tags.append(tag)
            deps.append(dep)
            heads.append(offset + int(head) - 1)
            lemmas.append(lemma[0] if lemma else word.lower())
    spaces = [not re.match(r"[.,']", following) for following in [*words[1:], "x"]]
    pos = [POS.get(tag[:2], "X") for tag in tags]
    return Doc(
        spacy.blank("en").vocab,
        words,
        spaces,
        tags=tags,
        pos=pos,
        deps=deps,
        heads=heads,
        lemmas=lemmas,
        sent_starts=starts,
    )


POS = {
    "VB": "VERB",
    "MD": "AUX",
    "NN": "NOUN",
    "IN": "ADP",
    "TO": "PART",
    "DT": "DET",
    "JJ": "ADJ",
    "CC": "CCONJ",
    "CD": "NUM",
}

WILL_FLY = (
    "Liu|NNP|nsubj|3 will|MD|aux|3 fly|VB|ROOT|3 to|IN|case|5 Minsk|NNP|obl|3 on|IN|case|7 Saturday|NNP"
    "|obl|3 .|.|punct|3"
)
WILL_FLY_CLEARNLP = (
    "Liu|NNP|nsubj|3 will|MD|aux|3 fly|VB|ROOT|3 to|IN|prep|3 Minsk|NNP|pobj|4 on|IN|prep|3 Saturday|NNP"
    "|pobj|6 .|.|punct|3"
)
FLEW = "Liu|NNP|nsubj|2 flew|VBD|ROOT|2|fly to|IN|case|4 Minsk|NNP|obl|2 .|.|punct|2"
REPORTED = (
    "Radio|NN|nsubj|2 reported|VBD|ROOT|2|report Monday|NNP|obl:tmod|2 that|IN|mark|6 Kim|NNP|nsubj"
    "|6 attacked|VBD|ccomp|2|attack"
    " Seoul|NNP|obj|6 .|.|punct|2"
)
PRAISED = (
    "Putin|NNP|nsubj|2 praised|VBD|ROOT|2|praise Kim|NNP|obj|2 in|IN|case|6 a|DT|det|6 speech|NN|obl"
    "|2 on|IN|case|8"
    " Tuesday|NNP|nmod|6 .|.|punct|2"
)
PRAISED_CLEARNLP = (
    "Putin|NNP|nsubj|2 praised|VBD|ROOT|2|praise Kim|NNP|dobj|2 in|IN|prep|2 a|DT|det|6 speech|NN|pobj"
    "|4 on|IN|prep|6"
    " Tuesday|NNP|pobj|7 .|.|punct|2"
)
CONDEMNED = (
    "Police|NN|nsubj|2 condemned|VBD|ROOT|2|condemn Wednesday|NNP|nmod:poss|5 's|POS|case|3 attack|NN"
    "|obj|2 .|.|punct|2"
)
HELD_TALKS = (
    "They|PRP|nsubj|2 held|VBD|ROOT|2|hold talks|NNS|obj|2|talk on|IN|case|5 Monday|NNP|obl|2 .|.|punct|2"
)
ANNOUNCED = (
    "Rome|NNP|nsubj|2 announced|VBD|ROOT|2|announce Monday|NNP|obl:tmod|2 a|DT|det|5 visit|NN|obj|2 .|."
    "|punct|2"
)
FLEW_AND_MET = (
    "On|IN|case|2 Monday|NNP|obl|4 he|PRP|nsubj|4 landed|VBD|ROOT|4|land and|CC|cc|6 met|VBD|conj|4"
    "|meet Xi|NNP|obj|6 .|.|punct|4"
)
FREED = (
    "He|PRP|nsubj:pass|3 was|VBD|aux:pass|3 freed|VBN|ROOT|3|free two|CD|nummod|5 days|NNS|obl|8"
    "|day after|IN|mark|8"
    " gunmen|NNS|nsubj|8 seized|VBD|advcl|3|seize him|PRP|obj|8 .|.|punct|3"
)
FORUM = (
    "Kim|NNP|nsubj|2 plans|VBZ|ROOT|2|plan to|TO|mark|4 meet|VB|xcomp|2 Putin|NNP|obj|4 at|IN|case"
    "|8 the|DT|det|8 forum|NN|obl|4 .|.|punct|2",
    "The|DT|det|2 forum|NN|nsubj|4 will|MD|aux|4 run|VB|ROOT|4 September|NNP|obl:tmod|4 10|CD|nummod"
    "|5 -|HYPH|punct|8"
    " 13|CD|nmod|6 .|.|punct|4",
)

PARADE = (
    "They|PRP|nsubj|3 will|MD|aux|3 celebrate|VB|ROOT|3 on|IN|case|5 Saturday|NNP|obl|3 with|IN|case|9 a|DT|det|9"  # noqa: E501
    " military|JJ|amod|9 parade|NN|obl|3 .|.|punct|3"
)

EVENTS: list[tuple[tuple[str, ...], str, Status, str]] = [
    ((WILL_FLY,), "fly", "planned", "2023-09-09 day relative"),
    ((WILL_FLY_CLEARNLP,), "fly", "planned", "2023-09-09 day relative"),
    ((FLEW,), "flew", "happened", "2023-09-07 day publication"),
    ((FLEW,), "flew", "ongoing", "2023-09-07 day publication"),
    ((FLEW,), "flew", "planned", "../.. None none"),
    ((FLEW,), "flew", "hypothetical", "../.. None none"),
    ((FLEW,), "flew", "negated", "../.. None none"),
    ((REPORTED,), "attacked", "happened", "2023-09-07 day publication"),
    ((REPORTED,), "reported", "happened", "2023-09-04 day relative"),
    ((PRAISED,), "praised", "happened", "2023-09-05 day relative"),
    ((PRAISED_CLEARNLP,), "praised", "happened", "2023-09-05 day relative"),
    ((CONDEMNED,), "attack", "happened", "2023-09-06 day relative"),
    ((CONDEMNED,), "condemned", "happened", "2023-09-07 day publication"),
    ((HELD_TALKS,), "talks", "happened", "2023-09-04 day relative"),
    ((ANNOUNCED,), "visit", "planned", "../.. None none"),
    ((FLEW_AND_MET,), "met", "happened", "2023-09-04 day relative"),
    ((FLEW_AND_MET,), "landed", "happened", "2023-09-04 day relative"),
    ((FREED,), "seized", "happened", "2023-09-05 day relative"),
    ((FREED,), "freed", "happened", "2023-09-07 day publication"),
    ((PARADE,), "parade", "planned", "2023-09-09 day relative"),
    (FORUM, "meet", "planned", "2023-09-10/2023-09-13 day explicit"),
]


@pytest.mark.parametrize(("sentences", "trigger", "status", "expected"), EVENTS)
def test_event_takes_the_time_of_its_own_clause(
    sentences: tuple[str, ...], trigger: str, status: Status, expected: str
) -> None:
    doc = parsed(*sentences)
    token = next(token for token in doc if token.text == trigger)
    found = event_date(doc, 50, token, find_times(doc, 50, THURSDAY), status, THURSDAY)
    assert f"{days(found)} {found.date_precision} {found.date_basis}" == expected


def test_event_refers_to_the_expression_that_dates_it() -> None:
    doc = parsed(WILL_FLY)
    times = find_times(doc, 0, THURSDAY)
    found = event_date(doc, 0, doc[2], times, "planned", THURSDAY)
    assert (found.date_text, found.time) == ("Saturday", times[0].ordinal)


def test_learned_time_argument_is_preferred() -> None:
    doc = parsed(REPORTED)
    times = find_times(doc, 0, THURSDAY)
    span = (times[0].start_char, times[0].end_char)
    assert event_date(doc, 0, doc[5], times, "happened", THURSDAY, span).date_text == "Monday"
    assert event_date(doc, 0, doc[5], times, "happened", THURSDAY, (0, 2)).date_basis == "publication"


def test_direction_follows_the_status() -> None:
    doc = parsed(WILL_FLY)
    (time,) = find_times(doc, 0, THURSDAY)
    assert event_date(doc, 0, doc[2], [time], "happened", THURSDAY).date_start == date(2023, 9, 2)
    past = parsed(HELD_TALKS)
    (time,) = find_times(past, 0, THURSDAY)
    assert event_date(past, 0, past[2], [time], "planned", THURSDAY).date_start == date(2023, 9, 11)


SINCE = "Rebels|NNS|nsubj|2 fought|VBD|ROOT|2|fight since|IN|case|4 Monday|NNP|obl|2 .|.|punct|2"
BY = "They|PRP|nsubj|3 will|MD|aux|3 leave|VB|ROOT|3 by|IN|case|6 next|JJ|amod|6 week|NN|obl|3 .|.|punct|3"


@pytest.mark.parametrize(
    ("sentence", "trigger", "status", "expected"),
    [
        (SINCE, 1, "happened", "2023-09-04/2023-09-07"),
        (SINCE, 1, "ongoing", "2023-09-04/.."),
        (BY, 2, "planned", "2023-09-07/2023-09-17"),
        (BY, 2, "hypothetical", "../2023-09-17"),
    ],
)
def test_status_closes_the_end_that_it_can(
    sentence: str, trigger: int, status: Status, expected: str
) -> None:
    doc = parsed(sentence)
    found = event_date(doc, 0, doc[trigger], find_times(doc, 0, THURSDAY), status, THURSDAY)
    assert days(found) == expected


def test_without_a_parse_only_the_sole_time_of_the_sentence_counts(tokenizer: Language) -> None:
    one = tokenizer("Rebels attacked the port on Tuesday.")
    two = tokenizer("Rebels attacked on Tuesday and fled on Wednesday.")
    assert (
        event_date(one, 0, one[1], find_times(one, 0, THURSDAY), "happened", THURSDAY).date_text == "Tuesday"
    )
    assert (
        event_date(two, 0, two[1], find_times(two, 0, THURSDAY), "happened", THURSDAY).date_basis
        == "publication"
    )


@pytest.mark.parametrize(
    "text", ["Ministers signed a plan for 2026.", "He made the first visit in 40 years."]
)
def test_what_was_done_does_not_lie_ahead(text: str, nlp: Language) -> None:
    doc = nlp(text)
    trigger = next(token for token in doc if token.text in ("signed", "visit"))
    found = event_date(doc, 0, trigger, find_times(doc, 0, THURSDAY), "happened", THURSDAY)
    assert (found.date_start, found.date_basis) == (THURSDAY, "publication")
