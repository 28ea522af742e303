"""Conditions: which parties tie what to which, the state of each over time, and all that hangs on it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup

from onrecord.desk.hanging import ANY, choices, conditions_view
from onrecord.desk.parties import STATUS_WORDS
from onrecord.errors import InputError
from onrecord.web.rendering import fragment, kept, page
from onrecord.web.visit import KEPT, Visit

NAV = ("Conditions", "/conditions")
router = APIRouter(include_in_schema=False)


@router.get("/conditions")
def conditions(request: Request) -> Response:
    """The conditions as of a day."""
    visit = Visit(request)
    outlook = visit.outlook
    given, status = visit.asked("matter"), visit.asked("status") or ""
    if status and status not in STATUS_WORDS:
        raise InputError(f"there is no state {status!r}", value=status, hint=f"one of: {', '.join(STATUS_WORDS)}")
    matter = ANY if given is None or given == ANY else None if given == "-" else given
    key = ("conditions", tuple(visit.asked(x) for x in KEPT), status)

    def make() -> Markup:
        view = conditions_view(outlook, matter, status)
        return fragment("conditions_told.html.j2", view=view, outlook=outlook, visit=visit, asked=bool(status))

    told = kept(outlook, key, make)
    matters = list(dict.fromkeys(c.matter for c in outlook.conditions))
    return page(
        visit,
        "conditions.html.j2",
        told=told,
        outlook=outlook,
        matter=matter,
        matters=matters,
        state=status,
        statuses=STATUS_WORDS,
        choices=choices(outlook, matter),
    )
