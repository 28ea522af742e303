"""Nouns to plain records and back: the export contract's JSON forms, as dictionaries.

What goes out is in the form of the contract, with a few fields added; ``*_from_record`` takes it back without loss.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from onrecord.model.dates import DateRange
from onrecord.model.fact import Fact
from onrecord.model.position import Condition, Position, Quantity
from onrecord.model.report import Issue, Report
from onrecord.model.spans import Span
from onrecord.model.standing import Conflict, Standing
from onrecord.model.statement import ChainLink, Source, Statement

Record = dict[str, Any]


def range_record(value: DateRange | None) -> Record | None:
    """``{date, earliest, latest, inferred}``; ``date`` is null where it is more than one day."""
    if value is None:
        return None
    return {
        "date": value.day.isoformat() if value.day else None,
        "earliest": value.earliest.isoformat(),
        "latest": value.latest.isoformat(),
        "inferred": value.inferred,
    }


def range_from_record(record: Mapping[str, Any] | None) -> DateRange | None:
    """The inverse of :func:`range_record`."""
    if record is None:
        return None
    return DateRange(
        date.fromisoformat(record["earliest"]), date.fromisoformat(record["latest"]), bool(record["inferred"])
    )


def span_record(span: Span | None) -> Record | None:
    """``{text, start, end}``."""
    return None if span is None else {"text": span.text, "start": span.start, "end": span.end}


def span_from_record(record: Mapping[str, Any] | None) -> Span | None:
    """The inverse of :func:`span_record`."""
    return None if record is None else Span(record["start"], record["end"], record["text"])


def _span(record: Mapping[str, Any]) -> Span:
    return Span(record["start"], record["end"], record["text"])


def report_record(report: Report) -> Record:
    """A report in the form of the contract's ``reports.jsonl``."""
    return {
        "id": report.id,
        "sha256": report.sha256,
        "outlet": report.outlet,
        "url": report.url,
        "title": report.title,
        "published": range_record(report.published),
        "text": report.text,
        "same_text_as": report.same_text_as,
        "upstream": list(report.upstream),
    }


def report_from_record(record: Mapping[str, Any]) -> Report:
    """The inverse of :func:`report_record`."""
    return Report(
        id=record["id"],
        text=record["text"],
        sha256=record["sha256"],
        outlet=record.get("outlet"),
        url=record.get("url"),
        title=record.get("title"),
        published=range_from_record(record.get("published")),
        same_text_as=record.get("same_text_as"),
        upstream=tuple(record.get("upstream") or ()),
    )


def _chain(links: tuple[ChainLink, ...]) -> list[Record]:
    return [{"name": x.name, "kind": x.kind, "entity": x.entity} for x in links]


def _chain_from(records: list[Mapping[str, Any]]) -> tuple[ChainLink, ...]:
    return tuple(ChainLink(x["name"], x["kind"], x.get("entity")) for x in records)


def statement_record(statement: Statement) -> Record:
    """A statement in the form of the contract's ``statements.jsonl``."""
    source = statement.source
    place = span_record(source.span) or {"text": None, "start": None, "end": None}
    return {
        "id": statement.id,
        "report": statement.report,
        "source": {**place, "entity": source.entity, "kind": source.kind, "name": source.name},
        "cue": span_record(statement.cue),
        "content": [span_record(x) for x in statement.content],
        "chain": _chain(statement.chain),
        "form": statement.form,
        "said_on": range_record(statement.said_on),
        "confidence": statement.confidence,
    }


def statement_from_record(record: Mapping[str, Any]) -> Statement:
    """The inverse of :func:`statement_record`."""
    source = record["source"]
    return Statement(
        id=record["id"],
        report=record["report"],
        source=Source(
            span=None if source.get("start") is None else _span(source),
            kind=source["kind"],
            entity=source.get("entity"),
            name=source.get("name") or "",
        ),
        cue=span_from_record(record.get("cue")),
        content=tuple(_span(x) for x in record["content"]),
        chain=_chain_from(record["chain"]),
        form=record["form"],
        said_on=range_from_record(record.get("said_on")),
        confidence=record.get("confidence", 1.0),
    )


def position_record(position: Position) -> Record:
    """A position in the form of the contract's ``positions.jsonl``.

    ``said_on`` is the day, or null where it is not known to the day; ``said_between`` holds the whole range.
    """
    quantity = position.quantity
    said = position.said_on
    return {
        "id": position.id,
        "report": position.report,
        "holder": position.holder,
        "performer": position.performer,
        "task": position.task,
        "object": position.object.text if position.object else None,
        "object_span": span_record(position.object),
        "matter": position.matter,
        "stance": position.stance,
        "cue": span_record(position.cue),
        "conditions": [{"kind": c.kind, **(span_record(c.span) or {})} for c in position.conditions],
        "quantity": None
        if quantity is None
        else {
            "low": quantity.low,
            "high": quantity.high,
            "unit": quantity.unit,
            "text": quantity.span.text,
            "start": quantity.span.start,
            "end": quantity.span.end,
        },
        "chain": _chain(position.chain),
        "self_declared": position.self_declared,
        "said_on": said.day.isoformat() if said and said.day else None,
        "said_between": range_record(said),
        "evidence": span_record(position.evidence),
        "confidence": position.confidence,
        "statement": position.statement,
        "extractor": position.extractor,
    }


