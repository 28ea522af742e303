"""Names of places on the page, and addresses that may be links.

Comes in: identifiers and addresses from outside. Goes out: fragment names that are unique and hold no
character with a meaning, and web addresses only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from urllib.parse import urlsplit

_SAFE = re.compile(r"[A-Za-z0-9._-]{1,80}")
_UNSAFE_RUN = re.compile(r"[^A-Za-z0-9._-]+")


def slug(name: str) -> str:
    """A name as part of a fragment: unchanged where it is safe, else cleaned, with a digest.

    >>> slug("r1.p3")
    'r1.p3'
    >>> slug('x" onclick="y').startswith("x-onclick-y-")
    True
    """
    if _SAFE.fullmatch(name):
        return name
    mark = sha256(name.encode("utf-8", "replace")).hexdigest()[:8]
    cleaned = _UNSAFE_RUN.sub("-", name).strip("-")[:60]
    return f"{cleaned}-{mark}" if cleaned else mark


def anchors(prefix: str, names: Iterable[str]) -> dict[str, str]:
    """A unique fragment for each name, in the form ``prefix-slug``.

    >>> anchors("p", ["a", "b"])
    {'a': 'p-a', 'b': 'p-b'}
    """
    given: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        if name in given:
            continue
        wanted = fragment = f"{prefix}-{slug(name)}"
        count = 2
        while fragment in taken:  # a name made to look like the slug of another
            fragment = f"{wanted}.{count}"
            count += 1
        taken.add(fragment)
        given[name] = fragment
    return given


def web_address(url: str | None) -> str | None:
    """The address where it is one of the web that can be followed, else None (``javascript:`` and the like).

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)"), web_address("//example.org")
    ('https://example.org/a', None, None)
    """
    if not url or any(ord(c) <= 0x20 or 0x7F <= ord(c) <= 0x9F for c in url) or not url.isprintable():
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None
