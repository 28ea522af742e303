"""Story files: what stands in them, and that each fault is named with file, line and field."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from onrecord.errors import StoryInvalid
from onrecord.reading.story import Known, read_story
from onrecord.vocabulary import load

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture
def known():
    words = load()
    return Known(
        words.tasks.keys(), words.condition_kinds.keys(), words.actors.keys(),
        lambda word, among: words.suggest(word, among),
    )  # fmt: skip


@pytest.fixture
def story(tmp_path, known):
    def read(text):
        path = tmp_path / "story.yaml"
        path.write_text(text, encoding="utf-8")
        return read_story(path, known)

    return read


@pytest.mark.parametrize("name", ["gaza-isf", "haiti-gsf"])
def test_the_examples(name, known):
    told = read_story(EXAMPLES / name / "story.yaml", known)
    assert told.id == name
    assert told.force is not None
    assert told.force.requirement.low == told.force.requirement.high > 0
    assert told.force.requirement.source
    assert told.undertakings
    assert told.scenarios
    assert all(0 <= chance <= 1 for settings in told.scenarios.values() for chance in settings.values())


def test_the_least_that_a_story_needs(story, tmp_path):
    told = story("matter: some_force\n")
    assert (told.matter, told.names, told.force) == ("some_force", (), None)
    assert told.title == told.id == tmp_path.name


def test_everything(story):
    told = story(
        """
id: tale
matter: some_force
title: The tale
names: one name
undertakings: {contribute_troops: Soldiers}
conditions:
  quiet: {kind: ceasefire, label: The guns are silent, words: [ceasefire holds, quiet]}
  paper: {kind: mandate, named_by: [NOR], state: met, since: 2025-11-17, source: {report: wire-4, also: [wire-5]}}
scenarios:
  best: {quiet: met, paper: 0.5, approval: not_met}
outlets: {Agency North: b}
force:
  strength: {low: 1_000, high: "2,000", components: {troops: 900}}
  tasks: {contribute_troops: 900, fund: null}
  excluded: {USA: it said so}
  barred_by: {TUR: [ISR]}
  consulted: [EGY, "group:arab_states"]
  command: a general
  area: the coast
  waits_for: {NOR: [SWE], SWE: FIN}
  area_of_responsibility: {command: the northern command, parties: [NOR, SWE]}
