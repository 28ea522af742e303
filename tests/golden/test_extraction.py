"""Six short reports of our own writing, with the positions that the rules read in them.

Changed only as a reviewed difference: a line here is what a careful analyst would note, not what the rules
happen to give.
"""

from __future__ import annotations

import functools
from datetime import date

import pytest

from onrecord import vocabulary
from onrecord.extraction import Extractor
from onrecord.extraction.parsing import load_parser
from onrecord.model import DateRange, Report, digest

REPORTS = {
    "medics": (
        """Oslo ready to send medics

Norway is ready to send up to 40 medics to the stabilisation force in Gaza, but only if the ceasefire holds.
Its defence minister Kari Lund spoke to reporters on Tuesday.
""",
        ["NOR NOR contribute_support offered isf_gaza -40 ceasefire: only if the ceasefire holds"],
    ),
    "haiti": (
        """Peru has agreed to send 200 police officers to the mission in Haiti, officials in Lima told Reuters.

Chile is still considering whether to take part. No decision has been made, the Chilean foreign ministry said.
""",
        [
            "PER PER contribute_police agreed gsf_haiti 200-200",
            "CHL CHL contribute_troops considering gsf_haiti",
            "CHL CHL contribute_troops undecided gsf_haiti",
        ],
    ),
    "neighbours": (
        """KENYA ASKS NEIGHBOURS FOR TROOPS

Kenya asked Uganda and Rwanda to send troops to the force. Rwanda is expected to send a battalion.
""",
        [
            "KEN UGA contribute_troops requests -",
            "KEN RWA contribute_troops requests -",
            "RWA RWA contribute_troops named -",
        ],
    ),
    "denial": (
        """Denmark denied that it had agreed to send soldiers to Ukraine.

“We will not send soldiers,” the Danish premier said. Denmark has pledged $30 million for the mission.
""",
        [
            "DNK DNK contribute_troops denied -",
            "DNK DNK contribute_troops refused -",
            "DNK DNK fund pledged - 30000000-30000000",
        ],
    ),
    "group": (
        """Several African countries are interested in joining the force. Ghana has suspended the deployment of its
troops until the fighting stops.
""",
        [
            "group:african_states group:african_states contribute_troops interested -",
            "GHA GHA contribute_troops suspended - ceasefire: until the fighting stops",
        ],
    ),
    "engineers": (
        """Indonesia has agreed to deploy at least 300 engineers to Gaza. The country would also train police officers.

Israel opposes the participation of Turkish soldiers in the force.
""",
        [
            "IDN IDN contribute_support agreed - 300-",
            "IDN IDN train_police offered -",
            "ISR TUR contribute_troops opposes -",
        ],
    ),
}


@functools.cache
def extractor() -> Extractor:
    return Extractor(vocabulary.load(), load_parser())


def noted(name: str, text: str) -> list[str]:
    """Positions as lines: holder, performer, task, stance, matter, bounds, conditions."""
    report = Report(name, text, digest(text), published=DateRange.on(date(2026, 3, 12)))
    lines = []
    for p in extractor().extract(report).positions:
        parts = [p.holder, p.performer, p.task, p.stance, p.matter or "-"]
        if p.quantity:
            low, high = (f"{x:.0f}" if x is not None else "" for x in (p.quantity.low, p.quantity.high))
            parts.append(f"{low}-{high}")
        parts += [f"{c.kind}: {c.span.text}" for c in p.conditions]
        lines.append(" ".join(parts))
    return lines


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_read_as_an_analyst_would(name: str) -> None:
    text, wanted = REPORTS[name]
    assert sorted(noted(name, text)) == sorted(wanted)


@pytest.mark.xfail(strict=True, reason="'refused' without a complement takes the subject of the clause behind it")
def test_a_refusal_without_a_complement_stays_with_its_subject() -> None:
    text = "Kenya asked Uganda to send troops. Uganda has refused, while Rwanda is expected to send a battalion."
    assert "UGA UGA contribute_troops refused -" in noted("x", text)


def test_a_condition_ends_before_who_says_it() -> None:
    text = "Norway would send medics only with a mandate of the Security Council, its defence minister Kari Lund said."
    assert noted("x", text)[0].endswith("mandate: only with a mandate of the Security Council")


@pytest.mark.xfail(strict=True, reason="'its foreign minister' behind the quotation is not led back to the holder")
def test_its_own_minister_makes_it_a_pledge() -> None:
    text = "Indonesia will deploy 300 engineers to the force, its foreign minister said."
    assert noted("x", text) == ["IDN IDN contribute_support pledged - 300-300"]
