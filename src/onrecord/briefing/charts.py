"""Geometry of the pictures: a standing's history, the parties over time, strength against requirement.

Comes in: dates and figures. Goes out: places in the user units of an SVG view box, rounded to a tenth, with
the words of each part. Drawing is the template's; nothing here knows colours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.briefing.text import number
from onrecord.briefing.when import day_text
from onrecord.model import Polarity

STEP_LEVELS: tuple[tuple[Polarity, float], ...] = (
    ("for", 10),
    ("leaning", 24),
    ("open", 38),
    ("against", 52),
)
STEP_LEFT, STEP_RIGHT = 48.0, 250.0
LANE_LEFT, LANE_RIGHT, LANE_TOP, LANE_HEIGHT = 160.0, 952.0, 26.0, 28.0
BAR_LEFT, BAR_RIGHT, BAR_TOP, BAR_HEIGHT = 190.0, 690.0, 36.0, 46.0
_MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MOST_TICKS = 9
UNLOCK_WIDTH, UNLOCK_HEIGHT = 300.0, 40.0
"""The longest bar, which leaves room for its figures behind it; and a row, its label above its bar."""
LABEL_WIDTH = 90.0
"""A band narrower than this has no room for its stance."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on a chart."""

    x: float
    y: float
    polarity: Polarity
    title: str


@dataclass(frozen=True, slots=True)
class Steps:
    """A standing's history as a stepped line."""

    title: str
    path: str
    dots: tuple[Dot, ...]
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of one stance in a lane; ``whisker_*`` spans the days on which it may have begun."""

    x: float
    width: float
    polarity: Polarity
    label: str
    title: str
    whisker_from: float
    whisker_to: float


@dataclass(frozen=True, slots=True)
class Lane:
    """A party over time."""

    label: str
    anchor: str
    y: float
    bands: tuple[Band, ...]
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Lanes:
    """Parties over time on one task."""

    title: str
    height: float
    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]
    since_x: float | None
    since: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A strength: from low to high, with what is expected."""

    label: str
    detail: str
    y: float
    low: float
    high: float
    expected: float | None


@dataclass(frozen=True, slots=True)
class StrengthChart:
    """Strength by scenario against what is required."""

    title: str
    height: float
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]
    need_low: float | None
    need_high: float | None
    need: str


@dataclass(frozen=True, slots=True)
class UnlockBar:
    """What meeting a condition gains; ``share`` where its fair share of the whole gain ends, or None."""

    label: str
    detail: str
    y: float
    width: float
    share: float | None


