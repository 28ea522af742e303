"""Whole ledgers from place to place: a copy while others write, a copy put back, and from one store to another.

Comes in: an opened ledger, a place. Goes out: a ledger there that holds the same, checked row by row. A place that
holds something already is never written over.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from itertools import zip_longest
from pathlib import Path

from sqlalchemy import Connection, Table, func, insert, inspect, select

from onrecord.errors import LedgerDamaged, LedgerError, LedgerLocked
from onrecord.ledger import checking
from onrecord.ledger.faults import told
from onrecord.ledger.ledger import PATIENCE, Ledger
from onrecord.ledger.schema import APPLICATION_ID, VERSION, metadata, migrations
from onrecord.ledger.store import MEMORY, Store, open_store

AT_ONCE = 1000
"""Rows carried over in one go."""
_BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside an open file; it belongs to it."""


def backup(ledger: Ledger, target: Path, *, replace: bool = False) -> dict[str, int]:
    """Copy a ledger into one SQLite file, as it is at one moment, while others read and write.

    SQLite's own online backup (https://www.sqlite.org/backup.html) in one step: writers go on meanwhile, and the copy
    holds what was committed when it began. A ledger in PostgreSQL is carried over. The copy is verified before it gets
    its name.

    Args:
        ledger: opened.
        target: the file to make.
        replace: whether a file that is there may be taken the place of.

    Returns:
        How much the copy holds, by table.

    Raises:
        LedgerError: there is a file already, or it cannot be made.
        LedgerDamaged: what was copied is not whole.
        LedgerFull: there is no room.
    """
    where = str(target)
    _refuse(target, replace)
    with _made_beside(target) as part:
        store = ledger._store
        if store.engine.dialect.name == "sqlite":
            with told(where), store.turn, store.engine.connect() as conn:
                raw = conn.connection.driver_connection
                assert isinstance(raw, sqlite3.Connection)
                _online(raw, part)
        else:
            copy(ledger, part)
        held = _checked(part, where, ledger)
        with told(where):
            part.replace(target)
    return held


def restore(source: Ledger, target: Path, now: datetime, *, replace: bool = False) -> Path | None:
    """Put a ledger's copy in the place of a ledger; the one that was there is moved aside, never lost.

    Args:
        source: the copy, opened; it is verified first.
        target: where the ledger is to be.
        now: the moment, in UTC, for the name of what is moved aside.
        replace: whether there may be a ledger already.

    Returns:
        Where the old ledger lies now, or None where there was none.

    Raises:
        LedgerError: there is a ledger already, or it cannot be written.
        LedgerLocked: somebody is writing to the ledger that is there.
        LedgerDamaged: the copy is not whole.
    """
    where = str(target)
    _refuse(target, replace)
    wrong = source.verify()
    if wrong:
        raise LedgerDamaged(f"{source.where} is not whole: {wrong[0]}", value=wrong, hint="take an older copy")
    aside: Path | None = None
    with _made_beside(target) as part:
        backup(source, part, replace=True)
        with told(where):
            if target.exists():
                _nobody_writes(target)
                aside = _free(target.with_name(f"{target.name}.before-{now:%Y%m%dT%H%M%SZ}"))
                for end in ("", *_BESIDE):
                    with suppress(FileNotFoundError):
                        Path(f"{target}{end}").rename(f"{aside}{end}")
            part.replace(target)
    return aside


