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
        return [self._run(encoded, row) for row in rows]

    def _run(self, encoded: Encoded, row: Row) -> tuple[FloatArray, FloatArray | None]:
        # One stretch at a time: the int8 network scales its activations by all that it is given at once, so that a cue
        # read beside others would be read a little otherwise. It is the faster way, too: nothing is padded.
        bounds = np.append(encoded.first, len(encoded.pieces))
        a, z = int(bounds[row.start]), int(bounds[row.end])
        n = z - a
        pieces, shapes, mask = (np.zeros((1, n + 2), dtype=np.int64) for _ in range(3))
        mark = np.zeros((1, n + 2), dtype=np.float32)
        pieces[0, 0], pieces[0, 1 : n + 1], pieces[0, n + 1] = CLS, encoded.pieces[a:z], SEP
        shapes[0, 1 : n + 1] = encoded.shapes[a:z]
        mask[0] = 1
        if row.mark is not None:
            mark[0, int(bounds[row.mark[0]]) - a + 1 : int(bounds[row.mark[1]]) - a + 1] = 1
        tokens, states = self._session.run(
            ["emissions", "states"], {"pieces": pieces, "shapes": shapes, "mask": mask, "mark": mark}
        )
        cue = None
        if row.mark is not None:
            weight, bias = self._cue
            pooled = (states[0] * mark[0][:, None]).sum(0) / max(1.0, float(mark.sum()))
            cue = weight @ np.concatenate([states[0, 0], pooled]) + bias
        return tokens[0][bounds[row.start : row.end] - a + 1], cue


@functools.cache
def _packaged(threads: int) -> PositionModel:
    return PositionModel(threads=threads)
