"""Opening: where a ledger is, which version it is of, and what failures are called."""

from __future__ import annotations

import errno
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select, text
from sqlalchemy.exc import OperationalError

from onrecord.errors import LedgerDamaged, LedgerError, LedgerFull, LedgerLocked, LedgerTooNew
from onrecord.ledger import Ledger
from onrecord.ledger.columns import Moment, in_utc
from onrecord.ledger.faults import ledger_error, told
from onrecord.ledger.migrations import Migration, bring_up
from onrecord.ledger.schema import APPEND_ONLY, APPLICATION_ID, VERSION, metadata
from onrecord.ledger.store import open_store
from onrecord.ledger.texts import compact, expanded, outlet_key
from onrecord.model import Issue

NOW = datetime(2025, 11, 3, tzinfo=UTC)
NEXT = VERSION + 1


def clock():
    return NOW


class TestWhere:
    @pytest.mark.parametrize("name", ["x.db", "with space.db", "a?b#c%20.db", "ünï.db", "'quoted'.db"])
    def test_any_file_name(self, tmp_path, name):
        path = tmp_path / name
        with Ledger.open(path, clock=clock) as ledger:
            ledger.add_issue(Issue("a", "b", "c"))
        assert [x.name for x in tmp_path.iterdir()] == [name]
        with Ledger.open(str(path), clock=clock, create=False) as ledger:
            assert len(ledger.issues()) == 1

    def test_an_address(self, tmp_path):
        with Ledger.open(f"sqlite:///{tmp_path / 'x.db'}", clock=clock) as ledger:
            ledger.add_issue(Issue("a", "b", "c"))
        with Ledger.open(tmp_path / "x.db", clock=clock, create=False) as ledger:
            assert len(ledger.issues()) == 1

    def test_one_file_is_all_there_is_when_it_is_closed(self, tmp_path):
        with Ledger.open(tmp_path / "x.db", clock=clock) as ledger:
            ledger.add_issue(Issue("a", "b", "c"))
            assert len(list(tmp_path.iterdir())) > 1
        assert [x.name for x in tmp_path.iterdir()] == ["x.db"]

    def test_memory_is_nobody_elses(self):
        with Ledger.open(":memory:", clock=clock) as one, Ledger.open(":memory:", clock=clock) as other:
            one.add_issue(Issue("a", "b", "c"))
            assert other.issues() == []

    def test_the_clock_must_know_its_zone(self, tmp_path):
        with pytest.raises(ValueError, match="time zone"):
            Ledger.open(tmp_path / "x.db", clock=lambda: datetime(2025, 11, 3)).close()


class TestTheFile:
    @pytest.fixture
    def conn(self, tmp_path):
        Ledger.open(tmp_path / "x.db", clock=clock).close()
        conn = sqlite3.connect(tmp_path / "x.db")
        yield conn
        conn.close()

    def test_its_marks(self, conn, tmp_path):
        assert conn.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert conn.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert conn.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert (tmp_path / "x.db").read_bytes()[68:72] == b"onrc"

    def test_migrations_are_noted(self, conn):
        assert [x[0] for x in conn.execute("SELECT version FROM migrations")] == [VERSION]

    def test_every_table_refuses_changes_by_whoever_opens_it(self, conn):
        conn.execute("PRAGMA foreign_keys = OFF")
        for table in APPEND_ONLY:
            columns = [x[1:4] for x in conn.execute(f"PRAGMA table_info({table.name})")]
            values = ", ".join(
                "1" if kind in ("INTEGER", "FLOAT", "BOOLEAN") else "'x'" for _, kind, _ in columns
            )
            if table.name != "migrations":
                conn.execute(f"INSERT INTO {table.name} VALUES ({values})")
            for sql in (f"DELETE FROM {table.name}", f"UPDATE {table.name} SET {columns[0][0]} = 7"):
                with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                    conn.execute(sql)

    def test_the_views_for_people_can_be_read(self, conn):
        for view in ("latest_reports", "latest_statements", "latest_positions", "latest_facts"):
            assert conn.execute(f"SELECT * FROM {view}").fetchall() == []

    def test_connections_sync_and_keep_keys(self, tmp_path):
        with Ledger.open(tmp_path / "x.db", clock=clock) as ledger, ledger._store.reading() as conn:
            told = [conn.execute(text(f"PRAGMA {x}")).scalar() for x in ("synchronous", "foreign_keys")]
            assert told == [2, 1]


