"""Faults in the middle of the main job, as a person meets them: one line, an exit status, and a run that mends it.

Outcome for each: exit status 1 and one line with code and next step, no traceback, nothing half-written; the same
command once the fault is gone ends as if it had never been.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SAID = "{} will send {} police officers to Haiti if parliament agrees, its foreign minister said on {} November 2025.\n"
STATES = ["Italy", "Spain", "Kenya", "Norway", "Brazil", "Senegal", "Jamaica", "Chile"]


def onrecord(*args, **more):
    command = [sys.executable, "-m", "onrecord", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, timeout=180, **more)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("reports")
    for n, state in enumerate(STATES):
        (place / f"r{n}.txt").write_text(SAID.format(state, 100 + n, 10 + n))
    return place


@pytest.fixture(scope="module")
def whole(folder, tmp_path_factory):
    """The export of a run that nothing disturbed."""
    out = tmp_path_factory.mktemp("whole")
    assert onrecord("brief", folder, "--out", out, "--rules-only").returncode == 0
    return exported(out)


def exported(out: Path) -> dict[str, list[dict]]:
    names = ("reports", "statements", "positions", "standings", "conflicts")
    return {x: [json.loads(line) for line in (out / f"{x}.jsonl").read_text().splitlines()] for x in names}


def refused(done, code):
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert code in done.stderr


def test_killed_at_random_and_run_again(folder, whole, tmp_path):
    out = tmp_path / "out"
    chance = random.Random(11)
    for _ in range(2):
        child = subprocess.Popen(
            [sys.executable, "-m", "onrecord", "brief", str(folder), "--out", str(out), "--rules-only"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0.5, 6))
        child.send_signal(signal.SIGKILL)
        child.wait()
        for left in out.glob("*.jsonl"):
            # What is there is whole: files are moved into place.
            assert all(isinstance(json.loads(line), dict) for line in left.read_text().splitlines())
    assert onrecord("brief", folder, "--out", out, "--rules-only").returncode == 0
    assert exported(out) == whole


def test_a_ledger_that_another_process_holds(folder, whole, tmp_path):
    out = tmp_path / "out"
    assert onrecord("brief", folder / "r0.txt", "--out", out, "--rules-only").returncode == 0
    other = sqlite3.connect(out / "ledger.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    refused(onrecord("brief", folder, "--out", out, "--rules-only"), "ledger-locked")
    other.execute("ROLLBACK")
    other.close()
    assert onrecord("brief", folder, "--out", out, "--rules-only").returncode == 0
    assert exported(out)["positions"] == whole["positions"]


def test_a_ledger_that_is_damaged_is_told_and_left_alone(folder, tmp_path):
    path = tmp_path / "x.db"
    assert onrecord("read", folder, "--ledger", path, "--rules-only").returncode == 0
    data = bytearray(path.read_bytes())
    for at in range(4096, len(data), 700):
        data[at] ^= 0xFF
    path.write_bytes(data)
    for more in ("-wal", "-shm"):
        path.with_name(path.name + more).unlink(missing_ok=True)
    for command in (["standings"], ["verify"], ["read", folder, "--rules-only"]):
        done = onrecord(*command, "--ledger", path)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
    assert bytes(data) == path.read_bytes()


def test_a_result_that_cannot_be_written_leaves_the_old_one(folder, tmp_path):
    out = tmp_path / "out"
    assert onrecord("brief", folder, "--out", out, "--rules-only").returncode == 0
    before = (out / "brief.html").read_bytes()
    limited = ["bash", "-c", 'trap "" XFSZ; ulimit -f 1; exec "$@"', "x", sys.executable, "-m", "onrecord"]
    command = [*limited, "brief", str(folder), "--out", str(out), "--rules-only"]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert (out / "brief.html").read_bytes() == before
