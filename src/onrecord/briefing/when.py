"""Days and stretches of days in words, no more precise than they are known.

Comes in: `DateRange`. Goes out: `When`, ready to show. An inferred date always says "about".
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from onrecord.model import DateRange

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class When:
    """A time as it is shown.

    Attributes:
        text: in words, with the year.
        short: the same without the year.
        iso: the day in ISO 8601, or None where it is more than one day.
        about: whether it was inferred, not printed.
        order: for sorting and for charts only, never shown.
        span: whether it is more than one day.
        earliest, latest: the bounds.
    """

    text: str
    short: str
    iso: str | None
    about: bool
    order: date
    span: bool
    earliest: date
    latest: date


def day_text(day: date, *, year: bool = True) -> str:
    """A day in words.

    >>> day_text(date(2025, 11, 3)), day_text(date(2025, 11, 3), year=False)
    ('3 Nov 2025', '3 Nov')
    """
    said = f"{day.day} {_MONTHS[day.month - 1]}"
    return f"{said} {day.year}" if year else said


def range_text(first: date, last: date, *, year: bool = True) -> str:
    """A stretch of days in words, as short as it can be said.

    >>> range_text(date(2025, 11, 1), date(2025, 11, 30)), range_text(date(2025, 11, 3), date(2025, 11, 9))
    ('Nov 2025', '3–9 Nov 2025')
    >>> range_text(date(2025, 12, 28), date(2026, 1, 3)), range_text(date(2025, 10, 1), date(2025, 11, 30))
    ('28 Dec 2025 – 3 Jan 2026', 'Oct–Nov 2025')
    """
    if first == last:
        return day_text(first, year=year)
    tail = f" {last.year}" if year else ""
    whole_months = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if first.year != last.year:
        if whole_months:
            return f"{_MONTHS[first.month - 1]} {first.year} – {_MONTHS[last.month - 1]} {last.year}"
        return f"{day_text(first)} – {day_text(last)}"
    if whole_months:
        months = _MONTHS[first.month - 1]
        if first.month != last.month:
            months = f"{months}–{_MONTHS[last.month - 1]}"
        return f"{months}{tail}"
    if first.month == last.month:
        return f"{first.day}–{last.day} {_MONTHS[first.month - 1]}{tail}"
    return f"{day_text(first, year=False)} – {day_text(last, year=False)}{tail}"


def when(value: DateRange | None) -> When | None:
    """A date range as it is shown, or None where there is none.

    >>> when(DateRange(date(2025, 11, 3), date(2025, 11, 9), inferred=True)).text
    'about 3–9 Nov 2025'
    """
    if value is None:
        return None
    about = "about " if value.inferred else ""
    first, last = value.earliest, value.latest
    return When(
        text=about + range_text(first, last),
        short=about + range_text(first, last, year=False),
        iso=value.day.isoformat() if value.day else None,
        about=value.inferred,
        order=value.middle,
        span=value.day is None,
        earliest=first,
        latest=last,
    )
