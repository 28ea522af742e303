"""Groups of things that belong together, whatever the order in which that is found out."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class Groups(Generic[K]):
    """Disjoint groups (union-find with path halving).

    Example:
        >>> groups = Groups[str]()
        >>> groups.join("a", "b"); groups.join("b", "c"); groups.join("x", "y")
        >>> sorted(sorted(group) for group in groups.groups("abcxyz"))
        [['a', 'b', 'c'], ['x', 'y'], ['z']]
    """

    def __init__(self) -> None:
        self._above: dict[K, K] = {}

    def __bool__(self) -> bool:
        """Whether any two things have been joined."""
        return bool(self._above)

    def root(self, one: K) -> K:
        """The member that stands for the group of `one`."""
        above = self._above
        while (up := above.get(one, one)) != one:
            above[one] = one = above.get(up, up)
        return one

    def join(self, one: K, other: K) -> None:
        """Make the groups of two things one."""
        a, b = self.root(one), self.root(other)
        if a != b:
            self._above[b] = a

    def groups(self, members: Iterable[K]) -> list[list[K]]:
        """The members by group, in the order in which they are given."""
        found: dict[K, list[K]] = {}
        for one in members:
            found.setdefault(self.root(one), []).append(one)
        return list(found.values())
