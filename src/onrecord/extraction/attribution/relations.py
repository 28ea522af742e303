"""A text's attribution relations: source, cue and content, each with offsets into the text.

In: a text and the model. Out: :class:`RawRelation`, which knows nothing of who a source is, of chains or
of dates.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.extraction.attribution.decoding import WordSpan, best_tags, word_spans
from onrecord.extraction.attribution.linking import WordRelation, relate
from onrecord.extraction.attribution.model import AttributionModel, Encoding, Parameters

Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class RawRelation:
    """One attribution relation as the model reads it.

    Attributes:
        source: who says it, or None where the text names nobody ("it was reported that").
        cue: the words that make it an attribution, or None.
        content: what is said, in one or more pieces, in order of text; never empty.
        confidence: 0 to 1, that the relation is there with about these parts (calibrated on dev).

    Offsets are code points of the text, start inclusive, end exclusive.
    """

    source: Offsets | None
    cue: Offsets | None
    content: tuple[Offsets, ...]
    confidence: float


def relations(text: str, model: AttributionModel) -> list[RawRelation]:
    """The attribution relations of a text, in order of their first word.

    A text without one gives an empty list, so does an empty text. Time grows in proportion to length.
    """
    return relations_of(model.encode([text])[0], model.parameters)


def relations_in(texts: Iterable[str], model: AttributionModel) -> list[list[RawRelation]]:
    """The relations of several texts, each as it would be read alone."""
    return [relations_of(encoding, model.parameters) for encoding in model.encode(texts)]


def relations_of(encoding: Encoding, parameters: Parameters) -> list[RawRelation]:
    """The relations in a text that is already encoded."""
    if not encoding.windows:
        return []
    parts = [encoding.emissions[w.start : w.end] for w in encoding.windows]
    found = []
    for window, part, tags in zip(
        encoding.windows, parts, best_tags(parts, parameters.transitions, parameters.opening), strict=True
    ):
        inside = slice(window.start, window.end)
        joined = relate(
            word_spans(tags, part),
            encoding.projections[inside],
            encoding.words.paragraphs[inside],
            parameters.links,
        )
        found += [_raw(r, encoding, window.start, parameters) for r in joined]
    return sorted(found, key=_first)


def _raw(relation: WordRelation, encoding: Encoding, shift: int, parameters: Parameters) -> RawRelation:
    def offsets(span: WordSpan) -> Offsets:
        words = encoding.words
        return int(words.starts[shift + span.start]), int(words.ends[shift + span.end - 1])

    slope, offset = parameters.calibration
    raw = min(max(relation.confidence, 1e-6), 1 - 1e-6)
    return RawRelation(
        source=offsets(relation.source) if relation.source else None,
        cue=offsets(relation.cue) if relation.cue else None,
        content=tuple(offsets(s) for s in relation.contents),
        confidence=1 / (1 + math.exp(-(slope * math.log(raw / (1 - raw)) + offset))),
    )


def _first(relation: RawRelation) -> tuple[int, int]:
    spans = [*relation.content, *(s for s in (relation.source, relation.cue) if s)]
    return min(spans)
