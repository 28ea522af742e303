"""What a brief is made from, indexed once; and the numbering of references.

Comes in: the nouns. Goes out: look-ups by id, fragments, orders. Positions whose report is missing, or whose
evidence does not reproduce, are set aside and named as issues: nothing on the page leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from onrecord.briefing.anchors import anchors
from onrecord.briefing.pieces import Link, Ref
from onrecord.briefing.text import one_line
from onrecord.briefing.when import when
from onrecord.briefing.words import Words
from onrecord.errors import EvidenceMismatch
from onrecord.model import (
    Conflict,
    DateRange,
    Fact,
    Issue,
    Origin,
    Position,
    Report,
    Span,
    Standing,
    Statement,
    Story,
)

Undertaking = tuple[str, str, str, str | None]


@dataclass(frozen=True, slots=True)
class Material:
    """The inputs of a brief with their indexes.

    Attributes:
        reports: by id, in order of publication, undated last.
        positions: by id, in the order of their reports and of the text.
        standing_of: by undertaking.
        origin_of: by report id, where an origin is known.
        reports_of: the reports that rest on an origin, by its id, in order of publication.
        p, n, r, s, c, o, f: fragments of passages, margin notes, reports, standings, conflicts, origins and facts,
        by id. set_aside: what could not be shown, as issues.
        facts: background by id, in the order of their reports and of the text.
    """

    as_of: date
    since: date | None
    story: Story | None
    words: Words
    matters: Mapping[str, str]
    reports: Mapping[str, Report]
    statements: Mapping[str, Statement]
    positions: Mapping[str, Position]
    standings: tuple[Standing, ...]
    standing_of: Mapping[Undertaking, Standing]
    conflicts: tuple[Conflict, ...]
    origins: tuple[Origin, ...]
    origin_of: Mapping[str, Origin]
    reports_of: Mapping[str, tuple[Report, ...]]
    reliabilities: Mapping[str, str]
    p: Mapping[str, str]
    n: Mapping[str, str]
    r: Mapping[str, str]
    s: Mapping[str, str]
    c: Mapping[str, str]
    o: Mapping[str, str]
    set_aside: tuple[Issue, ...]
    facts: Mapping[str, Fact] = field(default_factory=dict)
    f: Mapping[str, str] = field(default_factory=dict)

    def outlet(self, report: Report) -> str:
        """The outlet for people."""
        return one_line(report.outlet or "", 90) or "outlet not stated"

    def title(self, report: Report) -> str:
        """The headline for people, or the beginning of the text."""
        return one_line(report.title or "", 240) or one_line(report.text, 90) or "(no text)"

    def matter(self, matter: str | None) -> str:
        """The title of a matter."""
        if matter is None:
            return "Matter not stated"
        return one_line(self.matters.get(matter) or matter.replace("_", " "), 160)

    def told_on(self, position: Position) -> DateRange | None:
        """When it was said, else when its report was published."""
        return position.said_on or self.reports[position.report].published

    def weight(self, standing: Standing) -> dict[str, float]:
        """The weight of each position in a standing, 0 to 1; 1 where no reason is given."""
        return {reason.position: reason.weight for reason in standing.reasons}

    def best_first(self, standing: Standing, ids: Iterable[str]) -> list[str]:
        """Positions of a standing, the most telling first: weight, own word, with a figure, the latest."""
        weights = self.weight(standing)

        def rank(name: str) -> tuple[float, bool, bool, int, str]:
            position = self.positions[name]
            told = self.told_on(position)
            return (
                -weights.get(name, 1.0),
                not position.self_declared,
                position.quantity is None,
                -(told.latest.toordinal() if told else 0),
                name,
            )

        return sorted((x for x in dict.fromkeys(ids) if x in self.positions), key=rank)


@dataclass(slots=True)
class References:
    """Numbers for passages, in order of first use, and where each is used."""

    material: Material
    numbers: dict[str, int] = field(default_factory=dict)
    used: dict[str, dict[Link, None]] = field(default_factory=dict)

    def ref(self, position: str, place: Link | None = None) -> Ref:
        """The reference to a position's passage; ``place`` is remembered as one that uses it."""
        number = self.numbers.setdefault(position, len(self.numbers) + 1)
        if place is not None:
            self.used.setdefault(position, {})[place] = None
        held = self.material.positions[position]
        report = self.material.reports[held.report]
        day = when(report.published)
        head = f"{self.material.outlet(report)}, {day.text if day else 'no date'}"
        return Ref(number, self.material.p[position], f"{head}: “{one_line(held.evidence.text, 180)}”")

    def refs(
        self, positions: Iterable[str], place: Link | None = None, limit: int | None = None
    ) -> tuple[Ref, ...]:
        """References to several, those that are not shown left out."""
        known = [x for x in dict.fromkeys(positions) if x in self.material.positions]
        return tuple(self.ref(x, place) for x in known[:limit])


