"""The conditions and the figure of a standing, put together from the claims that carry it.

Comes in: claims in order of time. Goes out: conditions in their fullest wording, the figure that stands.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from onrecord.model import Condition, StandingCondition
from onrecord.reconciliation.claims import Claim

# Two limits to the role can be two things ("no combat", "humanitarian only"); two mentions of a ceasefire are
# one.
_SEVERAL = frozenset({"role_limit", "location_limit", "other", "timing"})
_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "and",
        "or",
        "if",
        "until",
        "unless",
        "only",
        "as",
        "is",
        "are",
        "was",
        "be",
        "been",
        "its",
        "their",
        "his",
        "her",
        "that",
        "this",
        "there",
        "by",
        "from",
        "with",
        "not",
        "no",
        "once",
        "when",
        "before",
        "after",
        "long",
        "soon",
        "must",
        "would",
        "will",
    ]
)


@dataclass(frozen=True, slots=True)
class Figure:
    """The figure that stands: low, high, unit, and the claim that gives it."""

    low: float | None
    high: float | None
    unit: str | None
    claim: Claim


def conditions_of(claims: Sequence[Claim]) -> tuple[StandingCondition, ...]:
    """All conditions that the claims name: one for each kind, in the fullest wording.

    Limits of role and place, dates and other conditions are kept apart where their wordings share less than
    half of their words.

    Args:
        claims: those whose conditions hold together, in order of time.
    """
    kept: list[tuple[str, list[tuple[Condition, str]]]] = []
    for claim in claims:
        for condition in claim.position.conditions:
            place = next((g for kind, g in kept if kind == condition.kind and _one(condition, g)), None)
            if place is None:
                kept.append((condition.kind, [(condition, claim.id)]))
            else:
                place.append((condition, claim.id))
    return tuple(
        StandingCondition(kind, _fullest(group), tuple(dict.fromkeys(name for _, name in group)))
        for kind, group in sorted(kept, key=lambda x: (x[0], _fullest(x[1])))
    )


def _one(condition: Condition, group: Sequence[tuple[Condition, str]]) -> bool:
    return condition.kind not in _SEVERAL or any(alike(condition.span.text, c.span.text) for c, _ in group)


def _fullest(group: Sequence[tuple[Condition, str]]) -> str:
    texts = sorted({" ".join(c.span.text.split()) for c, _ in group})
    return max(texts, key=lambda t: (len(_words(t)), len(t)))


def _words(text: str) -> frozenset[str]:
    return frozenset(w for w in re.findall(r"\w+", text.casefold()) if w not in _SMALL)


def alike(one: str, other: str) -> bool:
    """Whether two wordings share half of the words of the shorter.

    Example:
        >>> alike("only outside the zone of hostilities", "outside the zone of fighting")
        True
        >>> alike("no combat", "only for medical work")
        False
    """
    a, b = _words(one), _words(other)
    if not a or not b:
        return not a and not b
    return len(a & b) * 2 >= min(len(a), len(b))


def figure_of(claims: Sequence[Claim], doubtful: Collection[str]) -> Figure | None:
    """The figure of the latest claim that gives one, claims of higher authority first where both are of one
    day.

    Args:
        claims: those that carry the stance, in order of time.
        doubtful: ids of claims whose figure is not believed.
    """
    for claim in reversed(claims):
        quantity = claim.position.quantity
        if quantity is None or claim.id in doubtful or (quantity.low is None and quantity.high is None):
            continue
        return Figure(quantity.low, quantity.high, quantity.unit, claim)
    return None
