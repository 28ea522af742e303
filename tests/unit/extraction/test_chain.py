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


@pytest.mark.parametrize(
    ("text", "at", "first"),
    [
        # a clause of saying at the end, its verb taken for a participle
        ("Chile will not send troops, a spokesman repeated on Tuesday.", "send", "spokesman"),
        (
            "Peru has paid 9 million dollars and will add 2, the minister for trade announced on Friday.",
            "paid",
            "minister",
        ),
        # a verb that is no verb of saying, behind a quotation
        ('"There are no plans to send Chilean troops," the foreign ministry shot back.', "plans", "foreign ministry"),
        # persons and offices speak by what they do
        ("The Peruvian cabinet voted on Monday to send 300 policemen to Haiti.", "send", "Peruvian cabinet"),
        ("Chilean officials would not go beyond the border.", "go", "Chilean officials"),
        # each of two coordinated clauses its own
        (
            "The Peruvian embassy voted against it, and a Chilean diplomat declined to comment.",
            "comment",
            "Chilean diplomat",
        ),
        # a state declines in words, rejects in words
        ("Kenya, asked about troops, declined to comment.", "comment", "Kenya"),
        ("Kenya rejected the plan, saying that it had no mandate.", "rejected", "Kenya"),
        # what was said goes on behind the clause of saying
        (
            "Norway will not go, Prime Minister Jonas Gahr Støre said on Friday, but it will pay.",
            "pay",
            "Jonas Gahr Støre",
        ),
        # somebody's account
        ("Kenya, by the account that a Kenyan source gave last month, is not going.", "going", "Kenyan source"),
        (
            "Peru is not going, it emerges from a communique of the council of ministers.",
            "going",
            "council of ministers",
        ),
        (
            "Kenya has rejected the idea, with a presidential spokesman saying no one would go.",
            "rejected",
            "presidential",
        ),
        ("Kenya has refused, with a presidential spokesman saying no one would go.", "has", "presidential"),
        # a clause that strayed onto a noun
        (
            "Peruvian envoys repeated in the lobby of the same hotel that Lima trains policemen.",
            "trains",
            "Peruvian envoys",
        ),
        # the speaker by a fuller name
        ("Peru will train 300 men, its defence ministry said.", "train", "Peru's defence ministry"),
        ("Peru will train 300 men, an official in Lima told this newspaper.", "train", "official in Lima"),
    ],
)
def test_who_speaks_is_found_where_the_wording_is_unusual(text: str, at: str, first: str) -> None:
    assert voice(text, at).links[0].name.startswith(first)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        # what armies and officers do is not said by it
        ("The Kenyan army has sent 40 engineers to Haiti.", "sent"),
        ("Forty Kenyan officers already have desks in Lagos.", "have"),
        # a promise repeated by others is no speaker
        ("Norway will send 40 men, a promise repeated on Friday.", "send"),
        # others' words beside a refusal tell what those think
        ("Peru has rejected the plan, with a Chilean spokesman saying it was unworkable.", "rejected"),
        # the tense of the report, or of another state's doing, carries nobody's speech on
        ("Peru will pay, its minister said. Kenya would go alone.", "alone"),
        ("Peru will pay, its minister said. It sent 40 men last year.", "sent"),
        # a silence
        ("Kenya did not return calls.", "return"),
    ],
)
def test_the_narrator_stays_the_narrator(text: str, at: str) -> None:
    assert [link.name for link in voice(text, at).links] == ["Levant Wire"]


def test_reported_speech_goes_on_in_its_own_tense() -> None:
    found = voice("Peru will not send troops, its president Ana Quispe said. It would, however, pay for tents.", "pay")
    assert found.links[0].name == "Ana Quispe"


def test_those_named_in_one_breath_each_speak_for_their_own() -> None:
    found = voice("Kenya, Chad and Peru declined to comment.", "comment")
    assert found.links[0].name == "Kenya"
    assert [p.entity for p in found.together] == ["TCD", "PER"]


def test_a_paragraph_of_a_transcript_is_its_speakers() -> None:
    found = voice("HOST: Will Peru go?\nGARCIA: Peru is ready to go there.", "ready")
    assert found.links[0].name == "Garcia"


def test_a_state_named_behind_the_outlet_that_is_cited_is_no_source() -> None:
    found = voice("According to Reuters, Chad, along with Kenya, is ready to go.", "ready")
    assert [link.name for link in found.links] == ["Reuters", "Levant Wire"]


@pytest.mark.parametrize(
    "text",
    [
        "LIMA, Feb 19 (Agency North) - A deal is near, the Chilean admiral said. Kenya will go, he said.",
        "The Chilean admiral left the embassy. Kenya will go, he said.",
        "A deal is near, the Chilean admiral said after meeting the chargé d'affaires. Kenya will go, he said.",
    ],
)
def test_he_is_a_person_and_neither_a_dateline_nor_an_embassy(text: str) -> None:
    assert voice(text, "go").links[0].name == "Chilean admiral"
