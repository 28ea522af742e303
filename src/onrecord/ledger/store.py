"""The store below the ledger: one SQLite file, memory, or a PostgreSQL database, behind the same
transactions.

Comes in: where the ledger is. Goes out: a :class:`Store` that gives reading and writing transactions on it,
of the version this code writes. It must not know what the tables mean.

Why a write-ahead log (https://www.sqlite.org/wal.html): a killed process leaves either the whole of a report
or nothing of it in either of SQLite's journals; with the log, people can read while a report is added, and a
commit takes one sync in place of several (300 commits of 7 kB each on ext4 and a virtual disk: 1.6 ms each,
against 9.1 ms with the rollback journal). ``synchronous=FULL`` makes a commit outlast a loss of power.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import Any

from sqlalchemy import URL, Connection, Engine, QueuePool, StaticPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from onrecord.errors import LedgerDamaged, LedgerError
from onrecord.ledger.faults import told
from onrecord.ledger.schema import APPLICATION_ID
from onrecord.ledger.texts import compact, expanded

MEMORY = ":memory:"
_WRITES = "onrecord_writes"
# Any number will do that no other program in the same database takes for its own lock.
_ADVISORY = APPLICATION_ID


@dataclass(frozen=True, slots=True)
class Store:
    """An opened store.

    Attributes:
        engine: SQLAlchemy's.
        where: the ledger as the user knows it, without a password.
        read_only: whether the file can only be read.
        turn: held during a transaction where all share one connection.
    """

    engine: Engine
    where: str
    read_only: bool = False
    turn: AbstractContextManager[Any] = field(default_factory=nullcontext)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the ledger, whatever others add meanwhile.

        Raises:
            LedgerError: and those below it, when the store fails.
        """
        with told(self.where), self.turn, self.engine.connect() as conn:
            if self.engine.dialect.name == "postgresql":
                conn = conn.execution_options(isolation_level="REPEATABLE READ")
            with conn.begin():
                yield conn

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that adds: all of it is kept, or nothing. Writers take turns.

        Raises:
            LedgerError: when the file can only be read, or the store fails.
        """
        if self.read_only:
            raise LedgerError(
                f"the ledger {self.where} can be read but not written",
                value=self.where,
                hint="copy it to a place where you may write, or change its permissions",
            )
        with told(self.where), self.turn, self.engine.connect() as conn:
            conn = conn.execution_options(**{_WRITES: True})
            with conn.begin():
                if self.engine.dialect.name == "postgresql":
                    conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY})")
                yield conn

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def open_store(where: str | Path, *, create: bool, patience: float) -> Store:
    """Open the store at ``where``; its tables are left as they are.

    Args:
        where: a path, ``:memory:``, or an SQLAlchemy URL of SQLite or PostgreSQL.
        create: whether a file that is not there may be made.
        patience: seconds to wait for another process to let go.

    Raises:
        LedgerDamaged: it is something else than a ledger.
        LedgerLocked: another process holds it for longer than ``patience``.
        LedgerError: it cannot be opened.
    """
    text = str(where)
    if isinstance(where, str) and "://" in where:
        url = _url(where)
        if url.get_backend_name() == "postgresql":
            return _postgresql(url, patience)
        text = url.database or MEMORY
    if text == MEMORY:
        return _memory()
    return _file(Path(text), create=create, patience=patience)


def _url(where: str) -> URL:
    try:
        url = make_url(where)
    except ArgumentError as failure:
        raise LedgerError("that is not an address of a ledger", value=where, hint=_FORMS) from failure
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise LedgerError(
            f"a ledger cannot be kept in {url.get_backend_name()!r}",
            value=url.render_as_string(),
            hint=_FORMS,
        )
    return url


_FORMS = "give a path, ':memory:', or an address that begins with sqlite:// or postgresql://"


def _memory() -> Store:
    engine = _engine(lambda: _connect(MEMORY, 0), shared=True)
    return Store(engine, MEMORY, turn=RLock())


def _file(path: Path, *, create: bool, patience: float) -> Store:
    where = str(path)
    with told(where):
        exists = path.exists()
        if path.is_dir() or not path.parent.is_dir():
            raise LedgerError(
                f"the ledger {where} cannot be opened",
                value=where,
                hint="it is a folder: give a file"
                if path.is_dir()
                else f"make the folder {path.parent} first",
            )
        if not exists and not create:
            raise LedgerError(
                f"there is no ledger at {where}", value=where, hint="read some reports into it first"
            )
        if exists and 0 < path.stat().st_size < _SMALLEST:
            raise LedgerDamaged(
                f"{where} is not a ledger, or not a whole one",
                value=where,
                hint="give another path for the ledger",
            )
        way = _way_in(path, exists and not _writable(path), patience)
    turn: AbstractContextManager[Any] = RLock() if way.alone else nullcontext()
    return Store(_engine(way.connect, shared=way.alone), where, way.only_read, turn)


# One page of the smallest size; SQLite would take a file of fewer bytes for an empty one, and write over it.
_SMALLEST = 512


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


@dataclass(frozen=True, slots=True)
class _Way:
    # How a file lets itself be opened; ``alone`` where only one connection can be had.
    connect: Callable[[], sqlite3.Connection]
    only_read: bool
    alone: bool = False


def _way_in(path: Path, read_only: bool, patience: float) -> _Way:
    uri = path.absolute().as_uri()
    way = _Way(lambda: _connect(f"{uri}?mode={'ro' if read_only else 'rwc'}", patience), read_only)
    try:
        _probe(way, path)
        return way
    except sqlite3.OperationalError as failure:
        code = getattr(failure, "sqlite_errorcode", 0)
        if code == sqlite3.SQLITE_IOERR_SHMSIZE:
            # The disk is so full that the log's index has no room beside the file. SQLite can keep it in
            # memory where one connection has the file for itself, so what is in it can still be read.
            exclusive = "PRAGMA locking_mode = EXCLUSIVE"
            way = _Way(lambda: _connect(f"{uri}?mode=rw", patience, exclusive), read_only, alone=True)
        elif code & 0xFF in _NO_PLACE and path.exists() and not _writable(path.parent) and _no_log(path):
            # A folder that cannot be written leaves no place for the log; without one the file is all.
            way = _Way(lambda: _connect(f"{uri}?immutable=1", patience), only_read=True)
        else:
            raise
    _probe(way, path)
    return way


_NO_PLACE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)


def _no_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return not log.exists() or log.stat().st_size == 0


def _probe(way: _Way, path: Path) -> None:
    with closing(way.connect()) as conn:
        tables = conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        mark = conn.execute("PRAGMA application_id").fetchone()[0]
        if mark != APPLICATION_ID and (mark or tables):
            raise LedgerDamaged(
                f"{path} is an SQLite file, but not a ledger",
                value=mark,
                hint="give another path for the ledger",
            )
        if not way.only_read and conn.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            # Another process that makes the same new ledger may be at it: then it is done there.
            with suppress(sqlite3.OperationalError):
                conn.execute("PRAGMA journal_mode = WAL")


def _connect(target: str, patience: float, *first: str) -> sqlite3.Connection:
    # No implicit transactions (isolation_level None): the store begins its own, of the right kind.
    conn = sqlite3.connect(
        target, timeout=patience, isolation_level=None, check_same_thread=False, uri=target != MEMORY
    )
    try:
        for pragma in (*first, *_PRAGMAS):
            conn.execute(pragma)
    except sqlite3.Error:
        conn.close()
        raise
    return conn


_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    # A hostile file can do nothing through its schema, and a damaged page is noticed when it is read.
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
)


def _engine(connect: Callable[[], sqlite3.Connection], *, shared: bool) -> Engine:
    pool: dict[str, Any] = {"poolclass": QueuePool, "pool_size": 4, "max_overflow": -1}
    engine = create_engine(
        "sqlite://",
        creator=connect,
        json_serializer=compact,
        json_deserializer=expanded,
        **({"poolclass": StaticPool} if shared else pool),
    )

    @event.listens_for(engine, "begin")
    def _begin(conn: Connection) -> None:
        # IMMEDIATE takes the writer's place at once: a writer never finds later that it read an older state.
        conn.exec_driver_sql("BEGIN IMMEDIATE" if conn.get_execution_options().get(_WRITES) else "BEGIN")

    return engine


def _postgresql(url: URL, patience: float) -> Store:
    where = url.render_as_string(hide_password=True)
    try:
        engine = create_engine(url, json_serializer=compact, json_deserializer=expanded)
    except ImportError as failure:
        raise LedgerError(
            "there is no driver for PostgreSQL here", value=where, hint="install psycopg and try again"
        ) from failure

    @event.listens_for(engine, "connect")
    def _settings(conn: Any, _record: object) -> None:
        cursor = conn.cursor()
        cursor.execute(f"SET lock_timeout = {int(patience * 1000)}")
        cursor.execute("SET synchronous_commit = on")
        cursor.close()
        conn.commit()

    return Store(engine, where)
