"""Dates as metadata prints them: a string or number in, the day or days it names out.

For what a page, a front matter or a JSON line states about its own publication; dates inside running text are
the matter of ``mentions``. The day is the one printed, in the zone it was printed in: a reader's "Wednesday"
is meant by that calendar.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from onrecord.model import DateRange
from onrecord.reading.mentions import date_mentions

_ISO_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:$|[T\s].*)", re.S)
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})$")
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})[./-](\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})(?!\d)")
_EPOCH = (datetime(1990, 1, 1, tzinfo=UTC).timestamp(), datetime(2100, 1, 1, tzinfo=UTC).timestamp())


def printed_date(value: object) -> DateRange | None:
    """The day or days that a piece of metadata names, or None where it names none.

    Takes ISO 8601, RFC 5322, written-out English dates, seconds or milliseconds since 1970, and the
    ``{date, earliest, latest, inferred}`` of this program's own export. Of "03/04/2025" both readings are
    given, as an inferred range from the one to the other, for nothing tells which is meant.

    Example:
        >>> printed_date("2025-11-12T23:30:00-05:00").day
        datetime.date(2025, 11, 12)
        >>> printed_date("03/04/2025")
        DateRange(earliest=datetime.date(2025, 3, 4), latest=datetime.date(2025, 4, 3), inferred=True)
        >>> printed_date("soon") is None
        True
    """
    if isinstance(value, Mapping):
        return _of_mapping(value)
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _of_epoch(float(value))
    if isinstance(value, datetime):
        return _sane(value.date())
    if isinstance(value, date):
        return _sane(value)
    return _of_text(str(value)[:200].strip())


def _sane(day: date) -> DateRange | None:
    """The day, unless no news can be of it: archives begin in the 17th century, and clocks reset to 1970 or
    1.
    """
    return DateRange.on(day) if 1600 <= day.year <= 2100 and day != date(1970, 1, 1) else None


def _day(year: str | int, month: str | int, day: str | int) -> DateRange | None:
    try:
        return _sane(date(int(year), int(month), int(day)))
    except ValueError:
        return None


def _of_mapping(value: Mapping[object, object]) -> DateRange | None:
    try:
        first = date.fromisoformat(str(value["earliest"]))
        last = date.fromisoformat(str(value["latest"]))
        return DateRange(first, last, bool(value.get("inferred")))
    except (KeyError, ValueError):
        return printed_date(value.get("date")) if isinstance(value.get("date"), str) else None


def _of_epoch(seconds: float) -> DateRange | None:
    for stamp in (seconds, seconds / 1000):
        if _EPOCH[0] <= stamp <= _EPOCH[1]:
            return _sane(datetime.fromtimestamp(stamp, UTC).date())
    return None


def _of_text(text: str) -> DateRange | None:
    if iso := _ISO_DAY.match(text):
        return _day(*iso.groups())
    if month := _ISO_MONTH.match(text):
        return _month(int(month[1]), int(month[2]))
    if numeric := _YEAR_FIRST.match(text):
        return _day(*numeric.groups())
    if numeric := _NUMERIC.match(text):
        first, mark, second, year = numeric.groups()
        return _day(year, second, first) if mark == "." else _both_ways(int(first), int(second), int(year))
    if text.isascii() and text.isdigit() and len(text) >= 9:
        return _of_epoch(float(text))
    try:
        return _sane(parsedate_to_datetime(text).date())
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    for mention in date_mentions(text):
        if mention.year is not None and mention.precision != "year":
            return mention.range_in(mention.year)
    return None


def _month(year: int, month: int) -> DateRange | None:
    if not (1 <= month <= 12 and 1600 <= year <= 2100):
        return None
    return DateRange(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def _both_ways(first: int, second: int, year: int) -> DateRange | None:
    """Day first or month first: where the figures allow both, the stretch between the two."""
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    if day_first is None or month_first is None or day_first == month_first:
        return day_first or month_first
    days = sorted((day_first.earliest, month_first.earliest))
    return DateRange(days[0], days[1], inferred=True)
