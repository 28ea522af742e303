"""The force as the desk shows it: the brief's view of it, under a scenario and switches of the reader's own.

In: an :class:`onrecord.desk.outlook.Outlook`, a scenario, settled conditions. Out: a frozen view. Nothing here
knows HTTP.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord import services
from onrecord.briefing.material import References
from onrecord.briefing.strength import outline, strength
from onrecord.briefing.text import chance, number, one_line
from onrecord.briefing.values import as_number, maps, texts
from onrecord.briefing.view_strength import Strength
from onrecord.desk.addresses import address
from onrecord.desk.outlook import Outlook
from onrecord.services import Suppose

SWITCHES: Mapping[str, float | None] = {"open": None, "met": 1.0, "not_met": 0.0}
"""What a condition can be set to; ``open`` leaves it to the scenario and the record."""


@dataclass(frozen=True, slots=True)
class Switch:
    """A condition that can be set.

    Attributes:
        id, label: the condition.
        chance: that it is met, as things are set now, in words.
        set_to: "open", "met" or "not_met".
        parties: how many stances hang on it.
        href: where it is told in full.
    """

    id: str
    label: str
    chance: str
    set_to: str
    parties: int
    href: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario to choose: its id, its name, what is expected under it, whether it is the chosen one."""

    id: str
    name: str
    expected: str
    chance: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ForceView:
    """The page: the brief's view, the scenarios, the switches, and what the switches change."""

    strength: Strength
    scenarios: tuple[Scenario, ...]
    switches: tuple[Switch, ...]
    expected: str
    before: str
    difference: float
    low_high: str
    meets: str


def force_view(outlook: Outlook, scenario: str | None, settled: Mapping[str, float]) -> ForceView | None:
    """What it adds up to under a scenario and switches; None where neither story nor reports tell of a force.

    Raises:
        UnknownName: there is no such scenario or condition. InputError: a switch is no chance.
    """
    own = outlook.force
    if own is None:
        return None
    record = own
    if scenario is not None or settled:
        record = services.supposed(outlook.answer, Suppose(scenario, settled)) or own
    material = outlook.material
    matter = outlook.story.matter if outlook.story else (outlook.matters[0] if outlook.matters else None)
    told = outline(material, record, matter)
    view = strength(material, References(material), record, matter, told)
    if view is None:
        return None
    scenarios = maps(record.get("scenarios"))
    here = next((x for x in scenarios if x.get("id") == record.get("scenario")), scenarios[0] if scenarios else {})
    now = as_number(here.get("expected")) or 0.0
    before = next(
        (as_number(x.get("expected")) or 0.0 for x in maps(own.get("scenarios")) if x.get("id") == here.get("id")), now
    )
    low, high = as_number(here.get("low")), as_number(here.get("high"))
    return ForceView(
        strength=view,
        scenarios=tuple(
            Scenario(
                str(x.get("id")),
                one_line(str(x.get("name") or x.get("id")), 60),
                number(as_number(x.get("expected")) or 0.0),
                chance(as_number(x.get("chance"))),
                x.get("id") == record.get("scenario"),
            )
            for x in scenarios
        ),
        switches=tuple(_switch(outlook, x, settled) for x in maps(record.get("conditions"))),
        expected=number(now),
        before=number(before),
        difference=now - before,
        low_high=f"{number(low)} to {number(high)}" if low is not None and high is not None else "",
        meets=chance(as_number(here.get("chance"))),
    )


def _switch(outlook: Outlook, row: Mapping[str, object], settled: Mapping[str, float]) -> Switch:
    name = str(row.get("id"))
    set_to = next((k for k, v in SWITCHES.items() if v is not None and settled.get(name) == v), "open")
    day = outlook.as_of.isoformat()
    return Switch(
        name,
        one_line(str(row.get("label") or name), 90),
        chance(as_number(row.get("chance"))),
        set_to,
        len(texts(row.get("standings"))),
        address("/conditions", as_of=day, story=outlook.story.id if outlook.story else None),
    )
