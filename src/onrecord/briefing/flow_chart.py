"""How stances moved between two days, as flows: from where each party stood to where it stands.

Comes in: for each undertaking its party and its polarity on both days, None where nothing was on record. Goes out:
places in the user units of an SVG view box. Drawing is the template's (``pictures.html.j2``); nothing here knows
colours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.briefing.text import counted
from onrecord.briefing.words import POLARITIES
from onrecord.model import Polarity

LEFT, RIGHT, TOP, BAR = 150.0, 650.0, 40.0, 16.0
HEIGHT, GAP = 300.0, 12.0
NOBODY = "none"
"""Class and key of what is not on record."""
ORDER: tuple[str, ...] = (*POLARITIES, NOBODY)
MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class Moved:
    """An undertaking on two days.

    Attributes:
        party: whose, for people.
        before, after: its polarity then and now, or None.
        href: where it is told.
    """

    party: str
    before: Polarity | None
    after: Polarity | None
    href: str


@dataclass(frozen=True, slots=True)
class FlowBar:
    """All that stand alike on a day."""

    x: float
    y: float
    height: float
    css: str
    label: str
    count: int
    text_x: float
    end: bool


@dataclass(frozen=True, slots=True)
class Flow:
    """Those that went from one side to another; ``same`` where they stayed."""

    path: str
    css: str
    title: str
    same: bool


@dataclass(frozen=True, slots=True)
class FlowChart:
    """The picture."""

    title: str
    height: float
    first: str
    last: str
    bars: tuple[FlowBar, ...]
    flows: tuple[Flow, ...]


def flow_chart(moved: Sequence[Moved], first: str, last: str, title: str) -> FlowChart | None:
    """The flows; None where nothing was on record on either day.

    Args:
        moved: the undertakings; those on record on neither day are left out.
        first: the one day in words.
        last: the other.
        title: what it shows.

    Example:
        >>> made = flow_chart([Moved("Italy", "for", "against", "#s")], "3 Nov", "10 Feb", "Stances")
        >>> [(b.css, b.count) for b in made.bars], made.flows[0].title
        ([('for', 1), ('against', 1)], 'from for to against: Italy')
    """
    told = [m for m in moved if m.before or m.after]
    if not told:
        return None
    sides = [(m.before or NOBODY, m.after or NOBODY) for m in told]
    used = max(len({s[0] for s in sides}), len({s[1] for s in sides}))
    unit = (HEIGHT - GAP * (used - 1)) / len(told)
    starts, left_bars = _bars([s[0] for s in sides], unit, LEFT, end=False)
    ends, right_bars = _bars([s[1] for s in sides], unit, RIGHT, end=True)
    flows = []
    for before in ORDER:
        for after in ORDER:
            held = [m for m, s in zip(told, sides, strict=True) if s == (before, after)]
            if not held:
                continue
            width = unit * len(held)
            flows.append(_flow(before, after, held, starts[before], ends[after], width))
            starts[before] += width
            ends[after] += width
    return FlowChart(title, TOP + HEIGHT + 12, first, last, (*left_bars, *right_bars), tuple(flows))


def _bars(sides: Sequence[str], unit: float, x: float, *, end: bool) -> tuple[dict[str, float], list[FlowBar]]:
    """Where each side's bar begins, and the bars."""
    y, starts, bars = TOP, {}, []
    for side in ORDER:
        count = sides.count(side)
        if count:
            label = "not on record" if side == NOBODY else side
            text_x = x + BAR + 10 if end else x - 10
            bars.append(FlowBar(x, round(y, 1), round(unit * count, 1), side, label, count, text_x, end))
            starts[side] = y
            y += unit * count + GAP
    return starts, bars


def _flow(before: str, after: str, held: Sequence[Moved], y0: float, y1: float, width: float) -> Flow:
    names = ", ".join(m.party for m in held[:MOST_NAMES])
    more = f" and {counted(len(held) - MOST_NAMES, 'more')}" if len(held) > MOST_NAMES else ""
    words = ["not on record" if s == NOBODY else s for s in (before, after)]
    said = f"stayed {words[0]}" if before == after else f"from {words[0]} to {words[1]}"
    x0, x1 = LEFT + BAR, RIGHT
    middle = (x0 + x1) / 2
    path = (
        f"M{x0:g} {y0:.1f}C{middle:g} {y0:.1f} {middle:g} {y1:.1f} {x1:g} {y1:.1f}V{y1 + width:.1f}"
        f"C{middle:g} {y1 + width:.1f} {middle:g} {y0 + width:.1f} {x0:g} {y0 + width:.1f}Z"
    )
    return Flow(path, after, f"{said}: {names}{more}", before == after)
