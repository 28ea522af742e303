"""Dates as a text names them: full, without year, months, years, weekdays, "earlier this month".

What comes in is a text; what goes out is what it names, with offsets and tense, nothing concluded. ``days``
draws the conclusions. English only, as the rest of the reading.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from onrecord.model import DateRange
from onrecord.reading.tense import Tense, tense_at

Precision = Literal["day", "month", "year"]
Part = Literal["early", "mid", "late"]
Phrase = Literal[
    "this month",
    "earlier this month",
    "later this month",
    "last month",
    "next month",
    "this year",
    "last year",
]

_MONTH_NAMES = {name.lower(): at for at, name in enumerate(calendar.month_name) if name}
_MONTH_SHORT = {name.lower(): at for at, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_WEEKDAYS = {name.lower(): at for at, name in enumerate(calendar.day_name)}

_M = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_D = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_TO = r"(?:\s?(?:-|–|—|to|and)\s?(?P<last>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?)?"
_Y = r"(?P<year>19[5-9]\d|20[0-4]\d)"

_DAY_FIRST = re.compile(rf"(?<![\d.,/-]){_D}{_TO}(?:\s+of)?\s+{_M}(?!\w)(?:,?\s+{_Y}(?!\d))?")
_MONTH_FIRST = re.compile(
    rf"(?<!\w){_M}\s+{_D}(?![\d:]|,\d|\s?(?:%|per\b)){_TO}(?!\d)(?:(?:,\s*|\s+){_Y}(?!\d))?"
)
_ISO = re.compile(rf"(?<![\d-]){_Y}-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\d)")
_PART = r"(?P<part>early|mid|late|end of|beginning of|start of)[\s-]+"
_MONTH_YEAR = re.compile(rf"(?<!\w)(?<!\d\s)(?:{_PART})?{_M},?\s+(?:of\s+)?{_Y}(?!\d)")
_MONTH_ALONE = re.compile(
    r"(?<!\w)(?P<lead>in|since|by|until|during|last|next|before|after|from|through|for|this|of)\s+"
    rf"(?:the\s+)?(?:{_PART})?{_M}(?!\w)(?!\.?\s+\d)"
)
_PART_MONTH = re.compile(rf"(?<!\w){_PART}{_M}(?!\w)(?!\.?\s+\d)")
_YEAR_ALONE = re.compile(
    r"(?<!\w)(?:in|since|of|from|during|until|by|early|late|mid|the|throughout|year)[\s-]+"
    rf"{_Y}(?![\d%])(?!\s+(?:troops|soldiers|men|people|personnel))"
)
_WEEKDAY = re.compile(
    r"(?<!\w)(?:(?P<lead>on|last|next|this|late|early|until|by)\s+)?"
    r"(?P<name>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?!\w)"
)
_PHRASE = re.compile(
    r"(?<!\w)(?P<phrase>(?:(?:earlier|later)\s+)?this\s+month|(?:last|next)\s+month|(?:this|last)\s+year)(?!\w)",
    re.I,
)
_LEADS_NAME = re.compile(
    r"(?:(?<!\w)(?:the|this|that|an?|its|his|her|their|another|our|[a-z]+-[a-z]+)|['’]s?)\s+$", re.I
)
_NAMED = re.compile(r"\s+[A-Za-z]")
_BEFORE = re.compile(
    r"(?<!\w)(?:(?:before|ahead of|prior to|looming|upcoming|deadline|an eye to|up to)"
    r"(?:\s[^,.;:\n]{0,40})?|this)\s+$",
    re.I,
)
_PARTS: dict[str, Part] = {
    "early": "early",
    "beginning of": "early",
    "start of": "early",
    "mid": "mid",
    "late": "late",
    "end of": "late",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A date that a text names, with or without its year.

    Attributes:
        start, end: where it stands, in code points.
        precision: day, month or year.
        year: as printed, or None.
        month: 1 to 12, or None for a year alone.
        day: of the month, or None; of several ("13-15 October") the last.
        part: "early", "mid" or "late" in the month.
        tense: how it is told.
        last: whether "last" stands before it: it is then not the nearest of its name.
    """

    start: int
    end: int
    precision: Precision
    year: int | None
    month: int | None = None
    day: int | None = None
    part: Part | None = None
    tense: Tense | None = None
    last: bool = False

    def range_in(self, year: int) -> DateRange | None:
        """The days it covers if it is of ``year``; None where there is no such day (29 February).

        Example:
            >>> Mention(0, 12, "month", None, month=10, part="early").range_in(2025).latest
            datetime.date(2025, 10, 10)
        """
        if self.month is None:
            return DateRange(date(year, 1, 1), date(year, 12, 31))
        end = calendar.monthrange(year, self.month)[1]
        if self.day is not None:
            return DateRange.on(date(year, self.month, self.day)) if self.day <= end else None
        first, last = {"early": (1, 10), "mid": (10, 20), "late": (20, end), None: (1, end)}[self.part]
        return DateRange(date(year, self.month, first), date(year, self.month, last))


