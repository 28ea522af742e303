"""Files that are not a ledger, not a whole one, not ours to write, or in somebody else's hands."""

from __future__ import annotations

import os
import random
import runpy
import shutil
import sqlite3
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from onrecord.errors import LedgerDamaged, LedgerError, LedgerLocked, LedgerTooNew, OnrecordError
from onrecord.ledger import Ledger
from onrecord.ledger.schema import VERSION

made = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "unit/ledger/made.py")))

WORK = [
    made.told(f"r{i}", ("NOR", "offered"), ("SUD", "refused"), more=f"Part {i}. " * 200) for i in range(12)
]


def now():
    return datetime.now(UTC)


def opened(path, **more):
    return Ledger.open(path, clock=now, **{"patience": 0.1, **more})


@pytest.fixture
def path(tmp_path):
    """A ledger with something in it."""
    place = tmp_path / "x.db"
    with opened(place) as ledger:
        for one in WORK:
            one.into(ledger)
        ledger.judge(made.judgement("j1", "r0.p0", "correct", stance="pledged"))
    return place


def changed(path, sql, *values):
    """Does to the file what no ledger would."""
    with sqlite3.connect(path) as conn:
        for (name,) in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            conn.execute(f"DROP TRIGGER {name}")
        conn.execute(sql, values)
    conn.close()


class TestNotALedger:
    @pytest.mark.parametrize(
        "content",
        [
            b"hello",
            b"\0" * 5000,
            b"SQLite format 3\0",
            b"SQLite format 3\0" + b"\xff" * 9000,
            b"%PDF-1.7\n" * 999,
        ],
        ids=["a word", "zeros", "the first words", "the first words, then noise", "another kind of file"],
    )
    def test_garbage(self, tmp_path, content):
        path = tmp_path / "x.db"
        path.write_bytes(content)
        with pytest.raises(LedgerDamaged, match=r"x\.db"):
            opened(path).close()
        assert path.read_bytes() == content

    def test_random_bytes(self, tmp_path):
        path = tmp_path / "x.db"
        path.write_bytes(random.Random(1).randbytes(20_000))
        with pytest.raises(LedgerDamaged):
            opened(path).close()

    @pytest.mark.parametrize("mark", [0, 77])
    def test_somebody_elses_database_is_left_alone(self, tmp_path, mark):
        path = tmp_path / "x.db"
        with sqlite3.connect(path) as conn:
            conn.execute("CREATE TABLE birds (name)")
            conn.execute(f"PRAGMA application_id = {mark}")
        conn.close()
        before = path.read_bytes()
        with pytest.raises(LedgerDamaged, match="not a ledger"):
            opened(path).close()
        assert path.read_bytes() == before

    def test_a_folder(self, tmp_path):
        with pytest.raises(LedgerError, match="give a file"):
            opened(tmp_path).close()

    def test_in_a_folder_that_is_not_there(self, tmp_path):
        with pytest.raises(LedgerError, match="make the folder"):
            opened(tmp_path / "no" / "x.db").close()

    def test_none_there_and_none_to_be_made(self, tmp_path):
        with pytest.raises(LedgerError, match="there is no ledger"):
            opened(tmp_path / "x.db", create=False).close()
        assert not (tmp_path / "x.db").exists()
        (tmp_path / "x.db").touch()
        with pytest.raises(LedgerError, match="there is no ledger"):
            opened(tmp_path / "x.db", create=False).close()

    def test_an_empty_file_becomes_one(self, tmp_path):
        # So a process leaves it that is killed when it has just made it.
        (tmp_path / "x.db").touch()
        with opened(tmp_path / "x.db") as ledger:
            assert WORK[0].into(ledger)

    @pytest.mark.parametrize("where", ["mysql://x/y", "http://example.org/x.db", "://"])
    def test_no_address_of_a_ledger(self, where):
        with pytest.raises(LedgerError):
            opened(where).close()

    def test_a_password_is_not_told(self):
        with pytest.raises(LedgerError) as caught:
            opened("postgresql+psycopg://ada:s3cret@127.0.0.1:1/none").close()
        assert "s3cret" not in str(caught.value)
        with pytest.raises(LedgerError) as caught:
            opened("mysql://ada:s3cret@127.0.0.1:1/none").close()
        assert "s3cret" not in str(caught.value)


