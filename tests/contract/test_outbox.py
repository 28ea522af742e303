"""The outbox of a ledger, one suite for every store.

PostgreSQL when ONRECORD_TEST_POSTGRES holds the address of a database in which schemas may be made and dropped.
"""

from __future__ import annotations

import runpy
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from onrecord.errors import LedgerError
from onrecord.ledger import Ledger, Point, copying

made = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "unit/ledger/made.py")))
ONE, TWO = {"id": "1" * 32, "subject": "one \u202e 💡"}, {"id": "2" * 32, "subject": "two"}
AT = Point(0, "2026-03-31", {"version": [1, 2]})


def test_points_and_states(ledger):
    box = ledger.outbox
    assert box.point("rules", "") is None
    assert box.queue("rules", "", None, AT, {"a": {"n": 1}, "b": {"n": 1}}, []) == 0
    first = box.point("rules", "")
    assert (first.as_of, first.known) == (AT.as_of, AT.known)
    assert box.states("", first.upto) == {"a": {"n": 1}, "b": {"n": 1}}
    assert box.queue("rules", "", first, AT, {"a": {"n": 2}, "c": {"n": 1}}, []) == 0
    second = box.point("rules", "")
    assert box.states("", second.upto) == {"a": {"n": 2}, "c": {"n": 1}}
    assert box.states("", first.upto) == {"a": {"n": 1}, "b": {"n": 1}}, "what was told before stays what it was"
    assert box.point("rules", "tale") is None
    assert box.point("other", "") is None
    assert box.states("tale", second.upto) == {}


def test_what_another_told_meanwhile_is_not_told_again(ledger):
    box = ledger.outbox
    assert box.queue("rules", "", None, AT, {}, [("log", ONE)]) == 1
    assert box.queue("rules", "", None, AT, {"a": {}}, [("log", TWO)]) is None
    assert [w.message for w in box.waiting("rules")] == [ONE]


def test_a_message_is_queued_once_for_a_target(ledger):
    box = ledger.outbox
    assert box.queue("rules", "", None, AT, {}, [("log", ONE), ("team", ONE), ("log", ONE)]) == 2
    assert box.queue("rules", "", box.point("rules", ""), AT, {}, [("log", ONE), ("log", TWO)]) == 1
    assert [(w.target, w.id) for w in box.waiting("rules")] == [
        ("log", ONE["id"]),
        ("team", ONE["id"]),
        ("log", TWO["id"]),
    ]
    assert box.has(ONE["id"], "team")
    assert not box.has(TWO["id"], "team")
    assert box.waiting("other") == []
    assert [m["target"] for m in box.told("rules")] == ["log", "team", "log"]


def test_what_came_of_it(ledger, clock):
    box = ledger.outbox
    box.queue("rules", "", None, AT, {}, [("log", ONE), ("log", TWO)])
    one, two = box.waiting("rules")
    assert (one.tries, one.next_at, one.alone) == (0, None, False)
    later = clock() + timedelta(minutes=1)
    box.note(one, "failed", "nobody there", later)
    box.note(one, "refused", "no", later + timedelta(minutes=1))
    box.note(two, "sent", "taken")
    (left,) = box.waiting("rules")
    assert (left.id, left.tries, left.next_at, left.alone) == (ONE["id"], 2, later + timedelta(minutes=1), True)
    box.note(left, "sent")
    assert box.waiting("rules") == []
    assert ledger.verify() == []


def test_rows_are_only_added(ledger):
    ledger.outbox.queue("rules", "", None, AT, {"a": {}}, [("log", ONE)])
    ledger.outbox.note(ledger.outbox.waiting("rules")[0], "sent")
    for table in ("messages", "deliveries", "told_states", "told_points"):
        with pytest.raises(LedgerError, match="append-only"), ledger._store.writing() as conn:
            conn.exec_driver_sql(f"DELETE FROM {table}")


def test_it_is_no_part_of_the_record(ledger):
    made.told("r1", ("NOR", "offered")).into(ledger)
    before, version = list(ledger.dump()), ledger.version()
    ledger.outbox.queue("rules", "", None, AT, {"a": {}}, [("log", ONE)])
    assert (list(ledger.dump()), ledger.version()) == (before, version)


def test_one_at_a_time_has_the_turn(where, ledger):
    if where == ":memory:":
        pytest.skip("nobody else can open it")
    with Ledger.open(where, clock=made.Clock()) as other:
        with ledger.outbox.turn() as mine, other.outbox.turn() as theirs:
            assert (mine, theirs) == (True, False)
        with other.outbox.turn() as theirs:
            assert theirs
        with pytest.raises(RuntimeError, match="within"), ledger.outbox.turn():
            raise RuntimeError("within")
        with other.outbox.turn() as theirs:
            assert theirs


def test_it_is_carried_over_whole(ledger, tmp_path, clock):
    box = ledger.outbox
    box.queue("rules", "", None, AT, {"a": {"n": 1}}, [("log", ONE), ("log", TWO)])
    box.note(box.waiting("rules")[0], "sent")
    copying.copy(ledger, tmp_path / "y.db")
    with Ledger.open(tmp_path / "y.db", clock=clock) as copied:
        assert list(copied.dump(clock=True)) == list(ledger.dump(clock=True))
        assert copied.outbox.waiting("rules") == box.waiting("rules")
        point = copied.outbox.point("rules", "")
        assert copied.outbox.queue("rules", "", point, AT, {"a": {"n": 2}}, [("log", ONE)]) == 0
