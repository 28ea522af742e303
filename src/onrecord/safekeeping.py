"""Looking after ledgers: a copy of one, a copy put back, one carried from SQLite to PostgreSQL or back.

Part of the services. In: settings, places. Out: what it came to. Nothing here prints.
"""

from __future__ import annotations

from pathlib import Path

from onrecord import services
from onrecord.ledger import copying
from onrecord.settings import Settings


def backup(settings: Settings, target: Path, *, replace: bool = False) -> dict[str, int]:
    """Copy the ledger into one file, while others read and write; see :func:`onrecord.ledger.copying.backup`.

    Raises:
        LedgerError: or one below it, when there is a file already, or the ledger or the file cannot be used.
    """
    with services.open_ledger(settings, create=False) as ledger:
        return copying.backup(ledger, target, replace=replace)


def restore(source: Path, settings: Settings, *, replace: bool = False) -> Path | None:
    """Put a copy in the place of the ledger; where the old one lies now comes back, or None.

    Raises:
        LedgerError: or one below it, when there is a ledger already, or the copy is not whole.
    """
    own = Settings(ledger=source, clock=settings.clock)
    target = str(settings.ledger)
    with services.open_ledger(own, create=False) as ledger:
        if "://" in target:
            copying.copy(ledger, target)
            return None
        return copying.restore(ledger, Path(target), settings.clock(), replace=replace)


def copy(source: Settings, target: str) -> dict[str, int]:
    """Carry a ledger over into another store; rows by table come back.

    Raises:
        LedgerError: or one below it, when there is a ledger already, or one of the stores refuses.
    """
    with services.open_ledger(source, create=False) as ledger:
        return copying.copy(ledger, target)
