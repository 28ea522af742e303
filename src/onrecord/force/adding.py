"""Adding up: the strength under each scenario, and what a party's leaving costs.

In: a plan, draws, chances of the conditions. Out: `Strength` and `Leaving`. Means are exact; bounds and
chances are drawn.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from onrecord.force.assessment import Leaving, Part, Strength
from onrecord.force.draws import Draws
from onrecord.force.parties import COMPONENT_OF
from onrecord.force.plan import Plan
from onrecord.force.settings import Settings
from onrecord.model import Requirement


def strength(
    name: str,
    plan: Plan,
    drawn: Draws,
    chances: Mapping[str, float],
    need: Requirement | None,
    target: float | None,
    settings: Settings,
) -> Strength:
    """The strength under one scenario.

    Args:
        name: of the scenario.
        plan: the sum.
        drawn: the draws.
        chances: of the conditions under it.
        need: what the force needs, or None.
        target: the least that meets it, or None.
        settings: interval and months.
    """
    total = drawn.total(plan, chances)
    tail = (1 - settings.interval) / 2
    low, high = (float(x) for x in np.quantile(total, (tail, 1 - tail)))
    parts = [
        Part(t.contingent, plan.worth(t, settings.months, met), met)
        for t in plan.terms
        for met in (plan.all_met(t, chances),)
    ]
    by_component = dict.fromkeys(need.components if need else {}, 0.0)
    for part in parts:
        component = COMPONENT_OF[part.contingent.task]
        by_component[component] = by_component.get(component, 0.0) + part.expected
    return Strength(
        scenario=name,
        settings=dict(chances),
        months=settings.months,
        low=low,
        expected=math.fsum(p.expected for p in parts),
        high=high,
        chance=None if target is None else float((total >= target).mean()),
        expected_by_months={m: plan.expected(chances, m) for m in (6, 12)},
        components=tuple(
            (c, need.components.get(c) if need else None, found) for c, found in by_component.items()
        ),
        phases=tuple(
            (phase, wanted, float((total >= wanted).mean()))
            for phase, wanted in (need.phases.items() if need else ())
        ),
        parts=tuple(sorted(parts, key=lambda p: (-p.expected, p.contingent.party, p.contingent.task))),
    )


def leaving(
    plan: Plan, drawn: Draws, chances: Mapping[str, float], target: float | None, months: int
) -> tuple[Leaving, ...]:
    """What the force loses when a party and all that wait for it stay away, the largest loss first."""
    total = drawn.total(plan, chances)
    whole = None if target is None else float((total >= target).mean())
    found = []
    for party in dict.fromkeys(p for t in plan.terms for p in t.parties):
        going = [(i, t) for i, t in enumerate(plan.terms) if party in t.parties]
        less = None
        if whole is not None and target is not None:
            left = total - np.sum([drawn.persons(i, t, chances) for i, t in going], axis=0, dtype=np.float32)
            less = whole - float((left >= target).mean())
        loss = math.fsum(plan.worth(t, months, plan.all_met(t, chances)) for _, t in going)
        found.append(Leaving(party, loss, less, tuple(t.contingent.standing for _, t in going)))
    return tuple(sorted(found, key=lambda x: (-x.loss, x.party)))
