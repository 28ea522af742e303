"""The story as a whole: what only shows across its fields is refused with its line, and nothing is computed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord import publishing, services, stories
from onrecord.errors import StoryInvalid
from onrecord.reading.story import read_story
from onrecord.vocabulary import load


@pytest.fixture
def told(settings, tmp_path):
    def read(text):
        path = tmp_path / "story.yaml"
        path.write_text(text, encoding="utf-8")
        return replace(settings, story=path)

    return read


FAULTS = [
    (
        "matter: x\nforce:\n  waits_for:\n    NOR: [SWE]\n    SWE: [FIN]\n    FIN: [SWE]\n",
        r"story\.yaml, line 6, force\.waits_for\.FIN: FIN waits for SWE waits for FIN",
    ),
    (
        "matter: x\nforce:\n  barred_by:\n    TUR: [TUR]\n",
        r"line 4, force\.barred_by\.TUR: TUR cannot bar itself",
    ),
    (
        "matter: x\nforce:\n  strength:\n    required: 100\n    components: {troops: 90, police: 20}\n",
        r"line 5, force\.strength\.components: add up to 110, more than the 100 required",
    ),
    (
        "matter: x\nforce:\n  strength: {required: 100}\n  phases:\n    first: 20\n    full: 200\n",
        r"line 6, force\.phases\.full: 200 is more than the 100 required",
    ),
]


@pytest.mark.parametrize(("text", "said"), FAULTS)
def test_faults_across_fields_name_their_line(told, text, said):
    with pytest.raises(StoryInvalid, match=said):
        services.story_of(told(text), load())


def test_all_faults_are_named_at_once(told):
    text = "matter: x\nforce:\n  strength: {required: 10, components: {troops: 20}}\n  barred_by: {TUR: [TUR]}\n"
    with pytest.raises(StoryInvalid) as refused:
        services.story_of(told(text), load())
    assert refused.value.value == ("force.strength.components", "force.barred_by.TUR")


def test_nothing_is_computed_on_a_story_that_cannot_be(told, extractor, folder, tmp_path):
    with pytest.raises(StoryInvalid):
        publishing.brief([folder], tmp_path / "out", told(FAULTS[0][0]))
    assert extractor.read == []
    assert not (tmp_path / "out" / "brief.html").exists()


def test_a_brief_reads_its_story_once(told, extractor, folder, tmp_path, monkeypatch):
    read = []

    def counted(path, known):
        read.append(path)
        return read_story(path, known)

    monkeypatch.setattr(stories, "read_story", counted)
    publishing.brief([folder], tmp_path / "out", told("matter: isf_gaza\n"))
    assert len(read) == 1
