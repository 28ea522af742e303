"""Periods: "in 2016-2020", "since October 2023", "in April", "last year" read into days.

In: a sentence and the day of publication. Out: :class:`Period` with offsets in the sentence. Days of saying are found
in :mod:`~onrecord.extraction.days`; here it is the time that a figure or a deal is told of. Nothing that lies ahead is
one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.extraction.days import month_number
from onrecord.model import DateRange

_MONTH = (
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)(?:\.|\b))"
)
_YEAR = r"(?:19|20)\d\d"
_SPAN = re.compile(
    rf"\b(?:(?i:in|between|from|over|during|for|since)\s+(?:the\s+(?:years|period)\s+)?)?(?P<a>{_YEAR})\s?"
    rf"(?:-|–|—|to|and|through|until)\s?(?P<z>{_YEAR}|\d\d)\b"
)
_MONTHS = re.compile(
    rf"\b(?i:between|from)\s+(?P<a>{_MONTH})(?:\s+(?P<ay>{_YEAR}))?\s+(?:and|to|until|through)\s+(?P<z>{_MONTH})"
    rf"(?:\s+(?P<zy>{_YEAR}))?(?!\s+\d)"
)
_SINCE = re.compile(
    rf"\b(?i:since)\s+(?:the\s+(?:start|beginning|end)\s+of\s+)?(?:(?:early|mid|late)[\s-]+)?(?:(?:\d{{1,2}}\s+)?(?P<m>{_MONTH})\s+)?(?P<y>{_YEAR})\b"
)
_SINCE_MONTH = re.compile(rf"\b(?i:since)\s+(?:(?:early|mid|late)[\s-]+)?(?P<m>{_MONTH})(?!\s+(?:\d|of))")
_DAY = re.compile(
    rf"\b(?i:on\s+|as of\s+|by\s+)?(?:(?P<d>\d{{1,2}})\s+(?P<m>{_MONTH})|(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}}),?)\s+"
    rf"(?P<y>{_YEAR})\b"
)
_IN_MONTH = re.compile(
    rf"\b(?i:in|during|by|at)\s+(?:the\s+end\s+of\s+)?(?:(?:early|mid|late)[\s-]+)?(?P<m>{_MONTH})"
    rf"(?:\s+(?:of\s+)?(?P<y>{_YEAR}|last\s+year))?(?!\s+\d)"
)
_LAST_MONTH = re.compile(rf"\b(?i:last)\s+(?P<m>{_MONTH})(?!\s+\d)")
_IN_YEAR = re.compile(
    rf"\b(?i:in|during|for|by|at)\s+(?:the\s+(?P<part>first|second)\s+half\s+of\s+|the\s+end\s+of\s+|(?:early|mid|late)[\s-]+|"
    rf"fiscal\s+(?:year\s+)?|financial\s+year\s+|calendar\s+year\s+)?(?P<y>{_YEAR})\b(?!\s?[-–]\s?\d)"
)
_SEASON = re.compile(
    rf"\b(?i:in|during|over|last)\s+(?:the\s+)?(?:(?:early|late)\s+)?(?P<s>spring|summer|autumn|fall|winter)"
    rf"(?:\s+of)?(?:\s+(?P<y>{_YEAR}))?\b"
)
_FIRST_MONTH = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""Of the northern half of the earth, where the outlets are that the vocabulary knows."""
_PHRASE = re.compile(
    r"\b(?:in\s+|over\s+|during\s+)?(?:(?P<last_year>last\s+year|the\s+previous\s+year)|"
    r"(?P<this_year>so\s+far\s+this\s+year|this\s+year)|(?P<last_month>last\s+month)|(?P<past>(?:the\s+)?(?:last|past)\s+(?P<n>two|three|four|five|six|ten|\d{1,2})\s+years)|"
    r"(?P<ago>(?P<k>two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\s+years\s+ago))\b",
    re.I,
)
_NUMBERS = {w: n for n, w in enumerate(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 2)}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days that a sentence names.

    Attributes:
        start, end: offsets in the sentence (code points, end exclusive).
        days: the days, or None where the text alone does not tell them.
        exact: whether it is one day.
    """

    start: int
    end: int
    days: DateRange | None
    exact: bool = False


def periods(sentence: str, published: DateRange | None) -> list[Period]:
    """The periods that a sentence names, in order; of several that share words the longest.

    Args:
        sentence: the words.
        published: when the report came out; what is told of later days is left out.

    Example:
        >>> [p.days for p in periods("69 per cent in 2016-20", None)]
        [DateRange(earliest=datetime.date(2016, 1, 1), latest=datetime.date(2020, 12, 31), inferred=False)]
        >>> periods("by 2035", DateRange.on(date(2026, 1, 3)))
        []
    """
    found = sorted(_all(sentence, published), key=lambda p: (-(p.end - p.start), p.start))
    kept: list[Period] = []
    for one in found:
        if all(one.end <= k.start or k.end <= one.start for k in kept) and not _ahead(one, published):
            kept.append(one)
    return sorted(kept, key=lambda p: p.start)


def _ahead(period: Period, published: DateRange | None) -> bool:
    return period.days is not None and published is not None and period.days.earliest > published.latest


def _all(text: str, published: DateRange | None) -> Iterator[Period]:
    now = published.latest if published else None
    for m in _SPAN.finditer(text):
        first, last = int(m["a"]), int(m["z"] if len(m["z"]) == 4 else m["a"][:2] + m["z"])
        if first < last:
            yield Period(m.start(), m.end(), _years(first, last))
    for m in _MONTHS.finditer(text):
        yield Period(m.start(), m.end(), _between(m, now))
    for m in _SINCE.finditer(text):
        begin = date(int(m["y"]), month_number(m["m"]) if m["m"] else 1, 1)
        yield Period(m.start(), m.end(), _until(begin, now))
    for m in _SINCE_MONTH.finditer(text):
        begun = _month(m["m"], None, now)
        yield Period(m.start(), m.end(), begun and _until(begun.earliest, now))
    for m in _DAY.finditer(text):
        try:
            day = date(int(m["y"]), month_number(m["m"] or m["m2"]), int(m["d"] or m["d2"]))
        except ValueError:
            continue
        yield Period(m.start(), m.end(), DateRange.on(day), exact=True)
    for pattern in (_IN_MONTH, _LAST_MONTH):
        for m in pattern.finditer(text):
            year = m.groupdict().get("y")
            yield Period(m.start(), m.end(), _month(m["m"], year, now))
    for m in _IN_YEAR.finditer(text):
        year = int(m["y"])
        whole = _years(year, year)
        if m["part"]:
            first = m["part"].lower() == "first"
            whole = DateRange(
                whole.earliest if first else date(year, 7, 1), date(year, 6, 30) if first else whole.latest
            )
        yield Period(m.start(), m.end(), whole)
    for m in _SEASON.finditer(text):
        yield Period(m.start(), m.end(), _season(m["s"], m["y"], now))
    for m in _PHRASE.finditer(text):
        yield Period(m.start(), m.end(), _phrase(m, now) if now else None)


def _years(first: int, last: int) -> DateRange:
    return DateRange(date(first, 1, 1), date(last, 12, 31))


def _until(begin: date, now: date | None) -> DateRange | None:
    """From a day to the day of publication, which the text does not print; None where that is not known."""
    return DateRange(begin, now, inferred=True) if now and begin <= now else None


def _month(name: str, year: str | None, now: date | None) -> DateRange | None:
    month = month_number(name)
    if year and year.isdigit():
        number = int(year)
    elif now is None:
        return None
    else:
        number = now.year - 1 if year or month > now.month else now.year
    first = date(number, month, 1)
    last = date(number + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return DateRange(first, last, inferred=not (year and year.isdigit()))


def _season(name: str, year: str | None, now: date | None) -> DateRange | None:
    if not year and now is None:
        return None
    first = date(int(year) if year else now.year if now else 1, _FIRST_MONTH[name], 1)
    if not year and now is not None and first > now:
        first = first.replace(year=first.year - 1)
    last_month = (first.month + 1) % 12 + 1
    end = date(first.year + (last_month < first.month), last_month, 1)
    last = (end.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return DateRange(first, min(last, now) if now and now >= first else last, inferred=True)


def _between(m: re.Match[str], now: date | None) -> DateRange | None:
    last = _month(m["z"], m["zy"], now)
    if last is None:
        return None
    number = int(m["ay"]) if m["ay"] else last.latest.year - (month_number(m["a"]) > last.latest.month)
    return DateRange(date(number, month_number(m["a"]), 1), last.latest, inferred=last.inferred)


def _phrase(m: re.Match[str], now: date) -> DateRange:
    if m["last_year"]:
        return DateRange(date(now.year - 1, 1, 1), date(now.year - 1, 12, 31), inferred=True)
    if m["this_year"]:
        return DateRange(date(now.year, 1, 1), now, inferred=True)
    if m["last_month"]:
        end = now.replace(day=1) - timedelta(days=1)
        return DateRange(end.replace(day=1), end, inferred=True)
    words = (m["n"] or m["k"]).lower()
    count = _NUMBERS.get(words) or int(words)
    if m["ago"]:
        return DateRange(date(now.year - count, 1, 1), date(now.year - count, 12, 31), inferred=True)
    return DateRange(date(now.year - count, 1, 1), now, inferred=True)
