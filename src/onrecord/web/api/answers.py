"""Answers for programs: JSON, JSON Lines, CSV or Parquet, with a tag that changes when the answer can have changed.

In: a request, a page of records. Out: a response.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from fastapi import Request
from fastapi.responses import Response

from onrecord.briefing.formats import TABLES, cells, frames, json_lines
from onrecord.desk.querying import Page

Form = Literal["json", "jsonl", "csv", "parquet"]

MEDIA: dict[Form, str] = {
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
}
"""The type of each form, by which it can be asked for in ``Accept`` too."""


def form_of(request: Request, asked: Form | None) -> Form:
    """The form that is asked for: by the address, else by ``Accept``; JSON where that names none of them."""
    if asked is not None:
        return asked
    best: tuple[float, Form] = (0.0, "json")
    for part in request.headers.get("accept", "").split(","):
        name, *parameters = (x.strip().lower() for x in part.split(";"))
        weight = next((_number(p[2:]) for p in parameters if p.startswith("q=")), 1.0)
        for form, media in MEDIA.items():
            if name == media and weight > best[0]:
                best = (weight, form)
    return best[1]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def unchanged(request: Request, tag: str) -> Response | None:
    """The answer to a program that has this answer already, or None."""
    held = [x.strip().removeprefix("W/") for x in request.headers.get("if-none-match", "").split(",")]
    if f'"{tag}"' in held or "*" in held:
        return Response(status_code=304, headers=_headers(tag))
    return None


def whole(value: Any, tag: str) -> Response:
    """One JSON document."""
    return Response(_json(value), media_type=MEDIA["json"], headers=_headers(tag))


def paged(page: Page, kind: str, form: Form, tag: str, following: str | None) -> Response:
    """A page of records.

    Args:
        page: the page.
        kind: what the records are.
        form: how they are told.
        tag: of the answer.
        following: address of the next page, or None.
    """
    headers = {
        **_headers(tag),
        "x-total-count": str(page.total),
        "x-as-of": page.as_of.isoformat(),
    }
    if following:
        headers["link"] = f'<{following}>; rel="next"'
    return Response(_body(page, kind, form), media_type=MEDIA[form], headers=headers)


def _body(page: Page, kind: str, form: Form) -> bytes:
    if form == "jsonl":
        return b"".join(json_lines(page.items))
    if form == "csv":
        return "".join(cells.csv_lines(TABLES[kind], page.items)).encode()
    if form == "parquet":
        return frames.parquet(TABLES[kind], page.items)
    told = {"items": page.items, "next": page.next, "total": page.total, "as_of": page.as_of.isoformat()}
    return _json(told)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def _headers(tag: str) -> dict[str, str]:
    return {"etag": f'"{tag}"', "vary": "accept, cookie"}
