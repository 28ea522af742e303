"""A bounded store of things that were made, each made once: what the desk remembers between two requests.

In: a key and how to make what belongs to it. Out: that thing. It knows nothing of what it keeps.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")


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
