"""The example stories hold together: every gold line rests on a report of its folder, word for word.

The texts are read here with the standard library and trafilatura alone, so that the examples are checked
without the program that they are to check.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import trafilatura
import yaml

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
COUNTS = {"gaza-isf": 36, "haiti-gsf": 14}
MATTERS = {"gaza-isf": "isf_gaza", "haiti-gsf": "gsf_haiti"}
COPIES = {frozenset({"levant-wire-three-names", "vmp-2025-10-23-04"})}

# The contract's vocabulary, written out here so that a slip in the program's own data cannot excuse one
# in the gold.
STANCES = set(
    re.findall(
        r"\w+",
        """
    deployed deploying agreed pledged offered requests supports in_talks interested considering named
    undecided no_comment refused denied suspended withdrawn opposes
""",
    )
)
TASKS = set(
    re.findall(
        r"\w+",
        """
    contribute_troops contribute_police contribute_support contribute_observers staff_headquarters
    lead_force disarm enforce_peace secure_area train_police train_forces monitor_ceasefire
    protect_civilians deliver_aid reconstruct govern fund supply_equipment host mediate oversee authorise
    guarantee_security withdraw_forces cease_fire release_captives recognise join_board other
""",
    )
)
CONDITIONS = set(
    re.findall(
        r"\w+",
        """
    ceasefire mandate approval consent clarity role_limit location_limit command security_guarantee
    political_settlement timing other
