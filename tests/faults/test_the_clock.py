"""The machine's clock moves back, stands still or leaps ahead: rows stay in order, and what was known stays known.

Outcome: no row is learned before the one before it; a moment that the ledger has told of is never taken back; a clock
that had been ahead is told by ``verify`` for as long as it matters, and reading and judging go on meanwhile.
"""

from __future__ import annotations

import random
import runpy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from onrecord.ledger import Ledger

made = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "unit/ledger/made.py")))
NOON = datetime(2025, 11, 12, 12, tzinfo=UTC)


class Clock:
    """A clock that somebody sets."""

    def __init__(self, now=NOON):
        self.now = now

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def ledger(tmp_path, clock):
    with Ledger.open(tmp_path / "x.db", clock=clock) as opened:
        yield opened


def report(n):
    return made.told(f"r{n}", ("NOR", "offered"), ("SUD", "refused"), more=f"Part {n}.")


def test_back_by_an_hour_between_two_reports(ledger, clock):
    report(1).into(ledger)
    clock.now -= timedelta(hours=1)
    report(2).into(ledger)
    assert {x.id for x in ledger.reports(known_at=NOON)} == {"r1", "r2"}
    clock.now = NOON + timedelta(minutes=1)
    assert ledger.verify() == []


def test_an_answer_of_the_past_is_the_same_after_the_clock_went_back(ledger, clock):
    report(1).into(ledger)
    clock.now += timedelta(hours=2)
    report(2).into(ledger)
    then = NOON + timedelta(hours=1)
    before = ledger.positions(then)
    clock.now = NOON - timedelta(days=400)
    report(3).into(ledger)
    ledger.judge(made.judgement("j1", "r1.p0", "reject"))
    assert ledger.positions(then) == before
    assert {p.report for p in ledger.positions()} == {"r1", "r2", "r3"}


def test_set_at_random_before_each_write(ledger, clock):
    chance = random.Random(5)
    for n in range(40):
        clock.now = NOON + timedelta(seconds=chance.uniform(-1e6, 1e6))
        report(n).into(ledger)
    clock.now = NOON + timedelta(days=30)
    assert ledger.verify() == []
    assert len(ledger.reports()) == 40


def test_ahead_by_a_year_is_told_until_the_year_is_over(ledger, clock):
    clock.now += timedelta(days=365)
    report(1).into(ledger)
    clock.now = NOON
    assert any("yet to come" in line for line in ledger.verify())
    # The work goes on all the same.
    assert report(2).into(ledger)
    assert ledger.judge(made.judgement("j1", "r2.p0", "correct", stance="pledged"))
    assert ledger.positions(report="r2", holder="NOR")[0].stance == "pledged"
    clock.now = NOON + timedelta(days=366)
    assert ledger.verify() == []


def test_a_clock_that_stands_still(ledger):
    for n in range(5):
        report(n).into(ledger)
    assert ledger.verify() == []
    assert [x.id for x in ledger.reports(known_at=NOON)] == [f"r{n}" for n in range(5)]


def test_opened_by_one_whose_clock_is_behind(tmp_path, clock):
    path = tmp_path / "y.db"
    with Ledger.open(path, clock=clock) as ledger:
        report(1).into(ledger)
    with Ledger.open(path, clock=lambda: NOON - timedelta(days=9999)) as late:
        assert report(2).into(late)
        assert not report(1).into(late)
    with Ledger.open(path, clock=lambda: NOON + timedelta(seconds=1)) as ledger:
        assert ledger.verify() == []
