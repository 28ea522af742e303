"""Conditions as objects of the story, with a state over time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from reconciling_made import NOBODY, link, position, reconciled

from onrecord.model import StoryCondition

MANDATE = [("mandate", "once the Council has given a mandate")]
COUNCIL = {"holder": "un_security_council", "task": "authorise"}
TURKEY = (link("Ankara", "state", "TUR"),)


def states(positions, as_of="2026-03-31", **more):
    return {c.id: c for c in reconciled(positions, as_of, **more).conditions_state}


def test_one_condition_of_several_parties_is_one_object():
    words = [
        position("a", "refused", said="2025-10-15", conditions=MANDATE),
        position("b", "offered", TURKEY, holder="TUR", said="2025-10-30", conditions=MANDATE),
    ]
    (found,) = states(words).values()
    assert found.id == "isf_gaza.mandate"
    assert set(found.named_by) == {"AZE", "TUR"}
    assert len(found.standings) == 2
    assert found.status == "not_met"


def test_the_councils_vote_meets_a_mandate_from_that_day():
    words = [
        position("a", "refused", said="2025-10-15", conditions=MANDATE),
        position("v", "agreed", NOBODY, said="2025-11-17", **COUNCIL),
        position("c", "refused", said="2025-12-15", conditions=MANDATE),
    ]
    found = states(words)["isf_gaza.mandate"]
    assert (found.status, found.since.day.isoformat()) == ("met", "2025-11-17")
    assert [h.status for h in found.history] == ["not_met", "met"]
    assert "adopted the mandate" in found.why
    assert states(words, "2025-11-16")["isf_gaza.mandate"].status == "not_met"


def test_a_vote_on_another_matter_meets_nothing():
    words = [
        position("a", "refused", said="2025-10-15", conditions=MANDATE),
        position("v", "agreed", NOBODY, said="2025-11-17", matter="gsf_haiti", **COUNCIL),
    ]
    assert states(words)["isf_gaza.mandate"].status == "not_met"


def test_the_flag_of_the_united_nations_is_another_condition():
    words = [
        position(
            "a", "refused", said="2025-10-15", conditions=[("mandate", "only under the blue flag of the UN")]
        ),
        position("v", "agreed", NOBODY, said="2025-11-17", **COUNCIL),
    ]
    assert states(words)["isf_gaza.un_mission"].status == "not_met"


def test_a_parliament_meets_its_own_states_approval_only():
    approval = [("approval", "parliament must agree")]
    words = [
        position("a", "offered", TURKEY, holder="TUR", said="2025-10-15", conditions=approval),
        position("b", "offered", said="2025-10-15", conditions=approval),
        position(
            "c",
            "agreed",
            (link("the parliament", "organisation", "AZE"),),
            said="2025-12-01",
            conditions=approval,
        ),
    ]
    found = states(words)
    assert found["isf_gaza.approval.AZE"].status == "met"
    assert found["isf_gaza.approval.TUR"].status == "not_met"


def test_a_truce_meets_a_ceasefire_and_who_still_says_until_disputes_it():
    until = [("ceasefire", "until there is a ceasefire")]
    words = [
        position("a", "refused", said="2025-10-15", conditions=until),
        position(
            "t",
            "agreed",
            (link("Hamas", "organisation", "hamas"),),
            holder="hamas",
            task="cease_fire",
            said="2025-11-01",
        ),
    ]
    assert states(words)["isf_gaza.ceasefire"].status == "met"
    still = [*words, position("c", "refused", said="2025-12-01", conditions=until)]
    assert states(still)["isf_gaza.ceasefire"].status == "disputed"
    broken = position(
        "s",
        "suspended",
        (link("Hamas", "organisation", "hamas"),),
        holder="hamas",
        task="cease_fire",
        said="2025-12-10",
    )
    assert states([*still, broken])["isf_gaza.ceasefire"].status == "not_met"


def test_a_limit_is_a_term_and_its_state_unknown():
    words = [position("a", "offered", said="2025-10-15", conditions=[("role_limit", "no combat")])]
    (found,) = states(words).values()
    assert (found.id, found.status) == ("isf_gaza.role_limit.AZE", "unknown")
    assert "Azerbaijan" in found.why


def test_conditions_of_the_story_go_by_its_names():
    ours = StoryCondition("council_mandate", "mandate", "A mandate of the Council", ("given a mandate",))
    words = [position("a", "refused", said="2025-10-15", conditions=MANDATE)]
    (found,) = states(words, conditions=[ours]).values()
    assert (found.id, found.label) == ("isf_gaza.council_mandate", "A mandate of the Council")


def test_the_storys_word_counts_like_a_deed_of_its_day():
    named = [
        position("a", "refused", said="2025-10-15", conditions=[("ceasefire", "until there is a ceasefire")]),
        position("b", "refused", said="2025-12-15", conditions=[("ceasefire", "until there is a ceasefire")]),
    ]
    met = StoryCondition("truce", "ceasefire", "A truce", state="met", since=date(2025, 11, 17), source="wire-4")
    (found,) = states(named, conditions=[met]).values()
    assert found.id == "isf_gaza.truce"
    assert [h.status for h in found.history] == ["not_met", "met", "disputed"]
    assert found.history[1].why == "The story says so (wire-4)."
    (last,) = states(named, conditions=[replace(met, since=None)]).values()
    assert last.status == "met"
    (back,) = states(named, conditions=[replace(met, since=None, looking_back=True)]).values()
    assert back.status == "disputed"
    (silent,) = states(named, conditions=[replace(met, state="unknown")]).values()
    assert silent.status == "not_met"


def test_a_standing_tells_the_state_of_what_it_hangs_on():
    words = [
        position("a", "refused", said="2025-10-15", conditions=MANDATE),
        position("v", "agreed", NOBODY, said="2025-11-17", **COUNCIL),
    ]
    for day, state in (("2025-11-01", "not_met"), ("2026-03-31", "met")):
        (condition,) = reconciled(words, day).standing("AZE", "contribute_troops").conditions
        assert (condition.followed, condition.state) == ("isf_gaza.mandate", state)


def test_who_names_it_tells_two_conditions_of_one_kind_apart():
    words = [
        position("a", "refused", said="2025-10-15", conditions=[("ceasefire", "when it is over")]),
        position("b", "offered", TURKEY, holder="TUR", said="2025-10-30", conditions=[("ceasefire", "after it")]),
    ]
    ours = [
        StoryCondition("local", "ceasefire", "A truce there", named_by=("AZE",)),
        StoryCondition("region", "ceasefire", "An end of the war", named_by=("TUR",)),
    ]
    assert {c.id: c.named_by for c in states(words, conditions=ours).values()} == {
        "isf_gaza.local": ("AZE",),
        "isf_gaza.region": ("TUR",),
    }
