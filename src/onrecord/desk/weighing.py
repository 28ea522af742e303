"""Weighing again only what a decision touched: an answer at once, before the whole is ready.

In: an answer, and rows of which some reports have changed since. Out: the answer with the undertakings of those reports
weighed anew and all others as they were. What reaches across undertakings (origins of reports, records of outlets,
conditions that several parties name) stays as it was until the whole is weighed; that is why the desk says meanwhile
that it is being weighed again. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from onrecord.model import Position, Report, Standing, Story
from onrecord.reconciliation import ConditionState, Reconciliation, reconcile
from onrecord.services import Answer
from onrecord.vocabulary import Vocabulary

Undertaking = tuple[str, str, str, str | None]


def touched_undertakings(
    before: Mapping[str, tuple[Position, ...]],
    after: Mapping[str, tuple[Position, ...]],
    reports: Iterable[str],
) -> frozenset[Undertaking]:
    """The undertakings of which some reports say something else than before."""
    found: set[Undertaking] = set()
    for name in reports:
        old, new = before.get(name, ()), after.get(name, ())
        for p in (*old, *new):
            if p not in old or p not in new:
                found.add(p.undertaking)
    return frozenset(found)


def weighed_again(
    answer: Answer,
    positions: Mapping[str, Position],
    reports: Mapping[str, Report],
    touched: frozenset[Undertaking],
    vocabulary: Vocabulary,
    grades: Mapping[str, str],
    story: Story | None,
) -> Answer:
    """The answer with these undertakings weighed by the positions as they are now."""
    ours = [p for p in positions.values() if p.undertaking in touched]
    theirs = [reports[x] for x in dict.fromkeys(p.report for p in ours)]
    made = reconcile(
        ours,
        theirs,
        answer.as_of,
        vocabulary,
        outlet_grades=grades,
        conditions=story.conditions_on(answer.as_of) if story else (),
    )
    return replace(
        answer,
        reports=tuple(reports.values()),
        positions=tuple(positions.values()),
        reconciliation=_joined(answer.reconciliation, made, positions, touched),
    )


def _joined(
    old: Reconciliation, new: Reconciliation, positions: Mapping[str, Position], touched: frozenset[Undertaking]
) -> Reconciliation:
    standings: list[Standing] = [s for s in old.standings if s.undertaking not in touched]
    standings += [s for s in new.standings if s.undertaking in touched]
    conflicts = {
        c.id: c
        for c in old.conflicts
        if (c.holder, c.performer, c.task, c.matter) not in touched and all(p in positions for p in c.positions)
    }
    conflicts |= {c.id: c for c in new.conflicts if c.kind not in {"circular", "attribution"}}
    return replace(
        old,
        standings=tuple(sorted(standings, key=lambda s: (s.matter or "~", s.holder, s.performer, s.task))),
        conflicts=tuple(conflicts.values()),
        conditions_state=_conditions(old.conditions_state, new.conditions_state, {s.id for s in standings}),
        chances={**{k: v for k, v in old.chances.items() if k not in touched}, **new.chances},
    )


def _conditions(
    old: tuple[ConditionState, ...], new: tuple[ConditionState, ...], standing: set[str]
) -> tuple[ConditionState, ...]:
    """The conditions as they were, those that only now are named added, those that nothing hangs on any more gone."""
    known = {c.id for c in old}
    kept = [c for c in old if any(s in standing for s in c.standings)]
    return (*kept, *(c for c in new if c.id not in known))
