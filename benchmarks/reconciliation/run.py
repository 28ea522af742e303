"""Measure reconciliation: simulated stories beside its peers, origins on the gold, the example stories,
speed.

    python -m benchmarks.reconciliation.run [--seeds 20] [--positions 100000] [--gold ../shared/gold]

Writes `results.json` and `results.md` beside this file. `make benchmark-reconciliation` sets up an environment that
has Dawid-Skene (`benchmarks/reconciliation/requirements.txt`) and runs this.
"""

from __future__ import annotations

import argparse
import importlib
import json
import platform
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.reconciliation import peers, simulated, speed
from benchmarks.reconciliation.scoring import Tally, f1, pairs

from onrecord.model import Position
from onrecord.reconciliation import reconcile
from onrecord.vocabulary import Vocabulary, load

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TRUST_SEEDS = range(900, 903)
"""Stories from which the latest report's trust is learned: none of those that are scored, nor of those
(1000 and on) on which the model's figures were set."""

NAMES = {
    "ours": "reconciliation: the standing",
    "ours_model": "reconciliation: the likeliest level of the model",
    "latest": "latest report wins",
    "latest_trusted": "latest report wins, with its accuracy on other stories as chance",
    "majority": "majority vote",
    "dawid_skene": "Dawid-Skene (crowd-kit)",
    "dawid_skene_60": "Dawid-Skene, reports of 60 days",
}


def simulation(seeds: Sequence[int], vocabulary: Vocabulary) -> dict[str, Any]:
    """Accuracy, Brier score and calibration at three levels of noise."""
    out: dict[str, Any] = {}
    for level, noise in simulated.LEVELS.items():
        trust = _trust(noise)
        tallies = {name: Tally() for name in NAMES}
        reports = 0
        for seed in seeds:
            story = simulated.simulated(noise, seed)
            reports += len(story.reports)
            for day in simulated.ASKED:
                _score_day(story, day, trust, vocabulary, tallies)
        out[level] = {
            "reports": reports,
            "trust": round(trust, 3),
            "scores": {n: t.scores() for n, t in tallies.items()},
        }
    return out


def _score_day(
    story: simulated.Simulated, day: int, trust: float, vocabulary: Vocabulary, tallies: dict[str, Tally]
) -> None:
    chances, standing = peers.ours(story, day, vocabulary)
    found = {
        "latest": peers.latest(story, day),
        "latest_trusted": peers.latest(story, day, trust),
        "majority": peers.majority(story, day),
        "dawid_skene": peers.dawid_skene(story, day),
        "dawid_skene_60": peers.dawid_skene(story, day, 60),
    }
    for holder, levels in story.truth.items():
        if holder not in chances:
            continue  # nobody has been reported on yet: nobody is asked
        truth = peers.class_of_level(levels[day])
        tallies["ours"].add(chances[holder], truth, standing[holder])
        tallies["ours_model"].add(chances[holder], truth)
        for name, answers in found.items():
            tallies[name].add(answers.get(holder, peers.EVEN), truth)


def _trust(noise: simulated.Noise) -> float:
    tally = Tally()
    for seed in TRUST_SEEDS:
        story = simulated.simulated(noise, seed)
        for day in simulated.ASKED:
            for holder, answer in peers.latest(story, day).items():
                tally.add(answer, peers.class_of_level(story.truth[holder][day]))
    return tally.scores()["accuracy"]


def _gold_reader() -> ModuleType:
    sys.path.insert(0, str(ROOT / "tests" / "golden"))
    return importlib.import_module("gold_stories")


def origins(folder: Path, vocabulary: Vocabulary) -> dict[str, Any] | None:
    """F1 of report pairs that share an origin: with the gold chains, and with our own extraction."""
    if not (folder / "upstream.jsonl").is_file():
        return None
    gold = _gold_reader()
    lines = gold.lines(folder / "reports.jsonl")
    reports = [gold.report_of(line, line["text"]) for line in lines]
    texts = {line["id"]: line["text"] for line in lines}
    outlets = frozenset(line["outlet"].casefold() for line in lines if line["outlet"])
    positions = gold.positions_of(gold.lines(folder / "positions.jsonl"), texts, outlets)
    groups: dict[str, list[str]] = {}
    for line in gold.lines(folder / "upstream.jsonl"):
        for group in line["groups"]:
            groups.setdefault(group, []).append(line["report"])
    wanted = pairs(groups.values())

    def score(found: Sequence[Position]) -> dict[str, float]:
        made = reconcile(found, reports, date(2026, 12, 31), vocabulary)
        return f1(pairs(origin.reports for origin in made.origins), wanted)

    out: dict[str, Any] = {
        "reports": len(reports),
        "gold_pairs": len(wanted),
        "gold_chains": score(positions),
    }
    for name, rules_only in (("own_extraction", False), ("own_extraction_rules_only", True)):
        extracted = _extracted(reports, vocabulary, rules_only=rules_only)
        out[name] = score(extracted) if extracted is not None else None
    return out


