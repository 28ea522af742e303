"""JSON Lines: one report a line, ``id, url, outlet, published, title, text``, any but ``text`` null or
absent.

What comes in: a stream of bytes. What goes out: a draft or an issue for each line that is not blank, in
order, one line in memory at a time.
"""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Iterator, Mapping

from onrecord.errors import InputError, ReportTooLarge, ReportUnreadable
from onrecord.model import Issue
from onrecord.reading.decoding import Decoded, decode
from onrecord.reading.draft import Draft, draft, note
from onrecord.reading.limits import Limits, OutletFinder
from onrecord.reading.printed import printed_date

_WIDE = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


_PIECE = 1 << 20


def read_json_lines(
    stream: io.BufferedReader, where: str, stem: str, limits: Limits, outlets: OutletFinder | None
) -> Iterator[Draft | Issue]:
    """The reports of a JSON Lines stream.

    Args:
        stream: the bytes; read to the end, or to the limit on what a compressed file may unpack to.
        where: the file, for messages; the line is added.
        stem: what a line without id is called, with its number.
        limits: how long a line may be.
        outlets: who knows the outlets.

    Yields:
        A draft for each good line, an issue for each bad one.
    """
    for number, raw in enumerate(_lines(stream, limits), start=1):
        place = f"{where}, line {number}"
        try:
            if raw is None:
                message = f"{place} is longer than {limits.report:,} bytes"
                raise ReportTooLarge(message, value=place, hint="split it, or raise the limit")
            if raw.strip():
                yield _of_line(raw, place, f"{stem}-{number}", outlets)
        except InputError as error:
            yield Issue(error.code, place, error.message, error.hint)


def starts_with_object(head: bytes) -> bool:
    r"""Whether the first line that is not blank is a JSON object: what tells JSON Lines from a text.

    Example:
        >>> starts_with_object(b'\n{"text": "Rome will send police."}\n')
        True
        >>> starts_with_object(b'{sic} the minister wrote\n')
        False
    """
    for raw in head.splitlines():
        if raw.strip():
            try:
                return isinstance(json.loads(raw.removeprefix(codecs.BOM_UTF8)), dict)
            except (ValueError, RecursionError):
                return False
    return False


def _lines(stream: io.BufferedReader, limits: Limits) -> Iterator[bytes | None]:
    """The lines; None in the place of one above the limit, which is passed over in pieces."""
    head = stream.peek(4)[:4]
    wide = next((name for mark, name in _WIDE.items() if head.startswith(mark)), None)
    if wide:
        yield from _wide_lines(io.TextIOWrapper(stream, wide, "replace", newline="\n"), limits)
        return
    if head.startswith(codecs.BOM_UTF8):
        stream.read(len(codecs.BOM_UTF8))
    while raw := stream.readline(limits.report + 1):
        whole = len(raw) <= limits.report
        while raw and not raw.endswith(b"\n") and not whole:
            raw = stream.readline(_PIECE)
        yield raw if whole else None


def _wide_lines(stream: io.TextIOWrapper, limits: Limits) -> Iterator[bytes | None]:
    """The same of UTF-16 and UTF-32."""
    while said := stream.readline(limits.report + 1):
        whole = len(said) <= limits.report
        while said and not said.endswith("\n") and not whole:
            said = stream.readline(_PIECE)
        yield said.encode("utf-8", "replace") if whole else None


def _of_line(raw: bytes, place: str, name: str, outlets: OutletFinder | None) -> Draft:
    decoded = decode(raw)
    try:
        row = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        message = f"{place} is not JSON ({str(error)[:80]})"
        raise ReportUnreadable(message, value=raw[:80], hint="one JSON object a line is expected") from error
    if not isinstance(row, dict):
        raise ReportUnreadable(
            f"{place} is JSON but no object", value=raw[:80], hint='give {"text": "..."} on each line'
        )
    return of_row(row, place, name, outlets, raw[:80], decoded)


def of_row(
    row: Mapping[str, object],
    place: str,
    name: str,
    outlets: OutletFinder | None,
    shown: object = None,
    decoded: Decoded | None = None,
) -> Draft:
    """The draft of a report that comes as named fields: a line of JSON, a row of a table.

    Args:
        row: ``id, url, outlet, published, title, text, upstream``; any but ``text`` may be absent or None.
        place: what to call it in messages.
        name: its id where it brings none.
        outlets: who knows the outlets.
        shown: its beginning as it came, for the error.
        decoded: how its bytes were read, where they were.

    Raises:
        ReportUnreadable: it has no text.
        ReportEmpty: its text is empty.
    """
    text = row.get("text")
    if text is None:
        raise ReportUnreadable(f"{place} has no text", value=shown, hint='the field "text" is needed')
    if not isinstance(text, str):
        raise ReportUnreadable(f"{place}: its text is no string", value=shown, hint='put "text" in quotes')
    published = printed_date(row.get("published"))
    notes = []
    if published is None and row.get("published"):
        said = str(row["published"])[:60]
        notes.append(note(place, f"the date {said!r} cannot be read", "give it as 2025-11-12"))
    if decoded and decoded.damaged:
        notes.append(note(place, f"{decoded.damaged} places hold bytes that are not {decoded.encoding}"))
    given = row.get("id")
    usable = isinstance(given, str | int) and not isinstance(given, bool) and bool(str(given).strip())
    return draft(
        place,
        text,
        given if usable else name,
        {**row, "published": published, "notes": tuple(notes)},
        outlets,
    )
