"""The passage view: a report with its marks; and the record behind each mark."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from onrecord.desk.forms import choices, form_of
from onrecord.desk.passages import position_view, report_view, statement_view
from onrecord.web.rendering import page
from onrecord.web.visit import Visit

router = APIRouter(include_in_schema=False)


@router.get("/report")
def report(request: Request) -> Response:
    """A report in full."""
    visit = Visit(request)
    view = report_view(visit.desk, visit.outlook, visit.needed("id"))
    return page(visit, "report.html.j2", view=view, choices=choices(visit.desk), at=visit.asked("at"))


@router.get("/position")
def position(request: Request) -> Response:
    """A position: every attribute, what people decided, and a form to correct it."""
    visit = Visit(request)
    view = position_view(visit.desk, visit.outlook, visit.needed("id"))
    form = form_of(visit.desk, view.id) if visit.may("reviewer") and not view.part else None
    return page(visit, "position.html.j2", view=view, form=form, choices=choices(visit.desk))


@router.get("/statement")
def statement(request: Request) -> Response:
    """A statement: who says what, through whom."""
    visit = Visit(request)
    said, report = statement_view(visit.desk, visit.outlook, visit.needed("id"))
    return page(visit, "statement.html.j2", said=said, report=report)
