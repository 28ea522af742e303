"""Sources: which reports rest on one origin, how outlets are graded, and what came of what they printed."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup

from onrecord.desk.outlets import FATES, GRADES
from onrecord.desk.sourcing import A_PAGE, sources_view
from onrecord.web.pages.disputes import place
from onrecord.web.rendering import fragment, kept, page
from onrecord.web.visit import KEPT, Visit

NAV = ("Sources", "/sources")
router = APIRouter(include_in_schema=False)


@router.get("/sources")
def sources(request: Request) -> Response:
    """The sources as of a day."""
    visit = Visit(request)
    outlook, start = visit.outlook, place(visit)

    def make() -> Markup:
        view = sources_view(outlook, visit.desk.vocabulary, start)
        return fragment(
            "sources_told.html.j2",
            view=view,
            outlook=outlook,
            visit=visit,
            a_page=A_PAGE,
            fates=FATES,
            grades=GRADES,
        )

    told = kept(outlook, ("sources", start, tuple(visit.asked(x) for x in KEPT)), make)
    return page(visit, "sources.html.j2", told=told, outlook=outlook)
