"""What was told of changes, and what is still to be sent: the outbox of a ledger.

Comes in: states and messages as plain records, and what came of sending them. Goes out: what was last told, and what
waits. It must not know what a state or a message means, nor how one is sent. Like all of the ledger, rows are only
added: a message is queued in one row, and each try to send it is another.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import SQLAlchemyError

from onrecord.ledger.adding import moment, present
from onrecord.ledger.faults import told, whole
from onrecord.ledger.schema import APPLICATION_ID, deliveries, messages, told_points, told_states
from onrecord.ledger.store import MEMORY, Store
from onrecord.ledger.texts import storable
from onrecord.model.records import Record

Event = Literal["sent", "failed", "refused"]
"""What came of a try: sent; not, and no other message would have been; or this one was refused by itself."""


@dataclass(frozen=True, slots=True)
class Point:
    """How far one file of rules has been told.

    Attributes:
        upto: number of the last row of states that was known then.
        as_of: the day it was told for, ISO 8601.
        known: what was known then, as plain values.
    """

    upto: int
    as_of: str
    known: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that is not sent yet.

    Attributes:
        n: its number in the outbox.
        id: its id, the same for every target.
        target: name of the target.
        message: the message.
        tries: how often sending it has failed.
        next_at: not to be tried before this moment, or None.
        alone: whether the target refused this message by itself the last time.
    """

    n: int
    id: str
    target: str
    message: Record
    tries: int = 0
    next_at: datetime | None = None
    alone: bool = False


