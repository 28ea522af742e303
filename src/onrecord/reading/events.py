"""Named events and their days: the table under ``data/events.yaml``, and where a text names them.

What comes in: the data file, a text. What goes out: an :class:`EventTable`, mentions with offsets and tense.
It concludes nothing on the day of publication (``days`` does).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal, get_args

import yaml

from onrecord.errors import VocabularyClash, VocabularyInvalid
from onrecord.model import DateRange
from onrecord.reading.mentions import Mention
from onrecord.reading.tables import table_source
from onrecord.reading.tense import Tense, sentence_around, tense_at

Use = Literal["news", "name", "history"]

_NEAR = 300
"""Code points on either side of a printed day in which the other words of an event may stand."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event with its days.

    Attributes:
        id: stable name.
        label: for people.
        days: when it was.
        use: "news" (told mostly while it is news), "name" (a name that did not exist before and stays in use)
            or "history" (background that is named for years).
        names: each names it alone.
        together: one match of each within a sentence names it; empty where there is no such rule.
        about: one match anywhere in the text, for a name that another event of another matter could have.
        with_day: one match of each near its printed day and month names it; empty where there is no such
        rule.
        words: phrases without one of which a text cannot name it: looked for first, because that is fast.
    """

    id: str
    label: str
    days: DateRange
    use: Use
    names: re.Pattern[str] | None
    together: tuple[re.Pattern[str], ...] = ()
    about: re.Pattern[str] | None = None
    with_day: tuple[re.Pattern[str], ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventMention:
    """A place where a text names an event."""

    start: int
    end: int
    event: Event
    tense: Tense | None


class EventTable:
    """The events, ready to be looked for.

    Example:
        >>> said = "Aliyev had attended the peace summit on Gaza in Sharm El Sheikh."
        >>> [m.event.id for m in load_events().mentions(said, ())]
        ['sharm_summit']
    """

    def __init__(self, events: Sequence[Event]) -> None:
        self.events = tuple(events)

    def mentions(self, text: str, dates: Sequence[Mention]) -> tuple[EventMention, ...]:
        """Where ``text`` names events, in order; ``dates`` are the dates that it names."""
        plain = _plain(text)
        could = [event for event in self.events if any(word in plain for word in event.words)]
        found = [m for event in could for m in _find(event, text, dates)]
        newest = sorted(found, key=lambda m: (m.event.days, m.event.id), reverse=True)
        kept: list[EventMention] = []
        for (
            mention
        ) in newest:  # "the first meeting of the Board of Peace" does not name the plan that made the board
            if not any(mention.start < x.end and x.start < mention.end for x in kept):
                kept.append(mention)
        return tuple(sorted(kept, key=lambda m: m.start))


def _find(event: Event, text: str, dates: Sequence[Mention]) -> Iterator[EventMention]:
    if event.about and not event.about.search(text):
        return
    if event.names:
        for named in event.names.finditer(text):
            yield _told(event, text, named.start(), named.end())
    if event.together:
        first, *others = event.together
        for lead in first.finditer(text):
            left, right = sentence_around(text, lead.start(), lead.end())
            if all(other.search(text, left, right) for other in others):
                yield _told(event, text, lead.start(), lead.end())
    if event.with_day:
        for printed in dates:
            day = event.days.earliest
            if (printed.month, printed.day) != (day.month, day.day) or printed.year not in (None, day.year):
                continue
            left, right = max(0, printed.start - _NEAR), printed.end + _NEAR
            if all(other.search(text, left, right) for other in event.with_day):
                yield _told(event, text, printed.start, printed.end)


def _told(event: Event, text: str, start: int, end: int) -> EventMention:
    tense: Tense | None = "past" if event.use != "news" else tense_at(text, start, end)
    return EventMention(start, end, event, tense)


def _plain(text: str) -> str:
    """Lower case, one space for every run of white space and hyphens, one shape of apostrophe."""
    return re.sub(r"[\s\-‐‑–]+", " ", text.lower()).replace("’", "'")


def _phrases(words: Sequence[str]) -> re.Pattern[str]:
    """One pattern for all phrases: case, hyphens and the shape of apostrophes do not matter."""
    parts = []
    for phrase in sorted(words, key=lambda w: (-len(w), w)):
        pieces = [re.escape(x).replace("'", "['’]") for x in re.split(r"[\s-]+", phrase)]
        parts.append(r"[\s\-‐‑–]+".join(pieces))
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.I)


def _event(row: Mapping[str, Any], at: int) -> Event:
    where = f"events.yaml, entry {at}"
    try:
        first, last = row["day"], row.get("until", row["day"])
        use = row["use"]
        names = [str(x) for x in row.get("names", ())]
        together = [[str(x) for x in group] for group in row.get("together", ())]
        with_day = [[str(x) for x in group] for group in row.get("with_day", ())]
        if use not in get_args(Use) or not isinstance(first, date) or not isinstance(last, date):
            raise ValueError("use or day")
        if not names and not together:
            raise ValueError("names")
        return Event(
            str(row["id"]),
            str(row["label"]),
            DateRange(first, last),
            use,
            _phrases(names) if names else None,
            tuple(map(_phrases, together)),
            _phrases([str(x) for x in row["about"]]) if row.get("about") else None,
            tuple(map(_phrases, with_day)),
            tuple(_plain(x) for group in (names, *together[:1], *with_day[:1]) for x in group),
        )
    except (KeyError, TypeError, ValueError) as error:
        message = f"{where} cannot be understood ({error})"
        raise VocabularyInvalid(message, value=dict(row), hint="see the notes at its top") from error


def parse_events(source: str) -> EventTable:
    """The table that a YAML text holds.

    Raises:
        VocabularyInvalid: when an entry cannot be understood; entry and field are named.
        VocabularyClash: when two entries have one id.
    """
    rows = yaml.safe_load(source)
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise VocabularyInvalid("events.yaml is not a list of entries", hint="each entry begins with '- id:'")
    events = [_event(row, at) for at, row in enumerate(rows, start=1)]
    seen: set[str] = set()
    for event in events:
        if event.id in seen:
            raise VocabularyClash(
                f"events.yaml has two entries {event.id!r}", value=event.id, hint="rename one"
            )
        seen.add(event.id)
    return EventTable(events)


@lru_cache(maxsize=1)
def load_events() -> EventTable:
    """The table that ships with the package."""
    return parse_events(table_source("events"))