class TestOlderVersions:
    """A ledger that an older version of the tables wrote, led forward."""

    @pytest.fixture(params=range(1, VERSION))
    def written_by(self, request):
        return request.param

    @pytest.fixture
    def old(self, tmp_path, written_by):
        path = tmp_path / "old.db"
        conn = sqlite3.connect(path)
        told = Path(__file__).parent / "data" / f"version-{written_by}.sql"
        conn.executescript(told.read_text(encoding="utf-8"))
        conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        conn.execute(f"PRAGMA user_version = {written_by}")
        conn.close()
        return path

    def test_it_is_led_forward_and_whole(self, old, written_by):
        with Ledger.open(old, clock=lambda: NOW + timedelta(days=1), create=False) as ledger:
            assert [p.id for p in ledger.positions(raw=True)] == ["r1.p0", "r1.p1", "r2.p0"]
            assert [f.id for f in ledger.facts()] == [[], ["r1.f0"]][written_by - 1]
            assert ledger.outbox.point("rules", "") is None
            assert ledger.verify() == []
        conn = sqlite3.connect(old)
        assert [x for (x,) in conn.execute("SELECT version FROM migrations ORDER BY version")] == list(
            range(written_by, VERSION + 1)
        )
        conn.close()

    def test_it_then_has_the_tables_of_a_new_one(self, old, tmp_path):
        for path in (old, tmp_path / "new.db"):
            Ledger.open(path, clock=clock).close()

        def tables(path):
            conn = sqlite3.connect(path)
            rows = conn.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
            conn.close()
            return {(kind, name): "".join(sql.split()) for kind, name, sql in rows}

        assert tables(old) == tables(tmp_path / "new.db")

    def test_twice_changes_nothing(self, old):
        with Ledger.open(old, clock=clock) as ledger:
            before = list(ledger.dump(clock=True))
        with Ledger.open(old, clock=clock) as ledger:
            assert list(ledger.dump(clock=True)) == before


class TestMigrations:
    @pytest.fixture
    def store(self, tmp_path):
        store = open_store(tmp_path / "x.db", create=True, patience=1)
        bring_up(store, NOW, create=True)
        yield store
        store.close()

    def steps(self, upto, *, fails=False):
        birds = Table("birds", MetaData(), Column("n", Integer, primary_key=True))

        def two(conn):
            birds.create(conn)
            conn.execute(insert(birds).values(n=1))
            if fails:
                raise RuntimeError("half way")

        def three(conn):
            conn.execute(insert(birds).values(n=2))

        return (Migration(NEXT, two), Migration(NEXT + 1, three))[:upto], birds

    def version(self, store):
        with store.reading() as conn:
            return conn.execute(text("PRAGMA user_version")).scalar(), [
                x for (x,) in conn.execute(text("SELECT version FROM migrations ORDER BY version"))
            ]

    def test_step_by_step(self, store):
        steps, birds = self.steps(2)
        bring_up(store, NOW, create=False, target=NEXT + 1, forward=steps)
        assert self.version(store) == (NEXT + 1, [VERSION, NEXT, NEXT + 1])
        with store.reading() as conn:
            assert conn.execute(select(birds.c.n)).scalars().all() == [1, 2]
        # Nothing is done twice.
        bring_up(store, NOW, create=False, target=NEXT + 1, forward=steps)
        assert self.version(store) == (NEXT + 1, [VERSION, NEXT, NEXT + 1])

    def test_from_where_it_is(self, store):
        bring_up(store, NOW, create=False, target=NEXT, forward=self.steps(1)[0])
        assert self.version(store) == (NEXT, [VERSION, NEXT])
        bring_up(store, NOW, create=False, target=NEXT + 1, forward=self.steps(2)[0])
        assert self.version(store) == (NEXT + 1, [VERSION, NEXT, NEXT + 1])

    def test_a_step_that_fails_leaves_no_trace(self, store):
        steps, _ = self.steps(2, fails=True)
        with pytest.raises(RuntimeError):
            bring_up(store, NOW, create=False, target=NEXT + 1, forward=steps)
        assert self.version(store) == (VERSION, [VERSION])
        bring_up(store, NOW, create=False, target=NEXT + 1, forward=self.steps(2)[0])
        assert self.version(store) == (NEXT + 1, [VERSION, NEXT, NEXT + 1])

    def test_a_version_this_program_does_not_know(self, store):
        bring_up(store, NOW, create=False, target=NEXT, forward=self.steps(1)[0])
        with pytest.raises(LedgerTooNew):
            bring_up(store, NOW, create=False)

    def test_this_version_is_the_last_step(self):
        from onrecord.ledger.migrations import FORWARD

        assert [x.version for x in FORWARD] == list(range(2, VERSION + 1))

    def test_the_tables_of_this_version_are_as_they_were_released(self):
        """Whoever changes a table writes a migration, and a new number here."""
        import hashlib

        told = compact(
            {t.name: [f"{c.name} {c.type} {c.nullable}" for c in t.c] for t in metadata.sorted_tables}
        )
        assert (VERSION, hashlib.sha256(told.encode()).hexdigest()[:12]) == (3, "914dc42242c6")


