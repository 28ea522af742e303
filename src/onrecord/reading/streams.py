"""Streams of bytes with something done to them: put back together, bounded. No format is known here."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO

from onrecord.errors import ReportTooLarge

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class Passing(io.RawIOBase):
    """A readable stream over :meth:`take`, which gives at most so many bytes, and none at the end."""

    def readable(self) -> bool:
        """Whether it can be read: always."""
        return True

    def take(self, most: int) -> bytes:
        """The next bytes, at most so many."""
        raise NotImplementedError

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill a buffer as far as one :meth:`take` reaches; how far that was."""
        view = memoryview(buffer).cast("B")
        data = self.take(min(len(view), 1 << 20))
        view[: len(data)] = data
        return len(data)


class _After(Passing):
    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream = io.BytesIO(head), stream

    def take(self, most: int) -> bytes:
        return self._head.read(most) or self._stream.read(most)


class _Bounded(Passing):
    def __init__(self, stream: BinaryIO, most: int, where: str) -> None:
        self._stream, self._left, self._most, self._where = stream, most, most, where

    def take(self, most: int) -> bytes:
        data = self._stream.read(most)
        self._left -= len(data)
        if self._left < 0:
            raise ReportTooLarge(
                f"{self._where} unpacks to more than {self._most:,} bytes",
                value=self._where,
                hint="unpack it and split it",
            )
        return data


def after(head: bytes, stream: BinaryIO) -> io.BufferedReader:
    """The bytes already read, and then the stream they came from.

    Example:
        >>> after(b"Ro", io.BytesIO(b"me")).read()
        b'Rome'
    """
    return io.BufferedReader(_After(head, stream))


def bounded(stream: BinaryIO, most: int, where: str) -> io.BufferedReader:
    """A stream that gives at most so many bytes.

    Raises:
        ReportTooLarge: on reading, where the stream holds more.
    """
    return io.BufferedReader(_Bounded(stream, most, where))
