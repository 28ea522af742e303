"""The nouns: frozen, standard library only, no input or output.

Every room of the house takes and gives these; ``docs/vocabulary.md`` says what each word means.
"""

from onrecord.model.dates import DateRange
from onrecord.model.fact import Fact, FactKind
from onrecord.model.judgement import Decision, Judgement
from onrecord.model.position import Condition, Position, Quantity
from onrecord.model.report import Issue, Report, digest
from onrecord.model.spans import Span
from onrecord.model.standing import (
    Conflict,
    ConflictKind,
    Grade,
    HistoryEntry,
    Origin,
    Polarity,
    Reason,
    Standing,
    StandingCondition,
    State,
)
from onrecord.model.statement import ChainLink, Form, Source, SourceKind, Statement
from onrecord.model.story import Force, Requirement, Story, StoryCondition

__all__ = [
    "ChainLink",
    "Condition",
    "Conflict",
    "ConflictKind",
    "DateRange",
    "Decision",
    "Fact",
    "FactKind",
    "Force",
    "Form",
    "Grade",
    "HistoryEntry",
    "Issue",
    "Judgement",
    "Origin",
    "Polarity",
    "Position",
    "Quantity",
    "Reason",
    "Report",
    "Requirement",
    "Source",
    "SourceKind",
    "Span",
    "Standing",
    "StandingCondition",
    "State",
    "Statement",
    "Story",
    "StoryCondition",
    "digest",
]
