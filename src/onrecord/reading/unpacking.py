"""Compressed files as streams of what they hold, bounded. No format is known here but those of compression.

What comes in: a file and what it is compressed with. What goes out: its bytes, and an error where they are more than
the limits let through or cannot be unpacked.
"""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, BinaryIO, cast

from onrecord.errors import ReportUnreadable
from onrecord.reading.limits import Limits
from onrecord.reading.streams import Passing, bounded
from onrecord.reading.walk import Found

_PIECE = 1 << 16
WINDOW = 1 << 27
"""Bytes that unpacking Zstandard may keep in memory: what its own tools allow unless they are told otherwise."""


@contextmanager
def unpacked(found: Found, limits: Limits) -> Iterator[io.BufferedReader]:
    """The bytes of a file, unpacked where it is compressed.

    Args:
        found: the file.
        limits: how far a compressed file may unfold; one that is not compressed is as long as it is.

    Raises:
        ReportUnreadable: what would unpack it is not installed. On reading: it is not whole.
        ReportTooLarge: on reading, where it unfolds to more than the limits let through.
        OSError: it cannot be opened.
    """
    with ExitStack() as stack:
        raw = stack.enter_context(found.path.open("rb"))
        if not found.packing:
            yield raw
            return
        size = os.fstat(raw.fileno()).st_size
        most = limits.of_packed(size, limits.archive if found.kind == "web archive" else limits.unpacked)
        if found.packing == "gzip":
            unfolding = cast(BinaryIO, _Gzip(raw))
        else:
            unfolding = cast(BinaryIO, _Zstandard(raw, found.where))
        yield bounded(unfolding, most, found.where)


class _Gzip(Passing):
    """The content of a gzip file, member after member.

    Python's own reader loses what came before in the same buffer when a file breaks off; this one gives it first.
    """

    def __init__(self, raw: BinaryIO) -> None:
        self._raw, self._waiting, self._member = raw, b"", zlib.decompressobj(31)
        self._begun = True

    def take(self, most: int) -> bytes:
        while True:
            ended = False
            if not self._waiting:
                self._waiting = self._raw.read(_PIECE)
                ended = not self._waiting
            if not self._begun:
                # Zeros after a member are padding, as of tapes.
                self._waiting = self._waiting.lstrip(b"\0")
                self._begun = bool(self._waiting)
                if ended:
                    return b""
                continue
            data = self._member.decompress(self._waiting, most)
            self._waiting = self._member.unconsumed_tail
            if self._member.eof:
                self._waiting, self._begun = self._member.unused_data, False
                self._member = zlib.decompressobj(31)
            elif ended and not data:
                raise EOFError("it ends before its end")
            if data:
                return data


class _Zstandard(Passing):
    """The content of a file in Zstandard, frame after frame."""

    def __init__(self, raw: BinaryIO, where: str) -> None:
        try:
            import zstandard
        except ModuleNotFoundError as error:
            raise ReportUnreadable(
                f"{where} is compressed with Zstandard, which cannot be unpacked here",
                value=where,
                hint="install it: pip install 'onrecord[archives]'",
            ) from error
        self._where, self._failure = where, zstandard.ZstdError
        unfolding = zstandard.ZstdDecompressor(max_window_size=WINDOW)
        self._stream: Any = unfolding.stream_reader(raw, read_across_frames=True)

    def take(self, most: int) -> bytes:
        try:
            return bytes(self._stream.read(most))
        except self._failure as error:
            message = f"{self._where} cannot be unpacked ({str(error)[:80]})"
            raise ReportUnreadable(message, value=self._where, hint="look whether it is whole") from error
