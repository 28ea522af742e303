"""Monte Carlo: many ways the force could turn out, from one seed.

In: a plan, chances of the conditions. Out: persons by draw. In each draw a condition is met or not for all
who hang on it; one place on the scale from bad to good forces holds for all parties; a bar holds or not for
all that a party would send. The random numbers are drawn once and serve every scenario, so that scenarios
differ by their settings and not by luck.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.force.fitting import LEVELS
from onrecord.force.plan import Plan, Term

_FAR, _STEPS = 4.0, 4096  # the table of the normal distribution: its ends, and its steps a unit
_PLACES = np.array(
    [
        min(LEVELS - 1, int(LEVELS * 0.5 * math.erfc(-(i / _STEPS - _FAR) / math.sqrt(2))))
        for i in range(int(2 * _FAR * _STEPS) + 2)
    ],
    dtype=np.int16,
)
Persons = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Draws:
    """What every scenario has in common.

    Attributes:
        count: number of draws.
        met, unmet: for each term of the plan, persons by draw where its conditions are all met, and where
            not.
        luck: for each condition, a number from 0 to 1 by draw; it is met where its chance is above it.
    """

    count: int
    met: tuple[Persons, ...]
    unmet: tuple[Persons, ...]
    luck: Mapping[str, Persons]

    def first(self, count: int) -> Draws:
        """The first draws only."""
        return Draws(
            min(count, self.count),
            tuple(x[:count] for x in self.met),
            tuple(x[:count] for x in self.unmet),
            {k: x[:count] for k, x in self.luck.items()},
        )

    def hold(self, levers: Iterable[str], chances: Mapping[str, float]) -> Flags:
        """In which draws all of the conditions are met."""
        held = np.ones(self.count, dtype=np.bool_)
        for one in levers:
            held &= self.luck[one] < chances[one]
        return held

    def persons(self, place: int, term: Term, chances: Mapping[str, float]) -> Persons:
        """Persons by draw of one term."""
        if not term.levers:
            return self.met[place]
        return np.where(self.hold(term.levers, chances), self.met[place], self.unmet[place])

    def total(self, plan: Plan, chances: Mapping[str, float]) -> Persons:
        """Persons by draw of all terms; terms that hang on the same conditions are added up first."""
        total = np.zeros(self.count, dtype=np.float32)
        for levers, (met, unmet) in self.grouped(plan).items():
            total += np.where(self.hold(levers, chances), met, unmet) if levers else met
        return total

    def grouped(self, plan: Plan) -> dict[frozenset[str], tuple[Persons, Persons]]:
        """By set of conditions, the summed persons where they are met and where not."""
        found: dict[frozenset[str], tuple[Persons, Persons]] = {}
        for i, term in enumerate(plan.terms):
            if term.levers not in found:
                empty = np.zeros(self.count, dtype=np.float32)
                found[term.levers] = (empty, empty.copy())
            met, unmet = found[term.levers]
            met += self.met[i]
            unmet += self.unmet[i]
        return found


def draw(plan: Plan, levers: Iterable[str], *, months: int, draws: int, seed: int) -> Draws:
    """Draw everything but the conditions' chances.

    Args:
        plan: the sum.
        levers: ids of all conditions that are followed.
        months: 6 or 12.
        draws: how many.
        seed: the same seed gives the same draws.
    """
    rng = np.random.default_rng(seed)
    past = plan.known.delivery[months]
    place = rng.integers(0, LEVELS, draws, dtype=np.int16)
    rates = {kind: table.astype(np.float32)[place] for kind, table in past.rates.items()}
    luck = {one: rng.random(draws, dtype=np.float32) for one in sorted(levers)}
    free = {
        party: np.logical_and.reduce([rng.random(draws, dtype=np.float32) >= b for b in chances])
        for party, chances in sorted(plan.barred.items())
    }
    means = [rng.random(draws, dtype=np.float32) < np.float32(t.contingent.probability) for t in plan.terms]
    common = rng.standard_normal(draws, dtype=np.float32)
    met: list[Persons] = []
    unmet: list[Persons] = []
    for term in plan.terms:
        comes = np.logical_and.reduce([means[n] for n in term.needs])
        for party in term.parties:
            if party in free:
                comes &= free[party]
        if term.coming == 0:
            comes[:] = False
        arrives = rng.random(draws, dtype=np.float32)
        how_much = _places(common, rng, past.together)
        number = _numbers(term, plan, rng, draws) * comes
        share = past.shares[term.kind].astype(np.float32)
        met.append(number * (arrives < rates[term.kind]) * share[how_much])
        if term.levers:
            less = past.shares["not_met"].astype(np.float32)
            unmet.append(number * (arrives < rates["not_met"]) * less[how_much])
        else:
            unmet.append(met[-1])
    return Draws(draws, tuple(met), tuple(unmet), luck)


def _places(common: Persons, rng: np.random.Generator, together: float) -> npt.NDArray[np.int16]:
    """Places in a table of shares, each as likely as the other, that move together within a draw.

    A Gaussian copula with one common factor: a sum of the draw's and the party's normal numbers, put
    through the normal distribution, which is looked up in a table.
    """
    own = rng.standard_normal(len(common), dtype=np.float32)
    mixed = np.float32(math.sqrt(together)) * common + np.float32(math.sqrt(1 - together)) * own
    at = ((np.clip(mixed, -_FAR, _FAR) + np.float32(_FAR)) * np.float32(_STEPS)).astype(np.int32)
    return _PLACES[at]


def _numbers(term: Term, plan: Plan, rng: np.random.Generator, draws: int) -> Persons:
    one = term.contingent
    if one.figure == "record":
        table = (plan.known.part_of_record * (one.low + one.high) / 2 * one.part).astype(np.float32)
        return np.asarray(table[rng.integers(0, LEVELS, draws, dtype=np.int16)], dtype=np.float32)
    if one.low == one.high:
        return np.full(draws, one.high * one.part, dtype=np.float32)
    spread = rng.random(draws, dtype=np.float32) * np.float32(one.high - one.low)
    return np.asarray((spread + np.float32(one.low)) * np.float32(one.part), dtype=np.float32)
