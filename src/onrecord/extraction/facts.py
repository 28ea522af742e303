"""Background of a report: shares, totals, counts, talks held and agreements made, kept apart from positions.

In: a scene, the report's positions and statements. Out: :class:`Fact` s whose spans reproduce the text. Only what is
told as done or as it was: what is promised, planned, asked for or conditional is none, nor is a figure that is a
position's quantity. A figure needs a period or somebody who says so, talks and agreements need a time that has passed:
few facts that can be relied on are worth more than many (the corner of the brief is read by people in a hurry).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from spacy.tokens import Span as Passage

from onrecord.extraction.fact_events import events
from onrecord.extraction.fact_figures import figures
from onrecord.extraction.fact_phrases import Found, subject_span
from onrecord.extraction.periods import Period, periods
from onrecord.extraction.scene import Scene
from onrecord.extraction.statements import said_of
from onrecord.model import Fact, Position, Report, Span, Statement

FACTS = "onrecord-facts/1"
"""Name and version that facts carry; raised whenever the rules change what they find."""


def facts_of(
    scene: Scene, report: Report, statements: Sequence[Statement], positions: Sequence[Position]
) -> list[Fact]:
    """The facts of a report, in order of the text, each once.

    Args:
        scene: the report laid out.
        report: the report.
        statements: its attribution relations.
        positions: its positions, whose figures and words are left alone.
    """
    found: list[Fact] = []
    seen: set[tuple[str, str, float | None, float | None, str]] = set()
    for sentence in scene.doc.sents:
        told = periods(sentence.text, report.published)
        start = sentence.start_char
        taken = [(start + p.start, start + p.end) for p in told]
        for one in (*figures(scene, sentence, taken), *events(scene, sentence, told, report.published)):
            fact = _fact(scene, report, statements, sentence, one, told)
            if fact is None:
                continue
            key = (
                fact.kind,
                fact.measure.text.lower(),
                fact.low,
                fact.high,
                fact.period_words.text if fact.period_words else "",
            )
            if key not in seen:
                seen.add(key)
                found.append(fact)
    return apart(found, without_background(positions, found))


def without_background(positions: Sequence[Position], facts: Sequence[Fact]) -> list[Position]:
    """The positions that are more than talks held long ago: "hosted talks in April" is nobody's stance on this matter.

    Args:
        positions: those of a report.
        facts: its background.
    """
    return [p for p in positions if not any(_is_background(p, fact) for fact in facts)]


def _is_background(position: Position, fact: Fact) -> bool:
    return (
        fact.kind == "talks"
        and position.task in {"host", "mediate"}
        and position.stance in {"deployed", "in_talks"}
        and fact.measure.meets(position.cue or position.evidence)
    )


def apart(facts: Iterable[Fact], positions: Sequence[Position]) -> list[Fact]:
    """The facts that are no part of a position: not its figure, not the words that carry its stance."""
    return [fact for fact in facts if not any(_belongs(fact, position) for position in positions)]


def _belongs(fact: Fact, position: Position) -> bool:
    if fact.figure is None:
        return position.cue is not None and fact.measure.meets(position.cue)
    return position.quantity is not None and fact.figure.meets(position.quantity.span)


def _fact(
    scene: Scene,
    report: Report,
    statements: Sequence[Statement],
    sentence: Passage,
    one: Found,
    told: Sequence[Period],
) -> Fact | None:
    said = said_of(scene, one.at, (), statements, report.published, one.at.idx)
    sourced = any(link.kind != "outlet" for link in said.chain)
    period = one.period or _period_of(one, told, sentence)
    if one.figure is not None and period is None and (not sourced or one.contributed):
        return None
    evidence = Span.of(scene.text, sentence.start_char, sentence.end_char)
    base = sentence.start_char
    subject, entity = subject_span(scene, one.subject)
    parts = (report.sha256, report.id, one.kind, *map(str, one.measure), *map(str, one.figure or ()))
    return Fact(
        id="f" + hashlib.sha256("|".join(parts).encode()).hexdigest()[:12],
        report=report.id,
        kind=one.kind,
        measure=Span.of(scene.text, *one.measure),
        evidence=evidence,
        subject=subject,
        entity=entity,
        low=one.low,
        high=one.high,
        unit=one.unit,
        figure=Span.of(scene.text, *one.figure) if one.figure else None,
        period=period.days if period else None,
        period_words=Span.of(scene.text, base + period.start, base + period.end) if period else None,
        chain=said.chain,
        extractor=FACTS,
    )


def _period_of(one: Found, told: Sequence[Period], sentence: Passage) -> Period | None:
    """The period nearest to the figure, those behind it first: a sentence tells the time after the thing."""
    if not told:
        return None
    at = (one.figure or one.measure)[0] - sentence.start_char
    return min(told, key=lambda p: (p.start < at, abs(p.start - at)))
