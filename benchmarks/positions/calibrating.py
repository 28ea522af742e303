"""Confidences and outcomes -> how far they are apart, and a plot of it.

In: how sure the extraction was of each position, and whether it was right. Out: expected calibration error, how well
the confidences rank, a reliability plot as SVG.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

BINS = 10


def ranked(chance: Sequence[float], right: Sequence[bool]) -> float:
    """How often a right one has the higher chance than a wrong one, ties by half; nan where all are alike.

    >>> ranked([0.9, 0.4, 0.4], [True, True, False])
    0.75
    """
    x, y = np.asarray(chance, dtype=float), np.asarray(right, dtype=bool)
    if y.all() or not y.any():
        return float("nan")
    apart = x[y][:, None] - x[~y][None, :]
    return float(((apart > 0) + 0.5 * (apart == 0)).mean())


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
