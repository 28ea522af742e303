"""When something was said: "on Friday", "earlier this month", "on 13 October", against the day of publishing.

In: the words of a clause of saying and when the report was published. Out: a :class:`DateRange`, as precise as the
words, or None where the text does not tell (contract, guideline 12). Days of the future are not days of saying.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from onrecord.model import DateRange

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = "|".join(_MONTHS) + "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
_NUMBERS = {
    "a": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_RECENT = 200
"""A date without a year is the last such day before publishing, if no more days back than this; further back it
may as well be a plan for the coming year (days; a little over half a year)."""

_FUTURE = re.compile(
    r"\b(?:next|by|until|before|from|starting|due|coming|tomorrow|since|after|will|for)\s+"
    r"(?:on\s+|the\s+|(?:late|early|mid)[\s-]+)?$",
    re.I,
)
_FULL = re.compile(
    rf"\b(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_MONTH})\.?|(?P<m2>{_MONTH})\.?\s+"
    rf"(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)(?:\s*,?\s+(?P<y>\d{{4}}))?\b",
    re.I,
)
_ISO = re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})\b")
_IN_MONTH = re.compile(
    rf"\b(?:(?:in|during|throughout)\s+|(?P<last>last)\s+)(?:(?P<part>early|mid|late)[\s-]+(?:-\s*)?)?"
    rf"(?P<m>{_MONTH})\b(?!\s+\d{{1,2}}\b)(?:\s*,?\s+(?P<y>\d{{4}}))?",
    re.I,
)
_WEEKDAY = re.compile(r"\b(?P<last>(?:last|this past)\s+)?(?P<day>" + "|".join(_DAYS) + r")\b", re.I)
_AGO = re.compile(
    r"\b(?P<n>" + "|".join(_NUMBERS) + r"|\d{1,2})\s+(?P<unit>day|week)s?\s+(?:ago|earlier)\b", re.I
)
_PHRASE = re.compile(
    r"\b(?:(?P<month>(?:earlier )?this month)|(?P<last_month>last month)|(?P<week>(?:earlier )?this week)"
    r"|(?P<last_week>last week)"
    r"|(?P<weekend>(?:over|at|during|on) the (?:past )?weekend|last weekend)|(?P<yesterday>yesterday)"
    r"|(?P<today>today|earlier in the day|hours later|this (?:morning|afternoon|evening)|tonight))\b",
    re.I,
)
_PARTS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}


def month_number(name: str) -> int:
    """1 to 12 for an English month or its usual abbreviation.

    Example:
        >>> month_number("Sept"), month_number("march")
        (9, 3)
    """
    return next(i for i, m in enumerate(_MONTHS, 1) if m.startswith(name.lower()[:3]))


def said_on(words: str, published: DateRange | None) -> DateRange | None:
    """The day or stretch of days that a clause of saying names; the first that it names where there are several.

    Args:
        words: the clause ("said on Friday", "told a meeting last Thursday").
        published: when the report came out; its day, where just one is known, anchors weekdays.

    Example:
        >>> said_on("said on Friday", DateRange.on(date(2025, 10, 11))).day
        datetime.date(2025, 10, 10)
        >>> said_on("said in early November", DateRange.on(date(2026, 1, 3)))
        DateRange(earliest=datetime.date(2025, 11, 1), latest=datetime.date(2025, 11, 10), inferred=True)
        >>> said_on("will say next Tuesday", DateRange.on(date(2025, 10, 11))) is None
        True
    """
    for match, read in sorted(_matches(words), key=lambda pair: pair[0].start()):
        if _FUTURE.search(words[: match.start()]):
            continue
        found = read(match, published)
        if found is not None and not (published is not None and found.earliest > published.latest):
            return found
    return None


_Reader = Callable[["re.Match[str]", DateRange | None], DateRange | None]


def _matches(words: str) -> Iterator[tuple[re.Match[str], _Reader]]:
    for pattern, read in (
        (_FULL, _full),
        (_ISO, _iso),
        (_IN_MONTH, _in_month),
        (_AGO, _ago),
        (_PHRASE, _phrase),
        (_WEEKDAY, _weekday),
    ):
        for match in pattern.finditer(words):
            yield match, read


def _full(match: re.Match[str], published: DateRange | None) -> DateRange | None:
    month, day = month_number(match["m"] or match["m2"]), int(match["d"] or match["d2"])
    try:
        if match["y"]:
            return DateRange.on(date(int(match["y"]), month, day))
        if published is None:
            return None
        found = date(published.latest.year, month, day)
        if found > published.latest:
            found = date(published.latest.year - 1, month, day)
    except ValueError:
        return None
    return DateRange.on(found) if (published.latest - found).days < _RECENT else None


def _iso(match: re.Match[str], published: DateRange | None) -> DateRange | None:
    try:
        return DateRange.on(date(int(match["y"]), int(match["m"]), int(match["d"])))
    except ValueError:
        return None


def _in_month(match: re.Match[str], published: DateRange | None) -> DateRange | None:
    month = month_number(match["m"])
    if match["y"]:
        year = int(match["y"])
        if not 1 <= year <= 9998:
            return None
    elif published is None:
        return None
    else:
        now = published.latest
        year = now.year - (month > now.month or (bool(match["last"]) and month == now.month))
    first, last = date(year, month, 1), _month_end(year, month)
    if match["part"]:
        low, high = _PARTS[match["part"].lower()]
        first, last = date(year, month, low), date(year, month, min(high, last.day))
    if published is not None:
        if not match["y"] and (published.latest - last).days >= _RECENT:
            return None
        last = min(last, published.latest)
    return DateRange(first, last, inferred=True) if first <= last else None


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _ago(match: re.Match[str], published: DateRange | None) -> DateRange | None:
    anchor = published.day if published else None
    if anchor is None:
        return None
    number = match["n"].lower()
    count = _NUMBERS.get(number) or int(number)
    if match["unit"].lower() == "day":
        return DateRange.on(anchor - timedelta(days=count))
    # "two weeks ago" is seldom fourteen days: half a week to either side
    middle = anchor - timedelta(weeks=count)
    return DateRange(middle - timedelta(days=3), middle + timedelta(days=3), inferred=True)


def _phrase(match: re.Match[str], published: DateRange | None) -> DateRange | None:
    if published is None:
        return None
    first, last = published.earliest, published.latest
    monday = first - timedelta(days=first.weekday())
    if match["month"]:
        return DateRange(first.replace(day=1), last, inferred=True)
    if match["last_month"]:
        end = last.replace(day=1) - timedelta(days=1)
        return DateRange((first.replace(day=1) - timedelta(days=1)).replace(day=1), end, inferred=True)
    if match["week"]:
        return DateRange(monday, last, inferred=True)
    if match["last_week"]:
        return DateRange(monday - timedelta(days=7), last - timedelta(days=last.weekday() + 1), inferred=True)
    if match["weekend"]:
        saturday = first - timedelta(days=(first.weekday() - 5) % 7)
        return DateRange(saturday, min(saturday + timedelta(days=1), last), inferred=True)
    if published.day is None:
        return None
    return DateRange.on(published.day - timedelta(days=1 if match["yesterday"] else 0))


def _weekday(match: re.Match[str], published: DateRange | None) -> DateRange | None:
    anchor = published.day if published else None
    if anchor is None:
        return None
    back = (anchor.weekday() - _DAYS.index(match["day"].lower())) % 7
    if back == 0 and match["last"]:
        back = 7
    return DateRange.on(anchor - timedelta(days=back))
