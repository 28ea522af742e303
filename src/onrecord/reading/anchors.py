"""Dates of known year: the dates and events that a text names in, anchors on the calendar out.

Which year a date without one belongs to is settled here, by the dates and events of the same text whose year
is known or by evidence from outside. What follows from the anchors for the day of publication is not
(``days`` does that).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from onrecord.model import DateRange
from onrecord.reading.events import EventMention
from onrecord.reading.mentions import Mention, Precision
from onrecord.reading.tense import Tense

LEAD = 600
"""Code points that count as the lead: the headline and the first two or three sentences."""

NEAR = timedelta(days=120)
"""How far apart two dates may lie for one to vouch for the other."""

AHEAD = {"day": timedelta(days=180), "month": timedelta(days=90)}
"""How far past the newest date of known year a past date without year may lie. A report names a day without
its year within 88 days of it in 80 % of cases, a month within 153 (``days`` says where this was measured),
so that of two years the nearer is meant; a month is named for longer, so that the later year needs to be the
nearer by more."""

_WEEKDAYS = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")
_WEEKDAY_BEFORE = re.compile(rf"(?<!\w)({'|'.join(_WEEKDAYS)})day[,\s(]+\Z")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A date of the text on the calendar.

    Attributes:
        days: the day or days meant.
        precision: how finely it was told; an event by name counts as a month, for reports recall it for
        weeks.
        tense: told as past, as to come, or not settled.
        start, end: where it stands.
        whole: a whole month was named, not a part of it.
        recent: whether it may be taken as near to publication (not history, not a lone date of some past
            year).
    """

    days: DateRange
    precision: Precision
    tense: Tense | None
    start: int
    end: int
    whole: bool = False
    recent: bool = True


def anchors(
    text: str, dates: Sequence[Mention], told: Sequence[EventMention], hint: DateRange | None
) -> tuple[Anchor, ...]:
    """The dates and events of a text, on the calendar.

    Args:
        text: the text.
        dates: the dates that it names.
        told: the events that it names.
        hint: a stretch of at most a year that holds the day of publication, or None.
    """
    vouched = _vouched(text, dates, told)
    reference = hint or max(vouched, key=lambda x: (x.earliest, x.latest), default=None)
    found = [_of_event(x) for x in told]
    for m in dates:
        event = next((x.event for x in told if x.start <= m.start < x.end), None)
        days = event.days if event else None if m.precision == "year" else _dated(text, m, reference, hint)
        if days is None:
            continue
        history = event is not None and event.use == "history"
        near = m.year is None or hint is not None or any(_close(days, other) for other in vouched)
        whole = m.precision == "month" and m.part is None
        found.append(Anchor(days, m.precision, m.tense, m.start, m.end, whole, near and not history))
    return tuple(found)


def _of_event(told: EventMention) -> Anchor:
    recent = told.event.use == "news"
    return Anchor(told.event.days, "month", told.tense, told.start, told.end, recent=recent)


def _vouched(text: str, dates: Sequence[Mention], told: Sequence[EventMention]) -> list[DateRange]:
    """The stretches of known year that may be taken as near to publication.

    A date printed with its year is more often history than news: of 33 measured reports that had nothing else
    to date them by, 24 had come out after the interval that it would give. So it counts only with its weekday
    beside it in the lead, or near to something that is no history.
    """
    known = [m.event.days for m in told if m.event.use != "history" and m.tense != "future"]
    printed = [(m, m.range_in(m.year)) for m in dates if m.year is not None and m.tense != "future"]
    for m, days in printed:
        weekday = _WEEKDAY_BEFORE.search(text, max(0, m.start - 14), m.start)
        fits = weekday and days and days.earliest.weekday() == _WEEKDAYS.index(weekday[1])
        if fits and days and m.precision == "day" and m.start < LEAD:
            known.append(days)
    firm = tuple(known)
    near = [x for m, x in printed if x and m.precision != "year" and any(_close(x, y) for y in firm)]
    return known + near


def _close(one: DateRange, other: DateRange) -> bool:
    return max(one.earliest, other.earliest) - min(one.latest, other.latest) <= NEAR


def _dated(text: str, m: Mention, reference: DateRange | None, hint: DateRange | None) -> DateRange | None:
    """The days that a mention means, or None where its year cannot be told."""
    if m.year is not None:
        return m.range_in(m.year)
    if reference is None:
        return None
    years = range(reference.earliest.year - 1, reference.latest.year + 2)
    could = [x for x in map(m.range_in, years) if x is not None]
    weekday = _WEEKDAY_BEFORE.search(text, max(0, m.start - 14), m.start)
    if weekday and m.day is not None:
        could = [x for x in could if x.earliest.weekday() == _WEEKDAYS.index(weekday[1])] or could
    if m.tense == "future":
        return min((x for x in could if x.latest >= reference.earliest - timedelta(30)), default=None)
    ahead = timedelta(0) if hint or m.last else AHEAD[m.precision]
    return max((x for x in could if x.earliest <= reference.latest + ahead), default=None)
