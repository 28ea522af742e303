"""What the standings add up to: the force of the story, or the one that the reports tell of.

Part of the services: joins reconciliation, force and vocabulary. In: a reconciliation with the rows it rests on, the
story, what is supposed of the conditions. Out: the record of `onrecord.force.force_record`, or None.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from onrecord.force import FoundForce, assess, find_force, force_record
from onrecord.force.parties import COMPONENT_OF
from onrecord.model import Position, Report, Standing, Story
from onrecord.model.story import ConditionState
from onrecord.reconciliation import Reconciliation
from onrecord.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Suppose:
    """What is supposed of the conditions, over what the story says.

    Attributes:
        scenario: the scenario that coverage, unlocks and leaving are told for; the story's first where None.
        settled: condition id or kind -> chance, 0 to 1, that it is met.
    """

    scenario: str | None = None
    settled: Mapping[str, float] = field(default_factory=dict)


def strengths_of(story: Story | None) -> dict[str, tuple[float, ...]]:
    """The figures of the whole force by matter, so that none of them passes for one party's share."""
    if story is None or story.force is None:
        return {}
    need = story.force.requirement
    figures = {x for x in (need.low, need.high) if x}
    return {story.matter: tuple(sorted(figures))} if figures else {}


def add_up(
    made: Reconciliation,
    reports: Sequence[Report],
    positions: Sequence[Position],
    story: Story | None,
    matters: Mapping[str, str],
    vocabulary: Vocabulary,
    suppose: Suppose | None = None,
) -> dict[str, Any] | None:
    """The record of what it adds up to; None where neither the story nor the reports tell of a force.

    Args:
        made: the reconciliation.
        reports: of all matters.
        positions: of all matters.
        story: the user's, or None.
        matters: title by matter id.
        vocabulary: names, known actors and kinds.
        suppose: scenario and switches.

    Raises:
        StoryInvalid: the story cannot be computed on.
        UnknownName: there is no such scenario or condition.
        InputError: a switch is no chance.
    """
    told = story if story is not None else _of_reports(made.standings, matters)
    if told is None:
        return None
    told = replace(told, conditions=told.conditions_on(made.as_of))
    found = None
    if not _gives_size(told):
        found = _found(made.standings, reports, positions, told, vocabulary)
        if found is None and told.force is None:
            return None
    chosen = suppose or Suppose()
    made_of = assess(
        made.standings,
        told,
        scenario=chosen.scenario,
        settled=chosen.settled,
        states=states_of(made, told.matter),
        found=found,
        positions=positions,
        actors=vocabulary.actors.keys(),
        kinds=vocabulary.condition_kinds.keys(),
    )
    return force_record(made_of, vocabulary)


def states_of(made: Reconciliation, matter: str) -> dict[str, ConditionState]:
    """The state of each condition of a matter, by the name that the force knows it by.

    Example:
        >>> from datetime import date
        >>> states_of(Reconciliation(date(2026, 1, 1)), "isf_gaza")
        {}
    """
    found: dict[str, ConditionState] = {}
    for own in (True, False):  # what no report ties to a matter counts where the matter's own does not tell
        for one in made.conditions_state:
            if one.matter == (matter if own else None):
                name = one.id.removeprefix(f"{one.matter or '-'}.").replace(".", ":")
                found.setdefault(name, one.status)
    return found


def _gives_size(story: Story) -> bool:
    need = story.force.requirement if story.force else None
    return need is not None and (need.low is not None or need.high is not None)


def _of_reports(standings: Sequence[Standing], matters: Mapping[str, str]) -> Story | None:
    """A story that names no more than the matter in which most parties are on record for being part of a force."""
    counts = Counter(s.matter for s in standings if s.matter and s.task in COMPONENT_OF)
    if not counts:
        return None
    first = min(counts, key=lambda m: (-counts[m], m))
    return Story(first, first, matters.get(first, first.replace("_", " ")))


def _found(
    standings: Sequence[Standing],
    reports: Sequence[Report],
    positions: Sequence[Position],
    story: Story,
    vocabulary: Vocabulary,
) -> FoundForce | None:
    """What the reports that speak of the story's matter, and of no other, tell of its force."""
    of_report: dict[str, set[str | None]] = {}
    for position in positions:
        of_report.setdefault(position.report, set()).add(position.matter)
    own = [r for r in reports if of_report.get(r.id, set()) - {None} == {story.matter}]
    stands = [s for s in standings if s.matter == story.matter]
    return find_force(own, stands, {p.id: p for p in positions}, vocabulary)