class Outbox:
    """The outbox of an opened ledger.

    All methods raise :class:`onrecord.errors.LedgerError` or one below it when the store fails.

    Args:
        store: the ledger's.
        clock: tells the moment, with its time zone.
    """

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Whether this process may tell now: one at a time does, so that no message is sent by two.

        The system lets go of the turn when a process ends, however it ends.
        """
        if self._store.engine.dialect.name == "postgresql":
            with self._turn_in_database() as mine:
                yield mine
        elif (file := _file_of(self._store)) is None:
            yield True
        else:
            with _locked(file.with_name(f".{file.name}.telling"), self._store.where) as mine:
                yield mine

    @contextmanager
    def _turn_in_database(self) -> Iterator[bool]:
        # The lock is the session's: it ends with the connection, so with the process at the latest.
        key = f"{APPLICATION_ID}, hashtext(current_schema())"
        with told(self._store.where):
            conn = self._store.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            with told(self._store.where):
                mine = bool(conn.exec_driver_sql(f"SELECT pg_try_advisory_lock({key})").scalar_one())
            try:
                yield mine
            finally:
                if mine:
                    with suppress(SQLAlchemyError):
                        conn.exec_driver_sql(f"SELECT pg_advisory_unlock({key})")
        finally:
            with suppress(SQLAlchemyError):
                conn.close()

    def point(self, rules: str, scope: str) -> Point | None:
        """How far a file of rules has been told within a scope; None where it never was."""
        with self._store.reading() as conn:
            return _point(conn, rules, scope)

    def states(self, scope: str, upto: int) -> dict[str, Record]:
        """The states that were known at a point, by place."""
        with self._store.reading() as conn:
            return _states(conn, scope, upto)

    def queue(
        self,
        rules: str,
        scope: str,
        since: Point | None,
        point: Point,
        states: Mapping[str, Record],
        letters: Sequence[tuple[str, Record]],
    ) -> int | None:
        """Note what is known now and what is to be sent of it, all of it or nothing.

        Args:
            rules: name of the file of rules.
            scope: whose states they are.
            since: the point that ``letters`` start from.
            point: the new point; its ``upto`` is filled in here.
            states: everything that is known now, by place.
            letters: (target, message) in order; a message carries its ``id``. One that was queued before is left out.

        Returns:
            How many were queued; None where another process has told from that point meanwhile: nothing is noted.
        """
        with self._store.writing() as conn:
            held = _point(conn, rules, scope)
            if held != since:
                return None
            now = moment(conn, self._clock)
            before = _states(conn, scope, None)
            rows = [
                {"scope": scope, "place": place, "state": states.get(place), "learned_at": now}
                for place in sorted({*before, *states})
                if before.get(place) != states.get(place)
            ]
            if rows:
                conn.execute(insert(told_states), rows)
            queued = 0
            for target, message in letters:
                name = str(message["id"])
                if present(conn, messages, (messages.c.id == name) & (messages.c.target == storable(target))):
                    continue
                row = {"id": name, "rules": rules, "target": target, "message": message, "learned_at": now}
                conn.execute(insert(messages), row)
                queued += 1
            asked = select(func.max(told_states.c.n)).where(told_states.c.scope == storable(scope))
            last = conn.execute(asked).scalar()
            row = {"rules": rules, "scope": scope, "upto": int(last or 0), "as_of": point.as_of}
            conn.execute(insert(told_points), {**row, "known": dict(point.known), "learned_at": now})
            return queued

    def has(self, name: str, target: str) -> bool:
        """Whether a message was queued for a target, sent or not."""
        with self._store.reading() as conn:
            return present(conn, messages, (messages.c.id == name) & (messages.c.target == storable(target)))

    def told(self, rules: str) -> list[Record]:
        """Every message that a file of rules has ever queued, oldest first, each with its ``target``."""
        asked = select(messages.c.target, messages.c.message).where(messages.c.rules == storable(rules))
        with self._store.reading() as conn, whole():
            return [{**x.message, "target": x.target} for x in conn.execute(asked.order_by(messages.c.n))]

    def waiting(self, rules: str) -> list[Waiting]:
        """What a file of rules has queued and nobody was sent yet, oldest first."""
        sent = select(deliveries.c.message).where(deliveries.c.event == "sent")
        tries = (
            select(deliveries.c.message, func.count().label("tries"), func.max(deliveries.c.n).label("last"))
            .group_by(deliveries.c.message)
            .subquery()
        )
        asked = (
            select(messages, tries.c.tries, deliveries.c.next_at, deliveries.c.event)
            .outerjoin(tries, tries.c.message == messages.c.n)
            .outerjoin(deliveries, deliveries.c.n == tries.c.last)
            .where(messages.c.rules == storable(rules), messages.c.n.not_in(sent))
            .order_by(messages.c.n)
        )
        with self._store.reading() as conn, whole():
            return [
                Waiting(x.n, x.id, x.target, dict(x.message), int(x.tries or 0), x.next_at, x.event == "refused")
                for x in conn.execute(asked)
            ]

    def note(self, waiting: Waiting, event: Event, detail: str = "", next_at: datetime | None = None) -> None:
        """Note what came of sending a message.

        Args:
            waiting: the message.
            event: whether it was sent.
            detail: why not, in a sentence.
            next_at: when to try again.
        """
        row = {"message": waiting.n, "event": event, "detail": detail, "next_at": next_at}
        with self._store.writing() as conn:
            conn.execute(insert(deliveries), {**row, "learned_at": moment(conn, self._clock)})


def _point(conn: Connection, rules: str, scope: str) -> Point | None:
    asked = (
        select(told_points)
        .where(told_points.c.rules == storable(rules), told_points.c.scope == storable(scope))
        .order_by(told_points.c.n.desc())
        .limit(1)
    )
    with whole():
        row = conn.execute(asked).first()
        return None if row is None else Point(int(row.upto), row.as_of, dict(row.known))


def _states(conn: Connection, scope: str, upto: int | None) -> dict[str, Record]:
    newest = select(func.max(told_states.c.n)).where(told_states.c.scope == storable(scope))
    if upto is not None:
        newest = newest.where(told_states.c.n <= upto)
    asked = select(told_states.c.place, told_states.c.state).where(
        told_states.c.n.in_(newest.group_by(told_states.c.place))
    )
    with whole():
        return {x.place: dict(x.state) for x in conn.execute(asked) if x.state is not None}


def _file_of(store: Store) -> Path | None:
    """The file of a ledger in SQLite; None for one in memory, which is nobody else's."""
    return None if store.where == MEMORY else Path(store.where)


@contextmanager
def _locked(path: Path, where: str) -> Iterator[bool]:
    # Its own file: to open and close SQLite's would let go of SQLite's own locks (POSIX locks are the process's).
    try:
        import fcntl
    except ImportError:  # not a POSIX system: there the turn is not guarded
        yield True
        return
    with told(where):
        handle = _taken(path, fcntl.flock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    try:
        yield handle is not None
    finally:
        if handle is not None:
            # Removed while it is held: who opens it afterwards makes a new one, and who has it open notices.
            with suppress(OSError):
                path.unlink()
            os.close(handle)


def _taken(path: Path, lock: Callable[[int, int], None], how: int) -> int | None:
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            lock(handle, how)
        except BlockingIOError:
            os.close(handle)
            return None
        except BaseException:
            os.close(handle)
            raise
        with suppress(FileNotFoundError):
            there, ours = path.stat(), os.fstat(handle)
            if (there.st_dev, there.st_ino) == (ours.st_dev, ours.st_ino):
                return handle
        os.close(handle)
