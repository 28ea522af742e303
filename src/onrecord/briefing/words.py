"""The words of the page: what briefing needs of a vocabulary, and how identifiers are told to people.

Comes in: any object with the shape of `Labels` (the vocabulary has it). Goes out: labels, safe to show. It
must not know where the words come from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from onrecord.briefing.text import figure, one_line, visible
from onrecord.errors import UnknownName
from onrecord.model import Polarity

POLARITIES: tuple[Polarity, ...] = ("for", "leaning", "open", "against")
"""From most in favour to most against."""

SIGNS: Mapping[Polarity, str] = {"for": "+", "leaning": "≈", "open": "?", "against": "−"}
"""The sign of each polarity in running text; on the page a drawn sign takes its place."""

LONGEST_NAME = 80
"""Code points of a party's name; what is longer is cut, with an ellipsis."""

STATE_WORDS: Mapping[str, str] = {
    "settled": "settled",
    "contested": "contested",
    "stale": "stale",
    "unknown": "not clear",
}
"""The states of a standing as a reader sees them."""


class Word(Protocol):
    """A task or a kind of condition."""

    @property
    def label(self) -> str:
        """What people read."""
        ...

    @property
    def gloss(self) -> str:
        """What it means, in a sentence."""
        ...


class StanceWord(Word, Protocol):
    """A rung of the ladder of stances."""

    @property
    def polarity(self) -> Polarity:
        """For, leaning, open or against."""
        ...


class Labels(Protocol):
    """What a vocabulary must offer; every mapping is keyed by id, in the order to show."""

    @property
    def stances(self) -> Mapping[str, StanceWord]:
        """The ladder, strongest first."""
        ...

    @property
    def tasks(self) -> Mapping[str, Word]:
        """What may be done."""
        ...

    @property
    def condition_kinds(self) -> Mapping[str, Word]:
        """The kinds of condition."""
        ...

    def label(self, actor_id: str, /) -> str:
        """The display name of an actor; may raise `UnknownName`."""
        ...


def plain_name(name: str) -> str:
    """An identifier as words, for what no vocabulary knows.

    >>> plain_name("group:foreign_force"), plain_name("isf_gaza")
    ('foreign force', 'isf gaza')
    """
    return one_line(name.removeprefix("group:").replace("_", " "), LONGEST_NAME) or "unnamed"


@dataclass(frozen=True, slots=True)
class Words:
    """Labels with a fallback: a name that the vocabulary lacks is shown as it is written, never hidden."""

    labels: Labels

    def actor(self, name: str) -> str:
        """The display name of an actor."""
        try:
            said = self.labels.label(name)
        except UnknownName:
            return plain_name(name)
        # A vocabulary that hands an unknown name straight back has nothing better than the fallback.
        return plain_name(name) if said == name and not name.isupper() else one_line(said, LONGEST_NAME)

    def task(self, name: str) -> str:
        """The label of a task."""
        word = self.labels.tasks.get(name)
        return visible(word.label) if word else plain_name(name)

    def condition(self, kind: str) -> str:
        """The label of a kind of condition."""
        word = self.labels.condition_kinds.get(kind)
        return visible(word.label) if word else plain_name(kind)

    def condition_told(self, kind: str, wording: str) -> str:
        """A condition in a few words: its kind, or for one of no kind its own wording."""
        known = self.condition(kind)
        return f"“{one_line(wording, 28)}”" if kind == "other" and wording.strip() else known

    def stance(self, name: str) -> str:
        """The label of a stance."""
        word = self.labels.stances.get(name)
        return visible(word.label) if word else plain_name(name)

    def polarity(self, stance: str) -> Polarity:
        """The polarity of a stance; one that the vocabulary lacks counts as open."""
        word = self.labels.stances.get(stance)
        return word.polarity if word else "open"

    def rung(self, stance: str) -> int:
        """Place on the ladder, 0 the strongest."""
        return {name: n for n, name in enumerate(self.labels.stances)}.get(stance, len(self.labels.stances))

    def task_place(self, task: str) -> int:
        """Place of a task in the vocabulary's order."""
        return {name: n for n, name in enumerate(self.labels.tasks)}.get(task, len(self.labels.tasks))

    def undertaking(self, holder: str, performer: str, task: str) -> str:
        """Who on whose doing what: "Israel on Türkiye: contribute troops"."""
        who = self.actor(holder)
        if performer != holder:
            who = f"{who} on {self.actor(performer)}"
        return f"{who}: {self.task(task)}"

    def stance_with_figure(self, stance: str, low: float | None, high: float | None, unit: str | None) -> str:
        """A stance and its figure: "offered, up to 8,000 troops"."""
        number = figure(low, high, unit)
        return f"{self.stance(stance)}, {number}" if number else self.stance(stance)
