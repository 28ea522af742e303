"""Errors as pages, or as JSON under ``/api``: what is wrong, and the next step; never a trace.

In: exceptions. Out: responses with a status that fits.
"""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from onrecord import errors
from onrecord.desk.addresses import address
from onrecord.errors import OnrecordError
from onrecord.web.guard import HEADERS
from onrecord.web.rendering import page
from onrecord.web.visit import Visit

STATUSES: tuple[tuple[type[OnrecordError], int], ...] = (
    (errors.UnknownName, 404),
    (errors.NotAllowed, 403),
    (errors.FormStale, 403),
    (errors.SignInRefused, 401),
    (errors.TooManyTries, 429),
    (errors.ReportTooLarge, 413),
    (errors.FormTooLarge, 413),
    (errors.InputError, 422),
    (errors.EvidenceMismatch, 422),
    (errors.LedgerLocked, 503),
    (errors.LedgerFull, 507),
    (errors.LedgerError, 500),
)
"""The first kind that fits gives the status; any other error of ours is 400."""

TITLES = {
    401: "Sign in first",
    403: "Not allowed",
    404: "There is no such thing",
    405: "That cannot be done here",
    413: "Too large",
    422: "That cannot be",
    429: "Too many tries",
    500: "Something broke",
    503: "Busy",
    507: "No room left",
}


def status_of(error: OnrecordError) -> int:
    """The HTTP status of an error.

    Example:
        >>> status_of(errors.UnknownName("there is no party 'X'")), status_of(errors.ModelMissing("no weights"))
        (404, 400)
    """
    return next((status for kind, status in STATUSES if isinstance(error, kind)), 400)


def install(app: FastAPI) -> None:
    """Tell the app how errors are shown."""
    app.add_exception_handler(OnrecordError, known)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _broken)


async def known(request: Request, error: Exception) -> Response:
    """The answer to an error of ours."""
    assert isinstance(error, OnrecordError)
    status = status_of(error)
    headers = {"retry-after": str(error.value)} if isinstance(error, errors.TooManyTries) else {}
    anybody = getattr(request.state, "person", None)
    if status == 401 and anybody is None and not _is_api(request) and request.url.path != "/sign-in":
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        target = address("/sign-in", next=here if request.method == "GET" else None)
        if request.headers.get("hx-request") == "true":
            return Response(status_code=200, headers={"hx-redirect": target})
        return RedirectResponse(target, status_code=303)
    return _answer(request, status, error.code, error.message, error.hint, headers)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    known = {404: ("there is no such page", "the navigation leads to all of them")}
    message, hint = known.get(error.status_code, (str(error.detail), ""))
    code = "unknown-name" if error.status_code == 404 else "desk-error"
    return _answer(request, error.status_code, code, message, hint, dict(error.headers or {}))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    told = "; ".join(f"{'.'.join(str(x) for x in e['loc'][1:])}: {e['msg']}" for e in error.errors()[:5])
    return _answer(request, 422, "input-error", told or "that cannot be read", "see the form's hints", {})


async def _broken(request: Request, error: Exception) -> Response:
    logging.getLogger("onrecord.web").error("%s %s", request.method, request.url.path, exc_info=error)
    # Made outside the shell that puts the headers on every other answer.
    return _answer(
        request,
        500,
        "onrecord-error",
        "this page could not be made; the fault is in the program",
        "the log tells more",
        dict(HEADERS),
    )


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/api")


def _answer(
    request: Request, status: int, code: str, message: str, hint: str, headers: dict[str, str]
) -> Response:
    if _is_api(request):
        return JSONResponse({"code": code, "message": message, "hint": hint}, status, headers)
    made = page(
        Visit(request),
        "error.html.j2",
        status=status,
        title=TITLES.get(status, "That did not work"),
        code=code,
        message=message,
        hint=hint,
    )
    made.headers.update(headers)
    return made
