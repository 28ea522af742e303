"""Every set of conditions with what meeting it gains: persons, chance, tasks.

In: a plan, draws, chances of the conditions as they are. Out: `Unlock` rows, the largest gain first.
Persons are exact; the chance is drawn, with the same draws for every set. What a set adds is put together
from parts that are made once: persons by draw of the contingents that hang on the same conditions, for each
of the ways in which some of those are met.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from onrecord.force.assessment import Unlock
from onrecord.force.coverage import Cover
from onrecord.force.draws import Draws, Persons
from onrecord.force.plan import Plan
from onrecord.force.unlocking import gains


class _Chance:
    """The chance to meet the target when some conditions are met."""

    def __init__(self, plan: Plan, drawn: Draws, chances: Mapping[str, float], target: float) -> None:
        self._groups = {on: x for on, x in drawn.grouped(plan).items() if on}
        self._drawn, self._chances, self._target = drawn, chances, target
        self._base = drawn.total(plan, chances)
        self._more: dict[tuple[frozenset[str], frozenset[str]], Persons] = {}
        self.now = float((self._base >= target).mean())

    def of(self, met: frozenset[str]) -> float:
        touched = [on for on in self._groups if on & met]
        if not touched:
            return self.now
        total = self._base.copy()
        for on in touched:
            total += self._added(on, on - met)
        return float((total >= self._target).mean())

    def _added(self, on: frozenset[str], left: frozenset[str]) -> Persons:
        """Persons by draw that come on top when only the conditions of `left` stay open."""
        key = (on, left)
        if key not in self._more:
            met, unmet = self._groups[on]
            now, then = self._drawn.hold(on, self._chances), self._drawn.hold(left, self._chances)
            self._more[key] = np.where(then & ~now, met - unmet, np.float32(0.0))
        return self._more[key]


def unlocks(
    plan: Plan,
    drawn: Draws,
    chances: Mapping[str, float],
    levers: Sequence[str],
    *,
    target: float | None,
    cover: Cover,
    asked: Mapping[str, Sequence[str]],
    months: int,
    largest: int,
) -> tuple[Unlock, ...]:
    """Every set of up to `largest` conditions that are not sure to be met.

    Args:
        plan: the sum.
        drawn: the draws for the chances; fewer than for the strength will do.
        chances: of the conditions as they are.
        levers: ids of the conditions to look at.
        target: persons required, or None.
        cover: tells the tasks that are covered.
        asked: standing ids that name a condition.
        months: 6 or 12.
        largest: conditions in a set at most.
    """
    swings = plan.swings(months)
    now = plan.expected(chances, months)
    odds = None if target is None else _Chance(plan, drawn, chances, target)
    before = cover(chances)
    movers = {x: {t.contingent.party for t in plan.terms if x in t.levers} for x in levers}
    found = []
    for names, more in gains(swings, chances, levers, largest).items():
        met = frozenset(names)
        after = odds.of(met) if odds else None
        found.append(
            Unlock(
                conditions=names,
                gain=more,
                expected=now + more,
                chance=after,
                chance_gain=None if odds is None or after is None else after - odds.now,
                tasks=tuple(sorted(cover({**chances, **dict.fromkeys(met, 1.0)}) - before)),
                parties=tuple(sorted(set().union(*(movers[x] for x in names)))),
                standings=tuple(sorted({s for x in names for s in asked.get(x, ())})),
            )
        )
    return tuple(sorted(found, key=lambda u: (-u.gain, len(u.conditions), u.conditions)))