""",
    )
)
STATES = {"settled", "contested", "stale", "unknown"}
CONFLICTS = {"contradiction", "reversal", "overtaken", "circular", "figure", "attribution"}
ACTOR = re.compile(r"[A-Z]{3}|(group:)?[a-z0-9_]+")

Line = dict[str, Any]
both = pytest.mark.parametrize("story", sorted(COUNTS))


def lines(path: Path) -> list[Line]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


@cache
def texts(story: str) -> dict[str, str]:
    """Report id -> the text that evidence must be found in."""
    found: dict[str, str] = {}
    for path in sorted((EXAMPLES / story / "reports").iterdir()):
        if path.suffix == ".jsonl":
            found.update({str(one["id"]): str(one["text"]) for one in lines(path)})
        elif path.suffix == ".html":
            text = trafilatura.extract(path.read_bytes(), include_comments=False, include_tables=False)
            assert text, f"{path.name}: no main text found"
            found[path.stem] = text
        else:
            found[path.stem] = path.read_text(encoding="utf-8")
    return found


def gold(story: str, name: str) -> list[Line]:
    return lines(EXAMPLES / story / f"gold.{name}.jsonl")


def flat(text: str) -> str:
    return " ".join(text.split())


@both
def test_number_of_reports(story: str) -> None:
    assert len(texts(story)) == COUNTS[story]
    assert sorted(one["id"] for one in gold(story, "reports")) == sorted(texts(story))


@both
def test_lengths(story: str) -> None:
    for report, text in texts(story).items():
        assert 90 <= len(text.split()) <= 420, report


def test_no_two_reports_are_the_same_but_the_intended_copy() -> None:
    every = {report: flat(text) for story in COUNTS for report, text in texts(story).items()}
    assert len(every) == sum(COUNTS.values())
    # A page may bring its title along and a line may not: the copy is of the body, so containment counts.
    same = {
        frozenset({one, other})
        for one in every
        for other in every
        if one != other and every[one] in every[other]
    }
    assert same == COPIES
    declared = {
        frozenset({one["id"], one["same_text_as"]})
        for story in COUNTS
        for one in gold(story, "reports")
        if one["same_text_as"]
    }
    assert declared == COPIES


@both
def test_published(story: str) -> None:
    for one in gold(story, "reports"):
        day = one["published"]
        if isinstance(day, dict):
            assert date.fromisoformat(day["earliest"]) <= date.fromisoformat(day["latest"]), one["id"]
        else:
            date.fromisoformat(day)


@both
def test_positions_rest_on_their_reports(story: str) -> None:
    for one in gold(story, "positions"):
        text = texts(story)[one["report"]]
        assert one["evidence"], one
        spans = [one["evidence"], *(c["text"] for c in one["conditions"])]
        spans += [one["quantity"]["text"]] if one["quantity"] else []
        spans += [one["object"]] if one["object"] else []
        for span in spans:
            assert span in text, (one["report"], span)


@both
def test_positions_speak_the_contract(story: str) -> None:
    outlets = {one["id"]: one["outlet"] for one in gold(story, "reports")}
    for one in gold(story, "positions"):
        where = (one["report"], one["holder"], one["task"])
        assert one["stance"] in STANCES, where
        assert {one["task"], *one.get("task_accept", [])} <= TASKS, where
        assert {c["kind"] for c in one["conditions"]} <= CONDITIONS, where
        assert ACTOR.fullmatch(one["holder"]), where
        assert ACTOR.fullmatch(one["performer"]), where
        assert one["matter"] in {*MATTERS.values(), None}, where
        assert isinstance(one["self_declared"], bool), where
        if one["said_on"]:
            date.fromisoformat(one["said_on"])
        if one["quantity"]:
            low, high = one["quantity"]["low"], one["quantity"]["high"]
            assert low is None or high is None or low <= high, where
        if outlets[one["report"]]:
            assert one["chain"][-1] == outlets[one["report"]], where


@both
def test_positions_have_their_own_line_each(story: str) -> None:
    keys = Counter(
        (one["report"], one["holder"], one["performer"], one["task"], one["matter"], one["stance"])
        for one in gold(story, "positions")
    )
    assert [key for key, number in keys.items() if number > 1] == []


@both
def test_standings(story: str) -> None:
    known = {
        (one["holder"], one["performer"], one["task"], one["matter"]) for one in gold(story, "positions")
    }
    standings = gold(story, "standings")
    days: dict[tuple[str, str, str, str], set[str]] = {}
    for one in standings:
        key = (one["holder"], one["performer"], one["task"], one["matter"])
        assert key in known, key
        assert one["as_of"] not in days.setdefault(key, set()), key
        days[key].add(date.fromisoformat(one["as_of"]).isoformat())
        assert one["state"] in STATES, key
        assert {one["stance"], *one.get("stance_accept", [])} <= STANCES | {None}, key
        assert (one["stance"] is None) <= (one["state"] == "unknown"), key
        assert {*one["conditions"], *one.get("conditions_accept", [])} <= CONDITIONS, key
        assert one["why"], key
    assert sum(len(found) == 5 for found in days.values()) == 10
    assert all("2026-03-31" in found for found in days.values())
    required = {
        (one["holder"], one["performer"], one["task"], one["matter"])
        for one in gold(story, "positions")
        if not one.get("optional")
    }
    assert required - set(days) == {(h, p, t, m) for h, p, t, m in required if m is None}, (
        "a required position has no standing"
    )


@both
def test_conflicts(story: str) -> None:
    positions = gold(story, "positions")
    found = gold(story, "conflicts")
    for one in found:
        assert one["kind"] in CONFLICTS
        assert one["why"].endswith(".")
        assert set(one["reports"]) <= set(texts(story))
        # A conflict is about a stance that at least one of its reports tells of.
        assert any(
            p["report"] in one["reports"]
            and (p["holder"], p["performer"]) == (one["holder"], one["performer"])
            for p in positions
        ), one
    kinds = {one["kind"] for one in found if not one.get("optional")}
    assert kinds >= {"contradiction", "reversal", "overtaken", "figure"}


def test_gaza_holds_what_it_promises() -> None:
    positions = gold("gaza-isf", "positions")
    conflicts = gold("gaza-isf", "conflicts")
    assert {one["kind"] for one in conflicts} == CONFLICTS
    circle = next(one for one in conflicts if one["kind"] == "circular")
    assert len(circle["reports"]) == 5
    assert any(len(one["chain"]) >= 4 for one in positions), "no chain three deep before the outlet"
    assert "quartermasters-notebook-bread" not in {one["report"] for one in positions}
    assert {"denied", "withdrawn", "suspended", "opposes", "named"} <= {one["stance"] for one in positions}
    page = EXAMPLES / "gaza-isf" / "reports" / "eco-adriatico-carabinieri.html"
    with pytest.raises(UnicodeDecodeError):
        page.read_bytes().decode("utf-8")
    assert "Niccolò" in page.read_bytes().decode("windows-1252")


def test_one_state_answers_differently_for_each_force() -> None:
    told = [one for one in gold("haiti-gsf", "positions") if one["report"] == "harbour-daily-two-forces"]
    bangladesh = {one["matter"]: one["stance"] for one in told if one["holder"] == "BGD"}
    assert bangladesh == {"gsf_haiti": "offered", "isf_gaza": "refused"}


@both
def test_story_file(story: str) -> None:
    told = yaml.safe_load((EXAMPLES / story / "story.yaml").read_text(encoding="utf-8"))
    assert told["id"] == story
    assert told["matter"] == MATTERS[story]
    assert set(told["undertakings"]) <= TASKS
    force = told["force"]
    assert sum(force["strength"]["components"].values()) == force["strength"]["required"]
    assert set(force["tasks"]) <= set(told["undertakings"])
    reports = set(texts(story))
    body = "\n".join(flat(text) for text in texts(story).values())
    sources = [*force["sources"].values(), *(c["source"] for c in told["conditions"].values())]
    for source in sources:
        assert set(source) <= {"report", "also", "document", "assumption"}
        named = {source["report"], *source.get("also", [])} if "report" in source else set()
        assert named <= reports
    for name, condition in told["conditions"].items():
        assert condition["kind"] in CONDITIONS, name
        assert condition["state"] in {"met", "not_met", "unknown"}, name
        assert any(words in body for words in condition["words"]), name
    for name, settings in told["scenarios"].items():
        for key, value in settings.items():
            assert key in told["conditions"] or key in CONDITIONS, (name, key)
            assert value in {"met", "not_met"} or 0 <= float(value) <= 1, (name, key)


@both
def test_readme_says_that_it_is_invented_and_lists_every_report(story: str) -> None:
    readme = (EXAMPLES / story / "README.md").read_text(encoding="utf-8")
    assert "invented for demonstration" in readme
    for report in texts(story):
        assert f"`{report}`" in readme, report
    for one in gold(story, "reports"):
        outlet = (one["outlet"] or "").replace("’", "'").removeprefix("The ")
        assert outlet.startswith("Ministry of") or outlet in flat(readme), outlet
