"""From positions and a day to standings, conflicts, origins and conditions: all at once, or report by report.

Comes in: positions, reports, the day, the vocabulary. Goes out: `Reconciliation`. `reconcile` is a pure
function of its arguments; `Reconciler` gives the same answer step by step, weighing again only the
undertakings that a new report speaks of.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from onrecord.model import Conflict, Origin, Position, Report, Standing, StoryCondition
from onrecord.reconciliation.across import HANDED_ON, Remarks, circular
from onrecord.reconciliation.background import mark_background, set_back
from onrecord.reconciliation.claims import Claim, claim_of, known_by
from onrecord.reconciliation.conflicts import conflicts_of
from onrecord.reconciliation.figures import doubts, strengths_in
from onrecord.reconciliation.followed import follow, tells
from onrecord.reconciliation.grades import Grader
from onrecord.reconciliation.lead import in_order
from onrecord.reconciliation.origins import Signal, find_origins
from onrecord.reconciliation.record import doubted_outlets
from onrecord.reconciliation.report_origins import Shape, origin_of, pair_scores, report_groups
from onrecord.reconciliation.result import Reconciliation
from onrecord.reconciliation.sentences import Words
from onrecord.reconciliation.settings import Settings
from onrecord.reconciliation.speakers import Speakers
from onrecord.reconciliation.standings import Weighed, weigh
from onrecord.vocabulary import Vocabulary

Undertaking = tuple[str, str, str, str | None]

_KINDS = ("contradiction", "attribution", "figure", "reversal", "overtaken", "circular")


class Reconciler:
    """Reconciles report by report, for one day.

    Args:
        as_of: the day it is told for: nothing said or published later is used.
        vocabulary: stances, actors, outlets.
        settings: thresholds.
        outlet_grades: Admiralty letters set by the user, by name of outlet.
        conditions: conditions that the user's story names.
        strengths: figures of the whole force by matter, where the story gives them.
    """

    def __init__(
        self,
        as_of: date,
        vocabulary: Vocabulary,
        *,
        settings: Settings | None = None,
        outlet_grades: Mapping[str, str] | None = None,
        conditions: Sequence[StoryCondition] = (),
        strengths: Mapping[str, Collection[float]] | None = None,
    ) -> None:
        self._as_of = as_of
        self._vocabulary = vocabulary
        self._settings = settings or Settings()
        self._speakers = Speakers(vocabulary)
        self._words = Words(vocabulary)
        self._grader = Grader(vocabulary, outlet_grades or {})
        self._story = tuple(conditions)
        self._strengths: dict[str | None, dict[float, set[str]]] = {
            matter: {figure: set() for figure in figures} for matter, figures in (strengths or {}).items()
        }
        self._reports: dict[str, Report] = {}
        self._shapes: dict[str, Shape] = {}
        self._positions: dict[Undertaking, dict[str, Claim]] = {}
        self._weighed: dict[Undertaking, Weighed] = {}
        self._conflicts: dict[Undertaking, list[Conflict]] = {}
        self._signals: dict[Undertaking, list[Signal]] = {}
        self._claims: dict[str, Claim] = {}
        self._doubtful: dict[Undertaking, set[str]] = {}
        self._remarks = Remarks()

    def add(self, positions: Iterable[Position], reports: Iterable[Report]) -> None:
        """Take further reports and their positions into account; what is there already changes nothing.

        Raises:
            UnknownName: when a stance is not in the vocabulary.
        """
        given = {r.id: r for r in reports if r.id not in self._reports}
        self._reports |= given
        by_report: dict[str, list[Position]] = {}
        for position in positions:
            if known_by(position, self._reports.get(position.report), self._as_of):
                by_report.setdefault(position.report, []).append(position)
        touched: set[Undertaking] = set()
        for name, found in by_report.items():
            report = self._reports.get(name)
            for position in found:
                held = self._positions.setdefault(position.undertaking, {})
                if position.id not in held:
                    held[position.id] = claim_of(position, report, self._vocabulary, self._speakers)
                    touched.add(position.undertaking)
            touched |= self._learn(name, found)
        for undertaking in touched:
            self._weigh(undertaking)

    def _learn(self, report: str, positions: Sequence[Position]) -> set[Undertaking]:
        """What a report is made of and what it gives as the whole force's strength; the undertakings that
        this concerns.
        """
        known = self._shapes.get(report)
        told = [p for p in positions if p.stance != "no_comment"] or list(positions)
        if known is None:
            start = min(p.evidence.start for p in told)
            leads = frozenset(p.id for p in told if p.evidence.start == start)
            self._shapes[report] = Shape(leads, len({p.id for p in positions}))
        text = self._reports.get(report)
        matters = {p.matter for p in positions}
        if text is None or len(matters) != 1:
            return set()
        matter = matters.pop()
        new = strengths_in(text, positions)
        if not new:
            return set()
        given = self._strengths.setdefault(matter, {})
        for figure in new:
            given.setdefault(figure, set()).add(report)
        return {
            u
            for u, claims in self._positions.items()
            if u[3] == matter
            and any(c.figure and (c.figure[0] in new or c.figure[1] in new) for c in claims.values())
        }

    def _weigh(self, undertaking: Undertaking) -> None:
        raw = [self._positions[undertaking][name] for name in sorted(self._positions[undertaking])]
        marked = mark_background(raw)
        linked, signals = find_origins(marked, self._settings)
        claims = in_order(set_back(linked))
        faults = doubts(claims, self._strengths.get(undertaking[3], {}), self._settings)
        doubtful = {fault.claim.id for fault in faults}
        self._doubtful[undertaking] = doubtful
        weighed = weigh(claims, self._as_of, self._settings, self._grader, self._words, doubtful)
        self._weighed[undertaking] = weighed
        self._signals[undertaking] = signals
        self._conflicts[undertaking] = conflicts_of(weighed, faults, self._settings, self._words)
        self._claims.update((claim.id, claim) for claim in claims)
        self._remarks.add(claims)

    def result(self) -> Reconciliation:
        """The answer as of the day, for all that was taken in so far."""
        attributions: list[Conflict] = []
        signals = [signal for found in self._signals.values() for signal in found]
        for found, shared in self._remarks.found(self._words):
            attributions.append(found)
            signals += shared
        origins = self._origins(signals)
        conflicts = [c for found in self._conflicts.values() for c in found]
        conflicts += attributions
        conflicts += self._circular(origins, signals)
        misheard = {
            p for c in attributions for p in c.positions if self._claims[p].position.holder == c.holder
        }
        standings = self._graded(misheard.union(*self._doubtful.values()))
        tellers = sorted((c for c in self._claims.values() if tells(c)), key=lambda c: c.id)
        return Reconciliation(
            as_of=self._as_of,
            standings=standings,
            conflicts=tuple(sorted({c.id: c for c in conflicts}.values(), key=_place)),
            origins=origins,
            conditions_state=follow(standings, self._claims, tellers, self._story, self._words),
        )

    def _origins(self, signals: Sequence[Signal]) -> tuple[Origin, ...]:
        scores = pair_scores(signals, self._shapes, self._claims)
        together = [pair for pair, score in scores.items() if score >= self._settings.pair_score]
        between: dict[tuple[str, str], list[Signal]] = {}
        for signal in signals:
            between.setdefault(signal.reports, []).append(signal)
        inside: dict[str, list[Signal]] = {}
        groups = report_groups(sorted(together))
        home = {member: group[0] for group in groups for member in group}
        for pair in together:
            inside.setdefault(home[pair[0]], []).extend(between[pair])
        found = [
            origin_of(
                group,
                self._reports,
                sorted(inside[group[0]], key=lambda s: (s.reports, s.kind, s.claims)),
                self._claims,
                self._words,
            )
            for group in groups
        ]
        return tuple(sorted(found, key=lambda o: (-len(o.reports), o.name, o.id)))

    def _circular(self, origins: Sequence[Origin], signals: Sequence[Signal]) -> list[Conflict]:
        home = {report: origin.id for origin in origins for report in origin.reports}
        handed_on = {
            home.get(s.reports[0])
            for s in signals
            if s.kind in HANDED_ON and home.get(s.reports[0]) == home.get(s.reports[1])
        }
        of_origin: dict[str, list[Claim]] = {}
        for claim in self._claims.values():
            place = home.get(claim.position.report)
            if place is not None:
                of_origin.setdefault(place, []).append(claim)
        found = (
            circular(
                o,
                sorted(of_origin.get(o.id, ()), key=lambda c: c.id),
                self._reports,
                self._words,
                handed_on=o.id in handed_on,
            )
            for o in origins
        )
        return [c for c in found if c is not None]

    def _graded(self, doubtful: Collection[str]) -> tuple[Standing, ...]:
        """The standings, those that rest on outlets with a poor record graded again."""
        doubted = doubted_outlets(self._claims, doubtful, self._settings)
        out = []
        for weighed in self._weighed.values():
            standing = weighed.standing
            if doubted and any(c.outlet in doubted for c in weighed.supporting):
                grade = self._grader.grade(
                    weighed.supporting,
                    standing.independent_sources,
                    standing.state,
                    standing.probability,
                    doubted,
                )
                standing = replace(standing, grade=grade)
            out.append(standing)
        return tuple(sorted(out, key=lambda s: (s.matter or "~", s.holder, s.performer, s.task)))


def _place(conflict: Conflict) -> tuple[int, str, str, str, str, str]:
    return (
        _KINDS.index(conflict.kind),
        conflict.matter or "~",
        conflict.holder or "",
        conflict.performer or "",
        conflict.task or "",
        conflict.id,
    )


def reconcile(
    positions: Sequence[Position],
    reports: Sequence[Report],
    as_of: date,
    vocabulary: Vocabulary,
    *,
    settings: Settings | None = None,
    outlet_grades: Mapping[str, str] | None = None,
    conditions: Sequence[StoryCondition] = (),
    strengths: Mapping[str, Collection[float]] | None = None,
) -> Reconciliation:
    """What the positions come to as of a day.

    Order and repetition of positions and reports change nothing.

    Args:
        positions: from the ledger, of any number of reports and matters.
        reports: those that the positions are from; a position without its report counts as undated.
        as_of: the day it is told for: nothing said or published later is used.
        vocabulary: stances, actors, outlets.
        settings: thresholds.
        outlet_grades: Admiralty letters set by the user, by name of outlet.
        conditions: conditions that the user's story names, with the wordings that mean them.
        strengths: figures of the whole force by matter, where the story gives them.

    Raises:
        UnknownName: when a stance is not in the vocabulary.
    """
    reconciler = Reconciler(
        as_of,
        vocabulary,
        settings=settings,
        outlet_grades=outlet_grades,
        conditions=conditions,
        strengths=strengths,
    )
    reconciler.add(positions, reports)
    return reconciler.result()
