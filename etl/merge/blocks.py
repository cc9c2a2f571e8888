"""Which events a report is compared with: those that share an actor, a place or a text with it, in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from etl.merge.fit import KINDRED
from etl.merge.reports import Report, named

PURGE = timedelta(days=31)
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


@dataclass(slots=True)
class Blocks:
    """Events that can still take reports. Reports come by the first day of their window."""

    events: dict[Key, list[Event]] = field(default_factory=lambda: defaultdict(list))
    purged: date = date.min

    def candidates(self, report: Report) -> Iterator[Event]:
        """Open events of the report's status class, of its type or a kindred one, each once."""
        self._purge(report.first)
        seen: set[int] = set()
        for tie in _ties(report):
            for event_type in (report.event_type, *KIN_OF.get(report.event_type, ())):
                events = self.events.get((report.status, event_type, tie))
                if not events:
                    continue
                events[:] = [event for event in events if event.last >= report.first]
                for event in events:
                    if event.first <= report.last and event.number not in seen:
                        seen.add(event.number)
                        yield event

    def add(self, report: Report, event: Event) -> None:
        """Let reports that share something with this one find its event."""
        for tie in _ties(report):
            events = self.events[report.status, report.event_type, tie]
            if all(other is not event for other in reversed(events)):
                events.append(event)

    def _purge(self, day: date) -> None:
        """Forget closed events now and then, so that memory does not grow with the corpus."""
        if day - max(self.purged, date.min + PURGE) < PURGE:
            return
        self.purged = day
        for key, events in list(self.events.items()):
            events[:] = [event for event in events if event.last >= day]
            if not events:
                del self.events[key]


def _ties(report: Report) -> Iterator[str]:
    yield from named(report.roots | report.around)
    if report.place:
        yield report.place
    yield report.text


KIN_OF = {
    event_type: sorted(other for pair in KINDRED if event_type in pair for other in pair - {event_type})
    for event_type in frozenset().union(*KINDRED)
}
