"""Passes: what changed since it was last told, once, whoever or whatever changed it."""

from __future__ import annotations

import threading
from datetime import date

import pytest

from onrecord import services
from onrecord.errors import LedgerError, RulesInvalid
from onrecord.ledger import Ledger, copying
from onrecord.settings import Settings
from onrecord.telling import EVENTS, Teller

ALL = (
    "targets: {log: {file: told.jsonl}}\n"
    f"rules: [{{name: all, when: [{', '.join(e for e in EVENTS if not e.startswith('force'))}], to: log}}]\n"
)
DOWN = "targets: {log: {file: told.jsonl}}\nrules: [{name: down, when: moves_down, to: log}]\n"


def test_the_first_pass_notes_what_is_known_and_tells_nothing(house):
    house.say("r1", "ITA", "offered", "2026-01-10")
    teller = house.rules(ALL)
    told = teller.tell()
    assert (told.baseline, told.known, told.letters, told.as_of) == (True, 1, (), "2026-01-10")
    assert house.lines() == []
    assert not teller.tell().baseline


def test_a_change_is_told_once_with_its_passage(house):
    house.say("r1", "ITA", "offered", "2026-01-10", figure=300)
    teller = house.rules(DOWN)
    teller.tell()
    words = "Italy takes the offer off the table, the ministry said: “not one soldier”."
    house.say("r2", "ITA", "refused", "2026-02-10", words=words)
    told = teller.tell()
    assert [d.failure for d in told.delivered] == [""]
    (line,) = house.lines()
    report = house.ledger.reports(report="r2")[0]
    (passage,) = line["passages"]
    assert passage["text"] == words == report.text[passage["start"] : passage["end"]]
    assert (passage["report"], passage["outlet"]) == ("r2", "The Courier")
    assert passage["chain"] == ["the ministry", "The Courier"]
    assert line["passages_before"][0]["report"] == "r1"
    assert (line["before"]["stance"], line["after"]["stance"]) == ("offered", "refused")
    assert (line["before"]["high"], line["as_of"], line["origins"]) == (300, "2026-02-10", 1)
    assert line["events"] == ["moves_down"]
    assert line["new_reports"] == ["r2"]
    assert line["decisions"] == []
    assert line["subject"] == "[onrecord] Italy: contribute troops – moved down, offered → refused"
    body = line["body"]
    assert "Italy: contribute troops: moved down the ladder from offered, 300 soldiers to refused." in body
    assert f"  “{words}”\n    The Courier, 10 Feb 2026; said by the ministry [r2, " in body
    assert "As of 10 Feb 2026. 1 independent origin; settled" in body
    for _ in range(3):
        again = teller.tell()
        assert (again.letters, again.delivered) == ((), ())
    assert len(house.lines()) == 1


def test_up_down_and_neither(house):
    for n, stance in enumerate(("undecided", "considering", "offered", "deployed")):
        house.say(f"a{n}", f"A{n}", stance, "2026-01-10")
    teller = house.rules(ALL)
    teller.tell()
    for n, stance in enumerate(("considering", "in_talks", "agreed", "withdrawn")):
        house.say(f"b{n}", f"A{n}", stance, "2026-02-10")
    teller.tell()
    assert {x["place"][:2]: x["events"][:2] for x in house.lines()} == {
        "A0": ["stance_changed", "moves_up"],
        "A1": ["stance_changed", "moves_up"],
        "A2": ["stance_changed", "moves_up"],
        "A3": ["stance_changed", "moves_down"],
    }
    house.say("c0", "A3", "refused", "2026-03-10")
    teller.tell()
    assert house.lines()[-1]["events"] == ["stance_changed"], "refusals are not ranked against each other"


def test_a_stance_is_an_event(house):
    house.say("r1", "ITA", "offered", "2026-01-10")
    teller = house.rules(DOWN.replace("when: moves_down", "when: [withdrawn, offered]"))
    teller.tell()
    house.say("r2", "ITA", "withdrawn", "2026-02-10")
    house.say("r3", "ESP", "offered", "2026-02-10")
    teller.tell()
    assert [(x["place"][:3], x["events"]) for x in house.lines()] == [("ESP", ["offered"]), ("ITA", ["withdrawn"])]


