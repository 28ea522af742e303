"""What changed between two days, and why a standing is what it is."""

from __future__ import annotations

import pytest
from reconciling_made import AMERICANS, MATTER, VOCABULARY, link, position, reconciled

from onrecord.errors import UnknownName
from onrecord.reconciliation import diff, explain

WORDS = [
    position("a", "offered", AMERICANS, said="2025-10-21"),
    position("b", "refused", said="2025-11-26", conditions=[("ceasefire", "until a ceasefire is in force")]),
    position("c", "offered", said="2025-11-27", task="reconstruct", figure=(None, 100)),
    position(
        "d",
        "offered",
        said="2025-12-05",
        task="reconstruct",
        figure=(None, 200),
        conditions=[("mandate", "with a mandate")],
    ),
]


def changes(first: str, second: str):
    return diff(reconciled(WORDS, first), reconciled(WORDS, second))


def test_a_new_standing_and_a_change_of_stance():
    found = {(c.kind, c.task, c.before, c.after) for c in changes("2025-10-31", "2025-11-30")}
    assert found == {
        ("stance", "contribute_troops", "offered", "refused (if ceasefire)"),
        ("new", "reconstruct", "", "offered"),
    }
    (stance,) = [c for c in changes("2025-10-31", "2025-11-30") if c.kind == "stance"]
    assert stance.positions == ("b",)
    assert "the ministry" in stance.why


def test_conditions_and_figures_change_without_the_stance():
    found = {(c.kind, c.before, c.after) for c in changes("2025-11-30", "2025-12-31")}
    assert found == {
        ("conditions", "no conditions", "if mandate"),
        ("figure", "up to 100 soldiers", "up to 200 soldiers"),
    }


def test_silence_changes_the_state():
    (found,) = [c for c in changes("2025-12-31", "2026-02-28") if c.task == "contribute_troops"]
    assert (found.kind, found.before, found.after) == ("state", "settled", "stale")
    assert "26 November 2025" in found.why


def test_nothing_between_a_day_and_itself():
    assert changes("2025-12-31", "2025-12-31") == []


def test_explaining():
    r = reconciled(WORDS, "2025-12-31")
    found = explain(r, "AZE", "contribute_troops", VOCABULARY)
    assert found.standing is not None
    assert "refused, settled" in found.lines[0]
    text = " ".join(found.lines)
    assert "US defence officials" in text
    assert "the holder has spoken since" in text
    assert "It hangs on ceasefire: not met" in text
    assert "Overtaken" in text
    assert any("ceasefire" in x for x in found.would_change)
    assert "A second independent source." in found.missing
    assert found.weights["b"] > found.weights["a"] == 0


def test_explaining_what_others_say_only():
    r = reconciled([position("a", "named", AMERICANS, said="2025-10-21")], "2025-10-31")
    found = explain(r, "AZE", "contribute_troops", VOCABULARY, matter=MATTER)
    assert any("first word of Azerbaijan" in x for x in found.would_change)
    assert any("A word of Azerbaijan itself" in x for x in found.missing)


def test_explaining_a_contested_standing():
    words = [
        position("a", "refused", said="2025-11-03"),
        position("b", "agreed", AMERICANS, said="2025-12-03"),
    ]
    found = explain(reconciled(words, "2025-12-31"), "AZE", "contribute_troops", VOCABULARY)
    assert any("answers the claims against it" in x for x in found.would_change)
    assert any("cannot stand beside" in x for x in found.lines)


def test_explaining_nothing():
    found = explain(reconciled(WORDS, "2025-12-31"), "KAZ", "fund", VOCABULARY)
    assert found.standing is None
    assert "Nothing is on record of Kazakhstan" in found.lines[0]


def test_explaining_anothers_doing():
    chain = (link("Noa Barkai", "named_person", "ISR"),)
    r = reconciled(
        [position("a", "opposes", chain, holder="ISR", performer="TUR", said="2025-11-03")], "2025-11-30"
    )
    assert explain(r, "ISR", "contribute_troops", VOCABULARY).standing is None
    assert explain(r, "ISR", "contribute_troops", VOCABULARY, performer="TUR").standing is not None


def test_a_task_that_does_not_exist():
    with pytest.raises(UnknownName, match="did you mean disarm"):
        explain(reconciled(WORDS, "2025-12-31"), "AZE", "disarmm", VOCABULARY)
