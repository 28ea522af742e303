"""Disputes: where reports contradict one another, and why; both passages side by side."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from onrecord.desk.disputed import disputes_view
from onrecord.errors import InputError
from onrecord.web.rendering import page
from onrecord.web.visit import Visit

NAV = ("Disputes", "/disputes")
router = APIRouter(include_in_schema=False)


@router.get("/disputes")
def disputes(request: Request) -> Response:
    """The conflicts as of a day."""
    visit = Visit(request)
    kind, party = visit.asked("kind") or "", visit.asked("party") or ""
    view = disputes_view(visit.outlook, kind=kind, party=party, start=place(visit))
    return page(visit, "disputes.html.j2", view=view, outlook=visit.outlook, kind=kind, party=party)


def place(visit: Visit, name: str = "start") -> int:
    """A place in a list, of the address.

    Raises:
        InputError: it is none.
    """
    value = visit.asked(name) or "0"
    if not (value.isascii() and value.isdecimal()) or len(value) > 9:
        raise InputError(f"{value[:40]!r} is no place in a list", value=value, hint="a number from 0 up")
    return int(value)
