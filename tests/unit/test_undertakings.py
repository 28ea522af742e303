"""Tasks beyond the vocabulary: which are gone by, and what they are called."""

from __future__ import annotations

from dataclasses import replace

from onrecord.model import Position, Span, Story
from onrecord.undertakings import Labelled, known_tasks, label_of, labels_of, task_records, worth_going_by
from onrecord.vocabulary import load


def position(name, report, holder, task="plant_tree", thing="two billion trees", confidence=0.8):
    told, evidence = Span(0, len(thing), thing), Span(0, 5, "words")
    return Position(name, report, holder, holder, task, "pledged", evidence, object=told, confidence=confidence)


KNOWN = frozenset({"fund"})


class TestWorthGoingBy:
    def test_one_mention_is_not(self):
        one = position("p1", "a", "BRA")
        assert worth_going_by([one], KNOWN) == ()
        assert worth_going_by([one, position("p2", "a", "BRA")], KNOWN) == ()

    def test_two_reports_or_two_parties_are(self):
        one = position("p1", "a", "BRA")
        for other in (position("p2", "b", "BRA"), position("p2", "a", "NOR")):
            assert worth_going_by([one, other], KNOWN) == (one, other)

    def test_what_somebody_has_set_always_is(self):
        one = position("p1", "a", "BRA", task="fund")
        assert worth_going_by([one], KNOWN) == (one,)
        story = Story("s", "m", "M", undertakings={"plant_tree": "Plant trees"})
        assert "plant_tree" in known_tasks(["fund"], story)

    def test_what_a_person_stands_for_is(self):
        one = position("p1", "a", "BRA", confidence=1.0)
        assert worth_going_by([one], KNOWN) == (one,)


class TestLabels:
    def test_in_the_words_that_most_use(self):
        told = ["two Patriot batteries", "its Patriot batteries", "a Patriot battery"]
        held = [position(f"p{n}", "a", "GRC", "transfer_patriot_battery", x) for n, x in enumerate(told)]
        assert label_of("transfer_patriot_battery", held) == "transfer Patriot batteries"

    def test_without_words_that_fit(self):
        assert label_of("plant_tree", [position("p", "a", "BRA", thing="the Amazon")]) == "plant tree"
        assert label_of("plant_tree", [replace(position("p", "a", "BRA"), object=None)]) == "plant tree"

    def test_only_those_that_nobody_has_named(self):
        held = [position("p1", "a", "BRA"), position("p2", "a", "NOR", task="fund")]
        assert labels_of(held, KNOWN) == {"plant_tree": "plant trees"}

    def test_pages_know_them_beside_the_vocabularys(self):
        words = Labelled(load(), {"plant_tree": "plant trees", "fund": "never shown"})
        assert words.tasks["plant_tree"].label == "plant trees"
        assert words.tasks["fund"] == load().tasks["fund"]
        assert words.label("AZE") == "Azerbaijan"
        assert words.stances == load().stances


def test_a_record_for_each():
    story = Story("s", "m", "M", undertakings={"cut_emissions": "Cut emissions", "fund": "Pay"},
                  task_words={"cut_emissions": ("cut emissions",)})  # fmt: skip
    rows = task_records([position("p1", "a", "BRA"), position("p2", "b", "BRA")], load().tasks, story)
    assert rows == [
        {"task": "cut_emissions", "label": "Cut emissions", "from": "story", "words": ["cut emissions"],
         "positions": [], "reports": []},
        {"task": "plant_tree", "label": "plant trees", "from": "reports", "words": [],
         "positions": ["p1", "p2"], "reports": ["a", "b"]},
    ]  # fmt: skip
