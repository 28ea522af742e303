"""Messages to a webhook: JSON by POST, signed where the rules name a secret.

In: messages. Out: requests. The address is looked at before each one, redirects are not followed, no proxy or password
of this machine goes along, and size and time of the answer are bounded. A process that is killed after a request was
sent and before the ledger knew of it sends it again: the message's id goes along as ``Idempotency-Key``, by which the
receiver can tell. The signature is that of Standard Webhooks (https://www.standardwebhooks.com), which has libraries
to check it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx

from onrecord import __version__
from onrecord.errors import NotTold
from onrecord.fetching import Resolve, resolved
from onrecord.model.records import Record
from onrecord.telling.addresses import place_of
from onrecord.telling.rules import WebhookTarget
from onrecord.telling.rules_file import faulty, variable_of

TIMEOUT = 15.0
"""Seconds for one request."""
LARGEST = 65_536
"""Bytes of an answer that are read; nothing of it is kept."""
_WHOLE_TARGET = frozenset({401, 403, 404, 405, 407, 408, 410, 421, 425, 429})
"""Refusals that any message would meet; others (400, 413, 422) may be meant for one message."""


class WebhookSender:
    """Posts to one address.

    Args:
        target: the webhook.
        environment: holds the secret, and the address where the rules say so.
        clock: tells the moment.
        resolve: tells the addresses of a host.
        transport: what carries the requests; tests give their own.
    """

    def __init__(
        self,
        target: WebhookTarget,
        environment: Mapping[str, str],
        clock: Callable[[], datetime],
        *,
        resolve: Resolve = resolved,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._target = target
        self._environment = environment
        self._clock = clock
        self._resolve = resolve
        self._client = httpx.Client(transport=transport, trust_env=False, follow_redirects=False, timeout=TIMEOUT)

    def send(self, message: Record) -> str:
        """Post a message; the status of the answer comes back.

        Raises:
            NotTold: it was not taken.
        """
        url = self._address()
        content = json.dumps(self._content(message), ensure_ascii=True).encode("ascii")
        headers = {
            "content-type": "application/json",
            "user-agent": f"onrecord/{__version__}",
            "idempotency-key": str(message["id"]),
            **self._signature(str(message["id"]), content),
        }
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        place = place_of(host, port, private=self._target.private, resolve=self._resolve)
        shown, named = (f"[{x}]" if ":" in x else x for x in (place, host))
        beside = f":{parts.port}" if parts.port else ""
        target = urlunsplit((parts.scheme, f"{shown}{beside}", parts.path or "/", parts.query, ""))
        extensions: dict[str, Any] = {"sni_hostname": host}
        headers["host"] = f"{named}{beside}"
        try:
            with self._client.stream("POST", target, content=content, headers=headers, extensions=extensions) as answer:
                _drain(answer)
                status, after = answer.status_code, answer.headers.get("retry-after", "")
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as fault:
            # Words of the fault may hold the address; its kind does not.
            raise NotTold(f"{host[:100]} was not reached ({type(fault).__name__})", value=host) from fault
        if not 200 <= status < 300:
            alone = 400 <= status < 500 and status not in _WHOLE_TARGET
            raise NotTold(f"{host[:100]} answers {status}", value=status, alone=alone, after=_seconds(after))
        return f"answered {status}"

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def _address(self) -> str:
        variable = variable_of(self._target.address)
        address = self._target.address if variable is None else self._value(variable)
        wrong = faulty(address)
        if wrong:
            raise NotTold(f"the address in {variable} {wrong}", value=variable, hint="as in https://hooks.example/x")
        return address

    def _value(self, variable: str) -> str:
        found = self._environment.get(variable, "").strip()
        if not found:
            raise NotTold(f"{variable} is not set", value=variable, hint="set it where onrecord runs")
        return found

    def _content(self, message: Record) -> Record:
        if self._target.style == "slack":
            # The three characters by which chat rooms tell links and calls to everybody from words.
            body = str(message["body"]).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            return {"text": body}
        return message

    def _signature(self, name: str, content: bytes) -> dict[str, str]:
        if self._target.secret is None:
            return {}
        stamp = str(int(self._clock().timestamp()))
        return {
            "webhook-id": name,
            "webhook-timestamp": stamp,
            "webhook-signature": signature(self._value(self._target.secret), name, stamp, content),
        }


def signature(secret: str, name: str, stamp: str, content: bytes) -> str:
    """The signature of a message (HMAC-SHA256), as Standard Webhooks writes it.

    Args:
        secret: as it is, or after ``whsec_`` in Base64.
        name: id of the message.
        stamp: the moment, in seconds since 1970.
        content: the bytes that are sent.

    Raises:
        NotTold: what follows ``whsec_`` is no Base64.

    Example:
        >>> key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        >>> signature(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", b'{"test": 2432232314}')
        'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
    """
    key = secret.encode()
    if secret.startswith("whsec_"):
        try:
            key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        except binascii.Error:
            raise NotTold("the secret begins with whsec_ and goes on as no Base64", hint="copy it whole") from None
    made = hmac.new(key, f"{name}.{stamp}.".encode() + content, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(made).decode()}"


def _drain(answer: httpx.Response) -> None:
    """Read an answer to its end, so that the connection can be used again; a long one is left."""
    size, until = 0, time.monotonic() + TIMEOUT
    for piece in answer.iter_raw(8192):
        size += len(piece)
        if size > LARGEST or time.monotonic() > until:
            return


def _seconds(words: str) -> float:
    """Seconds of a ``Retry-After``; a date in it, which few servers send, counts as none."""
    try:
        return max(0.0, float(words or 0))
    except ValueError:
        return 0.0
