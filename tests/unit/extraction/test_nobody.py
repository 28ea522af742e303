"""Soldiers of whom it is said that none will come."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "No Peruvian soldier will set foot in Haiti, Peru's president said.",
        "There will be no Peruvian troops in Haiti, the Peruvian minister repeated.",
        "No Peruvian boots will touch the ground in Haiti, the officials said.",
    ],
)
def test_its_own_soldiers_are_refused(lines, text):
    assert lines(text) == {("PER", "PER", "contribute_troops", "refused")}


@pytest.mark.parametrize(
    "text",
    [
        "No Peruvian soldier will be let into Arica, Chile's government spokeswoman said.",
        "There will be no Peruvian troops in Arica, Chile's president said.",
    ],
)
def test_anothers_are_opposed(lines, text):
    assert lines(text) == {("CHL", "PER", "contribute_troops", "opposes")}


@pytest.mark.parametrize(
    "text",
    [
        "No Peruvian soldier was hurt, Chile's president said.",
        "No Peruvian soldier will be let into the town.",
        "There were no Peruvian troops in Haiti, Chile's president said.",
        "No soldier will enter the town, Chile's president said.",
    ],
)
def test_what_happened_and_who_is_not_named_tell_nothing(lines, text):
    assert lines(text) == set()


def test_not_one_is_none(lines):
    assert lines("Not one Peruvian soldier will be sent to Haiti, the Peruvian minister said.") == {
        ("PER", "PER", "contribute_troops", "refused")
    }
    assert "refused" not in {s for *_, s in lines("Peru will send not one ship but three, its minister said.")}


def test_agencies_and_rival_governments_keep_their_own_names(lines):
    asks = "{} has asked Kenya to send 20 million dollars."
    assert {h for h, *_ in lines(asks.format("The UN refugee agency"))} == {"unhcr"}
    assert {h for h, *_ in lines(asks.format("The government of eastern Libya"))} == {"libyan_east_government"}
    assert {h for h, *_ in lines(asks.format("Libya"))} == {"LBY"}
