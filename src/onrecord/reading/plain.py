"""Plain text and Markdown: the text as it is, and what its top says of itself.

What comes in: a decoded text. What goes out: the fields that it states about its own publication (front matter, a block of
``Key: value`` lines, a line such as "Outlet | 12 Nov 2025", a byline, a dateline). Nothing is concluded, and the text is
never changed, so that offsets count in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.model import DateRange
from onrecord.reading.limits import OutletFinder
from onrecord.reading.mentions import Mention, date_mentions
from onrecord.reading.printed import printed_date

_KEYS = {
    "outlet": "outlet",
    "source": "outlet",
    "publication": "outlet",
    "publisher": "outlet",
    "site": "outlet",
    "published": "published",
    "date": "published",
    "pubdate": "published",
    "published on": "published",
    "publication date": "published",
    "title": "title",
    "headline": "title",
    "url": "url",
    "link": "url",
    "id": "id",
}
_PAIR = re.compile(r"([A-Za-z][A-Za-z _-]{0,30})\s*:\s*(.*)")
_BYLINE = re.compile(r"(?:By|BY|by)\s+[^|,.]{2,60}?\s+(?:for|at)\s+(?P<outlet>[A-Z][^|.,]{1,60}?)\s*\Z")
_STATED = re.compile(r"(?:(?:first\s+)?published|posted|date|updated)(?:\s+(?:on|at))?\s*:?\s*(?P<date>.{6,60})\Z", re.I)
_BAR = re.compile(r"\s*[|•·]\s*")
_AGENCY = re.compile(r"\.?,?\s*(?:\((?P<outlet>[A-Z][\w .&'’/-]{1,40})\)\s*)?(?:--?|–|—)\s")
_PLACE = re.compile(r"\s*[A-Z][\w .'’/,-]{1,60}[,(]\s*\Z")
_TOP = 8
"""Lines, empty ones not counted, that can hold what a text says of itself."""

_HEADLINE_WORDS, _HEADLINE = 20, 130
"""Longest headline: style guides of agencies ask for twelve words at most, portals print up to twenty."""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    said: str


def stated(text: str, outlets: OutletFinder | None = None) -> Mapping[str, object]:
    """What a text states about itself: ``title, outlet, published, url, id``, those that it states.

    Example:
        >>> said = stated("Rome to send police\\n\\nHarbour Wire | 12 Nov 2025\\n\\nItaly is ready to send trainers.")
        >>> said["title"], said["outlet"], said["published"].day
        ('Rome to send police', 'Harbour Wire', datetime.date(2025, 11, 12))
    """
    found: dict[str, object] = {}
    body = _front_matter(text, found) or _header_block(text, found)
    lines = list(_lines(text, body))
    for at, line in enumerate(lines[:_TOP]):
        _of_line(text, line, found, outlets, last=at + 1 == len(lines))
    if "title" not in found and (title := _headline(text, lines)):
        found["title"] = title
    return found


def _lines(text: str, start: int) -> Iterator[_Line]:
    """The first lines that are not empty, from ``start`` on."""
    count = 0
    while start < len(text) and count <= _TOP:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        said = text[start : min(end, start + 4000)].strip()
        if said:
            yield _Line(start, end, said)
            count += 1
        start = end + 1


def _put(found: dict[str, object], key: str, value: str) -> None:
    name = _KEYS.get(key.strip().lower().replace("_", " ").replace("-", " "))
    value = value.strip().strip("\"'").strip()
    if name is None or not value or name in found:
        return
    if name != "published":
        found[name] = value
    elif day := printed_date(value):
        found[name] = day
    else:
        found["unread_date"] = value


def _front_matter(text: str, found: dict[str, object]) -> int:
    """Reads ``---`` front matter; gives the offset behind it, 0 where there is none."""
    opened = re.match(r"\ufeff?---[ \t]*\r?\n", text)
    closed = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.M).search(text, opened.end(), 8000) if opened else None
    if not opened or not closed:
        return 0
    for row in text[opened.end() : closed.start()].splitlines():
        if pair := _PAIR.match(row):
            _put(found, pair[1], pair[2])
    return closed.end()


def _header_block(text: str, found: dict[str, object]) -> int:
    """Reads ``Key: value`` lines at the very top, where at least two keys are known and an empty line follows."""
    block = re.match(r"\s*((?:[^\n]+\n){2,12})\s*\n", text[:4000])
    rows = [_PAIR.match(row.strip()) for row in block[1].splitlines()] if block else []
    known = [row for row in rows if row and row[1].strip().lower() in _KEYS]
    if not block or not all(rows) or len(known) < 2:
        return 0
    for row in known:
        _put(found, row[1], row[2])
    return block.end()


def _of_line(
    text: str, line: _Line, found: dict[str, object], outlets: OutletFinder | None, *, last: bool
) -> None:
    """Adds what one line of the top states: an outlet, a day, both, or nothing."""
    if len(line.said) > 160 or last:
        _dateline(text, line, found, outlets)
        return
    if byline := _BYLINE.match(line.said):
        found.setdefault("outlet", byline["outlet"])
        return
    parts = [x for x in _BAR.split(line.said) if x]
    days = [x for x in map(_whole_date, parts) if x]
    names = [x for x in parts if _whole_date(x) is None]
    if days and len(parts) <= 3:
        found.setdefault("published", days[0])
        if len(parts) > 1 and names and _is_name(names[0], outlets):
            found.setdefault("outlet", names[0])
        return
    _dateline(text, line, found, outlets)


def _whole_date(part: str) -> DateRange | None:
    """The day, where the part is a date with year (and weekday, time, "published") and nothing else."""
    said = _STATED.match(part)
    part = said["date"] if said else part
    mentions = [x for x in date_mentions(part) if x.year is not None and x.precision == "day"]
    if len(mentions) != 1:
        return None
    rest = part[: mentions[0].start] + part[mentions[0].end :]
    rest = re.sub(r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\b(?:at|on)\b", "", rest, flags=re.I)
    rest = re.sub(r"\d{1,2}[:.]\d{2}(?::\d{2})?|\b(?:am|pm|a\.m\.|p\.m\.|gmt|utc|est|edt|cet|eet|bst|ist)\b|T|Z", "", rest, flags=re.I)
    return None if re.search(r"\w", rest) else mentions[0].range_in(mentions[0].year or 0)


def _is_name(part: str, outlets: OutletFinder | None) -> bool:
    """Whether a part beside a date names an outlet: a known one, or a short name that is no byline and no place in
    capitals, as datelines print it."""
    if outlets and outlets(part):
        return True
    words = part.split()
    return (
        1 <= len(words) <= 5
        and words[0][:1].isupper()
        and words[0].lower() not in ("by", "updated", "published")
        and not (part.isupper() and len(part) > 5)
    )


def _dateline(text: str, line: _Line, found: dict[str, object], outlets: OutletFinder | None) -> None:
    """Adds what "ROME, 12 November 2025 (Harbour Wire) - " states: a day with its year, an agency."""
    top = text[line.start : min(line.end, line.start + 160)]
    for mention in date_mentions(top):
        agency = _AGENCY.match(top, mention.end)
        if mention.precision != "day" or not agency or not _PLACE.match(top[: mention.start]):
            continue
        _keep_dateline(mention, agency["outlet"], found, outlets)
        return
    bare = re.match(r"\s*[A-Z][\w .'’/,-]{1,50}\((?P<outlet>[A-Z][\w .&'’/-]{1,40})\)\s*(?:--?|–|—)\s", top)
    if bare and _is_name(bare["outlet"], outlets):
        found.setdefault("outlet", bare["outlet"])


def _keep_dateline(
    mention: Mention, agency: str | None, found: dict[str, object], outlets: OutletFinder | None
) -> None:
    if mention.year is not None and (days := mention.range_in(mention.year)):
        found.setdefault("published", days)
    if agency and _is_name(agency, outlets):
        found.setdefault("outlet", agency)


def _headline(text: str, lines: list[_Line]) -> str | None:
    """The first line, where it looks like a headline: short, no full stop, and an empty or a longer line behind it."""
    if len(lines) < 2:
        return None
    first, second = lines[0], lines[1]
    said = re.sub(r"\A#{1,3}\s+|\s+#+\Z", "", first.said)
    short = len(said) <= _HEADLINE and len(said.split()) <= _HEADLINE_WORDS
    blank = "\n" in text[first.end + 1 : second.start].replace("\r", "") if second.start > first.end else False
    marked = said != first.said
    if not short or not re.search(r"[^\W\d_]{2}", said) or _BYLINE.match(said) or _whole_date(said):
        return None
    if any(_whole_date(x) for x in _BAR.split(said)) or _PAIR.match(said) and said.split(":")[0].lower() in _KEYS:
        return None
    stops = said.endswith((".", ";", ",", ":")) and not said.endswith("...")
    return said if marked or (not stops and (blank or len(second.said) > len(said))) else None
