"""Which events a report is compared with: those that share an actor, a place or a passage, in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from etl.merge.fit import KINDRED
from etl.merge.reports import Report, named

PURGE = timedelta(days=31)
# Sentences within which an article comes back to an act. Books and transcripts, that are longer, cost no more
# per sentence for it.
REACH = 200
Key = tuple[str, str, str]


@dataclass(slots=True)
class Event:
    """An event while its mentions are being collected; `members` are its first ones, the leader in front.

    Its window, `first` to `last`, is what the windows of all its mentions have in common.
    """

    number: int
    key: str
    first: date
    last: date
    members: list[Report] = field(default_factory=list)
    sentences: set[tuple[str, int]] = field(default_factory=set)

    def take(self, report: Report, kept: int) -> None:
        """Narrow the window to the report's, and keep the report while there are fewer than `kept`."""
        self.first, self.last = max(self.first, report.first), min(self.last, report.last)
        self.sentences.add((report.article, report.sentence_no))
        if len(self.members) < kept:
            self.members.append(report)

    def is_far_from(self, report: Report) -> bool:
        """True where only the report's own article tells of it, in another part."""
        return all(
            article == report.article and abs(sentence_no - report.sentence_no) > REACH
            for article, sentence_no in self.sentences
        )


@dataclass(slots=True)
class Blocks:
    """Events that can still take reports. Reports come by the first day of their window."""

    events: dict[Key, dict[int, Event]] = field(default_factory=lambda: defaultdict(dict))
    purged: date = date.min

    def candidates(self, report: Report) -> Iterator[Event]:
        """Open events of the report's status class, of its type or a kindred one, each once."""
        self._purge(report.first)
        seen: set[int] = set()
        for tie in (*_ties(report), *_passages(report, -1, 0, 1)):
            for event_type in (report.event_type, *KIN_OF.get(report.event_type, ())):
                for event in self._open((report.status, event_type, tie), report.first):
                    if event.number in seen or event.first > report.last or event.is_far_from(report):
                        continue
                    seen.add(event.number)
                    yield event

    def add(self, report: Report, event: Event) -> None:
        """Let reports that share something with this one find its event."""
        for tie in (*_ties(report), *_passages(report, 0)):
            self.events[report.status, report.event_type, tie][event.number] = event

    def _open(self, key: Key, day: date) -> list[Event]:
        """The events of a block that may still be told of on that day or later; the others are forgotten."""
        known = self.events.get(key, {})
        closed = [number for number, event in known.items() if event.last < day]
        for number in closed:
            del known[number]
        return list(known.values())

    def _purge(self, day: date) -> None:
        """Forget closed events now and then, so that memory does not grow with the corpus."""
        if day - max(self.purged, date.min + PURGE) < PURGE:
            return
        self.purged = day
        for key in list(self.events):
            if not self._open(key, day):
                del self.events[key]


def _ties(report: Report) -> Iterator[str]:
    yield from named(report.roots | report.around)
    if report.place:
        yield report.place


def _passages(report: Report, *away: int) -> Iterator[str]:
    """The part of the text that the report stands in, or parts before and after it."""
    return (f"{report.text}#{report.sentence_no // REACH + number}" for number in away)


KIN_OF = {
    event_type: sorted(other for pair in KINDRED if event_type in pair for other in pair - {event_type})
    for event_type in frozenset().union(*KINDRED)
}
