"""Who may speak for a holder, and how a position becomes a claim."""

from __future__ import annotations

from datetime import date

import pytest
from reconciling_made import (
    AMERICANS,
    NOBODY,
    OWN,
    PRESIDENT,
    UNNAMED,
    VOCABULARY,
    claim,
    link,
    on,
    position,
    report,
)

from onrecord.errors import UnknownName
from onrecord.reconciliation.authority import Authority
from onrecord.reconciliation.claims import known_by
from onrecord.reconciliation.speakers import Speakers
from onrecord.reconciliation.when import UNKNOWN, bounds


@pytest.mark.parametrize(
    ("chain", "own", "rung"),
    [
        (PRESIDENT, True, Authority.DECIDED),
        ((link("the council of ministers", "organisation", "AZE"),), True, Authority.DECIDED),
        ((link("Ilham Aliyev", "named_person", "AZE"),), True, Authority.DECIDED),
        ((link("the president's adviser", "office", "AZE"),), True, Authority.SPOKEN),
        ((link("a member of parliament", "office", "AZE"),), True, Authority.SPOKEN),
        (OWN, True, Authority.SPOKEN),
        ((link("Azerbaijan", "state", "AZE"),), True, Authority.SPOKEN),
        (UNNAMED, True, Authority.UNNAMED),
        (
            (link("the minister", "office", "AZE"), link("three delegates", "anonymous")),
            False,
            Authority.CONVEYED,
        ),
        (AMERICANS, False, Authority.OTHER),
        (NOBODY, False, Authority.OUTLET),
        ((link("Some Daily", "outlet"),), False, Authority.OUTLET),
        ((link("the plan", "document"),), False, Authority.OUTLET),
    ],
)
def test_rungs(chain, own, rung):
    assert claim(position("p", "refused", chain, own=own, said="2025-11-03")).authority is rung


def test_a_head_of_state_speaks_with_the_office_only_while_in_it():
    chain = (link("Ilham Aliyev", "named_person", "AZE"),)
    before_office = claim(position("p", "refused", chain, said="1999-01-01"))
    assert before_office.authority is Authority.SPOKEN


def test_a_command_speaks_for_its_state():
    relayed = position(
        "p", "refused", (link("the command", "organisation", "us_centcom"),), holder="USA", own=False
    )
    assert claim(relayed).authority is Authority.CONVEYED


def test_time_is_the_saying_else_the_publishing_else_unknown():
    dated = claim(position("p", "refused", said="2025-11-03"), report("r-p", "2025-11-09"))
    assert (dated.when, dated.dated) == (bounds(on("2025-11-03")), True)
    told = claim(position("p", "refused"), report("r-p", "2025-11-09"))
    assert (told.when, told.dated) == (bounds(on("2025-11-09")), False)
    assert claim(position("p", "refused"), None).when == UNKNOWN


def test_nothing_later_than_the_day_counts():
    day = date(2025, 11, 9)
    assert known_by(position("p", "refused", said="2025-11-09"), report("r", "2025-11-09"), day)
    assert not known_by(position("p", "refused", said="2025-11-10"), report("r", "2025-11-09"), day)
    assert not known_by(position("p", "refused"), report("r", "2025-11-10"), day)
    assert known_by(position("p", "refused"), report("r", "2025-11-01/2025-11-30"), day), (
        "the earliest bound decides"
    )
    assert known_by(position("p", "refused"), None, day)


def test_other_outlets_are_cited_and_the_own_is_not():
    chain = (*AMERICANS, link("Politico", "outlet"), link("Some Daily", "outlet"))
    made = claim(position("p", "offered", chain), report("r-p", "2025-11-09", "Some Daily"))
    assert made.cites == ("politico",)


def test_what_a_report_draws_on_belongs_to_its_claims_about_others():
    drawn = report("r-p", "2025-11-09", "Some Daily", upstream=("Politico",))
    assert claim(position("p", "offered", AMERICANS), drawn).cites == ("politico",)
    assert claim(position("p", "refused", OWN), drawn).cites == ()


def test_unknown_stance_is_refused():
    with pytest.raises(UnknownName):
        claim(position("p", "refusd"))


def test_speakers_are_known_again_under_another_wording():
    speakers = Speakers(VOCABULARY)
    same = [
        link("three US defence officials", "anonymous", "USA"),
        link("American defence officials", "anonymous", "USA"),
        link("defence official", "anonymous", "USA"),
    ]
    assert len({speakers.speaker(x) for x in same}) == 1
    persons = [
        link("Brigadier General Hendra Siregar", "named_person", "IDN"),
        link("Siregar", "named_person", "IDN"),
    ]
    assert len({speakers.speaker(x) for x in persons}) == 1
    assert speakers.outlet("The Caspian Courier") == speakers.outlet("Caspian Courier")
