"""A report with everything that was noted in it: marks in the text, records beside it, each leading to the other.

In: an :class:`onrecord.desk.desk.Desk` and ids. Out: frozen views. Nothing here knows HTTP.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from onrecord.briefing.anchors import web_address
from onrecord.briefing.marks import Mark, tokens
from onrecord.briefing.material import Material, References
from onrecord.briefing.passages import chips, inner_marks, passage, statement_marks
from onrecord.briefing.pieces import Chip, Link, Passage, Token
from onrecord.briefing.text import chance, figure, one_line
from onrecord.briefing.when import When, when
from onrecord.desk import addresses
from onrecord.desk.decisions import Decided, Decisions
from onrecord.desk.desk import Desk
from onrecord.desk.outlook import Outlook
from onrecord.errors import UnknownName
from onrecord.model import Position, Report, Statement

CONTEXT = 260
"""Code points shown on either side of a passage in the queue: about two sentences."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A position as it is noted, ready to be decided on.

    Attributes:
        id: of the position; number as printed in the text.
        holder, performer, task, stance, matter: ids, for the form of a correction.
        passage: its evidence, speaker and times.
        figure, chips, matter_title, confidence: for people.
        standing, standing_words: the standing it is part of: address, and what it is now.
        report_title: of its report.
        decided: what people decided on it, newest first; disputed where they differ.
        left_out: whether a person took it off the record.
        part: whether it is a part of a split, decided on with the whole.
    """

    id: str
    number: str
    holder: str
    performer: str
    task: str
    stance: str
    matter: str | None
    passage: Passage
    figure: str
    chips: tuple[Chip, ...]
    matter_title: str
    confidence: str
    extractor: str
    standing: str
    standing_words: str
    report_title: str
    decided: tuple[Decided, ...]
    disputed: bool
    left_out: bool = False
    part: bool = False
    context: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A statement beside its report: who says what, and how."""

    id: str
    number: str
    source: str
    kind: str
    entity: str
    cue: str
    content: str
    form: str
    chain: tuple[str, ...]
    said: When | None
    confidence: str
    decided: tuple[Decided, ...]


@dataclass(frozen=True, slots=True)
class ReportShown:
    """A report in full."""

    id: str
    title: str
    outlet: str
    published: When | None
    url: str
    url_text: str
    same_text_as: Link | None
    upstream: tuple[str, ...]
    origin: Link | None
    tokens: tuple[Token, ...]
    noted: tuple[Noted, ...]
    left_out: tuple[Noted, ...]
    said: tuple[Said, ...]


def report_view(desk: Desk, outlook: Outlook, name: str) -> ReportShown:
    """A report with its marks and records.

    Raises:
        UnknownName: there is no such report.
    """
    report = desk.report(name)
    rows, told = desk.rows(), desk.decisions()
    shown = rows.by_report.get(name, ())
    statements = desk.statements(name)
    material = _material(outlook, report, shown)
    ids = {p.id for p in shown}
    gone = [p for p in desk.ledger.positions(report=name, raw=True) if p.id not in ids]
    references = References(material)
    marks: list[Mark] = []
    for n, p in enumerate(shown, 1):
        marks += _position_marks(material, p, str(n))
    for n, s in enumerate(statements, 1):
        marks += _statement_marks(s, f"s{n}")
    origin = material.origin_of.get(name)
    shared = origin is not None and len(material.reports_of[origin.id]) > 1
    original = rows.reports.get(report.same_text_as or "")
    out = _material(outlook, report, gone)
    return ReportShown(
        id=name,
        title=material.title(report),
        outlet=material.outlet(report),
        published=when(report.published),
        url=web_address(report.url) or "",
        url_text=one_line(report.url or "", 120),
        same_text_as=Link(material.outlet(original), addresses.report_page(original.id)) if original else None,
        upstream=tuple(one_line(x, 80) for x in report.upstream),
        origin=Link(one_line(origin.name, 90), material.o[origin.id]) if origin and shared else None,
        tokens=tokens(report.text, [m for m in dict.fromkeys(marks) if m.end <= len(report.text)]),
        noted=tuple(_noted(material, references, told, p, str(n)) for n, p in enumerate(shown, 1)),
        left_out=tuple(_noted(out, References(out), told, p, "", left_out=True) for p in gone),
        said=tuple(_said(material, told, s, f"s{n}") for n, s in enumerate(statements, 1)),
    )


def position_view(desk: Desk, outlook: Outlook, name: str) -> Noted:
    """A position with its passage in the text around it, shown or left out.

    Raises:
        UnknownName: there is no such position.
    """
    position, left_out = find_position(desk, name)
    report = desk.report(position.report)
    material = _material(outlook, report, [position])
    made = _noted(material, References(material), desk.decisions(), position, "", left_out=left_out)
    return replace(made, context=context(material, position))


def find_position(desk: Desk, name: str) -> tuple[Position, bool]:
    """A position by its id, and whether views leave it out.

    Raises:
        UnknownName: there is none.
    """
    shown = desk.rows().position.get(name)
    if shown is not None:
        return shown, False
    found = desk.ledger.find(name)
    if not isinstance(found, Position) or found.id != name:
        raise UnknownName(f"there is no position {name!r}", value=name, hint="the report's page lists them")
    return found, True


