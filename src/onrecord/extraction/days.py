"""When something was said: "on Friday", "earlier this month", "on 13 October" resolved against the day of publishing.

In: a sentence and when the report was published. Out: a :class:`DateRange`, or None where the text does not tell (guideline
rule 12). Days of the future are not days of saying.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from onrecord.model import DateRange

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_MONTH = "|".join(_MONTHS) + "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
_WEEKDAY = re.compile(r"\b(?P<last>last |this past |on |late on |early on |)(?P<day>" + "|".join(_DAYS) + r")\b", re.I)
_FULL = re.compile(rf"\b(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_MONTH})\.?|(?P<m2>{_MONTH})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)(?:,?\s+(?P<y>\d{{4}}))?\b", re.I)
_FUTURE = re.compile(r"\b(?:next|by|until|before|from|starting|due|coming)\s+(?:on\s+|the\s+)?$", re.I)


def month_number(name: str) -> int:
    """1 to 12 for an English month or its usual abbreviation.

    Example:
        >>> month_number("Sept"), month_number("march")
        (9, 3)
    """
    return next(i for i, m in enumerate(_MONTHS, 1) if m.startswith(name.lower()[:3]))


def said_on(words: str, published: DateRange | None) -> DateRange | None:
    """The day or stretch of days that a clause of saying names.

    Args:
        words: the clause ("said on Friday", "told a meeting last Thursday").
        published: when the report came out; its day, where just one is known, anchors weekdays.

    Example:
        >>> said_on("said on Friday", DateRange.on(date(2025, 10, 11))).day
        datetime.date(2025, 10, 10)
    """
    anchor = published.day if published else None
    for match in _FULL.finditer(words):
        if _FUTURE.search(words[: match.start()]):
            continue
        resolved = _full(match, published)
        if resolved is not None:
            return resolved
    if published is None:
        return None
    lower = words.lower()
    for phrase, first, last in (
        ("earlier this month", lambda a: a.replace(day=1), lambda a: a),
        ("this month", lambda a: a.replace(day=1), lambda a: a),
        ("last month", lambda a: (a.replace(day=1) - timedelta(days=1)).replace(day=1), lambda a: a.replace(day=1) - timedelta(days=1)),
        ("earlier this week", lambda a: a - timedelta(days=a.weekday()), lambda a: a),
        ("this week", lambda a: a - timedelta(days=a.weekday()), lambda a: a),
        ("last week", lambda a: a - timedelta(days=a.weekday() + 7), lambda a: a - timedelta(days=a.weekday() + 1)),
    ):
        if phrase in lower:
            return DateRange(first(published.earliest), last(published.latest), inferred=True)
    if anchor is None:
        return None
    if re.search(r"\byesterday\b", lower):
        return DateRange.on(anchor - timedelta(days=1))
    if re.search(r"\b(?:today|earlier in the day|hours later|this morning|tonight)\b", lower):
        return DateRange.on(anchor)
    for match in _WEEKDAY.finditer(words):
        if _FUTURE.search(words[: match.start()]):
            continue
        back = (anchor.weekday() - _DAYS.index(match["day"].lower())) % 7
        if back == 0 and match["last"].lower().startswith(("last", "this past")):
            back = 7
        return DateRange.on(anchor - timedelta(days=back))
    return None


def _full(match: re.Match[str], published: DateRange | None) -> DateRange | None:
    month = month_number(match["m"] or match["m2"])
    day = int(match["d"] or match["d2"])
    try:
        if match["y"]:
            return DateRange.on(date(int(match["y"]), month, day))
        if published is None:
            return None
        found = date(published.latest.year, month, day)
        if found > published.latest:
            found = date(published.latest.year - 1, month, day)
        # a date without a year is the last such day before publishing; half a year back it may be a plan instead
        return DateRange.on(found) if published.latest - found < timedelta(days=200) else None
    except ValueError:
        return None
