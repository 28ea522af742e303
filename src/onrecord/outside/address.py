"""Whether an address may be asked: public ones for ``openai``, this machine's and its own network's for ``local``.

Comes in: a base address and what its host resolves to. Goes out: nothing, or an error. A report can be private, and a
host name can lead anywhere: what a public address resolves to must be public, so that no name on the internet makes the
program talk to a machine within; and what is called local must be local, so that its texts stay there.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from onrecord.errors import ExtractorInvalid, OutsideUnavailable

Resolve = Callable[[str, int], Iterable[str]]
"""Host and port -> the addresses that it has."""

_OWN: tuple[IPv4Network | IPv6Network, ...] = (
    IPv4Network("10.0.0.0/8"),
    IPv4Network("172.16.0.0/12"),
    IPv4Network("192.168.0.0/16"),
    IPv6Network("fc00::/7"),
)
"""Networks of one's own (RFC 1918, RFC 4193). Link-local addresses are left out: clouds keep their metadata there."""


def resolved(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system resolves it.

    Raises:
        OutsideUnavailable: it has none, or there is no network.
    """
    try:
        return sorted({str(x[4][0]) for x in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)})
    except (OSError, UnicodeError) as fault:
        raise OutsideUnavailable(
            f"the host {host} is not known", value=host, hint="check the address and the network"
        ) from fault


def check(url: str, *, local: bool, key: bool = False, resolve: Resolve = resolved) -> None:
    """Refuse an address that is not what it was called.

    Args:
        url: base address, http or https.
        local: whether the user called it local.
        key: whether a key would be sent.
        resolve: tells the addresses of a host.

    Raises:
        ExtractorInvalid: a private address that was not called local, a public one that was, or a key that would
            travel unencrypted.
        OutsideUnavailable: the host is not known.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    found = list(resolve(host, parts.port or (443 if parts.scheme == "https" else 80)))
    if local:
        if not all(_is_own(x) for x in found):
            raise ExtractorInvalid(
                f"{host} is not on this machine or in its own network",
                value=host,
                hint="write openai:MODEL@URL for an address on the internet",
            )
        return
    if not found or not all(_is_public(x) for x in found):
        raise ExtractorInvalid(
            f"{host} is a private address",
            value=host,
            hint="write local:MODEL@URL where you mean a server of your own",
        )
    if key and parts.scheme != "https":
        raise ExtractorInvalid("the key would travel unencrypted", value=host, hint="use https")


def _plain(words: str) -> IPv4Address | IPv6Address:
    found = ip_address(words.partition("%")[0])
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _is_own(words: str) -> bool:
    found = _plain(words)
    return found.is_loopback or any(found in network for network in _OWN if network.version == found.version)


def _is_public(words: str) -> bool:
    found = _plain(words)
    return found.is_global and not found.is_multicast
