"""The word that stands: superseding, contest, silence, conditions and figures."""

from __future__ import annotations

import pytest
from reconciling_made import AMERICANS, NOBODY, OWN, PRESIDENT, UNNAMED, link, position, reconciled, report


def standing(positions, as_of="2025-12-31", reports=(), **more):
    (found,) = reconciled(positions, as_of, reports, **more).standings
    return found


def test_the_latest_word_with_authority_stands():
    s = standing([position("a", "offered", said="2025-10-20"), position("b", "refused", said="2025-11-26")])
    assert (s.stance, s.state, s.supporting, s.opposing) == ("refused", "settled", ("b",), ("a",))
    assert [h.stance for h in s.history] == ["offered", "refused"]
    assert s.since is not None
    assert s.since.day.isoformat() == "2025-11-26"


def test_words_of_overlapping_days_are_no_order_and_stay_contested():
    reports = [report("x", "2025-11-01/2025-11-12"), report("y", "2025-11-05/2025-11-20")]
    s = standing(
        [position("a", "offered", report="x"), position("b", "refused", report="y")], reports=reports
    )
    assert s.state == "contested"


def test_a_leak_of_the_next_day_does_not_replace_the_spokesman():
    s = standing(
        [position("a", "refused", said="2025-11-03"), position("b", "offered", UNNAMED, said="2025-11-04")]
    )
    assert (s.stance, s.state) == ("refused", "contested")


def test_an_unnamed_official_weeks_later_does():
    s = standing(
        [position("a", "offered", said="2025-10-30"), position("b", "withdrawn", UNNAMED, said="2025-12-03")]
    )
    assert (s.stance, s.state) == ("withdrawn", "settled")


def test_but_never_a_decision_of_the_head():
    s = standing(
        [
            position("a", "refused", PRESIDENT, said="2025-10-30"),
            position("b", "offered", UNNAMED, said="2025-12-03"),
        ]
    )
    assert (s.stance, s.state) == ("refused", "contested")


@pytest.mark.parametrize("stance", ["named", "considering", "interested"])
def test_being_named_by_others_never_overtakes_the_own_word(stance):
    s = standing(
        [position("a", "refused", said="2025-11-03"), position("b", stance, AMERICANS, said="2025-12-03")]
    )
    assert s.stance == "refused"


def test_a_later_claim_of_others_that_differs_contests():
    s = standing(
        [position("a", "refused", said="2025-11-03"), position("b", "agreed", AMERICANS, said="2025-12-03")]
    )
    assert (s.stance, s.state) == ("refused", "contested")
    assert [r.rule for r in s.reasons] == ["latest-word", "contests"]


def test_a_denial_settles_what_others_claimed_before_it():
    words = [
        position("a", "agreed", AMERICANS, said="2026-01-09"),
        position("b", "denied", said="2026-01-12"),
        position("c", "interested", said="2026-01-12", report="r-b"),
    ]
    s = standing(words, "2026-01-20")
    assert (s.stance, s.state) == ("interested", "settled")


def test_neither_yes_nor_no_does_not_settle_a_claim_of_the_same_week():
    words = [
        position("a", "offered", AMERICANS, said="2025-10-21"),
        position("b", "undecided", said="2025-10-27"),
    ]
    assert standing(words, "2025-10-31").state == "contested"
    later = [*words, position("c", "refused", said="2025-11-26")]
    assert standing(later, "2025-11-30").state == "settled"


def test_silence_never_displaces_a_stance():
    s = standing(
        [position("a", "offered", said="2025-11-03"), position("b", "no_comment", said="2025-11-20")]
    )
    assert (s.stance, s.state) == ("offered", "settled")


def test_only_named_or_silent_is_unknown():
    s = standing(
        [position("a", "named", AMERICANS, said="2025-11-03"), position("b", "no_comment", said="2025-11-20")]
    )
    assert (s.stance, s.state, s.probability, s.likelihood) == ("named", "unknown", None, None)


def test_a_long_silence_is_stale_and_the_threshold_is_a_setting():
    words = [position("a", "offered", said="2025-09-01")]
    assert standing(words, "2025-11-30").state == "settled"
    assert standing(words, "2025-12-01").state == "stale"


def test_a_deed_may_be_reported_by_anybody():
    s = standing(
        [position("a", "agreed", said="2025-10-01"), position("b", "deployed", NOBODY, said="2025-12-01")]
    )
    assert (s.stance, s.state) == ("deployed", "settled")
    against = standing(
        [position("a", "refused", said="2025-11-20"), position("b", "deployed", NOBODY, said="2025-12-01")]
    )
    assert (against.stance, against.state) == ("refused", "contested")


