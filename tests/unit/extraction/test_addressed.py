"""Whose doing a reading's stance is about."""

from __future__ import annotations

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
