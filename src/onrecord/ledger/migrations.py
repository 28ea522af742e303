"""From any older version of the tables to this one.

Comes in: a store. Goes out: the same store with the tables of :data:`onrecord.ledger.schema.VERSION`. A new
ledger is made as the newest version at once; an older one is led forward step by step, each step whole or not
at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, inspect, select

from onrecord import __version__
from onrecord.errors import LedgerDamaged, LedgerError, LedgerTooNew
from onrecord.ledger.schema import APPLICATION_ID, VERSION, metadata, migrations
from onrecord.ledger.steps import to_2, to_3
from onrecord.ledger.store import Store


@dataclass(frozen=True, slots=True)
class Migration:
    """One step forward.

    Attributes:
        version: the version that the ledger is of afterwards.
        apply: does it, in the transaction it is given. It names its tables by itself (``schema.py`` moves on
        with
            time), and can drop a trigger to change a row's form, never what the row says.
    """

    version: int
    apply: Callable[[Connection], None]


FORWARD: tuple[Migration, ...] = (Migration(2, to_2), Migration(3, to_3))
"""The steps after version 1, in order."""


def bring_up(
    store: Store,
    now: datetime,
    *,
    create: bool,
    target: int = VERSION,
    forward: tuple[Migration, ...] = FORWARD,
) -> None:
    """Make the tables where there are none, or lead older ones forward.

    Args:
        store: the opened store.
        now: the moment, in UTC, for the table of migrations.
        create: whether tables may be made.
        target: the version to come to.
        forward: the steps.

    Raises:
        LedgerTooNew: the ledger is of a later version than ``target``.
        LedgerDamaged: it has lost its tables.
        LedgerError: there is no ledger, or it cannot be written and would have to be.
    """
    with store.reading() as conn:
        version = _version(conn, store.where)
    if version is None and not create:
        raise LedgerError(
            f"there is no ledger at {store.where}", value=store.where, hint="read some reports into it"
        )
    if version is None:
        with store.writing() as conn:
            # Another process may have made them since.
            if _version(conn, store.where) is None:
                metadata.create_all(conn)
                _stamp(conn, target, now)
        return
    if version > target:
        raise LedgerTooNew(
            f"the ledger {store.where} is of version {version}, this program knows versions up to {target}",
            value=version,
            hint="install a newer onrecord",
        )
    for step in forward:
        if version < step.version <= target:
            with store.writing() as conn:
                if (_version(conn, store.where) or 0) < step.version:
                    step.apply(conn)
                    _stamp(conn, step.version, now)


def _version(conn: Connection, where: str) -> int | None:
    # None for a store that holds no ledger yet.
    if conn.dialect.name == "sqlite":
        version = int(conn.exec_driver_sql("PRAGMA user_version").scalar_one())
        if version == 0:
            return None
        if version <= VERSION and not inspect(conn).has_table(migrations.name):
            raise LedgerDamaged(
                f"the ledger {where} has lost its tables", value=where, hint="put a copy in its place"
            )
        return version
    if not inspect(conn).has_table(migrations.name):
        return None
    return conn.execute(select(func.max(migrations.c.version))).scalar()


def _stamp(conn: Connection, version: int, now: datetime) -> None:
    conn.execute(insert(migrations).values(version=version, software=__version__, applied_at=now))
    if conn.dialect.name == "sqlite":
        conn.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        conn.exec_driver_sql(f"PRAGMA user_version = {version}")
