"""Annotated passages as examples for the network.

A passage gives one row without a mark, to find its cues, and one for each cue, marked, to read it.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from onrecord.extraction.attribution.features import Encoded, encode
from training.positions.labels import CONDITION_AT, CONDITIONS, FLAGS, LAYERS, STANCES, TASKS

Row = dict[str, Any]
"""An annotated passage."""
IGNORE = -100
NEGATIVES = 0.4
"""Share of passages that also give a row whose mark stands on no cue."""
AROUND = 70
"""Words kept on either side of a marked cue."""
WINDOW = 150
"""Words of a row in which cues are sought, at most."""
JITTER = 0.25
"""Share of marks that are set a word too wide or too narrow, as found cues are."""
JOINED = 0.35
"""Share of passages that are read with others of their story before or behind them, as part of a longer report."""
HELD_OUT = ("red_sea_mission", "treaty_accession", "somalia_aussom", "lebanon_unifil")
"""Stories of which the model sees no passage in training."""


@dataclass
class Example:
    """One row: words, the mark on the cue (or none), and labels; ``IGNORE`` where nothing is to be
    learned."""

    passage: str
    encoded: Encoded
    mark: np.ndarray
    #: [words, layers + 1]: B/I/O by layer as 1/2/0, and the condition tag
    tags: np.ndarray
    stance: int = IGNORE
    tasks: np.ndarray = field(default_factory=lambda: np.full(len(TASKS), -1.0, dtype=np.float32))
    flags: np.ndarray = field(default_factory=lambda: np.full(len(FLAGS), -1.0, dtype=np.float32))

    @property
    def pieces(self) -> int:
        return len(self.encoded.pieces) + 2


def read(folder: Path) -> list[Row]:
    """All passages, in order of file and line."""
    rows = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                row = json.loads(line)
                if all(p["task"] in TASKS and p["stance"] in STANCES for p in row["positions"]):
                    rows.append(row)
    return rows


def is_dev(row: Row) -> bool:
    """Whether a passage is for development: a held-out story, or one in twelve of the rest by the digest of
    its id."""
    return row["story"] in HELD_OUT or int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % 12 == 0


def words_of(encoded: Encoded, start: int, end: int) -> tuple[int, int]:
    """Words that a stretch of text touches, end exclusive."""
    a = int(np.searchsorted(encoded.ends, start, "right"))
    z = int(np.searchsorted(encoded.starts, end, "left"))
    return a, z


def place(text: str, words: str, near: tuple[int, int]) -> tuple[int, int] | None:
    """Where a wording stands: within the evidence, else the nearest place to it."""
    if not words:
        return None
    pattern = re.escape(words)
    if words[0].isalnum():
        pattern = r"(?<!\w)" + pattern
    if words[-1].isalnum():
        pattern += r"(?!\w)"
    hits = [m.span() for m in re.finditer(pattern, text)] or [
        m.span() for m in re.finditer(re.escape(words), text)
    ]
    if not hits:
        return None
    inside = [h for h in hits if near[0] <= h[0] and h[1] <= near[1]]
    if inside:
        return inside[0]
    return min(hits, key=lambda h: (h[0] > near[0], abs(h[0] - near[0])))


def _tag(tags: np.ndarray, column: int, span: tuple[int, int], begin: int = 1, inside: int = 2) -> None:
    a, z = span
    if a < z and not (tags[a:z, column] > 0).any():
        tags[a, column] = begin
        tags[a + 1 : z, column] = inside


def joined(row: Row, others: Sequence[Row], rng: random.Random) -> Row:
    """A passage with one or two others around it, as a longer report would have them."""
    made = [row, *rng.sample(list(others), min(len(others), rng.choice((1, 1, 2))))]
    made = [r for i, r in enumerate(made) if i == 0 or r["id"] != row["id"]]
    rng.shuffle(made)
    gap = rng.choice(("\n\n", "\n", " "))
    return {
        **row,
        "text": gap.join(r["text"] for r in made),
        "positions": [{**p, "within": i} for i, r in enumerate(made) for p in r["positions"]],
        "parts": [len(gap.join(r["text"] for r in made[: i + 1])) - len(r["text"]) for i, r in enumerate(made)],
    }


def _evidence(row: Row, position: Row) -> tuple[int, int]:
    """Where a position's evidence stands, in the part of the text that it belongs to."""
    text, parts = row["text"], row.get("parts", [0])
    i = position.get("within", 0)
    start = parts[i]
    end = parts[i + 1] if i + 1 < len(parts) else len(text)
    at = place(text[start:end], position["evidence"], (0, end - start)) or (0, end - start)
    return start + at[0], start + at[1]


def _jittered(a: int, z: int, words: int, rng: random.Random) -> tuple[int, int]:
    """A mark as a finder of cues may set it: a word more or less at one end."""
    start, end = rng.choice(((a - 1, z), (a + 1, z), (a, z + 1), (a, z - 1)))
    start, end = max(0, start), min(words, end)
    return (start, end) if start < end else (a, z)


