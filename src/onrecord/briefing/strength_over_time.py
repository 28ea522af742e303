"""The expected strength over time against the requirement, as a picture.

Comes in: days with low, expected and high. Goes out: places in the user units of an SVG view box. Drawing is the
template's (``pictures.html.j2``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from onrecord.briefing.charts import Tick, nice_ceiling, time_ticks
from onrecord.briefing.text import number
from onrecord.briefing.values import a_map, as_number, maps
from onrecord.briefing.when import day_text

LEFT, RIGHT, TOP, BOTTOM = 70.0, 930.0, 24.0, 260.0


@dataclass(frozen=True, slots=True)
class StrengthOn:
    """The strength as the record stood on a day; ``href`` leads to what it is made of, or is empty."""

    day: date
    low: float
    expected: float
    high: float
    href: str


@dataclass(frozen=True, slots=True)
class StrengthDot:
    """A day's mark."""

    x: float
    y: float
    href: str
    title: str


@dataclass(frozen=True, slots=True)
class StrengthLine:
    """The picture: the area from low to high, the line of what is expected, the requirement's height or None.

    ``rows`` tells the same in words: day, low, expected, high.
    """

    title: str
    height: float
    area: str
    line: str
    dots: tuple[StrengthDot, ...]
    ticks: tuple[Tick, ...]
    levels: tuple[Tick, ...]
    need_y: float | None
    need: str
    rows: tuple[tuple[str, str, str, str], ...] = ()


def days_between(days: Sequence[date], last: date, most: int) -> list[date]:
    """Up to ``most`` of the days up to the last, evenly spread, the last one always.

    Example:
        >>> found = days_between([date(2026, 1, n) for n in range(1, 31)], date(2026, 1, 30), 4)
        >>> [d.day for d in found]
        [1, 11, 20, 30]
    """
    known = sorted({d for d in days if d <= last} | {last})
    if len(known) <= most:
        return known
    step = (len(known) - 1) / (most - 1)
    return [known[round(n * step)] for n in range(most)]


def strength_on(day: date, force: Mapping[str, Any] | None, href: str = "") -> StrengthOn | None:
    """A day's strength by the first scenario of a record in the form of ``force.json``; None where it tells none.

    Example:
        >>> told = {"scenarios": [{"low": 0, "expected": 1200, "high": 3000}]}
        >>> strength_on(date(2026, 1, 5), told).expected, strength_on(date(2026, 1, 5), None)
        (1200.0, None)
    """
    first = next(iter(maps((force or {}).get("scenarios"))), None)
    if first is None:
        return None
    low, expected, high = (as_number(first.get(k)) for k in ("low", "expected", "high"))
    if low is None or expected is None or high is None:
        return None
    return StrengthOn(day, low, expected, high, href)


def required_by(force: Mapping[str, Any] | None) -> float | None:
    """The strength that a record in the form of ``force.json`` asks for: the least where it is a stretch."""
    required = a_map((force or {}).get("required"))
    return as_number(required.get("low")) or as_number(required.get("high"))


def strength_over_time(found: Sequence[StrengthOn], need: float | None, title: str) -> StrengthLine | None:
    """The picture; None for fewer than two days.

    Example:
        >>> days = [StrengthOn(date(2026, m, 1), 0, 1000.0 * m, 5000, "#") for m in (1, 2)]
        >>> made = strength_over_time(days, 20000, "Strength")
        >>> made.need, len(made.dots), made.dots[0].title
        ('required: 20,000', 2, '1 Jan 2026: 1,000 expected (0 to 5,000)')
    """
    points = sorted(found, key=lambda s: s.day)
    if len(points) < 2:
        return None
    first, last = points[0].day, points[-1].day
    span = max((last - first).days, 1)
    top = nice_ceiling(max([*(p.high for p in points), *(p.expected for p in points), need or 0.0]))

    def x_of(day: date) -> float:
        return round(LEFT + (day - first).days / span * (RIGHT - LEFT), 1)

    def y_of(value: float) -> float:
        return round(BOTTOM - max(value, 0.0) / top * (BOTTOM - TOP), 1)

    upper = [f"{x_of(p.day):g} {y_of(p.high):g}" for p in points]
    lower = [f"{x_of(p.day):g} {y_of(p.low):g}" for p in reversed(points)]
    middle = [f"{x_of(p.day):g} {y_of(p.expected):g}" for p in points]
    return StrengthLine(
        title=title,
        height=BOTTOM + 30,
        area=f"M{'L'.join([*upper, *lower])}Z",
        line=f"M{'L'.join(middle)}",
        dots=tuple(
            StrengthDot(
                x_of(p.day),
                y_of(p.expected),
                p.href,
                f"{day_text(p.day)}: {number(round(p.expected))} expected ({number(p.low)} to {number(p.high)})",
            )
            for p in points
        ),
        ticks=time_ticks(first, last, LEFT, RIGHT),
        levels=tuple(Tick(y_of(top * n / 4), number(top * n / 4)) for n in range(5)),
        need_y=y_of(need) if need is not None else None,
        need=f"required: {number(need)}" if need is not None else "",
        rows=tuple(
            (day_text(p.day), number(p.low), number(round(p.expected)), number(p.high)) for p in points
        ),
    )
