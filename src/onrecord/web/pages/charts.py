"""Charts: how stances moved, which party names which condition, strength over time."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup

from onrecord.desk.charting import flow_view, strength_line
from onrecord.desk.hanging import conditions_view
from onrecord.web.rendering import fragment, kept, page
from onrecord.web.visit import KEPT, Visit

NAV = ("Charts", "/charts")
router = APIRouter(include_in_schema=False)


@router.get("/charts")
def charts(request: Request) -> Response:
    """The pictures of one matter."""
    visit = Visit(request)
    outlook, matter, task = visit.outlook, visit.matter(), visit.asked("task") or ""
    since = visit.since

    def make() -> Markup:
        flow = flow_view(visit.desk, outlook, matter, since=since, task=task)
        conditions = conditions_view(outlook, matter, page=visit.link("/conditions"))
        return fragment("charts_told.html.j2", flow=flow, conditions=conditions, outlook=outlook, visit=visit)

    told = kept(outlook, ("charts", task, tuple(visit.asked(x) for x in KEPT)), make)
    words = outlook.words
    tasks = sorted({s.task for s in outlook.material.standings if s.matter == matter}, key=words.task_place)
    return page(
        visit,
        "charts.html.j2",
        told=told,
        outlook=outlook,
        matter=matter,
        task=task,
        tasks=[(t, words.task(t)) for t in tasks],
        since=outlook.since(since).since,
        scenarios=list(outlook.story.scenarios) if outlook.story else [],
    )


@router.get("/charts/strength")
def strength(request: Request) -> Response:
    """Strength over time: each day is added up anew, so that it has an address of its own and comes by itself."""
    visit = Visit(request)
    outlook, scenario = visit.outlook, visit.asked("scenario")

    def make() -> Markup:
        line = strength_line(visit.desk, outlook, scenario)
        return fragment("strength_line.html.j2", line=line)

    key = ("strength", scenario, tuple(visit.asked(x) for x in KEPT))
    told = kept(outlook, key, make)
    scenarios = list(outlook.story.scenarios) if outlook.story else []
    return page(visit, "strength.html.j2", told=told, outlook=outlook, scenario=scenario, scenarios=scenarios)
