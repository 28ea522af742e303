"""Which condition of a story a wording is: by its words, by who names it, else by its kind.

In: the kind and text of a condition, who names it, the story's conditions. Out: the one that is meant, and how
that was told. Reconciliation and force ask the same question and get the same answer here. Where a kind of
condition is each party's own affair (its parliament, its place, its role), a wording that nothing matches is
never taken for another party's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from onrecord.model.story import StoryCondition

How = Literal["words", "named", "kind", "found"]
"""By the words, by who names it, by the kind alone; or found in the reports and in no story."""

OWN_AFFAIRS = frozenset({"approval", "role_limit", "location_limit", "command", "timing", "other"})
"""Kinds that hold for one party at a time: two parliaments that must agree are two conditions."""

ENOUGH = 0.6
"""Share of the content words of a story's wording that a text must hold to be it."""

_SAYS_ENOUGH = 3  # content words from which a wording says what it means, without its kind
_WORD = re.compile(r"[^\W\d_]+")
_EMPTY_WORDS = (
    "a an the of in on at to for by from with and or not no is are was be been has have had will "
    "would if unless until before after without that this its their it must only still"
)
_EMPTY = frozenset(_EMPTY_WORDS.split())


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


def _holds(text: str, wordings: Iterable[str]) -> bool:
    """Whether a wording of at least three words of content stands whole in a text."""
    said = text.casefold()
    return any(w.casefold() in said and len(content_words(w)) >= _SAYS_ENOUGH for w in wordings if w.strip())


def condition_of(
    kind: str, text: str, party: str, conditions: Sequence[StoryCondition], *, enough: float = ENOUGH
) -> tuple[StoryCondition | None, How]:
    """The condition of the story that is meant, or None, and how that was told.

    Args:
        kind: the condition kind.
        text: its wording.
        party: who names it.
        conditions: the story's.
        enough: from which likeness on words decide.

    Example:
        >>> quiet = StoryCondition("quiet", "ceasefire", "A full ceasefire", ("the guns are silent",))
        >>> war = StoryCondition("war", "ceasefire", "An end of the war", named_by=("IDN",))
        >>> both = (quiet, war)
        >>> [condition_of("ceasefire", x, y, both)[1] for x, y in (("until the guns are silent", "AZE"), ("", "IDN"))]
        ['words', 'named']
    """
    whole = [c for c in conditions if c.kind != kind and _holds(text, c.words)]
    same = [c for c in conditions if c.kind == kind]
    scored = [(likeness(text, (c.label, *c.words)), c) for c in same]
    top = max((score for score, _ in scored), default=0.0)
    if top >= enough:
        return next(c for score, c in scored if score == top), "words"
    if whole:  # the story's very words are it, whatever kind a reader took them for
        return whole[0], "words"
    named = [(score, c) for score, c in scored if party in c.named_by]
    if named:
        best = max(score for score, _ in named)
        return next(c for score, c in named if score == best), "named"
    if same and (kind not in OWN_AFFAIRS or (len(same) == 1 and top > 0 and not same[0].named_by)):
        return next(c for score, c in scored if score == top), "kind"
    return None, "found"
