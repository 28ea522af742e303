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
from onrecord.reconciliation.claims import Claim, ClaimMaker, known_by, out_by
from onrecord.reconciliation.conflicts import conflicts_of
from onrecord.reconciliation.figures import doubts
from onrecord.reconciliation.followed import FollowedConditions
from onrecord.reconciliation.grades import Grader
from onrecord.reconciliation.lead import in_order
from onrecord.reconciliation.origins import find_origins
from onrecord.reconciliation.pausing import collection_paused
from onrecord.reconciliation.record import doubted_outlets
from onrecord.reconciliation.report_origins import OriginBook, Shape, origin_of
from onrecord.reconciliation.result import Reconciliation
from onrecord.reconciliation.sentences import Words
from onrecord.reconciliation.settings import Settings
from onrecord.reconciliation.standings import Weighed, weigh
from onrecord.reconciliation.strengths import Strengths
from onrecord.reconciliation.text_signs import TextSigns
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
        self._settings = settings or Settings()
        self._maker = ClaimMaker(vocabulary)
        self._words = Words(vocabulary)
        self._grader = Grader(vocabulary, outlet_grades or {})
        self._reports: dict[str, Report] = {}
        self._of_report: dict[str, dict[str, Position]] = {}
        self._shapes: dict[str, Shape] = {}
        # What is known of each undertaking: its claims as read, and what they come to.
        self._raw: dict[Undertaking, dict[str, Claim]] = {}
        self._weighed: dict[Undertaking, Weighed] = {}
        self._conflicts: dict[Undertaking, list[Conflict]] = {}
        self._doubtful: dict[Undertaking, set[str]] = {}
        self._claims: dict[str, Claim] = {}
        # What only shows across undertakings.
        self._strengths = Strengths(strengths or {})
        self._with_figure: dict[tuple[str | None, float], set[Undertaking]] = {}
        self._followed = FollowedConditions(tuple(conditions), self._words)
        self._remarks = Remarks()
        self._misheard: dict[object, list[Conflict]] = {}
        self._book = OriginBook(self._settings.pair_score)
        self._texts = TextSigns(vocabulary, self._settings)
        self._origins: dict[tuple[str, ...], tuple[Origin, Conflict | None]] = {}

    def add(self, positions: Iterable[Position], reports: Iterable[Report]) -> None:
        """Take further reports and their positions into account; what is there already changes nothing.

        A report is to come with its positions or before them: a position without its report counts as
        undated.

        Raises:
            UnknownName: when a stance is not in the vocabulary.
        """
        for new in reports:
            if new.id in self._reports:
                continue
            self._reports[new.id] = new
            if out_by(new, self._as_of):
                for signal in self._texts.add(new):
                    self._book.add(("text", signal.reports), signal)
        with collection_paused():
            self._add(positions)

    def _add(self, positions: Iterable[Position]) -> None:
        touched: set[Undertaking] = set()
        changed: dict[str, None] = {}
        for position in positions:
            report = self._reports.get(position.report)
            held = self._of_report.setdefault(position.report, {})
            if position.id in held or not known_by(position, report, self._as_of):
                continue
            held[position.id] = position
            changed[position.report] = None
            self._raw.setdefault(position.undertaking, {})[position.id] = self._maker.claim(position, report)
            touched.add(position.undertaking)
            for figure in _bounds_of(position):
                self._with_figure.setdefault((position.matter, figure), set()).add(position.undertaking)
        for name in changed:
            touched |= self._learn(name)
        for undertaking in touched:
            self._weigh(undertaking)

    def _learn(self, name: str) -> set[Undertaking]:
        """What a report is made of, and the strength it gives the whole force; the undertakings concerned."""
        positions = self._of_report[name].values()
        told = [p for p in positions if p.stance != "no_comment"] or list(positions)
        start = min(p.evidence.start for p in told)
        self._shapes[name] = Shape(frozenset(p.id for p in told if p.evidence.start == start), len(positions))
        self._book.recheck(name)
        concerned: set[Undertaking] = set()
        for key in self._strengths.learn(name, self._reports.get(name), list(positions)):
            concerned |= self._with_figure.get(key, set())
        return concerned

    def _weigh(self, undertaking: Undertaking) -> None:
        raw = [claim for _, claim in sorted(self._raw[undertaking].items())]
        linked, signals = find_origins(mark_background(raw), self._settings)
        claims = in_order(set_back(linked))
        faults = doubts(claims, self._strengths.of(undertaking[3]), self._settings)
        doubtful = {fault.claim.id for fault in faults}
        weighed = weigh(claims, self._as_of, self._settings, self._grader, self._words, doubtful)
        self._weighed[undertaking] = weighed
        self._conflicts[undertaking] = conflicts_of(weighed, faults, self._settings, self._words)
        self._doubtful.pop(undertaking, None)
        if doubtful:
            self._doubtful[undertaking] = doubtful
        self._claims.update((claim.id, claim) for claim in claims)
        self._followed.replace(weighed.standing, claims)
        self._remarks.add(claims)
        self._book.replace(undertaking, signals)
        self._book.touched |= {claim.position.report for claim in claims}

    def result(self) -> Reconciliation:
        """The answer as of the day, for all that was taken in so far."""
        with collection_paused():
            return self._result()

    def _result(self) -> Reconciliation:
        for key, remarks in self._remarks.news(self._words):
            self._misheard[key] = [found for found, _ in remarks]
            self._book.replace(("remark", key), [signal for _, signals in remarks for signal in signals])
        misheard = [conflict for found in self._misheard.values() for conflict in found]
        origins, circles = self._shared_origins()
        conflicts = [conflict for found in self._conflicts.values() for conflict in found]
        doubtful = {p for c in misheard for p in c.positions if self._claims[p].position.holder == c.holder}
        followed = self._followed.states(self._claims)  # before the standings, which tell these states
        return Reconciliation(
            as_of=self._as_of,
            standings=self._graded(doubtful.union(*self._doubtful.values())),
            conflicts=tuple(
                sorted({c.id: c for c in (*conflicts, *misheard, *circles)}.values(), key=_place)
            ),
            origins=tuple(sorted(origins, key=lambda o: (-len(o.reports), o.name, o.id))),
            conditions_state=followed,
            chances={undertaking: weighed.levels for undertaking, weighed in self._weighed.items()},
        )

    def _shared_origins(self) -> tuple[list[Origin], list[Conflict]]:
        """The groups of reports, each made anew only where one of its reports was touched."""
        groups = [tuple(group) for group in self._book.groups(self._shapes, self._claims)]
        kept = {}
        for group in groups:
            found = self._origins.get(group)
            if found is None or any(member in self._book.touched for member in group):
                found = self._origin(group)
            kept[group] = found
        self._origins = kept
        self._book.touched.clear()
        return [o for o, _ in kept.values()], [c for _, c in kept.values() if c is not None]

    def _origin(self, group: tuple[str, ...]) -> tuple[Origin, Conflict | None]:
        signals = self._book.between(group)
        origin = origin_of(group, self._reports, signals, self._claims, self._words)
        if not any(signal.kind in HANDED_ON for signal in signals):
            return origin, None
        claims = [self._claims[p] for member in group for p in sorted(self._of_report.get(member, ()))]
        return origin, circular(origin, claims, self._reports, self._words)

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
            out.append(self._followed.with_states(standing))
        return tuple(sorted(out, key=lambda s: (s.matter or "~", s.holder, s.performer, s.task)))


def _bounds_of(position: Position) -> tuple[float, ...]:
    quantity = position.quantity
    return () if quantity is None else tuple({x for x in (quantity.low, quantity.high) if x is not None})


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
