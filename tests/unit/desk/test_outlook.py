"""The desk's memory: nothing is made twice, nothing stale is shown, and what is shown first agrees with the whole."""

from __future__ import annotations

import importlib.util
import threading
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from onrecord.desk import Desk
from onrecord.desk.accounts import Person
from onrecord.desk.correcting import Entered
from onrecord.desk.reviewing import Review
from onrecord.errors import NotAllowed, UnknownName
from onrecord.ledger import Ledger
from onrecord.model import DateRange, Judgement, Position, Report, Span, digest
from onrecord.settings import Settings

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
RECORD = Path(__file__).resolve().parents[1] / "web" / "small_record.py"


def fill(ledger: Ledger) -> None:
    spec = importlib.util.spec_from_file_location("small_record", RECORD)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.fill(ledger)


@pytest.fixture
def desk(tmp_path):
    with Desk.open(Settings(ledger=tmp_path / "x.db", clock=lambda: NOW)) as made:
        fill(made.ledger)
        yield made


def entered(**fields):
    return Entered({k: [v] for k, v in fields.items()})


class TestTheDesk:
    def test_nothing_is_weighed_twice(self, desk, monkeypatch):
        first = desk.outlook()
        monkeypatch.setattr("onrecord.services.answer_of", lambda *a, **k: pytest.fail("weighed again"))
        assert desk.outlook() is first
        assert desk.rows() is desk.rows()

    def test_a_decision_of_another_process_is_seen(self, desk, tmp_path):
        before = desk.outlook()
        with Ledger.open(tmp_path / "x.db", clock=lambda: NOW) as other:
            other.judge(Judgement("j1", "gazette-rome.p0", "position", "reject", "ada", NOW))
        after = desk.outlook()
        assert before is not after
        assert after.answer.reconciliation.standing("ITA", "contribute_police").stance == "offered"

    def test_a_new_report_is_seen_and_the_others_not_loaded_again(self, desk, monkeypatch):
        old = desk.rows()
        text = "France will send nobody, Paris said."
        report = Report("new", text, digest(text), published=DateRange.on(date(2026, 3, 20)))
        found = Position("new.p", "new", "FRA", "FRA", "contribute_troops", "refused", Span.of(text, 0, 24))
        desk.ledger.add(report, [], [found], extractor="by hand 1")
        asked = []
        real = desk.ledger.positions
        monkeypatch.setattr(
            type(desk.ledger), "positions", lambda self, *a, **k: asked.append(k.get("report")) or real(*a, **k)
        )
        new = desk.rows()
        assert asked == ["new"]
        assert new.by_report["courier-offer"] is old.by_report["courier-offer"]
        assert desk.outlook().as_of == date(2026, 3, 20)

    def test_a_story_that_there_is_not(self, desk):
        with pytest.raises(UnknownName):
            desk.outlook(story="none")

    def test_a_reader_may_not_decide(self, desk):
        with pytest.raises(NotAllowed):
            Review(desk, Person("rita", "reader")).position("gazette-rome.p0", "reject", entered())
        assert desk.ledger.judgements() == []


class TestWhatPagesKeep:
    def test_all_days_share_one_bound(self, desk):
        monday, friday = desk.outlook(as_of=date(2026, 3, 9)), desk.outlook(as_of=date(2026, 3, 13))
        assert monday.fragments.get("board", lambda: b"monday") == b"monday"
        assert friday.fragments.get("board", lambda: b"friday") == b"friday"
        assert monday.fragments.get("board", lambda: pytest.fail("made again")) == b"monday"
        assert len(desk._texts) == 2

    def test_what_a_decision_changes_is_laid_out_again(self, desk):
        desk.outlook().fragments.get("board", lambda: b"before")
        Review(desk, Person("ada", "reviewer")).position("gazette-rome.p0", "reject", entered())
        assert desk.outlook().fragments.get("board", lambda: b"after") == b"after"


class TestWhatIsShownFirst:
    """Where there is much, a decision weighs only what it touched; the whole follows and must agree."""

    @pytest.fixture
    def large(self, desk, monkeypatch):
        monkeypatch.setattr("onrecord.desk.desk.QUICK_FROM", 0)
        return desk

    @pytest.mark.parametrize(
        ("name", "decision", "fields"),
        [
            ("gazette-rome.p0", "reject", {}),
            ("gazette-rome.p0", "correct", {"stance": "considering"}),
            ("wire-jakarta.p0", "correct", {"task": "fund"}),
            ("gazette-baku.p0", "correct", {"holder": "Türkiye", "performer": "Türkiye"}),
            ("courier-offer.p0", "confirm", {}),
        ],
    )
    def test_it_agrees_with_the_whole(self, large, monkeypatch, name, decision, fields):
        held = threading.Event()
        whole = Desk._whole
        large.outlook()

        def waits(self, *args):
            held.wait(10)
            return whole(self, *args)

        monkeypatch.setattr(Desk, "_whole", waits)
        Review(large, Person("ada", "reviewer")).position(name, decision, entered(**fields))
        first = large.outlook()
        assert not first.whole
        held.set()
        end = time.monotonic() + 10
        while not (then := large.outlook()).whole:
            assert time.monotonic() < end
            time.sleep(0.01)
        assert first.answer.reconciliation.standings == then.answer.reconciliation.standings
        assert first.board("isf_gaza", None) == then.board("isf_gaza", None)
        assert {c.id for c in first.answer.reconciliation.conflicts} >= {
            c.id for c in then.answer.reconciliation.conflicts if c.kind != "circular"
        }

    def test_two_decisions_in_a_row_end_with_both(self, large):
        large.outlook()
        hand = Review(large, Person("ada", "reviewer"))
        hand.position("gazette-rome.p0", "reject", entered())
        hand.position("gazette-baku.p0", "correct", entered(stance="undecided"))
        end = time.monotonic() + 10
        while not (then := large.outlook()).whole:
            assert time.monotonic() < end
            time.sleep(0.01)
        made = then.answer.reconciliation
        assert made.standing("ITA", "contribute_police").stance == "offered"
        assert made.standing("AZE", "contribute_troops").stance == "undecided"
