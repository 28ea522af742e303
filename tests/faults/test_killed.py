"""A process that adds to a ledger is killed (SIGKILL) at random moments, a hundred times; `make faults`: a thousand.

Each time the ledger must open, be whole, hold all that the process had seen go in, and, run again, end the
same as one that nobody disturbed.

The process killed is a fork of this one, so that no time goes by on starting an interpreter: the moments fall
on the work with the ledger, its making included.
"""

from __future__ import annotations

import os
import random
import runpy
import signal
import statistics
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from onrecord.ledger import Ledger, Matter
from onrecord.model import Issue

made = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "unit/ledger/made.py")))

KILLS = int(os.environ.get("ONRECORD_KILLS", "100"))
REPORTS = 5


def now():
    return datetime.now(UTC)


def report(i):
    return made.told(f"r{i}", ("NOR", "offered"), ("SUD", "refused"), more=f"Part {i}. " * 400)


def work(ledger, told=lambda name: None):
    """Everything that is ever added to a ledger, in one go; ``told`` hears of each report that is in."""
    ledger.set_meta("story", "abc")
    ledger.add_matter(Matter("force_x", "Force X"))
    for i in range(REPORTS):
        report(i).into(ledger)
        told(f"r{i}")
        if i == 2:
            ledger.add_issue(Issue("report-empty", "a.txt", "there is no text in it"))
            ledger.judge(made.judgement("j0", "r0.p0", "correct", stance="pledged"))
        if i == 3:
            ledger.add_repeat("r2", "r1", "near", 0.9)
            made.without(made.again(report(1), "hand 2"), 1).into(ledger)
    ledger.judge(made.judgement("j1", "r1.p1", "reject", by="ben", at=made.NOON + timedelta(hours=1)))


def started(path):
    """Starts a process that does the work; its id, and the end of a pipe in which it says what is in."""
    hear, say = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(hear)
            with Ledger.open(path, clock=now) as ledger:
                work(ledger, lambda name: os.write(say, f"{name}\n".encode()))
            status = 0
        finally:
            # No tests, no hooks at exit: the child does the work and nothing else.
            os._exit(status)
    os.close(say)
    return child, hear


def ended(child, hear):
    """Waits for the process: whether it was killed, and what it had said is in."""
    _, status = os.waitpid(child, 0)
    with os.fdopen(hear) as pipe:
        said = pipe.read().split()
    if not os.WIFSIGNALED(status):
        assert os.waitstatus_to_exitcode(status) == 0
    return os.WIFSIGNALED(status), said


def content(ledger):
    assert ledger.verify() == []
    return list(ledger.dump()), ledger.reports(), ledger.statements(), ledger.positions()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """What the ledger comes to, and how long the work takes."""
    took = []
    for i in range(5):
        path = tmp_path_factory.mktemp("whole") / f"{i}.db"
        begun = time.monotonic()
        assert ended(*started(path)) == (False, [f"r{i}" for i in range(REPORTS)])
        took.append(time.monotonic() - begun)
    with Ledger.open(path, clock=now) as ledger:
        return content(ledger), statistics.median(took)


@pytest.mark.slow
def test_killed_at_random_it_ends_the_same(tmp_path, undisturbed):
    expected, whole = undisturbed
    chance = random.Random()
    killed, tried, progress = 0, 0, []
    while killed < KILLS:
        tried += 1
        assert tried < 5 * KILLS, f"the work ended before the kill in {tried - killed} of {tried} tries"
        path = tmp_path / f"{tried}.db"
        child, hear = started(path)
        time.sleep(chance.uniform(0, whole))
        os.kill(child, signal.SIGKILL)
        was_killed, said = ended(child, hear)
        killed += was_killed
        # It opens, is whole, and what was said to be in is in.
        with Ledger.open(path, clock=now) as ledger:
            assert ledger.verify() == []
            held = {r.id for r in ledger.reports()}
            assert held >= set(said)
            # A report is in with all that was found in it.
            assert len(ledger.positions(raw=True)) == 2 * len(held) - ledger.has("r1", "hand 2")
            progress.append(len(held))
            # And run again it ends the same.
            work(ledger)
            assert content(ledger) == expected
        for left in tmp_path.glob(f"{tried}.db*"):
            left.unlink()
    # The moments were spread over the work: no one stage of it was hit again and again.
    assert len(set(progress)) > REPORTS // 2, sorted(progress)


def test_killed_again_and_again_it_ends_the_same(tmp_path, undisturbed):
    expected, whole = undisturbed
    path = tmp_path / "x.db"
    chance = random.Random()
    for _ in range(50):
        child, hear = started(path)
        time.sleep(chance.uniform(0, whole / 2))
        os.kill(child, signal.SIGKILL)
        if not ended(child, hear)[0]:
            break
    with Ledger.open(path, clock=now) as ledger:
        work(ledger)
        assert content(ledger) == expected
