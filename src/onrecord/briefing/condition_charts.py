"""Pictures of conditions: who ties what to which, and the state of each over time.

Comes in: conditions with the parties that name them, and their states with days. Goes out: places in the user units
of an SVG view box, with the words and links of each part. Links come in as they are to be followed (``#k-1`` in a
page of its own, an address on the desk). Drawing is the template's (``pictures.html.j2``); nothing here knows
colours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from onrecord.briefing.charts import Tick, time_ticks
from onrecord.briefing.text import one_line
from onrecord.model import DateRange, Polarity

GRID_LEFT, GRID_TOP, GRID_ROW, GRID_COLUMN = 330.0, 98.0, 28.0, 34.0
GRID_PARTIES = 24
"""Columns at most: those that name most; what is left out is counted in the title."""
LANE_LEFT, LANE_RIGHT, LANE_TOP, LANE_HEIGHT = 210.0, 952.0, 26.0, 28.0
LABEL_WIDTH = 64.0
"""A band narrower than this has no room for its state."""
STATES = {"met": ("for", "✓", "met"), "not-met": ("against", "✕", "not met"), "disputed": ("leaning", "≠", "disputed")}
"""Class of the band, sign and word of a state; any other is not known."""
_UNKNOWN = ("open", "?", "not known")


@dataclass(frozen=True, slots=True)
class Tie:
    """A party's stance that hangs on a condition."""

    party: str
    polarity: Polarity
    href: str
    title: str


@dataclass(frozen=True, slots=True)
class Named:
    """A condition to draw: its label, link, state (class and word) and the stances tied to it."""

    label: str
    href: str
    state: str
    status: str
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign at a place; ``more`` where several stances of the party hang on it."""

    x: float
    y: float
    polarity: Polarity
    href: str
    title: str
    more: int


@dataclass(frozen=True, slots=True)
class GridRow:
    """A condition's row."""

    label: str
    href: str
    y: float
    css: str
    sign: str
    status: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Conditions by parties."""

    title: str
    width: float
    height: float
    columns: tuple[Tick, ...]
    rows: tuple[GridRow, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """A condition's states: first and last day on which each may have begun, the state, and why."""

    label: str
    href: str
    turns: tuple[tuple[date, date, str, str], ...]


class StateChange(Protocol):
    """A day from which a condition is in a state, and why."""

    @property
    def date(self) -> DateRange | None:
        """When, or None where nobody tells."""
        ...

    @property
    def status(self) -> str:
        """met, not_met, disputed or unknown."""
        ...

    @property
    def why(self) -> str:
        """One sentence."""
        ...


def course(label: str, href: str, history: Iterable[StateChange]) -> Course:
    """The course of a condition from its history; what has no day is left out."""
    return Course(
        one_line(label, 31),
        href,
        tuple(
            (h.date.earliest, h.date.latest, h.status.replace("_", "-"), one_line(h.why, 200))
            for h in history
            if h.date is not None
        ),
    )


@dataclass(frozen=True, slots=True)
class StateBand:
    """A stretch in one state."""

    x: float
    width: float
    css: str
    sign: str
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class StateLane:
    """A condition over time."""

    label: str
    href: str
    y: float
    bands: tuple[StateBand, ...]


@dataclass(frozen=True, slots=True)
class StateLanes:
    """Conditions over time."""

    title: str
    height: float
    ticks: tuple[Tick, ...]
    lanes: tuple[StateLane, ...]


def grid(rows: Sequence[Named], title: str) -> Grid | None:
    """Conditions by parties, those that name most first; None where nobody names any.

    Example:
        >>> tie = Tie("Italy", "leaning", "#s-1", "Italy: considering")
        >>> made = grid([Named("a mandate", "#k-1", "met", "met", (tie, tie))], "Conditions")
        >>> made.columns[0].label, made.rows[0].sign, made.marks[0].more
        ('Italy', '✓', 1)
    """
    counts = Counter(party for row in rows for party in {t.party for t in row.ties})
    order = sorted(counts, key=lambda p: (-counts[p], p))
    kept = {party: n for n, party in enumerate(order[:GRID_PARTIES])}
    if not kept:
        return None
    drawn: list[GridRow] = []
    marks: list[Mark] = []
    for row in rows:
        ties = [t for t in row.ties if t.party in kept]
        if not ties:
            continue
        y = GRID_TOP + len(drawn) * GRID_ROW
        css, sign, _ = STATES.get(row.state, _UNKNOWN)
        drawn.append(GridRow(row.label, row.href, y, css, sign, row.status))
        for party in dict.fromkeys(t.party for t in ties):
            held = [t for t in ties if t.party == party]
            x = GRID_LEFT + (kept[party] + 0.5) * GRID_COLUMN
            titles = "; ".join(t.title for t in held)
            marks.append(Mark(x, y + GRID_ROW / 2, held[0].polarity, held[0].href, titles, len(held) - 1))
    left = len(order) - len(kept)
    return Grid(
        title=f"{title}; {left} more parties name one" if left else title,
        width=GRID_LEFT + len(kept) * GRID_COLUMN + 60,
        height=GRID_TOP + len(drawn) * GRID_ROW + 6,
        columns=tuple(Tick(GRID_LEFT + (n + 0.5) * GRID_COLUMN, party) for party, n in kept.items()),
        rows=tuple(drawn),
        marks=tuple(marks),
    )


def state_lanes(courses: Sequence[Course], as_of: date, title: str) -> StateLanes | None:
    """The states of conditions over time; those without any dated state are left out, None where all are.

    Example:
        >>> met = (date(2025, 11, 17), date(2025, 11, 17), "met", "It was adopted.")
        >>> made = state_lanes([Course("a mandate", "#k-1", (met,))], date(2026, 3, 1), "States")
        >>> made.lanes[0].bands[0].label
        'met'
    """
    dated = [c for c in courses if c.turns]
    if not dated:
        return None
    days = [t[0] for c in dated for t in c.turns]
    # A stretch of its own before the first day: what comes on it would otherwise stand on the edge.
    first, last = min(days), max(as_of, *days)
    lanes = []
    for n, course in enumerate(dated):
        places = [_place(t[0] + (t[1] - t[0]) // 2, first, last) for t in course.turns]
        bands = []
        for k, (turn, x) in enumerate(zip(course.turns, places, strict=True)):
            end = places[k + 1] if k + 1 < len(places) else LANE_RIGHT
            css, sign, word = STATES.get(turn[2], _UNKNOWN)
            width = round(max(end - x, 3.0), 1)
            bands.append(StateBand(x, width, css, sign, word if width >= LABEL_WIDTH else "", f"{word}: {turn[3]}"))
        lanes.append(StateLane(course.label, course.href, LANE_TOP + n * LANE_HEIGHT, tuple(bands)))
    return StateLanes(
        title=title,
        height=LANE_TOP + len(lanes) * LANE_HEIGHT + 6,
        ticks=time_ticks(first, last, LANE_LEFT, LANE_RIGHT),
        lanes=tuple(lanes),
    )


def _place(day: date, first: date, last: date) -> float:
    span = (last - first).days
    share = (day - first).days / span if span > 0 else 0.0
    return round(LANE_LEFT + min(max(share, 0.0), 1.0) * (LANE_RIGHT - LANE_LEFT), 1)
