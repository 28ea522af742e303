"""A process of its own weighs: the same comes of it, nothing stale does, and the desk goes on where it is lost."""

from __future__ import annotations

import importlib.util
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from onrecord.desk import Desk
from onrecord.desk.keeping import made_once
from onrecord.ledger import Ledger
from onrecord.model import Judgement
from onrecord.settings import Settings

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
DAY = date(2026, 3, 10)
RECORD = Path(__file__).resolve().parents[1] / "web" / "small_record.py"


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setattr("onrecord.desk.desk.QUICK_FROM", 0)
    spec = importlib.util.spec_from_file_location("small_record", RECORD)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made = Settings(ledger=tmp_path / "x.db", clock=lambda: NOW)
    with Desk.open(made) as desk:
        module.fill(desk.ledger)
    return made


@pytest.fixture
def desk(settings):
    with Desk.open(settings, aside=True) as made:
        yield made


def reject(settings):
    with Ledger.open(settings.ledger, clock=lambda: NOW) as other:
        other.judge(Judgement("j1", "gazette-rome.p0", "position", "reject", "ada", NOW))


@pytest.mark.slow
class TestAside:
    def test_the_same_comes_of_it(self, desk, settings, monkeypatch):
        with Desk.open(settings) as here:
            wanted = here.outlook(as_of=DAY)
        # Only the other process weighs, and lays the boards out.
        monkeypatch.setattr("onrecord.services.reconcile", lambda *a, **k: pytest.fail("weighed here"))
        monkeypatch.setattr("onrecord.briefing.board.board", lambda *a, **k: pytest.fail("laid out here"))
        made = desk.outlook(as_of=DAY)
        assert made.whole
        assert made.answer == wanted.answer
        assert made.conditions == wanted.conditions
        assert made.matters == wanted.matters
        assert made.matters
        monkeypatch.undo()
        assert [made.board(x, None) for x in made.matters] == [wanted.board(x, None) for x in made.matters]

    def test_what_others_decide_is_seen(self, desk, settings):
        desk.outlook(as_of=DAY)
        reject(settings)
        # A day that was not asked for before is weighed whole.
        after = desk.outlook()
        assert after.whole
        assert after.answer.reconciliation.standing("ITA", "contribute_police").stance == "offered"

    def test_what_is_decided_while_it_waits_is_seen(self, desk, settings, monkeypatch):
        desk.outlook(as_of=DAY)
        old = desk.rows()
        reject(settings)
        told = desk.aside.weigh(desk.ledger.version(), None, DAY)
        assert told.version == desk.ledger.version()
        # The other process has moved on: it does not tell the old state any more, and says so.
        again = desk.aside.weigh(old.version, None, DAY)
        assert again.version != old.version
        assert again.reconciliation.standings == ()
        made = desk._weigh(old, None, desk.settings, (None, date(2026, 4, 1)))
        assert made.version == desk.ledger.version()
        assert made.answer.reconciliation.standing("ITA", "contribute_police").stance == "offered"

    def test_where_it_is_lost_the_desk_weighs_and_begins_another(self, desk):
        first = desk.outlook(as_of=DAY)
        lost = desk.aside._process
        lost.kill()
        lost.join()
        monday = desk.outlook(as_of=date(2026, 3, 9))
        assert monday.whole
        assert monday.version == first.version
        desk.outlook(as_of=date(2026, 3, 8))
        assert desk.aside._process.is_alive()
        assert desk.aside._process is not lost

    def test_it_ends_with_the_desk(self, settings):
        with Desk.open(settings, aside=True) as made:
            made.outlook(as_of=DAY)
            process = made.aside._process
            assert process.is_alive()
        assert not process.is_alive()

    def test_a_small_ledger_begins_none(self, desk, monkeypatch):
        monkeypatch.setattr("onrecord.desk.desk.QUICK_FROM", 3000)
        assert desk.outlook().whole
        assert desk.aside._process is None

    def test_what_is_kept_in_memory_is_weighed_here(self):
        with Desk.open(Settings(ledger=":memory:", clock=lambda: NOW), aside=True) as made:
            assert made.aside is None


class TestMadeOnce:
    def test_who_asks_for_another_day_does_not_wait(self):
        held, begun = threading.Event(), threading.Event()

        class Day:
            def __init__(self, slow):
                self.slow = slow

            @made_once
            def told(self):
                if self.slow:
                    begun.set()
                    assert held.wait(10)
                return object()

        slow = Day(True)
        thread = threading.Thread(target=lambda: slow.told)
        thread.start()
        assert begun.wait(10)
        quick = Day(False)
        assert quick.told is quick.told
        held.set()
        thread.join()
        assert slow.told is slow.told
