"""Which condition of the story a condition of a standing is: by its kind and words, else by its kind.

In: a standing's condition and the story. Out: the condition it is, and how that was told. Where a kind of
condition is each party's own affair (its parliament, its place, its role), a condition that no wording
matches is never taken for another party's: it becomes one of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.model import StandingCondition, Story, StoryCondition

How = Literal["words", "kind", "found"]
OWN_AFFAIRS = frozenset({"approval", "role_limit", "location_limit", "command", "timing", "other"})
"""Kinds that hold for one party at a time: two parliaments that must agree are two conditions."""
_LONGEST = 80  # characters of a wording in a label
_WORD = re.compile(r"[^\W\d_]+")
_EMPTY_WORDS = (
    "a an the of in on at to for by from with and or not no is are was be been has have had will "
    "would if unless until before after without that this its their it must only still"
)
_EMPTY = frozenset(_EMPTY_WORDS.split())


@dataclass(frozen=True, slots=True)
class Lever:
    """A condition that parties hang on, as the assessment follows it.

    Attributes:
        id: of the story's condition; or the kind, or ``kind:PARTY``, where the story has none for it.
        kind: the condition kind.
        label: for people.
        found: whether it comes from the reports and not from the story.
    """

    id: str
    kind: str
    label: str
    found: bool = False


def content_words(text: str) -> frozenset[str]:
    """The words that carry meaning, without plural s.

    Example:
        >>> sorted(content_words("unless the guns are silent"))
        ['gun', 'silent']
    """
    words = (w.casefold() for w in _WORD.findall(text))
    return frozenset(w[:-1] if len(w) > 3 and w.endswith("s") else w for w in words if w not in _EMPTY)


def likeness(text: str, wordings: Iterable[str]) -> float:
    """The best share of a wording's content words that stand in the text; 1 where it stands there whole."""
    said, words = text.casefold(), content_words(text)
    best = 0.0
    for wording in wordings:
        if wording.strip() and wording.casefold() in said:
            return 1.0
        meant = content_words(wording)
        if meant:
            best = max(best, len(meant & words) / len(meant))
    return best


def lever_of(condition: StandingCondition, party: str, story: Story, *, wording: float) -> tuple[Lever, How]:
    """The condition that is meant, and how it was told.

    Args:
        condition: as the standing has it.
        party: who names it.
        story: whose conditions it may be.
        wording: from which likeness on words decide.
    """
    same = [c for c in story.conditions if c.kind == condition.kind]
    scored = [(likeness(condition.text, (c.label, *c.words)), c) for c in same]
    top = max((score for score, _ in scored), default=0.0)
    if top >= wording:
        return _lever(_first(scored, top)), "words"
    own = condition.kind in OWN_AFFAIRS
    if same and (not own or (len(same) == 1 and top > 0)):
        return _lever(_first(scored, top)), "kind"
    name = f"{condition.kind}:{party}" if own else condition.kind
    return Lever(name, condition.kind, _label(condition), found=True), "found"


def _label(condition: StandingCondition) -> str:
    """The kind and the words, cut to what fits a row.

    Example:
        >>> _label(StandingCondition("ceasefire", "until the guns are silent", ()))
        'ceasefire (“until the guns are silent”)'
    """
    words = " ".join(condition.text.split())
    if len(words) > _LONGEST:
        words = f"{words[: _LONGEST - 1].rstrip()}…"
    kind = condition.kind.replace("_", " ")
    return f"{kind} (“{words}”)" if words else kind


def _first(scored: Sequence[tuple[float, StoryCondition]], top: float) -> StoryCondition:
    return next(c for score, c in scored if score == top)


def _lever(condition: StoryCondition) -> Lever:
    return Lever(condition.id, condition.kind, condition.label)
