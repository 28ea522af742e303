"""How sure a position is: signs of a draft -> the chance that a careful analyst would note it so.

In: a draft and what the position model read around it. Out: 0 to 1, by a logistic model whose weights are data
(``data/confidence.json``, written by ``training/positions/confidence.py`` from texts that trained nothing). What the
rules and the model agree on is surer than what one of them says alone.
"""

from __future__ import annotations

import functools
import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib import resources

from onrecord.errors import ModelMissing
from onrecord.extraction.learned.reading import CueReading
from onrecord.extraction.positions import TOWARD_OTHER, Draft
from onrecord.extraction.scene import Scene

SIGNS = (
    "rules",
    "rules, certainty",
    "rules, cue seen",
    "rules, stance read",
    "rules, task read",
    "model, cue seen",
    "model, stance read",
    "model, task read",
    "toward another",
    "no task of the vocabulary",
    "holder named",
    "condition",
    "others in the sentence",
    "words in the sentence",
)
"""What is looked at, in the order of the weights. Probabilities count as log odds, sizes as logarithms."""
_EDGE = 0.005
"""Probabilities count as if they were no nearer to 0 or 1 than this."""


@functools.cache
def weights() -> tuple[float, Mapping[str, float]]:
    """The offset and the weight of each sign.

    Raises:
        ModelMissing: the file is not in the package.
    """
    file = resources.files("onrecord.extraction").joinpath("data", "confidence.json")
    if not file.is_file():
        raise ModelMissing(
            "the weights of the confidence are missing", value="confidence.json", hint="install onrecord from its wheel"
        )
    data = json.loads(file.read_text(encoding="utf-8"))
    return float(data["offset"]), {name: float(w) for name, w in data["weights"].items()}


def chance(signs: Sequence[float]) -> float:
    """The chance that a draft with these signs is right, 0 to 1.

    Args:
        signs: one number for each of :data:`SIGNS`.

    Raises:
        ModelMissing: the weights are not in the package.
    """
    offset, weight = weights()
    total = offset + sum(weight.get(name, 0.0) * x for name, x in zip(SIGNS, signs, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def signs_of(
    scene: Scene, drafts: Sequence[Draft], readings: Sequence[CueReading], learned: str, polarity: Mapping[str, str]
) -> list[tuple[float, ...]]:
    """The signs of each draft of a report.

    Args:
        scene: the report laid out.
        drafts: all drafts of the report; how many of them a sentence has is a sign too.
        readings: what the position model read.
        learned: the extractor of drafts that the model found.
        polarity: of each stance.
    """
    by_sentence: dict[int, list[CueReading]] = {}
    for reading in readings:
        for token in scene.tokens_in(*reading.cue)[:1]:
            by_sentence.setdefault(token.sent.start, []).append(reading)
    crowd = Counter(d.at.sent.start for d in drafts)
    found = []
    for draft in drafts:
        sentence = draft.at.sent
        near = by_sentence.get(sentence.start, [])
        one = max(near, key=lambda r: (_overlaps(r, draft), _seen(r)), default=None)
        read = _read(one, draft, polarity, draft.extractor == learned)
        beside, length = math.log(crowd[sentence.start]), math.log(max(1, len(sentence))) - 3
        found.append((*read, *_kinds(scene, draft), beside, length))
    return found


def _read(one: CueReading | None, draft: Draft, polarity: Mapping[str, str], by_model: bool) -> tuple[float, ...]:
    """What the rules and the model say of a draft; ``one`` is the reading that speaks of it."""
    seen = stance = task = 0.0
    if one is not None:
        seen = _odds(_seen(one))
        stance = _odds(_of_polarity(one, draft.stance, polarity))
        task = _odds(one.tasks.get(draft.task, 0.0))
    if by_model:
        return (0.0, 0.0, 0.0, 0.0, 0.0, seen, stance, task)
    return (1.0, _odds(draft.certainty), seen, stance, task, 0.0, 0.0, 0.0)


def _kinds(scene: Scene, draft: Draft) -> tuple[float, ...]:
    named = any(scene.text[h.start : h.start + 1].isupper() for h in draft.holders if h.start >= 0)
    return (
        float(draft.stance in TOWARD_OTHER),
        float(draft.task == "other"),
        float(named),
        float(bool(draft.conditions)),
    )


def with_confidence(
    scene: Scene, drafts: Sequence[Draft], readings: Sequence[CueReading], learned: str, polarity: Mapping[str, str]
) -> list[Draft]:
    """The drafts with the chance that they are right as their certainty, in the same order; see :func:`signs_of`.

    Raises:
        ModelMissing: the weights are not in the package.
    """
    signs = signs_of(scene, drafts, readings, learned, polarity)
    return [replace(d, certainty=chance(s)) for d, s in zip(drafts, signs, strict=True)]


def _overlaps(reading: CueReading, draft: Draft) -> bool:
    if draft.cue is not None:
        return reading.cue[0] < draft.cue.end and draft.cue.start < reading.cue[1]
    return reading.cue[0] <= draft.at.idx < reading.cue[1]


def _seen(reading: CueReading) -> float:
    return reading.probability * (1 - reading.stances["none"])


def _of_polarity(reading: CueReading, stance: str, polarity: Mapping[str, str]) -> float:
    """How much of what the model saw is of the stance's polarity."""
    live = max(1e-6, 1 - reading.stances["none"])
    same = polarity.get(stance)
    return sum(p for s, p in reading.stances.items() if s != "none" and polarity.get(s) == same) / live


def _odds(p: float) -> float:
    p = min(1 - _EDGE, max(_EDGE, p))
    return math.log(p / (1 - p))
