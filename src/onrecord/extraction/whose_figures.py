"""Figures that are no position's own: the men that several send together, and heads counted where money is given.

In: the drafts of a report. Out: the drafts, some with a figure less (guideline rule 7). "The two will send 900 men"
tells the figure of neither; "500 each" that of both. "Will pay the wages of 5,000 policemen" tells no sum.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.extraction.lexicon import nouns
from onrecord.extraction.positions import Draft
from onrecord.extraction.scene import Scene

_EACH = re.compile(r"\b(?:each|apiece|respectively|both)\b", re.I)
_AROUND = 40
"""How far behind a number what it counts may stand (code points)."""
_AHEAD = 3
"""How many words behind a number what it counts may stand."""


def with_own_figures(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, without the figures that are not their party's own.

    Args:
        scene: the report laid out.
        drafts: its positions.
    """
    return [d if d.figure is None or _own(scene, d) else replace(d, figure=None) for d in drafts]


def _own(scene: Scene, draft: Draft) -> bool:
    figure = draft.figure
    assert figure is not None
    if figure.low is None and figure.high is None:
        return True
    if not _heads(scene.text[figure.start : figure.end + _AROUND]):
        return True
    several = len({h.entity for h in draft.holders}) > 1
    return draft.task != "fund" and (not several or _EACH.search(draft.at.sent.text) is not None)


def _heads(words: str) -> bool:
    """Whether a number counts people: "5,000 Palestinian policemen"."""
    behind = re.sub(r"^[^a-z]*", "", words.lower())
    near = re.findall(r"[a-z-]+", re.split(r"[.,;]", behind)[0])[:_AHEAD]
    people = nouns().resources
    return any(w in people[kind] for w in near for kind in ("troops", "police", "observers", "trainers"))
