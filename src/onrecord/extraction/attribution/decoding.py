"""Scores of tags -> spans: the best sequence that the BIOES scheme allows.

The corpus' annotation is flat (no two spans share a word), so one sequence of tags carries all three
kinds of span.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
Kind = Literal["Source", "Cue", "Content"]

KINDS: tuple[Kind, ...] = ("Source", "Cue", "Content")
#: Outside; then begin, inside, end and single of each kind, in the order of the network's outputs.
TAGS: tuple[str, ...] = ("O", *(f"{place}-{kind}" for kind in KINDS for place in "BIES"))
#: Score of what the scheme forbids.
NEVER = np.float32(-1e4)


@dataclass(frozen=True)
class WordSpan:
    """A span over words ``start`` to ``end`` (exclusive), with the probability of its borders (0 to 1)."""

    kind: Kind
    start: int
    end: int
    confidence: float

    @property
    def words(self) -> tuple[int, int]:
        """First word and end word."""
        return self.start, self.end


def follows(tag: str, after: str) -> bool:
    """Whether ``tag`` may stand after ``after``: a span that was begun is ended before anything else begins.

    >>> follows("E-Cue", "B-Cue"), follows("B-Source", "I-Cue")
    (True, False)
    """
    if after[0] in "BI":
        return tag[0] in "IE" and tag[1:] == after[1:]
    return tag[0] in "OBS"


def scheme() -> tuple[FloatArray, FloatArray, FloatArray]:
    """Zero where a tag may follow (``[from, to]``), open or close a sequence, else ``NEVER``."""
    between = np.array([[0 if follows(b, a) else NEVER for b in TAGS] for a in TAGS], dtype=np.float32)
    first = np.array([0 if t[0] in "OBS" else NEVER for t in TAGS], dtype=np.float32)
    last = np.array([0 if t[0] in "OES" else NEVER for t in TAGS], dtype=np.float32)
    return between, first, last


def best_tags(
    emissions: Sequence[FloatArray], transitions: FloatArray, opening: FloatArray
) -> list[npt.NDArray[np.int64]]:
    """Viterbi over several sequences at once.

    Args:
        emissions: for each sequence ``[words, tags]``; none may be empty.
        transitions: ``[from, to]``, the scheme's prohibitions included.
        opening: score of a tag at the first word, prohibitions included.

    Returns:
        The tags of each sequence.
    """
    lengths = np.array([len(e) for e in emissions])
    # Longest first: at word t only the first rows are still alive, and they lie side by side.
    order = np.argsort(-lengths, kind="stable")
    longest = int(lengths[order[0]])
    padded = np.zeros((longest, len(order), len(TAGS)), dtype=np.float32)
    for row, i in enumerate(order):
        padded[: lengths[i], row] = emissions[i]
    alive = (lengths[order][None, :] > np.arange(longest)[:, None]).sum(axis=1)
    last = scheme()[2]
    into = np.ascontiguousarray(transitions.T)
    score = padded[0] + opening
    pointers = np.zeros((longest, len(order), len(TAGS)), dtype=np.int8)
    for t in range(1, longest):
        n = int(alive[t])
        reached = score[:n, None, :] + into
        pointers[t, :n] = reached.argmax(axis=2)
        score[:n] = reached.max(axis=2) + padded[t, :n]
    closing = (score + last).argmax(axis=1)
    paths: list[npt.NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)] * len(order)
    for row, i in enumerate(order):
        tags, tag = np.empty(lengths[i], dtype=np.int64), int(closing[row])
        back = pointers[: lengths[i], row].tolist()
        for t in range(int(lengths[i]) - 1, -1, -1):
            tags[t] = tag
            tag = back[t][tag]
        paths[i] = tags
    return paths


def word_spans(tags: npt.NDArray[np.int64], emissions: FloatArray) -> list[WordSpan]:
    """Spans of one tagged sequence, in order.

    The confidence is the lower of the two probabilities (softmax of the network's scores) at the span's
    borders: that is where two annotators differ.
    """
    spans: list[WordSpan] = []
    if not tags.any():
        return spans
    marked = np.flatnonzero(tags)
    local = emissions[marked]
    exponent = np.exp(local - local.max(axis=1, keepdims=True))
    chosen = exponent[np.arange(len(marked)), tags[marked]] / exponent.sum(axis=1)
    start, opened = 0, 1.0
    for i, tag, probability in zip(marked.tolist(), tags[marked].tolist(), chosen.tolist(), strict=True):
        place = (tag - 1) % 4  # 0 begin, 1 inside, 2 end, 3 single
        if place in (0, 3):
            start, opened = i, probability
        if place in (2, 3):
            spans.append(WordSpan(KINDS[(tag - 1) // 4], start, i + 1, min(opened, probability)))
    return spans
