"""Datelines: "ROME, 12 November 2025 (Harbour Wire) - ", "ASTANA. December 17. /TASS/. ".

What comes in: a text and a date that it names. What goes out: whether the date is that of a dateline, and
which agency stands in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.reading.mentions import Mention

NAME = r"[^\W\d_a-z][\w.&'’/ -]{1,58}[\w.)]"
"""A name as it stands in a line: capital or figure first, no sign that divides lines."""

_DASH = r"(?:--?|–|—)\s"
_END = re.compile(rf"\.?,?\s*(?:\((?P<round>{NAME})\)\s*{_DASH}|/(?P<slash>{NAME})/\.?\s|{_DASH})")
_PLACE = re.compile(r"(?:\A|\n)[ \t*_]*[^\W\d_a-z][\w .'’/,-]{1,60}?[,.(]\s*\Z")
_REACH = 70


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline: the agency in it, or None."""

    agency: str | None


def dateline(text: str, mention: Mention) -> Dateline | None:
    """The dateline that the date stands in, or None where it stands in running text.

    Example:
        >>> from onrecord.reading.mentions import date_mentions
        >>> said = "ASTANA, December 17. /Steppe Gazette/. The minister spoke."
        >>> dateline(said, date_mentions(said)[0])
        Dateline(agency='Steppe Gazette')
    """
    end = _END.match(text, mention.end)
    if mention.precision != "day" or not end:
        return None
    if not _PLACE.search(text[max(0, mention.start - _REACH) : mention.start]):
        return None
    return Dateline(end["round"] or end["slash"])
