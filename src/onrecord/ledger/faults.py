"""What the store says when it fails, in the errors of this house.

Comes in: what a driver or the operating system raised. Goes out: a :class:`onrecord.errors.LedgerError` that
says which ledger it is and what to do next.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from onrecord.errors import EvidenceMismatch, LedgerDamaged, LedgerError, LedgerFull, LedgerLocked

# SQLite's primary result codes are the low byte of the extended ones: https://www.sqlite.org/rescode.html
_PRIMARY = 0xFF
_LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
_UNREACHABLE = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}
# A write that the system refuses for another reason than ENOSPC (a quota, a limit on file size) comes as
# these.
_NO_ROOM = {sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_TRUNCATE}
_NO_ROOM_ERRNO = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

# https://www.postgresql.org/docs/current/errcodes-appendix.html
_PG_NO_ROOM = {"53100", "54000"}
_PG_LOCKED = {"55P03", "40P01", "40001"}
_PG_DAMAGED = {"XX001", "XX002"}

_FREE = "make room on its disk and run the same command again: nothing of what was finished is lost"
_WAIT = "wait for the other process to end, or end it, and run the same command again"
_RESTORE = "put a copy in its place, or read the reports again into a new ledger"


@contextmanager
def told(where: str) -> Iterator[None]:
    """Run the block; what the store raises in it comes out as a ledger error.

    Args:
        where: the ledger, as the user knows it.

    Raises:
        LedgerLocked: another process holds it for longer than the ledger waits.
        LedgerFull: there is no room left where it lies.
        LedgerDamaged: it is not a ledger, or not whole.
        LedgerError: anything else that the store refuses.
    """
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError, UnicodeDecodeError) as failure:
        raise ledger_error(failure, where) from failure


@contextmanager
def whole() -> Iterator[None]:
    """Run the block, which makes nouns of rows; a row that no noun can be made of means a damaged ledger.

    Raises:
        LedgerDamaged: a value is not what was once written there.
    """
    try:
        yield
    except (EvidenceMismatch, ValueError, TypeError, KeyError, AttributeError) as failure:
        raise LedgerDamaged(
            f"a row of the ledger cannot be read ({_first_line(failure)})",
            value=failure,
            hint=f"look with `onrecord verify`; then {_RESTORE}",
        ) from failure


def ledger_error(failure: Exception, where: str) -> LedgerError:
    """The ledger error that says what ``failure`` means for the ledger at ``where``.

    Example:
        >>> ledger_error(OSError(28, "No space left on device"), "x.db").code
        'ledger-full'
    """
    cause = failure.orig if isinstance(failure, DBAPIError) and failure.orig else failure
    if isinstance(cause, sqlite3.Error):
        return _from_sqlite(cause, where)
    if isinstance(cause, UnicodeDecodeError):
        # The driver could not even read what SQLite had to say of it.
        return LedgerDamaged(f"{where} is not a ledger, or not a whole one", value=where, hint=_RESTORE)
    if isinstance(cause, OSError):
        if cause.errno in _NO_ROOM_ERRNO:
            return LedgerFull(f"there is no room left for the ledger {where}", value=where, hint=_FREE)
        return LedgerError(f"the ledger {where} cannot be used ({cause.strerror or cause})", value=where)
    state = getattr(cause, "sqlstate", None)
    if state in _PG_NO_ROOM:
        return LedgerFull(f"there is no room left for the ledger {where}", value=where, hint=_FREE)
    if state in _PG_LOCKED:
        return LedgerLocked(f"another process holds the ledger {where}", value=where, hint=_WAIT)
    if state in _PG_DAMAGED:
        return LedgerDamaged(f"the ledger {where} is damaged", value=where, hint=_RESTORE)
    return LedgerError(f"the ledger {where} cannot be used ({_first_line(cause)})", value=where)


def _from_sqlite(cause: sqlite3.Error, where: str) -> LedgerError:
    extended = getattr(cause, "sqlite_errorcode", 0)
    code = extended & _PRIMARY
    if code in _LOCKED:
        return LedgerLocked(f"another process holds the ledger {where}", value=where, hint=_WAIT)
    if code == sqlite3.SQLITE_FULL or extended in _NO_ROOM:
        return LedgerFull(f"there is no room left for the ledger {where}", value=where, hint=_FREE)
    if code in _DAMAGED:
        return LedgerDamaged(
            f"{where} is not a ledger, or not a whole one ({_first_line(cause)})", value=where, hint=_RESTORE
        )
    if code == sqlite3.SQLITE_READONLY:
        return LedgerError(
            f"the ledger {where} can be read but not written",
            value=where,
            hint="copy it to a place where you may write, or change its permissions",
        )
    if code in _UNREACHABLE:
        return LedgerError(
            f"the ledger {where} cannot be opened",
            value=where,
            hint="check that its folder exists and that you may read and write there",
        )
    return LedgerError(f"the ledger {where} cannot be used ({_first_line(cause)})", value=where)


def _first_line(cause: BaseException) -> str:
    return str(cause).strip().splitlines()[0] if str(cause).strip() else type(cause).__name__
