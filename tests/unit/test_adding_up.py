"""The force of the story, or the one that the reports tell of; conditions with their states; switches."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from onrecord import publishing, services
from onrecord.errors import InputError, UnknownName
from onrecord.services import Suppose

STORY = """
matter: isf_gaza
conditions:
  truce: {kind: ceasefire, label: A truce, state: not_met}
scenarios:
  now: {}
  truce_holds: {truce: met}
force: {strength: {required: 900}, tasks: {contribute_police: 900, contribute_troops: null}}
"""


@pytest.fixture
def answered(filled, tmp_path):
    def answer(text=STORY, **more):
        settings = filled
        if text:
            path = tmp_path / "story.yaml"
            path.write_text(text, encoding="utf-8")
            settings = replace(filled, story=path)
        with services.open_ledger(settings) as ledger:
            return services.answer(ledger, settings, **more)

    return answer


def test_a_switch_goes_over_the_scenario_and_costs_no_new_reconciliation(answered):
    told = answered()
    assert told.force["scenario"] == "now"
    assert told.describes_force
    again = services.supposed(told, Suppose("truce_holds"))
    assert again["scenario"] == "truce_holds"
    switched = services.supposed(told, Suppose(settled={"truce": 0.4}))
    assert [c["chance"] for c in switched["conditions"] if c["id"] == "truce"] == [0.4]
    assert [c["chance"] for c in told.force["conditions"] if c["id"] == "truce"] == [0.0]


def test_what_cannot_be_supposed_is_named(answered):
    with pytest.raises(UnknownName, match=r"there is no scenario 'truce_hold'.*did you mean 'truce_holds'"):
        answered(suppose=Suppose("truce_hold"))
    with pytest.raises(UnknownName, match="there is no condition 'truze'"):
        answered(suppose=Suppose(settled={"truze": 1.0}))
    with pytest.raises(InputError, match="no chance"):
        answered(suppose=Suppose(settled={"truce": 3.0}))


@pytest.fixture
def spoken_of(folder, extractor, settings):
    """The folder with a report that gives the size of the force, read."""
    (folder / "2026-02-20-size.txt").write_text(
        "Published: 2026-02-20\n\nThey have spoken of a force of up to 9,000 soldiers for months.\n"
        "ITA offered contribute_troops for isf_gaza.\n"
    )
    with services.open_ledger(settings) as ledger:
        services.read([folder], ledger, settings)
    return settings


def test_where_the_story_gives_no_size_that_of_the_reports_is_used_and_marked(spoken_of, tmp_path):
    for story in ("matter: isf_gaza\n", "matter: isf_gaza\nforce: {tasks: {disarm: null}}\n", None):
        settings = spoken_of
        if story is not None:
            (tmp_path / "story.yaml").write_text(story)
            settings = replace(spoken_of, story=tmp_path / "story.yaml")
        with services.open_ledger(settings) as ledger:
            told = services.answer(ledger, settings)
        need = told.force["required"]
        assert (need["high"], need["found"]) == (9000.0, True)
        assert need["passages"][0]["report"] == "2026-02-20-size"
        assert "as the reports tell it" in told.force["lines"][0]
        publishing.write_records(told, tmp_path / "out")
        assert (tmp_path / "out" / "force.json").exists() == told.describes_force


def test_a_size_given_to_another_matter_is_not_this_ones(folder, extractor, settings, tmp_path):
    (folder / "2026-02-20-size.txt").write_text(
        "Published: 2026-02-20\n\nA force of up to 9,000 soldiers is spoken of.\n"
        "ITA offered contribute_troops for gsf_haiti.\n"
    )
    (tmp_path / "story.yaml").write_text("matter: isf_gaza\n")
    settings = replace(settings, story=tmp_path / "story.yaml")
    with services.open_ledger(settings) as ledger:
        services.read([folder], ledger, settings)
        assert services.answer(ledger, settings).force is None


def test_the_record_is_plain_data(answered):
    told = answered().force
    assert json.loads(json.dumps(told)) == told
