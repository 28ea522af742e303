"""Probabilities, likelihood words and grades of the Admiralty code."""

from __future__ import annotations

import pytest
from reconciling_made import (
    AMERICANS,
    NOBODY,
    OWN,
    PRESIDENT,
    UNNAMED,
    claim,
    link,
    position,
    reconciled,
    report,
)

from onrecord.reconciliation.authority import Authority
from onrecord.reconciliation.chances import LEVELS, NOISE, noise
from onrecord.reconciliation.likelihood import likelihood


def standing(positions, as_of="2025-12-31", reports=(), **more):
    r = reconciled(positions, as_of, reports, **more)
    (found,) = r.standings
    return found, r.chances[found.undertaking]


def chance(positions, as_of="2025-12-31") -> float:
    probability = standing(positions, as_of)[0].probability
    assert probability is not None
    return probability


def test_levels_add_up_to_one():
    _, levels = standing(
        [position("a", "offered", said="2025-11-03"), position("b", "refused", said="2025-12-03")]
    )
    assert len(levels) == len(LEVELS)
    assert sum(levels) == pytest.approx(1)


def test_a_standing_fades_with_time():
    words = [position("a", "refused", said="2025-10-03")]
    fading = [chance(words, day) for day in ("2025-10-03", "2025-11-03", "2025-12-31", "2026-09-01")]
    assert fading == sorted(fading, reverse=True)
    assert fading[0] > 0.85
    assert fading[-1] < 0.5


def test_authority_counts():
    by = [
        chance([position("a", "offered", c, said="2025-12-01")]) for c in (PRESIDENT, OWN, UNNAMED, AMERICANS)
    ]
    assert by == sorted(by, reverse=True)
    assert sorted(NOISE, key=lambda rung: NOISE[rung])[:4] == [
        Authority.DECIDED,
        Authority.SPOKEN,
        Authority.UNNAMED,
        Authority.CONVEYED,
    ]


def test_another_origin_raises_and_a_copy_does_not():
    one = [position("a", "refused", UNNAMED, said="2025-12-01")]
    copy = position(
        "b", "refused", (*UNNAMED, link("Outlet of r-a", "outlet")), report="r-b", said="2025-12-01"
    )
    second = position("c", "refused", OWN, said="2025-12-05")
    assert chance([*one, copy]) == chance(one)
    assert chance([*one, second]) > chance(one)


def test_a_long_chain_an_unsure_extraction_and_an_unnamed_source_are_noise():
    plain = noise(claim(position("a", "offered", OWN)))
    through = (*OWN, link("One", "outlet"), link("Two", "outlet"))
    assert noise(claim(position("a", "offered", through))) > plain
    assert noise(claim(position("a", "offered", OWN, confidence=0.6))) > plain
    named = (link("Dana Whitfield", "named_person", "USA"),)
    assert noise(claim(position("a", "offered", AMERICANS))) > noise(claim(position("a", "offered", named)))
    assert noise(claim(position("a", "deployed", NOBODY))) < noise(claim(position("a", "offered", NOBODY)))


def test_a_denial_leaves_open_whether_the_holder_is_weighing():
    denied = [
        position("a", "considering", said="2025-12-10"),
        position("b", "denied", said="2025-12-11", report="r-a"),
    ]
    _, levels = standing(denied)
    assert levels[1] + levels[2] > levels[0]
    assert levels[4] < 0.05


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (0.01, "almost no chance"),
        (0.05, "very unlikely"),
        (0.19, "very unlikely"),
        (0.30, "unlikely"),
        (0.45, "roughly even chance"),
        (0.55, "likely"),
        (0.80, "very likely"),
        (0.95, "almost certain"),
        (0.99, "almost certain"),
    ],
)
def test_likelihood_words(probability, word):
    assert likelihood(probability) == word


def grade(positions, outlet="Reuters", **more) -> str:
    reports = [report(p.report, "2025-12-01", outlet) for p in positions]
    return str(standing(positions, reports=reports, **more)[0].grade)


def test_reliability_is_the_lower_of_speaker_and_outlet():
    assert grade([position("a", "refused", PRESIDENT, said="2025-12-01")]) == "A2"
    assert grade([position("a", "refused", OWN, said="2025-12-01")]) == "B2"
    assert grade([position("a", "refused", UNNAMED, said="2025-12-01")]) == "C3"
    assert grade([position("a", "refused", AMERICANS, said="2025-12-01")]) == "D3"
    assert grade([position("a", "refused", OWN, said="2025-12-01")], "A blog nobody knows") == "C2"
    assert grade([position("a", "refused", NOBODY)], "A blog nobody knows") == "F3"


def test_the_user_grades_an_outlet():
    words = [position("a", "refused", OWN, said="2025-12-01")]
    assert grade(words, "The Gazette", outlet_grades={"the gazette": "E"}) == "E2"
    assert grade(words, outlet_grades={"Reuters": "D"}) == "D2"


def test_credibility():
    own = position("a", "refused", OWN, said="2025-12-01")
    again = position("b", "refused", OWN, said="2025-12-05")
    assert grade([own, again]) == "B1"
    contested = [own, position("c", "agreed", AMERICANS, said="2025-12-10")]
    assert grade(contested).endswith(("4", "5"))
    assert grade([position("n", "named", AMERICANS, said="2025-12-01")]).endswith("6")


def test_a_poor_record_costs_a_letter():
    person = (link("Hendra Siregar", "named_person", "IDN"),)
    good = [
        position(
            f"g{n}",
            "offered",
            person,
            holder="IDN",
            task=t,
            report=f"g{n}",
            said="2025-12-01",
            figure=(None, 8000),
        )
        for n, t in enumerate(("contribute_troops", "contribute_police"))
    ]
    bad = [
        position(
            f"b{n}",
            "offered",
            person,
            holder="IDN",
            task=p.task,
            report="bad",
            said="2025-12-01",
            figure=(None, 800),
        )
        for n, p in enumerate(good)
    ]
    rest = [
        position(f"x{n}", "refused", holder="AZE", task=t, report="bad", said="2025-12-01")
        for n, t in enumerate(("fund", "host", "mediate"))
    ]
    reports = [report("bad", "2025-12-01", "Reuters"), *(report(p.report, "2025-12-01", "AFP") for p in good)]
    r = reconciled([*good, *bad, *rest], "2025-12-31", reports)
    assert {str(s.grade) for s in r.standings if s.holder == "AZE"} == {"C2"}
    clean = reconciled([*good, *rest], "2025-12-31", reports)
    assert {str(s.grade) for s in clean.standings if s.holder == "AZE"} == {"B2"}


def test_sources_that_contradict_one_another_are_less_certain_than_those_that_agree():
    first = [position(f"a{n}", "refused", UNNAMED, said=f"2025-12-0{n}") for n in (1, 2, 3)]
    last = position("z", "refused", OWN, said="2025-12-05")
    torn = [
        position("a1", "pledged", UNNAMED, said="2025-12-01"),
        position("a2", "refused", UNNAMED, said="2025-12-02"),
        position("a3", "pledged", UNNAMED, said="2025-12-03"),
    ]
    assert chance([*torn, last]) < chance([*first, last]) - 0.05


def test_the_word_that_stands_has_a_share_of_its_own():
    # Two earlier words of the ministry and a later one: the model leans on the two, the rules on the last.
    words = [
        position("a", "pledged", OWN, said="2025-12-01"),
        position("b", "pledged", OWN, said="2025-12-10"),
        position("c", "refused", OWN, said="2025-12-20"),
    ]
    found, levels = standing(words, "2025-12-20")
    assert found.polarity == "against"
    assert levels[0] > 0.5
