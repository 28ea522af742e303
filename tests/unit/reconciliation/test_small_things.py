"""Days, groups, settings and the public face."""

from __future__ import annotations

from datetime import date

from reconciling_made import AMERICANS, VOCABULARY, position, reconciled, report

from onrecord.reconciliation import Reconciler, Settings, reconcile
from onrecord.reconciliation.sentences import listed, reason_given
from onrecord.reconciliation.strengths import strengths_in
from onrecord.reconciliation.union import Groups
from onrecord.reconciliation.when import NEVER, UNKNOWN, apart, as_range, gap, middle, words

DAY = date(2025, 11, 3).toordinal()


def test_unknown_times_have_no_order():
    assert middle(UNKNOWN) < middle((DAY, DAY))
    assert apart(UNKNOWN, (DAY, DAY)) == float("inf")
    assert gap(UNKNOWN, (DAY, DAY)) == 0
    assert as_range(UNKNOWN) is None


def test_times_in_words():
    assert words((0, DAY)) == "before 4 November 2025"
    assert words((DAY, NEVER)) == "after 2 November 2025"
    assert words((DAY, DAY + 40)) == "between 3 November and 13 December 2025"
    assert words((DAY, DAY + 80)) == "between 3 November 2025 and 22 January 2026"


def test_groups_do_not_depend_on_order():
    def grouped(pairs):
        groups = Groups[int]()
        for a, b in pairs:
            groups.join(a, b)
        return sorted(map(sorted, groups.groups(range(6))))

    pairs = [(0, 1), (2, 3), (1, 2), (4, 5)]
    assert grouped(pairs) == grouped(pairs[::-1]) == [[0, 1, 2, 3], [4, 5]]
    assert not Groups[int]()


def test_names_in_a_row():
    assert [listed(x) for x in ([], ["a"], ["a", "b"], ["a", "b", "a", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_strengths_of_the_whole_force():
    def found(text, *positions):
        return strengths_in(report("x", "2025-11-03", text=text), list(positions))

    assert found("A Gang Suppression Force of up to 5,550 is planned.") == {5550}
    assert found("The 20,000-strong stabilisation force waits.") == {20000}
    assert found("Some reckon with 20,000 for all countries together.") == {20000}
    assert found("They sent 3,500 soldiers to the force.") == frozenset()
    own = position("p", "offered", figure=(2000, 2000), text="2,000", start=len("It offers a force of "))
    assert found("It offers a force of 2,000 men.", own) == frozenset()


def test_reasons_given():
    from reconciling_made import claim

    def reason(text, upto):
        made = position("p", "withdrawn", text=text[:upto], report="x")
        return reason_given(claim(made, report("x", "2025-11-03", text=text)))

    text = (
        "Kenya goes home. The reason he gave was plain: the bills of the old force remain unpaid. So it is."
    )
    assert reason(text, 16) == "the bills of the old force remain unpaid"
    assert (
        reason("They stay at home owing to attacks in the north, the minister said.", 67)
        == "attacks in the north"
    )
    assert reason("Kenya goes home. Nothing more was said.", 16) is None


def test_settings_reach_everything():
    words_ = [position("a", "offered", said="2025-11-03")]
    strict = reconciled(words_, "2025-11-30", settings=Settings(stale_days=10))
    assert strict.standings[0].state == "stale"


def test_step_by_step_equals_all_at_once():
    positions = [
        position("a", "offered", AMERICANS, said="2025-10-21"),
        position("b", "refused", said="2025-11-26"),
    ]
    reports = [report("r-a", "2025-10-22"), report("r-b", "2025-11-26")]
    steps = Reconciler(date(2025, 12, 31), VOCABULARY)
    assert steps.result().standings == ()
    steps.add(positions[1:], reports[1:])
    assert steps.result().standings[0].history[0].stance == "refused"
    steps.add(positions[:1], reports[:1])
    steps.add(positions, reports)
    assert steps.result() == reconcile(positions, reports, date(2025, 12, 31), VOCABULARY)


def test_nothing_gives_nothing():
    empty = reconciled([], "2025-11-30")
    assert (empty.standings, empty.conflicts, empty.origins, empty.conditions_state) == ((), (), (), ())


def test_a_position_without_its_report_counts_as_undated():
    (found,) = reconcile([position("a", "offered")], [], date(2025, 11, 30), VOCABULARY).standings
    assert (found.stance, found.since, found.last) == ("offered", None, None)
