"""Which reports and claims rest on one origin, and what counts as a sign of it."""

from __future__ import annotations

import pytest
from reconciling_made import (
    AMERICANS,
    NOBODY,
    OWN,
    UNNAMED,
    VOCABULARY,
    claim,
    link,
    position,
    reconciled,
    report,
)

from onrecord.reconciliation.origins import find_origins
from onrecord.reconciliation.settings import Settings
from onrecord.reconciliation.text_signs import TextSigns

NAMED = (link("Rashad Velizade", "named_person", "AZE"),)
TWO = (link("two diplomats", "anonymous"),)


def share(a, b, first=None, second=None) -> bool:
    """Whether two claims are found to rest on one origin."""
    claims = [
        claim(a, first or report(a.report, "2025-11-03")),
        claim(b, second or report(b.report, "2025-11-04")),
    ]
    found, _ = find_origins(claims, Settings())
    return found[0].origin == found[1].origin


def test_a_repeated_text():
    copy = report("r-b", "2025-11-04", same_text_as="r-a")
    assert share(position("a", "offered", TWO), position("b", "offered", TWO), second=copy)
    assert not share(position("a", "offered", TWO), position("b", "refused", TWO), second=copy)


def test_a_report_and_what_it_cites():
    first = report("r-a", "2025-10-22", "Levant Wire")
    cites = (*AMERICANS, link("Levant Wire", "outlet"), link("Some Daily", "outlet"))
    assert share(position("a", "offered", AMERICANS), position("b", "offered", cites), first)
    long_after = report("r-b", "2026-03-22", "Some Daily")
    assert not share(position("a", "offered", TWO), position("b", "offered", cites), first, long_after)


def test_two_that_cite_one_outlet_for_the_same():
    via = link("Israel Hayom", "outlet")
    a, b = position("a", "refused", (via,)), position("b", "refused", (via,))
    assert share(a, b)
    assert not share(a, position("b", "offered", (via,)))
    one, other = (link("Anna Berg", "named_person"), via), (link("Otto Dahl", "named_person"), via)
    assert not share(position("a", "refused", one), position("b", "refused", other)), "two named speakers"


@pytest.mark.parametrize(("day", "same"), [("2025-11-03", True), ("2025-11-05", False)])
def test_one_speaker_on_one_day(day, same):
    a = position("a", "refused", NAMED, said="2025-11-03")
    assert share(a, position("b", "refused", (link("Velizade", "named_person", "AZE"),), said=day)) is same


def test_one_speaker_whose_day_is_not_told():
    a, b = position("a", "refused", NAMED), position("b", "refused", NAMED)
    assert share(a, b, report("r-a", "2025-11-03"), report("r-b", "2025-11-05"))
    assert not share(a, b, report("r-a", "2025-11-03"), report("r-b", "2025-11-06"))


def test_unnamed_speakers_with_one_figure_at_any_time():
    a = position("a", "offered", AMERICANS, figure=(None, 2000))
    b = position("b", "offered", AMERICANS, figure=(None, 2000))
    assert share(a, b, report("r-a", "2025-10-22"), report("r-b", "2026-03-11"))
    other = position("b", "offered", AMERICANS, figure=(None, 1500))
    assert not share(a, other, report("r-a", "2025-10-22"), report("r-b", "2026-03-11"))


def test_a_range_at_second_hand_in_one_week():
    a, b = (position(n, "agreed", TWO if n == "a" else NOBODY, figure=(100, 150)) for n in "ab")
    assert share(a, b)
    assert not share(a, b, second=report("r-b", "2025-12-04"))
    round_figure = [position(n, "agreed", TWO if n == "a" else NOBODY, figure=(150, 150)) for n in "ab"]
    assert not share(*round_figure)


def test_one_quotation():
    words = 'He said "we have not said yes and not said no".'
    a, b = (position(n, "undecided", chain, text=words) for n, chain in (("a", UNNAMED), ("b", OWN)))
    assert share(a, b)


def groups(positions, reports, as_of="2026-04-01"):
    return [o.reports for o in reconciled(positions, as_of, reports).origins]


def test_a_side_matter_of_one_origin_is_not_enough():
    cites = (*TWO, link("Levant Wire", "outlet"), link("Some Daily", "outlet"))
    reports = [report("x", "2025-11-03", "Levant Wire"), report("y", "2025-11-04", "Some Daily")]
    first = position("a", "offered", TWO, report="x")
    side = position("b", "offered", cites, report="y", start=40)
    others = [
        position(
            f"c{n}",
            "pledged",
            holder="TUR",
            report="y",
            start=n,
            task=t,
            chain=(link("Ankara", "state", "TUR"),),
        )
        for n, t in enumerate(("contribute_troops", "fund", "host"))
    ]
    assert groups([first, side, *others], reports) == []
    assert groups([first, side], reports) == [("x", "y")]


def test_what_is_told_only_to_be_denied_is_no_origin():
    reports = [report("x", "2025-12-09", "Harbour Daily"), report("y", "2025-12-11", "Indus Herald")]
    words = [
        position("a", "agreed", TWO, report="x", figure=(3500, 3500)),
        position("b", "denied", report="y", said="2025-12-11"),
        position("c", "agreed", (link("Harbour Daily", "outlet"),), report="y", figure=(3500, 3500)),
    ]
    assert groups(words, reports) == []


def signals(a: str, b: str, first="2026-02-10", second="2026-02-11") -> set[str]:
    signs = TextSigns(VOCABULARY, Settings())
    signs.add(report("x", first, text=a))
    assert signs.add(report("x", first, text=a)) == []
    return {s.kind for s in signs.add(report("y", second, text=b))}


def test_signs_in_the_texts():
    one = "Ratna Wibisono spoke of 8,000 men and of 20,000 beds."
    assert signals(one, "To 8,000 or 20,000 said Ratna Wibisono nothing.") == {"names", "figures"}
    assert signals(one, "Ratna Wibisono left.") == {"names"}
    assert signals(one, "Ratna Wibisono left.", second="2026-03-11") == set()
    assert signals("Some 100 to 150 go.", "It is 100-150 people.") == {"range"}
    assert signals("In 2025 to 2026 nothing came.", "From 2025 to 2026 it rained.") == set()
    quoted = "we sharpen the knife and do not cut"
    assert signals(f'"{quoted}", he said', f"“{quoted}”, said the general") == {"quote"}


def test_persons_whom_everybody_names_are_no_sign():
    assert signals("Donald Trump spoke.", "It was Donald Trump.") == set()
