"""One collection read in one process, then by workers of this machine: seconds, and the processor's time in the leader
and in the workers. Writes machines.json, from which ``scale.py`` computes its page.

In: the texts of ``run.py``. Each way runs in processes of its own and begins with none, so that starting is counted,
and told. Ledgers are compared: a way that gives another one is a failure, not a figure.

    python benchmarks/speed/machines.py [--reports 200] [--workers 1 2] [--part 8]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import runpy
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
OUT = HERE / "machines.json"


def spent(who: int) -> float:
    """Seconds of the processor that this process, or those it has waited for, have taken."""
    told = resource.getrusage(who)
    return told.ru_utime + told.ru_stime


def one(path: Path, ledger: Path, workers: int, part: int) -> dict[str, Any]:
    """Read the collection; with no workers in this process."""
    from onrecord import services, spreading
    from onrecord.settings import Settings

    settings = Settings(ledger=ledger)
    begun = started = time.perf_counter()
    with services.open_ledger(settings) as opened:
        if workers:
            parts = ledger.with_suffix(".parts")
            with spreading.taken(parts) as folder, spreading.local(workers, folder.scratch) as engine:
                started = time.perf_counter()
                target = spreading.IntoLedger.of(opened, settings)
                spreading.spread([path], settings, engine, target, folder, size=part)
                ended = time.perf_counter()
        else:
            services.read([path], opened, settings)
            ended = time.perf_counter()
        rows = json.dumps(list(opened.dump()), sort_keys=True)
    return {
        "workers": workers,
        "seconds": ended - started,
        "starting": started - begun,
        "leader_cpu": spent(resource.RUSAGE_SELF),
        "workers_cpu": spent(resource.RUSAGE_CHILDREN),
        "rows": hashlib.sha256(rows.encode()).hexdigest(),
    }


def main() -> None:
    """Measure each way, and write machines.json beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--part", type=int, default=8)
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        path, ledger, workers = asked.one
        print(json.dumps(one(Path(path), Path(ledger), int(workers), asked.part)))
        return
    speed = runpy.run_path(str(HERE / "run.py"))
    result: dict[str, Any] = {"machine": speed["machine"](), "reports": asked.reports, "part": asked.part, "ways": []}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.jsonl"
        result["words"] = speed["write_reports"](path, asked.reports)
        for workers in (0, *asked.workers):
            command = [sys.executable, __file__, "--part", str(asked.part), "--one", str(path)]
            command += [str(Path(folder) / f"{workers}.db"), str(workers)]
            load = speed["machine"]()["load_before"]
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
            way = {**json.loads(done.stdout.splitlines()[-1]), "load_before": load}
            print(way, flush=True)
            result["ways"].append(way)
    if len({x.pop("rows") for x in result["ways"]}) > 1:
        raise SystemExit("the ledgers differ")
    OUT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
