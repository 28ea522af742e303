"""Weighing aside: a process of its own weighs a day, so that the one that answers readers goes on answering.

In: which state of the ledger, story and day. Out: :class:`Weighed`, made from the same rows by the same code. Python
runs one thread at a time: what takes ten seconds beside the readers would hold them all up. The process opens the
ledger by its address and only reads; it is begun when it is first needed and ends with the one that began it.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from onrecord.briefing.view_answer import Board
from onrecord.errors import OnrecordError
from onrecord.ledger import Version
from onrecord.reconciliation import Reconciliation
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.desk.desk import Desk
    from onrecord.desk.outlook import Outlook

A_SLICE = 250
"""Standings, or conflicts, handed over at once: taking them in holds other threads up for some hundredths of a second,
all of a large day would for half a second."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A day that was weighed elsewhere.

    Attributes:
        version: of the ledger that it was made from; it may have moved on from the one that was asked for, and the
            rest is empty then.
        reconciliation: what the positions come to.
        boards: the board of each matter, changes told from the usual day.
    """

    version: Version
    reconciliation: Reconciliation
    boards: Mapping[str | None, Board] = field(default_factory=dict)


class Aside:
    """The process that weighs; any number of threads may ask, one is served after the other.

    Args:
        settings: ledger and grades.
        stories: the story files of the desk.
    """

    def __init__(self, settings: Settings, stories: Sequence[Path] = ()) -> None:
        self._settings = settings
        self._stories = tuple(stories)
        self._turn = Lock()
        self._process: SpawnProcess | None = None
        self._line: Connection | None = None
        self._closed = False

    @staticmethod
    def can_reach(settings: Settings) -> bool:
        """Whether another process can open the ledger: one that is kept in memory has no address.

        Example:
            >>> [Aside.can_reach(Settings(ledger=x)) for x in ("record.db", ":memory:", "sqlite://")]
            [True, False, False]
        """
        told = str(settings.ledger)
        return told not in {":memory:", "sqlite://", "sqlite:///:memory:"}

    def weigh(self, version: Version, story: str | None, day: Any) -> Weighed | None:
        """A day as that state of the ledger has it, or None where it has to be weighed here after all.

        Args:
            version: of the rows that are to be weighed.
            story: id of the story, or None.
            day: the day.
        """
        with self._turn:
            if self._closed:
                return None
            try:
                line = self._begun()
                line.send((version, story, day))
                return _taken(line)
            except (OSError, EOFError, pickle.UnpicklingError):
                # It was ended from outside (by the system, where memory ran out): the next one begins it again.
                self._end()
                return None

    def close(self) -> None:
        """End the process, whatever it is at."""
        self._closed = True
        self._end()

    def _begun(self) -> Connection:
        if self._line is None or self._process is None or not self._process.is_alive():
            context = multiprocessing.get_context("spawn")
            self._line, theirs = context.Pipe()
            settings = replace(Settings(self._settings.ledger), outlet_grades=dict(self._settings.outlet_grades))
            self._process = context.Process(
                target=_work, args=(theirs, settings, self._stories), name="weighing", daemon=True
            )
            self._process.start()
            # Ours is the only end left on this side: when the process is gone, reading says so.
            theirs.close()
        return self._line

    def _end(self) -> None:
        process, line = self._process, self._line
        self._process = self._line = None
        if process is not None:
            with suppress(OSError, ValueError):
                process.terminate()
                process.join(timeout=5)
        if line is not None:
            with suppress(OSError):
                line.close()


def _taken(line: Connection) -> Weighed | None:
    """What the process answers, slice by slice."""
    head = line.recv()
    if head is None:
        return None
    version, empty, count = head
    standings: list[Any] = []
    conflicts: list[Any] = []
    boards: dict[str | None, Board] = {}
    for _ in range(count):
        kind, rows = pickle.loads(line.recv_bytes())
        if kind == "standings":
            standings += rows
        elif kind == "conflicts":
            conflicts += rows
        else:
            boards.update(rows)
    made = replace(empty, standings=tuple(standings), conflicts=tuple(conflicts))
    return Weighed(version, made, boards)


# The other process


def _work(line: Connection, settings: Settings, stories: Sequence[Path]) -> None:
    """Weigh what is asked for until nobody asks any more."""
    from onrecord.desk.desk import Desk

    # An interrupt goes to all processes of a terminal: the first one ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, OSError), Desk.open(settings, stories, create=False) as desk:
        while True:
            _answer(line, desk, *line.recv())


def _end_with_parent() -> None:
    """End when the desk is gone, however it went, in the middle of a day too."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


def _answer(line: Connection, desk: Desk, version: Version, story: str | None, day: Any) -> None:
    try:
        made = desk.weighed_at(version, story, day)
        now = desk.rows().version if made is None else version
    except OnrecordError:
        # Whoever asked meets the same, and tells it.
        line.send(None)
        return
    if made is None:
        line.send((now, Reconciliation(day), 0))
        return
    parts = [pickle.dumps(x, pickle.HIGHEST_PROTOCOL) for x in _slices(made)]
    line.send((version, replace(made.answer.reconciliation, standings=(), conflicts=()), len(parts)))
    for part in parts:
        line.send_bytes(part)


def _slices(made: Outlook) -> Iterator[tuple[str, Any]]:
    told = made.answer.reconciliation
    for kind, rows in (("standings", told.standings), ("conflicts", told.conflicts)):
        for start in range(0, len(rows), A_SLICE):
            yield kind, rows[start : start + A_SLICE]
    for matter in made.matters:
        yield "boards", {matter: made.board(matter, None)}