def _published_order(report: Report) -> tuple[bool, date, str]:
    return (report.published is None, report.published.middle if report.published else date.min, report.id)


def _spans(position: Position) -> Iterable[Span]:
    yield position.evidence
    yield from (x for x in (position.cue, position.object) if x is not None)
    yield from (c.span for c in position.conditions)
    if position.quantity is not None:
        yield position.quantity.span


def _usable(
    positions: Iterable[Position], reports: Mapping[str, Report]
) -> tuple[dict[str, Position], list[Issue]]:
    kept: dict[str, Position] = {}
    issues = []
    place = {name: n for n, name in enumerate(reports)}
    for position in positions:
        report = reports.get(position.report)
        if report is None:
            issues.append(
                Issue("unknown-name", position.id, f"its report {position.report!r} is not among the reports")
            )
            continue
        try:
            for span in _spans(position):
                span.check(report.text)
        except EvidenceMismatch as error:
            issues.append(Issue(error.code, f"{report.id}, {position.id}", error.message, error.hint))
            continue
        kept[position.id] = position
    in_order = sorted(kept.values(), key=lambda x: (place[x.report], x.evidence.start, x.evidence.end, x.id))
    return {x.id: x for x in in_order}, issues


def _usable_facts(facts: Iterable[Fact], reports: Mapping[str, Report]) -> tuple[dict[str, Fact], list[Issue]]:
    kept: dict[str, Fact] = {}
    issues = []
    place = {name: n for n, name in enumerate(reports)}
    for fact in facts:
        report = reports.get(fact.report)
        if report is None:
            continue  # of a report that this brief does not go by
        try:
            for span in (fact.evidence, fact.measure, fact.subject, fact.figure, fact.period_words):
                if span is not None:
                    span.check(report.text)
        except EvidenceMismatch as error:
            issues.append(Issue(error.code, f"{report.id}, {fact.id}", error.message, error.hint))
            continue
        kept[fact.id] = fact
    in_order = sorted(kept.values(), key=lambda x: (place[x.report], x.evidence.start, x.measure.start, x.id))
    return {x.id: x for x in in_order}, issues


def gather(
    *,
    as_of: date,
    since: date | None,
    story: Story | None,
    words: Words,
    matters: Mapping[str, str],
    reports: Iterable[Report],
    statements: Iterable[Statement],
    positions: Iterable[Position],
    standings: Iterable[Standing],
    conflicts: Iterable[Conflict],
    origins: Iterable[Origin],
    reliabilities: Mapping[str, str],
    facts: Iterable[Fact] = (),
) -> Material:
    """Index everything once."""
    by_id = {x.id: x for x in sorted(reports, key=_published_order)}
    held, issues = _usable(positions, by_id)
    background, more = _usable_facts(facts, by_id)
    issues += more
    stands = tuple(sorted(standings, key=lambda x: x.id))
    disputes = tuple(conflicts)
    sources = tuple(origins)
    origin_of: dict[str, Origin] = {}
    for origin in sorted(sources, key=lambda x: (-len(x.reports), x.id)):
        for report in origin.reports:
            origin_of.setdefault(report, origin)
    resting: dict[str, list[Report]] = {x.id: [] for x in sources}
    for name, held_report in by_id.items():
        if name in origin_of:
            resting[origin_of[name].id].append(held_report)
    return Material(
        as_of=as_of,
        since=since,
        story=story,
        words=words,
        matters=matters,
        reports=by_id,
        statements={x.id: x for x in statements if x.report in by_id},
        positions=held,
        standings=stands,
        standing_of={x.undertaking: x for x in stands},
        conflicts=disputes,
        origins=sources,
        origin_of=origin_of,
        reports_of={name: tuple(found) for name, found in resting.items()},
        reliabilities={**(story.outlets if story else {}), **reliabilities},
        p=anchors("p", held),
        n=anchors("n", held),
        r=anchors("r", by_id),
        s=anchors("s", (x.id for x in stands)),
        c=anchors("c", (x.id for x in disputes)),
        o=anchors("o", (x.id for x in sources)),
        set_aside=tuple(issues),
        facts=background,
        f=anchors("f", background),
    )
