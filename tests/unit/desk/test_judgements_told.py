"""Conditions merged by persons, and the sentences of a text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from onrecord.desk.conditions import merged, merged_names
from onrecord.desk.exporting import sentences
from onrecord.model import Judgement
from onrecord.reconciliation import ConditionState

NOW = datetime(2026, 4, 1, tzinfo=UTC)


def judged(n, target, into, *, decision="merge", kind="condition", by="ada"):
    changes = {"into": into} if decision == "merge" else {}
    return Judgement(f"j{n}", target, kind, decision, by, NOW + timedelta(n), changes)


def state(name, status, parties):
    return ConditionState(
        name, "ceasefire", "m", name, status, None, tuple(parties), (f"s.{name}",), (f"p.{name}",), (), ""
    )


def test_merged_conditions_are_shown_as_one():
    names = merged_names([judged(1, "a", "b")])
    (one,) = merged([state("a", "met", ["X"]), state("b", "unknown", ["Y", "X"])], names)
    assert (one.id, one.status, one.named_by, one.standings) == ("b", "met", ("X", "Y"), ("s.a", "s.b"))


def test_a_withdrawn_merge_is_none():
    told = [judged(1, "a", "b"), judged(2, "j1", "", decision="withdraw", kind="judgement")]
    assert merged_names(told) == {}


def test_a_withdrawal_can_be_withdrawn():
    told = [
        judged(1, "a", "b"),
        judged(2, "j1", "", decision="withdraw", kind="judgement"),
        judged(3, "j2", "", decision="withdraw", kind="judgement"),
    ]
    assert merged_names(told) == {"a": "b"}


def test_the_latest_decision_counts_and_chains_are_followed():
    told = [judged(1, "a", "b"), judged(2, "b", "c"), judged(3, "a", "d", by="bea")]
    assert merged_names(told) == {"b": "c", "a": "d"}
    assert merged_names(told[:2]) == {"a": "c", "b": "c"}


def test_two_that_name_each_other_end():
    assert merged_names([judged(1, "a", "b"), judged(2, "b", "a")]).keys() == {"a", "b"}


def test_what_is_merged_into_nothing_of_the_day_stays():
    (one,) = merged([state("a", "met", ["X"])], {"a": "gone"})
    assert one.id == "a"


def test_sentences_cover_the_text_in_order():
    text = 'Rome said no. "We will not," he said.\n\nA second part without an end'
    found = sentences(text)
    assert [text[a:b] for a, b in found] == [
        "Rome said no.",
        '"We will not," he said.',
        "A second part without an end",
    ]
    assert sentences("") == []
    assert sentences("   ") == []
