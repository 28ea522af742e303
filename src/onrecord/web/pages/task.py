"""A task: who would, who would not, who has not said."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from onrecord.desk.parties import task_view
from onrecord.web.rendering import page
from onrecord.web.visit import Visit

router = APIRouter(include_in_schema=False)


@router.get("/task")
def task(request: Request) -> Response:
    """Everybody on one task of one matter."""
    visit = Visit(request)
    view = task_view(visit.outlook, visit.needed("id"), visit.matter(), since=visit.since)
    return page(visit, "task.html.j2", view=view, outlook=visit.outlook, matter=visit.matter())