def test_first_position_gone_condition_figure_and_dispute(house):
    house.say("r1", "ITA", "offered", "2026-01-10")
    gone = house.say("r2", "ESP", "offered", "2026-01-10")
    teller = house.rules(ALL)
    teller.tell()
    house.say("r3", "GRC", "considering", "2026-02-10", conditions=("mandate",))
    house.say("r4", "ITA", "offered", "2026-02-11", conditions=("ceasefire",), figure=500)
    house.judge("j1", gone, "reject", note="it was about another force")
    told = teller.tell()
    by = {x["place"][:3]: x for x in told.letters}
    assert by["GRC"]["events"] == ["first_position", "condition_added"]
    assert set(by["ITA"]["events"]) == {"condition_added", "figure_changed"}
    assert by["ITA"]["passages"][0]["report"] == "r4"
    assert "it now names ceasefire" in by["ITA"]["body"]
    assert "the figure was none and is 500 soldiers" in by["ITA"]["body"]
    assert by["ESP"]["events"] == ["gone"]
    assert by["ESP"]["passages"][0]["report"] == "r2", "what it rested on is quoted though it is rejected"
    assert by["ESP"]["decisions"][0] | {"at": ""} == {
        "id": "j1", "by": "ada", "at": "", "decision": "reject", "target": gone, "note": "it was about another force",
    }  # fmt: skip
    house.say("r5", "ITA", "refused", "2026-02-11", outlet="The Herald")
    disputed = {x["about"][0]: x for x in teller.tell().letters}
    assert "disputed" in (disputed.get("state") or disputed["stance"])["events"]


def test_a_condition_that_is_met(house):
    house.say("r1", "ITA", "offered", "2026-01-10", conditions=("mandate",))
    house.say("r2", "ESP", "considering", "2026-01-11", conditions=("mandate",))
    teller = house.rules(ALL.replace("to: log}", "of: {conditions: mandate}, to: log}"))
    teller.tell()
    words = "The Security Council has adopted the mandate of the force."
    house.say("r3", "un_security_council", "agreed", "2026-02-10", words=words, task="authorise")
    teller.tell()
    (line,) = [x for x in house.lines() if "condition_met" in x["events"]]
    assert line["passages"][0]["text"] == words
    assert {p["report"] for p in line["passages_before"]} == {"r1", "r2"}
    assert line["subject"].endswith(": met")
    assert "On it hang 2 standings:" in line["body"]
    assert "- Italy: contribute troops: offered" in line["body"]


class TestDecisions:
    """A person's decision that changes a standing is a change, and the message says so."""

    @pytest.fixture
    def two(self, house):
        house.say("r1", "ITA", "offered", "2026-01-10")
        return house.say("r2", "ITA", "refused", "2026-02-10")

    def test_rejected(self, house, two):
        teller = house.rules(ALL)
        teller.tell()
        house.judge("j1", two, "reject", note="a misreading")
        (line,) = teller.tell().letters
        assert line["events"][:2] == ["stance_changed", "moves_up"]
        assert line["new_reports"] == []
        assert "A person decided: ada rejected r2.p on 2026-04-01: “a misreading”" in line["body"]
        assert "No new report made this change: a person's decision did." in line["body"]

    def test_taken_back_it_is_told_again(self, house, two):
        teller = house.rules(DOWN)
        teller.tell()
        house.judge("j1", two, "reject")
        teller.tell()
        assert house.lines() == []
        house.judge("j2", "j1", "withdraw", kind="judgement")
        teller.tell()
        (line,) = house.lines()
        assert [d["decision"] for d in line["decisions"]] == ["withdraw"]
        assert "took back a decision on j1" in line["body"]

    def test_corrected_into_another_undertaking(self, house, two):
        teller = house.rules(ALL)
        teller.tell()
        house.judge("j1", two, "correct", holder="ESP", performer="ESP")
        told = {x["place"][:3]: x for x in teller.tell().letters}
        assert set(told) == {"ITA", "ESP"}
        assert all(x["decisions"] for x in told.values())

    def test_one_beside_it_is_not_mentioned(self, house, two):
        other = house.say("r3", "ESP", "offered", "2026-01-10")
        house.say("r4", "GRC", "offered", "2026-01-10")
        teller = house.rules(DOWN)
        teller.tell()
        house.judge("j1", other, "confirm")
        house.say("r5", "ESP", "refused", "2026-03-10")
        house.say("r6", "GRC", "refused", "2026-03-10")
        told = {x["place"][:3]: x for x in teller.tell().letters}
        assert [d["decision"] for d in told["ESP"]["decisions"]] == ["confirm"]
        assert (told["ESP"]["new_reports"], told["GRC"]["new_reports"]) == (["r5"], ["r6"])
        assert "A person decided" in told["ESP"]["body"]
        assert told["GRC"]["decisions"] == []
        assert "decision" not in told["GRC"]["body"]


