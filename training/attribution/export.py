"""A trained network as an ONNX graph of fused operators, in fp32 and in int8, with the decoder's parameters.

The graph is written by hand rather than traced: the run time's fused operators (attention, skip and layer
norm, bias and GELU) then stand in it for certain, and the word table keeps one scale a row when it becomes
int8.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor

from onrecord.extraction.attribution.decoding import TAGS
from onrecord.extraction.encoder import WORDS

MICROSOFT = "com.microsoft"
SHARED = ("word_table", "word_scale")
"""What both networks hold alike, and take from one file."""


class Graph:
    """Collects nodes and initialisers."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.initialisers: list[Any] = []

    def const(self, name: str, value: np.ndarray) -> str:
        self.initialisers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, op: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(
            helper.make_node(op, inputs, [output], name=output + "_" + op, domain=domain, **attributes)
        )
        return output


def build(state: dict[str, Tensor], heads: int, int8_words: bool) -> onnx.ModelProto:
    """The graph: ``pieces, shapes, mask [b, n]`` to ``emissions``, ``projections`` and ``states``."""
    w = {k: v.detach().float().numpy() for k, v in state.items()}
    g = Graph()
    table = w["encoder.words.weight"]
    if int8_words:
        scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8).astype(np.float32) / 127
        g.add("Gather", [g.const("word_table", np.round(table / scale).astype(np.int8)), "pieces"], "word_i8")
        g.add("Cast", ["word_i8"], "word_f", to=TensorProto.FLOAT)
        g.add("Gather", [g.const("word_scale", scale), "pieces"], "word_s")
        g.add("Mul", ["word_f", "word_s"], "word")
    else:
        g.add("Gather", [g.const("word_table", table), "pieces"], "word")
    g.add(
        "Gather", [g.const("shape_table", w["encoder.shapes.weight"] + w["encoder.type0"]), "shapes"], "shape"
    )
    g.add("Shape", ["pieces"], "length", start=1, end=2)
    g.add(
        "Slice",
        [g.const("position_table", w["encoder.positions.weight"]), g.const("zero", np.array([0])), "length"],
        "position",
    )
    g.add("Add", ["word", "shape"], "embedded0")
    g.add("Add", ["embedded0", "position"], "embedded")
    g.add(
        "LayerNormalization",
        ["embedded", g.const("n_w", w["encoder.norm.weight"]), g.const("n_b", w["encoder.norm.bias"])],
        "x0",
        epsilon=1e-12,
    )
    g.add("Cast", ["mask"], "mask32", to=TensorProto.INT32)
    x, layer = "x0", 0
    while f"encoder.layers.{layer}.qkv.weight" in w:
        p = f"encoder.layers.{layer}."

        def c(name: str, transpose: bool = False, p: str = p) -> str:
            return g.const(p + name, w[p + name].T if transpose else w[p + name])

        g.add(
            "Attention",
            [x, c("qkv.weight", True), c("qkv.bias"), "mask32"],
            p + "a",
            MICROSOFT,
            num_heads=heads,
        )
        g.add("MatMul", [p + "a", c("out.weight", True)], p + "o")
        g.add(
            "SkipLayerNormalization",
            [p + "o", x, c("norm1.weight"), c("norm1.bias"), c("out.bias")],
            p + "h",
            MICROSOFT,
            epsilon=1e-12,
        )
        g.add("MatMul", [p + "h", c("up.weight", True)], p + "u")
        g.add("BiasGelu", [p + "u", c("up.bias")], p + "g", MICROSOFT)
        g.add("MatMul", [p + "g", c("down.weight", True)], p + "d")
        layer += 1
        x = g.add(
            "SkipLayerNormalization",
            [p + "d", p + "h", c("norm2.weight"), c("norm2.bias"), c("down.bias")],
            f"x{layer}",
            MICROSOFT,
            epsilon=1e-12,
        )
    g.nodes[-1].output[0] = "states"
    for head, out in (("emit", "emissions"), ("project", "projections")):
        g.add("MatMul", ["states", g.const(head + "_w", w[head + ".weight"].T)], out + "_m")
        g.add("Add", [out + "_m", g.const(head + "_b", w[head + ".bias"])], out)
    info = helper.make_tensor_value_info
    graph = helper.make_graph(
        g.nodes,
        "attribution",
        [info(n, TensorProto.INT64, ["b", "n"]) for n in ("pieces", "shapes", "mask")],
        [
            info("emissions", TensorProto.FLOAT, ["b", "n", len(w["emit.bias"])]),
            info("projections", TensorProto.FLOAT, ["b", "n", len(w["project.bias"])]),
            info("states", TensorProto.FLOAT, ["b", "n", table.shape[1]]),
        ],
        g.initialisers,
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9)


def share_words(network: Path, words: Path) -> None:
    """Take the int8 word table out of a network, into ``words`` (NPZ); the network names that file in its place.

    Both networks keep the pretrained table, so the file is the same whichever it was taken from.
    """
    model = onnx.load(network)
    taken = {}
    for one in model.graph.initializer:
        if one.name in SHARED:
            taken[one.name] = numpy_helper.to_array(one)
            one.ClearField("raw_data")
            one.data_location = TensorProto.EXTERNAL
            one.external_data.add(key="location", value=words.name)
    onnx.save(model, network)
    np.savez(words, **taken)


def decoder(
    state: dict[str, Tensor],
    bonus: tuple[float, float, float] = (0, 0, 0),
    calibration: tuple[float, float] = (1, 0),
) -> dict[str, Any]:
    """Parameters that work outside the graph, to six digits; ``bonus`` eases beginnings."""

    def numbers(name: str, extra: Any = 0) -> Any:
        return np.round(state[name].detach().float().numpy().astype(float) + extra, 6).tolist()

    ease = np.zeros(len(TAGS))
    for kind, value in enumerate(bonus):
        ease[[1 + 4 * kind, 4 + 4 * kind]] = value
    return {
        "transitions": numbers("transitions", ease),
        "opening": numbers("first", ease),
        "distance": numbers("distance"),
        "crossed": numbers("crossed"),
        "passed": numbers("passed"),
        "null": numbers("null.weight")[0],
        "null_bias": numbers("null.bias")[0],
        "calibration": [round(x, 6) for x in calibration],
    }


def export(state: dict[str, Tensor], heads: int, tokenizer: Path, out: Path) -> None:
    """Write both networks, the word table, ``tokenizer.json`` and ``decoder.json`` into ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    onnx.save(build(state, heads, int8_words=False), out / "model.fp32.onnx")
    half = out / "half.onnx"
    onnx.save(build(state, heads, int8_words=True), half)
    # The two heads stay exact: they are small, and their scores are compared with one another.
    quantize_dynamic(
        half,
        out / "model.int8.onnx",
        op_types_to_quantize=["MatMul", "Attention"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=["emissions_m_MatMul", "projections_m_MatMul"],
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
    )
    half.unlink()
    share_words(out / "model.int8.onnx", out / WORDS.name)
    shutil.copyfile(tokenizer, out / "tokenizer.json")
    (out / "decoder.json").write_text(json.dumps(decoder(state), separators=(",", ":")) + "\n")
