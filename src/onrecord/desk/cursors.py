"""Cursors: where a list that is read page by page goes on, whatever is added to it meanwhile.

In: keys of rows. Out: text without meaning to who holds it, and back. Pure.
"""

from __future__ import annotations

import base64
import binascii
import json
from datetime import date
from typing import Any

from onrecord.errors import InputError

Key = tuple[str, ...]


def written(asked: str, day: date | None, key: Key) -> str:
    """A cursor.

    Args:
        asked: digest of the question.
        day: the day that it is told for, where that has to stay.
        key: of the last row seen.

    Example:
        >>> read(written("q", date(2026, 1, 2), ("r1", "p1")), "q")
        (datetime.date(2026, 1, 2), ('r1', 'p1'))
    """
    told = json.dumps([asked, day.isoformat() if day else None, *key], ensure_ascii=True, separators=(",", ":"))
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def read(cursor: str, asked: str) -> tuple[date | None, Key]:
    """The day and the key of a cursor.

    Raises:
        InputError: it is none, or of another question.
    """
    try:
        told = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)))
        of, day, *key = told
        if not key or not all(isinstance(x, str) for x in key):
            raise ValueError(told)
        at = date.fromisoformat(day) if day is not None else None
    except (ValueError, TypeError, KeyError, binascii.Error, RecursionError) as error:
        raise InputError("that is no cursor", value=cursor, hint="take `next` of the page before, unchanged") from error
    if of != asked:
        raise InputError(
            "the cursor belongs to another question",
            value=cursor,
            hint="ask with the filters of the first page, or leave the cursor out",
        )
    return at, tuple(key)


def first_after(rows: list[tuple[Key, Any]], after: Key) -> int:
    """The place of the first row after a key; the rows are in order.

    Example:
        >>> first_after([(("a",), 1), (("c",), 2)], ("b",))
        1
    """
    low, high = 0, len(rows)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if rows[middle][0] <= after else (low, middle)
    return low
