"""Values of a mapping that somebody else made: what has another type than it must is left out.

Comes in: anything. Goes out: numbers, texts, mappings.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any


def as_number(value: Any) -> float | None:
    """A finite number, or None.

    >>> as_number(3), as_number(True), as_number("3"), as_number(float("nan"))
    (3.0, None, None, None)
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def a_map(value: Any) -> Mapping[str, Any]:
    """A mapping; empty where it is none."""
    return value if isinstance(value, Mapping) else {}


def maps(value: Any) -> list[Mapping[str, Any]]:
    """The mappings of a list; empty where it is none."""
    return [x for x in value if isinstance(x, Mapping)] if isinstance(value, list | tuple) else []


def texts(value: Any) -> list[str]:
    """The texts of a list; empty where it is none."""
    return [x for x in value if isinstance(x, str)] if isinstance(value, list | tuple) else []
