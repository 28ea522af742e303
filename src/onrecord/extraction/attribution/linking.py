"""Spans -> relations: each cue chooses its source, each content its cue.

A learned choice, not the nearest: the network gives every word a projection for either role, a span's is the
mean of its words', and their product, with what :mod:`.geometry` tells of where the spans stand, scores the
pair. A cue may have no source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.extraction.attribution.decoding import FloatArray, WordSpan
from onrecord.extraction.attribution.geometry import geometry

#: Length of one projection; a word has four: cue seeking a source, source, content seeking a cue, cue sought.
LINK = 64


@dataclass(frozen=True)
class LinkWeights:
    """The linkers' own parameters; row 0 is for cue -> source, row 1 for content -> cue."""

    distance: FloatArray
    crossed: FloatArray
    passed: FloatArray
    null: FloatArray
    null_bias: float


@dataclass(frozen=True)
class WordRelation:
    """A cue with its source, if it has one, and its contents in order of text."""

    cue: WordSpan | None
    source: WordSpan | None
    contents: tuple[WordSpan, ...]
    confidence: float


def relate(
    spans: Sequence[WordSpan],
    projections: FloatArray,
    paragraphs: npt.NDArray[np.int64],
    weights: LinkWeights,
) -> list[WordRelation]:
    """Join the spans of one window; relations without content are left out.

    Args:
        spans: in order of text.
        projections: ``[words, 4 * LINK]``.
        paragraphs: number of each word's paragraph.
        weights: the linkers' parameters.
    """
    cues = [s for s in spans if s.kind == "Cue"]
    contents = [s for s in spans if s.kind == "Content"]
    sources = [s for s in spans if s.kind == "Source"]
    if not cues or not contents:
        return []
    owners, sure = _choose(contents, cues, projections, paragraphs, weights, 1)
    speakers, known = _choose(cues, sources, projections, paragraphs, weights, 0)
    relations = []
    for c, cue in enumerate(cues):
        held = [i for i, owner in enumerate(owners) if owner == c]
        if not held:
            continue
        source = sources[speakers[c]] if speakers[c] < len(sources) else None
        parts = [cue.confidence, known[c], *(contents[i].confidence * sure[i] for i in held)]
        if source:
            parts.append(source.confidence)
        relations.append(
            WordRelation(
                cue, source, tuple(contents[i] for i in held), float(np.prod(parts) ** (1 / len(parts)))
            )
        )
    return relations


def _choose(
    anchors: Sequence[WordSpan],
    candidates: Sequence[WordSpan],
    projections: FloatArray,
    paragraphs: npt.NDArray[np.int64],
    weights: LinkWeights,
    which: int,
) -> tuple[list[int], list[float]]:
    """For each anchor the number of its candidate (one past the last: none) and that choice's probability."""
    asking = _means(anchors, projections, 2 * which)
    columns = []
    if candidates:
        offered = _means(candidates, projections, 2 * which + 1)
        place = geometry([s.words for s in anchors], [s.words for s in candidates], paragraphs)
        scores = asking @ offered.T / np.float32(np.sqrt(LINK))
        scores += weights.distance[which][place[..., 0]]
        scores += weights.crossed[which][place[..., 1]] + weights.passed[which][place[..., 2]]
        columns.append(scores)
    if which == 0:
        columns.append((asking @ weights.null + weights.null_bias)[:, None])
    table = np.concatenate(columns, axis=1)
    table = np.exp(table - table.max(axis=1, keepdims=True))
    best = table.argmax(axis=1)
    sure = table.max(axis=1) / table.sum(axis=1)
    return best.tolist(), sure.tolist()


def _means(spans: Sequence[WordSpan], projections: FloatArray, part: int) -> FloatArray:
    cut = projections[:, part * LINK : (part + 1) * LINK]
    return np.stack([cut[s.start : s.end].mean(axis=0) for s in spans])
