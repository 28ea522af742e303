"""Who does the tasks of a run: this process, or workers.

In: a function and tasks. Out: what the function made of each, as it comes. How tasks get to workers, and again to
others when a worker is lost, is the engine's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


class Engine(Protocol):
    """Does tasks."""

    def each(self, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """What the work makes of each task, in the order in which it is done.

        A few tasks are taken ahead of what is done, never all, so there may be any number. A task may be begun more
        than once, but counts once.
        """


class Here:
    """This process, one task after the other."""

    def each(self, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """What the work makes of each task."""
        return map(work, tasks)
