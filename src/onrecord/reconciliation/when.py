"""Days as ordinals for ordering, and in words for sentences.

Comes in: `DateRange`, `date`. Goes out: plain bounds, orders, words. A time that nobody told has no order: it
is neither before nor after anything.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache

from onrecord.model import DateRange

Bounds = tuple[int, int]
"""First and last day as ordinals of `date`, both included."""

NEVER = date.max.toordinal()
UNKNOWN: Bounds = (0, NEVER)
"""The bounds of a time that is not known at all."""

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def bounds(when: DateRange | None) -> Bounds:
    """The bounds of a stretch of days, or `UNKNOWN`."""
    return UNKNOWN if when is None else (when.earliest.toordinal(), when.latest.toordinal())


def known(when: Bounds) -> bool:
    """Whether a time is known from at least one side."""
    return when != UNKNOWN


def before(a: Bounds, b: Bounds) -> bool:
    """Whether `a` certainly ends before `b` begins. Stretches that overlap are not in order.

    Example:
        >>> before((1, 5), (6, 9)), before((1, 6), (6, 9))
        (True, False)
    """
    return a[1] < b[0]


def middle(when: Bounds) -> float:
    """The middle, for sorting only; a time with an open end is sorted by the end that is known.

    A time that is known from neither side sorts before all others, so that it never passes for the latest
    word.
    """
    low, high = when
    if low == 0:
        return -1.0 if high == NEVER else float(high)
    return float(low) if high == NEVER else (low + high) / 2


def apart(a: Bounds, b: Bounds) -> float:
    """Days from middle to middle; infinite where one of them is not known."""
    if not known(a) or not known(b):
        return float("inf")
    return abs(middle(a) - middle(b))


def gap(a: Bounds, b: Bounds) -> int:
    """The least number of days that can lie between two times: 0 where they may be the same day."""
    return max(0, b[0] - a[1], a[0] - b[1])


def as_range(when: Bounds, *, inferred: bool = False) -> DateRange | None:
    """The stretch of days with these bounds, or None where a bound is not known."""
    low, high = when
    if low == 0 or high == NEVER:
        return None
    return DateRange(date.fromordinal(low), date.fromordinal(high), inferred)


@lru_cache(maxsize=4096)
def words(when: Bounds) -> str:
    """A time in words, for a sentence: no more precise than it is known.

    Example:
        >>> day = date(2025, 11, 3).toordinal()
        >>> words((day, day)), words((day, day + 6)), words(UNKNOWN)
        ('on 3 November 2025', 'between 3 and 9 November 2025', 'on a day that is not told')
        >>> words((date(2025, 11, 1).toordinal(), date(2025, 11, 30).toordinal()))
        'in November 2025'
        >>> words((0, day))
        'before 4 November 2025'
    """
    low, high = when
    if low == 0 and high == NEVER:
        return "on a day that is not told"
    if low == 0:
        return f"before {_day(date.fromordinal(high + 1))}"
    if high == NEVER:
        return f"after {_day(date.fromordinal(low - 1))}"
    first, last = date.fromordinal(low), date.fromordinal(high)
    if low == high:
        return f"on {_day(first)}"
    if (first.year, first.month) == (last.year, last.month):
        if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
            return f"in {_MONTHS[first.month - 1]} {first.year}"
        return f"between {first.day} and {_day(last)}"
    if first.year == last.year:
        return f"between {first.day} {_MONTHS[first.month - 1]} and {_day(last)}"
    return f"between {_day(first)} and {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def day_words(day: date) -> str:
    """A day in words.

    Example:
        >>> day_words(date(2025, 11, 3))
        '3 November 2025'
    """
    return _day(day)
