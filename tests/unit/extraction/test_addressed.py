"""Whose doing a reading's stance is about."""

from __future__ import annotations

from dataclasses import replace

import pytest


@pytest.mark.parametrize(
    ("text", "cue", "stance", "performers"),
    [
        ("Chile has sold no jets, though Peru asked it for some in May.", "asked", "requests", {"CHL"}),
        ("Peru would cheer fighters from Chile and Togo.", "cheer", "supports", {"CHL", "TGO"}),
        ("Peru cheered the force.", "cheered", "supports", {"group:foreign_force"}),
        ("Peru cheered its allies.", "cheered", "supports", set()),
        ("Peru seconds Chile's objection.", "seconds", "supports", set()),
    ],
)
def test_performers_are_whom_the_verb_or_its_object_names(with_readings, reading, text, cue, stance, performers):
    made = reading(text, cue, "Peru", stance, "contribute_troops")
    assert {p for h, p, _, _ in with_readings(text, [made]) if h == "PER"} == performers


@pytest.mark.parametrize(
    ("text", "cue", "holder", "stance", "wanted"),
    [
        ("Syriza opposes any deployment.", "opposes", "Syriza", "opposes", {("syriza", "GRC")}),
        ("Pasok opposes the Turkish deployment.", "opposes", "Pasok", "opposes", {("pasok", "TUR")}),
        ("Hamas opposes any deployment.", "opposes", "Hamas", "opposes", set()),
        ("Peru urged oil companies to send guards.", "urged", "Peru", "requests", {("PER", "group:oil_companies")}),
        ("Peru urged companies to send guards.", "urged", "Peru", "requests", set()),
        ("Peru urged young people to send guards.", "urged", "Peru", "requests", set()),
    ],
)
def test_parties_speak_of_their_state_and_groups_go_by_their_words(
    with_readings, reading, text, cue, holder, stance, wanted
):
    made = reading(text, cue, holder, stance, "contribute_support")
    assert {(h, p) for h, p, _, _ in with_readings(text, [made])} == wanted


def test_who_is_addressed_is_not_the_one_who_asks(with_readings, reading):
    text = "Peru on Monday nudged Chile to send guards."
    made = reading(text, "nudged", "Chile", "requests", "contribute_troops")
    chile = (text.index("Chile"), text.index("Chile") + len("Chile"))
    both = replace(made, performers=(chile,))
    assert {(h, p) for h, p, _, _ in with_readings(text, [both])} == {("PER", "CHL")}


def test_a_council_is_asked_to_authorise(with_readings, reading):
    text = "Peru nudged the Security Council toward a larger force."
    made = replace(
        reading(text, "nudged", "Peru", "requests", "contribute_troops"),
        performers=((text.index("the Security"), text.index(" toward")),),
    )
    assert ("PER", "un_security_council", "authorise", "requests") in with_readings(text, [made])
