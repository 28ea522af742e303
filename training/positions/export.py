"""A trained position network as an int8 ONNX graph, with labels and the weights outside the graph.

    python -m training.positions.export CHECKPOINT --out src/onrecord/extraction/learned/weights

With ``--mixed-with OTHER --share S`` the weights are the mean of two runs from one start, S of them the other's.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from onrecord.extraction.encoder import WORDS
from training.attribution.export import build, share_words
from training.attribution.train import base_model
from training.positions.labels import CONDITIONS, FLAGS, LAYERS, STANCES, TASKS


def graph(state: dict[str, torch.Tensor], heads: int, int8_words: bool) -> onnx.ModelProto:
    """``pieces, shapes, mask, mark [b, n]`` to ``tokens [b, n, TOKEN_WIDTH]`` and ``states [b, n, 384]``."""
    borrowed = {k: v for k, v in state.items() if k.startswith("encoder.")}
    borrowed |= {
        "emit.weight": state["token.weight"],
        "emit.bias": state["token.bias"],
        "project.weight": state["token.weight"][:1],
        "project.bias": state["token.bias"][:1],
    }
    model = build(borrowed, heads, int8_words)
    g = model.graph
    # the mark is added to the embeddings before their layer norm
    mark = onnx.numpy_helper.from_array(state["mark"].float().numpy()[None, None, :], "mark_vector")
    axis = onnx.numpy_helper.from_array(np.array([2]), "mark_axis")
    g.initializer.extend([mark, axis])
    nodes = []
    for node in g.node:
        if node.output[0] == "x0":
            nodes += [
                helper.make_node("Unsqueeze", ["mark", "mark_axis"], ["mark_wide"], name="mark_wide"),
                helper.make_node("Mul", ["mark_wide", "mark_vector"], ["marked_part"], name="marked_part"),
                helper.make_node("Add", ["embedded", "marked_part"], ["marked"], name="marked"),
            ]
            node.input[0] = "marked"
        nodes.append(node)
    kept = [n for n in nodes if not n.output[0].startswith("projections")]
    del g.node[:]
    g.node.extend(kept)
    g.input.append(helper.make_tensor_value_info("mark", TensorProto.FLOAT, ["b", "n"]))
    outputs = [o for o in g.output if o.name != "projections"]
    del g.output[:]
    g.output.extend(outputs)
    unused = {"project_w", "project_b"}
    initialisers = [i for i in g.initializer if i.name not in unused]
    del g.initializer[:]
    g.initializer.extend(initialisers)
    return model


def export(state: dict[str, torch.Tensor], heads: int, out: Path) -> None:
    """Write ``model.int8.onnx``, ``cue.npz``, ``labels.json`` and ``tokenizer.json`` into ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    half = out / "half.onnx"
    onnx.save(graph(state, heads, int8_words=True), half)
    quantize_dynamic(
        half,
        out / "model.int8.onnx",
        op_types_to_quantize=["MatMul", "Attention"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=["emissions_m_MatMul"],
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
    )
    half.unlink()
    share_words(out / "model.int8.onnx", out / WORDS.name)
    (out / WORDS.name).unlink()  # the attribution model brings the same
    np.savez(
        out / "cue.npz",
        weight=state["cue.weight"].float().numpy().astype(np.float16),
        bias=state["cue.bias"].float().numpy(),
    )
    labels = {"layers": LAYERS, "conditions": CONDITIONS, "stances": STANCES, "tasks": TASKS, "flags": FLAGS}
    (out / "labels.json").write_text(json.dumps(labels, indent=1) + "\n")
    shutil.copyfile(base_model() / "tokenizer.json", out / "tokenizer.json")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("checkpoint")
    ap.add_argument("--out", required=True)
    ap.add_argument("--mixed-with", help="checkpoint of another run from the same start")
    ap.add_argument("--share", type=float, default=0.5, help="of the other run in the mean of the weights")
    args = ap.parse_args()
    config = json.loads((base_model() / "config.json").read_text())
    state = torch.load(args.checkpoint)
    if args.mixed_with:
        other = torch.load(args.mixed_with)
        state = {k: torch.lerp(v.float(), other[k].float(), args.share) for k, v in state.items()}
    export(state, config["num_attention_heads"], Path(args.out))


if __name__ == "__main__":
    main()
