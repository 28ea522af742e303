"""What is measured on: reports with their gold positions, from gold, examples and our passages.

In: folders. Out: :class:`Part` s. No text is written anywhere from here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks.passages.agreement import exported, lines
from training.positions.data import HELD_OUT, is_dev, read

from onrecord import services
from onrecord.model import DateRange, Report, Story, digest
from onrecord.reading import read_inputs
from onrecord.settings import Settings
from onrecord.vocabulary import Vocabulary

ROOT = Path(__file__).resolve().parents[2]
PASSAGES = ROOT / "training/positions/passages"
REPORTS = ROOT / "benchmarks/positions/reports"
EXAMPLES = ("gaza-isf", "haiti-gsf")
SHORT = {"other stories": range(100, 400), "second round": range(400, 600)}
"""Kinds of short reports, by their numbers."""
Row = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """One set: its reports, its gold, the story it is read with, and classes of its reports (hard cases)."""

    name: str
    reports: Sequence[Report]
    gold: Sequence[Row]
    story: Story | None = None
    digest: str = ""


def _digest(paths: Iterable[Path]) -> str:
    total = sha256()
    for path in sorted(p for p in paths if p.is_file()):
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def _of_files(name: str, source: Path, gold: Path, vocabulary: Vocabulary, story: Path | None = None) -> Part:
    settings = Settings(ledger=":memory:", story=story, clock=lambda: datetime(2026, 3, 31, tzinfo=UTC))
    reports = [r for r in read_inputs([source], outlets=vocabulary.outlet_by_name) if isinstance(r, Report)]
    files = [gold, *(source.rglob("*") if source.is_dir() else [source])]
    return Part(name, reports, lines(gold), services.story_of(settings, vocabulary), _digest(files))


def _day(value: str | None) -> DateRange | None:
    try:
        return DateRange.on(date.fromisoformat(value)) if value else None
    except ValueError:
        return None


def held_out() -> list[Row]:
    """The passages that trained nothing, in order of file and line."""
    return [row for row in read(PASSAGES) if is_dev(row)]


def of_passages(name: str, rows: Sequence[Row]) -> Part:
    """Passages as a part; each is a report of its own."""
    reports = [_report(row) for row in rows]
    whole = sha256("\n".join(json.dumps(row, sort_keys=True) for row in rows).encode()).hexdigest()
    return Part(name, reports, [g for row in rows for g in exported(row)], None, whole)


def examples(vocabulary: Vocabulary) -> list[Part]:
    """The example stories with their gold."""
    return [
        _of_files(
            f"example {name}",
            ROOT / "examples" / name / "reports",
            ROOT / "examples" / name / "gold.positions.jsonl",
            vocabulary,
            ROOT / "examples" / name / "story.yaml",
        )
        for name in EXAMPLES
    ]


def short_reports(kind: str, *, odd: bool) -> Part:
    """One half of the short reports of a kind: errors were read on those with odd numbers alone."""
    numbers = {n for n in SHORT[kind] if n % 2 == odd}
    rows = [r for r in lines(REPORTS / "reports.jsonl") if int(r["id"][2:]) in numbers]
    kept = {r["id"] for r in rows}
    gold = [p for p in lines(REPORTS / "positions.jsonl") if p["report"] in kept]
    name = f"reports, {kind}, {'looked at' if odd else 'not looked at'}"
    files = [REPORTS / "reports.jsonl", REPORTS / "positions.jsonl"]
    return Part(name, [_report(row) for row in rows], gold, None, _digest(files))


def _report(row: Row) -> Report:
    return Report(
        id=row["id"],
        text=row["text"],
        sha256=digest(row["text"]),
        outlet=row.get("outlet"),
        title=row.get("title"),
        published=_day(row.get("published")),
    )


def parts(shared: Path, vocabulary: Vocabulary, rows: Sequence[Row]) -> list[Part]:
    """Everything that is measured on; ``rows`` are the held-out passages."""
    gold = shared / "gold"
    return [
        _of_files("gold", gold / "reports.jsonl", gold / "positions.jsonl", vocabulary),
        _of_files("seeds", shared / "seeds", gold / "seeds.positions.jsonl", vocabulary),
        *examples(vocabulary),
        *(short_reports(kind, odd=odd) for kind in SHORT for odd in (True, False)),
        of_passages("passages, stories not trained on", [r for r in rows if r["story"] in HELD_OUT]),
        of_passages("passages, stories trained on", [r for r in rows if r["story"] not in HELD_OUT]),
    ]
