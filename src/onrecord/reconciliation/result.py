"""What reconciliation gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from onrecord.model import Conflict, DateRange, Origin, Standing

ConditionStatus = Literal["met", "not_met", "unknown", "disputed"]
ChangeKind = Literal["new", "stance", "state", "conditions", "figure", "gone"]


@dataclass(frozen=True, slots=True)
class ConditionChange:
    """A day from which a condition is in a state.

    Attributes:
        date: since when, or None where no day is told.
        status: the state.
        positions: ids of the positions that tell so.
        why: one plain sentence.
    """

    date: DateRange | None
    status: ConditionStatus
    positions: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class ConditionState:
    """A condition as an object of the story, followed over time.

    Attributes:
        id: stable, readable name (`isf_gaza.mandate`, or the story's own name for it).
        kind: the condition kind.
        matter: the matter, or None.
        label: for people.
        status: as of the day; `since` when.
        named_by: the parties that tie a stance to it.
        standings: ids of the standings that hang on it.
        positions: ids of the positions that name it.
        history: its states, oldest first.
        why: one plain sentence.
    """

    id: str
    kind: str
    matter: str | None
    label: str
    status: ConditionStatus
    since: DateRange | None
    named_by: tuple[str, ...]
    standings: tuple[str, ...]
    positions: tuple[str, ...]
    history: tuple[ConditionChange, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What the positions come to as of a day.

    Attributes:
        as_of: the day.
        standings: one for each undertaking, by id.
        conflicts: by kind and undertaking.
        origins: groups of two or more reports that share an origin, and reports' origins that nobody handed
            in.
        conditions_state: the conditions that standings hang on.
        chances: undertaking -> chance of each level of the ladder, from no to yes: against, open, leaning,
            ready,
            committed (see `chances.LEVELS`).
    """

    as_of: date
    standings: tuple[Standing, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    origins: tuple[Origin, ...] = ()
    conditions_state: tuple[ConditionState, ...] = ()
    chances: Mapping[tuple[str, str, str, str | None], tuple[float, float, float, float, float]] = field(
        default_factory=dict
    )

    def standing(
        self, holder: str, task: str, *, performer: str | None = None, matter: str | None = None
    ) -> Standing | None:
        """The standing of a holder on a task: its own doing unless a performer is given; of the first matter
        unless one is.
        """
        for standing in self.standings:
            if (
                standing.holder == holder
                and standing.task == task
                and standing.performer == (performer or holder)
                and matter in (None, standing.matter)
            ):
                return standing
        return None


@dataclass(frozen=True, slots=True)
class Change:
    """Something about an undertaking that is not what it was.

    Attributes:
        holder, performer, task, matter: the undertaking.
        kind: what changed: it is new on record, the stance, the state, the conditions, the figure; or nothing
            is known any more.
        before, after: in words; empty where there was nothing.
        positions: ids of the positions that made the change.
        why: one plain sentence.
    """

    holder: str
    performer: str
    task: str
    matter: str | None
    kind: ChangeKind
    before: str
    after: str
    positions: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a standing is what it is.

    Attributes:
        standing: what is explained, or None where nothing is on record.
        lines: why it is so, the weightiest first.
        would_change: what would change it.
        missing: what is missing to be surer.
        weights: position id -> its weight.
    """

    standing: Standing | None
    lines: tuple[str, ...]
    would_change: tuple[str, ...]
    missing: tuple[str, ...]
    weights: Mapping[str, float] = field(default_factory=dict)