def statement_view(desk: Desk, outlook: Outlook, name: str) -> tuple[Said, ReportShown]:
    """A statement, and its report.

    Raises:
        UnknownName: there is no such statement.
    """
    found = desk.ledger.find(name)
    if not isinstance(found, Statement) or found.id != name:
        raise UnknownName(f"there is no statement {name!r}", value=name, hint="the report's page lists them")
    report = report_view(desk, outlook, found.report)
    said = next((s for s in report.said if s.id == name), None)
    if said is None:
        report_of = desk.report(found.report)
        said = _said(_material(outlook, report_of, []), desk.decisions(), found, "")
    return said, report


def noted(desk: Desk, outlook: Outlook, position: Position, number: str = "") -> Noted:
    """A position that is shown, with the text around it."""
    material = outlook.material
    if position.id not in material.positions:
        material = _material(outlook, desk.report(position.report), [position])
    made = _noted(material, References(material), desk.decisions(), position, number)
    return replace(made, context=context(material, position))


def context(material: Material, position: Position) -> tuple[Token, ...]:
    """The passage with some text on either side, cut at word ends."""
    text = material.reports[position.report].text
    start, end = position.evidence.start, position.evidence.end
    first, last = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    if first:
        space = text.find(" ", first, start)
        first = space + 1 if space >= 0 else first
    if last < len(text):
        space = text.rfind(" ", end, last)
        last = space if space >= 0 else last
    marks = [Mark(start, end, f"evidence {material.words.polarity(position.stance)}", "the passage", depth=1)]
    return tokens(text, [*marks, *inner_marks(material, position)], first, last)


def _material(outlook: Outlook, report: Report, positions: list[Position] | tuple[Position, ...]) -> Material:
    """The outlook's material with these positions in the place of its own: a past day's may lack them."""
    held = {p.id: p for p in positions}
    return replace(
        outlook.material,
        reports={**{report.id: report}},
        positions=held,
        p=addresses.Addresses(held, lambda x: addresses.passage_page(held[x].report, x)),
        n=addresses.Addresses(held, addresses.position_page),
    )


def _position_marks(material: Material, position: Position, number: str) -> list[Mark]:
    note = addresses.position_note(position.id)
    words = material.words
    said = words.undertaking(position.holder, position.performer, position.task)
    evidence = Mark(
        position.evidence.start,
        position.evidence.end,
        f"evidence {words.polarity(position.stance)}",
        f"passage: {said}, {words.stance(position.stance)}",
        anchor=addresses.position_mark(position.id),
        note=number,
        note_anchor=note,
        depth=1,
        record=note,
    )
    return [evidence, *(replace(m, record=note) for m in inner_marks(material, position))]


def _statement_marks(statement: Statement, number: str) -> list[Mark]:
    note = addresses.statement_note(statement.id)
    made = [replace(m, record=note) for m in statement_marks(statement)]
    last = max((m for m in made if m.css == "content"), key=lambda m: m.end, default=None)
    first = min(made, key=lambda m: m.start, default=None)
    return [
        replace(
            mark,
            anchor=addresses.statement_mark(statement.id) if mark is first else "",
            note=number if mark is last else "",
            note_anchor=note if mark is last else "",
        )
        for mark in made
    ]


def _noted(
    material: Material,
    references: References,
    told: Decisions,
    position: Position,
    number: str,
    *,
    left_out: bool = False,
) -> Noted:
    words, quantity = material.words, position.quantity
    standing = material.standing_of.get(position.undertaking)
    return Noted(
        id=position.id,
        number=number,
        holder=position.holder,
        performer=position.performer,
        task=position.task,
        stance=position.stance,
        matter=position.matter,
        passage=passage(material, references, position.id),
        figure=figure(quantity.low, quantity.high, quantity.unit) if quantity else "",
        chips=chips(material, references, position),
        matter_title=material.matter(position.matter) if position.matter else "",
        confidence=chance(position.confidence),
        extractor=one_line(position.extractor, 80),
        standing=material.s[standing.id] if standing else "",
        standing_words=words.stance(standing.stance) if standing else "",
        report_title=material.title(material.reports[position.report]),
        decided=told.of(position.id),
        disputed=position.id in told.disputed,
        left_out=left_out,
        part="+" in position.id and position.id.rpartition("+")[2].isdigit() and told_split(told, position.id),
    )


def told_split(told: Decisions, name: str) -> bool:
    """Whether an id is that of a further part of a split."""
    return any(x.done == "split" and x.holds for x in told.of(name.rpartition("+")[0]))


def _said(material: Material, told: Decisions, statement: Statement, number: str) -> Said:
    source = statement.source
    return Said(
        id=statement.id,
        number=number,
        source=one_line(source.name, 120) or "not named",
        kind=source.kind.replace("_", " "),
        entity=material.words.actor(source.entity) if source.entity else "",
        cue=one_line(statement.cue.text, 80) if statement.cue else "",
        content=one_line(" … ".join(x.text for x in statement.content), 280),
        form=statement.form,
        chain=tuple(one_line(x.name, 80) for x in statement.chain),
        said=when(statement.said_on),
        confidence=chance(statement.confidence),
        decided=told.of(statement.id),
    )