def _extracted(reports: Sequence[Any], vocabulary: Vocabulary, *, rules_only: bool) -> list[Position] | None:
    from onrecord.errors import ModelMissing
    from onrecord.services import make_extractor

    try:
        extractor = make_extractor(vocabulary, None, rules_only=rules_only)
    except ModelMissing:
        return None
    return [position for report in reports for position in extractor.extract(report).positions]


def examples(vocabulary: Vocabulary) -> dict[str, Any]:
    """Origins of the example stories, by pairs; the golden tests hold their standings and conflicts."""
    gold = _gold_reader()
    out = {}
    for name in ("gaza-isf", "haiti-gsf"):
        story = gold.story(name)
        made = reconcile(story.positions, story.reports, date(2026, 3, 31), vocabulary)
        out[name] = f1(
            pairs(o.reports for o in made.origins), pairs(sorted(g) for g in story.groups.values())
        )
    return out


def page(results: dict[str, Any]) -> str:
    """The results as Markdown."""
    lines = [
        "# Reconciliation: what was measured",
        "",
        f"Command: `{results['command']}`",
        "",
        f"On: {results['machine']}",
        "",
    ]
    lines += [
        "## Simulated stories",
        "",
        "Higher accuracy is better; Brier score (0 to 2) and calibration error: lower.",
        "",
    ]
    for level, found in results["simulation"].items():
        lines += [
            f"### Noise: {level} ({found['reports']:,} reports)",
            "",
            "| method | accuracy | Brier | calibration error |",
        ]
        lines += ["|---|---|---|---|"]
        for name, s in found["scores"].items():
            lines.append(
                f"| {NAMES[name]} | {s['accuracy']:.3f} | {s['brier']:.3f} | {s['calibration_error']:.3f} |"
            )
        lines.append("")
    lines += [
        "## Report pairs that share an origin",
        "",
        "| data | precision | recall | F1 |",
        "|---|---|---|---|",
    ]
    for name, s in _origin_rows(results):
        lines.append(f"| {name} | {s['precision']:.2f} | {s['recall']:.2f} | {s['f1']:.2f} |")
    found = results["speed"]
    lines += [
        "",
        "## Speed",
        "",
        "Seconds of the clock count what else the machine did meanwhile; processor seconds do not, though work beside "
        "it makes them more.",
        "",
        "| what | figure |",
        "|---|---|",
    ]
    lines += [f"| {k.replace('_', ' ')} | {v:,} |" for k, v in found.items()]
    return "\n".join([*lines, ""])


def _origin_rows(results: dict[str, Any]) -> list[tuple[str, dict[str, float]]]:
    rows = [(f"example story {name}, gold chains", s) for name, s in results["examples"].items()]
    shared = results["origins"]
    if shared:
        rows.append(
            (
                f"{shared['reports']} gold reports ({shared['gold_pairs']} pairs), gold chains",
                shared["gold_chains"],
            )
        )
        for key, name in (
            ("own_extraction", "our own extraction"),
            ("own_extraction_rules_only", "our rules alone"),
        ):
            if shared[key]:
                rows.append((f"the same, {name}", shared[key]))
    return rows


def main(arguments: Sequence[str] | None = None) -> None:
    """Run everything and write the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seeds", type=int, default=20, help="number of simulated stories at each level")
    parser.add_argument("--positions", type=int, default=100_000, help="positions for the speed test")
    parser.add_argument(
        "--gold", type=Path, default=ROOT.parent / "shared" / "gold", help="reports with known origins"
    )
    parser.add_argument("--only", choices=["speed", "origins", "simulation"], help="measure one part anew")
    given = parser.parse_args(arguments)
    vocabulary = load()
    parts = {
        "speed": lambda: speed.measure(vocabulary, given.positions),
        "origins": lambda: origins(given.gold, vocabulary),
        "examples": lambda: examples(vocabulary),
        "simulation": lambda: simulation(range(given.seeds), vocabulary),
    }
    results: dict[str, Any] = {}
    if given.only:
        results = json.loads((HERE / "results.json").read_text(encoding="utf-8"))
        parts = {name: part for name, part in parts.items() if name == given.only}
    else:
        results["command"] = (
            f"python -m benchmarks.reconciliation.run --seeds {given.seeds} --positions {given.positions}"
        )
    results["machine"] = (
        f"Python {platform.python_version()}, {platform.machine()}, {_cores()} cores, {_load()}"
    )
    results |= {name: part() for name, part in parts.items()}
    (HERE / "results.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    (HERE / "results.md").write_text(page(results), encoding="utf-8")
    print((HERE / "results.md").read_text(encoding="utf-8"))


def _cores() -> int:
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


def _load() -> str:
    import os

    return (
        f"load average {os.getloadavg()[0]:.1f} at the start"
        if hasattr(os, "getloadavg")
        else "load not known"
    )


if __name__ == "__main__":
    main()
