"""Coverage-guided fuzzing: ``python tests/fuzz/run.py --seconds 300``, or ``make fuzz``.

Each target runs in a process of its own under Atheris (libFuzzer for Python), for an equal share of the time, with
bounds on time and memory for each input. What makes a target fail is written to ``out/fuzz``; it becomes a file in
``tests/fuzz/found``, and the tests run it from then on.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "out" / "fuzz"
DONE = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
PEAK = re.compile(r"stat::peak_rss_mb:\s*(\d+)")
COVERED = re.compile(r"cov: (\d+)")


def fuzz(name: str, options: list[str]) -> None:
    """Fuzz one target in this process, which ends with it."""
    import atheris

    with atheris.instrument_imports(include=["onrecord.reading", "onrecord.briefing.formats", "warcio"]):
        from targets import TARGETS
    atheris.Setup([sys.argv[0], *options], TARGETS[name])
    atheris.Fuzz()


def run(name: str, seconds: int) -> tuple[int, int, int, int]:
    """Fuzz one target in another process: its exit status, inputs run, peak memory in MB, edges covered."""
    from seeds import seeds

    corpus = OUT / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(name)):
        (corpus / f"seed-{number}").write_bytes(seed)
    bounds = [f"-max_total_time={seconds}", "-timeout=30", "-rss_limit_mb=2000", "-max_len=8192"]
    more = ["-print_final_stats=1", f"-artifact_prefix={OUT}/{name}-"]
    command = [sys.executable, __file__, "--one", name, *bounds, *more, str(corpus)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=HERE, errors="replace")
    (OUT / f"{name}.log").write_text(done.stdout[-200_000:] + done.stderr[-200_000:], encoding="utf-8")
    inputs, peak = DONE.search(done.stderr), PEAK.search(done.stderr)
    covered = COVERED.findall(done.stderr)
    return (
        done.returncode,
        int(inputs[1]) if inputs else 0,
        int(peak[1]) if peak else 0,
        int(covered[-1]) if covered else 0,
    )


def main() -> int:
    """All targets, or those named; 1 where one failed."""
    if sys.argv[1:2] == ["--one"]:
        fuzz(sys.argv[2], sys.argv[3:])
        return 0
    from targets import TARGETS

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=90, help="in all")
    parser.add_argument("targets", nargs="*", default=list(TARGETS))
    asked = parser.parse_args()
    failed, total = [], 0
    for name in asked.targets:
        status, inputs, peak, covered = run(name, max(1, asked.seconds // len(asked.targets)))
        total += inputs
        said = "ok" if status == 0 else f"FAILED, see out/fuzz/{name}.log"
        print(f"{name:10} {inputs:9,} inputs  {covered:6,} edges  {peak:5,} MB  {said}", flush=True)
        failed += [name] if status else []
    print(f"{'all':10} {total:9,} inputs")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
