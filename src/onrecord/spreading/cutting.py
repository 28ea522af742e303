"""Inputs to the parts that are read apart from each other: the same inputs always give the same parts.

In: paths. Out: parts, each a few files in the order in which one machine would read them, with a key that changes
with the files and with what reads them. Nothing is opened.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from onrecord.model import Issue
from onrecord.model.records import issue_record
from onrecord.reading.walk import Found, find

FILES, BYTES = 200, 8_000_000
"""Files, or their bytes, from which a part is full. A larger file is a part by itself."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to read, or an issue that stands in its place.

    Attributes:
        found: the file, by its absolute path, or None.
        issue: what was passed over, or None.
        there: whether the file was there when it was listed.
    """

    found: Found | None = None
    issue: Issue | None = None
    there: bool = False


@dataclass(frozen=True, slots=True)
class Portion:
    """Files that are read together.

    Attributes:
        number: its place in the order, from 0.
        key: what its file of results is known by.
        items: the files.
    """

    number: int
    key: str
    items: tuple[Item, ...]

    @property
    def name(self) -> str:
        """The name of its file of results."""
        return f"{self.number:06}-{self.key}.jsonl"


def key_of(*parts: Any) -> str:
    """A name that follows from plain values: 16 hexadecimal digits.

    Example:
        >>> key_of("a", 1) == key_of("a", 1) != key_of("a", 2)
        True
    """
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode("utf-8", "replace")).hexdigest()[:16]


def portions(inputs: Sequence[Path], about: Mapping[str, str]) -> Iterator[Portion]:
    """The parts that the inputs are read in.

    Args:
        inputs: files and folders.
        about: what they will be read with.
    """
    number, size = 0, 0
    items: list[Item] = []
    signs: list[Any] = []
    for item, sign, bytes_ in _items(inputs):
        if items and (size + bytes_ > BYTES or len(items) >= FILES):
            yield Portion(number, key_of(dict(about), signs), tuple(items))
            number, items, signs, size = number + 1, [], [], 0
        items.append(item)
        signs.append(sign)
        size += bytes_
    if items:
        yield Portion(number, key_of(dict(about), signs), tuple(items))


def _items(inputs: Iterable[Path]) -> Iterator[tuple[Item, list[Any], int]]:
    """What is to be read, with what tells whether it is the same as last time, and its size."""
    for one in find(list(inputs)):
        if isinstance(one, Issue):
            yield Item(issue=one), [issue_record(one)], 0
            continue
        # Workers may stand in another folder.
        found = replace(one, path=one.path.absolute())
        try:
            told = found.path.stat()
            size, changed, there = told.st_size, told.st_mtime_ns, True
        except OSError:
            size, changed, there = 0, 0, False
        sign = [str(found.path), found.where, found.kind, found.stem, found.packing, size, changed]
        yield Item(found=found, there=there), sign, size
