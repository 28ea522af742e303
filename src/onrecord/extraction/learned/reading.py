"""Text -> cue readings: every wording that carries a stance, with the spans that belong to it.

In: a text and the position model. Out: :class:`CueReading` s. First the cues are found in windows of the
text, then each is marked and read in its surroundings. Offsets are code points of the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.extraction.attribution.features import Encoded, encode
from onrecord.extraction.learned.model import FloatArray, PositionModel, Row

Offsets = tuple[int, int]
WINDOW = 150
"""Words of a window in which cues are sought."""
OVERLAP = 50
"""Words that a window shares with the one before it."""
AROUND = 70
"""Words on either side of a cue in which its parts are sought, as in training."""
FLOOR = 0.35
"""A word is part of a cue from this probability on; lower than a half, since the second reading sorts out
the false ones."""
PART = 0.35
"""A word is part of a condition or a figure from this probability on, whatever the kind: twelve kinds share what one
class would have. Whoever uses the spans can be stricter by their ``shares``."""


@dataclass(frozen=True, slots=True)
class CueReading:
    """A wording that carries a stance, and what was read for it.

    Attributes:
        cue: its offsets.
        probability: 0 to 1, that it is a cue at all.
        stances: stance -> probability, summing to 1 with ``none``.
        tasks: task -> probability, summing to 1: a cue for two tasks shares it between them.
        flags: ``self``, ``own``, ``foreign_force`` -> probability.
        holders, performers, quantities, objects: offsets, in order.
        conditions: kind and offsets, in order.
        condition_shares, quantity_shares: for each of them 0 to 1, how sure its words are to belong to one;
            empty where that is not known.
    """

    cue: Offsets
    probability: float
    stances: dict[str, float]
    tasks: dict[str, float]
    flags: dict[str, float]
    holders: tuple[Offsets, ...]
    performers: tuple[Offsets, ...]
    quantities: tuple[Offsets, ...]
    objects: tuple[Offsets, ...]
    conditions: tuple[tuple[str, Offsets], ...]
    condition_shares: tuple[float, ...] = ()
    quantity_shares: tuple[float, ...] = ()


def read_cues(text: str, model: PositionModel) -> list[CueReading]:
    """All readings of a text, in order of their cues. Time grows in proportion to length."""
    encoded = encode(text, model.tokenizer)
    if not len(encoded):
        return []
    rows = list(_windows(len(encoded)))
    scores = np.zeros((len(encoded), 3), dtype=np.float32)
    counts = np.zeros((len(encoded), 1), dtype=np.float32)
    for row, (tokens, _) in zip(rows, model.score(encoded, rows), strict=True):
        scores[row.start : row.end] += _softmax(tokens[:, :3])
        counts[row.start : row.end] += 1
    cue_words = scores / counts
    spans = list(_cue_spans(cue_words))
    marked = [Row(max(0, a - AROUND), min(len(encoded), z + AROUND), (a, z)) for a, z in spans]
    found = []
    for row, (tokens, cue) in zip(marked, model.score(encoded, marked), strict=True):
        if cue is not None:
            found.append(_reading(encoded, model, row, tokens, cue, cue_words))
    return found


def _windows(words: int) -> Iterator[Row]:
    start = 0
    while True:
        end = min(words, start + WINDOW)
        yield Row(start, end)
        if end == words:
            return
        start = end - OVERLAP


def _softmax(x: FloatArray) -> FloatArray:
    e = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(e / e.sum(-1, keepdims=True), dtype=np.float32)


def _sigmoid(x: FloatArray) -> FloatArray:
    return np.asarray(1 / (1 + np.exp(-x)), dtype=np.float32)


def _cue_spans(p: FloatArray) -> Iterator[tuple[int, int]]:
    start = None
    for i in range(len(p)):
        inside = p[i, 1] + p[i, 2] >= FLOOR
        begins = inside and (start is None or (p[i, 1] > p[i, 2] and p[i, 1] > 0.5))
        if start is not None and (not inside or begins):
            yield start, i
            start = None
        if begins:
            start = i
    if start is not None:
        yield start, len(p)


def _spans(scores: FloatArray, at: int) -> list[tuple[int, int]]:
    """B/I/O scores of words to spans of words, shifted by ``at``."""
    best = scores.argmax(1)
    found: list[tuple[int, int]] = []
    for i, tag in enumerate(best.tolist()):
        if tag == 1 or (tag == 2 and not (found and found[-1][1] == at + i)):
            found.append((at + i, at + i + 1))
        elif tag == 2:
            found[-1] = (found[-1][0], at + i + 1)
    return found


def _likely(shares: FloatArray, at: int) -> list[tuple[int, int, float]]:
    """Probabilities of O, B and I of words to spans, shifted by ``at``, each with the mean of its words."""
    found: list[tuple[int, int]] = []
    inside = 1 - shares[:, 0]
    for i in range(len(shares)):
        if inside[i] < PART:
            continue
        joins = bool(found) and found[-1][1] == i and shares[i, 1] < 0.5
        if joins:
            found[-1] = (found[-1][0], i + 1)
        else:
            found.append((i, i + 1))
    return [(at + a, at + z, float(inside[a:z].mean())) for a, z in found]


def _kinds(shares: FloatArray, at: int) -> list[tuple[int, int, int, float]]:
    """Probabilities of O and of B and I of each kind to spans of the likeliest kind, with their mean."""
    plain = np.stack([shares[:, 0], shares[:, 1::2].sum(1), shares[:, 2::2].sum(1)], axis=1)
    kinds = shares[:, 1::2] + shares[:, 2::2]
    return [(int(kinds[a - at : z - at].sum(0).argmax()), a, z, share) for a, z, share in _likely(plain, at)]


def _reading(
    encoded: Encoded,
    model: PositionModel,
    row: Row,
    tokens: FloatArray,
    cue: FloatArray,
    cue_words: FloatArray,
) -> CueReading:
    labels = model.labels
    first, last = row.mark or (row.start, row.end)

    def offsets(spans: Sequence[tuple[int, int]]) -> tuple[Offsets, ...]:
        return tuple((int(encoded.starts[s]), int(encoded.ends[e - 1])) for s, e in spans)

    layers = {name: _spans(tokens[:, 3 * i : 3 * i + 3], row.start) for i, name in enumerate(labels.layers)}
    conditions = _kinds(_softmax(tokens[:, 3 * len(labels.layers) :]), row.start)
    at = labels.layers.index("quantity")
    quantities = _likely(_softmax(tokens[:, 3 * at : 3 * at + 3]), row.start)
    stances = _softmax(cue[: len(labels.stances)])
    tasks = _softmax(cue[len(labels.stances) : len(labels.stances) + len(labels.tasks)])
    flags = _sigmoid(cue[len(labels.stances) + len(labels.tasks) :])
    return CueReading(
        cue=offsets([(first, last)])[0],
        probability=float((cue_words[first:last, 1] + cue_words[first:last, 2]).mean()),
        stances=dict(zip(labels.stances, stances.tolist(), strict=True)),
        tasks=dict(zip(labels.tasks, tasks.tolist(), strict=True)),
        flags=dict(zip(labels.flags, flags.tolist(), strict=True)),
        holders=offsets(layers["holder"]),
        performers=offsets(layers["performer"]),
        quantities=offsets([(a, z) for a, z, _ in quantities]),
        objects=offsets(layers["object"]),
        conditions=tuple((labels.conditions[k], offsets([(a, z)])[0]) for k, a, z, _ in conditions),
        condition_shares=tuple(share for *_, share in conditions),
        quantity_shares=tuple(share for *_, share in quantities),
    )
