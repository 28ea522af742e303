"""Ledgers from place to place: a copy while others write, a copy put back, SQLite to PostgreSQL and back.

PostgreSQL when ONRECORD_TEST_POSTGRES holds the address of a database in which schemas may be made and dropped.
"""

from __future__ import annotations

import runpy
import sqlite3
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from onrecord import safekeeping
from onrecord.errors import LedgerDamaged, LedgerError, LedgerLocked
from onrecord.ledger import Ledger, Matter, copying
from onrecord.model import Fact, Issue, Span
from onrecord.settings import Settings

made = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "unit/ledger/made.py")))
told, judgement = made.told, made.judgement


@pytest.fixture
def clock():
    return made.Clock()


def fill(ledger, clock):
    """Something in every table, two extractions of one report, judgements on both sides of a moment."""
    one = told("r1", ("NOR", "offered"), ("SUD", "refused"), more="💡 and \u202e more = 1")
    span = Span(0, 3, one.report.text[:3])
    fact = Fact("r1.f0", "r1", "count", span, span, low=0.1, high=0.30000000000000004, extractor="hand 1")
    ledger.add(one.report, one.statements, one.positions, extractor="hand 1", facts=[fact])
    clock.tick()
    made.again(one, "hand 2").into(ledger)
    told("r2", ("NOR", "considering"), outlet=None).into(ledger)
    ledger.judge(judgement("j1", "n.r1.p0", "correct", stance="considering"))
    clock.tick()
    ledger.judge(judgement("j2", "r2.p0", "reject", by="bob"))
    ledger.add_issue(Issue("report-empty", "a.txt", "there is no text in it"))
    ledger.add_repeat("r2", "r1", "near", 0.8)
    ledger.add_matter(Matter("force_x", "Force X", ("the force",)))
    ledger.set_meta("story", None)
    ledger.finish_run(ledger.start_run("read", inputs=["a", {"b": None}]))


def content(where, clock):
    with Ledger.open(where, clock=clock, create=False) as ledger:
        assert ledger.verify() == []
        return list(ledger.dump(clock=True)), ledger.positions(), ledger.facts(), ledger.version()


@pytest.fixture
def filled(tmp_path, clock):
    where = tmp_path / "x.db"
    with Ledger.open(where, clock=clock) as ledger:
        fill(ledger, clock)
    return where


