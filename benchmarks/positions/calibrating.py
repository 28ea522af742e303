"""Certainties and outcomes -> a rising map, its error, and a plot of it.

In: how sure the extraction was of each position, and whether it was right. Out: knots of a map (isotonic
regression), expected calibration error, a reliability plot as SVG.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

BINS = 10
BLOCK = 20
"""Positions a step of the map rests on at the least; fewer would follow chance."""


def isotonic(
    certainty: Sequence[float], right: Sequence[bool], block: int = BLOCK
) -> list[tuple[float, float]]:
    """Knots of a rising map fitted by pooling adjacent violators (Ayer et al. 1955).

    Equal certainties stay together; steps that rest on fewer than ``block`` positions are pooled with the
    next.

    >>> isotonic([0.1, 0.1, 0.9, 0.9], [False, True, True, True], block=1)
    [(0.1, 0.5), (0.9, 1.0)]
    """
    if not len(certainty):
        return []
    values, at = np.unique(np.round(certainty, 3), return_inverse=True)
    weight = np.bincount(at).astype(float)
    total = np.bincount(at, weights=np.asarray(right, dtype=float))
    blocks: list[list[float]] = []  # sum of certainties, of rights, count
    open_block = [0.0, 0.0, 0.0]
    for v, w, t in zip(values, weight, total, strict=True):
        open_block = [open_block[0] + v * w, open_block[1] + t, open_block[2] + w]
        if open_block[2] >= block:
            blocks.append(open_block)
            open_block = [0.0, 0.0, 0.0]
    if open_block[2]:
        if blocks:
            blocks[-1] = [a + b for a, b in zip(blocks[-1], open_block, strict=True)]
        else:
            blocks.append(open_block)
    kept: list[list[float]] = []
    for one in blocks:
        kept.append(one)
        while len(kept) > 1 and kept[-2][1] / kept[-2][2] >= kept[-1][1] / kept[-1][2]:
            last = kept.pop()
            kept[-1] = [a + b for a, b in zip(kept[-1], last, strict=True)]
    return [(round(float(c / n), 4), round(float(t / n), 4)) for c, t, n in kept]


def binned(chance: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float, int]]:
    """For each of ten bins of equal width that holds any: mean chance, share right, number."""
    x, y = np.asarray(chance), np.asarray(right, dtype=float)
    number = np.minimum((x * BINS).astype(int), BINS - 1)
    return [
        (float(x[number == b].mean()), float(y[number == b].mean()), int((number == b).sum()))
        for b in range(BINS)
        if (number == b).any()
    ]


def expected_error(chance: Sequence[float], right: Sequence[bool]) -> float:
    """Expected calibration error: mean distance of chance and share right over the bins, weighted by number.

    >>> expected_error([0.75, 0.75, 0.75, 0.75], [True, True, True, False])
    0.0
    """
    rows = binned(chance, right)
    return sum(n * abs(x - y) for x, y, n in rows) / max(1, sum(n for _, _, n in rows))


def error_interval(
    chance: Sequence[float], right: Sequence[bool], groups: Sequence[str], rounds: int = 1000
) -> list[float]:
    """95 % interval of the error, passages (``groups``) resampled, seed 0."""
    names = sorted(set(groups))
    members = {name: [i for i, g in enumerate(groups) if g == name] for name in names}
    rng = np.random.default_rng(0)
    found = []
    for _ in range(rounds):
        chosen = [i for k in rng.integers(len(names), size=len(names)) for i in members[names[k]]]
        found.append(expected_error([chance[i] for i in chosen], [right[i] for i in chosen]))
    low, high = np.percentile(found, [2.5, 97.5])
    return [round(float(low), 4), round(float(high), 4)]


def plot(series: dict[str, list[tuple[float, float, int]]]) -> str:
    """A reliability plot: chance across, share right up, the diagonal, a dot a bin with its number."""
    size, edge = 360, 48

    def x(v: float) -> float:
        return round(edge + v * size, 1)

    def y(v: float) -> float:
        return round(edge + (1 - v) * size, 1)

    colours = ("#b3541e", "#1f5f8b")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size + 2 * edge} {size + 2 * edge + 20}" '
        'font-family="sans-serif" font-size="12" role="img">',
        "<title>Confidence against the share that was right, on held-out passages</title>",
        f'<rect x="{edge}" y="{edge}" width="{size}" height="{size}" fill="#fff" stroke="#888"/>',
        f'<line x1="{x(0)}" y1="{y(0)}" x2="{x(1)}" y2="{y(1)}" stroke="#888" stroke-dasharray="4 4"/>',
    ]
    for tick in (0, 0.2, 0.4, 0.6, 0.8, 1):
        parts.append(f'<text x="{x(tick)}" y="{y(0) + 18}" text-anchor="middle">{tick:g}</text>')
        parts.append(f'<text x="{x(0) - 8}" y="{y(tick) + 4}" text-anchor="end">{tick:g}</text>')
    for k, (name, rows) in enumerate(series.items()):
        colour = colours[k % len(colours)]
        points = " ".join(f"{x(a)},{y(b)}" for a, b, _ in rows)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}"/>')
        for a, b, n in rows:
            radius = round(2 + min(8.0, n**0.5 / 2), 1)
            parts.append(f'<circle cx="{x(a)}" cy="{y(b)}" r="{radius}" fill="{colour}" fill-opacity="0.7"/>')
            parts.append(f'<text x="{x(a) + 10}" y="{y(b) + 14}" fill="{colour}" font-size="10">{n}</text>')
        parts.append(f'<text x="{edge + 10}" y="{edge + 18 + 16 * k}" fill="{colour}">{name}</text>')
    middle = edge + size / 2
    parts.append(f'<text x="{middle}" y="{y(0) + 38}" text-anchor="middle">confidence</text>')
    parts.append(
        f'<text x="14" y="{middle}" text-anchor="middle" transform="rotate(-90 14 {middle})">'
        "share right</text>"
    )
    return "\n".join([*parts, "</svg>", ""])