def examples(
    row: Row,
    tokenizer: Tokenizer,
    rng: random.Random,
    negatives: int = 1,
    jitter: float = 0.0,
    doubtful: Sequence[tuple[int, int]] = (),
) -> list[Example]:
    """The examples of one passage.

    Args:
        row: the passage, or several joined.
        tokenizer: of the encoder.
        rng: chooses negatives and jitter.
        negatives: rows whose mark stands on no cue, where one is drawn.
        jitter: share of marks that are set a word too wide or too narrow.
        doubtful: offsets that an earlier model took for cues; those that are none give rows without a stance.
    """
    text = row["text"]
    encoded = encode(text, tokenizer)
    n = len(encoded)
    if not n:
        return []
    cues: dict[tuple[int, int], list[Row]] = {}
    where: dict[int, tuple[int, int]] = {}
    for p in row["positions"]:
        evidence = _evidence(row, p)
        where[id(p)] = evidence
        at = place(text, p.get("cue") or "", evidence)
        if at is None:
            continue
        a, z = words_of(encoded, *at)
        if a < z:
            cues.setdefault((a, z), []).append(p)
    made = []
    first = Example(
        row["id"], encoded, np.zeros(n, dtype=np.float32), np.zeros((n, len(LAYERS) + 1), dtype=np.int64)
    )
    first.tags[:, 1:] = IGNORE
    for span, ps in sorted(cues.items(), key=lambda c: c[0][1] - c[0][0]):
        if all(p.get("optional") for p in ps):
            first.tags[span[0] : span[1], 0] = IGNORE
        else:
            _tag(first.tags, 0, span)
    made.append(_window(first, rng))
    for (a, z), ps in cues.items():
        one = Example(
            row["id"], encoded, np.zeros(n, dtype=np.float32), np.zeros((n, len(LAYERS) + 1), dtype=np.int64)
        )
        x, y = _jittered(a, z, n, rng) if rng.random() < jitter else (a, z)
        one.mark[x:y] = 1
        one.tags[:, 0] = IGNORE
        one.stance = STANCES.index(ps[0]["stance"])
        one.tasks = np.zeros(len(TASKS), dtype=np.float32)
        one.flags = np.zeros(len(FLAGS), dtype=np.float32)
        for p in ps:
            near = where[id(p)]
            one.tasks[TASKS.index(p["task"])] = 1
            for column, key in ((1, "holder_text"), (2, "performer_text"), (4, "object")):
                at = place(text, p.get(key) or "", near)
                if at:
                    _tag(one.tags, column, words_of(encoded, *at))
            if p.get("quantity") and len(p["quantity"]) > 3:
                at = place(text, p["quantity"][3] or "", near)
                if at:
                    _tag(one.tags, 3, words_of(encoded, *at))
            for kind, words in p.get("conditions") or []:
                at = place(text, words, near)
                if at:
                    k = CONDITIONS.index(kind)
                    _tag(one.tags, len(LAYERS), words_of(encoded, *at), 1 + 2 * k, 2 + 2 * k)
            one.flags[0] = max(one.flags[0], float(bool(p.get("self"))))
            one.flags[1] = max(one.flags[1], float((p.get("performer") or p["holder"]) == p["holder"]))
            one.flags[2] = max(one.flags[2], float(p.get("performer") == "group:foreign_force"))
        made.append(crop(one, a, z))
    wrong = [words_of(encoded, *d) for d in doubtful]
    for _ in range(negatives if rng.random() < NEGATIVES else 0):
        length = rng.randint(1, 4)
        if n > length + 1:
            a = rng.randrange(n - length)
            wrong.append((a, a + length))
    for a, z in wrong:
        length = z - a
        if length <= 0 or any(a < y and x < z for x, y in cues):
            continue
        none = Example(
            row["id"],
            encoded,
            np.zeros(n, dtype=np.float32),
            np.full((n, len(LAYERS) + 1), IGNORE, dtype=np.int64),
        )
        none.mark[a : a + length] = 1
        none.stance = 0
        made.append(crop(none, a, a + length))
    return made


def crop(e: Example, a: int, z: int) -> Example:
    """The words around a marked cue, as the extraction cuts them out of a long report."""
    return _cut(e, max(0, a - AROUND), min(len(e.encoded), z + AROUND))


def _window(e: Example, rng: random.Random) -> Example:
    """A stretch of a long row, of the length in which the extraction seeks cues."""
    start = rng.randrange(max(1, len(e.encoded) - WINDOW + 1))
    return _cut(e, start, min(len(e.encoded), start + WINDOW))


def _cut(e: Example, start: int, end: int) -> Example:
    if start == 0 and end == len(e.encoded):
        return e
    w = e.encoded
    stop = int(w.first[end]) if end < len(w) else len(w.pieces)
    at = int(w.first[start])
    cut = Encoded(
        w.pieces[at:stop],
        w.shapes[at:stop],
        w.first[start:end] - at,
        w.starts[start:end],
        w.ends[start:end],
        w.paragraphs[start:end],
    )
    return Example(e.passage, cut, e.mark[start:end], e.tags[start:end], e.stance, e.tasks, e.flags)


def batches(pool: Sequence[Example], budget: int, rng: random.Random) -> Iterator[list[Example]]:
    """One epoch of batches of about ``budget`` pieces, alike in length."""
    ordered = sorted(pool, key=lambda e: e.pieces + rng.random() * 16)
    groups: list[list[Example]] = [[]]
    for e in ordered:
        if groups[-1] and (len(groups[-1]) + 1) * max(e.pieces, groups[-1][-1].pieces) > budget:
            groups.append([])
        groups[-1].append(e)
    rng.shuffle(groups)
    yield from (g for g in groups if g)


__all__ = [
    "CONDITION_AT",
    "HELD_OUT",
    "JITTER",
    "JOINED",
    "Example",
    "batches",
    "examples",
    "is_dev",
    "joined",
    "read",
]