class TestCopy:
    def test_file_to_file(self, filled, tmp_path, clock):
        with Ledger.open(filled, clock=clock) as ledger:
            rows = copying.copy(ledger, tmp_path / "y.db")
        assert rows["reports"] == 2
        assert min(rows[t] for t in ("facts", "judgements", "repeats", "matters", "meta", "issues", "runs")) > 0
        assert content(tmp_path / "y.db", clock) == content(filled, clock)

    def test_to_postgresql_and_back_without_loss(self, filled, tmp_path, clock, postgres):
        with Ledger.open(filled, clock=clock) as ledger:
            copying.copy(ledger, postgres)
        assert content(postgres, clock) == content(filled, clock)
        with Ledger.open(postgres, clock=clock, create=False) as ledger:
            copying.copy(ledger, tmp_path / "back.db")
        assert content(tmp_path / "back.db", clock) == content(filled, clock)

    def test_what_is_added_afterwards_follows(self, filled, clock, postgres):
        with Ledger.open(filled, clock=clock) as ledger:
            copying.copy(ledger, postgres)
        with Ledger.open(postgres, clock=clock) as ledger:
            assert told("r3", ("SUD", "offered")).into(ledger)
            assert ledger.judge(judgement("j3", "r3.p0", "confirm"))
            assert ledger.add_issue(Issue("report-empty", "b.txt", "there is no text in it"))
            assert ledger.verify() == []
            # What is there stays append-only.
            with pytest.raises(LedgerError, match="append-only"), ledger._store.writing() as conn:
                conn.exec_driver_sql("DELETE FROM judgements")

    def test_a_null_character_is_refused_whole(self, tmp_path, clock, postgres):
        with Ledger.open(tmp_path / "x.db", clock=clock) as ledger:
            told("r1", ("NOR", "offered"), more="a\0b").into(ledger)
            with pytest.raises(LedgerError):
                copying.copy(ledger, postgres)
        with pytest.raises(LedgerError, match="no ledger"):
            Ledger.open(postgres, clock=clock, create=False)

    def test_a_backup_of_postgresql_is_a_file(self, filled, tmp_path, clock, postgres):
        with Ledger.open(filled, clock=clock) as ledger:
            copying.copy(ledger, postgres)
        safekeeping.backup(Settings(ledger=postgres, clock=clock), tmp_path / "b.db")
        assert content(tmp_path / "b.db", clock) == content(filled, clock)

    def test_a_copy_is_put_back_into_postgresql(self, filled, clock, postgres):
        assert safekeeping.restore(filled, Settings(ledger=postgres, clock=clock)) is None
        assert content(postgres, clock) == content(filled, clock)

    def test_nothing_is_written_over(self, filled, tmp_path, clock):
        other = tmp_path / "y.db"
        with Ledger.open(other, clock=clock) as ledger:
            told("r9", ("NOR", "offered")).into(ledger)
        before = content(other, clock)
        with Ledger.open(filled, clock=clock) as ledger, pytest.raises(LedgerError, match="already"):
            copying.copy(ledger, other)
        assert content(other, clock) == before

    def test_what_arrives_otherwise_is_not_kept(self, filled, tmp_path, clock, monkeypatch):
        dump = copying.checking.dump

        def spoilt(conn, **more):
            rows = list(dump(conn, **more))
            file = conn.exec_driver_sql("PRAGMA database_list").fetchone()[2]
            return rows if file.endswith("x.db") else rows[:-1]

        monkeypatch.setattr(copying.checking, "dump", spoilt)
        with Ledger.open(filled, clock=clock) as ledger, pytest.raises(LedgerDamaged, match="did not take"):
            copying.copy(ledger, tmp_path / "y.db")
        assert [p.name for p in tmp_path.iterdir() if p.name.startswith("y.db")] == []


class TestBackup:
    def test_it_is_the_same_in_one_file(self, filled, tmp_path, clock):
        held = safekeeping.backup(Settings(ledger=filled, clock=clock), tmp_path / "b.db")
        assert held["reports"] == 2
        assert content(tmp_path / "b.db", clock) == content(filled, clock)

    def test_while_another_writes(self, tmp_path):
        """A writer adds a report every few milliseconds; every copy is whole and is what stood there at a moment."""
        where, clock = tmp_path / "x.db", lambda: datetime.now(UTC)
        stop, added = threading.Event(), []

        def write():
            with Ledger.open(where, clock=clock) as ledger:
                while not stop.is_set():
                    name = f"r{len(added)}"
                    told(name, ("NOR", "offered"), more=f"{name} " * 500).into(ledger)
                    added.append(name)

        writer = threading.Thread(target=write)
        writer.start()
        try:
            while len(added) < 20:
                stop.wait(0.01)
            sizes = []
            for n in range(5):
                before = len(added)
                safekeeping.backup(Settings(ledger=where, clock=clock), tmp_path / f"b{n}.db")
                after = len(added)
                with Ledger.open(tmp_path / f"b{n}.db", clock=clock, create=False) as copy:
                    names = {r.id for r in copy.reports()}
                    assert copy.verify() == []
                # Whole reports from the first on, none left out between, all that were there when it began.
                assert names == {f"r{i}" for i in range(len(names))}
                assert before <= len(names) <= after + 1
                sizes.append(len(names))
        finally:
            stop.set()
            writer.join()
        assert sizes == sorted(sizes)
        assert sizes[-1] > sizes[0], "the writer went on meanwhile"

    def test_nothing_is_written_over_unless_it_is_said(self, filled, tmp_path, clock):
        settings, target = Settings(ledger=filled, clock=clock), tmp_path / "b.db"
        target.write_bytes(b"letters")
        with pytest.raises(LedgerError, match="already"):
            safekeeping.backup(settings, target)
        assert target.read_bytes() == b"letters"
        safekeeping.backup(settings, target, replace=True)
        assert content(target, clock) == content(filled, clock)

    def test_a_copy_that_is_not_whole_gets_no_name(self, filled, tmp_path, clock):
        with sqlite3.connect(filled) as conn:
            conn.execute("DROP TRIGGER reports_no_update")
            conn.execute("UPDATE reports SET text = 'x' || text")
        with pytest.raises(LedgerDamaged, match="not whole"):
            safekeeping.backup(Settings(ledger=filled, clock=clock), tmp_path / "b.db")
        assert [p.name for p in tmp_path.iterdir() if not p.name.startswith("x.db")] == []

    def test_a_read_only_ledger_can_be_copied(self, filled, tmp_path, clock):
        filled.chmod(0o444)
        safekeeping.backup(Settings(ledger=filled, clock=clock), tmp_path / "b.db")
        with Ledger.open(tmp_path / "b.db", clock=clock) as copy:
            assert told("r3", ("NOR", "offered")).into(copy)


