"""A force as the reports tell of it, for a story that describes none: size, tasks, who is left out, who staffs it.

In: reports of the matter, its standings and positions. Out: what was found with the passages and positions it
rests on, marked as found. Of sizes only figures that a sentence gives to a force as a whole are taken; the one
that most reports give wins, of equals the larger. A task is the force's where somebody wants, or will not have,
a group of states do it, or where it is about being part of a force at all. A party is left out where a plan or
the reporter, and no party, says that it sends nobody, without a condition.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.model import Position, Report, Requirement, Span, Standing
from onrecord.vocabulary import Vocabulary

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
    """A force as the reports tell of it.

    Attributes:
        requirement: the size, its source in words; without figures where no report gives one.
        passages: every passage that gives the size.
        tasks: task -> ids of the positions by which it is the force's.
        excluded: party -> ids of the positions by which it is left out.
        staffing: ids of the standings of those who staff its headquarters or coordination centre.
    """

    requirement: Requirement
    passages: tuple[Passage, ...]
    tasks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    excluded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    staffing: tuple[str, ...] = ()


def find_force(
    reports: Iterable[Report],
    standings: Sequence[Standing] = (),
    positions: Mapping[str, Position] | None = None,
    vocabulary: Vocabulary | None = None,
) -> FoundForce | None:
    """What the reports tell of a force, or None where they give neither its size nor its tasks.

    Args:
        reports: those of the matter.
        standings: those of the matter.
        positions: those behind the standings, by id.
        vocabulary: for the kinds of tasks; without it no task is found.

    Example:
        >>> from onrecord.model import digest
        >>> text = "They spoke of a force of up to 9,000 soldiers."
        >>> found = find_force([Report("r1", text, digest(text))])
        >>> found.requirement.low, found.requirement.high, found.passages[0].span.text
        (None, 9000.0, 'force of up to 9,000')
    """
    size = _size(reports)
    tasks = _tasks(standings, vocabulary) if vocabulary else {}
    if size is None and not any(tasks.values()):
        return None
    requirement, passages = size or (Requirement(None, None), ())
    return FoundForce(
        requirement,
        passages,
        tasks=tasks,
        excluded=_excluded(standings, positions or {}),
        staffing=tuple(
            s.id
            for s in standings
            if s.task == "staff_headquarters" and s.holder == s.performer and s.polarity == "for"
        ),
    )


def _tasks(standings: Sequence[Standing], vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """The force's tasks in the order of the vocabulary; no positions for those that are about being part of it."""
    found: dict[str, tuple[str, ...]] = {}
    for task in vocabulary.tasks.values():
        of_group = [
            s
            for s in standings
            if s.task == task.id and s.performer.startswith("group:") and s.holder != s.performer
        ]
        if of_group and task.kind in {"force", "security"}:
            found[task.id] = tuple(dict.fromkeys(p for s in of_group for p in (*s.supporting, *s.opposing)))
        elif task.kind == "force" and any(s.task == task.id for s in standings):
            found[task.id] = ()
    return found


def _excluded(
    standings: Sequence[Standing], positions: Mapping[str, Position]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in standings:
        if one.holder != one.performer or one.task != "contribute_troops" or one.conditions:
            continue
        if one.polarity != "against" or one.state == "contested":
            continue
        said = [positions[p] for p in one.supporting if p in positions]
        if said and not any(p.self_declared for p in said) and all(_no_voice(p) for p in said):
            found[one.holder] = tuple(p.id for p in said)
    return found


def _no_voice(position: Position) -> bool:
    """Whether a plan, or the reporter, says it: no speaker stands before the outlets."""
    return all(link.kind in {"outlet", "document"} for link in position.chain)


def _size(reports: Iterable[Report]) -> tuple[Requirement, tuple[Passage, ...]] | None:
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
    return _requirement(number, told[number]), tuple(p for p, _ in told[number])


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
