"""Web archives (WARC, ISO 28500), as crawlers write them: the pages in them, one report each.

What comes in: the bytes of an archive, unpacked. What goes out: a draft or an issue for each HTML page that a server
answered with; requests, pictures, redirects and errors are counted and passed over. The records are parsed by warcio,
out of a stream that bounds each line and head, for warcio does not. Nothing of a page is run or fetched.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any

from onrecord.errors import InputError, ReportTooLarge, ReportUnreadable
from onrecord.model import Issue
from onrecord.reading.decoding import decode
from onrecord.reading.draft import Draft, draft, note
from onrecord.reading.limits import Limits, OutletFinder
from onrecord.reading.page import read_page

LINE, HEAD = 65_536, 1_000_000
"""Bytes of one line of a head, and of the heads of one record. Servers refuse heads of over 8 to 64 kB."""
_PIECE = 1 << 20
_PAGE = re.compile(r"\s*(?:text/html|application/xhtml\+xml)\s*(?:;|\Z)", re.I)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,40})", re.I)
_WINDOWS = {"gzip": (31,), "x-gzip": (31,), "deflate": (15, -15)}
"""What ``Content-Encoding`` means to zlib; some servers send "deflate" without its head."""


def read_web_archive(
    stream: io.BufferedReader, where: str, stem: str, limits: Limits, outlets: OutletFinder | None
) -> Iterator[Draft | Issue]:
    """The pages of a web archive.

    Args:
        stream: the bytes; read to the end, or to the limit on what a compressed file may unpack to.
        where: the file, for messages; the record is added.
        stem: what its reports are called, with the number of the record.
        limits: how long a page may be.
        outlets: who knows the outlets.

    Yields:
        A draft for each page with a main text, an issue for each without; one issue at the end for all that is no page.

    Raises:
        ReportUnreadable: it is no web archive, or damaged from some record on; what came before has been given.
    """
    others = 0
    for number, record in enumerate(_records(stream, where), start=1):
        if not _is_page(record):
            others += 1
            continue
        place = f"{where}, record {number}"
        try:
            yield _of_record(record, place, f"{stem}-{number}", limits, outlets)
        except InputError as error:
            yield Issue(error.code, place, error.message, error.hint)
    if others:
        what = "record is no page and was" if others == 1 else "records are no pages and were"
        yield note(where, f"{others} {what} passed over")


class _Heads:
    """What warcio reads from: whole where it asks for so many bytes, bounded where it asks for a line."""

    def __init__(self, stream: io.BufferedReader, where: str) -> None:
        self._stream, self._where, self._left = stream, where, HEAD

    def begin(self) -> None:
        self._left = HEAD

    def read(self, length: int) -> bytes:
        return self._stream.read(min(length, _PIECE))

    def readline(self, length: int | None = None) -> bytes:
        most = LINE if length is None else min(length, LINE)
        line = self._stream.readline(most)
        self._left -= len(line)
        if self._left < 0 or (len(line) == LINE and not line.endswith(b"\n")):
            message = f"{self._where} has a record whose head does not end"
            raise ReportUnreadable(message, value=self._where, hint="look whether it is whole")
        return line


def _records(stream: io.BufferedReader, where: str) -> Iterator[Any]:
    """The records one by one, each read to its end when the next is asked for."""
    from warcio.recordloader import ArcWarcRecordLoader

    loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
    heads = _Heads(stream, where)
    number = 0
    while first := _first_line(stream):
        number += 1
        heads.begin()
        try:
            if not first.startswith(b"WARC/"):
                raise ValueError(f"it begins with {first[:20]!r}")
            record = loader.parse_record_stream(heads, first, "warc")
            if record.length is None:
                raise ValueError("it does not say how long it is")
        except InputError:
            raise
        except Exception as error:  # any failure of the parser on hostile input concerns this archive alone
            message = f"{where} cannot be read from record {number} on ({str(error)[:80]})"
            raise ReportUnreadable(message, value=where, hint="look whether it is whole") from error
        yield record
        while record.raw_stream.read(_PIECE):
            pass


def _first_line(stream: io.BufferedReader) -> bytes:
    """The first line that is not blank, b"" at the end."""
    while line := stream.readline(LINE):
        if line.strip():
            return line
    return b""


def _is_page(record: Any) -> bool:
    """Whether it is what a server gave for a page that is there."""
    http = record.http_headers
    return (
        record.rec_type == "response"
        and http is not None
        and (http.statusline or "").split(" ", 1)[0] == "200"
        and bool(_PAGE.match(http.get_header("Content-Type") or ""))
    )


def _of_record(record: Any, place: str, name: str, limits: Limits, outlets: OutletFinder | None) -> Draft:
    data = _payload(record, place, limits)
    label = _CHARSET.search(record.http_headers.get_header("Content-Type") or "")
    decoded = decode(data, page=True, declared=label[1] if label else None)
    text, fields = read_page(decoded.text, place, outlets)
    cut = record.rec_headers.get_header("WARC-Truncated")
    notes = [note(place, "the crawler did not keep the whole page", "look at the page itself")] if cut else []
    # The address is the one that was asked, not what the page says of itself.
    url = record.rec_headers.get_header("WARC-Target-URI")
    return draft(place, text, name, {**fields, "url": url, "notes": tuple(notes)}, outlets)


def _payload(record: Any, place: str, limits: Limits) -> bytes:
    """The page as it was before it was packed for its way through the net.

    Raises:
        ReportTooLarge: it is above the limit, packed or unpacked.
        ReportUnreadable: it cannot be unpacked.
    """
    http = record.http_headers
    body = _within(record.raw_stream, limits.page, place)
    if (http.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        body = _joined(body)
    packing = (http.get_header("Content-Encoding") or "").strip().lower()
    if packing in ("", "identity"):
        return body
    if packing not in _WINDOWS:
        message = f"{place} is packed as {packing[:20]!r}, which is not unpacked"
        raise ReportUnreadable(message, value=packing, hint="save the page as text")
    for window in _WINDOWS[packing]:
        try:
            return _unfolded(body, window, place, limits.page)
        except zlib.error:
            continue
    # Crawlers keep the label and unpack the page all the same.
    return body


def _unfolded(body: bytes, window: int, place: str, most: int) -> bytes:
    unfolding = zlib.decompressobj(window)
    data = unfolding.decompress(body, most + 1)
    if len(data) > most:
        raise _too_large(place, most)
    return data


def _within(stream: Any, most: int, place: str) -> bytes:
    pieces, left = [], most + 1
    while left > 0 and (piece := stream.read(min(left, _PIECE))):
        pieces.append(piece)
        left -= len(piece)
    if left <= 0:
        raise _too_large(place, most)
    return b"".join(pieces)


def _too_large(place: str, most: int) -> ReportTooLarge:
    return ReportTooLarge(f"{place} is larger than {most:,} bytes", value=place, hint="take the article out of it")


def _joined(body: bytes) -> bytes:
    """The pieces of a chunked body (RFC 9112, section 7.1) in one; the body as it is where it is not chunked, for
    crawlers keep the label and join the pieces all the same.
    """
    pieces: list[bytes] = []
    at = 0
    while match := _CHUNK.match(body, at):
        size, start = int(match[1], 16), match.end()
        if size == 0:
            return b"".join(pieces)
        pieces.append(body[start : start + size])
        at = start + size
        if at >= len(body):
            break
        at += 2 if body[at : at + 2] == b"\r\n" else 0
    return b"".join(pieces) or body


_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r\n")
