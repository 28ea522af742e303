"""What the server needs to know of where it stands: frozen, made at the entry point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_address

from onrecord.desk.accounts import Accounts, Person
from onrecord.errors import DeskExposed
from onrecord.settings import now

OWN_NAMES = ("localhost", "127.0.0.1", "[::1]")
"""Hosts under which a browser on the same machine asks."""


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Where and for whom the desk is open.

    Attributes:
        accounts: who may sign in; None where nobody has to, and whoever is at the machine is ``at_machine``.
        at_machine: who decides where nobody signs in.
        hosts: names by which browsers may ask for it, without ports. Any other is refused, so that a page from
            elsewhere cannot reach the desk under a name of its own (DNS rebinding).
        secure: whether cookies go over https alone.
        idle: after this time without a request a session ends.
        clock: tells the moment.
    """

    accounts: Accounts | None = None
    at_machine: Person = field(default_factory=lambda: Person("owner", "owner"))
    hosts: tuple[str, ...] = OWN_NAMES
    secure: bool = False
    idle: timedelta = timedelta(hours=12)
    clock: Callable[[], datetime] = now


def is_own(host: str) -> bool:
    """Whether an address to listen on is reached from the own machine alone.

    Example:
        >>> [is_own(x) for x in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "desk.example")]
        [True, True, True, False, False]
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def check_exposure(host: str, accounts: Accounts | None) -> None:
    """Refuse to open the desk to others where nobody has to sign in.

    Raises:
        DeskExposed: it would be.
    """
    if is_own(host):
        return
    if accounts is None:
        raise DeskExposed(
            f"listening on {host} would open the desk to others, and nobody would have to sign in",
            value=host,
            hint="name a users file with --users (`onrecord user add`), or leave --host out",
        )
    if not accounts.all():
        raise DeskExposed(
            f"{accounts.path} holds no user, so nobody could sign in",
            value=str(accounts.path),
            hint="add one with `onrecord user add`",
        )
