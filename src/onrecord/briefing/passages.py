"""Passages: a position's evidence quoted away from its report, and the marks of a whole report.

Comes in: positions, statements and their report. Goes out: marked tokens, notes for the margin.
"""

from __future__ import annotations

from onrecord.briefing.marks import Mark, tokens
from onrecord.briefing.material import Material, References
from onrecord.briefing.pieces import Chip, Link, Passage
from onrecord.briefing.text import one_line
from onrecord.briefing.when import when
from onrecord.model import Position, Span, Statement

EXCERPT = 360
"""Code points of evidence quoted elsewhere; a longer one is cut around its stance cue, and says so."""

# Outer marks first where two cover the same words.
_CONTENT, _EVIDENCE, _SOURCE, _CUE, _CONDITION, _STANCE, _FIGURE = range(7)


def inner_marks(material: Material, position: Position) -> list[Mark]:
    """The marks of a position's own parts: stance cue, conditions, figure."""
    words = material.words
    polarity = words.polarity(position.stance)
    said = words.undertaking(position.holder, position.performer, position.task)
    found = []
    if position.cue is not None:
        title = f"stance: {words.stance(position.stance)} ({polarity}) – {said}"
        found.append(_mark(position.cue, f"stance {polarity}", title, _STANCE))
    for condition in position.conditions:
        title = f"condition: {words.condition(condition.kind)} – {said}"
        found.append(_mark(condition.span, "condition", title, _CONDITION))
    if position.quantity is not None:
        found.append(_mark(position.quantity.span, "figure", f"figure – {said}", _FIGURE))
    return found


def statement_marks(statement: Statement) -> list[Mark]:
    """The marks of a statement: source, cue, content."""
    name = one_line(statement.source.name, 80) or "the source"
    found = [_mark(x, "content", f"content: what {name} says", _CONTENT) for x in statement.content]
    if statement.cue is not None:
        found.append(_mark(statement.cue, "cue", f"cue: the words that attribute it to {name}", _CUE))
    if statement.source.span is not None:
        kind = statement.source.kind.replace("_", " ")
        found.append(_mark(statement.source.span, "source", f"source: {name} ({kind})", _SOURCE))
    return found


def _mark(span: Span, css: str, title: str, depth: int) -> Mark:
    return Mark(span.start, span.end, css, title, depth=depth)


def evidence_mark(material: Material, references: References, position: Position) -> Mark:
    """The mark of a position's evidence in its report, with its number and fragment."""
    words = material.words
    said = words.undertaking(position.holder, position.performer, position.task)
    return Mark(
        position.evidence.start,
        position.evidence.end,
        f"evidence {words.polarity(position.stance)}",
        f"passage: {said}, {words.stance(position.stance)}",
        anchor=material.p[position.id],
        note=str(references.ref(position.id).number),
        note_anchor=material.n[position.id],
        depth=_EVIDENCE,
    )


def speaker(position: Position) -> str:
    """Who says it, nearest first, outlets left out; "the report itself" where nobody else does."""
    names = [one_line(x.name, 80) for x in position.chain if x.kind != "outlet"]
    via = [one_line(x.name, 80) for x in position.chain[:-1] if x.kind == "outlet"]
    said = ", told by ".join(x for x in names if x) or "the report itself"
    return f"{said}, via {', '.join(x for x in via if x)}" if any(via) else said


def excerpt_bounds(position: Position) -> tuple[int, int]:
    """First and last code point to quote: the evidence, or a stretch of it around the cue."""
    start, end = position.evidence.start, position.evidence.end
    if end - start <= EXCERPT:
        return start, end
    centre = position.cue or position.evidence
    first = max(start, centre.start - EXCERPT // 3)
    last = min(end, first + EXCERPT)
    text = position.evidence.text
    if first > start:
        space = text.find(" ", first - start, first - start + 40)
        first = start + space + 1 if space >= 0 else first
    if last < end:
        space = text.rfind(" ", last - start - 40, last - start)
        last = start + space if space >= 0 else last
    return first, last


def passage(material: Material, references: References, name: str, place: Link | None = None) -> Passage:
    """A position's evidence, ready to be quoted."""
    words = material.words
    position = material.positions[name]
    report = material.reports[position.report]
    start, end = excerpt_bounds(position)
    return Passage(
        ref=references.ref(name, place),
        tokens=tokens(report.text, inner_marks(material, position), start, end),
        plain=one_line(report.text[start:end]),
        cut_before=start > position.evidence.start,
        cut_after=end < position.evidence.end,
        outlet=material.outlet(report),
        published=when(report.published),
        said=when(position.said_on),
        speaker=speaker(position),
        own_word=position.self_declared,
        undertaking=words.undertaking(position.holder, position.performer, position.task),
        stance=words.stance(position.stance),
        polarity=words.polarity(position.stance),
        anchor=material.n[name],
    )


def chips(material: Material, references: References, position: Position) -> tuple[Chip, ...]:
    """A position's conditions as labels."""
    return tuple(
        Chip(one_line(c.kind), material.words.condition_told(c.kind, c.span.text), one_line(c.span.text, 160))
        for c in position.conditions
    )
