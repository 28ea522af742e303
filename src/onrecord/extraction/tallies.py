"""Numbers beside which no contribution stands: the two sides of a vote, an hour, the day of a dateline.

In: text and offsets of a number in it. Out: whether it is one of these.
"""

from __future__ import annotations

import re

_SCORE_BEHIND = re.compile(r"\s?(?:to|-|–)\s?(\d+)\b(?![,.]\d|\s?%)")
_SCORE_BEFORE = re.compile(r"(?<![\d,.])(\d+)\s?(?:to|-|–)\s?$")
_SIDE = re.compile(r"\s(?:(?:members?|states|deputies) )?(?:in favou?r|against|abstain\w*|abstentions?)\b", re.I)
_DATELINE = re.compile(r"\s\([A-Z][\w'’ ]{1,30}\)\s?(?:-|–|—)")
_HOUR = re.compile(r"\d{1,2}[.:]\d\d")


def no_contribution(text: str, start: int, end: int) -> bool:
    """Whether a number is a side of a vote, an hour or the day of a dateline.

    Args:
        text: a sentence.
        start: where the number begins.
        end: where it ends, exclusive.

    Example:
        >>> [no_contribution("by 89 to 0", *span) for span in ((3, 5), (9, 10))]
        [True, True]
        >>> no_contribution("about 100 to 150 men", 6, 9)
        False
    """
    words = text[start:end].strip()
    if _DATELINE.match(text, end) and start < 3:
        return True
    if _HOUR.fullmatch(words):
        return text[end : end + 1] in {":", " "} and start < 3
    if not words.isdigit():
        return False
    if _SIDE.match(text, end):
        return True
    other = _SCORE_BEHIND.match(text, end)
    if other is not None and int(other[1]) < int(words):
        return True
    first = _SCORE_BEFORE.search(text[:start])
    return first is not None and int(first[1]) > int(words)
