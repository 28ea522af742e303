"""Tasks: who is on record for each, who against, and which nobody would do.

In: standings of the matter, the story, contingents. Out: one row a task, gaps first. A force can be large
and have no one for the task it was made for.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from onrecord.force.assessment import TaskCoverage
from onrecord.force.delivery import Experience
from onrecord.force.parties import COMPONENT_OF, Contingent
from onrecord.force.plan import Plan
from onrecord.force.settings import Settings
from onrecord.model import Requirement, Standing, Story


def tasks_of(story: Story, need: Requirement | None, standings: Sequence[Standing]) -> tuple[str, ...]:
    """The tasks to tell of: the force's, the story's undertakings; without either, those on record."""
    named = (*(need.tasks if need else ()), *story.undertakings)
    return tuple(dict.fromkeys(named or (s.task for s in standings)))


def does(one: Contingent, known: Experience, chances: Mapping[str, float], settings: Settings) -> bool:
    """Whether a party covers a task without a figure: likely, and for it now or once all it asks is met."""
    ready = one.polarity != "against" or all(chances[x] >= 1 for x in one.levers)
    return ready and chance_of(one, known, chances, settings.months) >= settings.counted_from


def chance_of(one: Contingent, known: Experience, chances: Mapping[str, float], months: int) -> float:
    """The chance, 0 to 1, that a party does a task, whatever its number."""
    if one.excluded:
        return 0.0
    past = known.delivery[months]
    met = math.prod(chances[x] for x in one.levers)
    return one.probability * (met * past.rate(one.kind) + (1 - met) * past.rate("not_met"))


Cover = Callable[[Mapping[str, float]], frozenset[str]]


def coverer(
    tasks: Sequence[str],
    need: Requirement | None,
    contingents: Sequence[Contingent],
    plan: Plan,
    settings: Settings,
) -> Cover:
    """A function that tells which tasks are covered under given chances of the conditions.

    A task with a figure is covered where so many persons are expected for it; one without where a party
    does it with at least the chance `Settings.counted_from`; a refusal
    only where all that it asks is sure to be met.
    """
    by_task = {t: [c for c in contingents if c.task == t and c.probability > 0] for t in tasks}
    terms = {t: [x for x in plan.terms if x.contingent.task == t] for t in tasks}
    needs = {t: need.tasks.get(t) if need else None for t in tasks}

    def covered(chances: Mapping[str, float]) -> frozenset[str]:
        found = set()
        for task in tasks:
            wanted = needs[task]
            if wanted and task in COMPONENT_OF:
                persons = math.fsum(
                    plan.worth(x, settings.months, plan.all_met(x, chances)) for x in terms[task]
                )
                if persons >= wanted:
                    found.add(task)
            elif any(does(c, plan.known, chances, settings) for c in by_task[task]):
                found.add(task)
        return frozenset(found)

    return covered


def coverage(
    tasks: Sequence[str],
    labels: Mapping[str, str],
    need: Requirement | None,
    standings: Sequence[Standing],
    contingents: Sequence[Contingent],
    plan: Plan,
    chances: Mapping[str, float],
    settings: Settings,
) -> tuple[TaskCoverage, ...]:
    """One row a task: first those that nobody is on record for, then those not covered, then the rest."""
    covered = coverer(tasks, need, contingents, plan, settings)(chances)
    rows = []
    for task in tasks:
        own = [s for s in standings if s.task == task and s.holder == s.performer]
        others = [s for s in standings if s.task == task and s.holder != s.performer]
        against = [s for s in (*own, *others) if s.polarity == "against"]
        shown = [*own, *(s for s in others if s.polarity == "against")]
        persons = None
        if task in COMPONENT_OF:
            persons = math.fsum(
                plan.worth(x, settings.months, plan.all_met(x, chances))
                for x in plan.terms
                if x.contingent.task == task
            )
        rows.append(
            TaskCoverage(
                task=task,
                label=labels.get(task, ""),
                need=need.tasks.get(task) if need else None,
                supporting=tuple(s.id for s in own if s.polarity == "for"),
                leaning=tuple(s.id for s in own if s.polarity == "leaning"),
                silent=tuple(s.id for s in own if s.polarity == "open"),
                against=tuple(s.id for s in against),
                actors={s.id: s.holder for s in shown},
                positions=tuple(sorted({p for s in shown for p in (*s.supporting, *s.opposing)})),
                expected=persons,
                chance=max(
                    (
                        chance_of(c, plan.known, chances, settings.months)
                        for c in contingents
                        if c.task == task
                    ),
                    default=0.0,
                ),
                covered=task in covered,
            )
        )
    return tuple(sorted(rows, key=lambda r: (not r.nobody, r.covered)))
