"""The record in a notebook: ``story = onrecord.open("x.db")``, then tables that become data frames.

Part of the services. In: a ledger, a story file, days. Out: :class:`Table`. Nothing here prints. Loaded when it is
asked for: ``import onrecord`` by itself loads no room of the house. ``docs/notebook.md`` shows it at work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, overload

from onrecord import asking, services
from onrecord.asking import Asked
from onrecord.briefing.formats import TABLES, cells, frames
from onrecord.errors import InputError
from onrecord.ledger import Ledger
from onrecord.model import Report
from onrecord.model.records import (
    Record,
    conflict_record,
    fact_record,
    report_record,
)
from onrecord.services import Answer
from onrecord.settings import Settings

if TYPE_CHECKING:
    import pandas
    import polars

Day = date | str | None
"""A day, as a date or as text (2026-03-31)."""


@dataclass(frozen=True, slots=True)
class Table(Sequence[Record]):
    """Records of one kind, in the forms of ``docs/records.md``.

    Attributes:
        kind: what they are ("standings").
        rows: the records.
    """

    kind: str
    rows: tuple[Record, ...]

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, at: int) -> Record: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Record, ...]: ...
    def __getitem__(self, at: int | slice) -> Record | tuple[Record, ...]:
        return self.rows[at]

    def __iter__(self) -> Iterator[Record]:
        return iter(self.rows)

    def __repr__(self) -> str:
        return f"<{len(self.rows)} {self.kind}: .records(), .to_polars(), .to_pandas(), .to_csv()>"

    def records(self) -> list[Record]:
        """The records as they stand in the export."""
        return list(self.rows)

    def to_polars(self) -> polars.DataFrame:
        """A polars frame: days as days, spans as structs, lists as lists; typed where it is empty, too.

        Raises:
            OutputError: polars is not installed (the extra ``table`` brings it).
        """
        return frames.frame(TABLES[self.kind], self.rows)

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas frame, a column for each field of a struct (``evidence_text``, ``evidence_start``).

        Raises:
            OutputError: pandas is not installed.
        """
        return frames.pandas_frame(TABLES[self.kind], self.rows)

    def to_csv(self) -> str:
        """CSV, safe in a spreadsheet."""
        return "".join(cells.csv_lines(TABLES[self.kind], self.rows))


class Notebook:
    """An opened ledger, and the story it is looked at by.

    Args:
        ledger: opened.
        settings: ledger, story, grades.
        as_of: the day to tell it for; that of the newest report by default.

    Example:
        >>> with open(":memory:") as story:
        ...     story.standings().records(), story.positions()
        ([], <0 positions: .records(), .to_polars(), .to_pandas(), .to_csv()>)
    """

    def __init__(self, ledger: Ledger, settings: Settings, as_of: date | None = None) -> None:
        self._ledger, self._settings, self._as_of = ledger, settings, as_of
        self._answers: dict[object, Answer] = {}

    def close(self) -> None:
        """Let go of the ledger."""
        self._ledger.close()

    def __enter__(self) -> Notebook:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        held = self._ledger.counts()
        return f"<onrecord {self._ledger.where}: {held['reports']} reports, {held['positions']} positions>"

    def _answer(self, as_of: Day) -> Answer:
        day = day_of(as_of) or self._as_of
        key = (self._ledger.version(), day)
        if key not in self._answers:
            # One answer at a time: of a new version or another day the old one is of little use.
            self._answers = {key: services.answer(self._ledger, self._settings, as_of=day)}
        return self._answers[key]

    @property
    def as_of(self) -> date:
        """The day that it is told for."""
        return self._answer(None).as_of

    def standings(
        self,
        holder: str | None = None,
        *,
        task: str | None = None,
        matter: str | None = None,
        as_of: Day = None,
    ) -> Table:
        """Where each party stands, as of a day.

        Args:
            holder: this party alone, by id or name ("Italy", "ITA").
            task: this task alone.
            matter: this matter alone.
            as_of: the day.

        Raises:
            UnknownName: there is no such party, task or matter.
        """
        answer = self._answer(as_of)
        asked = Asked.of(holder=holder, task=task, among=answer.reconciliation.standings)
        return Table("standings", tuple(asking.standings(answer, asked, matter=matter)))

    def conflicts(self, *, as_of: Day = None) -> Table:
        """Contradictions, reversals, overtaken reports, circular groups and doubtful figures, as of a day."""
        return _table("conflicts", conflict_record, self._answer(as_of).reconciliation.conflicts)

    def reports(self, *, as_of: Day = None) -> Table:
        """The reports that can have come out by a day; all of them by default."""
        return _table("reports", report_record, self._out_by(as_of))

    def positions(
        self,
        holder: str | None = None,
        *,
        task: str | None = None,
        matter: str | None = None,
        report: str | None = None,
        as_of: Day = None,
    ) -> Table:
        """The positions, judgements applied.

        Args:
            holder: this party's alone, by id or name.
            task: this task alone.
            matter: this matter alone.
            report: of this report alone.
            as_of: of reports that can have come out by this day.

        Raises:
            UnknownName: there is no such party, task or report.
        """
        asked = Asked.of(holder=holder, task=task, among=asking.noted(self._ledger))
        rows = asking.positions(self._ledger, asked, report=report)
        ids = self._ids(as_of)
        kept = (r for r in rows if matter in (None, r["matter"]) and (ids is None or r["report"] in ids))
        return Table("positions", tuple(kept))

    def statements(self, *, report: str | None = None, as_of: Day = None) -> Table:
        """The attributed statements, of one report where it is named.

        Raises:
            UnknownName: there is no such report.
        """
        ids = self._ids(as_of)
        rows = asking.statements(self._ledger, report=report)
        return Table("statements", tuple(r for r in rows if ids is None or r["report"] in ids))

    def facts(self, *, report: str | None = None, as_of: Day = None) -> Table:
        """Figures and deals that reports give as background."""
        ids = self._ids(as_of)
        found = self._ledger.facts(report=report)
        return _table("facts", fact_record, [f for f in found if ids is None or f.report in ids])

    def _out_by(self, as_of: Day) -> list[Report]:
        day = day_of(as_of)
        found = self._ledger.reports()
        return [r for r in found if day is None or r.published is None or r.published.earliest <= day]

    def _ids(self, as_of: Day) -> frozenset[str] | None:
        return None if as_of is None else frozenset(r.id for r in self._out_by(as_of))


def _table(kind: str, record: Callable[..., Record], nouns: Sequence[object]) -> Table:
    return Table(kind, tuple(record(noun) for noun in nouns))


def day_of(value: Day) -> date | None:
    """A day that was given as a date or as text.

    Raises:
        InputError: it is no day.

    Example:
        >>> day_of("2026-03-31"), day_of(None)
        (datetime.date(2026, 3, 31), None)
    """
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise InputError(f"{value!r} is no day", value=value, hint="write it as 2026-03-31") from error


def open(where: str | Path, *, story: str | Path | None = None, as_of: Day = None) -> Notebook:
    """Open a ledger to look at it.

    Args:
        where: path or address of the ledger; ``:memory:`` for an empty one.
        story: the story file, or None.
        as_of: the day to tell it for; that of the newest report by default.

    Raises:
        LedgerError: or one below it, when there is no ledger or it cannot be opened.
        InputError: ``as_of`` is no day.
    """
    settings = Settings(ledger=where, story=Path(story) if story else None)
    day = day_of(as_of)
    return Notebook(services.open_ledger(settings, create=str(where) == ":memory:"), settings, day)