@dataclass(frozen=True, slots=True)
class UnlockChart:
    """What each condition would unlock."""

    title: str
    height: float
    bars: tuple[UnlockBar, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stance and the first and last day on which it may have begun."""

    earliest: date
    latest: date
    polarity: Polarity
    label: str
    said: str

    @property
    def middle(self) -> date:
        """Where it is drawn."""
        return self.earliest + (self.latest - self.earliest) // 2


def _place(day: date, first: date, last: date, left: float, right: float) -> float:
    span = (last - first).days
    share = (day - first).days / span if span > 0 else 0.0
    return round(left + min(max(share, 0.0), 1.0) * (right - left), 1)


def place_in_lane(day: date, first: date, last: date) -> float:
    """Where a day stands in a lane."""
    return _place(day, first, last, LANE_LEFT, LANE_RIGHT)


def steps(stretches: Sequence[Stretch], as_of: date, title: str) -> Steps | None:
    """A stepped line over the four polarities, or None where nothing is dated."""
    if not stretches:
        return None
    first = stretches[0].middle
    levels = dict(STEP_LEVELS)
    path, dots = "", []
    for n, stretch in enumerate(stretches):
        x = _place(stretch.middle, first, max(as_of, first), STEP_LEFT, STEP_RIGHT)
        y = levels[stretch.polarity]
        path += f"M{x:g} {y:g}" if n == 0 else f"H{x:g}V{y:g}"
        dots.append(Dot(x, y, stretch.polarity, stretch.said))
    return Steps(
        title=title,
        path=f"{path}H{STEP_RIGHT:g}",
        dots=tuple(dots),
        first=day_text(first),
        last=day_text(as_of),
    )


def lane(
    label: str,
    anchor: str,
    place: int,
    stretches: Sequence[Stretch],
    words: Sequence[Stretch],
    first: date,
    last: date,
) -> Lane:
    """A party's lane: bands from its stances, dots for the days on which somebody spoke of it."""

    def x_of(day: date) -> float:
        return place_in_lane(day, first, last)

    y = LANE_TOP + place * LANE_HEIGHT
    bands = []
    for n, stretch in enumerate(stretches):
        begin = x_of(stretch.middle)
        end = x_of(stretches[n + 1].middle) if n + 1 < len(stretches) else LANE_RIGHT
        bands.append(
            Band(
                begin,
                round(max(end - begin, 3.0), 1),
                stretch.polarity,
                stretch.label if end - begin >= LABEL_WIDTH else "",
                stretch.said,
                x_of(stretch.earliest),
                x_of(stretch.latest),
            )
        )
    dots = tuple(Dot(x_of(w.middle), y + LANE_HEIGHT - 6, w.polarity, w.said) for w in words)
    return Lane(label, anchor, y, tuple(bands), dots)


def time_ticks(first: date, last: date, left: float, right: float) -> tuple[Tick, ...]:
    """Marks at the first of months, or at Mondays where the stretch is short; no more than nine.

    >>> [t.label for t in time_ticks(date(2025, 11, 20), date(2026, 3, 1), 0, 100)]
    ['Dec', 'Jan 2026', 'Feb', 'Mar']
    """
    if (last - first).days <= 45:
        monday = first + timedelta(days=-first.weekday() % 7)
        days = [monday + timedelta(weeks=n) for n in range((last - monday).days // 7 + 1)]
        labels = [day_text(d, year=False) for d in days]
    else:
        days, labels = [], []
        year, month = (first.year, first.month) if first.day == 1 else _next(first.year, first.month)
        while (day := date(year, month, 1)) <= last:
            days.append(day)
            labels.append(f"{_MONTH_NAMES[month - 1]} {year}" if month == 1 else _MONTH_NAMES[month - 1])
            year, month = _next(year, month)
    every = -(-len(days) // _MOST_TICKS) or 1
    return tuple(
        Tick(_place(d, first, last, left, right), text)
        for d, text in list(zip(days, labels, strict=True))[::every]
    )


def _next(year: int, month: int) -> tuple[int, int]:
    return (year + 1, 1) if month == 12 else (year, month + 1)


def nice_ceiling(value: float) -> float:
    """The next round figure above, for the end of an axis.

    >>> nice_ceiling(20000), nice_ceiling(8300), nice_ceiling(0)
    (20000, 10000, 1)
    """
    if value <= 0:
        return 1
    power = 1
    while value > power * 10:
        power *= 10
    return next(power * step for step in (1, 2, 2.5, 4, 5, 10) if power * step >= value)


def strength_chart(
    rows: Sequence[tuple[str, str, float, float, float | None]],
    need: tuple[float | None, float | None],
    need_text: str,
    title: str,
) -> StrengthChart | None:
    """Bars (label, detail, low, high, expected) against a requirement; None where nothing can be drawn."""
    values = [v for _, _, low, high, mid in rows for v in (low, high, mid or 0.0)]
    values += [v for v in need if v is not None]
    if not rows or not values or max(values) <= 0:
        return None
    top = nice_ceiling(max(values))

    def x_of(value: float) -> float:
        return round(BAR_LEFT + max(value, 0.0) / top * (BAR_RIGHT - BAR_LEFT), 1)

    bars = tuple(
        Bar(
            label, detail, BAR_TOP + n * BAR_HEIGHT, x_of(low), x_of(high), None if mid is None else x_of(mid)
        )
        for n, (label, detail, low, high, mid) in enumerate(rows)
    )
    known = [v for v in need if v is not None]
    return StrengthChart(
        title=title,
        height=BAR_TOP + len(rows) * BAR_HEIGHT + 26,
        ticks=tuple(Tick(x_of(top * n / 4), number(top * n / 4)) for n in range(5)),
        bars=bars,
        need_low=x_of(min(known)) if known else None,
        need_high=x_of(max(known)) if known else None,
        need=need_text,
    )


def unlock_chart(
    rows: Sequence[tuple[str, str, float, float | None]], title: str, most: int = 8
) -> UnlockChart | None:
    """Bars (label, detail, gain, share) of those that gain anything; None where nothing does.

    >>> made = unlock_chart([("A truce", "+200", 200.0, 300.0), ("A vote", "+50", 50.0, None)], "t")
    >>> [(b.width, b.share) for b in made.bars]
    [(200.0, 300.0), (50.0, None)]
    """
    shown = [row for row in rows if row[2] > 0][:most]
    if not shown:
        return None
    top = max(max(gain, share or 0.0) for _, _, gain, share in shown)
    bars = tuple(
        UnlockBar(
            label,
            detail,
            n * UNLOCK_HEIGHT,
            round(gain / top * UNLOCK_WIDTH, 1),
            None if share is None else round(max(share, 0.0) / top * UNLOCK_WIDTH, 1),
        )
        for n, (label, detail, gain, share) in enumerate(shown)
    )
    return UnlockChart(title, len(shown) * UNLOCK_HEIGHT + 4, bars)
