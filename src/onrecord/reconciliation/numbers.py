"""Numbers in a text, found in one pass for those that look for figures.

Comes in: a text. Goes out: numbers with their places. Years and percentages are left out by those who ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_NUMBER = re.compile(r"\d{1,3}(?:[,. \u00a0]\d{3})+(?!\d)|\d+")


class Number(NamedTuple):
    """A number: where it begins and ends, and its value."""

    start: int
    end: int
    value: float


def numbers_in(text: str) -> Iterator[Number]:
    """The numbers of three digits or more that a text prints in figures, no decimals and no percentages.

    Example:
        >>> [n.value for n in numbers_in("Up to 8,000 of 20 000; 1.5 per cent, 12%, and 150 beds.")]
        [8000.0, 20000.0, 150.0]
    """
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        digits = match[0]
        if len(digits) < 3 or text[end : end + 1] == "%":
            continue
        if text[end : end + 1] == "." and text[end + 1 : end + 2].isdigit():
            continue
        if start and text[start - 1] in ".,0123456789":
            continue
        yield Number(start, end, float(re.sub(r"\D", "", digits) if not digits.isdigit() else digits))
