"""Scenarios: the chance of each condition under a setting of them.

In: the conditions that are followed with their states, the story, switches. Out: one chance a condition. What
nobody sets keeps its state; where none is known it is met as often as the conditions of past pledges were.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from onrecord.force.matching import Lever
from onrecord.model import Story
from onrecord.model.story import ConditionState

AS_IT_STANDS = "as things stand"
LIKE_THE_PAST = "met as often as before"
ALL_MET = "all conditions met"
_STATES = {"met": 1.0, "not_met": 0.0}
States = Mapping[str, ConditionState]


def stated(story: Story) -> dict[str, ConditionState]:
    """The states that the story itself gives its conditions."""
    return {c.id: c.state for c in story.conditions if c.state is not None}


def scenarios_of(
    story: Story, levers: Mapping[str, Lever], states: States, otherwise: Callable[[str], float]
) -> dict[str, Mapping[str, float]]:
    """The story's scenarios in its order.

    Without any: as things stand, with every condition met, and between them, where the state of a condition is
    known, each met as often as those of past pledges were.
    """
    if story.scenarios:
        return dict(story.scenarios)
    found: dict[str, Mapping[str, float]] = {AS_IT_STANDS: {}}
    if any(states.get(x) in _STATES for x in levers):
        found[LIKE_THE_PAST] = {x.id: otherwise(x.kind) for x in levers.values()}
    if levers:
        found[ALL_MET] = dict.fromkeys(levers, 1.0)
    return found


def chances(
    levers: Mapping[str, Lever],
    states: States,
    scenario: Mapping[str, float],
    settled: Mapping[str, float],
    otherwise: Callable[[str], float],
) -> dict[str, float]:
    """The chance of each condition: a switch before the scenario, one condition before its kind, then its
    state.

    Args:
        levers: the conditions that are followed.
        states: of those whose state is known.
        scenario: condition id or kind -> chance.
        settled: the same, set from outside, over every scenario.
        otherwise: chance of a kind of condition of which nothing is known.
    """
    found: dict[str, float] = {}
    for lever in levers.values():
        told = (
            settled.get(lever.id),
            settled.get(lever.kind),
            scenario.get(lever.id),
            scenario.get(lever.kind),
            _STATES.get(states.get(lever.id, "")),
        )
        found[lever.id] = next((x for x in told if x is not None), otherwise(lever.kind))
    return found
