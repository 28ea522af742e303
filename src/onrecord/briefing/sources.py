"""Sources: the reports by origin, and every report in full with its positions in the margin.

Comes in: reports, origins, positions, statements. Goes out: the table of sources and the reports. An outlet
is told to be a repeater only where each of its reports shares an origin with another outlet's and is neither
the first there nor the origin itself.
"""

from __future__ import annotations

from onrecord.briefing.anchors import web_address
from onrecord.briefing.facts import fact_mark
from onrecord.briefing.marks import Mark, tokens
from onrecord.briefing.material import Material, References
from onrecord.briefing.passages import chips, evidence_mark, inner_marks, passage, statement_marks
from onrecord.briefing.pieces import Link
from onrecord.briefing.text import chance, figure, one_line
from onrecord.briefing.view_record import Note, ReportView, SourceGroup, SourceLine, Sources
from onrecord.briefing.when import when
from onrecord.model import Position, Report, Statement

OWN = "origins-own"
"""Fragment of the group of reports with an origin of their own."""


def origin_key(material: Material, report: Report) -> str:
    """What a report counts as: its origin, else the report whose text it repeats, else itself."""
    seen = {report.id}
    while report.id not in material.origin_of:
        original = material.reports.get(report.same_text_as or "")
        if original is None:
            break
        report = original
        if report.id in seen:  # two reports that name each other
            break
        seen.add(report.id)
    origin = material.origin_of.get(report.id)
    return f"origin {origin.id}" if origin else f"report {min(seen) if len(seen) > 1 else report.id}"


def distinct_origins(material: Material) -> int:
    """How many origins the reports rest on."""
    return len({origin_key(material, x) for x in material.reports.values()})


def _line(material: Material, report: Report, positions: int) -> SourceLine:
    notes = []
    original = material.reports.get(report.same_text_as or "")
    if original is not None:
        notes.append(f"same text as {material.outlet(original)}: {one_line(material.title(original), 70)}")
    if report.upstream:
        notes.append(f"draws on {', '.join(one_line(x, 60) for x in report.upstream)}")
    return SourceLine(
        Link(material.title(report), material.r[report.id]),
        material.outlet(report),
        when(report.published),
        one_line(material.reliabilities.get(report.outlet or "", ""), 2),
        "; ".join(notes),
        positions,
    )


def sources(material: Material) -> Sources:
    """The table: shared origins first, the largest first, then the reports that stand alone."""
    count: dict[str, int] = {}
    for position in material.positions.values():
        count[position.report] = count.get(position.report, 0) + 1
    groups, alone = [], [x for x in material.reports.values() if x.id not in material.origin_of]
    for origin in sorted(material.origins, key=lambda x: (-len(material.reports_of[x.id]), x.name, x.id)):
        held = material.reports_of[origin.id]
        if len(held) > 1:
            lines = tuple(_line(material, x, count.get(x.id, 0)) for x in held)
            name, why = one_line(origin.name, 120), one_line(origin.why, 300)
            groups.append(SourceGroup(material.o[origin.id], name, why, True, lines))
        else:
            alone += held
    if alone:
        place = {name: n for n, name in enumerate(material.reports)}
        alone.sort(key=lambda x: place[x.id])
        lines = tuple(_line(material, x, count.get(x.id, 0)) for x in alone)
        groups.append(SourceGroup(OWN, "Reports with an origin of their own", "", False, lines))
    return Sources(tuple(groups), repeaters(material))


def repeaters(material: Material) -> tuple[str, ...]:
    """The outlets that only repeat others here."""
    own_news: dict[str, bool] = {}
    for report in material.reports.values():
        if report.outlet:
            outlet = material.outlet(report)
            own_news[outlet] = own_news.get(outlet, False) or not _repeats(material, report)
    return tuple(sorted(outlet for outlet, own in own_news.items() if not own))


def _repeats(material: Material, report: Report) -> bool:
    original = material.reports.get(report.same_text_as or "")
    if original is not None:
        return original.outlet != report.outlet
    origin = material.origin_of.get(report.id)
    if origin is None or not report.outlet:
        return False
    held = material.reports_of[origin.id]
    others = {x.outlet for x in held} - {report.outlet}
    first = held[0].outlet == report.outlet
    itself = origin.name.casefold() == report.outlet.casefold()
    return bool(others) and not first and not itself


def reports(material: Material, references: References) -> tuple[ReportView, ...]:
    """Every report in full; to be made last, when it is known where each passage is used."""
    positions: dict[str, list[Position]] = {name: [] for name in material.reports}
    for position in material.positions.values():
        positions[position.report].append(position)
    statements: dict[str, list[Statement]] = {name: [] for name in material.reports}
    for statement in material.statements.values():
        statements[statement.report].append(statement)
    return tuple(
        _report(material, references, report, positions[name], statements[name])
        for name, report in material.reports.items()
    )


def _report(
    material: Material,
    references: References,
    report: Report,
    positions: list[Position],
    statements: list[Statement],
) -> ReportView:
    marks: list[Mark] = []
    for position in positions:
        marks += [evidence_mark(material, references, position), *inner_marks(material, position)]
    for statement in statements:
        marks += statement_marks(statement)
    marks += [fact_mark(material, x) for x in material.facts.values() if x.report == report.id]
    origin = material.origin_of.get(report.id)
    shared = origin is not None and len(material.reports_of[origin.id]) > 1
    original = material.reports.get(report.same_text_as or "")
    return ReportView(
        anchor=material.r[report.id],
        title=material.title(report),
        outlet=material.outlet(report),
        published=when(report.published),
        url=web_address(report.url) or "",
        url_text=one_line(report.url or "", 120),
        same_text_as=Link(material.outlet(original), material.r[original.id]) if original else None,
        upstream=tuple(one_line(x, 80) for x in report.upstream),
        origin=Link(one_line(origin.name, 90), material.o[origin.id]) if origin and shared else None,
        tokens=tokens(report.text, [m for m in dict.fromkeys(marks) if m.end <= len(report.text)]),
        notes=tuple(_note(material, references, x) for x in positions),
    )


def _note(material: Material, references: References, position: Position) -> Note:
    quantity = position.quantity
    standing = material.standing_of.get(position.undertaking)
    return Note(
        anchor=material.n[position.id],
        passage=passage(material, references, position.id),
        figure=figure(quantity.low, quantity.high, quantity.unit) if quantity else "",
        chips=chips(material, references, position),
        matter=material.matter(position.matter) if position.matter else "",
        confidence=chance(position.confidence),
        standing=material.s[standing.id] if standing else "",
        used=tuple(references.used.get(position.id, {})),
    )
