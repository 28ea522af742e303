"""The day of publication of a report that carries none, from what its text says of time.

What comes in: the text, the table of named events, what is known from elsewhere (an address, a file name).
What goes out: an interval, marked inferred, or ``None`` where the text does not bound it on both sides. It
never reads a clock.

The rules, each measured on the 924 dated texts (November 2015 to October 2016) of the train and dev parts of
the PolNeAR corpus (Newell, Margolin, Ruths, LREC 2018):

- A day told as past is the earliest day of publication. A whole month told as past ("in October") lies before
  the month of publication: of 236 newest such months one in twenty fell into the month of publication, and
  most of those were a part of it ("early in ..."), which is therefore taken as it stands.
- What is told as still to come gives the latest day, unless something told as past contradicts it.
- Publication follows the newest date told as past within the spans of :data:`RECENT`.
- "Earlier this month" stood in reports of the 8th or later in 22 of 23 cases: within a week news names the
  weekday (as the AP Stylebook asks), so the first seven days are ruled out; by the same custom "later this
  month" rules out the last seven.
- The lead tells the newest thing in a report: where that was "on Wednesday", publication is not before the
  first Wednesday on or after the newest day that the report tells as past.
- A dateline, and "today" with a date beside it, name the day itself.

Neighbouring reports are not consulted: that two reports lie in one folder says nothing firm of their order.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date, timedelta

from onrecord.model import DateRange
from onrecord.reading.anchors import LEAD, Anchor, anchors
from onrecord.reading.datelines import dateline
from onrecord.reading.events import EventTable
from onrecord.reading.mentions import (
    Mention,
    PhraseMention,
    WeekdayMention,
    date_mentions,
    next_weekday,
    phrase_mentions,
    weekday_mentions,
)
from onrecord.reading.relative import around_events

RECENT = {"several": 21, "day": 45, "month": 120}
"""Days from the newest past day, or from the first of the newest past month, to publication, at most.

Measured, where the newest past date was a day, with other dates beside it and a weekday in the lead
("several"; 26 reports): 75 % within 13 days, 85 % within 16. A day alone (57): 60 % within 40 days, or within
22 where no weekday stands in the lead. A month with other dates beside it (78): 75 % within 110 days of its
first; alone (126): 60 % within 139.

