"""Review: the queue, decisions, undo, merges; and what was decided, to be taken along."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from onrecord.desk import exporting
from onrecord.desk.correcting import Entered
from onrecord.desk.forms import choices
from onrecord.desk.passages import noted
from onrecord.desk.queue import QueueFilter, queue
from onrecord.desk.reviewing import Outcome, Review
from onrecord.errors import InputError
from onrecord.web.pages.account import own_path
from onrecord.web.rendering import page
from onrecord.web.visit import Visit

NAV = ("Review", "/review")
router = APIRouter(include_in_schema=False)
A_PAGE = 12
"""Records of the queue on a page."""
A_LOG = 100
"""Decisions on a page."""


@router.get("/review")
def review(request: Request) -> Response:
    """What should be looked at first."""
    visit = Visit(request)
    outlook, rows, told = visit.outlook, visit.desk.rows(), visit.desk.decisions()
    whose = visit.asked("whose") or "nobody"
    if whose not in {"nobody", "me", "all"}:
        raise InputError(f"there is no queue {whose!r}", value=whose, hint="nobody, me or all")
    asked = QueueFilter(visit.asked("matter") or "", visit.asked("party") or "", whose)
    person = visit.signed.name
    found = outlook.queues.get((asked, person), lambda: queue(outlook, rows, told, asked, person))
    start = min(_whole(visit, "start"), max(len(found) - 1, 0))
    items = [(q, noted(visit.desk, outlook, q.position)) for q in found[start : start + A_PAGE]]
    return page(
        visit,
        "review.html.j2",
        outlook=outlook,
        items=items,
        asked=asked,
        count=len(found),
        start=start,
        a_page=A_PAGE,
        decided=sum(1 for d in told.all if d.by == person and d.holds),
        choices=choices(visit.desk),
    )


@router.get("/decisions")
def log(request: Request) -> Response:
    """Every decision, newest first."""
    visit = Visit(request)
    told = visit.desk.decisions()
    start = _whole(visit, "start")
    disputed = visit.asked("disputed") is not None
    shown = [d for d in told.all if not disputed or d.target in told.disputed]
    return page(
        visit,
        "decisions.html.j2",
        shown=shown[start : start + A_LOG],
        count=len(shown),
        start=start,
        a_page=A_LOG,
        disputed=disputed,
        contested=told.disputed,
    )


@router.post("/decide")
async def decide(request: Request) -> Response:
    """Decide on a position."""
    given = await _entered(request)
    visit = Visit(request)
    name, decision = given.one("id") or "", given.one("decision") or ""
    return await run_in_threadpool(
        lambda: _done(visit, given, _hand(visit, given).position(name, decision, given))
    )


@router.post("/undo")
async def undo(request: Request) -> Response:
    """Take back a decision."""
    given = await _entered(request)
    visit = Visit(request)
    named = given.one("judgement") or None
    return await run_in_threadpool(lambda: _done(visit, given, _hand(visit, given).undo(named)))


@router.post("/merge")
async def merge(request: Request) -> Response:
    """Find that two are one."""
    given = await _entered(request)
    visit = Visit(request)
    kind, target, into = (given.one(x) or "" for x in ("kind", "target", "into"))
    return await run_in_threadpool(
        lambda: _done(visit, given, _hand(visit, given).merge(kind, target, into, given.one("note") or ""))
    )


@router.get("/decisions/gold.jsonl")
def gold(request: Request) -> Response:
    """The decided positions as gold, in the form that `onrecord score` takes."""
    return _lines(request, "gold.jsonl", exporting.gold)


@router.get("/decisions/passages.jsonl")
def passages(request: Request) -> Response:
    """The decided passages, to train on."""
    return _lines(request, "passages.jsonl", exporting.passages)


def _lines(request: Request, name: str, made: Any) -> Response:
    visit = Visit(request)
    text = exporting.lines(made(visit.desk))
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(text.encode("utf-8", "replace"), media_type="application/jsonl; charset=utf-8", headers=headers)


async def _entered(request: Request) -> Entered:
    found: dict[str, list[str]] = {}
    for key, value in (await request.form()).multi_items():
        if isinstance(value, str):
            found.setdefault(key, []).append(value[:5000])
    return Entered(found)


def _hand(visit: Visit, given: Entered) -> Review:
    # What the person looks at decides which standings are told of: the page's own day and story.
    return Review(visit.desk, visit.signed, story=given.one("story") or None, as_of=_day(given.one("as_of") or ""))


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise InputError(f"{value[:40]!r} is no day", value=value, hint="write it as 2026-03-31") from error


def _done(visit: Visit, given: Entered, outcome: Outcome) -> Response:
    visit.request.state.session.said.extend(outcome.lines)
    return RedirectResponse(own_path(given.one("back")), status_code=303)


def _whole(visit: Visit, name: str) -> int:
    value = visit.asked(name) or "0"
    if not value.isdecimal() or len(value) > 9:
        raise InputError(f"{value!r} is no place in a list", value=value, hint="a number from 0 up")
    return int(value)
