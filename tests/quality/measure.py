"""Measures the whole way through on gold: ``python tests/quality/measure.py [--rules-only]`` prints it.

In: gold of the example stories, and that of ``../shared`` where it lies beside the checkout. Out: figure by
name. The gate (``test_floors.py``) holds the figures against ``floors.yaml``; nothing here decides.
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from onrecord import publishing, scoring
from onrecord.settings import Settings
from onrecord.vocabulary import load

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
EXAMPLES = ROOT / "examples"
REPORTS = ROOT / "benchmarks/positions/reports"
EXTRACTORS = {"full": False, "rules": True}
"""Name -> whether the learned position model is left out."""
HELD = (
    "polarity.f1",
    "stance.share",
    "upstream.share",
    "evidence.share",
    "standings.polarity",
    "standings.stance",
)
"""The figures that have floors; the others rest on too few cases to be held."""
DAY = date(2026, 3, 31)
"""For which the standings of the examples are told."""
SETS: dict[str, tuple[Path, Path, Path, Path | None]] = {
    "gold": (SHARED / "gold/reports.jsonl", SHARED / "gold/positions.jsonl", SHARED / "gold/none", None),
    "seeds": (
        SHARED / "seeds",
        SHARED / "gold/seeds.positions.jsonl",
        SHARED / "gold/seeds.standings.jsonl",
        None,
    ),
    **{
        name: (
            EXAMPLES / name / "reports",
            EXAMPLES / name / "gold.positions.jsonl",
            EXAMPLES / name / "gold.standings.jsonl",
            EXAMPLES / name / "story.yaml",
        )
        for name in ("gaza-isf", "haiti-gsf")
    },
    "other-stories": (REPORTS / "reports.jsonl", REPORTS / "positions.jsonl", REPORTS / "none", None),
}
"""Name -> inputs, gold positions, gold standings (may be missing), story."""


def present(name: str) -> bool:
    """Whether the data of a set is at hand."""
    inputs, gold, _, _ = SETS[name]
    return inputs.exists() and gold.exists()


def digest(name: str) -> str:
    """SHA-256 over the files of a set, in order of their paths."""
    inputs, gold, standings, story = SETS[name]
    files = sorted(inputs.iterdir()) if inputs.is_dir() else [inputs]
    hashed = sha256()
    for path in [*files, gold, standings, story]:
        if path is not None and path.is_file():
            hashed.update(path.name.encode() + b"\0" + path.read_bytes())
    return hashed.hexdigest()


def measured(name: str, *, rules_only: bool = False) -> dict[str, float]:
    """The figures of one set, read from the files to the export: measure -> value."""
    inputs, gold, standings, story = SETS[name]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        settings = Settings(ledger=out / "ledger.db", story=story, rules_only=rules_only)
        publishing.brief([inputs], out, settings, as_of=DAY if story else None)
        result = scoring.score_files(gold, out / "positions.jsonl", out / "reports.jsonl")
        found = scoring.read_records(out / "standings.jsonl")
    figures = {
        f"{measure}.{'f1' if 'f1' in figure else 'share'}": float(figure.get("f1", figure.get("share", 0)))
        for measure, figure in result.figures.items()
        if figure is not None
    }
    if standings.is_file():
        figures |= standings_share(scoring.read_records(standings), found)
    return figures


def standings_share(gold: list[Any], found: list[Any]) -> dict[str, float]:
    """Share of the gold standings of the day that are there with the right polarity, and the right stance."""
    stances = load().stances
    wanted = [
        g for g in gold if g["stance"] and not g.get("optional") and g.get("as_of", str(DAY)) == str(DAY)
    ]
    by_key = {(s["holder"], s["performer"], s["task"]): s for s in reversed(found)}
    polarity = stance = 0
    for one in wanted:
        keys = [(one["holder"], one["performer"], t) for t in (one["task"], *one.get("task_accept", ()))]
        there = next((by_key[k] for k in keys if k in by_key), None)
        if there is not None:
            right = {one["stance"], *one.get("stance_accept", ())}
            stance += there["stance"] in right
            polarity += there["polarity"] in {stances[s].polarity for s in right}
    return {
        "standings.polarity": round(polarity / len(wanted), 4),
        "standings.stance": round(stance / len(wanted), 4),
    }


def floor(name: str, value: float) -> float:
    """A floor for what was measured: 0.02 below, rounded down; every passage must reproduce."""
    return value if name == "evidence.share" else max(0.0, math.floor((value - 0.02) * 100 + 1e-6) / 100)


def entry(name: str, extractor: str, on: date) -> dict[str, Any]:
    """An entry of ``floors.yaml`` as measured now, for a person to look at and take over."""
    figures = measured(name, rules_only=EXTRACTORS[extractor])
    held = {k: v for k, v in figures.items() if k in HELD}
    return {
        "set": name,
        "extractor": extractor,
        "digest": digest(name),
        "measured_on": on,
        "measured": held,
        "floor": {k: floor(k, v) for k, v in held.items()},
    }


def main(argv: list[str]) -> None:
    """Print the figures, or with ``--floors`` the entries of ``floors.yaml``."""
    for name in filter(present, SETS):
        for extractor, rules_only in EXTRACTORS.items():
            if "--floors" in argv:
                made = entry(name, extractor, datetime.now(UTC).date())
                print(yaml.safe_dump([made], sort_keys=False, width=200, default_flow_style=None))
            elif rules_only == ("--rules-only" in argv):
                print(
                    json.dumps({"set": name, "digest": digest(name), **measured(name, rules_only=rules_only)})
                )


if __name__ == "__main__":
    main(sys.argv[1:])
