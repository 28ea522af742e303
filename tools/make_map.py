"""Make the shapes of the desk's map from Natural Earth, as the npm package ``world-atlas`` ships them.

    npm install world-atlas@2 i18n-iso-countries
    python tools/make_map.py node_modules src/onrecord/desk/data/countries.json

Natural Earth is in the public domain (naturalearthdata.com). States that are too small for the shapes at 1:110 million
are kept as a point, the middle of their largest shape at 1:50 million. Numbers are tenths of a degree.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

BY_NAME = {"Kosovo": "XKX"}
"""Shapes without an ISO number that a party of the vocabulary stands for."""
TENTHS = 10

Point = tuple[float, float]
Ring = list[Point]


def rings_of(atlas: dict[str, Any]) -> dict[str, tuple[str, list[Ring]]]:
    """Number, or name where there is none -> name and outer rings, in degrees."""
    scale, move = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs: list[Ring] = []
    for arc in atlas["arcs"]:
        x = y = 0
        line: Ring = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * scale[0] + move[0], y * scale[1] + move[1]))
        arcs.append(line)

    def ring(indexes: list[int]) -> Ring:
        out: Ring = []
        for index in indexes:
            line = arcs[index] if index >= 0 else arcs[~index][::-1]
            out += line[1:] if out else line
        return out

    found = {}
    for one in atlas["objects"]["countries"]["geometries"]:
        polygons = one.get("arcs", [])
        if one["type"] == "Polygon":
            polygons = [polygons]
        # The outer ring alone: the only lakes and enclaves of note (Lesotho) have a shape of their own on top.
        shapes = [part for polygon in polygons for part in cut(ring(polygon[0]))]
        found[one.get("id") or one["properties"]["name"]] = (one["properties"]["name"], shapes)
    return found


def cut(ring: Ring) -> list[Ring]:
    """A ring that crosses the 180th meridian as two that end there; any other as it is."""
    whole: Ring = [ring[0]]
    for x, y in ring[1:]:
        last = whole[-1][0]
        whole.append((x + 360 * round((last - x) / 360), y))
    if max(x for x, _ in whole) <= 180 and min(x for x, _ in whole) >= -180:
        return [ring]
    out = []
    for turn in (-360, 0, 360):
        moved = [(x + turn, y) for x, y in whole]
        kept = clipped(clipped(moved, 180, 1), -180, -1)
        if len(kept) > 2:
            out.append(kept)
    return out


def clipped(ring: Ring, edge: float, side: int) -> Ring:
    """The part of a ring on one side of a meridian (Sutherland and Hodgman 1974): west of it for 1, east for -1."""
    out: Ring = []
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        inside, next_inside = side * (edge - x0) >= 0, side * (edge - x1) >= 0
        if inside:
            out.append((x0, y0))
        if inside != next_inside:
            out.append((edge, y0 + (y1 - y0) * (edge - x0) / (x1 - x0)))
    return out


def area(ring: Ring) -> float:
    """Twice the area of a ring, in square degrees."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)))


def middle(ring: Ring) -> Point:
    """The middle of a ring's corners: near enough for a point of a tenth of a degree."""
    return sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring)


def main(modules: Path, target: Path) -> None:
    """Write the shapes."""
    codes = json.loads((modules / "i18n-iso-countries" / "codes.json").read_text("utf-8"))
    alpha = {row[2]: row[1] for row in codes}
    coarse = rings_of(json.loads((modules / "world-atlas" / "countries-110m.json").read_text("utf-8")))
    fine = rings_of(json.loads((modules / "world-atlas" / "countries-50m.json").read_text("utf-8")))
    shapes: dict[str, Any] = {}
    for number, (name, rings) in sorted(coarse.items()):
        if name == "Antarctica":
            continue
        key = alpha.get(number) or BY_NAME.get(name) or f"-{name}"
        kept = [
            [[round(x * TENTHS), round(y * TENTHS)] for x, y in ring]
            for ring in sorted(rings, key=area, reverse=True)
        ]
        shapes[key] = {"name": name, "rings": kept}
    for number, (name, rings) in sorted(fine.items()):
        key = alpha.get(number)
        if key and key not in shapes and rings and name != "Antarctica":
            x, y = middle(max(rings, key=area))
            shapes[key] = {"name": name, "point": [round(x * TENTHS), round(y * TENTHS)]}
    target.write_text(json.dumps(shapes, separators=(",", ":"), ensure_ascii=False), "utf-8")
    print(f"{len(shapes)} states, {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
