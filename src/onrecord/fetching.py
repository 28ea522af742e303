"""Fetching a page of the web, and nothing else: what somebody pastes as an address can lead anywhere.

Part of the services. In: an address. Out: its bytes, bounded in size and time, or a clear refusal. Only http and
https are asked, only hosts whose every address is public, and the connection goes to the very address that was
looked at, so that a name cannot lead elsewhere the second time it is asked for (DNS rebinding). Each redirect is
looked at anew. No cookie, proxy or password of this machine goes along. See OWASP, Server-Side Request Forgery
Prevention Cheat Sheet.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx

from onrecord import __version__
from onrecord.errors import AddressRefused, FetchFailed, ReportTooLarge
from onrecord.reading.decoding import decode
from onrecord.reading.limits import OutletFinder
from onrecord.reading.page import has_markup, is_page, read_page

Resolve = Callable[[str, int], Iterable[str]]
"""Host and port -> the addresses that it has."""

AGENT = f"onrecord/{__version__} (reads news reports for an analyst; one page at a time)"
_NAT64 = IPv6Network("64:ff9b::/96")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TEXTS = ("text/", "application/xhtml", "application/xml", "application/rss", "application/atom", "application/rdf")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is fetched.

    Attributes:
        size: bytes of one page, unpacked.
        seconds: for one page, redirects included.
        hops: redirects followed.
    """

    size: int = 5_000_000
    seconds: float = 20.0
    hops: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came.

    Attributes:
        url: where it came from in the end.
        status: 200, or 304 where nothing is new.
        content: the bytes.
        kind: its type as the server names it, in lower case.
        headers: the server's, names in lower case.
    """

    url: str
    status: int
    content: bytes
    kind: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def resolved(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system resolves it.

    Raises:
        FetchFailed: it has none, or there is no network.
    """
    try:
        return sorted({str(x[4][0]) for x in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)})
    except (OSError, UnicodeError) as fault:
        raise FetchFailed(
            f"the host {host[:100]} is not known", value=host, hint="check the address and the network"
        ) from fault


def is_public(address: str) -> bool:
    """Whether an address is one of the open network, whatever form it is written in.

    Example:
        >>> [is_public(x) for x in ("93.184.216.34", "10.0.0.1", "127.0.0.1", "169.254.169.254", "::1", "100.64.0.1")]
        [True, False, False, False, False, False]
        >>> [is_public(x) for x in ("::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "fe80::1%eth0", "x")]
        [False, False, False, False, False]
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(x.is_global and not x.is_multicast and not x.is_unspecified for x in (found, *_within(found)))


def _within(address: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """IPv4 addresses that an IPv6 address carries: through a gateway they lead there."""
    if isinstance(address, IPv4Address):
        return []
    found = [address.ipv4_mapped, address.sixtofour]
    found += list(address.teredo or ())
    if address in _NAT64:
        found.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return [x for x in found if x is not None]


def checked(url: str, resolve: Resolve = resolved) -> tuple[str, str]:
    """The address to connect to, and the host's name.

    Raises:
        AddressRefused: it is not of the web, or leads into a private network.
        FetchFailed: its host is not known.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as fault:
        raise _refused(url, "is no address") from fault
    if parts.scheme.lower() not in {"http", "https"} or not host:
        raise _refused(url, "is no address of the web")
    if not url.isprintable() or any(c.isspace() for c in url):
        raise _refused(url, "holds characters that do not belong in an address")
    if parts.username or parts.password:
        raise _refused(url, "carries a name or a password")
    places = list(resolve(host, port or (443 if parts.scheme.lower() == "https" else 80)))
    if not places or not all(is_public(x) for x in places):
        raise _refused(url, "leads to this machine or into a private network")
    return places[0], host


def _refused(url: str, why: str) -> AddressRefused:
    return AddressRefused(
        f"{url[:160]!r} {why} and is not fetched", value=url, hint="give an address that anybody can open in a browser"
    )


