"""Messages into a file: JSON Lines, each message exactly once.

In: messages. Out: lines. A process may be killed after a line was written and before the ledger knew of it: so the
end of the file is looked at first, and a line that is there already is not written again. One that was cut off in the
middle is written to its end.
"""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

from onrecord.errors import NotTold
from onrecord.model.records import Record

TAIL = 4_000_000
"""Bytes at the end of the file that are looked at: at most one message is there that the ledger does not know of."""


class FileSender:
    """Appends to one file.

    Args:
        path: the file; made where there is none.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(self, message: Record) -> str:
        """Append a message unless it is there; what came of it, in a word.

        Raises:
            NotTold: the file cannot be written.
        """
        line = line_of(message)
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NONBLOCK, 0o644)
        except OSError as fault:
            raise self._failed(fault) from fault
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise NotTold(f"{self._path} is no file", value=str(self._path), hint="name another file")
            tail = _tail(handle)
            if line in tail.splitlines(keepends=True):
                return "was there"
            _write(handle, _rest(line, tail))
            os.fsync(handle)
        except OSError as fault:
            raise self._failed(fault) from fault
        finally:
            os.close(handle)
        return "written"

    def close(self) -> None:
        """Nothing is held open."""

    def _failed(self, fault: OSError) -> NotTold:
        return NotTold(
            f"{self._path} cannot be written: {fault.strerror}",
            value=str(self._path),
            hint="make room, or name another file",
        )


def line_of(message: Record) -> bytes:
    r"""A message as a line; every character beyond ASCII is escaped, so that none of it steers who looks at the file.

    Example:
        >>> line_of({"text": "Baku\u202e"})
        b'{"text": "Baku\\u202e"}\n'
    """
    return json.dumps(message, ensure_ascii=True).translate({0x7F: "\\u007f"}).encode("ascii") + b"\n"


def _tail(handle: int) -> bytes:
    size = os.fstat(handle).st_size
    return os.pread(handle, TAIL, max(0, size - TAIL))


def _rest(line: bytes, tail: bytes) -> bytes:
    """What is to be written after the end of the file."""
    last = tail.rpartition(b"\n")[2]
    if not last:
        return line
    # Cut off: by us, in the middle of this message, or by another writer.
    return line[len(last) :] if line.startswith(last) else b"\n" + line


def _write(handle: int, content: bytes) -> None:
    while content:
        content = content[os.write(handle, content) :]