class TestFilters:
    @pytest.mark.parametrize(
        ("of", "places"),
        [
            ("{}", {"ITA", "ESP", "TUR"}),
            ("{parties: [Italy]}", {"ITA"}),
            ("{parties: [TUR]}", {"TUR"}),
            ("{tasks: contribute_police}", {"ESP"}),
            ("{matters: gsf_haiti}", {"ESP"}),
            ("{parties: [ESP], tasks: contribute_troops}", set()),
            ("{conditions: ceasefire}", {"ITA"}),
        ],
    )
    def test_of(self, house, of, places):
        teller = house.rules(DOWN.replace("when: moves_down", f"when: first_position, of: {of}"))
        teller.tell()
        house.say("r1", "ITA", "offered", "2026-01-10", conditions=("ceasefire",))
        house.say("r2", "ESP", "offered", "2026-01-10", task="contribute_police", matter="gsf_haiti")
        house.say("r3", "ISR", "opposes", "2026-01-10", performer="TUR")
        teller.tell()
        assert {x["place"].split(".")[1 if "ISR" in x["place"] else 0] for x in house.lines()} == places


class TestSince:
    def test_it_tells_earlier_changes_and_what_was_told_not_again(self, house):
        house.say("r1", "ITA", "offered", "2026-01-10")
        house.say("r2", "ITA", "refused", "2026-02-10")
        house.say("r3", "ESP", "offered", "2026-02-11")
        teller = house.rules(ALL)
        told = teller.tell(since=date(2026, 1, 31))
        assert not told.baseline
        assert [(x["place"][:3], x["events"][0]) for x in house.lines()] == [
            ("ESP", "first_position"),
            ("ITA", "stance_changed"),
        ]
        for day in (date(2026, 1, 31), date(2026, 1, 15), date(2026, 2, 1)):
            assert teller.tell(since=day).letters == ()
        # A second report of the same refusal gives another best passage, and is no news.
        house.say("r4", "ITA", "refused", "2026-03-01", outlet="The Herald")
        assert teller.tell().letters == ()
        assert teller.tell(since=date(2026, 1, 31)).letters == ()
        house.say("r5", "ITA", "offered", "2026-03-20")
        assert len(teller.tell(since=date(2026, 1, 31)).letters) == 1


class TestWithoutSending:
    def test_it_shows_what_would_be_told_and_notes_nothing(self, house):
        house.say("r1", "ITA", "offered", "2026-01-10")
        teller = house.rules(DOWN)
        assert teller.tell(send=False).baseline
        assert teller.tell(send=False).baseline, "nothing was noted"
        teller.tell()
        house.say("r2", "ITA", "refused", "2026-02-10")
        before = list(house.ledger.dump(clock=True))
        for _ in range(2):
            assert [x["events"] for x in teller.tell(send=False).letters] == [["moves_down"]]
        assert list(house.ledger.dump(clock=True)) == before
        assert house.lines() == []
        assert len(teller.tell().letters) == 1


