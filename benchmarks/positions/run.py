"""Positions against gold: the rules alone, and rules and model, by the contract's scorer.

    python benchmarks/positions/run.py --shared PATH [--out PATH] [--no-speed] [--page-only]

``PATH`` holds ``gold/``, ``seeds/`` and ``contract/score.py``. Writes ``results.json``, ``results.md`` and
``reliability.svg`` beside this file. ``--page-only`` writes the page anew from the results and says whether the
weights are still those that were measured. No text is kept.
"""

from __future__ import annotations

import argparse
import functools
import importlib.util
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.positions import calibrating, figures, sets  # noqa: E402
from benchmarks.positions.page import page  # noqa: E402
from training.positions.confidence import half  # noqa: E402

from onrecord.extraction import Extractor, extractor_name  # noqa: E402
from onrecord.extraction.attribution import AttributionModel, RawRelation, relations  # noqa: E402
from onrecord.extraction.attribution import model as attribution_model  # noqa: E402
from onrecord.extraction.attribution.features import encode, windows  # noqa: E402
from onrecord.extraction.learned import PositionModel, read_cues, reading  # noqa: E402
from onrecord.extraction.learned.model import WEIGHTS  # noqa: E402
from onrecord.extraction.parsing import load_parser  # noqa: E402
from onrecord.model import records  # noqa: E402
from onrecord.vocabulary import Vocabulary, load  # noqa: E402

CONFIGURATIONS = ("rules", "rules and model")
EXTRACTION = ROOT / "src/onrecord/extraction"
Finder = Callable[[str], Sequence[RawRelation]]


