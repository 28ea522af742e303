"""From a checkpoint to what ships: export, decoding offsets, calibration, and the card of it all."""

from __future__ import annotations

import dataclasses
import json
from hashlib import sha256
from pathlib import Path

from torch import Tensor

from onrecord.extraction.attribution import AttributionModel
from training.attribution.evaluate import Judge, Table, calibrate, shifted, tune
from training.attribution.export import decoder, export

CARD = """# The attribution model

Finds the attribution relations of an English news text: source, cue and content spans, and which
belong together.

- Encoder: MiniLM-L6-H384-uncased as all-MiniLM-L6-v2 (Apache-2.0), fine-tuned whole; its word table is kept.
- Trained on PolNeAR v1.0.0, train ({documents} files of annotations; Newell, Margolin, Ruths, LREC 2018), by
  `python -m training.attribution.train`. The corpus states no licence: no text of it is here.
- Settings: `{settings}`
- Begin offsets (source, cue, content) {bonus} and calibration {calibration}: fitted on dev.
- Files: `model.int8.onnx` (sha256 `{digest}`), `tokenizer.json`, `decoder.json`.

F1 on dev (84 texts, in their first annotation), by the contract's `score_spans.py`:

| measure | fp32 | int8 |
|---|---|---|
{rows}

Meant for news and agency text. Known weaknesses: attitudes and intentions without a verb of saying ("was
praised for"), where the corpus' annotators themselves differ; where a long content ends; text that is not
English is read without sense, and has to be held back before.
"""


def finish(
    state: dict[str, Tensor], base: Path, corpus: Path, scorer: Path, out: Path, settings: str
) -> None:
    """Write the weights into ``out``, tuned and calibrated on dev, with their card."""
    heads = json.loads((base / "config.json").read_text())["num_attention_heads"]
    export(state, heads, base / "tokenizer.json", out)
    judge = Judge(scorer, corpus / "dev")
    model = AttributionModel(out)
    encodings = judge.encode(model)
    bonus = tune(lambda b: judge.exactness(encodings, shifted(model.parameters, b)))
    parameters = dataclasses.replace(shifted(model.parameters, bonus), calibration=(1.0, 0.0))
    calibration = calibrate(judge.outcomes(encodings, parameters))
    (out / "decoder.json").write_text(
        json.dumps(decoder(state, bonus, calibration), separators=(",", ":")) + "\n"
    )
    final = AttributionModel(out)
    exact = AttributionModel(out, network="model.fp32.onnx")
    card = CARD.format(
        documents=len(list((corpus / "train" / "attributions").glob("*.ann"))),
        settings=settings,
        bonus=bonus,
        calibration=tuple(round(x, 3) for x in calibration),
        digest=sha256((out / "model.int8.onnx").read_bytes()).hexdigest(),
        rows=rows(
            judge.score(judge.encode(exact), exact.parameters),
            judge.score(judge.encode(final), final.parameters),
        ),
    )
    (out / "card.md").write_text(card)
    print(card)


def rows(exact: Table, int8: Table) -> str:
    """The card's table."""
    return "\n".join(
        f"| {measure} {kind} | {value['f1']:.4f} | {int8[measure, kind]['f1']:.4f} |"
        for (measure, kind), value in exact.items()
    )
