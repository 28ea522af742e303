"""What an assessment is made of: frozen, every number with the standings and positions behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from onrecord.force.delivery import Experience
from onrecord.force.found import FoundForce, Passage
from onrecord.force.matching import Lever
from onrecord.force.parties import Bar, Contingent
from onrecord.force.tables import Mission
from onrecord.force.unlocking import Smallest


@dataclass(frozen=True, slots=True)
class Required:
    """What the force needs.

    Attributes:
        low, high: persons, or None.
        source: where the figure is from.
        found: whether it was taken from the reports, because the story gives none.
        passages: the passages it was taken from.
    """

    low: float | None
    high: float | None
    source: str
    found: bool = False
    passages: tuple[Passage, ...] = ()

    @property
    def target(self) -> float | None:
        """The least that meets it: the lower figure; for an "up to" its one figure."""
        return self.low if self.low is not None else self.high


@dataclass(frozen=True, slots=True)
class Part:
    """One contingent's part of an expected strength.

    Attributes:
        contingent: which.
        expected: persons it adds.
        chance: 0 to 1, that its conditions are met.
    """

    contingent: Contingent
    expected: float
    chance: float


@dataclass(frozen=True, slots=True)
class Strength:
    """The strength under one scenario.

    Attributes:
        scenario: its name.
        settings: chance of each condition under it.
        months: after how many months.
        low, high: the bounds of the interval, drawn.
        expected: the mean, exact.
        chance: 0 to 1, that the requirement is met, drawn; None where there is none.
        expected_by_months: the mean after 6 and after 12 months, exact.
        components: (component, persons needed or None, mean, exact).
        phases: (phase, persons needed, chance to have them after the months), drawn.
        parts: who makes up the mean, largest first.
    """

    scenario: str
    settings: Mapping[str, float]
    months: int
    low: float
    expected: float
    high: float
    chance: float | None
    expected_by_months: Mapping[int, float]
    components: tuple[tuple[str, float | None, float], ...]
    phases: tuple[tuple[str, float, float], ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class TaskCoverage:
    """Who would do a task.

    Attributes:
        task: its id.
        label: the story's words for it, or "".
        need: persons, or None where one party is enough.
        supporting, leaning, silent, against: standing ids by where they stand; `silent` has not spoken for
            itself.
        actors: holder of each of these standings.
        positions: ids of the positions behind all of them.
        expected: persons expected for it, where the task adds to the strength.
        chance: 0 to 1, that the likeliest party does it.
        covered: whether it is covered under the scenario.
    """

    task: str
    label: str
    need: float | None
    supporting: tuple[str, ...]
    leaning: tuple[str, ...]
    silent: tuple[str, ...]
    against: tuple[str, ...]
    actors: Mapping[str, str]
    positions: tuple[str, ...]
    expected: float | None
    chance: float
    covered: bool

    @property
    def nobody(self) -> bool:
        """Whether no party is on record for it."""
        return not self.supporting


@dataclass(frozen=True, slots=True)
class Unlock:
    """What meeting some conditions gains.

    Attributes:
        conditions: their ids.
        gain: expected persons, exact.
        expected: the strength expected then, exact.
        chance: 0 to 1, that the requirement is met then, drawn; None where there is none.
        chance_gain: by how much that is more, or None.
        tasks: tasks that are covered then and were not.
        parties: whom it moves.
        standings: ids of their standings.
    """

    conditions: tuple[str, ...]
    gain: float
    expected: float
    chance: float | None
    chance_gain: float | None
    tasks: tuple[str, ...]
    parties: tuple[str, ...]
    standings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is lost when a party leaves.

    Attributes:
        party: who.
        loss: expected persons, exact, those who wait for it included.
        chance_loss: by how much the chance to meet the requirement falls, drawn; None where there is none.
        standings: ids of the standings that go.
    """

    party: str
    loss: float
    chance_loss: float | None
    standings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Precedent:
    """An earlier force beside this one.

    Attributes:
        mission: the row of the table.
        size: the required strength as a multiple of what that force was authorised, or None.
        filled: its strength after a year as a share of what it was authorised, or None.
        shared, only_here, only_there: tasks.
    """

    mission: Mission
    size: float | None
    filled: float | None
    shared: tuple[str, ...]
    only_here: tuple[str, ...]
    only_there: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """What it adds up to.

    Attributes:
        story, matter, title: what it is about.
        as_of: the day of the standings, or None where there are none.
        scenario: the one that coverage, unlocks and leaving are told for.
        required: what the force needs.
        strengths: one a scenario, in the story's order.
        contingents: all that parties have on record for themselves, also those that add nothing.
        bars: who keeps whom out.
        levers: the conditions by id.
        asked: ids of the standings that name each condition.
        coverage: gaps first.
        unlocks: every condition and set of up to the settings' size, largest gain first.
        smallest: the smallest sets with which the expected strength reaches the requirement; None without
            one.
        shapley: share of each condition in the gain of meeting all.
        leaving: who is missed most, first.
        precedents: earlier forces.
        assumptions: what is not from the record, in sentences.
        known: what past pledges teach.
        draws, seed, interval: how it was drawn.
        found: the force as the reports tell of it, where that was used; else None.
    """

    story: str
    matter: str
    title: str
    as_of: date | None
    scenario: str
    required: Required
    strengths: tuple[Strength, ...]
    contingents: tuple[Contingent, ...]
    bars: tuple[Bar, ...]
    levers: Mapping[str, Lever]
    asked: Mapping[str, tuple[str, ...]]
    coverage: tuple[TaskCoverage, ...]
    unlocks: tuple[Unlock, ...]
    smallest: Smallest | None
    shapley: Mapping[str, float]
    leaving: tuple[Leaving, ...]
    precedents: tuple[Precedent, ...]
    assumptions: tuple[str, ...]
    known: Experience
    draws: int
    seed: int
    interval: float
    found: FoundForce | None = None

    @property
    def strength(self) -> Strength:
        """The strength under the scenario that the rest is told for."""
        return next(s for s in self.strengths if s.scenario == self.scenario)