class TestDamaged:
    @pytest.mark.parametrize("part", [1, 50, 99, 100, 600, 4096, 4097, 0.25, 0.5, 0.9, -4096, -100, -1])
    def test_cut_off(self, path, part):
        size = path.stat().st_size
        kept = int(size * part) if isinstance(part, float) else part if part > 0 else size + part
        os.truncate(path, kept)
        try:
            with opened(path) as ledger:
                said = "; ".join(ledger.verify())
        except LedgerDamaged as damage:
            said = str(damage)
        assert said
        # Nobody made it longer or shorter in looking at it.
        assert path.stat().st_size == kept

    def test_flipped_anywhere_it_ends_in_an_error_of_ours_or_is_told_by_verify(self, path):
        """A hundred bytes, one at a time: never a crash, never another error than ours."""
        whole, chance = path.read_bytes(), random.Random(7)
        # Tables without rows, and what is left of a page, are zeros: they hold nothing to notice.
        written = [at for at, byte in enumerate(whole) if byte]
        noticed = 0
        for _ in range(100):
            at = chance.choice(written)
            path.write_bytes(whole[:at] + bytes([whole[at] ^ chance.randrange(1, 256)]) + whole[at + 1 :])
            try:
                with opened(path) as ledger:
                    wrong = ledger.verify()
                    noticed += bool(wrong)
                    ledger.reports(), ledger.statements(), ledger.positions(), ledger.judgements()
                    ledger.positions(now()), ledger.find("r1"), ledger.disagreements(), ledger.counts()
            except OnrecordError:
                noticed += 1
            for more in ("-wal", "-shm"):
                path.with_name(path.name + more).unlink(missing_ok=True)
        assert noticed > 50

    @pytest.mark.parametrize(
        ("sql", "said"),
        [
            (
                "UPDATE reports SET text = replace(text, 'Part', 'Fart') WHERE id = 'r3'",
                "r3: its text is not",
            ),
            ("UPDATE positions SET evidence_text = replace(evidence_text, 'NOR', 'SUD')", "does not read"),
            ("UPDATE positions SET evidence_start = 5 WHERE id = 'r3.p0'", "cannot be read"),
            ("UPDATE statements SET content = 'x' WHERE id = 'r3.s0'", "cannot be read"),
            ("UPDATE statements SET cue_text = 'sang' WHERE id = 'r3.s0'", "does not read 'sang'"),
            ("DELETE FROM reports WHERE id = 'r3'", "names a row of reports"),
            ("DELETE FROM current_extractions WHERE report = 'r3'", "rebuild the ledger"),
            (
                "UPDATE extractions SET learned_at = '2001-01-01T00:00:00.000000Z' WHERE report = 'r3'",
                "after one",
            ),
            (
                "INSERT INTO judgements"
                " (id, target, target_kind, decision, person, decided_at, changes, note, learned_at)"
                " SELECT 'j2', 'j9', 'judgement', 'withdraw', person, decided_at, '{}', '', learned_at"
                " FROM judgements",
                "withdraws j9",
            ),
        ],
    )
    def test_tampered_with(self, path, sql, said):
        with opened(path) as ledger:
            assert ledger.verify() == []
        changed(path, sql)
        with opened(path) as ledger:
            assert any(said in line for line in ledger.verify()), ledger.verify()

    def test_a_row_that_cannot_be_read_is_an_error_of_ours(self, path):
        changed(path, "UPDATE positions SET chain = '{' WHERE id = 'r3.p0'")
        with opened(path) as ledger, pytest.raises(LedgerDamaged, match="verify"):
            ledger.positions()

    def test_its_tables_lost(self, path):
        with sqlite3.connect(path) as conn:
            conn.execute("DROP TABLE migrations")
        conn.close()
        with pytest.raises(LedgerDamaged, match="lost its tables"):
            opened(path).close()


class TestTooNew:
    def test_it_is_left_alone(self, path):
        with sqlite3.connect(path) as conn:
            conn.execute(f"PRAGMA user_version = {VERSION + 1}")
        conn.close()
        before = path.read_bytes()
        with pytest.raises(LedgerTooNew, match="install a newer onrecord") as caught:
            opened(path).close()
        assert caught.value.value == VERSION + 1
        assert path.read_bytes() == before


class TestLocked:
    def test_by_a_writer_that_does_not_end(self, path):
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        new = made.told("new", ("NOR", "offered"))
        with opened(path) as ledger:
            with pytest.raises(LedgerLocked, match="wait for the other process"):
                new.into(ledger)
            # Reading goes on, and reading again what is there waits for nobody.
            assert len(ledger.reports()) == len(WORK)
            assert not WORK[0].into(ledger)
            other.execute("COMMIT")
            assert new.into(ledger)
        other.close()

    def test_by_one_that_lets_nobody_in(self, path):
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LedgerLocked):
            opened(path).close()
        other.close()
        with opened(path) as ledger:
            assert ledger.verify() == []


@pytest.fixture
def as_nobody():
    """No rights that others have not; root may write what is marked as not to be written."""
    if os.geteuid() != 0:
        yield
        return
    os.setegid(65534)
    os.seteuid(65534)
    yield
    os.seteuid(0)
    os.setegid(0)


@pytest.fixture
def shared(path):
    """The ledger in a folder that everybody may look into; ``tmp_path`` is for its owner alone."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    shutil.copy(path, place / "x.db")
    (place / "x.db").chmod(0o444)
    yield place
    place.chmod(0o755)
    shutil.rmtree(place)


class TestReadOnly:
    def check(self, place):
        with opened(place / "x.db") as ledger:
            assert ledger.read_only
            assert len(ledger.positions()) == 2 * len(WORK)
            assert ledger.positions(report="r0", holder="NOR")[0].stance == "pledged"
            assert ledger.verify() == []
            assert not WORK[0].into(ledger)
            for write in (
                lambda: made.told("new", ("NOR", "offered")).into(ledger),
                lambda: ledger.judge(made.judgement("j2", "r0.p0", "reject")),
                lambda: ledger.set_meta("a", "b"),
                lambda: ledger.rebuild(),
            ):
                with pytest.raises(LedgerError, match="can be read but not written"):
                    write()

    def test_the_file(self, shared, request):
        shared.chmod(0o777)
        request.getfixturevalue("as_nobody")
        self.check(shared)

    def test_the_file_and_its_folder(self, shared, request):
        shared.chmod(0o555)
        request.getfixturevalue("as_nobody")
        self.check(shared)

    def test_a_folder_in_which_none_can_be_made(self, shared, request):
        shared.chmod(0o555)
        request.getfixturevalue("as_nobody")
        with pytest.raises(LedgerError):
            opened(shared / "new.db").close()

    def test_a_file_that_cannot_even_be_read(self, shared, request):
        (shared / "x.db").chmod(0o000)
        request.getfixturevalue("as_nobody")
        with pytest.raises(LedgerError):
            opened(shared / "x.db").close()
