"""Whether a message may be sent to an address, looked at anew before each connection.

In: host and port as the rules name them. Out: the one address to connect to. What a name leads to can change: the
connection goes to the very address that was looked at, as in :mod:`onrecord.fetching`.
"""

from __future__ import annotations

from ipaddress import ip_address

from onrecord.errors import FetchFailed, NotTold
from onrecord.fetching import Resolve, is_public
from onrecord.telling.rules_file import LOCAL


def place_of(host: str, port: int, *, private: bool, resolve: Resolve) -> str:
    """The address to connect to.

    Args:
        host: as the rules name it. This machine is meant where it is named by itself (``localhost``).
        port: of the service.
        private: whether the rules allow a private network.
        resolve: tells the addresses of a host.

    Raises:
        NotTold: it leads to this machine or into a private network, though the rules do not say so, or nowhere.

    Example:
        >>> place_of("hooks.example", 443, private=False, resolve=lambda host, port: ["93.184.216.34"])
        '93.184.216.34'
    """
    try:
        places = list(resolve(host, port))
    except FetchFailed as fault:
        raise NotTold(fault.message, value=host, hint="check the address and the network") from fault
    if not places:
        raise NotTold(f"the host {host[:100]} is not known", value=host, hint="check the address and the network")
    if host in LOCAL:
        if not all(_is_here(x) for x in places):
            raise NotTold(f"{host} does not lead to this machine", value=host, hint="look into the hosts file")
    elif not private and not all(is_public(x) for x in places):
        raise NotTold(
            f"{host[:100]} leads to this machine or into a private network",
            value=host,
            hint="write `private: true` at the target where that is meant",
        )
    return places[0]


def _is_here(address: str) -> bool:
    try:
        return ip_address(address.partition("%")[0]).is_loopback
    except ValueError:
        return False
