"""What is measured on: reports with their gold positions, from gold, examples and our passages.

In: folders. Out: :class:`Part` s. No text is written anywhere from here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from training.positions.data import HELD_OUT, is_dev, read

from onrecord import services
from onrecord.model import DateRange, Report, Story, digest
from onrecord.reading import read_inputs
from onrecord.settings import Settings
from onrecord.vocabulary import Vocabulary

ROOT = Path(__file__).resolve().parents[2]
PASSAGES = ROOT / "training/positions/passages"
EXAMPLES = ("gaza-isf", "haiti-gsf")
Row = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """One set: its reports, its gold, the story it is read with, and classes of its reports (hard cases)."""

    name: str
    reports: Sequence[Report]
    gold: Sequence[Row]
    story: Story | None = None
    digest: str = ""


def lines(path: Path) -> list[Row]:
    """Records of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


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


def gold_of(row: Row) -> Iterator[Row]:
    """The positions of an annotated passage in the form of the contract's gold.

    A figure without numbers ("dozens") is noted but not scored: there is nothing to compare.
    """
    for p in row["positions"]:
        quantity = None
        if p.get("quantity"):
            low, high, _, words = p["quantity"]
            quantity = {"low": low, "high": high, "text": words, "unscored": low is None and high is None}
        yield {
            "report": row["id"],
            "holder": p["holder"],
            "performer": p.get("performer") or p["holder"],
            "task": p["task"],
            "stance": p["stance"],
            "conditions": [{"kind": kind, "text": words} for kind, words in p.get("conditions") or []],
            "quantity": quantity,
            "chain": [name for name, _ in p.get("chain") or []],
            "evidence": p["evidence"],
            "optional": p.get("optional", False),
        }


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
    reports = [
        Report(
            id=row["id"],
            text=row["text"],
            sha256=digest(row["text"]),
            outlet=row.get("outlet"),
            published=_day(row.get("published")),
        )
        for row in rows
    ]
    whole = sha256("\n".join(json.dumps(row, sort_keys=True) for row in rows).encode()).hexdigest()
    return Part(name, reports, [g for row in rows for g in gold_of(row)], None, whole)


def parts(shared: Path, vocabulary: Vocabulary, rows: Sequence[Row]) -> list[Part]:
    """Everything that is measured on; ``rows`` are the held-out passages."""
    gold = shared / "gold"
    return [
        _of_files("gold", gold / "reports.jsonl", gold / "positions.jsonl", vocabulary),
        _of_files("seeds", shared / "seeds", gold / "seeds.positions.jsonl", vocabulary),
        *(
            _of_files(
                f"example {name}",
                ROOT / "examples" / name / "reports",
                ROOT / "examples" / name / "gold.positions.jsonl",
                vocabulary,
                ROOT / "examples" / name / "story.yaml",
            )
            for name in EXAMPLES
        ),
        of_passages("passages, stories not trained on", [r for r in rows if r["story"] in HELD_OUT]),
        of_passages("passages, stories trained on", [r for r in rows if r["story"] not in HELD_OUT]),
    ]
