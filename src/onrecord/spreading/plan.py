"""The plan of a run: every report that was read, under which id, and which of them repeat an earlier one.

In: the parts that were read, in order. Out: reports in batches, in the order in which one machine would add them. It
lies in a file, so that memory does not grow with the collection; the same parts give the same plan, and a run that is
started again takes the one it had.
"""

from __future__ import annotations

import base64
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from onrecord.ledger.texts import outlet_key
from onrecord.model import Issue, Report
from onrecord.model.records import Record, issue_record, report_from_record
from onrecord.reading import unique_name
from onrecord.services import READ, language_issue
from onrecord.spreading import parts
from onrecord.spreading.cutting import key_of
from onrecord.spreading.folder import Folder
from onrecord.spreading.repeats import Sketched, same_texts

_TABLES = """
CREATE TABLE about (key TEXT NOT NULL);
CREATE TABLE parts (number INTEGER PRIMARY KEY, file TEXT NOT NULL);
CREATE TABLE issues (n INTEGER PRIMARY KEY, code TEXT, place TEXT, message TEXT, hint TEXT);
CREATE TABLE reports (
    n INTEGER PRIMARY KEY, part INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
    id TEXT NOT NULL UNIQUE, name TEXT, sha256 TEXT NOT NULL, outlet TEXT, outlet_key TEXT NOT NULL, head TEXT NOT NULL,
    readable INTEGER NOT NULL, first INTEGER NOT NULL, earliest TEXT, latest TEXT, words BLOB, sketch BLOB
);
CREATE INDEX texts ON reports (sha256, outlet_key);
CREATE TABLE same (n INTEGER PRIMARY KEY, of TEXT NOT NULL);
"""
_UNDATED = date.max.isoformat()
Naming = Callable[[Report], str]
"""The id that a report has, or would get, where it is going."""


@dataclass(frozen=True, slots=True)
class Row:
    """A report of the plan, without its text.

    Attributes:
        n: its place in the order in which one machine reads.
        offset, length: its line in its part.
        id: its id in the run.
        name: its id in the ledger.
        sha256: digest of its text.
        outlet: who published it, or None.
        head: digest of everything else that was read of it.
        first: whether no report before it in the run has the same text and outlet; others are not added again.
        same_text_as: id in the ledger of the earlier report whose text it repeats, or None.
    """

    n: int
    offset: int
    length: int
    id: str
    name: str
    sha256: str
    outlet: str | None
    head: str
    first: bool
    same_text_as: str | None


@dataclass(frozen=True, slots=True)
class Batch:
    """Reports that are worked on together: some of one part that was read.

    Attributes:
        number: its place in the order, from 0.
        source: the part.
        rows: the reports.
    """

    number: int
    source: Path
    rows: tuple[Row, ...]

    def key(self, *made_with: Any) -> str:
        """What its results are known by: it changes with the reports and with what finds something in them."""
        return key_of(made_with, [(x.id, x.sha256, x.head) for x in self.rows])

    def report(self, row: Row) -> Report:
        """A report as it goes into the ledger, less what is found in it."""
        read = report_from_record(parts.at(self.source, row.offset, row.length)["report"])
        return replace(read, id=row.name, same_text_as=row.same_text_as)


class Plan:
    """A plan that is whole. Close it."""

    def __init__(self, folder: Folder) -> None:
        self._folder, self._conn = folder, sqlite3.connect(folder.plan)

    @classmethod
    def of(cls, folder: Folder, files: Iterable[str], key: str, naming: Naming) -> Plan:
        """The plan of the parts in these files, made where it is not there from an earlier run.

        Args:
            folder: the run's.
            files: names of the parts, in order.
            key: what it depends on: the parts, and where the reports go.
            naming: the ids there.

        Raises:
            PartLost: a part is not whole.
        """
        if not _is_of(folder.plan, key):
            new = folder.plan.with_name(folder.plan.name + ".new")
            new.unlink(missing_ok=True)
            with closing(sqlite3.connect(new)) as conn:
                conn.executescript(_TABLES)
                _Maker(conn, folder, naming).make(files)
                conn.execute("INSERT INTO about VALUES (?)", (key,))
                conn.commit()
            new.replace(folder.plan)
        return cls(folder)

    def close(self) -> None:
        """Let go of the file."""
        self._conn.close()

    def count(self, *, readable: bool = True) -> int:
        """How many reports there are; those in other languages too, unless only what is readable counts."""
        asked = "SELECT count(*) FROM reports" + (" WHERE readable" if readable else "")
        return int(self._conn.execute(asked).fetchone()[0])

    def issues(self) -> Iterator[Issue]:
        """The issues, in the order in which one machine notes them."""
        for row in self._conn.execute("SELECT code, place, message, hint FROM issues ORDER BY n"):
            yield Issue(*row)

    def batches(self, size: int) -> Iterator[Batch]:
        """The reports that are readable, in order.

        Args:
            size: most reports of a batch.
        """
        asked = """
            SELECT p.file, r.n, r.offset, r.length, r.id, r.name, r.sha256, r.outlet, r.head, r.first,
                   coalesce(o.name, s.of)
            FROM reports r JOIN parts p ON p.number = r.part
                 LEFT JOIN same s ON s.n = r.n LEFT JOIN reports o ON o.id = s.of
            WHERE r.readable ORDER BY r.n
        """
        number = 0
        for file, rows in groupby(self._conn.execute(asked), key=lambda x: x[0]):
            while some := tuple(_row(x) for x in islice(rows, size)):
                yield Batch(number, self._folder.read / file, some)
                number += 1


