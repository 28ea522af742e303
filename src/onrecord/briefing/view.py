"""Brief: everything that the page shows, computed; frozen. The renderers only lay it out."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.briefing.pieces import Passage
from onrecord.briefing.view_answer import (
    Board,
    Changes,
    ConditionGroup,
    ConditionPictures,
    Count,
    DisputeKind,
    Sentence,
)
from onrecord.briefing.view_record import Card, Day, FactGroup, GuideTable, NotRead, ReportView, Sources
from onrecord.briefing.view_strength import Strength
from onrecord.briefing.when import When


@dataclass(frozen=True, slots=True)
class Brief:
    """The whole page, top to bottom."""

    title: str
    as_of: When
    since: When | None
    made_with: str
    counts: tuple[Count, ...]
    bottom_line: tuple[Sentence, ...]
    boards: tuple[Board, ...]
    changes: Changes
    disputes: tuple[DisputeKind, ...]
    conditions: tuple[ConditionGroup, ...]
    condition_pictures: ConditionPictures
    strength: Strength | None
    timeline: tuple[Day, ...]
    cards: tuple[Card, ...]
    facts: tuple[FactGroup, ...]
    sources: Sources
    reports: tuple[ReportView, ...]
    passages: tuple[Passage, ...]
    not_read: tuple[NotRead, ...]
    guide: tuple[GuideTable, ...]
