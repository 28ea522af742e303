"""Fit the weights by which signs of a draft become the chance that it is right.

    python -m training.positions.confidence

writes ``src/onrecord/extraction/data/confidence.json``: a logistic model (ridge, Newton's method) over the drafts of
one half of the held-out passages, of the example stories and of the reports on other stories with odd numbers. None of
them trained the network. Its error is measured on the rest by ``benchmarks/positions/run.py``; gold and seeds are
never fitted on.
"""

from __future__ import annotations

import argparse
import functools
import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.positions import sets

from onrecord.extraction import Extractor, confidence, extractor
from onrecord.extraction.attribution import AttributionModel, relations
from onrecord.extraction.learned import PositionModel, read_cues
from onrecord.extraction.learned.model import WEIGHTS
from onrecord.extraction.parsing import load_parser
from onrecord.extraction.positions import Draft, positions_of
from onrecord.extraction.scene import Scene
from onrecord.model import records
from onrecord.vocabulary import Vocabulary, load

OUT = Path(confidence.__file__).parent / "data" / "confidence.json"
RIDGE = 1.0
Row = dict[str, Any]


def half(report: str) -> int:
    """0 or 1 by the digest of a passage's id: one half fits, the other judges.

    >>> half("a"), half("c")
    (0, 1)
    """
    return int(sha256(f"calibration {report}".encode()).hexdigest(), 16) % 2


def right(row: Row, gold: Sequence[Row]) -> bool | None:
    """Whether a position is one of the gold ones, with its stance; None where the gold calls it optional."""
    same = [
        g
        for g in gold
        if (g["holder"], g["performer"]) == (row["holder"], row["performer"])
        and row["task"] in {g["task"], *g.get("task_accept", [])}
    ]
    exact = [g for g in same if g["stance"] == row["stance"]]
    asked = exact or same
    if asked and all(g.get("optional") for g in asked):
        return None
    return bool(exact)


def drafts(part: sets.Part, vocabulary: Vocabulary, finder: Any, cues: Any) -> Iterator[tuple[tuple[float, ...], bool]]:
    """Signs of each draft of a part, and whether it was right."""
    seen: dict[str, Any] = {}

    def keep(
        scene: Scene, found: Sequence[Draft], readings: Any, learned: str, polarity: Mapping[str, str]
    ) -> Sequence[Draft]:
        seen["scene"], seen["drafts"] = scene, found
        seen["signs"] = confidence.signs_of(scene, found, readings, learned, polarity)
        return found

    def settled(scene: Scene, found: Sequence[Draft], setting: Any) -> Any:
        seen["setting"] = setting
        return positions_of(scene, found, setting)

    extractor.with_confidence, extractor.positions_of = keep, settled  # type: ignore[assignment]
    reader = Extractor(vocabulary, load_parser(), finder, cues, part.story)
    gold: dict[str, list[Row]] = {}
    for row in part.gold:
        gold.setdefault(row["report"], []).append(row)
    for report in part.reports:
        reader.extract(report)
        for draft, signs in zip(seen["drafts"], seen["signs"], strict=True):
            for position in positions_of(seen["scene"], [draft], seen["setting"]):
                judged = right(records.position_record(position), gold.get(report.id, []))
                if judged is not None:
                    yield signs, judged


def fitted(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Offset and weights of the logistic model: ``x [n, signs]``, ``y [n]`` of 0 and 1 to ``[1 + signs]``."""
    x = np.c_[np.ones(len(x)), x]
    w = np.zeros(x.shape[1])
    ridge = RIDGE * np.diag([1e-6, *np.ones(len(w) - 1)])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + ridge, x.T @ (p - y) + ridge @ w)
        w -= step
        if np.abs(step).max() < 1e-9:
            break
    return w


def main() -> None:
    """Command line."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    vocabulary = load()
    finder = functools.partial(relations, model=AttributionModel.load())
    cues = functools.partial(read_cues, model=PositionModel.load())
    parts = [
        sets.of_passages("passages", [r for r in sets.held_out() if half(r["id"]) == 0]),
        *sets.examples(vocabulary),
        *(sets.short_reports(kind, odd=True) for kind in sets.SHORT),
    ]
    found = []
    for part in parts:
        some = list(drafts(part, vocabulary, finder, cues))
        print(f"{part.name}: {len(some)} drafts, {sum(y for _, y in some)} right", flush=True)
        found += some
    weights = fitted(np.array([x for x, _ in found]), np.array([y for _, y in found], dtype=float))
    data = {
        "fitted_on": len(found),
        "network": sha256((WEIGHTS / "model.int8.onnx").read_bytes()).hexdigest(),
        "offset": round(float(weights[0]), 4),
        "weights": {name: round(float(w), 4) for name, w in zip(confidence.SIGNS, weights[1:], strict=True)},
    }
    OUT.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    print(f"written to {OUT}")


if __name__ == "__main__":
    main()
