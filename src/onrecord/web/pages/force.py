"""The force: what it adds up to, with switches for the conditions it hangs on."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup

from onrecord.desk.adding_up import SWITCHES, force_view
from onrecord.errors import InputError
from onrecord.web.rendering import fragment, kept, page
from onrecord.web.visit import KEPT, Visit

NAV = ("Force", "/force")
router = APIRouter(include_in_schema=False)
PREFIX = "c."
"""Begins the name of a field that sets a condition: what follows is the condition."""
MOST_SET = 60


@router.get("/force")
def force(request: Request) -> Response:
    """What it adds up to under a scenario, with conditions set as the address says."""
    visit = Visit(request)
    outlook = visit.outlook
    scenario, settled = visit.asked("scenario"), settled_of(visit)

    def make() -> Markup:
        view = force_view(outlook, scenario, settled)
        return fragment("force_told.html.j2", view=view, outlook=outlook, visit=visit, prefix=PREFIX, settled=settled)

    key = ("force", scenario, tuple(sorted(settled.items())), tuple(visit.asked(x) for x in KEPT))
    return page(visit, "force.html.j2", told=kept(outlook, key, make), outlook=outlook)


def settled_of(visit: Visit) -> dict[str, float]:
    """The conditions that the address sets.

    Raises:
        InputError: one is set to something that there is not.
    """
    found: dict[str, float] = {}
    for name, value in visit.request.query_params.multi_items():
        if not name.startswith(PREFIX) or not value:
            continue
        if value not in SWITCHES:
            raise InputError(f"{value[:40]!r} sets no condition", value=value, hint="open, met or not_met")
        settled = SWITCHES[value]
        if settled is not None:
            found[name.removeprefix(PREFIX)] = settled
    if len(found) > MOST_SET:
        raise InputError("too many conditions are set", value=len(found), hint=f"set up to {MOST_SET}")
    return found
