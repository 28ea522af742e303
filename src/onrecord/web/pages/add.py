"""Adding reports: by drop, paste, folder or address; and how far a run has come."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from onrecord.desk.intake import MOST_BYTES, MOST_FILES, Handed, addresses_in, intake_of, titles
from onrecord.errors import InputError, ReportTooLarge, UnknownName
from onrecord.web.rendering import page
from onrecord.web.visit import Visit

NAV = ("Add", "/add")
FOR = "reviewer"
"""Who finds it in the navigation."""
router = APIRouter(include_in_schema=False)


@router.get("/add")
def add(request: Request) -> Response:
    """The forms, and the runs of before."""
    visit = Visit(request)
    visit.signed.must("reviewer")
    return page(visit, "add.html.j2", runs=intake_of(visit.desk).runs(), most=MOST_FILES)


@router.get("/add/run")
def run(request: Request) -> Response:
    """One run: what is done, report by report. It looks again by itself while it goes on."""
    visit = Visit(request)
    visit.signed.must("reviewer")
    name = visit.needed("id")
    found = intake_of(visit.desk).run(name)
    if found is None:
        raise UnknownName(f"there is no run {name[:60]!r}", value=name, hint="the server remembers the last ones alone")
    return page(visit, "adding.html.j2", run=found, reports=titles(visit.desk, list(found.reports)))


@router.post("/add")
async def take(request: Request) -> Response:
    """Hand reports in."""
    visit = Visit(request)
    visit.signed.must("reviewer")
    form = await request.form()
    files: list[tuple[str, bytes]] = []
    size = 0
    for given in form.getlist("files"):
        if isinstance(given, UploadFile) and given.filename:
            content = await given.read(MOST_BYTES - size + 1)
            size += len(content)
            if size > MOST_BYTES or len(files) >= MOST_FILES:
                raise ReportTooLarge(
                    f"more than {MOST_FILES} files or {MOST_BYTES:,} bytes at once",
                    hint="read a large folder with `onrecord read`",
                )
            files.append((given.filename, content))

    def words(name: str) -> str:
        value = form.get(name)
        return value.strip() if isinstance(value, str) else ""

    folder = words("folder")
    if folder:
        # A path of the server's own disk: whoever may name one reads there with the server's rights.
        visit.signed.must("owner")
        if not Path(folder).is_absolute():
            raise InputError(f"{folder[:200]!r} is no whole path", value=folder, hint="write it from the root on")
    handed = Handed(
        files=tuple(files),
        text=words("text"),
        title=words("title")[:500],
        outlet=words("outlet")[:200],
        url=words("url")[:2000],
        published=words("published")[:40],
        addresses=addresses_in(words("addresses")[:40_000]),
        folder=Path(folder) if folder else None,
    )
    intake = intake_of(visit.desk)
    begun = await run_in_threadpool(
        lambda: intake.hand_in(handed, visit.signed.name, story=words("story") or None)
    )
    return RedirectResponse(f"/add/run?id={begun.id}", status_code=303)