def copy(source: Ledger, where: str | Path, *, patience: float = PATIENCE) -> dict[str, int]:
    """Carry a ledger over into another store: SQLite to PostgreSQL, back, or either to its like.

    Every row of every table goes over with its number and its moments, in one transaction, and is compared before that
    is kept: the other store holds the same or nothing.

    Args:
        source: opened; others may write to it meanwhile, and what they add is not carried over.
        where: a path or address at which there is no ledger yet.
        patience: seconds to wait for another process at the target.

    Returns:
        Rows carried over, by table.

    Raises:
        LedgerError: there is a ledger already, or a store refuses (PostgreSQL holds no null characters).
        LedgerDamaged: what arrived is not what was sent.
    """
    file = None if "://" in str(where) or str(where) == MEMORY else Path(where)
    new_file = file is not None and not file.exists()
    target = open_store(where, create=True, patience=patience)
    carried: dict[str, int] = {}
    done = False
    try:
        with source._store.reading() as old, target.writing() as new:
            _refuse_filled(new, target)
            metadata.create_all(new)
            for table in metadata.sorted_tables:
                carried[table.name] = _carry(table, old, new)
            _mark(new)
            _compare(old, new, target)
        done = True
    finally:
        target.close()
        if not done and new_file and file is not None:
            _remove(file)
    return carried


def _carry(table: Table, old: Connection, new: Connection) -> int:
    number = 0
    rows = old.execution_options(yield_per=AT_ONCE).execute(select(table).order_by(*table.primary_key.columns))
    for some in rows.mappings().partitions():
        new.execute(insert(table), [dict(row) for row in some])
        number += len(some)
    if number and new.dialect.name == "postgresql" and "n" in table.c:
        # Rows came with their numbers; the next one that is added has to follow them.
        last = new.execute(select(func.max(table.c.n))).scalar_one()
        new.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "n"), last)))
    return number


def _mark(new: Connection) -> None:
    if new.dialect.name == "sqlite":
        new.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        new.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


def _compare(old: Connection, new: Connection, target: Store) -> None:
    both = zip_longest(checking.dump(old, clock=True), checking.dump(new, clock=True))
    for sent, arrived in both:
        if sent != arrived:
            raise LedgerDamaged(
                f"{target.where} did not take a row of {(sent or arrived or {}).get('table')} as it was sent",
                value=(sent, arrived),
                hint="nothing was kept there; report this",
            )


def _refuse_filled(new: Connection, target: Store) -> None:
    if inspect(new).has_table(migrations.name):
        raise LedgerError(
            f"there is a ledger at {target.where} already",
            value=target.where,
            hint="name a place that holds none; a copy never writes over one",
        )


def _refuse(target: Path, replace: bool) -> None:
    if target.is_dir() or (target.exists() and not replace):
        raise LedgerError(
            f"there is {'a folder' if target.is_dir() else 'a file'} at {target} already",
            value=str(target),
            hint="name another file, or say --replace",
        )


@contextmanager
def _made_beside(target: Path) -> Iterator[Path]:
    """A name beside the target for what is not whole yet; nothing of it stays when the block fails."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    with told(str(target)):
        # One that a killed process of the same number left.
        _remove(part)
    try:
        yield part
    finally:
        _remove(part)


def _remove(file: Path) -> None:
    for end in ("", *_BESIDE):
        Path(f"{file}{end}").unlink(missing_ok=True)


def _online(raw: sqlite3.Connection, part: Path) -> None:
    with closing(sqlite3.connect(part)) as out:
        # All pages in one step: nothing that is written meanwhile makes it begin again.
        raw.backup(out, pages=-1)
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def _checked(part: Path, where: str, like: Ledger) -> dict[str, int]:
    with Ledger.open(part, clock=like._clock, create=False) as made:
        wrong, held = made.verify(), made.counts()
    if wrong:
        raise LedgerDamaged(
            f"the copy for {where} is not whole: {wrong[0]}", value=wrong, hint="look with `onrecord verify`"
        )
    return held


def _nobody_writes(target: Path) -> None:
    try:
        with closing(sqlite3.connect(target, timeout=1, isolation_level=None)) as conn:
            conn.execute("BEGIN IMMEDIATE")
            conn.execute("ROLLBACK")
    except sqlite3.OperationalError as failure:
        if getattr(failure, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            raise LedgerLocked(
                f"somebody is writing to {target}", value=str(target), hint="close the desk that has it open first"
            ) from failure
    except sqlite3.DatabaseError:
        # Damaged, perhaps: that is what a copy is put back for.
        pass


def _free(path: Path) -> Path:
    number, found = 1, path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.name}-{number}")
    return found
