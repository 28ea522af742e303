"""Conflicts: each kind where it belongs, with one plain sentence that names parties, days and outlets."""

from __future__ import annotations

from reconciling_made import AMERICANS, NOBODY, UNNAMED, link, position, reconciled, report

KAZ = (link("Daniyar Sagintayev", "named_person", "KAZ"),)


def conflicts(positions, as_of="2026-03-31", reports=(), kind=None, **more):
    return [c for c in reconciled(positions, as_of, reports, **more).conflicts if kind in (None, c.kind)]


def test_contradiction_of_one_week():
    words = [
        position("a", "agreed", AMERICANS, said="2025-12-09"),
        position("b", "denied", said="2025-12-11"),
    ]
    (found,) = conflicts(words)
    assert (found.kind, found.positions, found.reports) == ("contradiction", ("a", "b"), ("r-a", "r-b"))
    assert "Azerbaijan has agreed" in found.why
    assert "9 December 2025" in found.why
    assert "Outlet of r-b" in found.why


def test_an_offer_of_october_and_a_refusal_of_january_are_a_reversal_and_no_contradiction():
    text = "It will not go because of the widening war in the region, he said. More."
    words = [
        position("a", "offered", said="2025-10-20"),
        position("b", "refused", said="2026-01-12", text=text[:66]),
    ]
    (found,) = conflicts(words, reports=[report("r-b", "2026-01-12", text=text)])
    assert found.kind == "reversal"
    assert 'from "offered"' in found.why
    assert 'to "refused"' in found.why
    assert 'reason given: "the widening war in the region"' in found.why


def test_open_words_between_are_part_of_the_way():
    words = [
        position("a", "considering", said="2025-10-20"),
        position("b", "undecided", said="2025-10-30"),
        position("c", "refused", said="2025-11-26"),
    ]
    (found,) = conflicts(words)
    assert (found.kind, found.positions) == ("reversal", ("a", "b", "c"))


def test_becoming_undecided_is_no_reversal():
    assert (
        conflicts(
            [position("a", "undecided", said="2025-10-20"), position("b", "offered", said="2025-11-26")]
        )
        == []
    )


def test_others_claim_is_overtaken_by_the_own_word():
    chain = (*AMERICANS, link("Politico", "outlet"))
    words = [position("a", "offered", chain, said="2025-10-21"), position("b", "refused", said="2025-11-26")]
    (found,) = conflicts(words)
    assert found.kind == "overtaken"
    assert "unnamed, in one outlet" in found.why
    assert "Politico" in found.why


def test_told_again_as_news():
    words = [
        position("a", "offered", said="2025-10-21", figure=(None, 2000)),
        position("b", "refused", said="2025-11-26"),
        position("c", "offered", NOBODY, report="digest", figure=(None, 2000)),
    ]
    found = conflicts(words, reports=[report("digest", "2026-03-11", "The Digest")], kind="overtaken")
    assert [c.reports for c in found] == [("r-a", "r-b", "digest")]
    assert "told again as news by The Digest" in found[0].why


def test_the_past_beside_the_news_is_not_overtaken():
    words = [
        position("a", "offered", said="2025-10-21"),
        position("b", "refused", said="2025-11-26", report="r"),
        position("c", "offered", NOBODY, report="r"),
    ]
    assert conflicts(words, reports=[report("r", "2025-11-27")], kind="overtaken") == []


def _copies(outlets):
    chain = (*AMERICANS, link("Levant Wire", "outlet"))
    words = [position("a", "offered", AMERICANS, report="x")]
    words += [position(f"b{n}", "offered", chain, report=f"y{n}") for n, _ in enumerate(outlets)]
    reports = [report("x", "2025-10-21", "Levant Wire")]
    return words, [*reports, *(report(f"y{n}", "2025-10-22", name) for n, name in enumerate(outlets))]


def test_circular():
    words, reports = _copies(["Straits Ledger", "Desert Lantern"])
    (found,) = conflicts(words, reports=reports, kind="circular")
    assert found.reports == ("x", "y0", "y1")
    assert "3 reports count as one source" in found.why


def test_one_outlet_that_repeats_itself_is_not_circular():
    words, reports = _copies(["Levant Wire"])
    assert conflicts(words, reports=reports, kind="circular") == []


def test_two_papers_at_one_briefing_share_an_origin_and_are_not_circular():
    person = (link("Hendra Siregar", "named_person", "IDN"),)
    words = [position(n, "offered", person, holder="IDN", said="2026-02-10") for n in "ab"]
    r = reconciled(words, "2026-03-01")
    assert [o.reports for o in r.origins] == [("r-a", "r-b")]
    assert r.conflicts == ()


