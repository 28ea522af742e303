"""Scenarios: the chance of each condition under a setting of them.

In: the conditions that are followed, the story, switches. Out: one chance a condition. What nobody sets
keeps its state as the story tells it; where the story tells none it is met as often as the conditions of
past pledges were.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from onrecord.force.matching import Lever
from onrecord.model import Story, StoryCondition

AS_IT_STANDS = "as things stand"
ALL_MET = "all conditions met"
_STATES = {"met": 1.0, "not_met": 0.0}


def stated(condition: StoryCondition) -> float | None:
    """The chance that goes with the state which the story gives to a condition; None where it gives none."""
    return _STATES.get(str(getattr(condition, "state", "")))


def scenarios_of(story: Story, levers: Mapping[str, Lever]) -> dict[str, Mapping[str, float]]:
    """The story's scenarios in its order; without any, as things stand and with every condition met."""
    if story.scenarios:
        return dict(story.scenarios)
    return {AS_IT_STANDS: {}, ALL_MET: dict.fromkeys(levers, 1.0)} if levers else {AS_IT_STANDS: {}}


def chances(
    levers: Mapping[str, Lever],
    story: Story,
    scenario: Mapping[str, float],
    settled: Mapping[str, float],
    otherwise: Callable[[str], float],
) -> dict[str, float]:
    """The chance of each condition: a switch before the scenario, one condition before its kind, then its
    state.

    Args:
        levers: the conditions that are followed.
        story: with their states.
        scenario: condition id or kind -> chance.
        settled: the same, set from outside, over every scenario.
        otherwise: chance of a kind of condition of which nothing is known.
    """
    states = {c.id: stated(c) for c in story.conditions}
    found: dict[str, float] = {}
    for lever in levers.values():
        told = (
            settled.get(lever.id),
            settled.get(lever.kind),
            scenario.get(lever.id),
            scenario.get(lever.kind),
            states.get(lever.id),
        )
        found[lever.id] = next((x for x in told if x is not None), otherwise(lever.kind))
    return found
