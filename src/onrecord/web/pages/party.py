"""A party, and a standing in full."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup

from onrecord.desk.parties import party_view, standing_view
from onrecord.web.rendering import fragment, kept, page
from onrecord.web.visit import KEPT, Visit

router = APIRouter(include_in_schema=False)


@router.get("/party")
def party(request: Request) -> Response:
    """Where a party stands on everything, over time."""
    visit = Visit(request)
    name, outlook = visit.needed("id"), visit.outlook
    key = ("party", name, tuple(visit.asked(x) for x in KEPT))

    def make() -> Markup:
        view = party_view(outlook, name, since=visit.since)
        return fragment("party_told.html.j2", view=view, outlook=outlook, visit=visit)

    told = kept(outlook, key, make)
    label = outlook.words.actor(name)
    return page(
        visit, "party.html.j2", told=told, name=name, label=label, outlook=outlook, actors=_actors(visit)
    )


@router.get("/standing")
def standing(request: Request) -> Response:
    """A standing, what it rests on, and why."""
    visit = Visit(request)
    view = standing_view(visit.outlook, visit.needed("id"), since=visit.since)
    return page(visit, "standing.html.j2", view=view, outlook=visit.outlook)


def _actors(visit: Visit) -> list[tuple[str, str]]:
    """Parties on record, to choose from: id and name."""
    if not visit.may("reviewer"):
        return []
    words = visit.outlook.words
    ids = {x for s in visit.outlook.material.standings for x in (s.holder, s.performer)}
    return sorted(((x, words.actor(x)) for x in ids), key=lambda x: x[1])
