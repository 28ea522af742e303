"""How much of what is pledged comes: a shrunken estimate from the table of past pledges.

In: past pledges. Out: `Delivery`, the chance that a pledge comes at all, by what kind it is and whether its
conditions were met, and the shares of those that came.

*Whether it comes.* Within one force the chance varies from force to force as a Beta distribution (a
beta-binomial model: Griffiths 1973, Biometrics 29). Its mean and concentration are not fixed at their best
values but carry the doubt that so few forces leave. Kinds of pledge for which there are few rows are drawn
towards the kind above them (weak towards firm, open towards weak, condition not met towards open) with the
weight of one pledge (a unit-information prior: Kass and Wasserman 1995, JASA 90). In a draw all parties of
a force share one place in that distribution: forces do well or badly as a whole.

*How much of it.* The shares of the pledges that came, smoothed (so few rows do not hold the extremes), each
force weighing as much as the square root of its rows so that one force with many rows does not speak for
all; for the other kinds scaled by their own mean, drawn to the whole in the same way. Within a force shares
move together as much as they did in past forces. Where the figure after 12 months is not known, that after
6 stands in for it.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from onrecord.force.fitting import Floats, beta_levels, forces, share_levels, together, weighted_levels
from onrecord.force.tables import Pledge, contributors, pledges, same_force

Kind = Literal["firm", "weak", "open", "not_met"]
ConditionGroup = Literal["approval", "other"]
KINDS: tuple[Kind, ...] = ("firm", "weak", "open", "not_met")
FIRM = frozenset({"deployed", "deploying", "agreed", "pledged", "offered"})
WEAK = frozenset({"in_talks", "interested", "considering"})
_LENT = 1.0
"""Pledges' worth of weight that a kind of pledge lends to the next."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What past pledges teach, for one number of months.

    Attributes:
        months: 6 or 12.
        rates: by kind, the chance to come at all at each of `LEVELS` places, from the worst force to the
            best.
        shares: by kind, share of the pledge that came, of those that did, at each of `LEVELS` places.
        counts: by kind, (came, pledges) that the rate rests on.
        concentration: of the Beta distribution over forces; small means that forces differ much.
        together: 0 to 0.9, how much the shares of one force's parties move together.
        rows: pledges that were used.
    """

    months: int
    rates: Mapping[Kind, Floats]
    shares: Mapping[Kind, Floats]
    counts: Mapping[Kind, tuple[int, int]]
    concentration: float
    together: float
    rows: int

    def rate(self, kind: Kind) -> float:
        """The mean chance that a pledge of the kind comes at all."""
        return float(self.rates[kind].mean())

    def share(self, kind: Kind) -> float:
        """The mean share of a pledge of the kind, of those that came."""
        return float(self.shares[kind].mean())

    def worth(self, kind: Kind) -> float:
        """The mean share of a pledge of the kind that comes, those that do not come included."""
        return self.rate(kind) * self.share(kind)


@dataclass(frozen=True, slots=True)
class Experience:
    """All that the tables teach.

    Attributes:
        delivery: by months.
        condition_met: chance that a condition of which nothing is known will be met: for the party's own
            approval, and for any other kind.
        conditions: (met, told) that each rests on.
        part_of_record: pledge as a share of the state's largest past contingent, at each of `LEVELS`
            places, at most 1.
        typical: the median pledge in persons, for a state without a record.
    """

    delivery: Mapping[int, Delivery]
    condition_met: Mapping[ConditionGroup, float]
    conditions: Mapping[ConditionGroup, tuple[int, int]]
    part_of_record: Floats
    typical: float

    def chance_met(self, kind: str) -> float:
        """The chance that a condition of a kind is met, where nothing else is known of it."""
        return self.condition_met["approval" if kind == "approval" else "other"]


def kind_of(stage: str, outcome: str) -> Kind | None:
    """The kind of a past pledge; None where the outcome of its condition is not known."""
    if outcome == "unknown":
        return None
    if outcome == "not_met":
        return "not_met"
    return "firm" if stage in FIRM else "weak" if stage in WEAK else "open"


def learn(rows: Iterable[Pledge], *, share_cap: float = 2.0) -> Experience:
    """Fit everything to the given pledges.

    Args:
        rows: past pledges.
        share_cap: the most of a pledge that counts as delivered on it.
    """
    known = tuple(rows)
    conditions, condition_met = _conditions(known)
    sizes = sorted(p.size for p in known if p.size)
    record = contributors()
    parts = [
        min(1.0, p.size / record[p.party].largest) for p in known if p.size and p.party in record and p.high
    ]
    return Experience(
        delivery={months: _delivery(known, months, share_cap) for months in (6, 12)},
        condition_met=condition_met,
        conditions=conditions,
        part_of_record=weighted_levels(np.array(parts or [1.0]), np.ones(max(1, len(parts)))),
        typical=sizes[len(sizes) // 2] if sizes else 0.0,
    )


def _conditions(
    rows: tuple[Pledge, ...],
) -> tuple[dict[ConditionGroup, tuple[int, int]], dict[ConditionGroup, float]]:
    """Conditions met, by group: each drawn to all with the weight of one, all of them to a half."""
    groups: tuple[ConditionGroup, ...] = ("approval", "other")
    told = [p for p in rows if p.outcome in {"met", "not_met"}]
    whole = (sum(p.outcome == "met" for p in told) + 1) / (len(told) + 2)
    counts: dict[ConditionGroup, tuple[int, int]] = {}
    chances: dict[ConditionGroup, float] = {}
    for group in groups:
        here = [p.outcome == "met" for p in told if p.approval == (group == "approval")]
        counts[group] = (sum(here), len(here))
        chances[group] = (sum(here) + _LENT * whole) / (len(here) + _LENT)
    return counts, chances


@functools.lru_cache(maxsize=16)
def experience(matter: str, share_cap: float) -> Experience:
    """What the package's table teaches about a matter: the matter's own pledges are left out."""
    return learn((p for p in pledges() if not same_force(p.mission, matter)), share_cap=share_cap)


def _delivery(rows: tuple[Pledge, ...], months: int, cap: float) -> Delivery:
    came: dict[Kind, dict[str, list[bool]]] = {k: defaultdict(list) for k in KINDS}
    parts: dict[Kind, list[tuple[str, float]]] = {k: [] for k in KINDS}
    for pledge in rows:
        delivered = pledge.after(months)
        if delivered is None and months == 12:
            delivered = pledge.after_6
        kind = kind_of(pledge.stage, pledge.outcome)
        if delivered is None or kind is None:
            continue
        came[kind][pledge.mission].append(delivered > 0)
        if delivered > 0 and pledge.size:
            parts[kind].append((pledge.mission, min(cap, delivered / pledge.size)))
    points, middle, concentration = forces([(sum(x), len(x)) for x in came["firm"].values()])
    mean = middle
    everything = [x for found in parts.values() for x in found]
    shares = share_levels(everything, cap)
    whole = scaled = float(shares.mean())
    counts: dict[Kind, tuple[int, int]] = {}
    rates: dict[Kind, Floats] = {}
    by_kind: dict[Kind, Floats] = {}
    for kind in KINDS:
        hits = sum(sum(x) for x in came[kind].values())
        total = sum(len(x) for x in came[kind].values())
        counts[kind] = (hits, total)
        if kind != "firm":
            mean = (hits + _LENT * mean) / (total + _LENT)
            scaled = (sum(s for _, s in parts[kind]) + _LENT * scaled) / (len(parts[kind]) + _LENT)
        rates[kind] = beta_levels(points, mean, middle)
        by_kind[kind] = shares * (scaled / whole)
    return Delivery(
        months=months,
        rates=_no_help(rates),
        shares=_no_help(by_kind),
        counts=counts,
        concentration=concentration,
        together=together(everything),
        rows=sum(n for _, n in counts.values()),
    )


def _no_help(found: dict[Kind, Floats]) -> dict[Kind, Floats]:
    """Keep a condition that is not met from ever helping: nothing for it above that of the others."""
    return {**found, "not_met": np.minimum.reduce([found[k] for k in KINDS])}
