"""The section of strength, frozen: what it adds up to, and what would change it.

All text has been made visible; nothing is escaped yet. Links lead to standings and reports on the page, references
to passages; a link whose anchor is empty is mere text.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.briefing.charts import StrengthChart, UnlockChart
from onrecord.briefing.pieces import Link, Ref, Text
from onrecord.briefing.strength_over_time import StrengthLine


@dataclass(frozen=True, slots=True)
class Outline:
    """What the bottom line tells of the strength.

    Attributes:
        required: the figure in words, or "".
        source: where it is from.
        found: whether the reports give it and the story does not.
        lines: the three lines.
        named: what the parties themselves have named for it.
        key: the condition that unlocks most, and what it gains; or "".
    """

    required: str
    source: str
    found: bool
    lines: tuple[str, ...]
    named: str
    key: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """A task and who is on record on it.

    Attributes:
        task: in words.
        supporting, leaning, silent, against: the parties; `silent` has not spoken for itself.
        nobody: whether no party is on record for it.
        persons: expected and needed, or "".
        refs: the passages behind it.
    """

    task: str
    supporting: tuple[Link, ...]
    leaning: tuple[Link, ...]
    silent: tuple[Link, ...]
    against: tuple[Link, ...]
    nobody: bool
    persons: str
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Unlock:
    """A set of conditions and what meeting it would bring.

    Attributes:
        conditions: in words.
        gain: persons more that are expected.
        chance: that the requirement is met then.
        note: what else it brings.
        share: its fair share of the gain of meeting everything (Shapley), or "".
        standings: the standings that name it.
        refs: the passages behind it.
    """

    conditions: str
    gain: str
    chance: str
    note: str
    share: str
    standings: tuple[Link, ...]
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A party's part: of the expected force, or of what is lost when it leaves.

    Attributes:
        party: who, linked to its standing.
        what: for what, or how the chance to meet the requirement falls.
        persons: how many.
        met: the chance that its conditions are met, or "".
        refs: the passages behind it.
    """

    party: Link
    what: str
    persons: str
    met: str
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier force beside this one, in stated terms."""

    name: str
    full_name: str
    authorised: str
    after_a_year: str
    contributors: str
    days: str
    command: str
    size: str
    shared: str
    only_here: str
    source: str


@dataclass(frozen=True, slots=True)
class Strength:
    """What it adds up to.

    Attributes:
        outline: required, source and lines, in words.
        lines: the lines with the passages they rest on.
        required_at: where the figure stands: reports, with the words for a hover.
        chart: strength by scenario against the requirement.
        over_time: what was expected as the record stood on earlier days, or None.
        scenario: the scenario that the rest is told for, or "".
        made_of: who makes up the expected force, largest first.
        coverage: gaps first.
        unlock, unlock_chart: what would unlock more.
        smallest: the smallest sets that reach the requirement, in words.
        leaving: who is missed most, first.
        earlier: earlier forces.
        assumptions: what is not from the record.
    """

    outline: Outline
    lines: tuple[Text, ...]
    required_at: tuple[Link, ...]
    chart: StrengthChart | None
    scenario: str
    made_of: tuple[Part, ...]
    coverage: tuple[Coverage, ...]
    unlock: tuple[Unlock, ...]
    unlock_chart: UnlockChart | None
    smallest: tuple[str, ...]
    leaving: tuple[Part, ...]
    earlier: tuple[Earlier, ...]
    assumptions: tuple[str, ...]
    over_time: StrengthLine | None = None

    @property
    def required(self) -> str:
        """The requirement in words."""
        return self.outline.required

    @property
    def named(self) -> str:
        """What the parties have named."""
        return self.outline.named
