"""Institutions and unions that the text names without their country."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.extraction.officeholders import state_of_holder, state_of_paper, union_before


def entity(scene, word):
    token = next(t for t in scene.tokens if t.text == word)
    party = scene.party(token)
    return party.entity if party is not None else None


@pytest.mark.parametrize(
    ("text", "word", "state"),
    [
        ("The federal government has set aside 3 million. Chancellor Olaf Scholz spoke.", "government", "DEU"),
        ("The cabinet has cancelled the lease, Prime Minister Pedro Sanchez said on Monday.", "cabinet", "ESP"),
        ("Peru voted. The cabinet agreed. Prime Minister Pedro Sanchez spoke.", "cabinet", "PER"),
        ("The cabinet has cancelled the lease. Nobody spoke. Prime Minister Pedro Sanchez sang.", "cabinet", None),
        ("The cabinet has cancelled the lease, two people told us.", "cabinet", None),
    ],
)
def test_an_institution_at_the_head_is_of_the_first_office_holders_state(lay, text, word, state):
    assert entity(lay(text), word) == state


def test_only_a_title_makes_a_name_tell_whose_the_institution_is(lay):
    scene = lay("The cabinet has cancelled the lease. Pedro Sanchez spoke.")
    assert state_of_holder(scene.doc, scene.mentions, 1) is None


def test_the_papers_state_counts_where_the_text_names_it(rules, report):
    text = "The cabinet has told the army to leave the port. Portuguese engineers are at work."
    assert entity(rules.scene(replace(report(text), outlet="Público")), "cabinet") == "PRT"
    assert entity(rules.scene(replace(report(text), outlet="Daily Ledger")), "cabinet") is None
    assert state_of_paper(rules.scene(report(text)).mentions, "PRT") == "PRT"
    assert state_of_paper(rules.scene(report(text)).mentions, "CHL") is None


@pytest.mark.parametrize(
    ("text", "union"),
    [
        ("The EU has paid for the mission. Peru asked the Union for boats.", "european_union"),
        ("The African Union has paid. Chad asked the Union for boats.", "african_union"),
        ("Peru asked the Union for boats.", None),
        ("The EU has paid. Peru asked the Teachers Union for boats.", None),
    ],
)
def test_the_union_is_the_one_named_before(lay, text, union):
    scene = lay(text)
    token = [t for t in scene.tokens if t.text == "Union"][-1]
    assert union_before(scene.mentions, token) == union
    assert entity_at(scene, token) == union


def entity_at(scene, token):
    party = scene.party(token)
    return party.entity if party is not None else None


def test_a_state_behind_the_last_letter_of_a_dateline_is_no_surname(lay):
    found = {m.target for m in lay("BANGUI. Chad will send 40 medics.").mentions}
    assert "TCD" in found
    assert "TCD" not in {m.target for m in lay("J. Chad will send 40 medics.").mentions}


def test_the_navy_is_of_the_state_spoken_of(lay):
    assert entity(lay("Chile wants a truce first, after which the navy is ready to help."), "navy") == "CHL"
