"""Story: the matter as the user sets it out: undertakings, the force it needs, scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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
    """

    requirement: Requirement
    excluded: Mapping[str, str] = field(default_factory=dict)
    barred_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    consulted: tuple[str, ...] = ()
    command: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class StoryCondition:
    """A condition as an object of the story.

    Attributes:
        id: its name in the story ("complete_ceasefire").
        kind: one of the condition kinds.
        label: for people.
        words: wordings that mean it.
    """

    id: str
    kind: str
    label: str
    words: tuple[str, ...] = ()


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
