"""Fact: a figure or a deal that a report gives as background, kept apart from positions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.model.dates import DateRange
from onrecord.model.spans import Span
from onrecord.model.statement import ChainLink

FactKind = Literal["share", "total", "count", "talks", "agreement"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One piece of background: what was measured or done, of whom, when, and who says so.

    Nobody's stance: "69 per cent of its arms imports in 2016-2020, according to the institute" and "hosted talks in
    April" tell what is or was, not what a party would do.

    Attributes:
        id: stable across runs of the same extractor over the same text.
        report: id of the report.
        kind: share (per cent of a whole), total (money), count (of people or things), talks (held or hosted) or
            agreement (signed, joined, ratified).
        measure: the words that name what is measured, or the doing ("arms imports", "hosted talks").
        evidence: the sentence it rests on.
        subject: the words that name whose it is, or None where the sentence names nobody.
        entity: the actor that the subject is (id of the vocabulary), or None where that is not resolved.
        low: the least that the figure can be, or None ("up to 300", or no figure).
        high: the most that it can be, or None.
        unit: what is counted ("per cent", "USD", "soldiers"), or None.
        figure: the words that give the figure, or None for talks and agreements.
        period: the days that it is told of, or None where the text does not tell.
        period_words: the words that tell them, or None.
        chain: who says so, nearest speaker first, reporting outlet last.
        extractor: name and version of what found it.
    """

    id: str
    report: str
    kind: FactKind
    measure: Span
    evidence: Span
    subject: Span | None = None
    entity: str | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    figure: Span | None = None
    period: DateRange | None = None
    period_words: Span | None = None
    chain: tuple[ChainLink, ...] = ()
    extractor: str = ""

    @property
    def value(self) -> float | None:
        """The figure, where it is one number; None for a range, an open bound, or no figure."""
        return self.low if self.low == self.high else None
