"""Agreement of the two notings of the benchmark's passages, by the measures of the export contract.

    python benchmarks/passages/agreement.py [--out PATH]

Reads ``passages.jsonl``, ``first.jsonl`` and ``second.jsonl`` beside this file; writes ``agreement.json`` and
``agreement.md``. Each noting's required positions are sought among all of the other's, optional ones too; the two
shares are put together as their harmonic mean, so neither noting is the truth of the other. Intervals: percentile
bootstrap over passages.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.scoring import Score, score

HERE = Path(__file__).resolve().parent
ROUNDS = 1000
MEASURES = ("detect", "polarity", "stance", "condition", "quantity", "upstream")
TITLES = {
    "detect": "position found (holder, performer, task)",
    "polarity": "the same, with the polarity",
    "stance": "exact stance, of those found",
    "condition": "kinds of condition, of those found",
    "quantity": "figure (low, high), of those found that have one",
    "upstream": "first speaker or outlet of the chain, of those found",
}
Row = Mapping[str, Any]


def lines(path: Path) -> list[dict[str, Any]]:
    """Records of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def exported(row: Row) -> list[dict[str, Any]]:
    """The positions of an annotated passage in the form of the export contract.

    A figure without numbers ("dozens") is noted but not scored: there is nothing to compare.
    """
    made = []
    for p in row["positions"]:
        quantity = None
        if p.get("quantity"):
            low, high, _, words = p["quantity"]
            quantity = {"low": low, "high": high, "text": words, "unscored": low is None and high is None}
        made.append(
            {
                "report": row["id"],
                "holder": p["holder"],
                "performer": p.get("performer") or p["holder"],
                "task": p["task"],
                "stance": p["stance"],
                "conditions": [{"kind": kind, "text": words} for kind, words in p.get("conditions") or []],
                "quantity": quantity,
                "chain": [name for name, _ in p.get("chain") or []],
                "evidence": p["evidence"],
                "optional": p.get("optional", False),
            }
        )
    return made


def counts(result: Score) -> np.ndarray:
    """``[measures, 2]``: hits, and of how many."""
    found = np.zeros((len(MEASURES), 2))
    for i, name in enumerate(MEASURES):
        figure = result.figures[name]
        if figure:
            found[i] = figure["hit"], figure.get("gold", figure.get("of", 0))
    return found


def table(first: Sequence[Row], second: Sequence[Row], seed: int = 0) -> dict[str, Any]:
    """Agreement by measure: figure, interval, and the number of positions (or attributes) it rests on."""
    pairs = []
    other = {row["id"]: row for row in second}
    for row in first:
        a, b = exported(row), exported(other[row["id"]])
        report = [{"id": row["id"], "text": ""}]
        pairs.append((counts(score(a, b, report)), counts(score(b, a, report))))
    sums = np.array(pairs)

    def figures(total: np.ndarray) -> np.ndarray:
        with np.errstate(invalid="ignore", divide="ignore"):
            shares = total[..., 0] / total[..., 1]
            return np.asarray(2 * shares[0] * shares[1] / (shares[0] + shares[1]))

    rng = np.random.default_rng(seed)
    drawn = np.array([figures(sums[rng.integers(len(sums), size=len(sums))].sum(0)) for _ in range(ROUNDS)])
    low, high = np.nanpercentile(drawn, [2.5, 97.5], axis=0)
    value = figures(sums.sum(0))
    of = sums.sum(0)[:, :, 1].mean(0)
    return {
        name: {"f1": round(float(value[i]), 3), "low": round(float(low[i]), 3), "high": round(float(high[i]), 3),
               "of": int(of[i])}
        for i, name in enumerate(MEASURES)
    }  # fmt: skip


def page(result: Mapping[str, Any], passages: int) -> str:
    """The table as Markdown."""
    rows = [
        f"| {TITLES[name]} | {v['f1']:.3f} | {v['low']:.3f} to {v['high']:.3f} | {v['of']} |"
        for name, v in result.items()
    ]
    return "\n".join(
        [
            "# Agreement of the two notings",
            "",
            "Made by `benchmarks/passages/agreement.py`; do not edit.",
            "",
            f"{passages} passages; harmonic mean of both directions; 95 % bootstrap intervals over passages.",
            "",
            "| what | agreement | 95 % interval | of |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=HERE, help="folder for agreement.json and agreement.md")
    args = parser.parse_args()
    first, second = lines(HERE / "first.jsonl"), lines(HERE / "second.jsonl")
    result = table(first, second)
    (args.out / "agreement.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    (args.out / "agreement.md").write_text(page(result, len(first)), encoding="utf-8")
    print(page(result, len(first)))


if __name__ == "__main__":
    main()
