"""Chances in words, as the American intelligence community writes them (ICD 203, 2 January 2015, section
D.6.e.2).
"""

from __future__ import annotations

from bisect import bisect_right

_BOUNDS = (0.05, 0.20, 0.45, 0.55, 0.80, 0.95)
_WORDS = (
    "almost no chance",
    "very unlikely",
    "unlikely",
    "roughly even chance",
    "likely",
    "very likely",
    "almost certain",
)


def likelihood(probability: float) -> str:
    """The words for a probability between 0 and 1; a probability on a bound takes the words above it.

    Example:
        >>> [likelihood(p) for p in (0.03, 0.2, 0.5, 0.93, 0.97)]
        ['almost no chance', 'unlikely', 'roughly even chance', 'very likely', 'almost certain']
    """
    return _WORDS[bisect_right(_BOUNDS, probability)]
