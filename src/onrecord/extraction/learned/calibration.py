"""Certainty of a draft -> chance of being right, by a fitted map for each extractor.

In: how sure the rules or the model were of a draft. Out: how often drafts of that certainty were right on
passages that trained nothing. The maps are data (``calibration.json``, written by
``benchmarks/positions/run.py``); this module knows neither texts nor weights.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from onrecord.errors import ModelMissing

Knots = tuple[tuple[float, float], ...]
"""Points (certainty, chance) of a map, both rising; between two of them it runs straight, outside it is
level."""
MAPS = Path(__file__).parent / "calibration.json"


def read_maps(path: Path = MAPS) -> dict[str, Knots]:
    """The fitted maps of a file, by extractor (without its version).

    Raises:
        ModelMissing: the file is not there.
    """
    if not path.is_file():
        raise ModelMissing(
            f"the position model lacks {path.name}",
            value=path.name,
            hint="install onrecord from its wheel, or run `make benchmark-positions`",
        )
    data = json.loads(path.read_text(encoding="utf-8"))
    return {name: tuple((float(x), float(y)) for x, y in knots) for name, knots in data["maps"].items()}


@functools.cache
def packaged() -> Mapping[str, Knots]:
    """The maps of the package, read once.

    Raises:
        ModelMissing: the file is not in the package.
    """
    return read_maps()


def interpolated(x: float, knots: Knots) -> float:
    """The value of a map at ``x``.

    >>> interpolated(0.5, ((0.4, 0.2), (0.6, 0.6)))
    0.4
    >>> interpolated(0.1, ((0.4, 0.2), (0.6, 0.6))), interpolated(0.9, ((0.4, 0.2), (0.6, 0.6)))
    (0.2, 0.6)
    """
    if x <= knots[0][0]:
        return knots[0][1]
    for (x0, y0), (x1, y1) in pairwise(knots):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return knots[-1][1]


def calibrated(certainty: float, extractor: str) -> float:
    """The chance that a draft of this certainty is noted so by a careful analyst: parties, task and stance
    right.

    Order is kept within one extractor: of two of its drafts the surer one never gets the lower chance.

    Args:
        certainty: 0 to 1, as the extractor gives it.
        extractor: its name, with or without version (``onrecord-rules/1``). An extractor without a map is
        believed
            as it stands.

    Returns:
        0 to 1.

    Raises:
        ModelMissing: the maps are not in the package.

    >>> calibrated(0.7, "of-another-maker/3")
    0.7
    >>> calibrated(0.5, "onrecord-rules/1") <= calibrated(0.9, "onrecord-rules/1")
    True
    """
    knots = packaged().get(extractor.split("/")[0])
    return interpolated(certainty, knots) if knots else certainty
