"""What stands before every page: the host asked for, who asks, forms that are really ours, and the answer's headers.

In: requests. Out: a :class:`onrecord.web.visit.Visit` on ``request.state``, or a refusal.
"""

from __future__ import annotations

from typing import Any

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.desk import look_once
from onrecord.desk.accounts import Accounts, Person
from onrecord.errors import SignInRefused
from onrecord.web.sessions import Session, Sessions, Tries
from onrecord.web.settings import WebSettings

COOKIE = "onrecord"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
NOBODYS = ("/static/", "/health")
"""Paths that are the same for everybody: no session is begun for them."""
OPEN_TO_ALL = ("/sign-in",)
"""Further paths that need no sign-in."""

PROGRAMS = "/api/"
"""What programs may ask for by a token."""
UPLOADS = ("/add",)
"""Where reports are handed in."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""Nothing inline, nothing from elsewhere: what a report smuggles in could not run even where escaping failed."""

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Shell:
    """Refuses hosts that are not ours and puts the headers on every answer, errors included."""

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...]) -> None:
        self._app = app
        self._hosts = frozenset(h.lower() for h in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                # What is shown may be for this person alone, and changes with every decision.
                headers.setdefault("cache-control", "private, no-cache")
            await send(message)

        if host_of(Headers(scope=scope).get("host", "")) not in self._hosts:
            refusal = PlainTextResponse("This desk is not served under that name.\n", status_code=421)
            await refusal(scope, receive, told)
            return
        await self._app(scope, receive, told)


def host_of(header: str) -> str:
    """The name in a Host header, without the port.

    Example:
        >>> [host_of(x) for x in ("Localhost:8000", "[::1]:80", "desk.example", "")]
        ['localhost', '[::1]', 'desk.example', '']
    """
    text = header.strip().lower()
    if text.startswith("["):
        return text.partition("]")[0] + "]"
    return text.partition(":")[0]


async def guard(request: Request) -> None:
    """Note who asks on ``request.state`` (``session``, ``person``), and refuse what may not be.

    Raises:
        SignInRefused: somebody has to sign in first, or the token is none. TooManyTries: too many tokens were none.
        NotAllowed: the role does not include what is sent. FormStale: the form is not of this session.
    """
    if request.url.path.startswith(NOBODYS):
        return
    web: WebSettings = request.app.state.web
    if request.method in SAFE:
        look_once()
    given = bearer_of(request)
    if given is not None and web.accounts is not None:
        # No page of elsewhere can have a browser send a token: there is no form whose origin would have to be told.
        request.state.person = _holder(request, web, web.accounts, given)
        return
    session = session_of(request, web, request.app.state.sessions)
    request.state.session = session
    request.state.person = person_of(session, web)
    if request.state.person is None and not request.url.path.startswith(OPEN_TO_ALL):
        raise SignInRefused("sign in first", hint="")
    if request.method not in SAFE:
        if request.url.path.startswith(UPLOADS):
            # Asked before what is sent is read: it may be large.
            request.state.person.must("reviewer")
        session.check(await _token(request))


def bearer_of(request: Request) -> str | None:
    """The token that a program asks by, where it asks for what is there for programs; else None."""
    if not request.url.path.startswith(PROGRAMS):
        return None
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else None


def _holder(request: Request, web: WebSettings, accounts: Accounts, token: str) -> Person:
    tries: Tries = request.app.state.tries
    keys = (f"token from {request.client.host if request.client else ''}",)
    tries.check(keys, web.clock())
    try:
        return accounts.bearer(token)
    except SignInRefused:
        tries.note(keys, web.clock())
        raise


def session_of(request: Request, web: WebSettings, sessions: Sessions) -> Session:
    """The browser's session, a new one where it has none."""
    now = web.clock()
    found = sessions.get(request.cookies.get(COOKIE), now)
    if found is None:
        found = sessions.start(now)
        request.state.new_session = True
    return found


def person_of(session: Session, web: WebSettings) -> Person | None:
    """Who asks: who signed in, as the users file has that person now; None where nobody has."""
    if web.accounts is None:
        return web.at_machine
    if session.user is None or web.accounts.stamp(session.user) != session.stamp:
        return None
    return web.accounts.person(session.user)


async def _token(request: Request) -> str | None:
    header = request.headers.get("x-csrf-token")
    if header:
        return header
    if request.headers.get("content-type", "").startswith(
        ("application/x-www-form-urlencoded", "multipart/form-data")
    ):
        given: Any = (await request.form()).get("csrf")
        return given if isinstance(given, str) else None
    return None


def cookie(session: Session, web: WebSettings) -> dict[str, Any]:
    """What ``set_cookie`` is called with for a session."""
    return {
        "key": COOKIE,
        "value": session.name,
        "httponly": True,
        # Lax: a link in a mail opens the desk; no form of another site brings the cookie.
        "samesite": "lax",
        "secure": web.secure,
        "path": "/",
    }
