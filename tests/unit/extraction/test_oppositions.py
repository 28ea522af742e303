"""Oppositions and parties: holders of their own, never the state whose government they oppose."""

import pytest

from onrecord.extraction.oppositions import opposition_of
from onrecord.extraction.spoken_of import state_spoken_of


def targets(scene):
    return {(m.text, m.target) for m in scene.mentions if (m.target or "").endswith("_opposition")}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Norway will join the mission. Opposition leader Kari Lund objected. Lund spoke in Bergen.",
            {(name, "norway_opposition") for name in ("Opposition leader", "Kari Lund", "Lund")},
        ),
        (
            "The leader of the Danish opposition, Lars Holm, spoke.",
            {("leader of the Danish opposition", "denmark_opposition"), ("Lars Holm", "denmark_opposition")},
        ),
        ("Peru will host the talks. The main opposition party objected.", {("opposition party", "peru_opposition")}),
        ("Chile's opposition objected. The plan stands.", set()),
        ("The opposition in Zambia objected.", {("opposition", "zambia_opposition")}),
        (
            "Latvia will pay. The shadow defence minister objected.",
            {("shadow defence minister", "latvia_opposition")},
        ),
        (
            "Kenya will pay. The opposition's Amos Odera objected.",
            {("opposition", "kenya_opposition"), ("Amos Odera", "kenya_opposition")},
        ),
        (
            "Peru voted. Rosa Vidal of Nueva Ruta, the largest opposition party, objected.",
            {("Rosa Vidal", "peru_opposition"), ("opposition party", "peru_opposition")},
        ),
    ],
)
def test_an_opposition_is_a_holder_of_its_own(lay, text, wanted):
    found = targets(lay(text))
    assert found >= wanted
    assert all(target in {t for _, t in wanted} or not wanted for _, target in found)


@pytest.mark.parametrize(
    "text",
    [
        "Norway voiced its opposition to the plan.",
        "The opposition of Peru to the plan is known.",
        "Strong opposition from Chile delayed the vote.",
        "Norway met with opposition among its neighbours.",
        "Syrian opposition fighters left Aleppo.",
        "The shadow fleet of Russia sailed.",
        "The armed opposition in Chad laid down its weapons.",
        "The opposition objected.",
    ],
)
def test_being_against_something_is_no_opposition(lay, text):
    assert targets(lay(text)) == set()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Portugal may send soldiers to Mali. The largest opposition party ruled out sending troops.",
            ("portugal_opposition", "PRT", "contribute_troops", "opposes"),
        ),
        (
            "Kenya will send police to Haiti. The opposition's Amos Odera rejected the deployment of the police.",
            ("kenya_opposition", "KEN", "contribute_police", "opposes"),
        ),
    ],
)
def test_what_it_says_is_of_its_governments_doing(lines, text, wanted):
    assert wanted in lines(text)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        # one paragraph: whom the lead is about, not where the thing happens nor who was quoted last
        ("Norway will withdraw its medics from Mali, its premier said. Mali was told in May. The opposition", "NOR"),
        # a new paragraph about another state
        ("Chile will send 900 men.\n\nNorway has no such plan. It cannot join.\n\nThe opposition", "NOR"),
        ("The opposition", None),
    ],
)
def test_the_state_that_a_passage_speaks_of(lay, text, state):
    scene = lay(text)
    assert state_spoken_of(scene.doc, scene.mentions, len(scene.doc) - 1) == state


def test_ids_of_oppositions_are_plain():
    assert opposition_of("São Tomé") == "sao_tome_opposition"


@pytest.mark.parametrize(
    "text",
    [
        "A Latvian party refused to send troops to Mali.",
        "A small left-wing party in Latvia refused to send troops to Mali.",
    ],
)
def test_a_party_out_of_government_is_not_its_state(lines, text):
    assert not {x for x in lines(text) if x[0] == "LVA"}


def test_a_ruling_party_speaks_for_its_state(lines):
    text = "Latvia's ruling party refused to send troops to Mali."
    assert ("LVA", "LVA", "contribute_troops", "refused") in lines(text)
