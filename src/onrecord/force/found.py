"""The size of a force as the reports tell it, for a story that gives none.

In: reports and the names of the matter. Out: the figure and the passages it stands in, marked as found.
Only figures that a sentence gives to a force as a whole are taken; the one that most reports give wins, of
equals the larger.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.model import Report, Requirement, Span

_NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+|\d{4,6})"
_PERSONS = r"(?:troops|soldiers|personnel|men|members|people|police(?: officers)?|peacekeepers|persons)"
_HEDGE = r"(?P<hedge>up to|as many as|no more than|about|around|some|roughly|nearly|at least|more than)?\s*"
_LINK = r"(?:estimated at|of|numbering|to number|put at|with|comprising)"
_NEEDS = r"(?:needs?|requires?|is to have|would have|should number)"
_PATTERNS = tuple(
    re.compile(p, re.IGNORECASE)
    for p in (
        rf"\bforce\b(?:\s+(?:is|was|would be|will be))?\s+{_LINK}\s+{_HEDGE}{_NUMBER}\b",
        rf"\b{_HEDGE}{_NUMBER}[- ](?:strong|member|person|troop)\b[^.;]{{0,60}}\bforce\b",
        rf"\bforce\b[^.;]{{0,80}}\b{_NEEDS}\s+{_HEDGE}{_NUMBER}\s+{_PERSONS}",
    )
)


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a figure stands.

    Attributes:
        report: id of the report.
        span: the words.
    """

    report: str
    span: Span


@dataclass(frozen=True, slots=True)
class FoundForce:
    """A force's size as the reports tell it.

    Attributes:
        requirement: the figure, its source in words.
        passages: every passage that gives it.
    """

    requirement: Requirement
    passages: tuple[Passage, ...]


def find_force(reports: Iterable[Report]) -> FoundForce | None:
    """The size that the reports give to a force, or None where none does.

    Args:
        reports: those of the matter.

    Example:
        >>> from onrecord.model import digest
        >>> text = "They spoke of a force of up to 9,000 soldiers."
        >>> found = find_force([Report("r1", text, digest(text))])
        >>> found.requirement.low, found.requirement.high, found.passages[0].span.text
        (None, 9000.0, 'force of up to 9,000')
    """
    told: dict[float, list[tuple[Passage, str]]] = defaultdict(list)
    for report in reports:
        for pattern in _PATTERNS:
            for match in pattern.finditer(report.text):
                number = float(match["number"].replace(",", ""))
                passage = Passage(report.id, Span.of(report.text, match.start(), match.end()))
                told[number].append((passage, (match["hedge"] or "").casefold()))
    if not told:
        return None
    number = max(told, key=lambda n: (len({p.report for p, _ in told[n]}), n))
    return FoundForce(_requirement(number, told[number]), tuple(p for p, _ in told[number]))


def _requirement(number: float, told: Sequence[tuple[Passage, str]]) -> Requirement:
    hedges = {hedge for _, hedge in told}
    reports = sorted({p.report for p, _ in told})
    upper = hedges <= {"up to", "as many as", "no more than"}
    lower = hedges <= {"at least", "more than"}
    return Requirement(
        low=None if upper else number,
        high=None if lower else number,
        source=f"found in the reports: {', '.join(reports[:3])}",
    )