def position_from_record(record: Mapping[str, Any]) -> Position:
    """The inverse of :func:`position_record`."""
    quantity = record.get("quantity")
    return Position(
        id=record["id"],
        report=record["report"],
        holder=record["holder"],
        performer=record["performer"],
        task=record["task"],
        stance=record["stance"],
        evidence=_span(record["evidence"]),
        cue=span_from_record(record.get("cue")),
        object=span_from_record(record.get("object_span")),
        matter=record.get("matter"),
        conditions=tuple(Condition(c["kind"], _span(c)) for c in record.get("conditions") or ()),
        quantity=None
        if quantity is None
        else Quantity(quantity["low"], quantity["high"], quantity.get("unit"), _span(quantity)),
        chain=_chain_from(record.get("chain") or []),
        self_declared=bool(record.get("self_declared")),
        said_on=range_from_record(record.get("said_between")),
        confidence=record.get("confidence", 1.0),
        statement=record.get("statement"),
        extractor=record.get("extractor") or "",
    )


def standing_record(standing: Standing) -> Record:
    """A standing in the form of the contract's ``standings.jsonl``."""
    figure = standing.low is not None or standing.high is not None
    return {
        "id": standing.id,
        "holder": standing.holder,
        "performer": standing.performer,
        "task": standing.task,
        "matter": standing.matter,
        "as_of": standing.as_of.isoformat(),
        "stance": standing.stance,
        "polarity": standing.polarity,
        "probability": standing.probability,
        "state": standing.state,
        "conditions": [
            {"kind": c.kind, "text": c.text, "positions": list(c.positions)}
            | {"followed": c.followed or None, "state": c.state}
            for c in standing.conditions
        ],
        "quantity": {"low": standing.low, "high": standing.high, "unit": standing.unit} if figure else None,
        "since": range_record(standing.since),
        "last": range_record(standing.last),
        "independent_sources": standing.independent_sources,
        "grade": str(standing.grade) if standing.grade else None,
        "likelihood": standing.likelihood,
        "supporting": list(standing.supporting),
        "opposing": list(standing.opposing),
        "history": [
            {"date": range_record(h.date), "stance": h.stance, "positions": list(h.positions)}
            for h in standing.history
        ],
        "reasons": [
            {"position": r.position, "weight": r.weight, "rule": r.rule, "why": r.why} for r in standing.reasons
        ],
    }


def conflict_record(conflict: Conflict) -> Record:
    """A conflict in the form of the contract's ``conflicts.jsonl``."""
    return {
        "id": conflict.id,
        "kind": conflict.kind,
        "positions": list(conflict.positions),
        "reports": list(conflict.reports),
        "why": conflict.why,
        "holder": conflict.holder,
        "performer": conflict.performer,
        "task": conflict.task,
        "matter": conflict.matter,
    }


def issue_record(issue: Issue) -> Record:
    """An issue as a record."""
    return {"code": issue.code, "where": issue.where, "message": issue.message, "hint": issue.hint}


def fact_record(fact: Fact) -> Record:
    """A fact as a record; ``value`` is the figure where it is one number."""
    return {
        "id": fact.id,
        "report": fact.report,
        "kind": fact.kind,
        "subject": None if fact.subject is None else {**_placed(fact.subject), "entity": fact.entity},
        "measure": span_record(fact.measure),
        "value": fact.value,
        "low": fact.low,
        "high": fact.high,
        "unit": fact.unit,
        "figure": span_record(fact.figure),
        "period": range_record(fact.period),
        "period_words": span_record(fact.period_words),
        "chain": _chain(fact.chain),
        "evidence": span_record(fact.evidence),
        "extractor": fact.extractor,
    }


def _placed(span: Span) -> Record:
    return {"text": span.text, "start": span.start, "end": span.end}


def fact_from_record(record: Mapping[str, Any]) -> Fact:
    """The inverse of :func:`fact_record`."""
    subject = record.get("subject")
    return Fact(
        id=record["id"],
        report=record["report"],
        kind=record["kind"],
        measure=_span(record["measure"]),
        evidence=_span(record["evidence"]),
        subject=span_from_record(subject),
        entity=subject.get("entity") if subject else None,
        low=record.get("low"),
        high=record.get("high"),
        unit=record.get("unit"),
        figure=span_from_record(record.get("figure")),
        period=range_from_record(record.get("period")),
        period_words=span_from_record(record.get("period_words")),
        chain=_chain_from(record.get("chain") or []),
        extractor=record.get("extractor") or "",
    )
