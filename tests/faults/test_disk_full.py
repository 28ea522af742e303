"""The disk has no room: the ledger says so, stays whole, can still be read, and goes on once there is room.

Once on a real file system that is full (a small tmpfs, where this machine lets us mount one), once with a
limit on the size of files, which every machine knows.
"""

from __future__ import annotations

import os
import resource
import runpy
import signal
import subprocess
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from onrecord.errors import LedgerFull
from onrecord.ledger import Ledger

made = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "unit/ledger/made.py")))

WORK = [
    made.told(f"r{i}", ("NOR", "offered"), ("SUD", "refused"), more=f"Part {i}. " * 1500) for i in range(40)
]


def now():
    return datetime.now(UTC)


def opened(path, **more):
    return Ledger.open(path, clock=now, **more)


@pytest.fixture
def small_disk(tmp_path):
    """A folder that holds six mebibytes and no more."""
    place = tmp_path / "disk"
    place.mkdir()
    try:
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)], check=True, capture_output=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this machine does not let us mount a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(path, keep=0):
    """Takes all the room that is left but for some bytes."""
    with path.open("wb", buffering=0) as out, suppress(OSError):
        while True:
            out.write(b"x" * 512)
    if keep:
        os.truncate(path, path.stat().st_size - keep)


def expected(tmp_path):
    with opened(tmp_path / "whole.db") as ledger:
        for one in WORK:
            assert one.into(ledger)
        return list(ledger.dump())


def until_full(ledger):
    """Adds until there is no room; the ids of the reports that are in."""
    held = []
    for one in WORK:
        try:
            one.into(ledger)
        except LedgerFull as full:
            said = str(full)
            break
        held.append(one.report.id)
    else:
        pytest.fail("there was room for all of it")
    assert ledger.where in said
    assert "make room" in said
    return held


def test_a_full_disk(small_disk, tmp_path):
    path, filler = small_disk / "x.db", small_disk / "filler"
    with opened(path) as ledger:
        fill(filler, keep=500_000)
        held = until_full(ledger)
        assert 0 < len(held) < len(WORK)
        # It still answers, and says no to more.
        assert sorted(r.id for r in ledger.reports()) == sorted(held)
        assert ledger.verify() == []
        assert until_full(ledger) == held
    filler.unlink()
    with opened(path) as ledger:
        assert ledger.verify() == []
        for one in WORK:
            assert one.into(ledger) == (one.report.id not in held)
        assert list(ledger.dump()) == expected(tmp_path)


def test_not_a_byte_left_and_the_process_killed(small_disk, tmp_path):
    """The log stays behind and its index has no room: the ledger opens all the same, to be read."""
    path, filler = small_disk / "x.db", small_disk / "filler"
    child = os.fork()
    if child == 0:
        ledger = opened(path)
        for one in WORK[:5]:
            one.into(ledger)
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    path.with_name("x.db-shm").unlink()
    fill(filler)
    with opened(path) as ledger:
        assert len(ledger.reports()) == 5
        assert len(ledger.positions()) == 10
        assert ledger.verify() == []
        with pytest.raises(LedgerFull):
            WORK[5].into(ledger)
    filler.unlink()
    with opened(path) as ledger:
        for one in WORK:
            one.into(ledger)
        assert list(ledger.dump()) == expected(tmp_path)


def test_a_full_disk_has_no_room_for_a_new_ledger(small_disk):
    fill(small_disk / "filler")
    with pytest.raises(LedgerFull):
        opened(small_disk / "x.db").close()
    (small_disk / "filler").unlink()
    with opened(small_disk / "x.db") as ledger:
        assert WORK[0].into(ledger)


def test_a_limit_on_the_size_of_files(tmp_path):
    path = tmp_path / "x.db"
    child = os.fork()
    if child == 0:
        status = 1
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
            with opened(path) as ledger:
                held = until_full(ledger)
                assert 0 < len(held) < len(WORK)
                assert ledger.verify() == []
                assert len(ledger.reports()) == len(held)
            (tmp_path / "held").write_text(str(len(held)))
            status = 0
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    with opened(path, create=False) as ledger:
        assert ledger.verify() == []
        assert len(ledger.reports()) == int((tmp_path / "held").read_text())
        for one in WORK:
            one.into(ledger)
        assert list(ledger.dump()) == expected(tmp_path)


def test_a_limit_on_the_pages_of_the_file(tmp_path):
    with opened(tmp_path / "x.db") as ledger:
        # The limit is the connection's, and the pool has just the one.
        with ledger._store.reading() as conn:
            conn.exec_driver_sql("PRAGMA max_page_count = 80")
        held = until_full(ledger)
        assert ledger.verify() == []
        assert len(ledger.reports()) == len(held)


def test_what_has_no_room_is_not_half_there(small_disk):
    """The report that no longer fitted left nothing behind, whichever row it was that did not fit."""
    path, filler = small_disk / "x.db", small_disk / "filler"
    with opened(path) as ledger:
        fill(filler, keep=300_000)
        until_full(ledger)
        found = ledger.counts()
    assert found["extractions"] == found["reports"]
    assert found["positions"] == found["statements"] == 2 * found["reports"]
