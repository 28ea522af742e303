"""The benchmark's passages in the form of the export contract: what a program reads, and the gold to score it by.

    python benchmarks/passages/gold.py --out DIR

Reads ``passages.jsonl`` beside this file; writes ``reports.jsonl`` (one passage a line, as a report) and
``gold.positions.jsonl`` (one position a line) into ``DIR``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from benchmarks.passages.agreement import Row, lines  # noqa: E402

from onrecord.scoring import _names  # noqa: E402

PASSAGES = HERE / "passages.jsonl"


def passages() -> list[dict[str, Any]]:
    """The 300 passages, in their order."""
    return lines(PASSAGES)


def report(row: Row) -> dict[str, Any]:
    """A passage as a report of the main job's input."""
    return {
        "id": row["id"],
        "url": None,
        "outlet": row["outlet"],
        "published": row["published"],
        "title": None,
        "text": row["text"],
    }


def span(text: str, words: str, within: tuple[int, int] | None = None) -> dict[str, Any]:
    """A quoted piece with its place: within the evidence where it stands there, else its first in the text.

    >>> span("no, no", "no", (2, 6))
    {'text': 'no', 'start': 4, 'end': 6}
    """
    start = text.find(words, *within) if within else -1
    if start < 0:
        start = text.index(words)
    return {"text": words, "start": start, "end": start + len(words)}


def _quantity(quoted: list[Any] | None) -> dict[str, Any] | None:
    if not quoted:
        return None
    low, high, unit, words = quoted
    # "Dozens", "a frigate": noted, but there is no number to compare.
    return {"low": low, "high": high, "unit": unit, "text": words, "unscored": low is None and high is None}


def _chain(row: Row) -> list[dict[str, str]]:
    """The chain, or nothing where its first speaker is no name that the measure compares ("A:", "the minister")."""
    if not _names(row["chain"][0][0]):
        return []
    return [{"name": name, "kind": kind} for name, kind in row["chain"]]


def positions(row: Row) -> list[dict[str, Any]]:
    """The settled positions of a passage as gold; the required ones first, as the scorer joins equal ones."""
    text = row["text"]
    other_tasks = {entry["position"]: entry["tasks"] for entry in row.get("task_accept", [])}
    made = []
    for number, p in enumerate(row["positions"]):
        evidence = span(text, p["evidence"])
        within = (evidence["start"], evidence["end"])
        made.append(
            {
                "id": f"{row['id']}/{number + 1}",
                "report": row["id"],
                "holder": p["holder"],
                "performer": p["performer"],
                "task": p["task"],
                "task_accept": other_tasks.get(number, []),
                "object": p["object"] or None,
                "stance": p["stance"],
                "cue": span(text, p["cue"], within),
                "conditions": [{"kind": kind, **span(text, words, within)} for kind, words in p["conditions"]],
                "quantity": _quantity(p["quantity"]),
                "chain": _chain(p),
                "self_declared": p["self"],
                "said_on": p["said_on"],
                "evidence": evidence,
                "optional": p["optional"],
            }
        )
    return sorted(made, key=lambda p: bool(p["optional"]))


def write(path: Path, rows: Iterable[Row]) -> None:
    """Write records as JSON Lines."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def export(folder: Path) -> tuple[Path, Path]:
    """Write both files; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    reports, gold = folder / "reports.jsonl", folder / "gold.positions.jsonl"
    rows = passages()
    write(reports, map(report, rows))
    write(gold, (p for row in rows for p in positions(row)))
    return reports, gold


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="folder for reports.jsonl and gold.positions.jsonl")
    for path in export(parser.parse_args().out):
        print(path)


if __name__ == "__main__":
    main()
