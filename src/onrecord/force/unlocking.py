"""What would unlock more: conditions and sets of them, the smallest sets that reach a strength, fair shares
of the gain.

In: a plan or its swings. Out: exact figures; nothing here is drawn. The expected strength never falls when
a condition is met, and the strength when all conditions still open are met as well bounds every set on the
way: the search for the smallest sets cuts by it and still finds every one.

Shares of the gain are Shapley values (Shapley 1953), exact: the game is a sum of games of the contingents,
each of which only the conditions of that contingent play, so that only their orders have to be counted.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Swings = Sequence[tuple[frozenset[str], float]]
"""(conditions, persons gained when all of them are met), one for each set that a contingent hangs on."""


@dataclass(frozen=True, slots=True)
class Smallest:
    """The smallest sets of conditions that reach a strength.

    Attributes:
        sets: all sets of the least size that reach it, in the order of the conditions; () where none does.
        needed: the gain that was to be reached.
        all_met: the gain when all conditions are met.
        complete: False where the search was cut short, so that smaller or further sets may exist.
    """

    sets: tuple[tuple[str, ...], ...]
    needed: float
    all_met: float
    complete: bool


def gain(swings: Swings, chances: Mapping[str, float], met: frozenset[str]) -> float:
    """Expected persons gained when the conditions of `met` are met, against the chances as they are."""
    return math.fsum(
        worth * (math.prod(chances[x] for x in on - met) - math.prod(chances[x] for x in on))
        for on, worth in swings
        if on & met
    )


def open_levers(swings: Swings, chances: Mapping[str, float]) -> tuple[str, ...]:
    """The conditions on which anything hangs and that are not sure to be met, by name."""
    return tuple(sorted({x for on, worth in swings if worth > 0 for x in on if chances[x] < 1}))


def gains(
    swings: Swings, chances: Mapping[str, float], levers: Sequence[str], largest: int
) -> dict[tuple[str, ...], float]:
    """The gain of every set of up to `largest` conditions."""
    return {
        found: gain(swings, chances, frozenset(found))
        for size in range(1, largest + 1)
        for found in itertools.combinations(levers, size)
    }


def smallest(
    swings: Swings, chances: Mapping[str, float], needed: float, *, most_nodes: int = 2_000_000
) -> Smallest:
    """All sets of the least size whose gain is at least `needed`.

    Args:
        swings: what hangs on what.
        chances: of the conditions as they are.
        needed: persons to gain; nothing has to be met where it is not above 0.
        most_nodes: how many sets the search may look at.
    """
    levers = open_levers(swings, chances)
    whole = gain(swings, chances, frozenset(levers))
    slack = 1e-9 * max(1.0, abs(needed))
    if needed <= slack:
        return Smallest(((),), needed, whole, True)
    if whole < needed - slack:
        return Smallest((), needed, whole, True)
    nodes = 0
    for size in range(1, len(levers) + 1):
        found: list[tuple[str, ...]] = []
        stack: list[tuple[int, tuple[str, ...]]] = [(0, ())]
        while stack:
            at, chosen = stack.pop()
            nodes += 1
            if nodes > most_nodes:
                return Smallest(tuple(sorted(found)), needed, whole, False)
            if len(chosen) == size:
                if gain(swings, chances, frozenset(chosen)) >= needed - slack:
                    found.append(chosen)
                continue
            if len(levers) - at < size - len(chosen):
                continue
            if gain(swings, chances, frozenset((*chosen, *levers[at:]))) < needed - slack:
                continue
            stack.append((at + 1, chosen))
            stack.append((at + 1, (*chosen, levers[at])))
        if found:
            return Smallest(tuple(sorted(found)), needed, whole, True)
    return Smallest((), needed, whole, True)


def shapley(swings: Swings, chances: Mapping[str, float]) -> dict[str, float]:
    """The share of each condition in the gain of meeting all; the shares add up to that gain."""
    shares: dict[str, float] = {}
    for on, worth in swings:
        players = sorted(x for x in on if chances[x] < 1)
        for name, share in _shares([chances[x] for x in players]):
            shares[players[name]] = shares.get(players[name], 0.0) + worth * share
    return dict(sorted(shares.items()))


def _shares(chances: Sequence[float]) -> list[tuple[int, float]]:
    """Shapley values of the game in which a set is worth the product of the chances outside it.

    Player i joining a set S gains (1 - c_i) times the product of the chances of the rest without S and i.
    The sum of such products over sets of one size is a coefficient of a polynomial, built up one player at
    a time.
    """
    n = len(chances)
    found = []
    for i in range(n):
        # by_size[k]: sum over sets S of size k, without i, of the product of the chances outside S and i.
        by_size = [1.0]
        for j, chance in enumerate(chances):
            if j == i:
                continue
            longer = [0.0] * (len(by_size) + 1)
            for k, value in enumerate(by_size):
                longer[k] += value * chance
                longer[k + 1] += value
            by_size = longer
        weight = math.fsum(
            value * math.factorial(k) * math.factorial(n - k - 1) / math.factorial(n)
            for k, value in enumerate(by_size)
        )
        found.append((i, (1 - chances[i]) * weight))
    return found
