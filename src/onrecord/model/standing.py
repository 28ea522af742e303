"""Standing and Conflict: what the positions come to as of a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from onrecord.model.dates import DateRange
from onrecord.model.story import ConditionState

State = Literal["settled", "contested", "stale", "unknown"]
Polarity = Literal["for", "leaning", "open", "against"]
ConflictKind = Literal["contradiction", "reversal", "overtaken", "circular", "figure", "attribution"]


@dataclass(frozen=True, slots=True)
class Grade:
    """Admiralty code: source reliability ``A`` to ``F``, information credibility ``1`` to ``6``."""

    reliability: str
    credibility: int

    def __str__(self) -> str:
        return f"{self.reliability}{self.credibility}"


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A stretch of one stance in the history of a standing.

    Attributes:
        date: when it was first on record, no more precise than the reports allow.
        stance: the stance.
        positions: ids of the positions that say so.
    """

    date: DateRange | None
    stance: str
    positions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a position counts as it does in a standing.

    Attributes:
        position: its id.
        weight: 0 (set aside) to 1 (full).
        rule: name of the rule that gave the weight (``docs/how-it-works.md`` lists them).
        why: one plain sentence.
    """

    position: str
    weight: float
    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class StandingCondition:
    """A condition of a standing.

    Attributes:
        kind: the condition kind.
        text: the fullest wording of it in the positions.
        positions: ids of the positions that name it.
        followed: name of the condition that is followed, where several parties may name it; or "".
        state: its state as of the day, or None where it is not followed.
    """

    kind: str
    text: str
    positions: tuple[str, ...]
    followed: str = ""
    state: ConditionState | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a holder stands on an undertaking, as of a date.

    Attributes:
        holder, performer, task, matter: the undertaking.
        as_of: the day it is told for: nothing said or published later is used.
        stance: the stance that stands.
        polarity: of that stance.
        probability: 0 to 1, that the holder truly stands there; None where nothing can be said.
        state: settled, contested, stale or unknown.
        conditions: what it hangs on.
        low, high: the figure that stands, or None; unit its unit.
        since: since when it has stood.
        last: the latest day on which anybody was reported to speak for it.
        independent_sources: number of origins, not of articles.
        grade: of the best origin that supports it.
        likelihood: the probability in ICD 203 words, or None.
        supporting, opposing: ids of positions for and against that it stands so.
        history: its stances over time, oldest first.
        reasons: every position that was weighed, and how.
    """

    holder: str
    performer: str
    task: str
    matter: str | None
    as_of: date
    stance: str
    polarity: Polarity
    probability: float | None
    state: State
    conditions: tuple[StandingCondition, ...] = ()
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    since: DateRange | None = None
    last: DateRange | None = None
    independent_sources: int = 0
    grade: Grade | None = None
    likelihood: str | None = None
    supporting: tuple[str, ...] = ()
    opposing: tuple[str, ...] = ()
    history: tuple[HistoryEntry, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def undertaking(self) -> tuple[str, str, str, str | None]:
        """(holder, performer, task, matter)."""
        return (self.holder, self.performer, self.task, self.matter)

    @property
    def id(self) -> str:
        """Stable name of the standing, readable: ``AZE.contribute_troops.isf_gaza``."""
        parts = [self.holder]
        if self.performer != self.holder:
            parts.append(self.performer)
        return ".".join([*parts, self.task, self.matter or "-"])


@dataclass(frozen=True, slots=True)
class Conflict:
    """Positions that cannot simply stand side by side, and why.

    Attributes:
        id: stable across runs over the same rows.
        kind: contradiction, reversal, overtaken, circular, figure or attribution.
        positions: ids of the positions, in order of time.
        reports: ids of the reports, in order of time.
        why: one plain sentence.
        holder, performer, task, matter: the undertaking, where it is one.
    """

    id: str
    kind: ConflictKind
    positions: tuple[str, ...]
    reports: tuple[str, ...]
    why: str
    holder: str | None = None
    performer: str | None = None
    task: str | None = None
    matter: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a group of reports has its news from.

    Attributes:
        id: stable name.
        name: the outlet, speaker or text that it goes back to, for people.
        reports: ids of the reports that rest on it, in order of publication.
        why: one plain sentence (the same text; all cite the same agency; the same quotation).
    """

    id: str
    name: str
    reports: tuple[str, ...]
    why: str
