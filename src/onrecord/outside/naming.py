"""The option that names a model: ``openai:MODEL[@URL]``, ``local:MODEL[@URL]`` or ``gguf:PATH``.

Comes in: what the user typed. Goes out: :class:`Named`. Nothing is opened, and no key is ever part of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from onrecord.errors import ExtractorInvalid

OPENAI = "https://api.openai.com/v1"
"""Where ``openai:MODEL`` alone is asked."""
LOCAL = "http://127.0.0.1:8080/v1"
"""Where ``local:MODEL`` alone is asked: the port that llama.cpp's server takes by itself."""
FORMS = "write openai:MODEL@https://HOST/v1, local:MODEL@http://127.0.0.1:8080/v1 or gguf:FILE.gguf"

_SERVED = re.compile(r"(?P<kind>openai|local):(?P<model>[^\s@][^\s]*?)(?:@(?P<url>\w+:.*))?")


@dataclass(frozen=True, slots=True)
class Named:
    """A model as the user names it.

    Attributes:
        kind: ``openai`` (an address on the internet), ``local`` (one on this machine or in its own network) or
            ``gguf`` (a file).
        model: the model's name, or the file's stem.
        url: base address, without a slash at its end; empty for a file.
        path: the file, or None.
    """

    kind: Literal["openai", "local", "gguf"]
    model: str
    url: str = ""
    path: Path | None = None

    @property
    def label(self) -> str:
        """What people see, and what positions carry: the model and where it runs.

        Example:
            >>> named("openai:small-1@https://models.example.org/v1").label, named("gguf:a/b/small.gguf").label
            ('small-1@models.example.org', 'small@file')
        """
        return f"{self.model}@{urlsplit(self.url).hostname if self.url else 'file'}"


def named(words: str) -> Named:
    """Read the option.

    Raises:
        ExtractorInvalid: it has none of the three forms, or its address is of another kind than http or https, or
            holds a name, a password, a query or a fragment.

    Example:
        >>> named("local:tiny").url
        'http://127.0.0.1:8080/v1'
    """
    if words.startswith("gguf:"):
        path = Path(words.removeprefix("gguf:")).expanduser()
        if not words.removeprefix("gguf:").strip():
            raise ExtractorInvalid("no file is named", value=words, hint=FORMS)
        return Named("gguf", path.stem, path=path)
    match = _SERVED.fullmatch(words.strip())
    if match is None:
        raise ExtractorInvalid(f"{words[:80]!r} names no model", value=words, hint=FORMS)
    kind: Literal["openai", "local"] = "openai" if match["kind"] == "openai" else "local"
    url = match["url"] or (OPENAI if kind == "openai" else LOCAL)
    return Named(kind, match["model"], _checked(url))


def _checked(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as fault:
        raise ExtractorInvalid("that is not an address", value=url, hint=FORMS) from fault
    if parts.scheme not in {"http", "https"}:
        raise ExtractorInvalid(f"{parts.scheme}: is no way to ask a model", value=url, hint="use http or https")
    if not host:
        raise ExtractorInvalid("the address names no host", value=url, hint=FORMS)
    if parts.username or parts.password:
        # The address is shown and stored; a password in it would be too.
        raise ExtractorInvalid(
            "the address holds a name or password",
            value=host,
            hint="leave it out, and give the key in the environment",
        )
    if parts.query or parts.fragment:
        raise ExtractorInvalid("the address holds a query or a fragment", value=host, hint=FORMS)
    return url.rstrip("/")
