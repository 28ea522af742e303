"""Backtest: past forces from the pledges as they stood, each told from the other forces only.

For every force of the table with pledges whose outcome is known, the delivery model is fitted without any
row of that force, the strength after 6 and after 12 months is drawn with the code that the briefs use, and
what came is laid beside it. Whether a condition was met in the end is not told: it is met with the chance
that the other forces teach. Compared with it: the plain sum of the pledges, and half of that sum.

    python benchmarks/force/run.py            # prints, and writes results.json and results.md beside this
    file
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import platform
from collections import defaultdict
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.force.delivery import Experience, Kind, kind_of, learn
from onrecord.force.draws import draw
from onrecord.force.parties import Contingent
from onrecord.force.plan import make_plan
from onrecord.force.settings import Settings
from onrecord.force.tables import Pledge, pledges

HERE = Path(__file__).resolve().parent
DRAWS = 100_000
SEED = 1
MONTHS = (6, 12)


def contingent(pledge: Pledge, place: int) -> Contingent:
    """A past pledge as it stood: its condition open, its figure as told."""
    kind: Kind = kind_of(pledge.stage, "met") or "firm"
    return Contingent(
        party=pledge.party,
        task="contribute_troops",
        standing=f"pledge-{place}",
        positions=(),
        stance=pledge.stage,
        polarity="for",
        state="settled",
        probability=1.0,
        kind=kind,
        levers=(f"condition-{place}",) if pledge.conditional else (),
        matched=("kind",) if pledge.conditional else (),
        low=pledge.size or 0.0,
        high=pledge.size or 0.0,
        figure="own",
        figure_source=pledge.source,
    )


def told(held: list[Pledge], known: Experience, months: int, seed: int = SEED) -> dict[str, float]:
    """Low, expected and high for the pledges of one force, and the chance of each rank of what came."""
    settings = Settings()
    members = [contingent(p, i) for i, p in enumerate(held)]
    plan = make_plan(members, (), {}, known)
    chances = {
        x: known.chance_met("approval" if p.approval else "other")
        for p, c in zip(held, members, strict=True)
        for x in c.levers
    }
    total = draw(plan, chances, months=months, draws=DRAWS, seed=seed).total(plan, chances)
    tail = (1 - settings.interval) / 2
    low, high = np.quantile(total, (tail, 1 - tail))
    came = math.fsum(p.after(months) or 0.0 for p in held)
    return {
        "pledged": math.fsum(p.size or 0.0 for p in held),
        "came": came,
        "low": round(float(low), 1),
        "expected": round(plan.expected(chances, months), 1),
        "high": round(float(high), 1),
    }


def rows(months: int, seed: int = SEED) -> list[dict[str, Any]]:
    """One row a force with pledges whose outcome after so many months is known."""
    everything = pledges()
    held: dict[str, list[Pledge]] = defaultdict(list)
    for pledge in everything:
        if pledge.size and pledge.after(months) is not None:
            held[pledge.mission].append(pledge)
    found = []
    for mission, those in sorted(held.items()):
        known = learn(p for p in everything if p.mission != mission)
        row: dict[str, Any] = {"mission": mission, "months": months, "pledges": len(those)}
        row |= told(those, known, months, seed)
        row["inside"] = row["low"] - 0.5 <= row["came"] <= row["high"] + 0.5
        found.append(row)
    return found


def summary(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Coverage and errors over the given forces."""
    ways = {
        "model": lambda r: r["expected"],
        "sum": lambda r: r["pledged"],
        "half": lambda r: r["pledged"] / 2,
    }
    errors = {name: [abs(way(r) - r["came"]) for r in found] for name, way in ways.items()}
    return {
        "forces": len(found),
        "coverage_80": round(sum(r["inside"] for r in found) / len(found), 3),
        "mean_absolute_error": {k: round(sum(v) / len(v), 1) for k, v in errors.items()},
        "mean_error_as_share_of_pledge": {
            k: round(sum(e / r["pledged"] for e, r in zip(v, found, strict=True)) / len(v), 3)
            for k, v in errors.items()
        },
        "error_of_total": {
            k: round(abs(sum(way(r) for r in found) - sum(r["came"] for r in found)), 1)
            for k, way in ways.items()
        },
    }


def digest_of_table() -> str:
    """The digest of the table that the results were measured on."""
    data = resources.files("onrecord.force").joinpath("data", "pledges.csv").read_bytes()
    return hashlib.sha256(data).hexdigest()


def markdown(results: dict[str, Any]) -> str:
    """The results for a person."""
    lines = [
        "# Backtest of the strength",
        "",
        "Made by `python benchmarks/force/run.py`; each force is told from the pledges to the others.",
        "Figures are persons. Compared: the plain sum of the pledges, and half of it.",
        f"Table `pledges.csv`, sha256 `{results['table'][:16]}`; {DRAWS:,} draws, seed {SEED}.",
        "",
        "| over | forces | inside the 80 % interval | mean error: model | sum of pledges | half of it |"
        " as a share of the pledge: model | sum | half |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, one in results["summary"].items():
        error, share = one["mean_absolute_error"], one["mean_error_as_share_of_pledge"]
        lines.append(
            f"| {name} | {one['forces']} | {one['coverage_80']:.0%} | {error['model']:,.0f} |"
            f" {error['sum']:,.0f} | {error['half']:,.0f} |"
            f" {share['model']:.2f} | {share['sum']:.2f} | {share['half']:.2f} |"
        )
    lines += ["", "| force | months | pledges | pledged | low | expected | high | came | inside |"]
    lines.append("|---|---|---|---|---|---|---|---|---|")
    for r in results["rows"]:
        lines.append(
            f"| {r['mission']} | {r['months']} | {r['pledges']} | {r['pledged']:,.0f} |"
            f" {r['low']:,.0f} | {r['expected']:,.0f} | {r['high']:,.0f} |"
            f" {r['came']:,.0f} | {'yes' if r['inside'] else 'no'} |"
        )
    lines += ["", "## Speed", "", f"On: {results['machine']}. The least of several runs.", ""]
    lines += ["| what | processor seconds | clock seconds |", "|---|---|---|"]
    for r in results["speed"]:
        lines.append(f"| {r['what']} | {r['processor_seconds']} | {r['clock_seconds']} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run and write."""
    import speed  # beside this file, and only there for a run

    found = {months: rows(months) for months in MONTHS}
    every = [r for x in found.values() for r in x]
    several = [r for r in every if r["pledges"] > 1]
    results = {
        "table": digest_of_table(),
        "draws": DRAWS,
        "seed": SEED,
        "summary": {
            **{f"after {months} months": summary(x) for months, x in found.items()},
            "both": summary(every),
            "forces with several pledges": summary(several),
        },
        "rows": every,
        "machine": f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, "
        f"load average {os.getloadavg()[0]:.1f} at the start",
        "speed": speed.measure(),
    }
    (HERE / "results.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    (HERE / "results.md").write_text(markdown(results), encoding="utf-8")
    print(markdown(results))


if __name__ == "__main__":
    main()
