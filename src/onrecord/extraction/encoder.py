"""The encoder's word table, which both networks share, and sessions that take it from there.

In: the path of a network. Out: a session of the run time. The table of pieces is that of the pretrained encoder in
both (it is not trained), and half of a network's size; so it lies once beside them, and a network that names it in
place of its own is given it when it is opened.
"""

from __future__ import annotations

import functools
from pathlib import Path

import numpy as np
import onnxruntime

from onrecord.errors import ModelMissing

THREADS = 2
"""Threads within one operator where nobody says otherwise; the reference machine has two cores. What comes out is the
same with any number, to the last bit."""
WORDS = Path(__file__).parent / "attribution" / "weights" / "words.npz"
"""``word_table`` (int8, ``[pieces, 384]``) and ``word_scale`` (float32, one a row)."""


def open_network(path: Path, *, threads: int) -> onnxruntime.InferenceSession:
    """A session of a network on the CPU.

    Args:
        path: the ONNX file.
        threads: threads within one operator.

    Raises:
        ModelMissing: the network needs the shared word table, and that is not there.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.log_severity_level = 3
    # A thread that has nothing to do sleeps: those that spin burn as much time again, and slow down whoever else works.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    network = path.read_bytes()
    if WORDS.name.encode() in network:
        names, values = _word_table()
        options.add_external_initializers(names, values)
    return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])


@functools.cache
def _word_table() -> tuple[list[str], list[onnxruntime.OrtValue]]:
    if not WORDS.is_file():
        raise ModelMissing(
            f"the networks lack {WORDS.name}",
            value=WORDS.name,
            hint="install onrecord from its wheel, or run training.attribution.train",
        )
    with np.load(WORDS) as data:
        names = list(data.files)
        return names, [onnxruntime.OrtValue.ortvalue_from_numpy(data[name]) for name in names]


__all__ = ["THREADS", "WORDS", "open_network"]
