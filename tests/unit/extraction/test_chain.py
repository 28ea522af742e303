"""The chain: what the golden sentences do not ask of it."""

from __future__ import annotations

import functools

import pytest

from onrecord.extraction import Extractor
from onrecord.extraction.chain import Voice, voice_of
from onrecord.extraction.parsing import load_parser
from onrecord.model import Report, digest
from onrecord.vocabulary import load


@functools.cache
def extractor() -> Extractor:
    return Extractor(load(), load_parser())


def voice(text: str, at: str, outlet: str | None = "Levant Wire") -> Voice:
    scene = extractor().scene(Report(id="r", text=text, sha256=digest(text), outlet=outlet))
    return voice_of(scene, next(t for t in scene.doc if t.text == at))


def test_the_narrator_has_no_speaker() -> None:
    found = voice("Israel rejects the plan.", "rejects")
    assert found.speaker is None
    assert [link.name for link in found.links] == ["Levant Wire"]


def test_without_an_outlet_the_narrators_chain_is_empty() -> None:
    assert voice("Israel rejects the plan.", "rejects", outlet=None).links == ()


def test_the_reporting_outlet_stands_last_and_once() -> None:
    found = voice("Kenya will go, a diplomat told Reuters.", "go", outlet="Reuters")
    assert [link.name for link in found.links] == ["diplomat", "Reuters"]


def test_the_cue_is_the_nearest_verb_of_saying() -> None:
    found = voice("Reuters reported that a Kenyan official said Nairobi would go.", "go")
    assert [t.text for t in found.cue] == ["said"]


@pytest.mark.parametrize("text", ["“", "said", '" said " told', "He said. " * 400, "Сообщает агентство."])
def test_odd_text_gives_a_chain_and_no_crash(text: str) -> None:
    scene = extractor().scene(Report(id="r", text=text, sha256=digest(text), outlet="Levant Wire"))
    for token in scene.doc[:20]:
        assert voice_of(scene, token).links[-1].name == "Levant Wire"
