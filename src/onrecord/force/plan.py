"""The force as a sum: what each contingent is worth, in closed form, under given chances of the conditions.

In: contingents, bars, who waits for whom, what past pledges teach. Out: `Plan`, which tells the expected
strength of any setting of the conditions exactly. The draws (`draws.py`) take the same numbers, so that
both agree.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from onrecord.force.delivery import Experience, Kind
from onrecord.force.parties import Bar, Contingent


@dataclass(frozen=True, slots=True)
class Term:
    """One contingent of the sum.

    Attributes:
        contingent: which.
        needs: places, in the plan's terms, of the contingents that must mean to come: itself, and those it
            waits for.
        parties: whose bars can keep it out: its own party and those it waits for.
        levers: ids of the conditions that must be met, its own and those of whom it waits for.
        coming: chance that all in `needs` mean to come and nobody of `parties` is barred.
        persons: mean number pledged.
    """

    contingent: Contingent
    needs: tuple[int, ...]
    parties: tuple[str, ...]
    levers: frozenset[str]
    coming: float
    persons: float

    @property
    def kind(self) -> Kind:
        """What kind of pledge it is once its conditions are met."""
        return self.contingent.kind


@dataclass(frozen=True, slots=True)
class Plan:
    """All contingents that can add to the strength.

    Attributes:
        terms: in the order of the contingents.
        barred: by party, the chances of the bars against it.
        known: what past pledges teach.
    """

    terms: tuple[Term, ...]
    barred: Mapping[str, tuple[float, ...]]
    known: Experience

    def all_met(self, term: Term, chances: Mapping[str, float], met: Collection[str] = ()) -> float:
        """The chance that every condition of a term is met; those of `met` are."""
        return math.prod(chances[x] for x in term.levers if x not in met)

    def worth(self, term: Term, months: int, met: float) -> float:
        """Expected persons of a term, given the chance that its conditions are met."""
        past = self.known.delivery[months]
        share = met * past.worth(term.kind) + (1 - met) * past.worth("not_met")
        return term.coming * term.persons * share

    def expected(self, chances: Mapping[str, float], months: int, met: Collection[str] = ()) -> float:
        """Expected strength under given chances of the conditions; those of `met` are met."""
        return math.fsum(self.worth(t, months, self.all_met(t, chances, met)) for t in self.terms)

    def swings(self, months: int) -> tuple[tuple[frozenset[str], float], ...]:
        """By set of conditions, persons gained when all of them are met rather than not."""
        past = self.known.delivery[months]
        found: dict[frozenset[str], float] = {}
        for term in self.terms:
            if term.levers:
                more = past.worth(term.kind) - past.worth("not_met")
                found[term.levers] = found.get(term.levers, 0.0) + term.coming * term.persons * more
        return tuple(found.items())


def make_plan(
    contingents: Sequence[Contingent],
    bars: Sequence[Bar],
    waits_for: Mapping[str, Sequence[str]],
    known: Experience,
) -> Plan:
    """Put the sum together. `waits_for` must hold no cycle (`checks.faults` finds them)."""
    counted = [c for c in contingents if c.counts]
    barred: dict[str, tuple[float, ...]] = {}
    for bar in bars:
        barred[bar.party] = (*barred.get(bar.party, ()), bar.chance)
    lead: dict[str, int] = {}
    for i, one in enumerate(counted):
        if one.party not in lead or one.probability > counted[lead[one.party]].probability:
            lead[one.party] = i
    terms = []
    for i, one in enumerate(counted):
        awaited = _awaited(one.party, waits_for)
        present = all(p in lead for p in awaited)
        needs = (i, *(lead[p] for p in awaited if p in lead))
        parties = (one.party, *awaited)
        free = math.prod(1 - b for p in parties for b in barred.get(p, ()))
        means = math.prod(counted[n].probability for n in needs)
        terms.append(
            Term(
                contingent=one,
                needs=needs,
                parties=parties,
                levers=frozenset(x for n in needs for x in counted[n].levers),
                coming=free * means if present else 0.0,
                persons=mean_number(one, known),
            )
        )
    return Plan(tuple(terms), barred, known)


def mean_number(one: Contingent, known: Experience) -> float:
    """Mean number of persons that a contingent is pledged with."""
    middle = (one.low + one.high) / 2 * one.part
    return middle * float(known.part_of_record.mean()) if one.figure == "record" else middle


def _awaited(party: str, waits_for: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """All that a party waits for, and that those wait for, once each."""
    found: dict[str, None] = {}
    left = list(waits_for.get(party, ()))
    while left:
        one = left.pop(0)
        if one not in found and one != party:
            found[one] = None
            left.extend(waits_for.get(one, ()))
    return tuple(found)
