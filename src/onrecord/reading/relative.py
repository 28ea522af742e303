"""Days told by their distance from a named event: "a week after the summit", "last month's summit", "two
weeks ago".

What comes in: a text and the events it names. What goes out: stretches of days in which it was published,
each by one such phrase. It knows nothing of other dates.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from onrecord.model import DateRange
from onrecord.reading.events import EventMention
from onrecord.reading.tense import sentence_around

_NUMBERS = {
    word: at
    for at, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())  # noqa: SIM905
} | {"a": 1, "an": 1}
_N = rf"(?P<n>{'|'.join(_NUMBERS)}|\d{{1,2}})"
_UNIT = r"(?P<unit>day|week|month)s?"
_AFTER = re.compile(rf"(?<!\w)(?:just |only |some |about )?{_N}\s+{_UNIT}\s+(?:after|since)\s", re.I)
_AGO = re.compile(rf"(?<!\w){_N}\s+{_UNIT}\s+ago(?!\w)", re.I)
_LAST = re.compile(r"(?<!\w)(?P<which>last|this)\s+(?P<unit>week|month)(?:['’]s)?(?!\w)", re.I)

_DAYS = {"day": 1, "week": 7, "month": 30}
_SLACK = {"day": (1, 1), "week": (1, 3), "month": (7, 15)}
"""Days by which such a phrase is off, for one and for several: "two weeks after" is said of eleven days and
of seventeen."""

_REPORTED = timedelta(days=6)
"""From what the lead tells to publication: within a week news names the weekday, and so does the lead."""

_NEAR = 60


def around_events(
    text: str, told: Sequence[EventMention], lead: int, weekday: int | None
) -> Iterator[DateRange]:
    """The stretches in which the text was published, by what it says of its distance from events.

    Args:
        text: the text.
        told: the events that it names.
        lead: where its lead ends; "a week after" counts only there, for further down it may be a tale.
        weekday: the weekday of what the lead tells (Monday is 0), or None.
    """
    for mention in told:
        if mention.tense == "future":
            continue
        left, right = sentence_around(text, mention.start, mention.end)
        days = mention.event.days
        for phrase in _AFTER.finditer(text, left, mention.start):
            if mention.start - phrase.end() <= _NEAR and phrase.start() < lead:
                yield _reported(_at(days, phrase), weekday)
        for phrase in _AGO.finditer(text, mention.end, min(right, mention.end + _NEAR)):
            yield _at(days, phrase)
        before = _LAST.finditer(text, max(left, mention.start - _NEAR), mention.start)
        behind = _LAST.finditer(text, mention.end, min(right, mention.end + _NEAR))
        for phrase in [*before, *behind]:
            yield _calendar(days, phrase["which"].lower(), phrase["unit"].lower())


def _at(days: DateRange, phrase: re.Match[str]) -> DateRange:
    said, unit = phrase["n"].lower(), phrase["unit"].lower()
    count = int(said) if said.isdigit() else _NUMBERS[said]
    slack = _SLACK[unit][0 if count == 1 else 1]
    middle = timedelta(days=count * _DAYS[unit])
    first = max(days.earliest + middle - timedelta(days=slack), days.earliest)
    return DateRange(first, days.latest + middle + timedelta(days=slack))


def _reported(days: DateRange, weekday: int | None) -> DateRange:
    """Publication, from when the lead's event was."""
    could = [days.earliest + timedelta(days=at) for at in range((days.latest - days.earliest).days + 1)]
    could = [x for x in could if weekday is None or x.weekday() == weekday] or could
    return DateRange(could[0], could[-1] + _REPORTED)


def _calendar(days: DateRange, which: str, unit: str) -> DateRange:
    """The week or month that follows the event's, or the event's own from the event on."""
    if unit == "week":
        monday = days.latest - timedelta(days=days.latest.weekday())
        if which == "this":
            return DateRange(days.earliest, max(days.latest, monday + timedelta(days=6)))
        return DateRange(days.latest + timedelta(days=1), monday + timedelta(days=13))
    last = _month_end(days.latest)
    if which == "this":
        return DateRange(days.earliest, last)
    return DateRange(last + timedelta(days=1), _month_end(last + timedelta(days=1)))


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
