"""Story: the matter as the user sets it out: undertakings, the force it needs, scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

ConditionState = Literal["met", "not_met", "unknown", "disputed"]
"""What is known of a condition: met, not met, nobody tells, or told otherwise by several."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a force needs.

    Attributes:
        low, high: persons; equal where one figure is given.
        source: where the figure is from.
        components: persons by component ("troops", "police", "enablers").
        phases: persons by phase name, in order.
        tasks: persons, or None where not stated, by task that the force was made for.
    """

    low: float | None
    high: float | None
    source: str = ""
    components: Mapping[str, float] = field(default_factory=dict)
    phases: Mapping[str, float] = field(default_factory=dict)
    tasks: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Force:
    """The force of a story.

    Attributes:
        requirement: what it needs.
        excluded: actors whose troops it is not to hold, with the reason.
        barred_by: performer -> actors who can bar it.
        consulted: actors who must be consulted.
        command: who commands.
        area: where it is to work.
        waits_for: party -> parties without which it does not come.
        responsibility: states in the area of responsibility of the command; none where the story gives none.
        responsibility_of: whose area that is.
    """

    requirement: Requirement
    excluded: Mapping[str, str] = field(default_factory=dict)
    barred_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    consulted: tuple[str, ...] = ()
    command: str = ""
    area: str = ""
    waits_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    responsibility: tuple[str, ...] = ()
    responsibility_of: str = ""


@dataclass(frozen=True, slots=True)
class StoryCondition:
    """A condition as an object of the story.

    Attributes:
        id: its name in the story ("complete_ceasefire").
        kind: one of the condition kinds.
        label: for people.
        words: wordings that mean it.
        named_by: actors that the user knows to tie themselves to it.
        state: its state by the user, or None where the reports are to tell.
        since: the day since when it is in that state, or None.
        source: where the user has that from, or "".
        looking_back: whether the state is that of a later day than the one asked about, so that what reports tell
            goes before it.
    """

    id: str
    kind: str
    label: str
    words: tuple[str, ...] = ()
    named_by: tuple[str, ...] = ()
    state: ConditionState | None = None
    since: date | None = None
    source: str = ""
    looking_back: bool = False

    def on(self, day: date, told_on: date | None) -> StoryCondition:
        """The condition with what the user says of its state on a day.

        A state holds from its ``since`` on; without one, from the day on which the story is told, or on every day
        where that is not given either. What is not met by then was not met before, unless reports tell otherwise;
        of what is met, nobody says since when, so that its state before is left to the reports.

        Args:
            day: the day.
            told_on: the day the story is told for, or None.

        Example:
            >>> voted = StoryCondition("m", "mandate", "A mandate", state="met", since=date(2025, 11, 17))
            >>> [voted.on(date(2025, 11, n), None).state for n in (16, 17)]
            [None, 'met']
        """
        begins = self.since or told_on
        if begins is None or day >= begins:
            return self
        if self.since or self.state == "met":
            return replace(self, state=None)
        return replace(self, looking_back=True)


@dataclass(frozen=True, slots=True)
class Story:
    """A matter as the user sets it out.

    Attributes:
        id: name of the story.
        matter: the matter's id, as positions carry it.
        title: for people.
        names: words by which reports mean the matter.
        undertakings: task -> label, in the order to show.
        conditions: the conditions it follows.
        scenarios: name -> condition id or kind -> chance that it is met, 0 to 1.
        force: the force it needs, or None.
        outlets: outlet name -> reliability grade set by the user (A to F).
        as_of: the day that the story is told for, or None.
        task_words: task -> wordings by which reports mean it; a task of the story's own has some.
    """

    id: str
    matter: str
    title: str
    names: tuple[str, ...] = ()
    undertakings: Mapping[str, str] = field(default_factory=dict)
    conditions: tuple[StoryCondition, ...] = ()
    scenarios: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    force: Force | None = None
    outlets: Mapping[str, str] = field(default_factory=dict)
    as_of: date | None = None
    task_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def conditions_on(self, day: date) -> tuple[StoryCondition, ...]:
        """The conditions with the states that the user gives them for a day."""
        return tuple(c.on(day, self.as_of) for c in self.conditions)
