"""Matters of another kind: tasks of the story's own, and tasks that are found in the reports and named."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from onrecord import publishing
from onrecord.errors import StoryInvalid
from onrecord.settings import Settings

COAL = """
matter: coal_exit
title: Who gives up coal
names: [coal exit, coal summit]
undertakings:
  phase_out_coal:
    label: Phase out coal
    words: [phase out coal, stop burning coal]
  cut_emissions:
    label: Cut emissions
    words: [cut emissions, reduce emissions]
  fund: Pay for it
"""
COAL_REPORTS = {
    "a": "Published: 2025-11-10\n\nAt the coal summit, Poland agreed to phase out coal if the European Union pays "
    "for it, its climate minister said. India refused to phase out its coal plants.",
    "b": "Published: 2025-11-12\n\nGermany has pledged to cut emissions by 65 per cent, its government told the coal "
    "summit. Norway will not stop burning coal on Svalbard this year, its energy minister said.",
    "c": "Published: 2025-12-01\n\nIndia is ready to phase out coal, its prime minister said after the coal summit.",
}
ARMS = """
matter: patriots_ukraine
title: Who hands over Patriots
names: [Patriot]
undertakings:
  transfer_patriots:
    label: Hand over Patriot batteries
    words: [transfer Patriot batteries, send Patriot systems, deliver Patriot batteries]
"""
ARMS_REPORTS = {
    "a": "Published: 2025-04-10\n\nGreece refused to transfer its Patriot batteries to Ukraine, its premier said.",
    "b": "Published: 2025-04-12\n\nSpain is ready to send two Patriot systems to Kyiv if its allies replace them, its "
    "defence minister said. Romania agreed to deliver a Patriot battery.",
}
FOUND_REPORTS = {
    "a": "Published: 2025-11-10\n\nBrazil promised to plant two billion trees, its environment minister said.",
    "b": "Published: 2025-11-12\n\nNorway pledged to plant a billion trees in the Amazon. Peru refused to plant trees "
    "on the coast, its minister said.",
    "c": "Published: 2025-11-14\n\nChile agreed to extradite the mayor. Brazil is ready to plant trees, it said.",
}


@pytest.fixture
def brief(tmp_path):
    def run(reports, story=None):
        folder = tmp_path / "reports"
        folder.mkdir(exist_ok=True)
        for name, text in reports.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        settings = Settings(ledger=tmp_path / "ledger.db", rules_only=True)
        if story is not None:
            (tmp_path / "story.yaml").write_text(story, encoding="utf-8")
            settings = replace(settings, story=tmp_path / "story.yaml")
        made = publishing.brief([folder], tmp_path / "out", settings)
        rows = (tmp_path / "out" / "tasks.jsonl").read_text(encoding="utf-8").splitlines()
        page = made.page.read_text(encoding="utf-8")
        return made.answer, {x["task"]: x for x in map(json.loads, rows)}, page

    return run


def told(answer):
    return {(p.report, p.holder, p.task, p.stance) for p in answer.positions}


class TestStoriesOwnTasks:
    def test_a_climate_pledge(self, brief):
        answer, tasks, page = brief(COAL_REPORTS, COAL)
        assert {
            ("a", "POL", "phase_out_coal", "agreed"),
            ("a", "IND", "phase_out_coal", "refused"),
            ("b", "DEU", "cut_emissions", "pledged"),
            ("b", "NOR", "phase_out_coal", "refused"),
            ("c", "IND", "phase_out_coal", "offered"),
        } <= told(answer)
        (germany,) = [p for p in answer.positions if p.holder == "DEU"]
        assert (germany.quantity.high, germany.quantity.unit) == (65, "per cent")
        (poland,) = [p for p in answer.positions if p.holder == "POL"]
        assert "if the European Union pays for it" in [c.span.text for c in poland.conditions]
        assert {p.matter for p in answer.positions} == {"coal_exit"}
        india = next(s for s in answer.reconciliation.standings if s.holder == "IND" and s.task == "phase_out_coal")
        assert india.stance == "offered"
        assert [c.holder for c in answer.reconciliation.conflicts if c.task == "phase_out_coal"] == ["IND"]
        assert (tasks["phase_out_coal"]["label"], tasks["phase_out_coal"]["from"]) == ("Phase out coal", "story")
        assert set(tasks) == {"phase_out_coal", "cut_emissions"}
        assert "Phase out coal" in page
        assert "Cut emissions" in page

    def test_an_arms_delivery(self, brief):
        answer, tasks, page = brief(ARMS_REPORTS, ARMS)
        assert told(answer) == {
            ("a", "GRC", "transfer_patriots", "refused"),
            ("b", "ESP", "transfer_patriots", "offered"),
            ("b", "ROU", "transfer_patriots", "agreed"),
        }
        spain = next(p for p in answer.positions if p.holder == "ESP")
        assert (spain.quantity.low, spain.quantity.high) == (2, 2)
        assert [c.span.text for c in spain.conditions] == ["if its allies replace them"]
        assert len(tasks["transfer_patriots"]["positions"]) == 3
        assert "Hand over Patriot batteries" in page

    def test_other_words_mean_reading_anew(self, brief, tmp_path):
        brief(ARMS_REPORTS, ARMS)
        answer, _, _ = brief(ARMS_REPORTS, ARMS.replace("transfer Patriot batteries, ", ""))
        assert "GRC" not in {p.holder for p in answer.positions if p.task == "transfer_patriots"}

    @pytest.mark.parametrize(
        ("undertakings", "said"),
        [
            ("{phase_out_coal: Phase out coal}", "phase_out_coal"),
            ("{phase_out_coal: {label: Phase out coal}}", "words"),
            ("{phase_out_coal: {words: [], colour: red}}", "colour"),
            ("{Phase-out: {words: [phase out coal]}}", "no name for a task"),
            ("{phase_out_coal: {words: {a: b}}}", "must be a list"),
        ],
    )
    def test_what_cannot_be_followed(self, brief, undertakings, said):
        with pytest.raises(StoryInvalid, match=said) as wrong:
            brief(ARMS_REPORTS, f"matter: x\nundertakings: {undertakings}\n")
        assert "line 2" in str(wrong.value)


class TestFoundTasks:
    def test_named_from_their_words_one_name_across_reports(self, brief):
        answer, tasks, page = brief(FOUND_REPORTS)
        assert told(answer) == {
            ("a", "BRA", "plant_tree", "pledged"),
            ("b", "NOR", "plant_tree", "pledged"),
            ("b", "PER", "plant_tree", "refused"),
            ("c", "BRA", "plant_tree", "offered"),
        }
        (row,) = tasks.values()
        assert (row["task"], row["label"], row["from"]) == ("plant_tree", "plant trees", "reports")
        assert row["reports"] == ["a", "b", "c"]
        assert {s.task for s in answer.reconciliation.standings} == {"plant_tree"}
        assert "plant trees" in page

    def test_one_mention_alone_is_a_turn_of_phrase(self, brief):
        answer, tasks, _ = brief({"a": FOUND_REPORTS["a"]})
        assert answer.positions == ()
        assert tasks == {}

    def test_a_force_has_its_tasks(self, brief):
        text = "Italy is ready to send troops to the Gaza force. Italy promised to plant {} trees, its minister said."
        answer, tasks, _ = brief({n: text.format(n) for n in ("two", "three")})
        assert {p.task for p in answer.positions} == {"contribute_troops"}
        assert tasks == {}
