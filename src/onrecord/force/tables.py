"""The tables of past forces, pledges and contributors, as they are in the package.

Out: one frozen row for each line of ``data/*.csv``. Each row keeps its sources. Blank cells are None:
unknown is not nought. ``docs/force.md`` says how the rows were gathered and what they leave out.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Literal

Outcome = Literal["none", "met", "not_met", "unknown"]


@dataclass(frozen=True, slots=True)
class Pledge:
    """What a state had in view for a force on a day, and what came of it.

    Attributes:
        mission, party: the force and the state (ISO alpha-3).
        kind: troops, police, naval, support.
        pledged_on: ISO date, to the day or the month.
        low, high: persons pledged, or None.
        stage: the stance it was pledged at.
        conditional: whether it hung on a condition; a mere limit to its use is none.
        approval: whether the condition is the approval of the state's own parliament or government.
        outcome: of that condition: none, met, not_met (partly counts as not) or unknown.
        after_6, after_12: persons that had come after so many months, or None.
        source: where pledge and delivery were read.
    """

    mission: str
    party: str
    kind: str
    pledged_on: str
    low: float | None
    high: float | None
    stage: str
    conditional: bool
    approval: bool
    outcome: Outcome
    after_6: float | None
    after_12: float | None
    source: str

    @property
    def size(self) -> float | None:
        """Persons pledged: the middle where two figures were given; an "up to" counts with its figure."""
        if self.high is None:
            return self.low
        return (self.low + self.high) / 2 if self.low else self.high

    def after(self, months: int) -> float | None:
        """Persons that had come after 6 or 12 months."""
        return self.after_6 if months == 6 else self.after_12


@dataclass(frozen=True, slots=True)
class Mission:
    """An earlier force.

    Attributes:
        name, full_name, mandate, mandated_on: what it was.
        authorised: persons it was given leave for, or None.
        after_12: its strength a year on, or None.
        peak, peak_year: its largest strength found.
        contributors: states in it at its peak.
        days_to_first: days from mandate to first deployment.
        tasks: what it was for.
        under_un: whether the United Nations commanded it.
        lead: who led it.
        source, notes: where it was read, and what is uncertain in it.
    """

    name: str
    full_name: str
    mandate: str
    mandated_on: str
    authorised: float | None
    after_12: float | None
    peak: float | None
    peak_year: str
    contributors: int | None
    days_to_first: int | None
    tasks: tuple[str, ...]
    under_un: bool
    lead: str
    source: str
    notes: str


@dataclass(frozen=True, slots=True)
class Contributor:
    """What a state has sent before.

    Attributes:
        party: ISO alpha-3.
        largest: the largest contingent to one force that was found.
        where: that force.
        source: where it was read.
    """

    party: str
    largest: float
    where: str
    source: str


_APPROVAL = (
    "parliament",
    "congress",
    "president decides",
    "political confirmation",
    "political decision",
    "further study",
)


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = resources.files("onrecord.force").joinpath("data", name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _number(cell: str) -> float | None:
    return float(cell) if cell.strip() else None


@functools.cache
def pledges() -> tuple[Pledge, ...]:
    """Past pledges: those a later row replaces and troops that were only relabelled are left out."""
    return tuple(
        _pledge(r) for r in _rows("pledges.csv") if r["superseded"] != "yes" and r["counting"] != "rehatted"
    )


def _pledge(row: dict[str, str]) -> Pledge:
    conditions = [c.strip() for c in row["conditions"].split(";") if c.strip()]
    conditional = any(not c.startswith("caveat:") for c in conditions)
    said = row["condition_met"].strip()
    outcome: Outcome = "none"
    if conditional:
        outcome = "met" if said == "yes" else "not_met" if said in {"no", "partly"} else "unknown"
    return Pledge(
        mission=row["mission"],
        party=row["contributor_iso3"],
        kind=row["kind"],
        pledged_on=row["pledged_on"],
        low=_number(row["pledged_low"]),
        high=_number(row["pledged_high"]),
        stage=row["stage_at_pledge"],
        conditional=conditional,
        approval=any(word in c for c in conditions for word in _APPROVAL),
        outcome=outcome,
        after_6=_number(row["delivered_6m"]),
        after_12=_number(row["delivered_12m"]),
        source=" ; ".join(x for x in (row["source_pledge"], row["source_delivered"]) if x),
    )


@functools.cache
def missions() -> tuple[Mission, ...]:
    """Earlier forces."""
    return tuple(
        Mission(
            name=r["mission"],
            full_name=r["full_name"],
            mandate=r["mandate"],
            mandated_on=r["mandated_on"],
            authorised=_number(r["authorised_strength"]),
            after_12=_number(r["strength_12m"]),
            peak=_number(r["peak_strength"]),
            peak_year=r["peak_year"],
            contributors=int(r["contributors_at_peak"]) if r["contributors_at_peak"] else None,
            days_to_first=int(r["days_from_mandate_to_first_deployment"])
            if r["days_from_mandate_to_first_deployment"]
            else None,
            tasks=tuple(x for x in r["tasks"].split(";") if x),
            under_un=r["under_un_command"] == "yes",
            lead=r["lead"],
            source=r["source"],
            notes=r["notes"],
        )
        for r in _rows("missions.csv")
    )


@functools.cache
def contributors() -> dict[str, Contributor]:
    """The largest past contingent of each state that has one in the table."""
    found: dict[str, Contributor] = {}
    for row in _rows("contributors.csv"):
        options = [
            (_number(row["largest_single_number"]) or 0.0, row["largest_single_mission"]),
            (_number(row["largest_non_un_number"]) or 0.0, row["largest_non_un"]),
        ]
        largest, where = max(options)
        if not largest:
            largest, where = _number(row["peak_uniformed_un"]) or 0.0, "all UN missions together"
        if largest:
            found[row["iso3"]] = Contributor(row["iso3"], largest, where, row["source"])
    return found


def same_force(mission: str, matter: str) -> bool:
    """Whether a mission of the tables is the matter itself, so that it cannot be its own precedent.

    Example:
        >>> same_force("ISF Gaza", "isf_gaza"), same_force("MSS Haiti", "gsf_haiti")
        (True, False)
    """
    return set(mission.casefold().replace("-", " ").split()) == set(matter.casefold().split("_"))
