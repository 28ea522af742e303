"""Signing in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from onrecord.errors import SignInRefused
from onrecord.web.guard import cookie
from onrecord.web.rendering import page
from onrecord.web.sessions import Sessions, Tries
from onrecord.web.settings import WebSettings
from onrecord.web.visit import Visit

router = APIRouter(include_in_schema=False)


@router.get("/sign-in")
def ask(request: Request) -> Response:
    """The form."""
    visit = Visit(request)
    if not visit.signs_in:
        return RedirectResponse("/", status_code=303)
    return page(visit, "sign_in.html.j2", wrong="", name="", after=own_path(visit.asked("next")))


@router.post("/sign-in")
def sign_in(
    request: Request,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    after: Annotated[str, Form()] = "/",
) -> Response:
    """Check name and password; a new session begins, so that one made by somebody else is worth nothing."""
    visit = Visit(request)
    web: WebSettings = request.app.state.web
    tries: Tries = request.app.state.tries
    sessions: Sessions = request.app.state.sessions
    if web.accounts is None:
        return RedirectResponse("/", status_code=303)
    now = web.clock()
    keys = (f"name {name}", f"from {request.client.host if request.client else ''}")
    tries.check(keys, now)
    try:
        person = web.accounts.check(name, password)
    except SignInRefused as refusal:
        tries.note(keys, now)
        return page(visit, "sign_in.html.j2", status=401, wrong=refusal.message, name=name, after=own_path(after))
    tries.forget(keys[0])
    sessions.end(request.state.session)
    begun = sessions.start(now, person.name, web.accounts.stamp(person.name))
    answer = RedirectResponse(own_path(after), status_code=303)
    answer.set_cookie(**cookie(begun, web))
    return answer


@router.get("/sign-out")
def ask_out(request: Request) -> Response:
    """A button: a link alone must not sign anybody out."""
    return page(Visit(request), "sign_out.html.j2")


@router.post("/sign-out")
def sign_out(request: Request) -> Response:
    """End the session."""
    request.app.state.sessions.end(request.state.session)
    answer = RedirectResponse("/sign-in", status_code=303)
    answer.delete_cookie("onrecord", path="/")
    return answer


def own_path(target: str | None) -> str:
    r"""The target where it is a path of this desk, else the board: no way out to another site.

    Example:
        >>> [own_path(x) for x in ("/party?id=AZE", "//evil.example", "https://evil.example", "/\\evil", None)]
        ['/party?id=AZE', '/', '/', '/', '/']
    """
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or not target.isprintable():
        return "/"
    return target
