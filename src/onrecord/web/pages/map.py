"""The map: parties by polarity for one task, with the same as a table."""

from __future__ import annotations

from collections import Counter

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup

from onrecord.desk.mapping import map_view
from onrecord.desk.parties import task_view
from onrecord.web.rendering import fragment, kept, page
from onrecord.web.visit import KEPT, Visit

NAV = ("Map", "/map")
router = APIRouter(include_in_schema=False)


@router.get("/map")
def map_page(request: Request) -> Response:
    """The map of a task; that of most states where none is asked for."""
    visit = Visit(request)
    outlook, matter, whole = visit.outlook, visit.matter(), visit.asked("view") == "world"
    counted = Counter(
        s.task for s in outlook.material.standings if s.matter == matter and s.performer == s.holder
    )
    words = outlook.words
    order = sorted(counted, key=lambda t: (-counted[t], words.task_place(t)))
    task = visit.asked("task") or (order[0] if order else None)

    def make() -> Markup:
        assert task is not None
        view = task_view(outlook, task, matter, since=visit.since)
        drawn = map_view(view, whole=whole)
        return fragment("map_told.html.j2", view=view, map=drawn, outlook=outlook, visit=visit, whole=whole)

    key = ("map", task, whole, tuple(visit.asked(x) for x in KEPT))
    told = kept(outlook, key, make) if task is not None else None
    tasks = [(t, words.task(t), counted[t]) for t in order]
    return page(visit, "map.html.j2", told=told, outlook=outlook, tasks=tasks, task=task, matter=matter, whole=whole)
