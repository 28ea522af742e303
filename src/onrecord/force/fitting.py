"""The sums behind the delivery estimate: mixtures of Beta distributions, smoothed shares, moving together.

In: counts and shares by force. Out: distributions as tables of `LEVELS` places, lowest first. Nothing here
knows of pledges.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
LEVELS = 1024
"""Steps of a distribution that is held as a table; means over it are exact, so that sums agree with draws."""


def forces(groups: list[tuple[int, int]]) -> tuple[list[tuple[float, float, float]], float, float]:
    """What is believed of forces: (weight, mean, concentration) on a grid, and the means of both.

    The prior is flat in the mean and falls as 1/(1+c)^2 in the concentration (Gelman et al., Bayesian Data
    Analysis, 5.3, for hierarchical binomials). Points that weigh next to nothing are dropped.
    """
    found = []
    for mean in np.linspace(0.02, 0.98, 33):
        for c in np.geomspace(0.5, 60.0, 16):
            a, b = mean * c, (1 - mean) * c
            score = -2.0 * math.log1p(c) + math.log(c)
            score += sum(_log_beta(a + k, b + n - k) - _log_beta(a, b) for k, n in groups)
            found.append((score, float(mean), float(c)))
    top = max(score for score, _, _ in found)
    kept = [(math.exp(score - top), m, c) for score, m, c in found if score > top - 7]
    total = math.fsum(w for w, _, _ in kept)
    points = [(w / total, m, c) for w, m, c in kept]
    return points, math.fsum(w * m for w, m, _ in points), math.fsum(w * c for w, _, c in points)


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def beta_levels(points: list[tuple[float, float, float]], mean: float, middle: float) -> Floats:
    """The quantiles of a mixture of Beta distributions at `LEVELS` places, its mean moved to `mean`.

    Args:
        points: (weight, mean, concentration) of each.
        mean: what the mixture is to have.
        middle: what it has.
    """
    edges = np.linspace(0.0, 1.0, 4_001)
    x = (edges[1:] + edges[:-1]) / 2
    log_x, log_rest = np.log(x), np.log1p(-x)
    cumulative = np.zeros_like(x)
    for weight, centre, c in points:
        moved = centre * mean / middle if mean < middle else 1 - (1 - centre) * (1 - mean) / (1 - middle)
        log_density = (moved * c - 1) * log_x + ((1 - moved) * c - 1) * log_rest
        density = np.cumsum(np.exp(log_density - log_density.max()))
        cumulative += weight * density / density[-1]
    found = np.interp((np.arange(LEVELS) + 0.5) / LEVELS, cumulative, x)
    got = float(found.mean())
    if got > mean:
        return np.asarray(found * (mean / got), dtype=np.float64)
    return np.asarray(1 - (1 - found) * ((1 - mean) / (1 - got)), dtype=np.float64)


def together(found: list[tuple[str, float]]) -> float:
    """How much the shares within one force move together: the intraclass correlation of their normal scores.

    By the analysis of variance (Searle, Casella and McCulloch, Variance Components, 3.6), kept between 0
    and 0.9.
    """
    count = len(found)
    places = np.argsort(np.argsort([s for _, s in found], kind="stable"), kind="stable")
    scores = [NormalDist().inv_cdf((p + 0.5) / count) for p in places]
    groups: dict[str, list[float]] = defaultdict(list)
    for (mission, _), score in zip(found, scores, strict=True):
        groups[mission].append(score)
    if len(groups) < 2 or count <= len(groups):
        return 0.0
    middle = math.fsum(scores) / count
    means = {m: math.fsum(x) / len(x) for m, x in groups.items()}
    between = math.fsum(len(x) * (means[m] - middle) ** 2 for m, x in groups.items()) / (len(groups) - 1)
    within = math.fsum((v - means[m]) ** 2 for m, x in groups.items() for v in x) / (count - len(groups))
    size = (count - sum(len(x) ** 2 for x in groups.values()) / count) / (len(groups) - 1)
    return min(0.9, max(0.0, (between - within) / (between + (size - 1) * within)))


def _inside(one: NormalDist, x: Floats, cap: float) -> Floats:
    """The distribution up to each place of `x`, of what lies between nought and the cap."""
    low, high = one.cdf(0.0), one.cdf(cap)
    return np.array([(one.cdf(float(v)) - low) / (high - low) for v in x])


def _width(values: Floats) -> float:
    """Silverman's width of a kernel (Density Estimation, 1986, 3.31); a floor where all values are alike."""
    if len(values) < 2:
        return 0.1
    upper, lower = (float(q) for q in np.quantile(values, (0.75, 0.25)))
    spread = (upper - lower) / 1.34
    deviation = float(values.std(ddof=1))
    return max(0.02, 0.9 * (min(spread, deviation) or deviation) * math.pow(len(values), -0.2))


def weighted_levels(values: Floats, weights: Floats) -> Floats:
    """A weighted set of values as a table of `LEVELS` places, lowest first."""
    order = np.argsort(values, kind="stable")
    cumulative = np.cumsum(weights[order])
    at = np.searchsorted(cumulative / cumulative[-1], (np.arange(LEVELS) + 0.5) / LEVELS)
    return np.asarray(values[order][np.minimum(at, len(values) - 1)], dtype=np.float64)


def share_levels(found: list[tuple[str, float]], cap: float) -> Floats:
    """The shares of pledges that came, smoothed, between nought and the cap; their weighted mean is kept.

    Args:
        found: (force, share); each force weighs as much as the square root of its rows.
        cap: the most that counts.
    """
    per_force = Counter(mission for mission, _ in found)
    values = [(share, 1 / math.sqrt(per_force[mission])) for mission, share in found] or [(1.0, 1.0)]
    shares = np.array([v for v, _ in values])
    weights = np.array([w for _, w in values])
    weights /= weights.sum()
    width = _width(shares)
    x = np.linspace(0.0, cap, 2_001)
    ends = [NormalDist(float(v), width) for v in shares]
    cumulative = np.sum([w * _inside(d, x, cap) for d, w in zip(ends, weights, strict=True)], axis=0)
    levels = np.interp((np.arange(LEVELS) + 0.5) / LEVELS, cumulative, x)
    return np.asarray(levels * (float(weights @ shares) / float(levels.mean())), dtype=np.float64)
