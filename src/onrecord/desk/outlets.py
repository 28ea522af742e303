"""Outlets: what they printed, how they are graded, and what came of it later as far as the data tell.

In: an :class:`onrecord.desk.outlook.Outlook`. Out: a row an outlet. The rules, first one that fits, for each thing
that an outlet printed itself (a repeat counts for the one that it repeats):

- doubted: figure or attribution looks mistaken beside others, or it stands against the standing in a contradiction;
- borne out: a report of another origin, of the same day or later, tells the same side of the same undertaking;
- changed: the party itself took another side later;
- alone: nobody else has told it so far.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from onrecord.briefing.material import Material, Undertaking
from onrecord.briefing.sources import origin_key, repeaters
from onrecord.desk.outlook import Outlook
from onrecord.model import Polarity, Position, Report
from onrecord.reconciliation import grades
from onrecord.vocabulary import Vocabulary

Fate = Literal["borne out", "doubted", "changed", "alone"]
FATES: tuple[Fate, ...] = ("borne out", "changed", "alone", "doubted")
GRADES = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}
"""Letters of the Admiralty code (NATO AJP-2.1)."""


@dataclass(frozen=True, slots=True)
class OutletRow:
    """An outlet.

    Attributes:
        name: for people.
        kind: agency, daily and so on, or "".
        grade: letter, or "".
        grade_from: where the letter is from ("set by you", "by its kind"), or "".
        reports: how many; ``own`` of them are not repeats of another's text.
        first: how often it came first on an origin that others rest on.
        positions: what was found in its own reports.
        fates: how many of them came out how.
        repeats_only: whether it only repeats others here.
    """

    name: str
    kind: str
    grade: str
    grade_from: str
    reports: int
    own: int
    first: int
    positions: int
    fates: Mapping[Fate, int]
    repeats_only: bool


def outlet_rows(outlook: Outlook, vocabulary: Vocabulary) -> tuple[OutletRow, ...]:
    """Every outlet, the one with most positions first."""
    material = outlook.material
    by_outlet: dict[str, list[Report]] = {}
    for report in material.reports.values():
        by_outlet.setdefault(material.outlet(report), []).append(report)
    positions: dict[str, list[Position]] = {}
    for position in material.positions.values():
        positions.setdefault(position.report, []).append(position)
    fates = fates_of(material)
    only = set(repeaters(material))
    first = {held[0].id for held in material.reports_of.values() if len(held) > 1}
    rows = []
    for name, reports in by_outlet.items():
        own = [r for r in reports if r.same_text_as is None]
        printed = [p for r in own for p in positions.get(r.id, ())]
        kind, grade, told = _grade(material, vocabulary, reports[0].outlet)
        rows.append(
            OutletRow(
                name,
                kind,
                grade,
                told,
                len(reports),
                len(own),
                sum(r.id in first for r in reports),
                len(printed),
                {f: sum(fates[p.id] == f for p in printed) for f in FATES},
                name in only,
            )
        )
    return tuple(sorted(rows, key=lambda r: (-r.positions, -r.reports, r.name)))


def fates_of(material: Material) -> dict[str, Fate]:
    """What came of each position, by id; the rules stand at the head of this module."""
    told: dict[tuple[Undertaking, Polarity], dict[str, int]] = {}
    origins = {name: origin_key(material, report) for name, report in material.reports.items()}
    for position in material.positions.values():
        key = (position.undertaking, material.words.polarity(position.stance))
        latest = told.setdefault(key, {})
        origin, day = origins[position.report], _day(material, position)
        latest[origin] = max(latest.get(origin, 0), day)
    doubted = _doubted(material)
    return {
        p.id: "doubted"
        if p.id in doubted
        else _fate(
            material, p, told[p.undertaking, material.words.polarity(p.stance)], origins[p.report]
        )
        for p in material.positions.values()
    }


def _fate(material: Material, position: Position, told: Mapping[str, int], origin: str) -> Fate:
    day = _day(material, position)
    if any(other != origin and when >= day for other, when in told.items()):
        return "borne out"
    standing = material.standing_of.get(position.undertaking)
    side = material.words.polarity(position.stance)
    if standing is not None and standing.polarity != side and position.id not in standing.supporting:
        later = [
            h
            for h in standing.history
            if h.date is not None
            and h.date.latest.toordinal() >= day
            and material.words.polarity(h.stance) != side
        ]
        if later:
            return "changed"
    return "alone"


def _doubted(material: Material) -> set[str]:
    found: set[str] = set()
    for conflict in material.conflicts:
        if conflict.kind in {"figure", "attribution", "contradiction"}:
            held = material.standing_of.get(
                (conflict.holder or "", conflict.performer or "", conflict.task or "", conflict.matter)
            )
            against: Iterable[str] = held.opposing if held else ()
            found |= set(conflict.positions) & set(against)
    return found


def _day(material: Material, position: Position) -> int:
    published = material.reports[position.report].published
    return published.latest.toordinal() if published else 0


def _grade(material: Material, vocabulary: Vocabulary, name: str | None) -> tuple[str, str, str]:
    """Kind, letter, and where the letter is from."""
    known = vocabulary.outlet_by_name(name) if name else None
    kind = known.kind.replace("_", " ") if known else ""
    given = material.reliabilities.get(name or "")
    if given:
        return kind, given, "set by you"
    if known is None:
        return kind, "", ""
    if known.reliability:
        return kind, known.reliability, "by the vocabulary"
    return kind, grades.OUTLET.get(known.kind, ""), "by its kind"
