"""One position that says two things, split by a person; and how far a ledger has come."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from onrecord.errors import InputError, UnknownName
from onrecord.ledger import Ledger
from onrecord.model import Judgement, Position, Report, Span, digest

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
TEXT = "Rome will send soldiers and police officers, the ministry said."
PARTS = [{"task": "contribute_troops"}, {"task": "contribute_police"}]


@pytest.fixture
def ledger():
    with Ledger.open(":memory:", clock=lambda: NOW) as opened:
        report = Report("r", TEXT, digest(TEXT))
        found = Position("r.p1", "r", "ITA", "ITA", "contribute_troops", "pledged", Span.of(TEXT, 0, 43))
        opened.add(report, [], [found], extractor="rules 1")
        yield opened


def split(name="j1", target="r.p1", by="ada", parts=PARTS):
    return Judgement(name, target, "position", "split", by, NOW, {"parts": parts})


def told(ledger):
    return [(p.id, p.task, p.confidence) for p in ledger.positions()]


def test_the_parts_take_the_place_of_the_whole(ledger):
    ledger.judge(split())
    assert told(ledger) == [("r.p1", "contribute_troops", 1.0), ("r.p1+2", "contribute_police", 1.0)]
    assert ledger.find("r.p1+2").task == "contribute_police"
    assert ledger.verify() == []


def test_it_can_be_undone(ledger):
    ledger.judge(split())
    ledger.judge(Judgement("j2", "j1", "judgement", "withdraw", "ada", NOW))
    assert told(ledger) == [("r.p1", "contribute_troops", 1.0)]
    with pytest.raises(UnknownName):
        ledger.judge(split("j3", target="r.p1+2"))


def test_a_part_is_decided_on_with_the_whole(ledger):
    ledger.judge(split())
    with pytest.raises(InputError, match=r"is a part of r\.p1"):
        ledger.judge(Judgement("j2", "r.p1+2", "position", "reject", "ada", NOW))


@pytest.mark.parametrize("parts", [None, [], PARTS[:1], [PARTS[0], PARTS[0]], ["x", "y"], [{"task": ""}, {}]])
def test_what_cannot_be_parts_is_refused(ledger, parts):
    with pytest.raises(InputError):
        ledger.judge(split(parts=parts))
    assert len(ledger.positions()) == 1


def test_a_split_survives_a_newer_extractor(ledger):
    ledger.judge(split())
    found = Position("r.p9", "r", "ITA", "ITA", "contribute_troops", "pledged", Span.of(TEXT, 0, 24))
    ledger.add(Report("r", TEXT, digest(TEXT)), [], [found], extractor="rules 2")
    assert told(ledger) == [("r.p9", "contribute_troops", 1.0), ("r.p9+2", "contribute_police", 1.0)]


def test_a_split_of_what_is_no_longer_found_stays(ledger):
    ledger.judge(split())
    ledger.add(Report("r", TEXT, digest(TEXT)), [], [], extractor="rules 2")
    assert [(p.id, p.task, p.extractor) for p in ledger.positions()] == [
        ("r.p1", "contribute_troops", "person:ada"),
        ("r.p1+2", "contribute_police", "person:ada"),
    ]


def test_another_person_may_disagree_with_a_split(ledger):
    ledger.judge(split())
    ledger.judge(Judgement("j2", "r.p1", "position", "confirm", "bea", NOW))
    assert [x[1] for x in told(ledger)] == ["contribute_troops"]
    (found,) = ledger.disagreements()
    assert (found.applied.by, [x.by for x in found.others]) == ("bea", ["ada"])


def test_the_version_moves_with_what_is_added_and_tells_what_was_touched(ledger):
    first = ledger.version()
    assert ledger.version() == first
    assert ledger.touched(first) == frozenset()
    ledger.judge(split())
    assert ledger.version() > first
    assert ledger.touched(first) == {"r"}
    second = ledger.version()
    ledger.judge(Judgement("j2", "j1", "judgement", "withdraw", "ada", NOW))
    assert ledger.touched(second) == {"r"}
    ledger.judge(Judgement("j3", "ITA", "actor", "merge", "ada", NOW, {"into": "italy"}))
    assert ledger.touched(second) is None
    third = ledger.version()
    ledger.judge(Judgement("j4", "x.mandate", "condition", "merge", "ada", NOW, {"into": "y.mandate"}))
    assert ledger.touched(third) == frozenset()
    ledger.add(Report("q", "Other.", digest("Other.")), [], [], extractor="rules 1")
    assert ledger.touched(third) == {"q"}
