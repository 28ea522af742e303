"""Answers for people at a terminal: names checked, timelines, records in context, explanations, differences.

Part of the services: joins ledger, reconciliation and vocabulary into plain lines and records. Nothing here prints.
"""

from __future__ import annotations

from dataclasses import is_dataclass
from datetime import date, timedelta
from typing import Any

from onrecord import services
from onrecord.errors import UnknownName
from onrecord.ledger import Ledger
from onrecord.model import Judgement, Position, Report, Span, Statement
from onrecord.model.records import Record, position_record, report_record, statement_record
from onrecord.reconciliation import diff, explain
from onrecord.services import Answer
from onrecord.settings import Settings
from onrecord.vocabulary import load

CONTEXT = 240
"""Code points shown on either side of a passage."""


def check_names(*, holder: str | None, task: str | None) -> None:
    """Refuse a task that does not exist, naming the nearest; a holder may be one that only the reports know.

    Raises:
        UnknownName: there is no such task.
    """
    vocabulary = load()
    if task and task not in vocabulary.tasks:
        near = list(vocabulary.suggest(task, among="tasks"))
        raise UnknownName(f"there is no task {task!r}", value=task, hint=f"did you mean {near[0]!r}?" if near else "")
    if holder and not actor_id(holder):
        near = list(vocabulary.suggest(holder, among="actors"))
        raise UnknownName(f"there is no actor {holder!r}", value=holder, hint=f"did you mean {near[0]!r}?" if near else "")


def actor_id(name: str) -> str | None:
    """The id of an actor by its id or name ("AZE", "aze", "Azerbaijan"); groups and unlisted lower-case ids pass."""
    vocabulary = load()
    if name in vocabulary.actors:
        return name
    if name.upper() in vocabulary.actors:
        return name.upper()
    for actor in vocabulary.actors.values():
        if any(name.lower() == form.lower() for form in (actor.label, *actor.names, *actor.abbreviations)):
            return actor.id
    return name if name.startswith("group:") or (name.islower() and "_" in name) else None


def same_actor(holder: str, asked: str) -> bool:
    """Whether a holder is the one asked for, by id or by name."""
    return holder == (actor_id(asked) or asked)


def timeline(answer: Answer, holder: str | None) -> list[Record]:
    """What was said when: by the day of the saying, else of publishing; undated ones last."""
    published = {r.id: r.published for r in answer.reports}
    rows = []
    for p in answer.positions:
        when = p.said_on or published.get(p.report)
        if holder and not same_actor(p.holder, holder):
            continue
        words = "" if when is None else when.day.isoformat() if when.day else f"{when.earliest} to {when.latest}"
        rows.append(
            (
                (when is None, when.earliest if when else date.max, when.latest if when else date.max, p.id),
                {
                    "when": words,
                    "inferred": bool(when and (when.inferred or p.said_on is None)),
                    "holder": p.holder,
                    "performer": p.performer,
                    "task": p.task,
                    "stance": p.stance,
                    "chain": [link.name for link in p.chain],
                    "report": p.report,
                    "position": p.id,
                },
            )
        )
    return [row for _, row in sorted(rows, key=lambda x: x[0])]


def explained(answer: Answer, holder: str, task: str, *, performer: str | None = None, matter: str | None = None) -> list[str]:
    """Why a standing is what it is, what would change it, what is missing; in lines.

    Raises:
        UnknownName: no such actor or task.
    """
    check_names(holder=holder, task=task)
    told = explain(answer.reconciliation, actor_id(holder) or holder, task, performer=actor_id(performer) if performer else None, matter=matter)
    lines = list(told.lines)
    if told.would_change:
        lines += ["", "What would change it:", *(f"  {x}" for x in told.would_change)]
    if told.missing:
        lines += ["", "What is missing:", *(f"  {x}" for x in told.missing)]
    return lines


def changed(ledger: Ledger, settings: Settings, earlier: date, later: date) -> list[Record]:
    """What changed between two days, a record for each change."""
    before = services.answer(ledger, settings, as_of=earlier)
    after = services.answer(ledger, settings, as_of=later)
    return [
        {
            "holder": c.holder,
            "performer": c.performer,
            "task": c.task,
            "matter": c.matter,
            "kind": c.kind,
            "from": c.before,
            "to": c.after,
            "why": c.why,
            "positions": list(c.positions),
        }
        for c in diff(before.reconciliation, after.reconciliation)
    ]


def record_of(noun: object) -> Record:
    """Any noun of the ledger as a record."""
    if isinstance(noun, Position):
        return position_record(noun)
    if isinstance(noun, Statement):
        return statement_record(noun)
    if isinstance(noun, Report):
        return report_record(noun)
    if isinstance(noun, Judgement) or is_dataclass(noun):
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
    texts = {r.id: r for r in ledger.reports()}
    if isinstance(noun, Position):
        lines = [
            f"position {noun.id}  ({noun.extractor}, confidence {noun.confidence:.2f})",
            f"  {vocabulary.label(noun.holder)}: {noun.stance} — {noun.task}"
            + ("" if noun.performer == noun.holder else f" by {vocabulary.label(noun.performer)}")
            + (f"  [{noun.matter}]" if noun.matter else ""),
        ]
        lines += [f"  on condition ({c.kind}): {c.span.text}" for c in noun.conditions]
        if noun.quantity:
            lines.append(f"  figure: {noun.quantity.span.text}")
        if noun.chain:
            lines.append("  said by: " + " -> ".join(link.name for link in noun.chain))
        if noun.said_on:
            day = noun.said_on
            lines.append(f"  said on: {day.day}" if day.day else f"  said between {day.earliest} and {day.latest}")
        return lines + _context(texts.get(noun.report), noun.evidence)
    if isinstance(noun, Statement):
        lines = [f"statement {noun.id}  ({noun.form}, confidence {noun.confidence:.2f})"]
        lines.append(f"  source: {noun.source.name or 'not named'} ({noun.source.kind})" + (f", {vocabulary.label(noun.source.entity)}" if noun.source.entity else ""))
        if noun.cue:
            lines.append(f"  cue: {noun.cue.text}")
        lines.append("  chain: " + " -> ".join(link.name for link in noun.chain))
        return lines + _context(texts.get(noun.report), noun.content[0])
    if isinstance(noun, Report):
        when = noun.published
        day = "day unknown" if when is None else str(when.day) if when.day else f"between {when.earliest} and {when.latest}"
        head = f"report {noun.id}: {noun.title or 'no title'} ({noun.outlet or 'outlet unknown'}, {day}{', inferred' if when and when.inferred else ''})"
        return [head, "", noun.text]
    return [f"{k}: {v}" for k, v in record_of(noun).items()]


def _context(report: Report | None, span: Span) -> list[str]:
    if report is None:
        return []
    before = report.text[max(0, span.start - CONTEXT) : span.start]
    after = report.text[span.end : span.end + CONTEXT]
    head = f"  in {report.id} ({report.outlet or 'outlet unknown'}), code points {span.start} to {span.end}:"
    return ["", head, "", f"  …{' '.join(before.split())} »{' '.join(span.text.split())}« {' '.join(after.split())}…"]


def days_before(day: date, days: int) -> date:
    """The day that many days before."""
    return day - timedelta(days=days)
