"""From two reports to three lines: the size of a force, who would do what it is for, what would unlock more.

The reports here are of our own writing. The two articles that the project began with are not part of it; where they
lie beside the checkout, in ``../shared/seeds``, they are read as well.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"

REPORTS = {
    "offer.txt": """The Harbour Daily, 22 October 2025

Norway has volunteered soldiers for the stabilisation force in Gaza, two American officials told The Courier. Kenya and
Ghana are named as possible contributors as well. The plan says that the force will not include any American troops.
Soldiers from Jordan are already stationed at the coordination centre in the south.
""",
    "refusal.txt": """The Fjord Gazette, 12 January 2026

Norway will not send soldiers to the stabilisation force in Gaza unless the fighting there stops completely, its
foreign ministry said on Monday. Norway has also refused to disarm Hamas as long as there is no complete ceasefire, the
ministry said.

Diplomats have spoken for months of a force estimated at up to 20,000 personnel. Hamas rejects the disarming of its
fighters by foreign forces.
""",
}
STORY = """
matter: isf_gaza
title: A force for Gaza
undertakings:
  contribute_troops: Soldiers for the force
  disarm: Disarming Hamas
conditions:
  complete_ceasefire: {kind: ceasefire, label: A complete ceasefire}
"""
NAMED = STORY + "force: {strength: {required: 20000}}\n"


@pytest.fixture(scope="module")
def own(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def strength(onrecord, reports: Path, out: Path, story: str) -> tuple[list[str], str]:
    """The three lines of the section of strength, and the page."""
    out.mkdir()
    path = out / "story.yaml"
    path.write_text(story, encoding="utf-8")
    said = onrecord("brief", reports, "--story", path, "--out", out / "brief", "--rules-only")
    assert said.status == 0, said.err
    text = (out / "brief" / "brief.md").read_text(encoding="utf-8")
    section = text.partition("## What it adds up to")[2].partition("\nRequired:")[0]
    lines = [" ".join(x.split()) for x in re.split(r"^- ", section, flags=re.M) if x.strip()]
    return lines, (out / "brief" / "brief.html").read_text(encoding="utf-8")


def holds(lines: list[str], refusing: str) -> None:
    size, gap, key = lines
    assert re.match(r"Required: (up to )?20,000[,;]", size)
    assert re.match(r"Nobody is on record for: disarming Hamas\b", gap)
    assert refusing in gap
    assert re.match(rf"Both refusals with a condition share “A complete ceasefire” \({refusing}\)\. It is what", key)
    assert re.search(r"It is what unlocks most: \+\d+ expected", key)
    assert all(re.search(r"\[\d+\]$", x) for x in lines)  # each leads to passages


@pytest.mark.parametrize("story", [NAMED, STORY], ids=["named", "found"])
def test_two_reports_of_our_own_in_three_lines(onrecord, own, tmp_path, story):
    lines, page = strength(onrecord, own, tmp_path / "out", story)
    holds(lines, "Norway")
    found = "force:" not in story
    assert ("as the reports tell it" in lines[0]) is found
    assert ("found in the reports" in page) is found
    assert (tmp_path / "out" / "brief" / "force.json").exists() is not found
    assert 'class="strength-chart"' in page
    assert 'class="unlock-chart"' in page
    # Norway offered on one day and refused on another: what was expected moved, told as a picture and as a table.
    assert 'class="strength-line"' in page
    assert '<th scope="row">12 Jan 2026</th>' in page
    assert "Whose leaving would hurt most" in page
    assert "Earlier forces beside it" in page


@pytest.mark.parametrize("story", [NAMED, STORY], ids=["named", "found"])
@pytest.mark.skipif(not SEEDS.is_dir(), reason="the two articles do not lie beside the checkout")
def test_the_two_articles_in_three_lines(onrecord, tmp_path, story):
    lines, _ = strength(onrecord, SEEDS, tmp_path / "out", story)
    holds(lines, "Azerbaijan")


def test_the_states_of_conditions_stand_in_the_records_and_in_the_explanation(onrecord, own, tmp_path):
    _, page = strength(onrecord, own, tmp_path / "out", NAMED)
    rows = (tmp_path / "out" / "brief" / "standings.jsonl").read_text(encoding="utf-8").splitlines()
    told = {(r["holder"], r["task"]): r["conditions"] for r in map(json.loads, rows)}
    (condition,) = told["NOR", "contribute_troops"]
    assert (condition["followed"], condition["state"]) == ("isf_gaza.complete_ceasefire", "not_met")
    assert "not met</strong>" in page
    asked = onrecord(
        "explain", "Norway", "contribute_troops", "--ledger", tmp_path / "out" / "brief" / "ledger.db",
        "--story", tmp_path / "out" / "story.yaml",
    )  # fmt: skip
    assert "It hangs on A complete ceasefire: not met." in asked.out


def test_the_command_tells_the_same(onrecord, own, tmp_path):
    strength(onrecord, own, tmp_path / "out", NAMED)
    ledger, story = tmp_path / "out" / "brief" / "ledger.db", tmp_path / "out" / "story.yaml"
    now = onrecord("force", story, "--ledger", ledger, "--json").records[0]
    met = onrecord("force", story, "--ledger", ledger, "--json", "--set", "complete_ceasefire=met").records[0]
    gain = next(u for u in now["unlock"] if u["conditions"] == ["complete_ceasefire"])["gain"]
    assert met["scenarios"][0]["expected"] - now["scenarios"][0]["expected"] == pytest.approx(gain, abs=1)
    shown = now["scenarios"][0]["made_of"][0]["positions"][0]
    assert "Norway" in onrecord("show", shown, "--ledger", ledger).out