def _row(row: tuple[Any, ...]) -> Row:
    n, offset, length, name, ledger, sha256, outlet, head, first, same = row[1:]
    return Row(n, offset, length, name, ledger, sha256, outlet, head, bool(first), same)


def _is_of(path: Path, key: str) -> bool:
    """Whether a plan is there, whole, and of that key. A plan gets its place only when it is whole."""
    if not path.exists():
        return False
    with closing(sqlite3.connect(path)) as conn:
        try:
            return bool(conn.execute("SELECT key FROM about").fetchone() == (key,))
        except sqlite3.DatabaseError:
            return False


class _Maker:
    """Makes a plan within one transaction."""

    def __init__(self, conn: sqlite3.Connection, folder: Folder, naming: Naming) -> None:
        self._conn, self._folder, self._naming = conn, folder, naming
        self._names = _Names(conn)

    def make(self, files: Iterable[str]) -> None:
        for number, file in enumerate(files):
            self._conn.execute("INSERT INTO parts VALUES (?, ?)", (number, file))
            for line in parts.lines(self._folder.read / file):
                if "issue" in line.record:
                    self._issue(Issue(**line.record["issue"]))
                else:
                    self._report(number, line)
        found = same_texts(self._by_age(), self._fetch, self._folder.bands)
        self._conn.executemany("INSERT INTO same VALUES (?, ?)", ((report.n, of) for report, of in found))

    def _issue(self, issue: Issue) -> None:
        self._conn.execute("INSERT INTO issues VALUES (NULL, ?, ?, ?, ?)", tuple(issue_record(issue).values()))

    def _report(self, part: int, line: parts.Line) -> None:
        record: Record = line.record
        read = report_from_record(record["report"])
        report = replace(read, id=unique_name(read.id, read.sha256, self._names))
        readable = record["language"] in READ
        if not readable:
            self._issue(language_issue(report.id, record["language"]))
        days, whose = report.published, outlet_key(report.outlet)
        before = "SELECT 1 FROM reports WHERE sha256 = ? AND outlet_key = ? AND readable LIMIT 1"
        values = {
            "part": part,
            "offset": line.offset,
            "length": line.length,
            "id": report.id,
            "name": self._naming(report) if readable else None,
            "sha256": report.sha256,
            "outlet": report.outlet,
            "outlet_key": whose,
            "head": key_of({k: v for k, v in record["report"].items() if k != "text"}),
            "readable": readable,
            "first": self._conn.execute(before, (report.sha256, whose)).fetchone() is None,
            "earliest": days.earliest.isoformat() if days else _UNDATED,
            "latest": days.latest.isoformat() if days else _UNDATED,
            "words": bytes.fromhex(record["words"]) if "words" in record else None,
            "sketch": base64.b64decode(record["sketch"]) if "words" in record else None,
        }
        columns, marks = ", ".join(values), ", ".join("?" * len(values))
        self._conn.execute(f"INSERT INTO reports ({columns}) VALUES ({marks})", tuple(values.values()))

    def _by_age(self) -> Iterator[Sketched]:
        asked = """
            SELECT n, id, words, sketch FROM reports WHERE readable AND words IS NOT NULL ORDER BY earliest, latest, id
        """
        for row in self._conn.execute(asked):
            yield Sketched(*row)

    def _fetch(self, n: int) -> Report:
        asked = "SELECT p.file, r.offset, r.length, r.id FROM reports r JOIN parts p ON p.number = r.part WHERE r.n = ?"
        file, offset, length, name = self._conn.execute(asked, (n,)).fetchone()
        read = report_from_record(parts.at(self._folder.read / file, offset, length)["report"])
        return replace(read, id=name)


class _Names:
    """The ids that reports of the plan have, and the one that is about to be given."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def __contains__(self, name: str) -> bool:
        return self._conn.execute("SELECT 1 FROM reports WHERE id = ?", (name,)).fetchone() is not None

    def add(self, name: str) -> None:
        """Nothing: it is in the table as soon as its report is."""