class TestFailures:
    @pytest.mark.parametrize(
        ("code", "kind"),
        [
            (sqlite3.SQLITE_BUSY, LedgerLocked),
            (sqlite3.SQLITE_BUSY_SNAPSHOT, LedgerLocked),
            (sqlite3.SQLITE_LOCKED, LedgerLocked),
            (sqlite3.SQLITE_FULL, LedgerFull),
            (sqlite3.SQLITE_IOERR_WRITE, LedgerFull),
            (sqlite3.SQLITE_IOERR_READ, LedgerError),
            (sqlite3.SQLITE_CORRUPT, LedgerDamaged),
            (sqlite3.SQLITE_CORRUPT_INDEX, LedgerDamaged),
            (sqlite3.SQLITE_NOTADB, LedgerDamaged),
            (sqlite3.SQLITE_READONLY, LedgerError),
            (sqlite3.SQLITE_CANTOPEN, LedgerError),
            (sqlite3.SQLITE_CONSTRAINT, LedgerError),
        ],
    )
    def test_of_sqlite(self, code, kind):
        failure = sqlite3.OperationalError("words")
        failure.sqlite_errorcode = code
        for raised in (failure, OperationalError("SELECT 1", {}, failure)):
            error = ledger_error(raised, "x.db")
            assert type(error) is kind
            assert "x.db" in str(error)
            assert error.value == "x.db"

    @pytest.mark.parametrize(
        ("state", "kind"),
        [
            ("53100", LedgerFull),
            ("55P03", LedgerLocked),
            ("40001", LedgerLocked),
            ("XX001", LedgerDamaged),
            ("08006", LedgerError),
            (None, LedgerError),
        ],
    )
    def test_of_postgresql(self, state, kind):
        cause = Exception("words\nand more words")
        cause.sqlstate = state
        error = ledger_error(OperationalError("SELECT 1", {}, cause), "x.db")
        assert type(error) is kind
        assert "more words" not in str(error)

    @pytest.mark.parametrize(
        ("number", "kind"),
        [(errno.ENOSPC, LedgerFull), (errno.EDQUOT, LedgerFull), (errno.EACCES, LedgerError)],
    )
    def test_of_the_system(self, number, kind):
        with pytest.raises(LedgerError) as caught, told("x.db"):
            raise OSError(number, "words")
        assert type(caught.value) is kind
        assert isinstance(caught.value.__cause__, OSError)

    def test_what_is_not_the_stores_fault_passes(self):
        with pytest.raises(ZeroDivisionError), told("x.db"):
            raise ZeroDivisionError


class TestRows:
    def test_json_has_one_form(self):
        assert compact({"b": [1, "ü"], "a": None}) == '{"a":null,"b":[1,"ü"]}'
        assert compact("\ud800") == '"?"'
        assert expanded(compact({"a": [1.5, True]})) == {"a": [1.5, True]}
        with pytest.raises(LedgerDamaged):
            expanded("{")

    def test_outlets(self):
        assert outlet_key("THE\u00a0Straße ") == outlet_key("the STRASSE")
        assert outlet_key(None) == outlet_key("") == ""

    def test_moments(self):

        early = datetime(33, 4, 3, 15, tzinfo=UTC)
        kept = Moment().process_bind_param(early, SimpleNamespace())
        assert kept == "0033-04-03T15:00:00.000000Z"
        assert Moment().process_result_value(kept, SimpleNamespace()) == in_utc(early)
