"""What an export is made of: the rows with what they come to, and names for people.

In: nouns. Out: :class:`Bundle`, and the records of its tables. Pure.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from urllib.parse import quote

from onrecord.briefing.words import Words
from onrecord.model import Conflict, DateRange, Fact, Position, Report, Standing, Statement
from onrecord.model.records import (
    Record,
    conflict_record,
    fact_record,
    position_record,
    report_record,
    standing_record,
    statement_record,
)

TABLES_OUT = ("reports", "statements", "positions", "standings", "conflicts", "facts", "tasks")
"""The tables that an export writes, in order."""


@dataclass(frozen=True)
class Bundle:
    """All that is handed on.

    Attributes:
        as_of: the day that the standings are told for.
        reports, statements, positions, standings, conflicts, facts: the rows.
        tasks: records of the tasks that are not in the vocabulary.
        words: names for people.
        kinds: kind of each known actor ("state", "organisation", ...).
        made_with: program and version.
    """

    as_of: date
    words: Words
    reports: tuple[Report, ...] = ()
    statements: tuple[Statement, ...] = ()
    positions: tuple[Position, ...] = ()
    standings: tuple[Standing, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    facts: tuple[Fact, ...] = ()
    tasks: tuple[Record, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)
    made_with: str = "onrecord"

    def records(self, table: str) -> Iterator[Record]:
        """The records of a table of :data:`TABLES_OUT`."""
        made: Mapping[str, Iterator[Record]] = {
            "reports": map(report_record, self.reports),
            "statements": map(statement_record, self.statements),
            "positions": map(position_record, self.positions),
            "standings": map(standing_record, self.standings),
            "conflicts": map(conflict_record, self.conflicts),
            "facts": map(fact_record, self.facts),
            "tasks": iter(self.tasks),
        }
        return made[table]

    @cached_property
    def report(self) -> Mapping[str, Report]:
        """The reports by id."""
        return {r.id: r for r in self.reports}

    @cached_property
    def position(self) -> Mapping[str, Position]:
        """The positions by id."""
        return {p.id: p for p in self.positions}

    @cached_property
    def statement(self) -> Mapping[str, Statement]:
        """The statements by id."""
        return {s.id: s for s in self.statements}

    def is_state(self, actor: str) -> bool:
        """Whether an actor is a state or territory with a code of ISO 3166-1."""
        return self.kinds.get(actor) in ("state", "territory")

    def when(self, position: Position) -> DateRange | None:
        """When a position was said; else when its report came out."""
        report = self.report.get(position.report)
        return position.said_on or (report.published if report else None)

    def told(self, position: Position | Standing) -> str:
        """A stance in a few words, for people: "Italy: offered, contribute police"."""
        words = self.words
        who = words.actor(position.holder)
        whose = "" if position.performer == position.holder else f" by {words.actor(position.performer)}"
        return f"{who}: {words.stance(position.stance)}, {words.task(position.task)}{whose}"


def urn(kind: str, name: str) -> str:
    """The address of a record, for formats that need one.

    ``urn:onrecord`` is no registered namespace: these names are unique within one ledger and lead nowhere.

    Example:
        >>> urn("report", "a b/c")
        'urn:onrecord:report:a%20b%2Fc'
    """
    return f"urn:onrecord:{kind}:{quote(name, safe='', errors='replace')}"


_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")


def key(kind: str, name: str) -> str:
    """A name of letters, digits, dots and hyphens; a digest stands for an id that holds anything else.

    Example:
        >>> key("actor", "ITA"), key("report", "a b")
        ('onrecord-actor-ITA', 'onrecord-report-7dbde93504122a70')
    """
    if _PLAIN.fullmatch(name):
        return f"onrecord-{kind}-{name}"
    return f"onrecord-{kind}-{digest_of(name)[:16]}"


def digest_of(text: str) -> str:
    """SHA-1 of a text, for names; not for security."""
    return hashlib.sha1(text.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def day_of(when: DateRange | None) -> str | None:
    """The day, where there is just one; never a guess between two.

    Example:
        >>> day_of(DateRange.on(date(2026, 1, 2))), day_of(None)
        ('2026-01-02', None)
    """
    return when.day.isoformat() if when and when.day else None
