"""Position: a holder's stance on a performer's doing a task, as one report gives it."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model.dates import DateRange
from onrecord.model.spans import Span
from onrecord.model.statement import ChainLink


@dataclass(frozen=True, slots=True)
class Condition:
    """What a position hangs on, or the limit it sets.

    Attributes:
        kind: one of the vocabulary's condition kinds.
        span: the words that state it.
    """

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure said of the position's own party.

    Attributes:
        low: the least it can be, or None ("up to 8,000").
        high: the most it can be, or None ("at least 300").
        unit: what is counted ("troops", "USD"), or None.
        span: the words that state it.
    """

    low: float | None
    high: float | None
    unit: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Position:
    """A stance that a report gives.

    Attributes:
        id: stable across runs of the same extractor over the same text.
        report: id of the report.
        holder: whose stance it is (ISO alpha-3 for a state, else a lower-case name; ``group:...`` for a group).
        performer: who would do the thing.
        task: one of the vocabulary's tasks.
        stance: one of the vocabulary's stances.
        evidence: the passage it rests on.
        cue: the words that carry the stance, or None where it was entered by a person.
        object: the force, place, group or text it is about, as written, or None.
        matter: the force, agreement or affair it belongs to, one name across reports, or None.
        conditions: what it hangs on.
        quantity: the figure said of this party, or None.
        chain: who says that the holder holds it, nearest speaker first, reporting outlet last.
        self_declared: whether the holder's own speaker is the one who says it.
        said_on: when it was said or decided, or None.
        confidence: 0 to 1, calibrated: the chance that a careful analyst would note it so.
        statement: id of the statement it was found in, or None for the reporter's own voice.
        extractor: name and version of what found it.
    """

    id: str
    report: str
    holder: str
    performer: str
    task: str
    stance: str
    evidence: Span
    cue: Span | None = None
    object: Span | None = None
    matter: str | None = None
    conditions: tuple[Condition, ...] = ()
    quantity: Quantity | None = None
    chain: tuple[ChainLink, ...] = ()
    self_declared: bool = False
    said_on: DateRange | None = None
    confidence: float = 1.0
    statement: str | None = None
    extractor: str = ""

    @property
    def undertaking(self) -> tuple[str, str, str, str | None]:
        """(holder, performer, task, matter): what standings are kept for."""
        return (self.holder, self.performer, self.task, self.matter)