def fetch(
    url: str,
    *,
    bounds: Bounds | None = None,
    headers: Mapping[str, str] | None = None,
    resolve: Resolve = resolved,
    transport: httpx.BaseTransport | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Fetched:
    """Fetch a page.

    Args:
        url: http or https.
        bounds: how much at most.
        headers: further ones, such as ``If-None-Match``.
        resolve: tells the addresses of a host.
        transport: what carries the requests; tests give their own.
        clock: seconds that only grow.

    Raises:
        AddressRefused: the address, or one that it leads on to, is not fetched.
        FetchFailed: it did not come in time, or the server refuses it, or it is no text.
        ReportTooLarge: it is larger than the bounds.
    """
    allowed = bounds or Bounds()
    until = clock() + allowed.seconds
    asked = url.strip()
    with httpx.Client(transport=transport, trust_env=False, follow_redirects=False) as client:
        for _ in range(allowed.hops + 1):
            place, host = checked(asked, resolve)
            answer, onward = _ask(client, asked, place, host, headers or {}, allowed, until, clock)
            if onward is None:
                return answer
            if urlsplit(asked).scheme.lower() == "https" and urlsplit(onward).scheme.lower() == "http":
                raise _refused(onward, "is not encrypted, though the first address was,")
            asked = onward
    raise FetchFailed(f"{url[:160]!r} leads on and on", value=url, hint="open it in a browser and save the page")


def _ask(
    client: httpx.Client,
    url: str,
    place: str,
    host: str,
    headers: Mapping[str, str],
    bounds: Bounds,
    until: float,
    clock: Callable[[], float],
) -> tuple[Fetched, str | None]:
    """One request: what came, and where it leads on to, or None."""
    parts = urlsplit(url)
    shown = f"[{place}]" if ":" in place else place
    port = f":{parts.port}" if parts.port else ""
    # The connection goes to the address that was looked at; the name is told to the server, and to TLS, by itself.
    target = urlunsplit((parts.scheme, f"{shown}{port}", parts.path or "/", parts.query, ""))
    named = f"[{host}]" if ":" in host else host
    sent = {"host": f"{named}{port}", "user-agent": AGENT, "accept": "text/html, text/plain, */*;q=0.5", **headers}
    left = until - clock()
    if left <= 0:
        raise _late(url)
    extensions: dict[str, Any] = {"sni_hostname": host}
    try:
        with client.stream("GET", target, headers=sent, timeout=min(left, 10.0), extensions=extensions) as answer:
            told = {k.lower(): v for k, v in answer.headers.items()}
            if answer.status_code in _REDIRECTS and "location" in told:
                return Fetched(url, answer.status_code, b""), urljoin(url, told["location"])
            kind = told.get("content-type", "").lower()
            if answer.status_code == 304:
                return Fetched(url, 304, b"", kind, told), None
            if answer.status_code != 200:
                raise FetchFailed(
                    f"{url[:160]!r} answers {answer.status_code}",
                    value=answer.status_code,
                    hint="open it in a browser and paste the text",
                )
            if kind and not kind.startswith(_TEXTS):
                raise FetchFailed(
                    f"{url[:160]!r} is {kind[:60]!r}, not a page", value=kind, hint="paste its text, or give a page"
                )
            return Fetched(url, 200, _body(answer, url, bounds, until, clock), kind, told), None
    except httpx.TimeoutException as fault:
        raise _late(url) from fault
    except (httpx.HTTPError, httpx.InvalidURL) as fault:
        raise FetchFailed(
            f"{url[:160]!r} did not come ({type(fault).__name__})", value=url, hint="look whether it opens in a browser"
        ) from fault


def _body(answer: httpx.Response, url: str, bounds: Bounds, until: float, clock: Callable[[], float]) -> bytes:
    content = bytearray()
    for piece in answer.iter_bytes(65536):
        content += piece
        if len(content) > bounds.size:
            raise ReportTooLarge(
                f"{url[:160]!r} is larger than {bounds.size:,} bytes", value=url, hint="paste the article's text"
            )
        if clock() > until:
            raise _late(url)
    return bytes(content)


def _late(url: str) -> FetchFailed:
    return FetchFailed(f"{url[:160]!r} did not come in time", value=url, hint="try again later, or paste the text")


def page_record(fetched: Fetched, outlets: OutletFinder | None = None) -> dict[str, Any]:
    """A fetched page as one line of JSON Lines: its main text with what it states of itself.

    Args:
        fetched: what came.
        outlets: who knows the outlets.

    Raises:
        ReportUnreadable: no main text is in it. ReportEmpty: nothing is.
    """
    page = "html" in fetched.kind
    text = decode(fetched.content, page=page).text
    if page or is_page(text) or has_markup(text):
        said, fields = read_page(text, fetched.url, outlets)
        published: Any = fields.get("published")
        if published is not None:
            first, last = published.earliest.isoformat(), published.latest.isoformat()
            published = {"earliest": first, "latest": last, "inferred": published.inferred}
        return {**fields, "text": said, "published": published, "url": fetched.url}
    return {"text": text, "url": fetched.url}
