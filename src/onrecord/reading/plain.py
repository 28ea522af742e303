"""Plain text and Markdown: the text as it is, and what its top says of itself.

What comes in: a decoded text. What goes out: the fields that it states about its own publication (front
matter, a block of ``Key: value`` lines, the lines under its headline, a dateline). Nothing is concluded, and
the text is never changed, so that offsets count in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.reading.limits import OutletFinder
from onrecord.reading.printed import printed_date
from onrecord.reading.toplines import masthead, read_line

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
_CLOSED = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.M)
_TOP = 6
"""Lines, empty ones not counted, that can hold what a text says of itself."""

_HEADLINE_WORDS, _HEADLINE = 20, 130
"""Longest headline: style guides of agencies ask for twelve words at most, portals print up to twenty."""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    said: str


def stated(text: str, outlets: OutletFinder | None = None) -> Mapping[str, object]:
    r"""What a text states about itself: ``title, outlet, published, url, id``, those that it states.

    A date that stands where the day of publication should and cannot be read comes as ``unread_date``.

    Example:
        >>> said = stated("Rome to send police\n\nHarbour Wire | 12 Nov 2025\n\nItaly is ready to help.")
        >>> said["title"], said["outlet"], said["published"].day
        ('Rome to send police', 'Harbour Wire', datetime.date(2025, 11, 12))
    """
    found: dict[str, object] = {}
    body = _front_matter(text, found) or _header_block(text, found)
    lines = list(_lines(text, body))
    if len(lines) > 1 and (name := masthead(lines[0].said, lines[1].said, outlets)):
        found.setdefault("outlet", name)
        lines = lines[1:]
    titles = []
    for line in lines[:_TOP]:
        said = read_line(line.said, outlets)
        if said.outlet:
            found.setdefault("outlet", said.outlet)
        if said.published:
            found.setdefault("published", said.published)
        titles.append((line, said.meta))
    if "title" not in found and (title := _headline(text, titles)):
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
    opened = re.match(r"---[ \t]*\r?\n", text)
    closed = _CLOSED.search(text, opened.end(), 8000) if opened else None
    if not opened or not closed:
        return 0
    for row in text[opened.end() : closed.start()].splitlines():
        if pair := _PAIR.match(row):
            _put(found, pair[1], pair[2])
    return closed.end()


def _header_block(text: str, found: dict[str, object]) -> int:
    """Reads ``Key: value`` lines at the very top, where at least two keys are known and an empty line
    follows.
    """
    block = re.match(r"\s{0,80}((?:[^\n]{1,400}\n){2,12}?)[ \t\r]*\n", text[:4000])
    rows = [_PAIR.match(row.strip()) for row in block[1].splitlines()] if block else []
    known = [row for row in rows if row and row[1].strip().lower() in _KEYS]
    if not block or not all(rows) or len(known) < 2:
        return 0
    for row in known:
        _put(found, row[1], row[2])
    return block.end()


def _headline(text: str, lines: list[tuple[_Line, bool]]) -> str | None:
    """The first line that is not about outlet, day or author, where it looks like a headline: short, no full
    stop, and behind it an empty line, a longer one, or one about outlet and day.
    """
    at = next(
        (at for at, (line, meta) in enumerate(lines) if not meta and not line.said.startswith("(")), None
    )
    if at is None or at + 1 >= len(lines):
        return None
    first, (second, states) = lines[at][0], lines[at + 1]
    said = re.sub(r"\A#{1,3}\s+|\s+#+\Z", "", first.said)
    if len(said) > _HEADLINE or len(said.split()) > _HEADLINE_WORDS or not re.search(r"[^\W\d_]{2}", said):
        return None
    blank = text[first.end : second.start].count("\n") > 1
    stops = said.endswith((".", ";", ",", ":")) and not said.endswith("...")
    marked = said != first.said
    followed = blank or states or len(second.said) > len(said)
    return said if marked or (not stops and followed) else None
