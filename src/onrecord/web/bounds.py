"""How much may be sent at once: refused as soon as it is known, before anything is made of it.

In: requests. Out: the same, or an answer 413. What a form holds is small; reports that are handed in have bounds of
their own, told in ``docs/desk-pages.md``.
"""

from __future__ import annotations

from fastapi import Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.desk.intake import MOST_BYTES
from onrecord.errors import FormTooLarge
from onrecord.web.faults import known
from onrecord.web.guard import SAFE, UPLOADS

MOST_OF_A_FORM = 512 * 1024
"""Bytes of any form but those by which reports are handed in: the longest one holds a passage and its corrections."""
MOST_OF_A_PASTE = 6 * 1024 * 1024
"""Bytes of a text that is pasted: half a million letters, each of which a form may write with twelve."""
MOST_OF_AN_UPLOAD = MOST_BYTES + 1024 * 1024
"""Bytes of files that are handed in: what the intake takes, and room for what a form puts between them."""


def bound_of(path: str, kind: str) -> int:
    """How many bytes may be sent to a path, as a form of this kind.

    Example:
        >>> bound_of("/decide", "multipart/form-data; boundary=x") == MOST_OF_A_FORM
        True
        >>> bound_of("/add", "multipart/form-data; boundary=x") == MOST_OF_AN_UPLOAD
        True
        >>> bound_of("/add", "application/x-www-form-urlencoded") == MOST_OF_A_PASTE
        True
    """
    if not path.startswith(UPLOADS):
        return MOST_OF_A_FORM
    return MOST_OF_AN_UPLOAD if kind.lower().startswith("multipart/form-data") else MOST_OF_A_PASTE


class Bounds:
    """Refuses what is too large: by what it says of itself, or, where it says nothing, as it comes in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or not."""
        if scope["type"] != "http" or scope["method"] in SAFE:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        most = bound_of(scope["path"], headers.get("content-type", ""))
        told = headers.get("content-length", "")
        too_large = FormTooLarge(
            f"more than {most:,} bytes were sent",
            value=most,
            hint="send less at once; a large folder is read with `onrecord read`",
        )
        if told.isdecimal() and int(told) > most:
            await (await known(Request(scope), too_large))(scope, receive, send)
            return
        came, over, answered = 0, False, False

        async def counted() -> Message:
            nonlocal came, over
            message = await receive()
            came += len(message.get("body", b""))
            if came > most:
                over = True
                raise too_large
            return message

        async def sent(message: Message) -> None:
            nonlocal answered
            # What is made of the interruption further in says less well what it was.
            if not over or answered:
                answered = True
                await send(message)

        try:
            await self._app(scope, counted, sent)
        except FormTooLarge:
            if answered:
                raise
        if over and not answered:
            await (await known(Request(scope), too_large))(scope, receive, send)
