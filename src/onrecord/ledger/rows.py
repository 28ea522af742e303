"""Nouns to rows and back.

Comes in: nouns, or rows as the tables hold them. Goes out: the other. It must not know any connection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from onrecord.ledger.texts import identity, outlet_key
from onrecord.model import (
    ChainLink,
    Condition,
    DateRange,
    Fact,
    Issue,
    Judgement,
    Position,
    Quantity,
    Report,
    Source,
    SourceKind,
    Span,
    Statement,
)
from onrecord.model.records import fact_record, position_record, statement_record

Row = dict[str, Any]


def _range_columns(prefix: str, value: DateRange | None) -> Row:
    return {
        f"{prefix}_earliest": value and value.earliest.isoformat(),
        f"{prefix}_latest": value and value.latest.isoformat(),
        f"{prefix}_inferred": value and value.inferred,
    }


# A ledger has few days and few speakers: made once, they are shared by all the rows that name them.
@lru_cache(maxsize=4096)
def _range(earliest: str | None, latest: str | None, inferred: bool | None) -> DateRange | None:
    if earliest is None or latest is None:
        return None
    return DateRange(date.fromisoformat(earliest), date.fromisoformat(latest), bool(inferred))


def _span_columns(prefix: str, value: Span | None) -> Row:
    return {
        f"{prefix}_text": value and value.text,
        f"{prefix}_start": None if value is None else value.start,
        f"{prefix}_end": None if value is None else value.end,
    }


def _span(start: int | None, end: int | None, text: str | None) -> Span | None:
    return None if start is None or end is None or text is None else Span(start, end, text)


def _chain(links: Sequence[Mapping[str, Any]]) -> tuple[ChainLink, ...]:
    return tuple([_link(x["name"], x["kind"], x["entity"]) for x in links])


@lru_cache(maxsize=4096)
def _link(name: str, kind: SourceKind, entity: str | None) -> ChainLink:
    return ChainLink(name, kind, entity)


def extraction_name(report: Report, extractor: str) -> str:
    """The name of one run of one extractor over one text of one outlet."""
    return identity(report.sha256, outlet_key(report.outlet), extractor)


def report_row(report: Report) -> Row:
    """What a report is by itself: the same whoever reads it."""
    return {
        "id": report.id,
        "sha256": report.sha256,
        "outlet": report.outlet,
        "outlet_key": outlet_key(report.outlet),
        "text": report.text,
    }


def extraction_row(report: Report, extractor: str) -> Row:
    """What one run of one extractor says of a report as a whole, its head as read in that run."""
    return {
        "id": extraction_name(report, extractor),
        "report": report.id,
        "extractor": extractor,
        "url": report.url,
        "title": report.title,
        **_range_columns("published", report.published),
        "same_text_as": report.same_text_as,
        "upstream": list(report.upstream),
    }


def report_of(row: Any, same_text_as: str | None) -> Report:
    """The report that a row of ``reports`` joined with its extraction holds."""
    return Report(
        id=row.id,
        text=row.text,
        sha256=row.sha256,
        outlet=row.outlet,
        url=row.url,
        title=row.title,
        published=_range(row.published_earliest, row.published_latest, row.published_inferred),
        same_text_as=same_text_as,
        upstream=tuple(row.upstream),
    )


def statement_row(statement: Statement, ordinal: int) -> Row:
    """A statement as a row, less its extraction."""
    record = statement_record(statement)
    return {
        "ordinal": ordinal,
        "id": statement.id,
        **_span_columns("source", statement.source.span),
        "source_kind": statement.source.kind,
        "source_entity": statement.source.entity,
        "source_name": statement.source.name,
        **_span_columns("cue", statement.cue),
        "content": record["content"],
        "chain": record["chain"],
        "form": statement.form,
        **_range_columns("said", statement.said_on),
        "confidence": statement.confidence,
    }


def statement_of(row: Any, report: str) -> Statement:
    """The statement that a row holds."""
    return Statement(
        id=row.id,
        report=report,
        source=Source(
            span=_span(row.source_start, row.source_end, row.source_text),
            kind=row.source_kind,
            entity=row.source_entity,
            name=row.source_name,
        ),
        cue=_span(row.cue_start, row.cue_end, row.cue_text),
        content=tuple(Span(x["start"], x["end"], x["text"]) for x in row.content),
        chain=_chain(row.chain),
        form=row.form,
        said_on=_range(row.said_earliest, row.said_latest, row.said_inferred),
        confidence=row.confidence,
    )


def position_row(position: Position, ordinal: int) -> Row:
    """A position as a row, less its extraction."""
    record = position_record(position)
    return {
        "ordinal": ordinal,
        "id": position.id,
        "holder": position.holder,
        "performer": position.performer,
        "task": position.task,
        "matter": position.matter,
        "stance": position.stance,
        **_span_columns("evidence", position.evidence),
        **_span_columns("cue", position.cue),
        **_span_columns("object", position.object),
        "conditions": record["conditions"],
        "quantity": record["quantity"],
        "chain": record["chain"],
        "self_declared": position.self_declared,
        **_range_columns("said", position.said_on),
        "confidence": position.confidence,
        "statement": position.statement,
    }


def position_of(row: Any, report: str, extractor: str) -> Position:
    """The position that a row holds."""
    figure = row.quantity
    return Position(
        id=row.id,
        report=report,
        holder=row.holder,
        performer=row.performer,
        task=row.task,
        stance=row.stance,
        evidence=Span(row.evidence_start, row.evidence_end, row.evidence_text),
        cue=_span(row.cue_start, row.cue_end, row.cue_text),
        object=_span(row.object_start, row.object_end, row.object_text),
        matter=row.matter,
        conditions=tuple(Condition(x["kind"], Span(x["start"], x["end"], x["text"])) for x in row.conditions),
        quantity=figure
        and Quantity(
            figure["low"],
            figure["high"],
            figure["unit"],
            Span(figure["start"], figure["end"], figure["text"]),
        ),
        chain=_chain(row.chain),
        self_declared=bool(row.self_declared),
        said_on=_range(row.said_earliest, row.said_latest, row.said_inferred),
        confidence=row.confidence,
        statement=row.statement,
        extractor=extractor,
    )


def fact_row(fact: Fact, ordinal: int) -> Row:
    """A fact as a row, less its extraction."""
    return {
        "ordinal": ordinal,
        "id": fact.id,
        "kind": fact.kind,
        **_span_columns("subject", fact.subject),
        "entity": fact.entity,
        **_span_columns("measure", fact.measure),
        "low": fact.low,
        "high": fact.high,
        "unit": fact.unit,
        **_span_columns("figure", fact.figure),
        **_range_columns("period", fact.period),
        **_span_columns("period", fact.period_words),
        "chain": fact_record(fact)["chain"],
        **_span_columns("evidence", fact.evidence),
    }


def fact_of(row: Any, report: str, extractor: str) -> Fact:
    """The fact that a row holds."""
    return Fact(
        id=row.id,
        report=report,
        kind=row.kind,
        measure=Span(row.measure_start, row.measure_end, row.measure_text),
        evidence=Span(row.evidence_start, row.evidence_end, row.evidence_text),
        subject=_span(row.subject_start, row.subject_end, row.subject_text),
        entity=row.entity,
        low=row.low,
        high=row.high,
        unit=row.unit,
        figure=_span(row.figure_start, row.figure_end, row.figure_text),
        period=_range(row.period_earliest, row.period_latest, row.period_inferred),
        period_words=_span(row.period_start, row.period_end, row.period_text),
        chain=_chain(row.chain),
        extractor=extractor,
    )


def issue_row(issue: Issue) -> Row:
    """An issue as a row; the same issue is the same row."""
    return {
        "id": identity(issue.code, issue.where, issue.message, issue.hint),
        "code": issue.code,
        "place": issue.where,
        "message": issue.message,
        "hint": issue.hint,
    }


def issue_of(row: Any) -> Issue:
    """The issue that a row holds."""
    return Issue(row.code, row.place, row.message, row.hint)


def judgement_row(judgement: Judgement, report: str | None, as_judged: Mapping[str, Any] | None) -> Row:
    """A judgement as a row, with the record of what it was made on."""
    return {
        "id": judgement.id,
        "target": judgement.target,
        "target_kind": judgement.target_kind,
        "decision": judgement.decision,
        "person": judgement.by,
        "decided_at": judgement.at,
        "changes": dict(judgement.changes),
        "note": judgement.note,
        "report": report,
        "as_judged": as_judged,
    }


def judgement_of(row: Any) -> Judgement:
    """The judgement that a row holds."""
    return Judgement(
        id=row.id,
        target=row.target,
        target_kind=row.target_kind,
        decision=row.decision,
        by=row.person,
        at=row.decided_at,
        changes=row.changes,
        note=row.note,
    )


def spans_of(noun: Statement | Position | Fact) -> list[Span]:
    """Every span that a statement, position or fact rests on.

    Example:
        >>> said = Statement("s", "r", Source(None, "outlet"), None, (Span(0, 2, "no"),), (), "direct")
        >>> len(spans_of(said))
        1
    """
    if isinstance(noun, Statement):
        found = [noun.source.span, noun.cue, *noun.content]
    elif isinstance(noun, Fact):
        found = [noun.evidence, noun.measure, noun.subject, noun.figure, noun.period_words]
    else:
        found = [noun.evidence, noun.cue, noun.object, *(x.span for x in noun.conditions)]
        found.append(noun.quantity.span if noun.quantity else None)
    return [x for x in found if x is not None]
