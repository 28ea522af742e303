"""The position network: weights of the package, run on the CPU through ONNX.

In: windows of a text with or without a mark on a cue. Out: scores of words, and of the marked cue. Knows
nothing of actors.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from onrecord.errors import ModelMissing
from onrecord.extraction.attribution.features import CLS, SEP, Encoded
from onrecord.extraction.encoder import THREADS, open_network

FloatArray = npt.NDArray[np.float32]
WEIGHTS = Path(__file__).parent / "weights"
BATCH = 4096
"""Pieces that go through the network at once, padding included: bounds memory whatever the text."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What the heads predict, in their order."""

    layers: tuple[str, ...]
    conditions: tuple[str, ...]
    stances: tuple[str, ...]
    tasks: tuple[str, ...]
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch of words of an encoded text, with a mark on some of them (word numbers of the text) or none.

    Attributes:
        start, end: words of the text, end exclusive.
        mark: first and one past the last marked word, or None.
    """

    start: int
    end: int
    mark: tuple[int, int] | None = None


class PositionModel:
    """Tokenizer, network and labels; the network is loaded on first use.

    Args:
        folder: where the weights lie.
        threads: threads of the run time.

    Raises:
        ModelMissing: when a file is not there.
    """

    def __init__(self, folder: Path = WEIGHTS, *, threads: int = THREADS) -> None:
        self._folder, self._threads = folder, threads
        for name in ("model.int8.onnx", "cue.npz", "labels.json", "tokenizer.json"):
            if not (folder / name).is_file():
                raise ModelMissing(
                    f"the position model lacks {name}",
                    value=name,
                    hint="install onrecord from its wheel, or run training.positions.train and .export",
                )

    @classmethod
    def load(cls, *, threads: int = THREADS) -> PositionModel:
        """The model of the package, the same object each time.

        Args:
            threads: threads of the run time.

        Raises:
            ModelMissing: when a file of it is not in the package.
        """
        return _packaged(threads)

    @functools.cached_property
    def tokenizer(self) -> Tokenizer:
        """The word-piece tokenizer, without truncation."""
        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @functools.cached_property
    def labels(self) -> Labels:
        """What the heads predict."""
        data = json.loads((self._folder / "labels.json").read_text(encoding="utf-8"))
        return Labels(**{k: tuple(v) for k, v in data.items()})

    @functools.cached_property
    def _cue(self) -> tuple[FloatArray, FloatArray]:
        data = np.load(self._folder / "cue.npz")
        return data["weight"].astype(np.float32), data["bias"].astype(np.float32)

    @functools.cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        return open_network(self._folder / "model.int8.onnx", threads=self._threads)

    def score(self, encoded: Encoded, rows: Sequence[Row]) -> list[tuple[FloatArray, FloatArray | None]]:
        """Scores of stretches of one text.

        Args:
            encoded: the text, cut into words.
            rows: the stretches.

        Returns:
            For each: ``[words, layers and conditions]`` scores, and the ``[stances + tasks + flags]``
            scores of the mark, if any.
        """
        results: list[tuple[FloatArray, FloatArray | None] | None] = [None] * len(rows)
        order = sorted(range(len(rows)), key=lambda i: self._pieces(encoded, rows[i]))
        group: list[int] = []
        for i in order:
            width = self._pieces(encoded, rows[i])
            if group and (len(group) + 1) * width > BATCH:
                self._run(encoded, rows, group, results)
                group = []
            group.append(i)
        if group:
            self._run(encoded, rows, group, results)
        return [r for r in results if r is not None]

    @staticmethod
    def _pieces(encoded: Encoded, row: Row) -> int:
        stop = int(encoded.first[row.end]) if row.end < len(encoded) else len(encoded.pieces)
        return stop - int(encoded.first[row.start]) + 2

    def _run(
        self,
        encoded: Encoded,
        rows: Sequence[Row],
        group: Sequence[int],
        results: list[tuple[FloatArray, FloatArray | None] | None],
    ) -> None:
        width = max(self._pieces(encoded, rows[i]) for i in group)
        shape = (len(group), width)
        pieces, shapes, mask = (np.zeros(shape, dtype=np.int64) for _ in range(3))
        mark = np.zeros(shape, dtype=np.float32)
        bounds = np.append(encoded.first, len(encoded.pieces))
        for r, i in enumerate(group):
            row = rows[i]
            a, z = int(bounds[row.start]), int(bounds[row.end])
            n = z - a
            pieces[r, 0], pieces[r, 1 : n + 1], pieces[r, n + 1] = CLS, encoded.pieces[a:z], SEP
            shapes[r, 1 : n + 1] = encoded.shapes[a:z]
            mask[r, : n + 2] = 1
            if row.mark is not None:
                mark[r, int(bounds[row.mark[0]]) - a + 1 : int(bounds[row.mark[1]]) - a + 1] = 1
        tokens, states = self._session.run(
            ["emissions", "states"], {"pieces": pieces, "shapes": shapes, "mask": mask, "mark": mark}
        )
        weight, bias = self._cue
        for r, i in enumerate(group):
            row = rows[i]
            at = bounds[row.start : row.end] - bounds[row.start] + 1
            cue = None
            if row.mark is not None:
                pooled = (states[r] * mark[r][:, None]).sum(0) / max(1.0, float(mark[r].sum()))
                cue = weight @ np.concatenate([states[r, 0], pooled]) + bias
            results[i] = (tokens[r][at], cue)


@functools.cache
def _packaged(threads: int) -> PositionModel:
    return PositionModel(threads=threads)