So the interval is where publication most likely lies, not where it must lie. Given one further event of known
day, 3 to 100 days old, 345 of the 924 texts got an interval, which held the day of publication in 76 % (began
too late in 14 %, ended too early in 10 %) at a median width of 50 days. With an event up to 300 days old it
held in 58 %: the table of events has to be kept up to date.
"""

WIDEST = 366
"""Days. A wider interval orders nothing and is not given."""

_READ = 200_000
"""Code points that are read: longer than any article, so that a huge file costs no time."""

_TODAY = re.compile(r"(?<!\w)today[,\s(]+(?:\w+day,?\s+)?\Z", re.I)


def infer_published(text: str, *, hints: Sequence[DateRange] = (), events: EventTable) -> DateRange | None:
    """The stretch of days in which a text was published, as far as it tells; ``inferred`` is true.

    Args:
        text: the report's text.
        hints: stretches in which it was published by evidence outside the text (its address, its file's
            name), the firmest first. Where the text contradicts them, they stand.
        events: the table of named events.

    Returns:
        The interval, never wider than a year, or None where the text does not bound it on both sides.

    Example:
        >>> from onrecord.reading.events import load_events
        >>> said = "The council met on Tuesday, 11 November 2025. Rome will send police, the minister said."
        >>> found = infer_published(said, events=load_events())
        >>> found.earliest.isoformat(), found.latest.isoformat(), found.inferred
        ('2025-11-11', '2025-12-26', True)
    """
    text = text[:_READ]
    hint = _common(hints)
    narrow = hint if hint and (hint.latest - hint.earliest).days <= WIDEST else None
    dates = date_mentions(text)
    told = events.mentions(text, dates)
    found = anchors(text, dates, told, narrow)
    phrases = tuple(phrase_mentions(text))
    weekday = _lead_weekday(text, found)
    exact = _exact(text, dates, found)
    lower = exact.earliest if exact else _lower(found, phrases, weekday)
    upper = exact.latest if exact else _upper(found, lower, phrases, weekday)
    if not exact:
        for near in around_events(text, told, LEAD, weekday.weekday if weekday else None):
            lower, upper = _narrowed(lower, upper, near)
    return _interval(lower, upper, hint)


def _narrowed(lower: date | None, upper: date | None, near: DateRange) -> tuple[date | None, date | None]:
    """The bounds within a stretch, or unchanged where they contradict it."""
    first, last = max(lower or near.earliest, near.earliest), min(upper or near.latest, near.latest)
    return (first, last) if first <= last else (lower, upper)


def _common(hints: Sequence[DateRange]) -> DateRange | None:
    """What the hints leave between them; a hint that contradicts a firmer one is passed over."""
    common: DateRange | None = None
    for hint in hints:
        first = max(common.earliest, hint.earliest) if common else hint.earliest
        last = min(common.latest, hint.latest) if common else hint.latest
        if first <= last:
            common = DateRange(first, last)
    return common


def _interval(lower: date | None, upper: date | None, hint: DateRange | None) -> DateRange | None:
    """Lower and upper bound within the hint; None where a bound is wanting or the two lie too far apart."""
    if hint:
        first, last = max(lower or hint.earliest, hint.earliest), min(upper or hint.latest, hint.latest)
        lower, upper = (first, last) if first <= last else (hint.earliest, hint.latest)
    if lower is None or upper is None or upper < lower or (upper - lower).days > WIDEST:
        return None
    return DateRange(lower, upper, inferred=True)


def _exact(text: str, dates: Sequence[Mention], found: Sequence[Anchor]) -> DateRange | None:
    """The day that a dateline or "today, 12 November" names; a report may come out the day after its
    dateline.
    """
    placed = {x.start: x.days for x in found if x.precision == "day" and x.days.day}
    for mention in dates:
        days = placed.get(mention.start)
        if days is None:
            continue
        if _TODAY.search(text, max(0, mention.start - 24), mention.start):
            return days
        if mention.start < LEAD and dateline(text, mention):
            return DateRange(days.earliest, days.latest + timedelta(days=1))
    return None


def _past(found: Sequence[Anchor]) -> list[Anchor]:
    return [x for x in found if x.tense == "past"]


def _after(anchor: Anchor, *, this_month: bool) -> date:
    """The first day on which what the anchor tells as past can have been printed."""
    if anchor.whole or (this_month and anchor.precision == "month" and anchor.days.day is None):
        return anchor.days.latest + timedelta(days=1)
    return anchor.days.earliest


def _lower(
    found: Sequence[Anchor], phrases: Sequence[PhraseMention], lead: WeekdayMention | None
) -> date | None:
    named = {x.phrase for x in phrases}
    past = _past(found)
    if not past:
        return None
    lower = max(_after(x, this_month="this month" in named) for x in past)
    if lead is not None:
        lower = next_weekday(lower, lead.weekday)
    if "earlier this month" in named and lower.day < 8:
        lower = lower.replace(day=8)
    return lower


def _lead_weekday(text: str, found: Sequence[Anchor]) -> WeekdayMention | None:
    """The weekday of the news that the lead tells, where it stands without a date beside it."""
    for weekday in weekday_mentions(text[:LEAD]):
        dated = any(0 <= x.start - weekday.end <= 3 or 0 <= weekday.start - x.end <= 3 for x in found)
        if not dated and weekday.tense == "past":
            return weekday
    return None


def _upper(
    found: Sequence[Anchor], lower: date | None, phrases: Sequence[PhraseMention], lead: WeekdayMention | None
) -> date | None:
    if lower is None:
        return None
    recent = [x for x in _past(found) if x.recent]
    bounds = [x.days.latest for x in found if x.tense == "future" and x.days.latest >= lower]
    if recent:
        newest = max(recent, key=lambda x: (x.days.earliest, x.precision == "day"))
        bounds.append(newest.days.earliest + timedelta(days=_span(found, newest, lead)))
    bounds = [x for x in bounds if x >= lower]
    return _late(min(bounds), lower, {x.phrase for x in phrases}) if bounds else None


def _span(found: Sequence[Anchor], newest: Anchor, lead: WeekdayMention | None) -> int:
    if newest.precision != "day":
        return RECENT["month"]
    others = any(x.recent and x.start != newest.start and x.precision != "year" for x in found)
    return RECENT["several" if others and lead else "day"]


def _late(upper: date, lower: date, phrases: set[str]) -> date:
    """The upper bound, with "earlier this month" ruling out the 1st to 7th and "later this month" the last
    week.
    """
    if "earlier this month" in phrases and upper.day < 8:
        upper = max(lower, upper.replace(day=1) - timedelta(days=1))
    last = calendar.monthrange(upper.year, upper.month)[1]
    if "later this month" in phrases and upper.day > last - 7:
        upper = max(lower, upper.replace(day=last - 7))
    return upper
