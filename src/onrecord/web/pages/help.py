"""How to read the desk, and the keys."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from onrecord.briefing.guide import guide
from onrecord.briefing.words import Words
from onrecord.web.rendering import page
from onrecord.web.visit import Visit

NAV = ("Help", "/help")
router = APIRouter(include_in_schema=False)


@router.get("/help")
def help_page(request: Request) -> Response:
    """The guide of the brief, with the keys."""
    visit = Visit(request)
    return page(visit, "help.html.j2", guide=guide(Words(visit.desk.vocabulary)))
