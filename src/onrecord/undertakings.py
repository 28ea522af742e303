"""Undertakings that are not the vocabulary's: the story's own, and those found in the reports, with their labels.

Part of the services. In: positions, vocabulary, story. Out: the positions that are worth going by, and a record for
each such task. A task found in the reports is kept where two reports or two parties speak of it: one mention alone may
be a turn of phrase.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from onrecord.model import Position, Story
from onrecord.model.records import Record
from onrecord.vocabulary import Vocabulary
from onrecord.vocabulary.types import ConditionKind, Stance, Task

ENOUGH = 2
"""Reports, or parties, that must speak of a task that nobody has set."""
_BEFORE = re.compile(
    r"^(?:(?:its|their|his|her|our|my|the|a|an|any|some|all|more|further|about|around|up to|at least|another|these|"
    r"those)\s+|(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|dozens of|hundreds of)\s+"
    r"(?:hundred |thousand |million |billion )?)+",
    re.I,
)


def known_tasks(vocabulary_tasks: Collection[str], story: Story | None) -> frozenset[str]:
    """The tasks that somebody has set: the vocabulary's and the story's."""
    return frozenset({*vocabulary_tasks, *(story.undertakings if story else ())})


def worth_going_by(positions: Iterable[Position], known: Collection[str]) -> tuple[Position, ...]:
    """The positions less those on a found task that too few speak of.

    What a person has entered or confirmed (confidence 1) stands.

    Args:
        positions: of all reports.
        known: the tasks that somebody has set.
    """
    held = tuple(positions)
    reports: dict[str, set[str]] = {}
    parties: dict[str, set[str]] = {}
    for p in held:
        if p.task not in known:
            reports.setdefault(p.task, set()).add(p.report)
            parties.setdefault(p.task, set()).add(p.holder)
    enough = {t for t in reports if len(reports[t]) >= ENOUGH or len(parties[t]) >= ENOUGH}
    return tuple(p for p in held if p.task in known or p.task in enough or p.confidence == 1)


def label_of(task: str, positions: Iterable[Position]) -> str:
    """A found task for people: its verb, and its object in the words that most reports use.

    Example:
        >>> label_of("phase_out_coal", [])
        'phase out coal'
    """
    said = Counter(_bare(p.object.text) for p in positions if p.object is not None)
    words = task.replace("_", " ")
    for told, _ in sorted(said.items(), key=lambda x: (-x[1], x[0])):
        head = _stem(told.split()[-1]) if told else ""
        at = next((i for i, w in enumerate(words.split()) if i and _stem(w) == head), None)
        if at is not None:
            count = len(told.split())
            first = words.split()[: max(1, at - count + 1)]
            return " ".join((*first, told))
    return words


def _bare(words: str) -> str:
    return _BEFORE.sub("", " ".join(words.split()))


def _stem(word: str) -> str:
    word = word.lower()
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1] if word.endswith("s") else word


def labels_of(positions: Sequence[Position], known: Collection[str]) -> dict[str, str]:
    """Found task -> label, in the order of their names."""
    found: dict[str, list[Position]] = {}
    for p in positions:
        if p.task not in known:
            found.setdefault(p.task, []).append(p)
    return {task: label_of(task, found[task]) for task in sorted(found)}


class Labelled:
    """The vocabulary's words with those of tasks that it does not have, for pages.

    Args:
        vocabulary: the vocabulary.
        labels: label by task.
    """

    def __init__(self, vocabulary: Vocabulary, labels: Mapping[str, str]) -> None:
        self._vocabulary = vocabulary
        more = {t: Task(t, label, "politics", f"{label[:1].upper()}{label[1:]}.") for t, label in labels.items()}
        self._tasks = {**more, **vocabulary.tasks}

    @property
    def stances(self) -> Mapping[str, Stance]:
        """The ladder."""
        return self._vocabulary.stances

    @property
    def tasks(self) -> Mapping[str, Task]:
        """Every task, the further ones first: they are what this matter is about."""
        return self._tasks

    @property
    def condition_kinds(self) -> Mapping[str, ConditionKind]:
        """Every kind of condition."""
        return self._vocabulary.condition_kinds

    def label(self, actor_id: str) -> str:
        """The name to display for an actor."""
        return self._vocabulary.label(actor_id)


def task_records(
    positions: Sequence[Position], vocabulary_tasks: Mapping[str, object], story: Story | None
) -> list[Record]:
    """A record for each task that is not the vocabulary's.

    Args:
        positions: those gone by.
        vocabulary_tasks: the vocabulary's tasks by id.
        story: the user's story, or None.
    """
    own = {t: label for t, label in (story.undertakings if story else {}).items() if t not in vocabulary_tasks}
    found = labels_of(positions, known_tasks(vocabulary_tasks.keys(), story))
    rows = []
    for task, label in {**own, **found}.items():
        here = [p for p in positions if p.task == task]
        rows.append(
            {
                "task": task,
                "label": label,
                "from": "story" if task in own else "reports",
                "words": list(story.task_words.get(task, ())) if story and task in own else [],
                "positions": [p.id for p in here],
                "reports": sorted({p.report for p in here}),
            }
        )
    return rows
