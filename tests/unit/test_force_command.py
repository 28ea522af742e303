"""`onrecord force`: lines with ids, one record, switches, and what cannot be computed on."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from onrecord import cli

STORY = """
matter: isf_gaza
conditions:
  truce: {kind: ceasefire, label: A truce that holds}
scenarios:
  now: {}
  truce_holds: {truce: met}
force: {strength: {required: 900}, tasks: {contribute_police: 900, disarm: null}}
"""


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.yaml"
    path.write_text(STORY, encoding="utf-8")
    return path


@pytest.fixture
def force(filled, story):
    def run(*args):
        return CliRunner().invoke(cli.main, ["force", "--ledger", str(filled.ledger), *map(str, args)])

    return run


def test_lines_lead_to_records(force, story, filled):
    said = force("--story", story)
    assert said.exit_code == 0, said.output
    assert "Required:\n  900 (the story)" in said.stdout
    police = said.stdout.partition("gaps first:")[2].splitlines()[2]
    assert police.split()[:4] == ["contribute", "police", "nobody", "Italy"]
    shown = CliRunner().invoke(cli.main, ["show", police.split()[-1], "--ledger", str(filled.ledger)])
    assert "refused" in shown.stdout
    assert "Earlier forces beside it:" in said.stdout
    named = force(story)
    assert named.stdout == said.stdout


def test_one_record_and_a_switch(force, story):
    told = json.loads(force("--story", story, "--json", "--set", "truce=0.4", "--scenario", "truce_holds").stdout)
    assert told["scenario"] == "truce_holds"
    assert [c["chance"] for c in told["conditions"] if c["id"] == "truce"] == [0.4]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--scenario", "trice_holds"), "did you mean 'truce_holds'"),
        (("--set", "truze=met"), "there is no condition 'truze'"),
        (("--set", "truce=perhaps"), "'truce=perhaps' sets no condition"),
        (("--set", "truce=1.5"), "'truce=1.5' sets no condition"),
        (("--set", "truce"), "write NAME=met"),
    ],
)
def test_what_cannot_be_set_is_named(force, story, args, said):
    found = force("--story", story, *args)
    assert found.exit_code == 1
    assert said in found.stderr
    assert found.stdout == ""


def test_a_cycle_is_named_with_its_line(force, tmp_path):
    path = tmp_path / "circle.yaml"
    path.write_text("matter: isf_gaza\nforce:\n  waits_for:\n    ITA: [AZE]\n    AZE: [ITA]\n")
    found = force("--story", path)
    assert (found.exit_code, found.stdout) == (1, "")
    assert "circle.yaml, line 5, force.waits_for.AZE: AZE waits for ITA waits for AZE" in found.stderr


def test_no_force_at_all(force):
    found = force()
    assert found.exit_code == 1
    assert "neither the story nor the reports tell of a force" in found.stderr


def test_two_stories_are_one_too_many(force, story):
    assert force(story, "--story", story).exit_code == 2
