"""Search: reports and records by their words, records by what they are."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread
from urllib.parse import urlencode

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import Response

from onrecord.briefing.words import POLARITIES
from onrecord.desk.indexing import LONGEST, Narrowed
from onrecord.desk.searching import A_PAGE, Results, index_of, search
from onrecord.errors import InputError, OnrecordError
from onrecord.web.pages.disputes import place
from onrecord.web.rendering import options, page, tasks_of
from onrecord.web.visit import Visit

NAV = ("Search", "/search")


@asynccontextmanager
async def _begun(app: FastAPI) -> AsyncIterator[None]:
    """Make the index while the desk opens, so that the first who searches does not wait for it."""

    def make() -> None:
        try:
            index_of(app.state.desk)
        except OnrecordError as error:
            logging.getLogger("onrecord.web").warning("the index is made at the first search: %s", error)

    Thread(target=make, name="index", daemon=True).start()
    yield


router = APIRouter(include_in_schema=False, lifespan=_begun)
FIELDS = ("party", "task", "polarity", "kind", "about")
KINDS = {"": "records and reports", "records": "records", "reports": "reports"}


@router.get("/search")
def search_page(request: Request) -> Response:
    """What fits the words and the fields asked for."""
    visit = Visit(request)
    text, start, outlook = (visit.asked("q") or "")[:LONGEST], place(visit), visit.outlook
    kind, order = visit.asked("in") or "", visit.asked("order") or ""
    if kind not in KINDS:
        raise InputError(f"there is no kind of result {kind[:40]!r}", value=kind, hint="records or reports")
    narrowed = narrowed_of(visit)
    asked = bool(text.strip() or narrowed.of_records)
    found = Results((), (), 0, 0, ())
    if asked:
        found = search(visit.desk, outlook, text, narrowed, kind=kind, start=start, newest=order == "newest")
    query = {"q": text, "in": kind, "order": order, **{k: visit.asked(k) for k in (*FIELDS, "first", "last")}}
    kinds = outlook.words.labels.condition_kinds
    return page(
        visit,
        "search.html.j2",
        outlook=outlook,
        found=found,
        text=text,
        narrowed=narrowed,
        asked=asked,
        kind=kind,
        kinds=KINDS,
        order=order,
        start=start,
        a_page=A_PAGE,
        query=query,
        more=lambda **other: f"/search?{urlencode({k: v for k, v in {**query, **other}.items() if v})}",
        parties=options(outlook, "party", lambda: _parties(visit)),
        tasks=tasks_of(outlook),
        conditions=options(outlook, "condition", lambda: ((x, k.label) for x, k in kinds.items())),
        matters=[m for m in outlook.matters if m],
    )


def _parties(visit: Visit) -> list[tuple[str, str]]:
    """Id and name of the parties that records are of."""
    words = visit.outlook.words
    return sorted(((x, words.actor(x)) for x in visit.desk.rows().parties), key=lambda x: x[1].casefold())


def narrowed_of(visit: Visit) -> Narrowed:
    """The fields asked for.

    Raises:
        InputError: a polarity or a day that there is not.
    """
    polarity = visit.asked("polarity") or ""
    if polarity and polarity not in POLARITIES:
        raise InputError(
            f"there is no polarity {polarity[:40]!r}", value=polarity, hint=f"choose from: {', '.join(POLARITIES)}"
        )
    first, last = visit.day("first"), visit.day("last")
    return Narrowed(
        party=visit.asked("party") or "",
        task=visit.asked("task") or "",
        polarity=polarity,
        kind=visit.asked("kind") or "",
        matter=visit.asked("about") or "",
        first=first.isoformat() if first else "",
        last=last.isoformat() if last else "",
    )
