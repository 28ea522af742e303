"""What the description at ``/api/openapi.json`` tells of the answers: schemas made of the tables, and examples.

In: the tables of `onrecord.briefing.formats`. Out: responses as OpenAPI has them. An example is made by the functions
that make the answers, of a report of our own.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from onrecord.briefing.formats.columns import TABLES, ListOf, Struct, Type
from onrecord.model import (
    ChainLink,
    Condition,
    Conflict,
    DateRange,
    Fact,
    Grade,
    HistoryEntry,
    Position,
    Reason,
    Report,
    Source,
    Span,
    Standing,
    StandingCondition,
    Statement,
    digest,
)
from onrecord.model import records as made
from onrecord.web.api.answers import MEDIA

Schema = dict[str, Any]

_TEXT = (
    "Norland is ready to send 300 soldiers if its parliament agrees, its foreign minister said on Monday. "
    "Its army had 12,000 soldiers in 2025."
)
_DAY = date(2026, 3, 2)


def schema_of(kind: Type, *, nullable: bool = True) -> Schema:
    """The JSON Schema of a column.

    Example:
        >>> schema_of("day")
        {'type': ['string', 'null'], 'format': 'date'}
    """
    if isinstance(kind, Struct):
        told: Schema = {
            "type": ["object", "null"] if nullable and kind.empty else "object",
            "properties": {name: schema_of(one) for name, one in kind.fields.items()},
            "required": list(kind.fields),
            "additionalProperties": False,
        }
        return told
    if isinstance(kind, ListOf):
        return {"type": "array", "items": schema_of(kind.of, nullable=False)}
    name = {"text": "string", "day": "string", "whole": "integer", "number": "number", "truth": "boolean"}[kind]
    told = {"type": [name, "null"] if nullable else name}
    return {**told, "format": "date"} if kind == "day" else told


def record_schema(kind: str) -> Schema:
    """The schema of one record."""
    return schema_of(TABLES[kind], nullable=False)


def page_schema(kind: str) -> Schema:
    """The schema of a page."""
    return {
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": record_schema(kind)},
            "next": {"type": ["string", "null"], "description": "The cursor of the next page; null on the last one."},
            "total": {"type": "integer", "description": "How many there are in all."},
            "as_of": {"type": "string", "format": "date", "description": "The day that it is told for."},
        },
        "required": ["items", "next", "total", "as_of"],
        "additionalProperties": False,
    }


PROBLEM: Schema = {
    "type": "object",
    "properties": {
        "code": {"type": "string", "description": "Stable; docs/errors.md lists every code."},
        "message": {"type": "string", "description": "What is wrong, and with which thing."},
        "hint": {"type": "string", "description": "The next step; may be empty."},
    },
    "required": ["code", "message", "hint"],
    "additionalProperties": False,
}


def _problem(what: str, code: str, message: str, hint: str) -> Schema:
    example = {"code": code, "message": message, "hint": hint}
    return {"description": what, "content": {MEDIA["json"]: {"schema": PROBLEM, "example": example}}}


PROBLEMS: dict[int | str, Schema] = {
    304: {"description": "Nothing has changed since the answer with this tag."},
    401: _problem("Somebody has to sign in first.", "sign-in-refused", "sign in first", ""),
    404: _problem("There is no such thing.", "unknown-name", "there is no report 'x'", "/api/reports lists them"),
    422: _problem("A parameter that cannot be.", "input-error", "limit: not above 10000", "see the hints"),
    503: _problem("Another process holds the ledger.", "ledger-locked", "another process holds the ledger", "wait"),
}


def page_responses(kind: str) -> dict[int | str, Schema]:
    """What a route of pages can answer."""
    example = examples()[kind]
    lines: Schema = {"schema": {"type": "string"}}
    content = {
        MEDIA["json"]: {
            "schema": page_schema(kind),
            "example": {"items": [example], "next": None, "total": 1, "as_of": _DAY.isoformat()},
        },
        MEDIA["jsonl"]: lines,
        MEDIA["csv"]: lines,
        MEDIA["parquet"]: {"schema": {"type": "string", "format": "binary"}},
    }
    headers = {
        name: {"description": what, "schema": {"type": "string"}}
        for name, what in (
            ("ETag", "Changes when the answer can have changed."),
            ("Link", "The next page, where there is one."),
            ("X-Total-Count", "How many there are in all."),
            ("X-As-Of", "The day that it is told for."),
        )
    }
    return {**PROBLEMS, 200: {"description": "A page.", "content": content, "headers": headers}}


def record_responses(kind: str) -> dict[int | str, Schema]:
    """What a route of one record can answer."""
    told = {"schema": record_schema(kind), "example": examples()[kind]}
    return {**PROBLEMS, 200: {"description": "The record.", "content": {MEDIA["json"]: told}}}


def _span(words: str) -> Span:
    start = _TEXT.index(words)
    return Span(start, start + len(words), words)


@cache
def examples() -> dict[str, made.Record]:
    """A record of each kind."""
    chain = (ChainLink("foreign minister", "office", "NOR"), ChainLink("The Courier", "outlet"))
    on = DateRange.on(_DAY)
    report = Report("r1", _TEXT, digest(_TEXT), "The Courier", "https://news.example/r1", "Norland offers", on)
    evidence = _span(_TEXT.partition(". ")[0] + ".")
    statement = Statement(
        "r1.s0",
        "r1",
        Source(_span("its foreign minister"), "office", "NOR", "foreign minister"),
        _span("said"),
        (_span("Norland is ready to send 300 soldiers if its parliament agrees"),),
        chain,
        "indirect",
        on,
        0.97,
    )
    position = Position(
        "r1.p0",
        "r1",
        "NOR",
        "NOR",
        "contribute_troops",
        "offered",
        evidence,
        cue=_span("ready to send"),
        matter="isf_gaza",
        conditions=(Condition("approval", _span("if its parliament agrees")),),
        chain=chain,
        self_declared=True,
        said_on=on,
        confidence=0.9,
        statement="r1.s0",
        extractor="by hand 1",
    )
    standing = Standing(
        *position.undertaking,
        _DAY,
        "offered",
        "for",
        0.85,
        "settled",
        conditions=(StandingCondition("approval", "if its parliament agrees", ("r1.p0",)),),
        since=on,
        last=on,
        independent_sources=1,
        grade=Grade("B", 2),
        likelihood="very likely",
        supporting=("r1.p0",),
        history=(HistoryEntry(on, "offered", ("r1.p0",)),),
        reasons=(Reason("r1.p0", 1.0, "own word", "it says so itself"),),
    )
    conflict = Conflict("c1", "reversal", ("r1.p0",), ("r1",), "Norland offered, and refused later.", "NOR", "NOR")
    fact = Fact(
        "r1.f0", "r1", "count", _span("soldiers in"), _span("Its army had 12,000 soldiers in 2025."),
        low=12000.0, high=12000.0, unit="soldiers", figure=_span("12,000"), entity="NOR", subject=_span("Its army"),
    )  # fmt: skip
    return {
        "reports": made.report_record(report),
        "statements": made.statement_record(statement),
        "positions": made.position_record(position),
        "standings": made.standing_record(standing),
        "conflicts": made.conflict_record(conflict),
        "facts": made.fact_record(fact),
        "conditions": {
            "id": "isf_gaza.approval",
            "kind": "approval",
            "matter": "isf_gaza",
            "label": "Consent of parliament",
            "status": "unknown",
            "since": None,
            "named_by": ["NOR"],
            "standings": [standing.id],
            "positions": ["r1.p0"],
            "why": "Nobody tells of it.",
        },
    }