as_of: 2026-03-31
"""
    )
    assert told.names == ("one name",)
    assert told.conditions[0].words == ("ceasefire holds", "quiet")
    assert told.conditions[1].label == "paper"
    assert told.scenarios == {"best": {"quiet": 1.0, "paper": 0.5, "approval": 0.0}}
    assert told.outlets == {"Agency North": "B"}
    force = told.force
    assert (force.requirement.low, force.requirement.high) == (1000, 2000)
    assert force.requirement.tasks == {"contribute_troops": 900, "fund": None}
    assert force.barred_by == {"TUR": ("ISR",)}
    assert force.consulted == ("EGY", "group:arab_states")
    assert force.waits_for == {"NOR": ("SWE",), "SWE": ("FIN",)}
    assert (force.responsibility_of, force.responsibility) == ("the northern command", ("NOR", "SWE"))
    paper = told.conditions[1]
    assert (paper.state, paper.since, paper.named_by, paper.source) == (
        "met",
        date(2025, 11, 17),
        ("NOR",),
        "wire-4",
    )
    assert told.as_of == date(2026, 3, 31)


def test_a_state_holds_from_its_day_on(story):
    told = story(
        "matter: x\nas_of: 2026-03-31\nconditions:\n"
        "  voted: {kind: mandate, state: met, since: 2025-11-17}\n"
        "  open: {kind: ceasefire, state: not_met}\n"
        "  done: {kind: consent, state: met}\n"
    )

    def states(day):
        return [(c.state, c.looking_back) for c in told.conditions_on(day)]

    assert states(date(2025, 11, 16)) == [(None, False), ("not_met", True), (None, False)]
    assert states(date(2025, 11, 17)) == [("met", False), ("not_met", True), (None, False)]
    assert states(date(2026, 3, 31)) == [("met", False), ("not_met", False), ("met", False)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", r"story\.yaml, story: the file is empty"),
        ("- a\n", r"line 1, story: must be a list of `name: value`"),
        ("matter: [a\n", r"line 2: this is no YAML"),
        ("title: x\n", r"matter: is missing"),
        ("matter: x\nmatter: y\n", r"line 2, story\.matter: stands there twice"),
        ("matter: x\nmattter: y\n", r"line 2, mattter: there is no such field"),
        ("matter: x\nundertakings: {contribute_troop: s}\n", r"did you mean 'contribute_troops'"),
        ("matter: x\nundertakings: [disarm]\n", r"line 2, undertakings: must be a list of `name: value`"),
        ("matter: x\nnames: {a: b}\n", r"names: must be a list"),
        ("matter: x\nconditions:\n  q: {label: y}\n", r"line 3, conditions\.q\.kind: is missing"),
        ("matter: x\nconditions:\n  q: {kind: mandat}\n", r"did you mean 'mandate'"),
        ("matter: x\nscenarios: {s: {nothing: met}}\n", r"neither a condition of this story"),
        ("matter: x\nscenarios: {s: {mandate: 2}}\n", r"2 is no chance"),
        ("matter: x\noutlets: {Agency: G}\n", r"'G' is no reliability grade"),
        ("matter: x\nforce: {strength: {required: many}}\n", r"force\.strength\.required: must be a number"),
        ("matter: x\nforce: {strength: {required: -5}}\n", r"-5 is no strength"),
        ("matter: x\nforce: {strength: {required: .nan}}\n", r"must be a number|is no strength"),
        ("matter: x\nforce: {strength: {low: 5, high: 3}}\n", r"low \(5\) is above high \(3\)"),
        ("matter: x\nforce: {excluded: {USB: no}}\n", r"there is no actor 'USB'"),
        ("matter: x\nforce: {tasks: {disarmm: 5}}\n", r"did you mean 'disarm'"),
        ("matter: x\nas_of: spring\n", r"line 2, as_of: 'spring' is no day"),
        ("matter: x\nconditions:\n  q:\n    kind: mandate\n    state: maybe\n", r"line 5, .*q\.state: 'maybe'"),
        ("matter: x\nconditions:\n  q:\n    kind: mandate\n    since: 2025-01-01\n", r"line 5, .*no state that began"),
        ("matter: x\nconditions:\n  q: {kind: mandate, stat: met}\n", r"line 3, conditions\.q\.stat: .*'state'"),
        ("matter: x\nconditions:\n  q: {kind: mandate, named_by: [AZX]}\n", r"there is no actor 'AZX'"),
        ("matter: x\nforce:\n  waits_for:\n    NOR: [SWX]\n", r"line 4, force\.waits_for\.NOR\[0\]: there is no actor"),
        ("matter: x\nforce: {strenght: {required: 5}}\n", r"did you mean 'strength'"),
        ("matter: x\nforce: {strength: {requird: 5}}\n", r"did you mean 'required'"),
    ],
)  # fmt: skip
def test_faults_are_named(story, text, said):
    with pytest.raises(StoryInvalid, match=said):
        story(text)


def test_nothing_in_a_story_is_run(story, tmp_path):
    with pytest.raises(StoryInvalid):
        story(f"matter: !!python/object/apply:os.mkdir ['{tmp_path}/made']\nforce: 1\n")
    assert not (tmp_path / "made").exists()


def test_a_file_that_cannot_be_read(tmp_path):
    with pytest.raises(StoryInvalid, match="cannot be read"):
        read_story(tmp_path / "none.yaml")
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(StoryInvalid, match="UTF-8"):
        read_story(tmp_path / "bytes.yaml")
    (tmp_path / "large.yaml").write_text("#" * 1_000_001)
    with pytest.raises(StoryInvalid, match="larger"):
        read_story(tmp_path / "large.yaml")


def test_deep_nesting_is_a_fault_and_not_a_crash(story):
    with pytest.raises(StoryInvalid):
        story("matter: " + "[" * 20_000)