def module(path: Path) -> ModuleType:
    """A module by its path."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def code() -> str:
    """One digest over the extraction's programs and word lists: figures are of this code and of no other."""
    total = sha256()
    for path in sorted(p for p in EXTRACTION.rglob("*") if p.suffix in {".py", ".yaml", ".json", ".txt"}):
        if "weights" not in path.parts:
            total.update(path.relative_to(EXTRACTION).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def weights() -> dict[str, str]:
    """Digests of the files of the position model and of the attribution network."""
    files = [WEIGHTS / name for name in ("model.int8.onnx", "cue.npz")]
    found = {f"positions/{p.name}": sha256(p.read_bytes()).hexdigest() for p in files}
    network = attribution_model.WEIGHTS / "model.int8.onnx"
    return {**found, f"attribution/{network.name}": sha256(network.read_bytes()).hexdigest()}


def extractors(vocabulary: Vocabulary, part: sets.Part, finder: Finder) -> dict[str, Extractor]:
    """Both configurations, for the story of a part."""
    parser = load_parser()
    cues = functools.partial(read_cues, model=PositionModel.load())
    return {
        "rules": Extractor(vocabulary, parser, finder, None, part.story),
        "rules and model": Extractor(vocabulary, parser, finder, cues, part.story),
    }


def outcomes(
    part: sets.Part, vocabulary: Vocabulary, scorer: ModuleType, finder: Finder
) -> dict[str, list[figures.Outcome]]:
    """The scorer's outcome of every report, by configuration."""
    made: dict[str, list[figures.Outcome]] = {}
    by_report: dict[str, list[sets.Row]] = {}
    for row in part.gold:
        by_report.setdefault(row["report"], []).append(row)
    missing = by_report.keys() - {r.id for r in part.reports}
    if missing:
        raise SystemExit(f"{part.name}: gold of reports that were not read: {sorted(missing)}")
    for name, extractor in extractors(vocabulary, part, finder).items():
        made[name] = []
        for report in part.reports:
            found = [records.position_record(p) for p in extractor.extract(report).positions]
            gold = by_report.get(report.id, [])
            made[name].append(figures.outcome(scorer, records.report_record(report), gold, found))
    return made


def reliability(measured: Mapping[str, Sequence[figures.Outcome]]) -> dict[str, Any]:
    """How far `confidence` is from the share that was right, on texts that it was not fitted on."""
    passages = [o for name, found in measured.items() if name.startswith("passages") for o in found if half(o.report)]
    unseen = [o for name, found in measured.items() if name.endswith("not looked at") for o in found]
    groups = {
        "our own held-out texts": [*passages, *unseen],
        "passages, the half not fitted on": passages,
        "reports on other stories, not looked at": unseen,
        "gold and seeds": [*measured["gold"], *measured["seeds"]],
    }
    made = {}
    for name, found in groups.items():
        points = [(o.report, float(row["confidence"]), same) for o in found for row, _, same in o.noted]
        chance, right = [p[1] for p in points], [p[2] for p in points]
        made[name] = {
            "judged_on": len(points),
            "right": round(sum(right) / max(1, len(right)), 4),
            "mean": round(sum(chance) / max(1, len(chance)), 4),
            "ece": round(calibrating.expected_error(chance, right), 4),
            "ci": calibrating.error_interval(chance, right, [p[0] for p in points]),
            "ranked": round(calibrating.ranked(chance, right), 4),
            "bins": calibrating.binned(chance, right),
        }
    return made


def speed(texts: Sequence[str], part: sets.Part, vocabulary: Vocabulary, rounds: int = 2) -> dict[str, Any]:
    """Words a second of the whole extraction, of each step, and of the encoders' bare forward passes.

    Steps are timed in turn within each round, so that other work on the machine falls on all of them alike;
    the best round of each counts.
    """
    attribution, positions = AttributionModel.load(), PositionModel.load()
    parser = load_parser()
    whole = extractors(vocabulary, part, functools.partial(relations, model=attribution))
    feeds, cut = [], []
    for text in texts:
        encoded = encode(text, attribution.tokenizer)
        groups = attribution_model.batches(encoded, windows(text, encoded))
        feeds += [attribution_model.feed(encoded, g) for g in groups]
        encoded = encode(text, positions.tokenizer)
        cut.append((encoded, list(reading._windows(len(encoded)))))
    steps: dict[str, Callable[[], object]] = {
        "extraction": lambda: [whole["rules and model"].extract(r) for r in part.reports],
        "extraction, rules alone": lambda: [whole["rules"].extract(r) for r in part.reports],
        "forward pass, attribution": lambda: [
            attribution.session.run(["emissions", "projections"], f) for f in feeds
        ],
        "forward pass, positions (cue windows only)": lambda: [positions.score(e, rows) for e, rows in cut],
        "attribution": lambda: [relations(t, attribution) for t in texts],
        "cues and their parts": lambda: [read_cues(t, positions) for t in texts],
        "parser": lambda: [parser(t) for t in texts],
    }
    words = sum(len(t.split()) for t in texts)
    best: dict[str, float] = {}
    for _ in range(rounds):
        for name, work in steps.items():
            started = time.perf_counter()
            work()
            best[name] = min(best.get(name, float("inf")), time.perf_counter() - started)
    return {"words": words, "rates": {name: round(words / s, 1) for name, s in best.items()}}


def measure(shared: Path, *, timed: bool) -> dict[str, Any]:
    """All results."""
    vocabulary, scorer = load(), module(shared / "contract/score.py")
    finder = functools.lru_cache(maxsize=None)(functools.partial(relations, model=AttributionModel.load()))
    rows = sets.held_out()
    parts = sets.parts(shared, vocabulary, rows)
    result: dict[str, Any] = {
        "extractor": extractor_name(),
        "code": code(),
        "weights": weights(),
        "sets": {},
    }
    held: dict[str, list[figures.Outcome]] = {name: [] for name in CONFIGURATIONS}
    learned: dict[str, Sequence[figures.Outcome]] = {}
    for part in parts:
        found = outcomes(part, vocabulary, scorer, finder)
        result["sets"][part.name] = {
            "reports": len(part.reports),
            "gold": len(part.gold),
            "digest": part.digest,
            **{name: figures.table(found[name]) for name in CONFIGURATIONS},
        }
        print(part.name, {k: v and v["value"] for k, v in figures.table(found[CONFIGURATIONS[1]]).items()})
        if part.name.startswith("passages"):
            for name in CONFIGURATIONS:
                held[name] += found[name]
        learned[part.name] = found["rules and model"]
    classes = {row["id"]: row.get("hard") or ["none"] for row in rows}
    result["held_out"] = {"passages": len(rows)}
    for name in CONFIGURATIONS:
        result["held_out"][name] = {
            "all": figures.table(held[name]),
            "hard": figures.by_class(held[name], classes),
            "task": figures.by_field(held[name], "task"),
            "stance": figures.by_field(held[name], "stance"),
        }
    result["calibration"] = reliability(learned)
    if timed:
        gold = parts[0]
        result["speed"] = speed([r.text for r in gold.reports], gold, vocabulary)
        result["speed"]["load"] = round(os.getloadavg()[0], 1)
        result["machine"] = {"cores": os.cpu_count(), "system": platform.platform(terse=True)}
    return result


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, required=True, help="folder with gold/, seeds/ and contract/")
    parser.add_argument("--out", type=Path, default=HERE)
    parser.add_argument("--no-speed", action="store_true")
    parser.add_argument("--page-only", action="store_true", help="write results.md anew from results.json")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    store = args.out / "results.json"
    if not args.page_only:
        result = measure(args.shared, timed=not args.no_speed)
        store.write_text(json.dumps(result, indent=1) + "\n")
        shown = ("our own held-out texts", "gold and seeds")
        bins = {k: result["calibration"][k]["bins"] for k in shown}
        (args.out / "reliability.svg").write_text(calibrating.plot(bins))
    written = page(json.loads(store.read_text()), weights(), code())
    (args.out / "results.md").write_text(written)
    print(written)


if __name__ == "__main__":
    main()
