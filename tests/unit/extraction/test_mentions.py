from datetime import date

import pytest

from onrecord.extraction.mentions import Gazetteer
from onrecord.extraction.people import abbreviations
from onrecord.vocabulary import load


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer(load().surface_forms())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Georgia will send troops.", [("Georgia", "GEO")]),
        ("Georgia Tech won.", []),
        ("Jordan said so.", [("Jordan", "JOR")]),
        ("Michael Jordan scored.", []),
        ("In Chad the army left.", [("Chad", "TCD")]),
        ("Chad Kelly spoke.", []),
        ("The President of Georgia spoke.", [("Georgia", "GEO")]),
        ("AZERBAIJAN TO WAIT", [("AZERBAIJAN", "AZE")]),
        ("Kazakstan waits", [("Kazakstan", "KAZ")]),
        ("a non-US force, US-led", [("US", "USA"), ("US", "USA")]),
        ("U.S. officials in Amman", [("U.S.", "USA"), ("Amman", "JOR")]),
        ("Ivory Coast’s army", [("Ivory Coast", "CIV")]),
        ("@Norway and #Kenya", []),
        ("told the Guardian", [("Guardian", "the_guardian")]),
    ],
)
def test_names_are_found_where_they_name_an_actor(gazetteer, text, wanted):
    found = gazetteer.mentions(text)
    assert [(m.text, m.target) for m in found] == wanted
    assert all(text[m.start : m.end] == m.text for m in found)


def test_the_day_is_taken_into_account_without_losing_states(gazetteer):
    assert [m.target for m in gazetteer.mentions("Norway waits.", date(1990, 1, 1))] == ["NOR"]


def test_an_empty_gazetteer_finds_nothing():
    assert Gazetteer([]).mentions("Norway waits.") == []


def introduced(scene):
    return [(m.text, m.target) for m in scene.mentions if m.role == "introduced"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Norway's defence minister Kari Lund arrived.", [("Kari Lund", "NOR")]),
        ("Kari Lund, the Norwegian defence minister, arrived.", [("Kari Lund", "NOR")]),
        ("Kari Lund arrived.", []),
        ("Foreign Minister Ola Nord spoke. Nord left.", [("Ola Nord", None), ("Nord", None)]),
        ("Foreign Minister Ola Nord of Norway spoke.", [("Ola Nord", "NOR")]),
        ("Norway waits. Foreign Minister Ola Nord spoke.", [("Ola Nord", "NOR")]),
        ("Norway waits. Club president Ola Nord spoke.", [("Ola Nord", None)]),
    ],
)
def test_a_person_speaks_for_the_state_that_the_text_tells(lay, text, wanted):
    assert introduced(lay(text)) == wanted


def test_abbreviations_need_matching_letters():
    text = "the Lake Peace Mission (LPM), the Office for Lake Relief (OLR) and Annex Four (XYZ)"
    assert abbreviations(text) == {"LPM": "Lake Peace Mission", "OLR": "Office for Lake Relief"}
