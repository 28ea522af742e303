"""The map of a task: each party's state in the colour and with the sign of where it stands.

In: the groups of a task's page. Out: shapes as SVG paths, projected here, with places for the signs. The shapes are
Natural Earth's (public domain), made by ``tools/make_map.py``; nothing is loaded from elsewhere. Pure but for
reading that file.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from onrecord.desk.parties import Line, TaskView
from onrecord.model import Polarity

WIDTH, HEIGHT = 960.0, 470.0
MARGIN = 0.14
"""Left free around the parties, as a share of the map."""
SMALLEST = 0.16
"""The smallest part of the world that is shown, as a share of its width: nearer, coarse shapes look wrong."""
_A = (1.340264, -0.081106, 0.000893, 0.003796)
"""Coefficients of the Equal Earth projection (Šavrič, Patterson and Jenny 2018)."""
Point = tuple[float, float]
Frame = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """A state: its name, its path, and where it stands; ``polarity`` is empty where it is not on record."""

    id: str
    name: str
    path: str
    polarity: Polarity | str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Pin:
    """A sign on the map; ``point`` where the state has no shape of its own."""

    x: float
    y: float
    polarity: Polarity
    name: str
    title: str
    href: str
    point: bool


@dataclass(frozen=True, slots=True)
class Map:
    """A map.

    Attributes:
        width, height: of the view box.
        shapes: every state, those on record last so that their edges are seen.
        pins: the signs.
        left_out: parties on record that are no state, or none with a place: names.
        outside: parties whose place is not on the part that is shown: names.
        title: what it shows.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...]
    pins: tuple[Pin, ...]
    left_out: tuple[str, ...]
    outside: tuple[str, ...]
    title: str


def equal_earth(longitude: float, latitude: float) -> Point:
    """A place on the Equal Earth projection; x from -2.71 to 2.71, y downwards from -1.32 to 1.32.

    Example:
        >>> round(equal_earth(180, 0)[0], 2), round(equal_earth(0, 90)[1], 2)
        (2.71, -1.32)
    """
    a1, a2, a3, a4 = _A
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    square = theta * theta
    sixth = square**3
    slope = a1 + 3 * a2 * square + sixth * (7 * a3 + 9 * a4 * square)
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(theta) / (3 * slope)
    y = theta * (a1 + a2 * square + sixth * (a3 + a4 * square))
    return x, -y


@cache
def _states() -> Mapping[str, tuple[str, tuple[tuple[Point, ...], ...], Point]]:
    """Id -> name, projected rings with the largest first, the place of its sign."""
    raw: dict[str, Any] = json.loads(files("onrecord.desk").joinpath("data", "countries.json").read_text("utf-8"))
    found: dict[str, tuple[str, tuple[tuple[Point, ...], ...], Point]] = {}
    for name, row in raw.items():
        if "point" in row:
            x, y = row["point"]
            found[name] = (row["name"], (), equal_earth(x / 10, y / 10))
        else:
            rings = tuple(tuple(equal_earth(x / 10, y / 10) for x, y in ring) for ring in row["rings"])
            found[name] = (row["name"], rings, _centroid(rings[0]))
    return found


def _centroid(ring: Sequence[Point]) -> Point:
    """The middle of a ring's area."""
    total = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x0 * y1 - x1 * y0
        total += cross
        x += (x0 + x1) * cross
        y += (y0 + y1) * cross
    if abs(total) < 1e-12:
        return ring[0]
    return x / (3 * total), y / (3 * total)


def map_view(view: TaskView, *, whole: bool = False) -> Map:
    """The map of a task.

    Args:
        view: who stands where on it.
        whole: show the whole world; else the part in which the parties are.
    """
    told: dict[str, tuple[Polarity, Line]] = {}
    for polarity, lines in view.groups:
        for line in lines:
            told.setdefault(line.holder_id, (polarity, line))
    states = _states()
    here = [x for x in told if x in states]
    frame = _frame([] if whole else here)
    left, top, scale = _fit(frame)
    shapes = []
    for name, (label, rings, _) in states.items():
        path = _path(rings, left, top, scale)
        if path:
            held = told.get(name)
            shapes.append(Shape(name, label, path, *(_told(held) if held else ("", label, ""))))
    shapes.sort(key=lambda s: bool(s.polarity))
    pins, outside = [], []
    for name in here:
        polarity, line = told[name]
        x, y = states[name][2]
        place = (round((x - left) * scale, 1), round((y - top) * scale, 1))
        if 0 <= place[0] <= WIDTH and 0 <= place[1] <= HEIGHT:
            _, title, href = _told(told[name])
            pins.append(Pin(*place, polarity, line.holder, title, href, not states[name][1]))
        else:
            outside.append(line.holder)
    return Map(
        WIDTH,
        HEIGHT,
        tuple(shapes),
        tuple(sorted(pins, key=lambda p: (p.y, p.x))),
        tuple(line.holder for name, (_, line) in told.items() if name not in states),
        tuple(outside),
        f"Where each state stands: {view.label}",
    )


def _told(held: tuple[Polarity, Line]) -> tuple[Polarity, str, str]:
    polarity, line = held
    figure = f", {line.cell.figure}" if line.cell.figure else ""
    return polarity, f"{line.holder}: {line.cell.stance}{figure}", line.cell.anchor


def _frame(parties: Sequence[str]) -> Frame:
    """The part of the world to show: that of the parties' largest shapes, or all of it."""
    east = equal_earth(180, 0)[0]
    north, south = equal_earth(0, 80)[1], equal_earth(0, -57)[1]
    states = _states()
    points = [p for name in parties for p in (states[name][1][0] if states[name][1] else (states[name][2],))]
    if not points:
        return (-east, north, east, south)
    left, right = min(p[0] for p in points), max(p[0] for p in points)
    top, bottom = min(p[1] for p in points), max(p[1] for p in points)
    least = SMALLEST * 2 * east
    if right - left < least:
        middle = (left + right) / 2
        left, right = middle - least / 2, middle + least / 2
    pad_x, pad_y = MARGIN * (right - left), MARGIN * (bottom - top)
    return (max(-east, left - pad_x), max(north, top - pad_y), min(east, right + pad_x), min(south, bottom + pad_y))


def _fit(frame: Frame) -> tuple[float, float, float]:
    """Left edge, upper edge and scale that put a frame into the middle of the view box."""
    left, top, right, bottom = frame
    scale = min(WIDTH / (right - left), HEIGHT / (bottom - top))
    return left - (WIDTH / scale - (right - left)) / 2, top - (HEIGHT / scale - (bottom - top)) / 2, scale


def _path(rings: Sequence[Sequence[Point]], left: float, top: float, scale: float) -> str:
    """The rings that are on the view box, as a path; a corner that is within half a unit of the last is left out."""
    parts = []
    for ring in rings:
        points = [((x - left) * scale, (y - top) * scale) for x, y in ring]
        if (
            max(x for x, _ in points) < 0
            or min(x for x, _ in points) > WIDTH
            or max(y for _, y in points) < 0
            or min(y for _, y in points) > HEIGHT
        ):
            continue
        kept = [points[0]]
        for point in points[1:]:
            if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= 0.5:
                kept.append(point)
        if len(kept) > 2:
            parts.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) + "Z")
    return "".join(parts)