def test_a_lost_digit():
    person = (link("Hendra Siregar", "named_person", "IDN"),)
    words = [
        position("a", "offered", person, holder="IDN", said="2026-02-10", figure=(None, 8000)),
        position("b", "offered", person, holder="IDN", said="2026-02-10", figure=(None, 800)),
    ]
    r = reconciled(words, "2026-03-01")
    (found,) = [c for c in r.conflicts if c.kind == "figure"]
    assert "up to 800" in found.why
    assert "a digit was lost" in found.why
    assert r.standings[0].high == 8000


def test_the_whole_force_given_to_one_state():
    planned = report("plan", "2026-02-01", text="The force as a whole is planned at 20,000. Who will go?")
    words = [
        position("p", "named", AMERICANS, report="plan", holder="KAZ"),
        position("a", "offered", said="2026-02-10", figure=(None, 8000)),
        position("b", "pledged", said="2026-02-25", figure=(20000, 20000)),
    ]
    r = reconciled(words, "2026-03-01", [planned])
    (found,) = [c for c in r.conflicts if c.kind == "figure"]
    assert set(found.reports) == {"plan", "r-a", "r-b"}
    assert "strength given for the whole force" in found.why
    assert r.standings[0].high != 20000


def test_the_whole_force_by_the_story():
    words = [position("b", "pledged", said="2026-02-25", figure=(20000, 20000))]
    assert conflicts(words, kind="figure") == []
    assert len(conflicts(words, kind="figure", strengths={"isf_gaza": (20000,)})) == 1


def test_figures_of_one_saying_that_cannot_both_hold():
    person = (link("Hendra Siregar", "named_person", "IDN"),)
    words = [
        position(n, "offered", person, holder="IDN", said="2026-02-10", figure=(figure, figure))
        for n, figure in (("a", 900), ("b", 900), ("c", 400))
    ]
    (found,) = conflicts(words, kind="figure")
    assert "cannot both hold" in found.why
    assert found.why.startswith("Indonesia")


def _remarks(holder, name, chain, rep):
    return [
        position(
            f"{name}1",
            "offered",
            chain,
            holder=holder,
            task="contribute_support",
            said="2025-12-16",
            report=rep,
            figure=(120, 120),
        ),
        position(f"{name}2", "refused", chain, holder=holder, said="2025-12-16", report=rep),
    ]


def test_a_remark_given_to_the_wrong_party():
    heard = (link("the deputy foreign minister", "office", "AZE"),)
    words = [
        *_remarks("KAZ", "a", KAZ, "x"),
        *_remarks("KAZ", "b", KAZ, "y"),
        *_remarks("AZE", "c", heard, "z"),
    ]
    reports = [report(n, "2025-12-17", f"Paper {n}") for n in "xyz"]
    r = reconciled(words, "2026-01-01", reports)
    (found,) = [c for c in r.conflicts if c.kind == "attribution"]
    assert found.holder == "AZE"
    assert found.reports == ("x", "y", "z")
    assert "Paper z" in found.why
    assert "Kazakhstan" in found.why
    assert [o.reports for o in r.origins] == [("x", "y", "z")]


def test_two_states_that_offer_the_same_on_other_days_are_two():
    other = (link("the deputy foreign minister", "office", "AZE"),)
    words = [*_remarks("KAZ", "a", KAZ, "x"), *_remarks("KAZ", "b", KAZ, "y")]
    words += [
        position("c", "offered", other, task="contribute_support", said="2025-12-20", figure=(120, 120))
    ]
    assert conflicts(words, kind="attribution") == []


def test_ids_are_stable():
    words = [
        position("a", "agreed", AMERICANS, said="2025-12-09"),
        position("b", "denied", said="2025-12-11"),
    ]
    assert [c.id for c in conflicts(words)] == [c.id for c in conflicts(words[::-1])]


def test_a_refusal_of_an_uncertain_day_beside_a_surely_later_one_overtakes():
    chain = (*AMERICANS, link("Politico", "outlet"))
    words = [
        position("a", "offered", chain, report="x"),
        position("b", "refused", UNNAMED, said="2025-11-01/2026-01-29", report="y"),
        position("c", "refused", report="y"),
    ]
    reports = [report("x", "2025-10-15/2025-11-03"), report("y", "2025-11-08/2026-01-29")]
    (found,) = conflicts(words, reports=reports)
    assert (found.kind, found.positions) == ("overtaken", ("a", "c"))