def test_an_old_line_told_again_is_not_news():
    words = [
        position("a", "offered", AMERICANS, said="2025-10-21", figure=(None, 2000)),
        position("b", "refused", said="2025-11-26"),
        position("c", "offered", AMERICANS, report="r-c", figure=(None, 2000)),
    ]
    s = standing(words, "2025-12-31", [report("r-c", "2025-12-20")])
    assert (s.stance, s.state) == ("refused", "settled")


def test_what_a_report_tells_as_past_beside_the_news_is_background():
    words = [
        position("a", "suspended", said="2025-12-17", report="r"),
        position("b", "pledged", NOBODY, report="r"),
    ]
    s = standing(words, "2025-12-31", [report("r", "2025-12-18")])
    assert (s.stance, s.state) == ("suspended", "settled")
    assert [h.stance for h in s.history] == ["pledged", "suspended"]
    assert s.history[0].date is None


def test_conditions_are_united_in_their_fullest_wording():
    words = [
        position("a", "refused", said="2025-11-03", conditions=[("ceasefire", "unless the fighting stops")]),
        position(
            "b",
            "refused",
            UNNAMED,
            said="2025-11-05",
            conditions=[("ceasefire", "until a full ceasefire is in force there")],
        ),
        position("c", "refused", said="2025-11-07", conditions=[("approval", "parliament decides")]),
    ]
    s = standing(words)
    assert [(c.kind, c.text) for c in s.conditions] == [
        ("approval", "parliament decides"),
        ("ceasefire", "until a full ceasefire is in force there"),
    ]
    assert s.conditions[1].positions == ("a", "b")


def test_two_limits_of_role_are_two_conditions():
    limits = [("role_limit", "no combat"), ("role_limit", "only medical work")]
    s = standing([position("a", "offered", said="2025-11-03", conditions=limits)])
    assert len(s.conditions) == 2


def test_not_unless_and_ready_if_say_the_same():
    words = [
        position(
            "a", "refused", said="2025-11-03/2025-11-09", conditions=[("mandate", "not without a mandate")]
        ),
        position(
            "b", "offered", said="2025-11-05/2025-11-12", conditions=[("mandate", "once there is a mandate")]
        ),
    ]
    r = reconciled(words, "2025-11-30")
    assert r.standings[0].state == "settled"
    assert not [c for c in r.conflicts if c.kind in ("contradiction", "reversal")]


def test_the_figure_is_the_latest_own_one():
    words = [
        position("a", "offered", said="2025-11-03", figure=(None, 8000)),
        position("b", "offered", said="2025-11-20"),
        position("c", "offered", AMERICANS, said="2025-12-01", figure=(5000, 5000)),
    ]
    s = standing(words)
    assert (s.low, s.high, s.unit) == (None, 8000, "soldiers")


def test_undated_words_are_shown_and_supersede_nothing():
    words = [position("a", "offered", said="2025-11-03"), position("b", "refused")]
    s = standing(words, reports=[report("r-b", None)])
    assert s.stance == "offered"


def test_sources_are_counted_by_origin():
    chain = (*AMERICANS, link("Politico", "outlet"))
    words = [position("a", "offered", chain, said="2025-10-21", report="x")]
    words += [
        position(f"b{i}", "offered", (*chain, link(f"Daily {i}", "outlet")), report=f"d{i}") for i in range(4)
    ]
    reports = [
        report("x", "2025-10-21", "Politico"),
        *(report(f"d{i}", "2025-10-22", f"Daily {i}") for i in range(4)),
    ]
    s = standing(words, reports=reports)
    assert s.independent_sources == 1
    two = standing([*words, position("c", "offered", OWN, said="2025-11-01")], reports=reports)
    assert two.independent_sources == 2


def test_matters_and_tasks_stay_apart():
    words = [
        position("a", "refused", said="2025-11-03"),
        position("b", "offered", said="2025-11-10", matter="gsf_haiti"),
        position("c", "offered", said="2025-11-11", task="reconstruct"),
        position("d", "requests", said="2025-11-12", performer="TUR"),
    ]
    r = reconciled(words, "2025-11-30")
    assert sorted((s.stance, s.state) for s in r.standings) == [
        ("offered", "settled"), ("offered", "settled"), ("refused", "settled"), ("requests", "settled"),
    ]  # fmt: skip
    assert not r.conflicts


def test_every_position_has_a_reason():
    words = [
        position("a", "offered", AMERICANS, said="2025-10-21"),
        position("b", "refused", said="2025-11-26"),
    ]
    s = standing(words)
    assert {r.position for r in s.reasons} == {"a", "b"}
    assert all(0 <= r.weight <= 1 and r.why and r.rule for r in s.reasons)


def test_what_others_tie_a_name_to_is_no_condition_of_the_holder():
    s = standing(
        [
            position(
                "a", "named", AMERICANS, said="2025-11-03", conditions=[("ceasefire", "after a ceasefire")]
            )
        ]
    )
    assert s.conditions == ()