class TestRestore:
    def test_where_there_was_none(self, filled, tmp_path, clock):
        target = tmp_path / "new.db"
        assert safekeeping.restore(filled, Settings(ledger=target, clock=clock)) is None
        assert content(target, clock) == content(filled, clock)

    def test_the_old_one_is_moved_aside(self, filled, tmp_path, clock):
        settings, target = Settings(ledger=tmp_path / "y.db", clock=clock), tmp_path / "y.db"
        with Ledger.open(target, clock=clock) as ledger:
            told("r9", ("NOR", "offered")).into(ledger)
        before = content(target, clock)
        with pytest.raises(LedgerError, match="already"):
            safekeeping.restore(filled, settings)
        aside = safekeeping.restore(filled, settings, replace=True)
        again = safekeeping.restore(filled, settings, replace=True)
        assert content(aside, clock) == before
        assert content(target, clock) == content(filled, clock) == content(again, clock)

    def test_a_damaged_one_too(self, filled, tmp_path, clock):
        target = tmp_path / "y.db"
        target.write_bytes(b"\0\1" * 4000)
        aside = safekeeping.restore(filled, Settings(ledger=target, clock=clock), replace=True)
        assert aside.read_bytes() == b"\0\1" * 4000
        assert content(target, clock) == content(filled, clock)

    def test_not_while_somebody_writes(self, filled, tmp_path, clock):
        target = tmp_path / "y.db"
        with Ledger.open(target, clock=clock) as ledger:
            with ledger._store.writing(), pytest.raises(LedgerLocked):
                safekeeping.restore(filled, Settings(ledger=target, clock=clock), replace=True)
            assert ledger.reports() == []

    def test_not_of_a_copy_that_is_not_whole(self, filled, tmp_path, clock):
        with sqlite3.connect(filled) as conn:
            conn.execute("DROP TRIGGER reports_no_update")
            conn.execute("UPDATE reports SET sha256 = 'x'")
        with pytest.raises(LedgerDamaged, match="not whole"):
            safekeeping.restore(filled, Settings(ledger=tmp_path / "y.db", clock=clock))
        assert not (tmp_path / "y.db").exists()


def test_facts_keep_every_digit(filled, clock):
    assert [replace(f, measure=f.evidence).high for f in content(filled, clock)[2]] == []  # hand 2 found none
    with Ledger.open(filled, clock=clock) as ledger:
        (fact,) = ledger.facts(made.NOON)
    assert fact.high == 0.30000000000000004
