"""The attribution model: weights from the package, one encoding of a text for all that read it.

In: texts. Out: for each word of a text its tag scores, its projections for linking and, when asked for, the
encoder's states, which another head may read without a second pass. Runs on the CPU through ONNX; knows
nothing of statements.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from onrecord.errors import ModelMissing
from onrecord.extraction.attribution.decoding import TAGS, FloatArray, scheme
from onrecord.extraction.attribution.features import (
    Encoded,
    IntArray,
    Window,
    batch_inputs,
    encode,
    first_pieces,
    piece_range,
    windows,
)
from onrecord.extraction.attribution.linking import LINK, LinkWeights
from onrecord.extraction.encoder import THREADS, open_network

WEIGHTS = Path(__file__).parent / "weights"
#: Pieces that go through the network at once, padding included: bounds memory whatever the text.
BATCH = 3072
INPUTS = ("pieces", "shapes", "mask")
#: Outputs of the network and their widths.
OUTPUTS = (("emissions", len(TAGS)), ("projections", 4 * LINK), ("states", 384))


@dataclass(frozen=True)
class Encoding:
    """One text as the network sees it; all arrays have a row for each word.

    Attributes:
        text: the text.
        words: its words, with offsets in code points.
        windows: the stretches of words that were read together.
        emissions: ``[words, 13]`` scores of the tags.
        projections: ``[words, 256]`` for the linkers.
        states: ``[words, 384]`` of the encoder, at each word's first piece, or None where not asked for.
    """

    text: str
    words: Encoded
    windows: tuple[Window, ...]
    emissions: FloatArray
    projections: FloatArray
    states: FloatArray | None = None


@dataclass(frozen=True)
class Parameters:
    """What the decoder needs beside the network: transitions, the linkers' own weights, the calibration."""

    transitions: FloatArray
    opening: FloatArray
    links: LinkWeights
    calibration: tuple[float, float]

    @classmethod
    def read(cls, path: Path) -> Parameters:
        """From ``decoder.json``; what the tagging scheme forbids is forbidden whatever the file says."""
        data = json.loads(path.read_text(encoding="utf-8"))
        between, first, _ = scheme()
        distance, crossed, passed, null = (
            np.asarray(data[k], dtype=np.float32) for k in ("distance", "crossed", "passed", "null")
        )
        links = LinkWeights(distance, crossed, passed, null, float(data["null_bias"]))
        slope, offset = data["calibration"]
        return cls(
            np.minimum(np.asarray(data["transitions"], dtype=np.float32) + between, 1e4),
            np.asarray(data["opening"], dtype=np.float32) + first,
            links,
            (float(slope), float(offset)),
        )


class AttributionModel:
    """Tokenizer, network and decoder; the network is loaded on first use."""

    def __init__(
        self, folder: Path = WEIGHTS, *, network: str = "model.int8.onnx", threads: int = THREADS
    ) -> None:
        self._folder, self._network, self._threads = folder, network, threads
        for name in (network, "tokenizer.json", "decoder.json"):
            if not (folder / name).is_file():
                raise ModelMissing(
                    f"the attribution model lacks {name}",
                    value=str(folder / name),
                    hint="install onrecord from its wheel, or run training.attribution.train",
                )

    @classmethod
    def load(cls, *, threads: int = THREADS) -> AttributionModel:
        """The model of the package, the same object each time.

        Args:
            threads: threads of the run time.

        Raises:
            ModelMissing: when a file of it is not in the package.
        """
        return _packaged(threads)

    @functools.cached_property
    def tokenizer(self) -> Tokenizer:
        """The word-piece tokenizer."""
        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @functools.cached_property
    def parameters(self) -> Parameters:
        """The decoder's parameters."""
        return Parameters.read(self._folder / "decoder.json")

    @functools.cached_property
    def session(self) -> onnxruntime.InferenceSession:
        """The network. Outputs: ``emissions``, ``projections``, ``states``."""
        return open_network(self._folder / self._network, threads=self._threads)

    def encode(self, texts: Iterable[str], *, states: bool = False) -> list[Encoding]:
        """Run texts through the network, each in batches of its own.

        Batches are not shared: int8 ranges are taken over a batch, and a text must read alike in any company.

        Args:
            texts: of any length and script.
            states: whether to return the encoder's states too.
        """
        texts = list(texts)
        words = [encode(text, self.tokenizer) for text in texts]
        cut = [windows(text, w) for text, w in zip(texts, words, strict=True)]
        names = OUTPUTS if states else OUTPUTS[:2]
        arrays = [[np.zeros((len(w), width), dtype=np.float32) for _, width in names] for w in words]
        for t, stretch in enumerate(cut):
            for group in batches(words[t], stretch):
                outputs = self.session.run([n for n, _ in names], feed(words[t], group))
                for row, window in enumerate(group):
                    first = first_pieces(words[t], window)
                    for array, output in zip(arrays[t], outputs, strict=True):
                        array[window.start : window.end] = output[row, first]
        return [
            Encoding(text, w, tuple(c), *found)
            for text, w, c, found in zip(texts, words, cut, arrays, strict=True)
        ]


def feed(words: Encoded, group: Sequence[Window]) -> dict[str, IntArray]:
    """The network's inputs for some windows of one text."""
    return dict(zip(INPUTS, batch_inputs([(words, window) for window in group]), strict=True))


def batches(words: Encoded, cut: Sequence[Window]) -> Iterator[list[Window]]:
    """A text's windows, like lengths together, at most ``BATCH`` pieces (padding included) at once."""
    sizes = [(stop - start, w) for w in cut for start, stop in (piece_range(words, w),)]
    group: list[Window] = []
    for size, window in sorted(sizes, key=lambda x: x[0]):
        if group and (len(group) + 1) * (size + 2) > BATCH:
            yield group
            group = []
        group.append(window)
    if group:
        yield group


@functools.cache
def _packaged(threads: int) -> AttributionModel:
    return AttributionModel(threads=threads)
