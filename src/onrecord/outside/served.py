"""A model behind an OpenAI-compatible address: one question, one answer, with patience that ends.

Comes in: a system text, a question, a schema. Goes out: :class:`~onrecord.outside.models.Reply`. The address is
checked before each question; redirects are not followed; what comes back is read up to a size and a time. The key is
sent in one header and nowhere else: messages that a server sends back are cleaned of it before anybody sees them.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import httpx

from onrecord.errors import OutsideBroken, OutsideUnavailable
from onrecord.outside import address
from onrecord.outside.models import Reply, Schema
from onrecord.outside.naming import Named

ATTEMPTS = 4
"""How often one question is put, where the server is busy or silent."""
FIRST_WAIT = 1.0
"""Seconds before the second attempt; doubled before each further one."""
LONGEST_WAIT = 60.0
"""Seconds that a server may ask to be waited for; more is as good as a no."""
TIMEOUT = 120.0
"""Seconds that one attempt may take in all."""
LARGEST = 4_000_000
"""Bytes of a response that are read; ten times the longest answer that fits the schema."""
TOKENS = 4096
"""Tokens that an answer may have: some thirty positions."""
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
_FORMATS = ("json_schema", "json_object", "none")
"""How a server is held to the schema, the strictest first; an older one is asked with the next."""


class ServedModel:
    """A model behind an address.

    Args:
        named: model and address.
        key: sent as a bearer token, or None.
        timeout: seconds that one attempt may take.
        sleep, clock: time; tests give their own.
        resolve: tells the addresses of a host.
    """

    def __init__(
        self,
        named: Named,
        *,
        key: str | None = None,
        timeout: float = TIMEOUT,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        resolve: address.Resolve = address.resolved,
    ) -> None:
        self._named = named
        self._key = key
        self._timeout = timeout
        self._sleep = sleep
        self._clock = clock
        self._resolve = resolve
        self._format = 0
        # A proxy of the environment is for the internet; what is local is asked directly.
        self._client = httpx.Client(
            timeout=httpx.Timeout(timeout, connect=min(timeout, 10.0)),
            follow_redirects=False,
            trust_env=named.kind != "local",
        )

    def __repr__(self) -> str:
        return f"ServedModel({self.name!r})"

    @property
    def name(self) -> str:
        """The model and its host."""
        return self._named.label

    def ask(self, system: str, user: str, schema: Schema) -> Reply:
        """Put one question, again where the server is busy, silent or cut off.

        Raises:
            ExtractorInvalid: the address is not what it was called.
            OutsideUnavailable: it refuses, or four attempts gave nothing.
            OutsideBroken: what comes back is no answer.
        """
        began = self._clock()
        wait = FIRST_WAIT
        for attempt in range(1, ATTEMPTS + 1):
            address.check(
                self._named.url, local=self._named.kind == "local", key=bool(self._key), resolve=self._resolve
            )
            try:
                status, headers, body = self._post(system, user, schema)
            except (httpx.HTTPError, httpx.InvalidURL, _TooSlow) as fault:
                problem = _told(fault, self._timeout)
            else:
                if status == 200:
                    return _reply(body, self._clock() - began)
                if status in {400, 404, 422} and self._weaker(body):
                    return self.ask(system, user, schema)
                problem = f"it answers {status}{self._why(body)}"
                if status not in _BUSY:
                    raise self._unavailable(problem, lasting=True)
                asked_for = _seconds(headers.get("retry-after"))
                if asked_for > LONGEST_WAIT:
                    raise self._unavailable(f"{problem}, and asks to be left alone for {asked_for:.0f} s", lasting=True)
                wait = max(wait, asked_for)
            if attempt < ATTEMPTS:
                self._sleep(wait)
                wait *= 2
        raise self._unavailable(f"{problem}, {ATTEMPTS} times in a row")

    def _post(self, system: str, user: str, schema: Schema) -> tuple[int, Mapping[str, str], bytes]:
        asked = {
            "model": self._named.model,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
            "temperature": 0,
            "max_tokens": TOKENS,
            **_held(_FORMATS[self._format], schema),
        }
        # Lone surrogates of a hostile report are no UTF-8.
        content = json.dumps(asked, ensure_ascii=True).encode("ascii")
        headers = {"content-type": "application/json", "accept": "application/json"}
        if self._key:
            headers["authorization"] = f"Bearer {self._key}"
        until = self._clock() + self._timeout
        url = f"{self._named.url}/chat/completions"
        with self._client.stream("POST", url, content=content, headers=headers) as response:
            return response.status_code, response.headers, b"".join(self._read(response, until))

    def _read(self, response: httpx.Response, until: float) -> Iterator[bytes]:
        size = 0
        for piece in response.iter_bytes():
            size += len(piece)
            if size > LARGEST:
                raise OutsideBroken(
                    f"the answer of {self.name} is larger than {LARGEST:,} bytes", value=size, hint=_OTHER
                )
            # A server that sends a byte now and then never runs into the timeout of a single read.
            if self._clock() > until:
                raise _TooSlow
            yield piece

    def _weaker(self, body: bytes) -> bool:
        """Take the next weaker way of holding to the schema, where the server says that it lacks this one."""
        said = body[:4000].decode("utf-8", "replace").lower()
        if self._format + 1 >= len(_FORMATS) or not any(w in said for w in ("response_format", "schema")):
            return False
        self._format += 1
        return True

    def _why(self, body: bytes) -> str:
        """What the server says of its refusal, on one line, without the key."""
        text = body[:4000].decode("utf-8", "replace")
        try:
            held = json.loads(text)
            error = held.get("error", held) if isinstance(held, dict) else text
            text = str(error.get("message", error) if isinstance(error, dict) else error)
        except (ValueError, RecursionError):
            pass
        said = self._clean(" ".join(text.split()))[:160]
        return f" ({said})" if said else ""

    def _clean(self, text: str) -> str:
        return text.replace(self._key, "[key]") if self._key else text

    def _unavailable(self, problem: str, *, lasting: bool = False) -> OutsideUnavailable:
        return OutsideUnavailable(
            f"{self.name} gives no answer: {self._clean(problem)}", value=self.name, hint=_OTHER, lasting=lasting
        )


_OTHER = "the built-in extraction has read the report; run again later, or name another model"


class _TooSlow(Exception):
    """One attempt has taken too long in all."""


def _held(form: str, schema: Schema) -> dict[str, Any]:
    if form == "json_schema":
        named = {"name": "positions", "strict": True, "schema": schema}
        return {"response_format": {"type": "json_schema", "json_schema": named}}
    return {"response_format": {"type": "json_object"}} if form == "json_object" else {}


def _told(fault: Exception, timeout: float) -> str:
    if isinstance(fault, httpx.TimeoutException | _TooSlow):
        return f"nothing came within {timeout:g} s"
    if isinstance(fault, httpx.ConnectError):
        return "nobody listens there"
    return f"the connection broke ({type(fault).__name__})"


def _seconds(words: str | None) -> float:
    """Seconds of a ``Retry-After``; a date in it, which few servers send, counts as none."""
    try:
        return max(0.0, float(words or 0))
    except ValueError:
        return 0.0


def _reply(body: bytes, seconds: float) -> Reply:
    try:
        held = json.loads(body)
        choice = held["choices"][0]
        content = choice["message"]["content"]
        if isinstance(content, list):
            content = "".join(str(piece.get("text", "")) for piece in content)
        usage = held.get("usage") or {}
        if not isinstance(content, str) or not isinstance(usage, dict):
            raise TypeError("no text in it")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as fault:
        raise OutsideBroken("the response is no answer to a question", value=body[:200], hint=_OTHER) from fault
    return Reply(
        text=content,
        whole=choice.get("finish_reason") != "length",
        tokens_in=_count(usage.get("prompt_tokens")),
        tokens_out=_count(usage.get("completion_tokens")),
        seconds=seconds,
        cost=_cost(usage.get("cost")),
    )


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31 else None


def _cost(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0 else None
