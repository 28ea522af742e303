"""The routes for programs: a list and, where records are asked for one by one, a route by id, for each kind.

In: requests that the guard let through. Out: responses.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from onrecord.desk.addresses import address
from onrecord.desk.querying import Catalogue, Page
from onrecord.desk.wanted import Wanted
from onrecord.web.api import asked
from onrecord.web.api.answers import MEDIA, form_of, paged, unchanged, whole
from onrecord.web.api.described import PROBLEMS, page_responses, record_responses

router = APIRouter(prefix="/api")


def _catalogue(request: Request) -> Catalogue:
    found: Catalogue = request.app.state.catalogue
    return found


def _list(request: Request, kind: str, question: asked.Paged) -> Response:
    catalogue, wanted = _catalogue(request), question.wanted()
    form = form_of(request, question.format)
    tag = catalogue.tag(kind, wanted, form, question.limit, question.cursor)
    held = unchanged(request, tag)
    if held is not None:
        return held
    page = catalogue.page(kind, wanted, question.limit, question.cursor or None)
    return paged(page, kind, form, tag, _following(request, page))


def _following(request: Request, page: Page) -> str | None:
    if page.next is None:
        return None
    kept = {k: v for k, v in request.query_params.items() if k != "cursor"}
    return address(request.url.path, **kept, cursor=page.next)


def _search(request: Request, kind: Literal["reports", "positions"], question: asked.Search) -> Response:
    catalogue, form = _catalogue(request), form_of(request, question.format)
    tag = catalogue.tag("search", Wanted(), kind, question.q, form, question.limit, question.cursor)
    held = unchanged(request, tag)
    if held is not None:
        return held
    page = catalogue.search(kind, question.q, question.limit, question.cursor or None)
    return paged(page, kind, form, tag, _following(request, page))


def _one(request: Request, kind: str, name: str, question: asked.Told) -> Response:
    catalogue, wanted = _catalogue(request), question.wanted()
    tag = catalogue.tag(kind, wanted, name)
    return unchanged(request, tag) or whole(catalogue.one(kind, name, wanted), tag)


@router.get("/reports", responses=page_responses("reports"), tags=["rows"], summary="Reports, by id")
def reports(request: Request, question: Annotated[asked.Reports, Query()]) -> Response:
    """Every report with its text; offsets in all other records count its code points."""
    return _list(request, "reports", question)


@router.get("/reports/{name:path}", responses=record_responses("reports"), tags=["rows"], summary="One report")
def report(request: Request, name: str, question: Annotated[asked.Told, Query()]) -> Response:
    """The report with this id."""
    return _one(request, "reports", name, question)


@router.get("/statements", responses=page_responses("statements"), tags=["rows"], summary="Statements, by report")
def statements(request: Request, question: Annotated[asked.Statements, Query()]) -> Response:
    """Every attributed statement: source, cue, content and chain."""
    return _list(request, "statements", question)


@router.get(
    "/statements/{name:path}", responses=record_responses("statements"), tags=["rows"], summary="One statement"
)
def statement(request: Request, name: str, question: Annotated[asked.Told, Query()]) -> Response:
    """The statement with this id."""
    return _one(request, "statements", name, question)


@router.get("/positions", responses=page_responses("positions"), tags=["rows"], summary="Positions, by report")
def positions(request: Request, question: Annotated[asked.Positions, Query()]) -> Response:
    """Every stance that a report gives on an undertaking, with its passage; what people decided is applied."""
    return _list(request, "positions", question)


@router.get("/positions/{name:path}", responses=record_responses("positions"), tags=["rows"], summary="One position")
def position(request: Request, name: str, question: Annotated[asked.Told, Query()]) -> Response:
    """The position with this id."""
    return _one(request, "positions", name, question)


@router.get("/facts", responses=page_responses("facts"), tags=["rows"], summary="Facts, by report")
def facts(request: Request, question: Annotated[asked.Facts, Query()]) -> Response:
    """Figures and deals that reports give as background."""
    return _list(request, "facts", question)


@router.get(
    "/standings", responses=page_responses("standings"), tags=["as of a day"], summary="Standings, by undertaking"
)
def standings(request: Request, question: Annotated[asked.Standings, Query()]) -> Response:
    """Where each party stands, as of a day."""
    return _list(request, "standings", question)


@router.get(
    "/standings/{name:path}", responses=record_responses("standings"), tags=["as of a day"], summary="One standing"
)
def standing(request: Request, name: str, question: Annotated[asked.Told, Query()]) -> Response:
    """The standing with this id (``NOR.contribute_troops.isf_gaza``), as of a day."""
    return _one(request, "standings", name, question)


@router.get("/conflicts", responses=page_responses("conflicts"), tags=["as of a day"], summary="Conflicts, by id")
def conflicts(request: Request, question: Annotated[asked.Conflicts, Query()]) -> Response:
    """Contradictions, reversals, overtaken reports, circular groups and doubtful figures."""
    return _list(request, "conflicts", question)


@router.get("/conditions", responses=page_responses("conditions"), tags=["as of a day"], summary="Conditions, by id")
def conditions(request: Request, question: Annotated[asked.Conditions, Query()]) -> Response:
    """What standings hang on, with its state as of a day."""
    return _list(request, "conditions", question)


@router.get("/search/reports", responses=page_responses("reports"), tags=["search"], summary="Reports by their words")
def search_reports(request: Request, question: Annotated[asked.Search, Query()]) -> Response:
    """Reports in whose title or text the words stand, the best first."""
    return _search(request, "reports", question)


@router.get(
    "/search/positions", responses=page_responses("positions"), tags=["search"], summary="Positions by their words"
)
def search_positions(request: Request, question: Annotated[asked.Search, Query()]) -> Response:
    """Positions in whose passage or attributes the words stand, the best first."""
    return _search(request, "positions", question)


_FORCE: dict[str, Any] = {
    "type": "object",
    "properties": {
        "as_of": {"type": "string", "format": "date"},
        "force": {"type": ["object", "null"], "description": "As in force.json; null where there is none."},
    },
    "required": ["as_of", "force"],
}
_LEDGER: dict[str, Any] = {
    "type": "object",
    "properties": {
        "as_of": {"type": "string", "format": "date", "description": "The day of the newest report."},
        "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
        "stories": {"type": "array", "items": {"type": "string"}},
        "matters": {"type": "array", "items": {"type": ["string", "null"]}},
    },
    "required": ["as_of", "counts", "stories", "matters"],
}


def _answers(schema: dict[str, Any], example: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    told = {"schema": schema, "example": example}
    return {**PROBLEMS, 200: {"description": "The answer.", "content": {MEDIA["json"]: told}}}


@router.get(
    "/force",
    responses=_answers(_FORCE, {"as_of": "2026-03-02", "force": None}),
    tags=["as of a day"],
    summary="The force",
)
def force(request: Request, question: Annotated[asked.Told, Query()]) -> Response:
    """What the standings add up to, by scenario, where the story or the reports tell of a force."""
    catalogue, wanted = _catalogue(request), question.wanted()
    tag = catalogue.tag("force", wanted)
    held = unchanged(request, tag)
    if held is not None:
        return held
    outlook = catalogue.outlook(wanted)
    return whole({"as_of": outlook.as_of.isoformat(), "force": outlook.force}, tag)


@router.get(
    "/ledger",
    responses=_answers(
        _LEDGER, {"as_of": "2026-03-02", "counts": {"reports": 1}, "stories": [], "matters": ["isf_gaza"]}
    ),
    tags=["rows"],
    summary="What the ledger holds",
)
def ledger(request: Request, question: Annotated[asked.Told, Query()]) -> Response:
    """How much there is, and by which stories and matters it can be asked for."""
    catalogue, wanted = _catalogue(request), question.wanted()
    tag = catalogue.tag("ledger", wanted)
    held = unchanged(request, tag)
    if held is not None:
        return held
    outlook = catalogue.outlook(wanted)
    told = {
        "as_of": outlook.as_of.isoformat(),
        "counts": catalogue.desk.ledger.counts(),
        "stories": list(catalogue.desk.stories),
        "matters": outlook.matters,
    }
    return whole(told, tag)
