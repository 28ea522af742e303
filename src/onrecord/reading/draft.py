"""A report in the making: what a reader took from one file, page or line, before it has its id and digest.

What comes in: fields as hostile input gives them. What goes out: fields that can be stored, shown and
compared. It reads nothing itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from onrecord.errors import InputError, ReportEmpty
from onrecord.model import DateRange, Issue, digest
from onrecord.reading.limits import OutletFinder

_UNSTORABLE = re.compile("[\ud800-\udfff\x00]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_WEB = ("http", "https")

TITLE, NAME, ADDRESS, ID = 500, 120, 2000, 200
"""Longest title, outlet, address and id kept, in code points."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What one input gave.

    Attributes:
        where: the file, or file and line, as the user knows it.
        text: the text, not empty.
        id: the input's own id, or what it would be called; not yet unique.
        url, outlet, title, published, upstream: as in a report.
        notes: what was wrong with it though it could be read.
    """

    where: str
    text: str
    id: str
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: DateRange | None = None
    upstream: tuple[str, ...] = ()
    notes: tuple[Issue, ...] = field(default=())


def storable(text: str) -> str:
    r"""The text with each lone surrogate and zero byte replaced by U+FFFD.

    Neither can be written to a file or a ledger. Offsets stay what they are.

    Example:
        >>> storable("a\x00b")
        'a�b'
    """
    return _UNSTORABLE.sub("\ufffd", text)


def line(value: object, longest: int) -> str | None:
    r"""A value as one line without control characters and marks of direction, or None where nothing is left.

    Example:
        >>> line("  Rome\n to send  police ", 500)
        'Rome to send police'
    """
    if value is None or isinstance(value, bool | Mapping | list):
        return None
    said = " ".join(_CONTROL.sub(" ", str(value)[: 4 * longest]).split())
    return said[:longest].rstrip() or None


def web_address(value: object) -> str | None:
    """The value, where it is a web address; anything else (a script, a file) is none and is dropped.

    Example:
        >>> web_address("javascript:alert(1)") is None
        True
    """
    said = line(value, ADDRESS)
    if said is None or " " in said:
        return None
    try:
        parts = urlsplit(said)
        return said if parts.scheme.lower() in _WEB and parts.hostname else None
    except ValueError:
        return None


def host_of(url: str | None) -> str | None:
    """The host of an address, without "www."."""
    if not url:
        return None
    host = urlsplit(url).hostname
    return host.removeprefix("www.") if host else None


def outlet_of(named: object, url: str | None, outlets: OutletFinder | None) -> str | None:
    """Who published it: the name that the input gives, else the outlet known by the host, else the host."""
    said = line(named, NAME)
    host = host_of(url)
    if said is None and host is not None:
        known = outlets(host) if outlets else None
        said = known.name if known else line(host, NAME)
    return said


def id_of(given: object, text: str) -> str:
    """An id that can stand in a file, a table and an address; where nothing is left, one made from the
    text.
    """
    return line(given, ID) or f"report-{digest(text)[:8]}"


def draft(
    where: str, text: str, given_id: object, fields: Mapping[str, object], outlets: OutletFinder | None
) -> Draft:
    """The draft of a report from raw fields (``url, outlet, title, published, upstream, notes``).

    Args:
        where: the file, or file and line.
        text: its text.
        given_id: its own id, or the name to call it by.
        fields: the rest, each absent, None, or what the input gave; ``published`` is a range already.
        outlets: who knows the outlets.

    Raises:
        ReportEmpty: when there is no text.
    """
    text = storable(text)
    if not text.strip():
        raise ReportEmpty(
            f"there is no text in {where}", value=where, hint="look whether the download was whole"
        )
    notes = fields.get("notes")
    issues = list(notes) if isinstance(notes, tuple) else []
    url = web_address(fields.get("url"))
    if url is None and line(fields.get("url"), 60):
        said = line(fields.get("url"), 60)
        issues.append(note(where, f"{said!r} is no web address and was left out", "give it with http(s)://"))
    published = fields.get("published")
    named = fields.get("upstream")
    upstream = [line(x, NAME) for x in named] if isinstance(named, list) else []
    return Draft(
        where=where,
        text=text,
        id=id_of(given_id, text),
        url=url,
        outlet=outlet_of(fields.get("outlet"), url, outlets),
        title=line(fields.get("title"), TITLE),
        published=published if isinstance(published, DateRange) else None,
        upstream=tuple(x for x in upstream if x),
        notes=tuple(issues),
    )


def note(where: str, message: str, hint: str = "") -> Issue:
    """An issue with a report that was read all the same."""
    return Issue(InputError.code, where, message, hint)
