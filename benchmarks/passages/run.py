"""onrecord itself on the benchmark: the main job over the 300 passages, and its positions scored.

    python benchmarks/passages/run.py [--out PATH] [--predicted POSITIONS.jsonl]

Writes the passages as reports, runs ``onrecord brief`` over them in an empty folder, scores what it exports, and writes
``results.json`` and ``results.md`` beside this file. ``--predicted`` scores a file of the contract's form instead of
running anything, so another program is measured in the same way. Intervals: percentile bootstrap over passages.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.passages import gold  # noqa: E402
from benchmarks.passages.agreement import MEASURES, exported, lines  # noqa: E402
from training.positions.data import HELD_OUT  # noqa: E402

from onrecord.extraction.learned.model import WEIGHTS  # noqa: E402
from onrecord.scoring import score  # noqa: E402

ROUNDS = 1000
COLUMNS = ("hits", "found", "gold")
Row = Mapping[str, Any]


def predicted(folder: Path) -> list[dict[str, Any]]:
    """The positions that the main job exports for the passages, run in ``folder``."""
    reports, _ = gold.export(folder)
    command = [sys.executable, "-m", "onrecord", "brief", str(reports), "--out", str(folder / "out")]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return lines(folder / "out" / "positions.jsonl")


def counted(row: Row, found: Sequence[Row]) -> np.ndarray:
    """``[measures, 3]`` of one passage: hits, how many were found, how many were wanted."""
    result = score(gold.positions(row), found, [gold.report(row)])
    made = np.zeros((len(MEASURES), len(COLUMNS)))
    for i, name in enumerate(MEASURES):
        figure = result.figures[name]
        if figure:
            of = figure.get("gold", figure.get("of", 0))
            made[i] = figure["hit"], figure.get("found", of), of
    return made


def shares(total: np.ndarray) -> np.ndarray:
    """F1 of counts; where as many are wanted as found that is the plain share."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(2 * total[..., 0] / (total[..., 1] + total[..., 2]))


def figures(sums: np.ndarray, seed: int = 0) -> dict[str, Any]:
    """Each measure over some passages with its interval; nothing where there is nothing to score."""
    rng = np.random.default_rng(seed)
    drawn = np.array([shares(sums[rng.integers(len(sums), size=len(sums))].sum(0)) for _ in range(ROUNDS)])
    total, value = sums.sum(0), shares(sums.sum(0))
    made: dict[str, Any] = {}
    for i, name in enumerate(MEASURES):
        if total[i, 1] + total[i, 2] == 0:
            made[name] = None
            continue
        low, high = np.nanpercentile(drawn[:, i], [2.5, 97.5])
        made[name] = {
            "value": round(float(value[i]), 3), "low": round(float(low), 3), "high": round(float(high), 3),
            **{column: int(total[i, j]) for j, column in enumerate(COLUMNS)},
        }  # fmt: skip
    return made


def table(rows: Sequence[Row], found: Sequence[Row]) -> dict[str, Any]:
    """All figures: of everything, of the held-out stories and the others, and of each hard class."""
    mine: dict[str, list[Row]] = {row["id"]: [] for row in rows}
    for p in found:
        mine.setdefault(p["report"], []).append(p)
    sums = np.array([counted(row, mine[row["id"]]) for row in rows])
    parts = {
        "all passages": [True] * len(rows),
        "stories not trained on": [row["story"] in HELD_OUT for row in rows],
        "stories trained on": [row["story"] not in HELD_OUT for row in rows],
    }
    for name in sorted({name for row in rows for name in row["hard"]} - {"none"}):
        parts[name] = [name in row["hard"] for row in rows]
    return {name: {"passages": sum(chosen), **figures(sums[chosen])} for name, chosen in parts.items()}


def page(result: Mapping[str, Any]) -> str:
    """The result as Markdown."""

    def line(name: str, part: Mapping[str, Any], intervals: bool) -> str:
        cells = []
        for measure in MEASURES:
            v = part[measure]
            cell = "" if v is None else f"{v['value']:.3f}"
            cells.append(f"{cell} ({v['low']:.2f} to {v['high']:.2f})" if v and intervals else cell)
        return f"| {name} | {part['passages']} | {' | '.join(cells)} |"

    head = [f"| | passages | {' | '.join(MEASURES)} |", "|---" * (len(MEASURES) + 2) + "|"]
    whole = ("all passages", "stories not trained on", "stories trained on")
    parts = result["parts"]
    return "\n".join(
        [
            "# Positions on the public benchmark",
            "",
            "Made by `benchmarks/passages/run.py`; do not edit. Measures as in the [card](card.md); 95 % bootstrap "
            "intervals over passages in brackets.",
            "",
            f"Read by: {result['by']}. Passages, sha256 `{result['passages'][:16]}`.",
            "",
            *head,
            *(line(name, parts[name], True) for name in whole),
            *(line(name, part, True) for name, part in result["notings"].items()),
            "",
            "The two notings are scored against what was settled from them: no independent mark, and a higher one than "
            "a reader who had no part in it would reach.",
            "",
            "By hard class (few passages each; read as a hint):",
            "",
            *head,
            *(line(name, part, False) for name, part in parts.items() if name not in whole),
            "",
        ]
    )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=HERE, help="folder for results.json and results.md")
    parser.add_argument("--predicted", type=Path, help="score this file of positions instead of running the main job")
    args = parser.parse_args()
    rows = gold.passages()
    if args.predicted:
        found, by = lines(args.predicted), f"`{args.predicted.name}`"
    else:
        with tempfile.TemporaryDirectory() as folder:
            found = predicted(Path(folder))
        weights = sha256((WEIGHTS / "model.int8.onnx").read_bytes()).hexdigest()
        by = f"`onrecord brief`, weights of the position model sha256 `{weights[:16]}`"
    notings = {}
    for name in ("first", "second"):
        noted = [p for row in lines(HERE / f"{name}.jsonl") for p in exported(row)]
        notings[f"{name} noting"] = table(rows, noted)["all passages"]
    result = {
        "by": by,
        "passages": sha256(gold.PASSAGES.read_bytes()).hexdigest(),
        "parts": table(rows, found),
        "notings": notings,
    }
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "results.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    (args.out / "results.md").write_text(page(result), encoding="utf-8")
    print(page(result))


if __name__ == "__main__":
    main()
