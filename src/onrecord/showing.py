"""One record for a person at a terminal: its lines with the passage in the text around it, or its fields.

Part of the services. In: a noun of the ledger. Out: lines or a record. Nothing here prints.
"""

from __future__ import annotations

from dataclasses import is_dataclass
from typing import Any

from onrecord.errors import UnknownName
from onrecord.ledger import Ledger
from onrecord.model import DateRange, Fact, Position, Report, Span, Statement
from onrecord.model.records import Record, fact_record, position_record, report_record, statement_record
from onrecord.vocabulary import Vocabulary, load

CONTEXT = 240
"""Code points shown on either side of a passage."""


def record_of(noun: object) -> Record:
    """Any noun of the ledger as a record."""
    if isinstance(noun, Position):
        return position_record(noun)
    if isinstance(noun, Statement):
        return statement_record(noun)
    if isinstance(noun, Fact):
        return fact_record(noun)
    if isinstance(noun, Report):
        return report_record(noun)
    if is_dataclass(noun):
        return {name: _plain(getattr(noun, name)) for name in noun.__dataclass_fields__}
    raise UnknownName(f"{type(noun).__name__} is no record", value=noun)


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value if isinstance(value, str | int | float | bool | dict) or value is None else str(value)


def shown(ledger: Ledger, noun: object) -> list[str]:
    """A record in lines, with its passage in the text around it."""
    vocabulary = load()
    if isinstance(noun, Position):
        said = _position_lines(noun, vocabulary)
        return said + _context(ledger, noun.report, noun.evidence)
    if isinstance(noun, Statement):
        said = _statement_lines(noun, vocabulary)
        return said + _context(ledger, noun.report, noun.content[0])
    if isinstance(noun, Fact):
        return _fact_lines(noun) + _context(ledger, noun.report, noun.evidence)
    if isinstance(noun, Report):
        when = noun.published
        day = "day unknown" if when is None else day_words(when) + (", inferred" if when.inferred else "")
        head = f"report {noun.id}: {noun.title or 'no title'} ({noun.outlet or 'outlet unknown'}, {day})"
        return [head, "", noun.text]
    return [f"{k}: {v}" for k, v in record_of(noun).items()]


def day_words(when: DateRange) -> str:
    """A day, or the days between which it lies."""
    return when.day.isoformat() if when.day else f"{when.earliest} to {when.latest}"


def _position_lines(noun: Position, vocabulary: Vocabulary) -> list[str]:
    by = "" if noun.performer == noun.holder else f" by {vocabulary.label(noun.performer)}"
    matter = f"  [{noun.matter}]" if noun.matter else ""
    said = [
        f"position {noun.id}  ({noun.extractor}, confidence {noun.confidence:.2f})",
        f"  {vocabulary.label(noun.holder)}: {noun.stance} — {noun.task}{by}{matter}",
    ]
    said += [f"  on condition ({c.kind}): {_flat(c.span.text)}" for c in noun.conditions]
    if noun.quantity:
        said.append(f"  figure: {_flat(noun.quantity.span.text)}")
    if noun.chain:
        said.append("  said by: " + " -> ".join(link.name for link in noun.chain))
    if noun.said_on:
        said.append(f"  said: {day_words(noun.said_on)}")
    return said


def _statement_lines(noun: Statement, vocabulary: Vocabulary) -> list[str]:
    source = noun.source
    entity = f", {vocabulary.label(source.entity)}" if source.entity else ""
    said = [
        f"statement {noun.id}  ({noun.form}, confidence {noun.confidence:.2f})",
        f"  source: {source.name or 'not named'} ({source.kind}){entity}",
    ]
    if noun.cue:
        said.append(f"  cue: {_flat(noun.cue.text)}")
    return [*said, "  chain: " + " -> ".join(link.name for link in noun.chain)]


def _fact_lines(noun: Fact) -> list[str]:
    whose = f"{_flat(noun.subject.text)}: " if noun.subject else ""
    figure = f", {_flat(noun.figure.text)}" if noun.figure else ""
    said = [f"fact {noun.id}  ({noun.kind}, {noun.extractor})", f"  {whose}{_flat(noun.measure.text)}{figure}"]
    if noun.period_words:
        days = f" ({day_words(noun.period)})" if noun.period else ""
        said.append(f"  when: {_flat(noun.period_words.text)}{days}")
    if noun.chain:
        said.append("  said by: " + " -> ".join(link.name for link in noun.chain))
    return said


def _context(ledger: Ledger, name: str, span: Span) -> list[str]:
    report = next((r for r in ledger.reports() if r.id == name), None)
    if report is None:
        return []
    before = report.text[max(0, span.start - CONTEXT) : span.start]
    after = report.text[span.end : span.end + CONTEXT]
    head = f"  in {report.id} ({report.outlet or 'outlet unknown'}), code points {span.start} to {span.end}:"
    return ["", head, "", f"  …{_flat(before)} »{_flat(span.text)}« {_flat(after)}…"]


def _flat(text: str) -> str:
    return " ".join(text.split())