@dataclass(frozen=True, slots=True)
class WeekdayMention:
    """A weekday by name: ``weekday`` counts from Monday, 0."""

    start: int
    end: int
    weekday: int
    tense: Tense | None


@dataclass(frozen=True, slots=True)
class PhraseMention:
    """A word of time that hangs on the day of publication ("earlier this month")."""

    start: int
    end: int
    phrase: Phrase


def _month(printed: str) -> int:
    low = printed.rstrip(".").lower()
    return _MONTH_NAMES.get(low) or _MONTH_SHORT[low]


def _mention(text: str, found: re.Match[str], precision: Precision) -> Mention | None:
    groups = found.groupdict()
    year = int(groups["year"]) if groups.get("year") else None
    printed = groups.get("month")
    month = None if printed is None else int(printed) if printed.isdigit() else _month(printed)
    day = int(groups.get("last") or groups["day"]) if groups.get("day") else None
    start = found.start("month" if precision == "month" else "year") if precision != "day" else found.start()
    if groups.get("part"):
        start = found.start("part")
    mention = Mention(start, found.end(), precision, year, month, day, _PARTS.get(groups.get("part") or ""))
    if year is not None and mention.range_in(year) is None:
        return None
    if year is None and mention.range_in(2024) is None:  # 2024 has every day that any year has
        return None
    tense: Tense | None
    lead = (groups.get("lead") or "").lower()
    if lead in ("last", "since", "next"):
        tense = "future" if lead == "next" else "past"
    else:
        tense = None if _attributive(text, start, found.end()) else tense_at(text, start, found.end())
    return replace(mention, tense=tense, last=lead == "last")


def _attributive(text: str, start: int, end: int) -> bool:
    """Whether the date only names something ("the 19 April primary"): the verb beside it then says nothing of
    it.
    """
    led = _LEADS_NAME.search(text, max(0, start - 24), start)
    return bool(led and _NAMED.match(text, end)) or bool(_BEFORE.search(text, max(0, start - 64), start))


def date_mentions(text: str) -> tuple[Mention, ...]:
    """Every date, month and year that the text names, in order, none of them twice.

    Example:
        >>> found = date_mentions("They met on October 13, 2025 in Egypt.")
        >>> [(x.day, x.month, x.year, x.tense) for x in found]
        [(13, 10, 2025, 'past')]
    """
    patterns: tuple[tuple[re.Pattern[str], Precision], ...] = (
        (_ISO, "day"),
        (_DAY_FIRST, "day"),
        (_MONTH_FIRST, "day"),
        (_MONTH_YEAR, "month"),
        (_PART_MONTH, "month"),
        (_MONTH_ALONE, "month"),
        (_YEAR_ALONE, "year"),
    )
    taken: list[tuple[int, int]] = []
    mentions: list[Mention] = []
    for pattern, precision in patterns:
        found: list[tuple[int, int]] = []
        for match in pattern.finditer(text):
            mention = _mention(text, match, precision)
            if mention is None or _meets(taken, mention.start, mention.end):
                continue
            found.append((mention.start, mention.end))
            mentions.append(mention)
        taken = sorted(taken + found)
    return tuple(sorted(mentions, key=lambda m: (m.start, m.end)))


def _meets(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether ``start`` to ``end`` overlaps one of the sorted, disjoint stretches."""
    at = bisect_left(taken, (end, end))
    return at > 0 and taken[at - 1][1] > start


def weekday_mentions(text: str) -> Iterator[WeekdayMention]:
    """The weekdays that the text names, in order."""
    for found in _WEEKDAY.finditer(text):
        lead = found["lead"]
        tense: Tense | None = "past" if lead == "last" else "future" if lead == "next" else None
        yield WeekdayMention(
            found.start("name"),
            found.end(),
            _WEEKDAYS[found["name"].lower() + "day"],
            tense or tense_at(text, found.start(), found.end()),
        )


def phrase_mentions(text: str) -> Iterator[PhraseMention]:
    """The words of time that hang on the day of publication, in order."""
    for found in _PHRASE.finditer(text):
        phrase: Phrase = " ".join(found["phrase"].lower().split())  # type: ignore[assignment]
        yield PhraseMention(found.start(), found.end(), phrase)


def next_weekday(day: date, weekday: int) -> date:
    """The first day on or after ``day`` that falls on ``weekday`` (Monday is 0).

    Example:
        >>> next_weekday(date(2025, 10, 13), 2)
        datetime.date(2025, 10, 15)
    """
    return day + timedelta(days=(weekday - day.weekday()) % 7)
