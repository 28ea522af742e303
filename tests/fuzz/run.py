"""Coverage-guided fuzzing: ``python tests/fuzz/run.py --seconds 300``, or ``make fuzz``.

Each target runs in a process of its own under Atheris (libFuzzer for Python), for an equal share of the time, with
bounds on time and memory for each input. What makes a target fail is written to ``out/fuzz``; it becomes a file in
``tests/fuzz/found``, and the tests run it from then on. With ``--record`` the counts of each target are added to
``benchmarks/fuzz``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "out" / "fuzz"
RECORD = HERE.parents[1] / "benchmarks" / "fuzz"
SLOWEST = 30
"""Seconds that one input may take."""
MEMORY = 2000
"""MB that a target may take."""
DONE = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
PEAK = re.compile(r"stat::peak_rss_mb:\s*(\d+)")
SLOW = re.compile(r"stat::slowest_unit_time_sec:\s*(\d+)")
COVERED = re.compile(r"cov: (\d+)")


class Count(NamedTuple):
    """What came of one target: whether an input failed, how many were run, bounds that were reached."""

    target: str
    ok: bool
    inputs: int
    edges: int
    peak_mb: int
    slowest_seconds: int
    seconds: int
    date: str
    machine: str
    note: str = ""


def fuzz(name: str, options: list[str]) -> None:
    """Fuzz one target in this process, which ends with it."""
    import atheris

    with atheris.instrument_imports(include=["onrecord.reading", "onrecord.briefing.formats", "warcio"]):
        from targets import TARGETS
    atheris.Setup([sys.argv[0], *options], TARGETS[name])
    atheris.Fuzz()


def run(name: str, seconds: int) -> Count:
    """Fuzz one target in another process."""
    from seeds import seeds

    corpus = OUT / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(name)):
        (corpus / f"seed-{number}").write_bytes(seed)
    bounds = [f"-max_total_time={seconds}", f"-timeout={SLOWEST}", f"-rss_limit_mb={MEMORY}", "-max_len=8192"]
    more = ["-print_final_stats=1", f"-artifact_prefix={OUT}/{name}-"]
    command = [sys.executable, __file__, "--one", name, *bounds, *more, str(corpus)]
    begun = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, cwd=HERE, errors="replace")
    took = time.monotonic() - begun
    (OUT / f"{name}.log").write_text(done.stdout[-200_000:] + done.stderr[-200_000:], encoding="utf-8")

    def last(of: re.Pattern[str]) -> int:
        return int((of.findall(done.stderr) or ["0"])[-1])

    return Count(
        target=name,
        ok=done.returncode == 0,
        inputs=last(DONE),
        edges=last(COVERED),
        peak_mb=last(PEAK),
        slowest_seconds=last(SLOW),
        seconds=round(took),
        date=datetime.now(UTC).date().isoformat(),
        machine=f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores",
    )


def page(counts: Sequence[Count]) -> str:
    """The counts as Markdown: by target, all its runs together."""
    told = [
        "# Fuzzing",
        "",
        "Made by `make fuzz RECORD=1`, which adds its run to `counts.jsonl`. Inputs are found by coverage, from one or",
        f"two sound ones of each target and what earlier runs kept; one may take {SLOWEST} s, a target {MEMORY:,} MB.",
        "",
        f"{sum(x.inputs for x in counts):,} inputs in all, from {min(x.date for x in counts)} to "
        f"{max(x.date for x in counts)}, on {' and '.join(sorted({x.machine for x in counts}))}.",
        "",
        "| target | inputs | runs | runs that an input ended | edges covered | peak, MB | slowest, s | hours |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name in dict.fromkeys(x.target for x in counts):
        of = [x for x in counts if x.target == name]
        told.append(
            f"| {name} | {sum(x.inputs for x in of):,} | {len(of)} | {sum(not x.ok for x in of)} | "
            f"{max(x.edges for x in of):,} | {max(x.peak_mb for x in of):,} | {max(x.slowest_seconds for x in of)} | "
            f"{sum(x.seconds for x in of) / 3600:.2f} |"
        )
    told += [
        "",
        "A slowest of 0 is less than a second. The peak is at most this: the system counts from what started it.",
        "What ended a run was mended and lies in `tests/fuzz/found`, which the tests run; the inputs before it count,",
        "and the target was run again.",
        *dict.fromkeys(f"\n{x.note}" for x in counts if x.note),
    ]
    return "\n".join(told) + "\n"


def record(count: Count) -> None:
    """Add a count to those of before, and write the page anew."""
    RECORD.mkdir(exist_ok=True)
    with (RECORD / "counts.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(count._asdict()) + "\n")
    counts = [Count(**json.loads(x)) for x in (RECORD / "counts.jsonl").read_text(encoding="utf-8").splitlines()]
    (RECORD / "results.md").write_text(page(counts), encoding="utf-8")


def main() -> int:
    """All targets, or those named; 1 where one failed."""
    if sys.argv[1:2] == ["--one"]:
        fuzz(sys.argv[2], sys.argv[3:])
        return 0
    from targets import TARGETS

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=90, help="in all")
    parser.add_argument("--record", action="store_true", help="add the counts to benchmarks/fuzz")
    parser.add_argument("targets", nargs="*", default=list(TARGETS))
    asked = parser.parse_args()
    counts: list[Count] = []
    for name in asked.targets:
        one = run(name, max(1, asked.seconds // len(asked.targets)))
        counts.append(one)
        said = "ok" if one.ok else f"FAILED, see out/fuzz/{name}.log"
        print(f"{name:10} {one.inputs:9,} inputs  {one.edges:6,} edges  {one.peak_mb:5,} MB  {said}", flush=True)
        if asked.record:
            record(one)
    print(f"{'all':10} {sum(x.inputs for x in counts):9,} inputs")
    return 0 if all(x.ok for x in counts) else 1


if __name__ == "__main__":
    sys.exit(main())
