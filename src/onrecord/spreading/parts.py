"""Files of finished parts: JSON Lines that are there whole or not at all.

In: records. Out: a file whose last line tells how many came before and their digest. It is written beside its place
and renamed, so that a process that is killed leaves none, and two that write the same part leave one.
"""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.errors import PartLost
from onrecord.model.records import Record

_END = "end of part"


class Line(NamedTuple):
    """A line of a part.

    Attributes:
        offset: where it begins, in bytes.
        length: its bytes, the newline among them.
        record: what it holds.
    """

    offset: int
    length: int
    record: Record


@contextmanager
def written(path: Path) -> Iterator[Callable[[Mapping[str, Any]], None]]:
    """Write a part: call what comes out with each record. At the end of the block the part is in its place.

    Where the block fails nothing is left. The name of the file in the making tells which process is at it.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.{uuid.uuid4().hex[:8]}")
    made, count = hashlib.sha256(), 0
    try:
        with beside.open("wb") as out:

            def put(record: Mapping[str, Any]) -> None:
                nonlocal count
                line = _line(record)
                made.update(line)
                out.write(line)
                count += 1

            yield put
            out.write(_line({_END: {"lines": count, "sha256": made.hexdigest()}}))
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _line(record: Mapping[str, Any]) -> bytes:
    # Ids and texts hold no lone surrogates here: reading has put them right.
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


def lines(path: Path) -> Iterator[Line]:
    """The records of a part, one in memory at a time.

    Raises:
        PartLost: at its end, where it is not whole: what came before may not be true either.
    """
    made, count, offset = hashlib.sha256(), 0, 0
    with path.open("rb") as file:
        for raw in file:
            record = _read(raw, path)
            if _END in record:
                if record[_END] == {"lines": count, "sha256": made.hexdigest()} and not file.read(1):
                    return
                break
            yield Line(offset, len(raw), record)
            made.update(raw)
            count += 1
            offset += len(raw)
    raise _lost(path)


def at(path: Path, offset: int, length: int) -> Record:
    """The record that stands at a place of a part.

    Raises:
        PartLost: there is none.
    """
    with path.open("rb") as file:
        file.seek(offset)
        return _read(file.read(length), path)


def is_whole(path: Path) -> bool:
    """Whether the part is there with all that was written."""
    try:
        for _ in lines(path):
            pass
    except (PartLost, OSError):
        return False
    return True


def _read(raw: bytes, path: Path) -> Record:
    try:
        record = json.loads(raw)
    except ValueError as error:
        raise _lost(path) from error
    if not isinstance(record, dict):
        raise _lost(path)
    return record


def _lost(path: Path) -> PartLost:
    return PartLost(f"the part {path} is not whole", value=str(path), hint="start again: it is made anew")
