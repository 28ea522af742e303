"""How long people wait at the desk: 20 readers at once, on a ledger of 10,000 reports and 60,000 positions.

Each reader asks, waits for the answer and asks again at once; nobody stops to read, so this is far more than 20 people
at their desks. The server is `onrecord serve`, as it is installed; the readers are a process of their own on the same
machine. Beside the wait stands the processor time that the server took for an answer, which other work on the machine
does not lengthen.

    python benchmarks/desk/run.py [--reports 10000] [--readers 20] [--runs 3] [--seconds 15]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import filling
from readers import Reader

from onrecord import __version__
from onrecord.ledger import Ledger
from onrecord.vocabulary import load

HERE = Path(__file__).parent
PER_REPORT = 6
WARM_DAYS = 4
"""Days before the newest that were asked for already: what a few readers look back at."""
GOALS = {"board": 300.0, "search by words": 200.0, "search by record": 200.0}
"""Milliseconds that 95 of 100 answers must stay under."""
_TICKS = os.sysconf("SC_CLK_TCK")


def address(path: str, **query: object) -> str:
    """A path with what is asked for."""
    told = {k: v for k, v in query.items() if v not in (None, "")}
    return f"{path}?{urlencode(told)}" if told else path


def days() -> list[date]:
    """The newest day, and some before it, two weeks apart."""
    last = filling.FIRST + timedelta(days=filling.DAYS - 1)
    return [last - timedelta(days=14 * n) for n in range(WARM_DAYS + 1)]


def questions(seed: int = 7) -> dict[str, list[str]]:
    """What is asked for, by kind of page; drawn once, the same in every run."""
    chance, vocabulary = random.Random(seed), load()
    parties = filling.parties_of(vocabulary)
    words = sorted({w for p in filling.sentences() for w in re.findall(r"[a-z]{5,}", p)})
    warm = ["", *(d.isoformat() for d in days()[1:])]
    matters = ["", *(m for m, _ in filling.MATTERS)]
    polarities = ["for", "leaning", "open", "against"]

    def some(make: Any, count: int) -> list[str]:
        return [make() for _ in range(count)]

    def board() -> str:
        if chance.random() < 0.4:
            return address("/", as_of=chance.choice(warm))
        return address(
            "/",
            as_of=chance.choice(warm),
            matter=chance.choice(matters),
            party=chance.choice(["", "", vocabulary.label(chance.choice(parties))[:3].lower()]),
            task=chance.choice(["", "", chance.choice(filling.TASKS)]),
            polarity=chance.choice(["", "", chance.choice(polarities)]),
            contested=chance.choice(["", "", "1"]),
            changed=chance.choice(["", "", "1"]),
        )

    def by_words() -> str:
        said = " ".join(chance.choice(words) for _ in range(chance.choice((1, 1, 2, 3))))
        return address("/search", q=chance.choice((said, f'"{said}"', said[:-1])), order=chance.choice(("", "newest")))

    def by_record() -> str:
        return address(
            "/search",
            q=chance.choice(("", "minister", "ceasefire", chance.choice(words))),
            party=chance.choice(parties),
            task=chance.choice(["", chance.choice(filling.TASKS)]),
            polarity=chance.choice(["", chance.choice(polarities)]),
            kind=chance.choice(["", "mandate", "ceasefire"]),
        )

    return {
        "board": some(board, 400),
        "search by words": some(by_words, 2000),
        "search by record": some(by_record, 1000),
        "party": [address("/party", id=p) for p in parties],
        "standing": [
            address("/standing", id=f"{p}.{t}.{m}")
            for p in parties[:30]
            for t in filling.TASKS[:4]
            for m, _ in filling.MATTERS[:1]
        ],
        "report": [address("/report", id=f"r{n:05}") for n in range(0, 10_000, 37)],
        "API: standings": [
            address("/api/standings", holder=p, polarity=q) for p in ("", *parties[:40]) for q in ("", *polarities)
        ],
        "API: positions": [
            address("/api/positions", holder=p, task=t, limit=50) for p in parties[:40] for t in ("", *filling.TASKS)
        ],
    }


@contextmanager
def served(ledger: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The desk, open; its process and port."""
    command = [sys.executable, "-m", "onrecord", "serve", str(ledger), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            # It says on which port it listens on one of the two; which depends on whether a terminal is there.
            assert running.stderr is not None
            assert running.stdout is not None
            port = None
            while port is None:
                line = running.stdout.readline() or running.stderr.readline()
                found = re.search(r":(\d+)/ ", line)
                if found:
                    port = int(found[1])
                elif running.poll() is not None:
                    raise SystemExit(f"the desk did not open: {line}{running.stderr.read()}")
            yield running, port
        finally:
            running.terminate()
            running.wait(timeout=60)


def cpu_of(process: int) -> float:
    """Seconds of processor time that a process took so far, all of its threads."""
    told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / _TICKS


def memory_of(process: int) -> float:
    """Memory that a process holds, in MB."""
    return int(Path(f"/proc/{process}/status").read_text().split("VmRSS:")[1].split()[0]) * 1024 / 1e6


def beside(process: int) -> list[int]:
    """The processes that a process has begun: the one that weighs days for it."""
    told = [x.read_text().split() for x in Path(f"/proc/{process}/task").glob("*/children")]
    return [int(x) for found in told for x in found]


def asked(port: int, addresses: list[str], readers: int, seconds: float) -> dict[str, Any]:
    """What the readers tell."""
    command = [sys.executable, str(HERE / "readers.py"), "127.0.0.1", str(port), str(readers), str(seconds)]
    done = subprocess.run(command, input=json.dumps(addresses), capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    if told["refused"]:
        raise SystemExit(f"answers that were none: {told['refused'][:5]}")
    return told


def measured(process: int, port: int, addresses: list[str], readers: int, seconds: float) -> dict[str, float]:
    """One run of one kind of page, in milliseconds."""
    before = cpu_of(process)
    told = asked(port, addresses, readers, seconds)
    spent, took = cpu_of(process) - before, sorted(x * 1000 for x in told["took"])
    quantile = statistics.quantiles(took, n=100, method="inclusive")
    return {
        "answers": len(took),
        "a_second": len(took) / told["wall"],
        "p50": quantile[49],
        "p95": quantile[94],
        "p99": quantile[98],
        "most": took[-1],
        "server_cpu": spent * 1000 / len(took),
        "kilobytes": told["bytes"] / len(took) / 1000,
        "readers_cpu": told["cpu"] * 1000 / len(took),
    }


def first_days(process: int, port: int) -> dict[str, Any]:
    """What it costs when somebody is the first to ask for a day: the replay of a board."""
    reader, found = Reader("127.0.0.1", port), []
    for day in days()[1:]:
        before, weighed = cpu_of(process), sum(cpu_of(x) for x in beside(process))
        took = reader.ask(address("/", as_of=day.isoformat()))
        again = reader.ask(address("/", as_of=day.isoformat()))
        spent = {"cpu": cpu_of(process) - before, "aside": sum(cpu_of(x) for x in beside(process)) - weighed}
        found.append({"first": took, **spent, "again": again})
    return {name: [round(x[name], 3) for x in found] for name in ("first", "cpu", "aside", "again")}


def while_a_day_is_weighed(port: int, addresses: list[str], readers: int) -> dict[str, float]:
    """How long readers wait while a day that nobody asked for before is weighed for somebody else."""
    command = [sys.executable, str(HERE / "readers.py"), "127.0.0.1", str(port), str(readers - 1), "12"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as others:
        assert others.stdin is not None
        others.stdin.write(json.dumps(addresses))
        others.stdin.close()
        others.stdin = None
        time.sleep(2.0)
        one = Reader("127.0.0.1", port)
        weighed = one.ask(address("/", as_of=(days()[-1] - timedelta(days=7)).isoformat()))
        told = json.loads(others.communicate()[0])
    took = sorted(x * 1000 for x in told["took"])
    quantile = statistics.quantiles(took, n=100, method="inclusive")
    return {"first": weighed, "p50": quantile[49], "p95": quantile[94], "p99": quantile[98], "most": took[-1]}


def machine() -> dict[str, Any]:
    """What it ran on."""
    info = Path("/proc/cpuinfo")
    names = [x.split(":")[1].strip() for x in info.read_text().splitlines() if x.startswith("model name")]
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "processor": names[0] if names else platform.processor(),
        "cores": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "onrecord": __version__,
    }


def page(result: dict[str, Any]) -> str:
    """The results as Markdown."""
    told, opening, days_told, others = (result[x] for x in ("machine", "opening", "first_days", "beside"))
    lines = [
        "# The desk's speed",
        "",
        f"Made by `make benchmark-desk`. {result['readers']} readers at once, each asking again as soon as the answer",
        f"is there, on a ledger of {result['reports']:,} reports and {result['positions']:,} positions; "
        f"{result['runs']} runs of {result['seconds']:g} s for each kind.",
        "Milliseconds; the median of the runs, with the least and the most. Server time is the processor time that the",
        "server took for one answer, all its threads together.",
        "",
        f"{told['date']}, {told['processor']}, {told['cores']} cores, Python {told['python']}, onrecord "
        f"{told['onrecord']}.",
        "",
    ]
    if told["load_before"] > 0.5:
        lines += [
            f"**The machine was not free**: its load was {told['load_before']} on {told['cores']} cores when the run",
            "began, so the waits are too long. Server time holds better.",
            "",
        ]
    lines += [
        "| page | wait, half | 95 of 100 | 99 of 100 | longest | server time | answers a second | kB | goal for 95 |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for kind, runs in result["kinds"].items():

        def cell(name: str, form: str = ",.0f", runs: list[dict[str, float]] = runs) -> str:
            values = sorted(r[name] for r in runs)
            middle = statistics.median(values)
            return f"{middle:{form}} ({values[0]:{form}}–{values[-1]:{form}})"

        goal = GOALS.get(kind)
        p95 = statistics.median(r["p95"] for r in runs)
        held = "" if goal is None else f"{goal:,.0f}: {'held' if p95 < goal else '**not held**'}"
        lines.append(
            f"| {kind} | {cell('p50')} | {cell('p95')} | {cell('p99')} | {cell('most')} | {cell('server_cpu', ',.1f')} "
            f"| {cell('a_second')} | {statistics.median(r['kilobytes'] for r in runs):,.0f} | {held} |"
        )
    lines += [
        "",
        "## What is not in these figures",
        "",
        f"Opening: the first board was there {opening['board']:.1f} s after the command began, the first search",
        f"{opening['search']:.1f} s. At the end the server held {result['memory_mb']:,.0f} MB, the process beside it "
        f"{result['aside_mb']:,.0f} MB.",
        "",
        "A day that nobody has asked for since the ledger last changed is weighed first, all of it: "
        f"{statistics.median(days_told['first']):.1f} s",
        f"({min(days_told['first']):.1f}–{max(days_told['first']):.1f}), of them "
        f"{statistics.median(days_told['cpu']):.1f} s processor time of the server and "
        f"{statistics.median(days_told['aside']):.1f} s of the process that weighs beside it, asked alone;",
        f"the same day again took {statistics.median(days_told['again']) * 1000:,.0f} ms. {WARM_DAYS} such days and "
        "the newest are what the boards above",
        "were asked for. The slider of the board waits for it once a day, and the desk keeps 48 days.",
        "",
        f"While such a day is weighed for one reader ({others['first']:.1f} s then), the others wait for their boards:",
        f"half {others['p50']:,.0f} ms, 95 of 100 {others['p95']:,.0f} ms, longest {others['most']:,.0f} ms "
        "(over 12 s in which it was weighed).",
    ]
    return "\n".join(lines) + "\n"


def main(given: Sequence[str] | None = None) -> None:
    """Measure, and write results.json and results.md beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--ledger", type=Path, help="keep the made-up ledger here, or use the one that is here")
    parser.add_argument("--only", nargs="*", help="these kinds alone; nothing is written")
    wanted = parser.parse_args(given)
    result: dict[str, Any] = {
        "machine": machine(), "reports": wanted.reports, "positions": wanted.reports * PER_REPORT,
        "readers": wanted.readers, "runs": wanted.runs, "seconds": wanted.seconds,
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        ledger = wanted.ledger or Path(folder) / "desk.db"
        if not ledger.exists():
            begun = time.perf_counter()
            filling.fill(ledger, wanted.reports, PER_REPORT)
            print(f"made a ledger of {wanted.reports:,} reports in {time.perf_counter() - begun:.0f} s", flush=True)
        # A report that says the same as another is kept once.
        with Ledger.open(ledger, clock=lambda: datetime(2026, 3, 1, tzinfo=UTC)) as held:
            kept = {report.id for report in held.reports()}
        begun = time.perf_counter()
        with served(ledger) as (running, port):
            reader = Reader("127.0.0.1", port)
            reader.ask("/")
            result["opening"] = {"board": time.perf_counter() - begun}
            reader.ask("/search?q=soldiers")
            result["opening"]["search"] = time.perf_counter() - begun
            print(f"open: {result['opening']}", flush=True)
            result["first_days"] = first_days(running.pid, port)
            print(f"first days: {result['first_days']}", flush=True)
            result["kinds"] = {}
            for kind, addresses in questions().items():
                if wanted.only and kind not in wanted.only:
                    continue
                addresses = [a for a in addresses if not a.startswith("/report?") or a.split("=")[1] in kept]
                runs = []
                for _ in range(wanted.runs):
                    runs.append(measured(running.pid, port, addresses, wanted.readers, wanted.seconds))
                    print(f"{kind:18} " + " ".join(f"{k} {v:,.1f}" for k, v in runs[-1].items()), flush=True)
                result["kinds"][kind] = runs
            result["memory_mb"] = memory_of(running.pid)
            result["aside_mb"] = sum(memory_of(x) for x in beside(running.pid))
            if wanted.only:
                return
            result["beside"] = while_a_day_is_weighed(port, questions()["board"], wanted.readers)
            print(f"beside a first day: {result['beside']}", flush=True)
    (HERE / "results.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    (HERE / "results.md").write_text(page(result), encoding="utf-8")


if __name__ == "__main__":
    main()