class TestTheFile:
    def test_a_new_rule_and_a_new_target_begin_where_the_file_is(self, house):
        house.say("r1", "ITA", "offered", "2026-01-10")
        house.rules(DOWN).tell()
        house.say("r2", "ITA", "refused", "2026-02-10", conditions=("ceasefire",))
        more = DOWN.replace("log: {file: told.jsonl}", "log: {file: told.jsonl}, two: {file: two.jsonl}")
        more = more.replace("to: log}]", "to: [log, two]}, {name: terms, when: condition_added, to: two}]")
        assert not house.rules(more).tell().baseline
        assert [x["rule"] for x in house.lines()] == ["down"]
        assert [x["rule"] for x in house.lines("two.jsonl")] == ["down", "terms"]
        assert house.lines("two.jsonl")[0]["id"] == house.lines()[0]["id"], "one message to two targets has one id"

    def test_two_files_over_one_ledger_tell_each_for_itself(self, house):
        house.say("r1", "ITA", "offered", "2026-01-10")
        one = house.rules(f"name: one\n{DOWN}")
        one.tell()
        house.say("r2", "ITA", "refused", "2026-02-10")
        other = house.rules(f"name: two\n{DOWN.replace('told.jsonl', 'two.jsonl')}")
        assert other.tell().baseline
        assert house.rules(f"name: one\n{DOWN}").tell().letters
        house.say("r3", "ITA", "offered", "2026-03-10")
        house.say("r4", "ITA", "withdrawn", "2026-03-12")
        assert (len(house.lines()), len(house.lines("two.jsonl"))) == (1, 0)

    def test_it_is_read_again_in_each_pass(self, house):
        house.say("r1", "ITA", "offered", "2026-01-10")
        teller = house.rules(DOWN)
        teller.tell()
        (house.place / "rules.yaml").write_text("targets: {log: 1}")
        with pytest.raises(RulesInvalid):
            teller.tell()
        (house.place / "rules.yaml").write_text(DOWN.replace("moves_down", "first_position"))
        house.say("r2", "ESP", "offered", "2026-01-10")
        teller.tell()
        assert [x["place"][:3] for x in house.lines()] == ["ESP"]


class TestTheTurn:
    def test_one_process_tells_at_a_time(self, house):
        teller = house.rules(DOWN)
        inside, leave, seen = threading.Event(), threading.Event(), []

        def other():
            with house.ledger.outbox.turn() as mine:
                seen.append(mine)
                inside.set()
                leave.wait(30)

        thread = threading.Thread(target=other)
        thread.start()
        assert inside.wait(30)
        told = teller.tell()
        leave.set()
        thread.join()
        assert seen == [True]
        assert told.busy
        assert not told.baseline
        assert teller.tell().baseline
        assert [x.name for x in house.place.iterdir() if "telling" in x.name] == [], "nothing of the turn is left"

    def test_a_ledger_that_cannot_be_written_tells_nothing(self, house, tmp_path):
        house.say("r1", "ITA", "offered", "2026-01-10")
        copying.backup(house.ledger, tmp_path / "still.db")
        (tmp_path / "still.db").chmod(0o444)
        house.rules(DOWN)
        with Ledger.open(tmp_path / "still.db", clock=house.clock, create=False) as still:
            teller = Teller(still, Settings(ledger="x", clock=house.clock), house.place / "rules.yaml")
            assert teller.tell(send=False).baseline
            if still.read_only:  # root may write anything
                with pytest.raises(LedgerError):
                    teller.tell()


def test_what_was_known_of_a_pass_that_came_to_nothing_new_is_not_read_again(house, monkeypatch):
    house.say("r1", "ITA", "offered", "2026-01-10")
    teller = house.rules(DOWN)
    teller.tell()
    asked = []
    monkeypatch.setattr(services, "answer_of", lambda *a, **k: asked.append(1))
    assert teller.tell().letters == ()
    assert asked == []


def test_others_add_while_it_looks(house, monkeypatch):
    """What comes in meanwhile is told the next time, and nothing is told twice or lost."""
    house.say("r1", "ITA", "offered", "2026-01-10")
    teller = house.rules(DOWN)
    teller.tell()
    house.say("r2", "ITA", "refused", "2026-02-10")
    real, added = services.answer_of, []

    def slow(*args, **more):
        made = real(*args, **more)
        if not added:
            added.append(house.say("r3", "ESP", "offered", "2026-02-10"))
        return made

    monkeypatch.setattr(services, "answer_of", slow)
    teller.tell()
    house.say("r4", "ESP", "refused", "2026-02-20")
    teller.tell()
    assert [x["place"][:3] for x in house.lines()] == ["ITA", "ESP"]
