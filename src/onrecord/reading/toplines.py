"""The lines at the top of a text that state its outlet and day: one line in, what it states out.

Knows the manners of datelines ("ROME, 12 November 2025 (Harbour Wire) - ", "ASTANA, December 17. /TASS/."),
of lines under a headline ("Harbour Daily, Tuesday, 9 December 2025", "Outlet | 12 Nov 2025"), of bylines ("By
Ann Lee for Harbour Wire") and of mastheads. Takes only what is stated; a place with a date is no outlet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.model import DateRange
from onrecord.reading.datelines import NAME, dateline
from onrecord.reading.limits import OutletFinder
from onrecord.reading.mentions import Mention, date_mentions
from onrecord.reading.printed import printed_date
from onrecord.reading.tables import word_lists

_BYLINE = re.compile(rf"(?:By|BY|by|From)\s+[^|]{{2,80}}?,?\s+for\s+(?P<outlet>{NAME})\s*\Z")
_EDITION = re.compile(rf"(?P<outlet>{NAME}?),\s+[A-Z]\w+\s+(?:edition|service)\b", re.S)
_BARE_BYLINE = re.compile(r"(?:By|BY|From)\s+\S")
_SPLIT = re.compile(r"\s*(?:[|•·;()]|[.,](?=\s|\Z)|\s[–—-]\s)\s*")
_NOISE = re.compile(
    r"""\b(?:mon|tues?|wednes|wed|thurs?|fri|satur|sat|sun)(?:day)?\b
      | \d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?
      | \b(?:(?:first|last)\s+)?(?:published|posted|updated|date)\b(?:\s+(?:on|at))?
      | \b(?:gmt|utc|est|edt|cet|eet|bst|ist|at|on)\b | :""",
    re.I | re.X,
)
_AGENCY_ALONE = re.compile(rf"\s*[^\W\d_a-z][\w .'’/,-]{{1,50}}\((?P<outlet>{NAME})\)\s*(?:--?|–|—)\s")
_WORDS = word_lists("words")
_PLACES, _REMARKS = _WORDS["places"], _WORDS["remarks"]

_IN_SENTENCE = re.compile(
    r"(?<!published )(?<!posted )(?<!updated )"
    r"\b(?:on|in|of|since|by|from|until|after|before|for)\s+(?:\w+day,?\s+)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)",
    re.I,
)
"""A date led by a preposition belongs to a sentence or a caption, not to a line about the report."""

_LONGEST = 140
"""Code points of a line that only states: what is longer is running text."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What one line states.

    Attributes:
        outlet, published: as stated, or None.
        meta: whether the line does nothing but state, so that it is no headline and no text.
    """

    outlet: str | None = None
    published: DateRange | None = None
    meta: bool = False


def read_line(said: str, outlets: OutletFinder | None = None) -> Stated:
    """What a line at the top states.

    Example:
        >>> read_line("*Harbour Daily, Tuesday, 9 December 2025*").outlet
        'Harbour Daily'
        >>> read_line("ASTANA, 17 December 2025. /Steppe Gazette/. The minister spoke.").published.day
        datetime.date(2025, 12, 17)
        >>> read_line("Astana, 25 February 2026").outlet is None
        True
    """
    if line := _of_dateline(said[: _LONGEST + 20], outlets):
        return line
    said = said.strip().strip("*_").strip()
    if len(said) > _LONGEST:
        return Stated()
    if byline := _BYLINE.match(said):
        return Stated(outlet=byline["outlet"], meta=True)
    if edition := _EDITION.match(said):
        return Stated(outlet=edition["outlet"], published=_only_date(said), meta=True)
    day = _only_date(said)
    if day is None:
        return Stated(meta=bool(_BARE_BYLINE.match(said)))
    heading = said.startswith("#")
    parts = [x for x in _SPLIT.split(_without_date(said.lstrip("# "))) if x.strip("*_ ")]
    if _IN_SENTENCE.search(said) or len(parts) > 4 or not all(map(_is_label, parts)):
        return Stated()
    named = next((x for x in parts[:1] if not heading and is_outlet_name(x, outlets)), None)
    return Stated(outlet=named, published=day, meta=not heading)


def masthead(first: str, second: str, outlets: OutletFinder | None = None) -> str | None:
    """The outlet, where the first line is nothing but a name in capitals and the second holds a date.

    Example:
        >>> masthead("THE CASPIAN COURIER", "23.10.2025")
        'The Caspian Courier'
    """
    known = outlets(first) if outlets else None
    if not _has_date(second) or not (known or (first.isupper() and 2 <= len(first.split()) <= 6)):
        return None
    if known:
        return known.name
    small = {"of", "and", "the", "for", "de", "la"}
    words = [
        x.lower() if at and x.lower() in small else x.capitalize() if len(x) > 3 or x.lower() in small else x
        for at, x in enumerate(first.split())
    ]
    return " ".join(words)


def is_outlet_name(part: str, outlets: OutletFinder | None) -> bool:
    """Whether a piece beside a date names an outlet: a known one, or a name of several words that is no known
    place, no byline, and not in the capitals of a dateline.
    """
    if outlets and outlets(part):
        return True
    words = part.split()
    return (
        2 <= len(words) <= 6
        and words[0][:1].isupper()
        and part.casefold() not in _PLACES
        and not _BARE_BYLINE.match(part)
        and not part.isupper()
    )


def _is_label(part: str) -> bool:
    """Whether a piece is a name or a remark such as "English edition", and no piece of a sentence or of a
    caption.
    """
    words = part.strip("*_ ").split()
    plain = [x.lower().strip("'’\"") for x in words if x[:1].islower() and len(x) > 3]
    return len(words) <= 8 and all(x in _REMARKS for x in plain)


def _has_date(said: str) -> bool:
    return printed_date(said.strip()) is not None or any(x.precision == "day" for x in date_mentions(said))


def _full_dates(said: str) -> list[Mention]:
    return [x for x in date_mentions(said) if x.year is not None and x.precision == "day"]


def _only_date(said: str) -> DateRange | None:
    """The date with year of a line that holds just one date; figures such as 23.10.2025 count when they stand
    alone.
    """
    full = _full_dates(said)
    if len(full) == 1 and full[0].year is not None:
        return full[0].range_in(full[0].year)
    if not full and re.fullmatch(r"[\d./ -]{8,12}", said):
        return printed_date(said.strip())
    return None


def _without_date(said: str) -> str:
    for mention in _full_dates(said):
        said = said[: mention.start] + " | " + said[mention.end :]
    return _NOISE.sub(" ", said if re.search(r"[^\W\d_]", said) else "").strip()


def _of_dateline(said: str, outlets: OutletFinder | None) -> Stated | None:
    """What "ROME, 12 November 2025 (Harbour Wire) - " states: a day with its year, an agency."""
    for mention in date_mentions(said):
        if line := dateline(said, mention):
            day = mention.range_in(mention.year) if mention.year is not None else None
            return Stated(outlet=line.agency, published=day)
    if (alone := _AGENCY_ALONE.match(said)) and not _has_date(alone[0]):
        known = outlets(alone["outlet"]) if outlets else None
        return Stated(outlet=known.name) if known else None
    return None
