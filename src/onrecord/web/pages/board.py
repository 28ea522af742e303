"""The board: parties by tasks, as of any day."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup

from onrecord.briefing.view_answer import Cell
from onrecord.briefing.words import POLARITIES
from onrecord.desk import Outlook
from onrecord.desk.board import MOST_IN_A_ROW, BoardFilter, narrowed
from onrecord.errors import InputError
from onrecord.web.rendering import fragment, kept, page, part, tasks_of
from onrecord.web.visit import KEPT, Visit

NAV = ("Board", "/")
router = APIRouter(include_in_schema=False)


@router.get("/")
def board(request: Request) -> Response:
    """The board of one matter."""
    visit = Visit(request)
    outlook, matter, asked = visit.outlook, visit.matter(), filter_of(visit)
    if outlook.matters and matter not in outlook.matters:
        raise InputError(
            f"nothing is on record of {matter!r} as of {outlook.as_of}",
            value=matter,
            hint="choose another matter or day",
        )
    days = visit.desk.rows().days
    key = ("board", tuple(visit.asked(x) for x in KEPT), asked)

    def make() -> Markup:
        shown = narrowed(outlook.board(matter, visit.since), asked)
        return fragment(
            "board_table.html.j2",
            outlook=outlook,
            shown=shown,
            asked=asked,
            visit=visit,
            drawn=lambda cell: drawn(outlook, visit.since, cell),
            in_a_row=MOST_IN_A_ROW,
        )

    return page(
        visit,
        "board.html.j2",
        outlook=outlook,
        matter=matter,
        asked=asked,
        days=days,
        tasks=tasks_of(outlook),
        table=kept(outlook, key, make),
        since=outlook.since(visit.since).since,
    )


def drawn(outlook: Outlook, since: date | None, cell: Cell) -> Markup:
    """A cell as it stands on the page: the same for every filter and every reader, so that it is laid out once."""
    return kept(outlook, ("cell", since, cell.anchor), lambda: part("stand", cell)).text


def filter_of(visit: Visit) -> BoardFilter:
    """What the address asks for.

    Raises:
        InputError: a polarity or day that there is not.
    """
    polarity = visit.asked("polarity") or ""
    if polarity and polarity not in POLARITIES:
        raise InputError(
            f"there is no polarity {polarity!r}", value=polarity, hint=f"choose from: {', '.join(POLARITIES)}"
        )
    return BoardFilter(
        party=(visit.asked("party") or "")[:80],
        task=visit.asked("task") or "",
        polarity=polarity,
        contested=visit.asked("contested") is not None,
        changed=visit.asked("changed") is not None,
        heard=visit.day("heard"),
        everything=visit.asked("everything") is not None,
    )
