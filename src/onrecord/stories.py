"""The user's story: read once, checked as a whole, every fault with the line it stands on.

Part of the services: joins reading, force and vocabulary. In: the path that the settings name. Out: the story.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence

from onrecord.errors import StoryInvalid
from onrecord.force import Fault, faults
from onrecord.model import Story
from onrecord.reading.story import Known, line_numbers, read_story
from onrecord.settings import Settings
from onrecord.vocabulary import Vocabulary


def story_of(settings: Settings, vocabulary: Vocabulary) -> Story | None:
    """The user's story, or None where the settings name none.

    Raises:
        StoryInvalid: the file cannot be followed, or cannot be computed on; file, line and field of every fault
            are named.
    """
    if settings.story is None:
        return None
    known = Known(
        tasks=vocabulary.tasks.keys(),
        condition_kinds=vocabulary.condition_kinds.keys(),
        actors=vocabulary.actors.keys(),
        suggest=functools.partial(_suggest, vocabulary),
    )
    story = read_story(settings.story, known)
    kinds = vocabulary.condition_kinds.keys()
    found = faults(story, names={*kinds, *(c.id for c in story.conditions)}, actors=vocabulary.actors.keys())
    if found:
        raise _refused(settings.story.name, found, line_numbers(settings.story))
    return story


def _refused(name: str, found: Iterable[Fault], lines: Mapping[str, int]) -> StoryInvalid:
    told = [(f"{name}{_line(f.field, lines)}, {f.field}: {f.message}", f) for f in found]
    return StoryInvalid(
        "; ".join(words for words, _ in told), value=tuple(f.field for _, f in told), hint=told[0][1].hint
    )


def _line(field: str, lines: Mapping[str, int]) -> str:
    """The line of a field, or of the nearest part around it."""
    while field:
        if field in lines:
            return f", line {lines[field]}"
        field = field.rpartition(".")[0]
    return ""


def _suggest(vocabulary: Vocabulary, word: str, among: str) -> Sequence[str]:
    if among in {"tasks", "stances", "actors", "condition_kinds"}:
        return list(vocabulary.suggest(word, among=among))  # type: ignore[arg-type]
    return []
