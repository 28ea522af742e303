"""Which version of the ledger what goes on here is told from: in a request that only reads, one and the same.

In: a ledger. Out: its version. So a page is told from one version, however many of its parts ask; and it does not ask a
database ten times.
"""

from __future__ import annotations

from contextvars import ContextVar

from onrecord.ledger import Ledger, Version

_looked: ContextVar[list[Version] | None] = ContextVar("looked", default=None)


def look_once() -> None:
    """From here on, in what goes on here (a request that only reads), the ledger is asked for its version once."""
    _looked.set([])


def version_seen(ledger: Ledger) -> Version:
    """The ledger's version: now, or when it was first asked for after :func:`look_once`."""
    seen = _looked.get()
    if seen is None:
        return ledger.version()
    if not seen:
        seen.append(ledger.version())
    return seen[0]


def look_again(ledger: Ledger) -> Version:
    """The ledger's version now; what goes on here is told from it from here on."""
    now = ledger.version()
    seen = _looked.get()
    if seen is not None:
        seen[:] = [now]
    return now


def forget() -> None:
    """The ledger is asked anew when its version is needed next."""
    seen = _looked.get()
    if seen is not None:
        seen.clear()
