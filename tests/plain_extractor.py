"""A language-free extractor for tests of what stands around extraction: invented states and six verbs.

"Arland met Borduria." is one act of two actors. Every capitalised word is a mention; "they" stays open.
"""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

from etl.header import body_start
from etl.records import (
    Article,
    ArticleRecords,
    EventDate,
    EventMention,
    EventPlace,
    Form,
    LocalActor,
    Mention,
    Participant,
    Place,
    Role,
    Sentence,
    TimeExpression,
)
from etl.stage.extracts import Tally, write_extract
from etl.stage.work import AtWork

VERBS = {
    "met": ("CONSULT", "happened"),
    "praised": ("SUPPORT", "happened"),
    "bombed": ("ASSAULT", "happened"),
    "denounced": ("ACCUSE", "happened"),
    "helps": ("AID", "ongoing"),
    "invites": ("AGREE", "planned"),
}
WORD = re.compile(r"[A-Z]\w+|they")
POISON, BROKEN = "Kill the worker", "Raise an error"


def plain(article: Article) -> ArticleRecords:
    """Records of sentences such as "Arland met Borduria in Sylda"; raises ValueError for BROKEN."""
    if BROKEN in article.text:
        raise ValueError("asked to")
    sentences: list[Sentence] = []
    mentions: list[Mention] = []
    actors: dict[str, LocalActor] = {}
    events: list[EventMention] = []
    start = body_start(article.text)
    for number, found in enumerate(re.finditer(r"\S[^.]*\.", article.text[start:])):
        sentence = Sentence(number, found.start() + start, found.end() + start)
        sentences.append(sentence)
        here = [
            _mention(word, sentence, len(mentions) + i, actors) for i, word in enumerate(_words(found[0]))
        ]
        mentions.extend(here)
        events.extend(_events(article, sentence, here, len(events)))
    times, roles = _time(article, sentences), _role(sentences, actors)
    return ArticleRecords(
        article, tuple(sentences), tuple(mentions), tuple(actors.values()), roles, times, tuple(events)
    )


def _words(sentence: str) -> list[re.Match[str]]:
    return list(WORD.finditer(sentence))


def _mention(word: re.Match[str], sentence: Sentence, ordinal: int, actors: dict[str, LocalActor]) -> Mention:
    name = word[0]
    key = f"country:{name[:3].upper()}"
    is_open = name == "they"
    if not is_open:
        actors.setdefault(key, LocalActor(len(actors), key, name, "country", name[:3].upper(), "GOV", None))
    start = sentence.start_char + word.start()
    form: Form
    form, label, actor = ("pronoun", "", None) if is_open else ("name", "LOC", actors[key].ordinal)
    end, number = start + len(name), sentence.sentence_no
    return Mention(ordinal, number, start, end, start, name, form, label, actor, "capital letter", 0.9)


def _events(
    article: Article, sentence: Sentence, mentions: list[Mention], ordinal: int
) -> list[EventMention]:
    text = article.text[sentence.start_char : sentence.end_char]
    verb = re.search(r"\b(" + "|".join(VERBS) + r")\b", text)
    if not verb or not mentions:
        return []
    kind, status = VERBS[verb[0]]
    start = sentence.start_char + verb.start()
    sources = [m for m in mentions if m.end_char <= start]
    targets = [m for m in mentions if m.start_char > start][:1]
    parts = [Participant("source", i, m.ordinal) for i, m in enumerate(sources)]
    parts += [Participant("target", i, m.ordinal) for i, m in enumerate(targets)]
    day = article.published
    when = EventDate() if status == "planned" else EventDate(day, day, "day", "publication")
    return [
        EventMention(
            ordinal, sentence.sentence_no, start, start + len(verb[0]), verb[0], kind, None, ("diplomatic",),
            status, kind == "CONSULT" and not targets, when, _place(mentions), tuple(parts), "verb list", 0.8,
        )
    ]  # fmt: skip


def _place(mentions: list[Mention]) -> EventPlace | None:
    sylda = next((m for m in mentions if m.text == "Sylda"), None)
    if sylda is None:
        return None
    place = Place("place:1", "Sylda", "SYL", 47.0, 21.0, "city")
    return EventPlace(place, sylda.start_char, sylda.end_char)


def _time(article: Article, sentences: list[Sentence]) -> tuple[TimeExpression, ...]:
    found = re.search(r"today", article.text)
    if not found:
        return ()
    number = next(s.sentence_no for s in sentences if s.start_char <= found.start() < s.end_char)
    day = article.published
    return (TimeExpression(0, number, found.start(), found.end(), "today", day, day, "day", "relative"),)


def _role(sentences: list[Sentence], actors: dict[str, LocalActor]) -> tuple[Role, ...]:
    if not actors:
        return ()
    first = sentences[0]
    return (Role(0, "ally", None, first.sentence_no, first.start_char, first.start_char + 1),)


def plain_work(shard: str, target: str) -> Tally:
    """The worker's part with `plain`; a text with POISON kills its process as the kernel would."""

    def extract(article: Article) -> ArticleRecords:
        if POISON in article.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return plain(article)

    with AtWork(Path(shard)) as at_work:
        return write_extract(Path(shard), Path(target), extract, at_work)
