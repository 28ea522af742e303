"""What people ask at a terminal, over a small ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from onrecord import asking, services, showing
from onrecord.asking import Asked
from onrecord.errors import UnknownName


@pytest.fixture
def ledger(filled):
    with services.open_ledger(filled, create=False) as opened:
        yield opened


@pytest.fixture
def answer(ledger, filled):
    return services.answer(ledger, filled)


class TestNames:
    @pytest.mark.parametrize("name", ["AZE", "aze", "Azerbaijan", "azerbaijan"])
    def test_id_or_name(self, name):
        assert Asked.of(holder=name).holder == "AZE"

    def test_ids_that_only_reports_know(self):
        assert Asked.of(holder="group:26_countries", performer="australia_opposition") == Asked(
            "group:26_countries", "australia_opposition"
        )

    @pytest.mark.parametrize(
        ("given", "near"),
        [({"holder": "Azerbaidjan"}, "Azerbaijan"), ({"task": "disarmm"}, "disarm")],
    )
    def test_the_nearest_is_named(self, given, near):
        with pytest.raises(UnknownName, match=f"did you mean '{near}'"):
            Asked.of(**given)

    def test_a_name_like_none(self):
        with pytest.raises(UnknownName, match=r"vocabulary\.md"):
            Asked.of(task="zzzzqqqq")


    def test_a_task_that_only_the_record_knows(self, answer):
        standing = answer.reconciliation.standings
        found = [replace(standing[0], task="plant_trees"), *standing[1:]]
        assert Asked.of(task="plant_trees", among=found).task == "plant_trees"
        with pytest.raises(UnknownName, match="did you mean 'plant_trees'"):
            Asked.of(task="plant_tree", among=found)
        with pytest.raises(UnknownName):
            Asked.of(task="plant_trees", among=standing)


class TestRows:
    def test_standings(self, answer):
        assert [r["holder"] for r in asking.standings(answer, Asked())] == ["AZE", "ITA"]
        assert [r["holder"] for r in asking.standings(answer, Asked.of(holder="Italy"))] == ["ITA"]
        assert asking.standings(answer, Asked.of(task="disarm")) == []
        assert len(asking.standings(answer, Asked(), matter="isf_gaza")) == 2

    def test_positions_and_statements(self, ledger):
        assert len(asking.positions(ledger, Asked())) == 3
        assert [r["stance"] for r in asking.positions(ledger, Asked.of(holder="ITA"))] == [
            "offered",
            "refused",
        ]
        (one,) = asking.positions(ledger, Asked(), report="2025-12-05-second")
        assert one["holder"] == "AZE"
        assert [r["report"] for r in asking.statements(ledger, report="2025-12-05-second")] == [
            "2025-12-05-second"
        ]
        assert len(asking.statements(ledger)) == 3

    def test_unknown_matter_and_report(self, answer, ledger):
        with pytest.raises(UnknownName, match="did you mean 'isf_gaza'"):
            asking.standings(answer, Asked(), matter="isf_gasa")
        with pytest.raises(UnknownName, match="did you mean '2025-12-05-second'"):
            asking.positions(ledger, Asked(), report="2025-12-05-secund")

    def test_timeline_runs_forward(self, answer):
        rows = asking.timeline(answer, Asked())
        assert [r["when"] for r in rows] == ["2025-11-03", "2025-12-05", "2026-02-10"]
        assert all(r["inferred"] for r in rows), "the day of publishing stands in for the day of the saying"
        assert [r["stance"] for r in asking.timeline(answer, Asked(holder="ITA"))] == ["offered", "refused"]

    def test_changed(self, ledger, filled):
        (one,) = asking.changed(ledger, filled, date(2025, 12, 31), date(2026, 2, 28))
        assert (one["holder"], one["kind"]) == ("ITA", "stance")
        assert one["from"].startswith("offered")
        assert one["to"].startswith("refused")
        assert asking.changed(ledger, filled, date(2026, 2, 27), date(2026, 2, 28)) == []


class TestExplaining:
    def test_a_standing(self, answer):
        told = asking.explanation(answer, Asked.of(holder="Italy", task="contribute_police"))
        said = "\n".join(asking.explanation_lines(told))
        assert "Italy" in said
        assert "refused" in said
        assert "What would change it:" in said
        record = asking.explanation_record(told)
        assert record["standing"] == "ITA.contribute_police.isf_gaza"
        assert set(record["weights"]) == {p.id for p in answer.positions if p.holder == "ITA"}

    def test_nothing_on_record(self, answer):
        told = asking.explanation(answer, Asked.of(holder="France", task="disarm"))
        assert told.standing is None
        assert asking.explanation_record(told)["standing"] is None

    def test_half_a_question(self, answer):
        with pytest.raises(UnknownName, match="a holder and a task"):
            asking.explanation(answer, Asked.of(holder="Italy"))


class TestShowing:
    def test_a_position_in_context(self, ledger):
        noun = next(p for p in ledger.positions() if p.holder == "AZE")
        said = "\n".join(showing.shown(ledger, noun))
        assert "Azerbaijan: refused — contribute_troops  [isf_gaza]" in said
        assert "»AZE refused contribute_troops for isf_gaza.«" in said
        assert "on Friday evening." in said

    def test_a_statement(self, ledger):
        said = "\n".join(showing.shown(ledger, ledger.statements()[0]))
        assert "source: ITA (state), Italy" in said
        assert "»ITA offered" in said

    def test_a_report(self, ledger):
        said = showing.shown(ledger, ledger.reports()[0])
        assert "2025-11-03" in said[0]
        assert said[-1] == ledger.reports()[0].text

    def test_records(self, ledger):
        from onrecord.model import Issue

        assert showing.record_of(ledger.positions()[0])["stance"] == "offered"
        assert showing.record_of(ledger.statements()[0])["form"] == "indirect"
        assert showing.record_of(ledger.reports()[0])["id"] == "2025-11-03-first"
        assert showing.record_of(Issue("report-empty", "a.txt", "empty"))["where"] == "a.txt"
        assert "code: report-empty" in showing.shown(ledger, Issue("report-empty", "a.txt", "empty"))
        with pytest.raises(UnknownName):
            showing.record_of("a word")
