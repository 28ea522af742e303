"""The corner of background: shares, totals, counts, talks and agreements, each with its passage.

Comes in: facts and their reports. Goes out: lines by kind. Facts are nobody's stance, so none of them counts in a
standing, and none has a number among the passages: each leads to its own place in the report.
"""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.briefing.marks import Mark, tokens
from onrecord.briefing.material import Material
from onrecord.briefing.passages import EXCERPT
from onrecord.briefing.text import one_line
from onrecord.briefing.view_record import FactGroup, FactLine
from onrecord.briefing.when import when
from onrecord.model import Fact, FactKind

LABELS: Mapping[FactKind, str] = {
    "share": "shares",
    "total": "totals",
    "count": "counts",
    "talks": "talks held",
    "agreement": "agreements",
}
"""Headings, in the order to show."""


def background(material: Material) -> tuple[FactGroup, ...]:
    """The corner: those of one kind together, in the order of the reports; kinds that nobody told of are left out."""
    found: dict[str, list[FactLine]] = {kind: [] for kind in LABELS}
    for fact in material.facts.values():
        found.setdefault(fact.kind, []).append(_line(material, fact))
    labels: Mapping[str, str] = {str(kind): label for kind, label in LABELS.items()}
    return tuple(
        FactGroup(labels.get(kind) or one_line(kind, 40), tuple(lines)) for kind, lines in found.items() if lines
    )


def fact_mark(material: Material, fact: Fact) -> Mark:
    """The mark of a fact's passage in its report, with its fragment."""
    return Mark(
        fact.evidence.start,
        fact.evidence.end,
        "fact",
        f"background: {one_line(fact.measure.text, 80)}",
        anchor=material.f[fact.id],
        depth=1,
    )


def _line(material: Material, fact: Fact) -> FactLine:
    report = material.reports[fact.report]
    start, end = _bounds(fact)
    inner = [
        Mark(x.start, x.end, css, title)
        for x, css, title in (
            (fact.figure, "figure", "figure"),
            (fact.measure, "measure", "what it is told of"),
            (fact.period_words, "period", "when"),
        )
        if x is not None
    ]
    speakers = [one_line(x.name, 80) for x in fact.chain if x.kind != "outlet"]
    return FactLine(
        whose=one_line(fact.subject.text, 80) if fact.subject else "",
        what=one_line(fact.measure.text, 160),
        figure=one_line(fact.figure.text, 60) if fact.figure else "",
        period=one_line(fact.period_words.text, 60) if fact.period_words else "",
        days=when(fact.period),
        speaker=", told by ".join(x for x in speakers if x) or "the report itself",
        outlet=material.outlet(report),
        published=when(report.published),
        anchor=material.f[fact.id],
        tokens=tokens(report.text, inner, start, end),
        plain=one_line(report.text[start:end]),
        cut_before=start > fact.evidence.start,
        cut_after=end < fact.evidence.end,
    )


def _bounds(fact: Fact) -> tuple[int, int]:
    """First and last code point to quote: the sentence, or a stretch of it around what is told."""
    start, end = fact.evidence.start, fact.evidence.end
    if end - start <= EXCERPT:
        return start, end
    centre = fact.figure or fact.measure
    first = max(start, min(centre.start - EXCERPT // 3, end - EXCERPT))
    return first, min(end, first + EXCERPT)
