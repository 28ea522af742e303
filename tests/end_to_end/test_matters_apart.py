"""Several stories in one ledger come out apart: no standing mixes two matters."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GOLD = {"gaza-isf": "isf_gaza", "haiti-gsf": "gsf_haiti"}
BOTH = "harbour-daily-two-forces"


def test_every_standing_rests_on_one_matter(together, lines):
    matters = {p["id"]: p["matter"] for p in lines(together / "positions.jsonl")}
    standings = lines(together / "standings.jsonl")
    assert {s["matter"] for s in standings} >= {"isf_gaza", "gsf_haiti"}
    for one in standings:
        rested = {
            matters[p]
            for p in (*one["supporting"], *one["opposing"], *(r["position"] for r in one["reasons"]))
        }
        assert rested == {one["matter"]}, one["id"]


def test_no_undertaking_stands_twice(together, lines):
    ids = [s["id"] for s in lines(together / "standings.jsonl")]
    assert len(ids) == len(set(ids))


def test_reports_of_one_story_take_no_side_in_the_other(together, lines):
    story = {
        r["id"]: GOLD[name] for name in GOLD for r in lines(ROOT / "examples" / name / "gold.reports.jsonl")
    }
    named = defaultdict(set)
    for name in GOLD:
        for p in lines(ROOT / "examples" / name / "gold.positions.jsonl"):
            named[p["report"]].add(p["matter"])
    wrong = []
    for p in lines(together / "positions.jsonl"):
        if p["report"] in story and p["matter"] in set(GOLD.values()):
            allowed = {story[p["report"]], *named[p["report"]]}
            if p["matter"] not in allowed:
                wrong.append((p["report"], p["holder"], p["matter"]))
    assert wrong == []


def test_one_party_answers_differently_for_each_force(together, lines):
    told = [p for p in lines(together / "positions.jsonl") if p["report"] == BOTH and p["holder"] == "BGD"]
    assert {p["matter"] for p in told if p["task"] == "contribute_troops"} <= {"gsf_haiti", "isf_gaza"}
    standings = lines(together / "standings.jsonl")
    bangladesh = {s["matter"] for s in standings if s["holder"] == "BGD" and s["performer"] == "BGD"}
    assert {"gsf_haiti", "isf_gaza"} <= bangladesh


def test_short_reports_join_their_own_force(together, lines):
    told = {(p["report"], p["holder"], p["task"]): p for p in lines(together / "positions.jsonl")}
    assert told["sahel", "SEN", "contribute_police"]["matter"] == "gsf_haiti"
    refusal = told["caspian", "AZE", "contribute_troops"]
    assert (refusal["matter"], refusal["stance"]) == ("isf_gaza", "refused")
    assert [c["kind"] for c in refusal["conditions"]] == ["ceasefire"]
    assert told["channel", "ITA", "contribute_troops"]["matter"] not in {"isf_gaza", "gsf_haiti"}
