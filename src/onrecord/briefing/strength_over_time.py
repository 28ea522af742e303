"""The expected strength over time against the requirement, as a picture.

Comes in: days with low, expected and high. Goes out: places in the user units of an SVG view box. Drawing is the
template's (``pictures.html.j2``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.briefing.charts import Tick, nice_ceiling, time_ticks
from onrecord.briefing.text import number
from onrecord.briefing.when import day_text

LEFT, RIGHT, TOP, BOTTOM = 70.0, 930.0, 24.0, 260.0


@dataclass(frozen=True, slots=True)
class StrengthOn:
    """The strength as the record stood on a day; ``href`` leads to what it is made of."""

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
    """The picture: the area from low to high, the line of what is expected, the requirement's height or None."""

    title: str
    height: float
    area: str
    line: str
    dots: tuple[StrengthDot, ...]
    ticks: tuple[Tick, ...]
    levels: tuple[Tick, ...]
    need_y: float | None
    need: str


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
    )
