"""Where the results of a run go: into a ledger, or into Parquet files.

In: reports with what was found in them, in order. Out: rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from onrecord.briefing.formats import TABLES
from onrecord.briefing.formats.frames import parquet
from onrecord.errors import OutputError
from onrecord.extractors import reader_name
from onrecord.ledger import Ledger
from onrecord.model import Issue, Report
from onrecord.model.records import (
    Record,
    fact_from_record,
    issue_record,
    position_from_record,
    report_record,
    statement_from_record,
)
from onrecord.settings import Settings
from onrecord.stories import story_of
from onrecord.vocabulary import load

Found = Sequence[tuple[Report, Record]]
"""Reports, each with the record of what was found in it."""
KINDS = ("reports", "statements", "positions", "facts")


class Target(Protocol):
    """Takes results."""

    @property
    def where(self) -> str:
        """Its name, by which a run that is started again knows it."""

    def name(self, report: Report) -> str:
        """The id that a report has there, or would get."""

    def has(self, report: Report) -> bool:
        """Whether the report has been read already, by what is reading now."""

    def note(self, issues: Iterable[Issue]) -> None:
        """Take the issues, all that there are."""

    def put(self, number: int, found: Found) -> int:
        """Take the reports of a batch; how many of them were new."""

    def finish(self) -> None:
        """All has been put."""


class IntoLedger:
    """A ledger, written by this process alone.

    Args:
        ledger: opened.
        reader: the name of what finds positions.
    """

    def __init__(self, ledger: Ledger, reader: str) -> None:
        self._ledger, self._reader = ledger, reader

    @classmethod
    def of(cls, ledger: Ledger, settings: Settings) -> IntoLedger:
        """The ledger, as the reader of these settings writes to it."""
        story = story_of(settings, load())
        return cls(ledger, reader_name(story, rules_only=settings.rules_only))

    @property
    def where(self) -> str:
        """The ledger's path or address."""
        return self._ledger.where

    def name(self, report: Report) -> str:
        """The id that the ledger has for it."""
        return self._ledger.identify(report).id

    def has(self, report: Report) -> bool:
        """Whether this reader has read it."""
        return self._ledger.has(report, self._reader)

    def note(self, issues: Iterable[Issue]) -> None:
        """Add the issues."""
        for issue in issues:
            self._ledger.add_issue(issue)

    def put(self, number: int, found: Found) -> int:
        """Add the reports, each whole or not at all."""
        return sum(
            self._ledger.add(
                report,
                [statement_from_record(x) for x in made["statements"]],
                [position_from_record(x) for x in made["positions"]],
                extractor=self._reader,
                facts=[fact_from_record(x) for x in made["facts"]],
            )
            for report, made in found
        )

    def finish(self) -> None:
        """Nothing: each report is in already."""


class IntoParquet:
    """A folder with a folder of Parquet files for each table, and the issues as JSON Lines.

    It gets its place when all is in it.

    Args:
        place: the folder; it must not be there, or be empty.
        making: where it is made.

    Raises:
        OutputError: there is something, or Parquet cannot be written here.
    """

    def __init__(self, place: Path, making: Path) -> None:
        parquet(TABLES["reports"], ())
        if place.exists() and (not place.is_dir() or any(place.iterdir())):
            raise OutputError(f"there is something at {place}", value=str(place), hint="name a folder that is new")
        self._place, self._making = place, making
        for kind in KINDS:
            (making / kind).mkdir(parents=True, exist_ok=True)

    @property
    def where(self) -> str:
        """The folder."""
        return str(self._place.absolute())

    def name(self, report: Report) -> str:
        """Its own id: nothing is there before."""
        return report.id

    def has(self, report: Report) -> bool:
        """Never: nothing is there before."""
        return False

    def note(self, issues: Iterable[Issue]) -> None:
        """Write the issues."""
        with (self._making / "issues.jsonl").open("w", encoding="utf-8", errors="replace") as out:
            for issue in issues:
                out.write(json.dumps(issue_record(issue), ensure_ascii=False) + "\n")

    def put(self, number: int, found: Found) -> int:
        """Write a file for each table; a batch that is put again takes the place of what it was."""
        tables: Mapping[str, list[Record]] = {
            "reports": [report_record(report) for report, _ in found],
            **{kind: [x for _, made in found for x in made[kind]] for kind in KINDS[1:]},
        }
        for kind, records in tables.items():
            path = self._making / kind / f"part-{number:08}.parquet"
            beside = path.with_suffix(".new")
            beside.write_bytes(parquet(TABLES[kind], records))
            beside.replace(path)
        return len(found)

    def finish(self) -> None:
        """Give it its place.

        Raises:
            OutputError: it cannot be moved there.
        """
        try:
            self._making.replace(self._place)
        except OSError as error:
            raise OutputError(
                f"what was written cannot be moved to {self._place} ({error.strerror})",
                value=str(self._place),
                hint=f"move it by hand from {self._making}",
            ) from error
