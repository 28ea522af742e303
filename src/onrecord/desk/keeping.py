"""A bounded store of things that were made, each made once: what the desk remembers between two requests.

In: a key and how to make what belongs to it. Out: that thing. It knows nothing of what it keeps, but that a text has a
size.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")

A_PLACE = 600
"""Bytes that a kept text takes beside itself: its place with a lock, its key, its link among the others."""


@dataclass(slots=True)
class _Place(Generic[T]):
    """What is kept under a key; held by its lock while it is being made."""

    lock: Lock = field(default_factory=Lock)
    made: bool = False
    value: T | None = None


class made_once(Generic[T]):
    """A property that is worked out once for each object, when it is first asked for.

    Of Python 3.11's ``functools.cached_property`` all objects of a class share one lock: whoever asks for a day that is
    being weighed would hold up everybody who asks for another (https://github.com/python/cpython/issues/87634).

    Example:
        >>> class Told:
        ...     @made_once
        ...     def words(self):
        ...         return []
        >>> told = Told()
        >>> told.words is told.words, told.words is Told().words
        (True, False)
    """

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self._name = make.__name__
        self.__doc__ = make.__doc__

    def __get__(self, held: Any, owner: type | None = None) -> T:
        """What belongs to this object."""
        place: _Place[T] = held.__dict__.setdefault(f"_once_{self._name}", _Place())
        if not place.made:
            with place.lock:
                if not place.made:
                    place.value = self._make(held)
                    place.made = True
        return cast(T, place.value)


class Kept(Generic[T]):
    """Keeps the ``most`` things used last. Where several threads ask for one thing, one makes it and the others wait.

    What cannot be made is not kept: the error goes to the one who asked, the next one tries again.

    Example:
        >>> kept = Kept(most=2)
        >>> kept.get("a", lambda: 1), kept.get("a", lambda: 2), len(kept)
        (1, 1, 1)
        >>> _ = kept.get("b", lambda: 2), kept.get("c", lambda: 3)
        >>> kept.get("a", lambda: 4)
        4
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._places: OrderedDict[Hashable, _Place[T]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._places)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is kept under the key; made now where there is nothing."""
        with self._lock:
            place = self._places.get(key)
            if place is None:
                place = self._places[key] = _Place()
                while len(self._places) > self._most:
                    self._places.popitem(last=False)
            else:
                self._places.move_to_end(key)
        if not place.made:
            with place.lock:
                if not place.made:
                    place.value = make()
                    place.made = True
        return cast(T, place.value)

    def peek(self, key: Hashable) -> T | None:
        """What is kept under the key, or None where there is nothing yet."""
        with self._lock:
            place = self._places.get(key)
        return place.value if place is not None and place.made else None

    def put(self, key: Hashable, value: T) -> None:
        """Keep a thing that was made elsewhere."""
        with self._lock:
            self._places[key] = _Place(made=True, value=value)
            self._places.move_to_end(key)
            while len(self._places) > self._most:
                self._places.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._places.clear()


class KeptTexts:
    """Keeps the texts used last, in bytes as they are sent, as many as ``most`` bytes hold, for any number of owners.

    Bounded by what they take, not by how many there are: the board of a large ledger is a thousand times as long as one
    of its cells. As with :class:`Kept`, one makes a text and the others wait; what cannot be made is not kept.

    Example:
        >>> kept = KeptTexts(most=2000)
        >>> monday, friday = kept.share(), kept.share()
        >>> monday.get("a", lambda: b"said"), monday.get("a", lambda: b"not asked"), friday.get("a", lambda: b"denied")
        (b'said', b'said', b'denied')
        >>> 0 < kept.size <= 2000
        True
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._size = 0
        self._places: OrderedDict[Hashable, _Place[bytes]] = OrderedDict()
        self._making: dict[Hashable, _Place[bytes]] = {}

    def __len__(self) -> int:
        return len(self._places)

    @property
    def size(self) -> int:
        """Bytes of what is kept, keys and places among them."""
        return self._size

    def share(self) -> Texts:
        """A part of it with keys of its own."""
        return Texts(self)

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """The text that is kept under the key; made now where there is none. What does not fit is not kept."""
        with self._lock:
            place = self._places.get(key)
            if place is not None:
                self._places.move_to_end(key)
            else:
                place = self._making.setdefault(key, _Place())
        if not place.made:
            with place.lock:
                if not place.made:
                    try:
                        place.value = make()
                        place.made = True
                    finally:
                        self._keep(key, place)
        return cast(bytes, place.value)

    def _keep(self, key: Hashable, place: _Place[bytes]) -> None:
        """Put a place where it belongs once its text is made, or could not be."""
        with self._lock:
            if self._making.get(key) is place:
                del self._making[key]
            if place.value is None or key in self._places or _taken(key, place.value) > self._most:
                return
            self._places[key] = place
            self._size += _taken(key, place.value)
            while self._size > self._most:
                gone, old = self._places.popitem(last=False)
                self._size -= _taken(gone, cast(bytes, old.value))


class Texts:
    """One owner's share of a :class:`KeptTexts`. Once the owner is gone nobody asks for its texts: they go first."""

    __slots__ = ("_kept",)

    def __init__(self, kept: KeptTexts) -> None:
        self._kept = kept

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """The text that is kept under the owner's key; made now where there is none."""
        return self._kept.get((self, key), make)


def _taken(key: Hashable, text: bytes) -> int:
    """Bytes that a text takes, about: a key may be as long as an address that somebody asked for."""
    return len(text) + len(repr(key)) + A_PLACE
