"""Strength: what the force section says, beside what the parties themselves have named.

Comes in: the ``force`` mapping, as `force.json` holds it, in this shape; every key may be missing, and more may be
there::

    {"required":  {"low": 20000, "high": 20000, "source": "the plan of October", "found": false, "passages": []},
     "scenarios": [{"name": "as things stand", "low": 0, "expected": 5200, "high": 9000, "chance": 0.04,
                    "made_of": [{"party": "IDN", "task": "contribute_troops", "expected": 3100}]}],
     "coverage":  [{"task": "disarm", "for": ["IDN"], "against": ["AZE"], "nobody": false}],
     "unlock":    [{"conditions": ["ceasefire"], "gain": 2100, "chance": 0.2, "note": "..."}],
     "leaving":   [{"party": "IDN", "loss": 3100, "chance_loss": 0.02, "standings": ["IDN.contribute_troops.x"]}],
     "lines":     ["..."]}

Persons throughout; ``chance`` is 0 to 1, that the requirement is met; ``for`` and ``against`` name actors,
tasks and conditions are ids of the vocabulary or of the story. Goes out: the section. What has another type
is left out rather than guessed at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from onrecord.briefing import charts
from onrecord.briefing.board import first_task, of_matter
from onrecord.briefing.material import Material, References
from onrecord.briefing.pieces import Link, Piece, Ref, Text
from onrecord.briefing.strength_over_time import StrengthOn, required_by, strength_over_time
from onrecord.briefing.strength_rows import Rows
from onrecord.briefing.text import chance, counted, figure, number, one_line
from onrecord.briefing.values import a_map, as_number, maps, texts
from onrecord.briefing.view_strength import Outline, Strength

_PLACE = Link("What it adds up to", "strength")
_MOST_REFS = 6
_MOST_QUOTED = 6


def outline(material: Material, force: Mapping[str, Any] | None, matter: str | None) -> Outline | None:
    """What the bottom line tells, or None where no force is described."""
    if not force:
        return None
    required = a_map(force.get("required"))
    low, high = as_number(required.get("low")), as_number(required.get("high"))
    source = required.get("source")
    named = named_by_parties(material, matter)
    return Outline(
        required=figure(low, high, None),
        source=one_line(source, 160) if isinstance(source, str) else "",
        found=required.get("found") is True,
        lines=tuple(one_line(x, 600) for x in texts(force.get("lines"))),
        named=f"{figure(named[0], named[1], None)} ({named[2]})" if named else "",
        key=_key(material, force),
    )


def _key(material: Material, force: Mapping[str, Any]) -> str:
    for row in maps(force.get("unlock")):
        gain, names = as_number(row.get("gain")), texts(row.get("conditions"))
        if len(names) == 1 and gain is not None and gain > 0:
            return f"{Rows.condition(material, names[0])}, with {number(gain)} more expected"
    return ""


def strength(
    material: Material,
    references: References,
    force: Mapping[str, Any] | None,
    matter: str | None,
    told: Outline | None,
    days: Sequence[StrengthOn] = (),
) -> Strength | None:
    """The section, or None where no force is described; ``days`` are those of the strength over time."""
    if not force or told is None:
        return None
    required = a_map(force.get("required"))
    low, high = as_number(required.get("low")), as_number(required.get("high"))
    named = named_by_parties(material, matter)
    bars: list[tuple[str, str, float, float, float | None]] = []
    if named:
        said = f"{figure(named[0], named[1], None)}, {named[2]}"
        bars.append(("Named by parties for it", said, named[0], named[1], None))
    bars += [x for x in map(_scenario, maps(force.get("scenarios"))) if x is not None]
    rows = Rows(material, references, force, _PLACE)
    lines = _lines(told, rows, force)
    return Strength(
        outline=told,
        lines=lines,
        required_at=_required_at(material, required),
        chart=charts.strength_chart(
            bars,
            (low, high),
            f"required: {told.required}" if told.required else "",
            "Strength by scenario against the requirement",
        ),
        scenario=rows.scenario,
        made_of=rows.made_of(),
        coverage=rows.coverage(),
        unlock=rows.unlock(),
        unlock_chart=charts.unlock_chart(rows.bars(), "What each condition would unlock"),
        smallest=rows.smallest(),
        leaving=rows.leaving(),
        earlier=rows.earlier(),
        assumptions=tuple(one_line(x, 400) for x in texts(force.get("assumptions"))),
        over_time=strength_over_time(
            days,
            required_by(force),
            f"Expected strength as the record stood{f', {rows.scenario}' if rows.scenario else ''}",
        ),
    )


def _lines(told: Outline, rows: Rows, force: Mapping[str, Any]) -> tuple[Text, ...]:
    """The lines, each with the passages it rests on: who makes it up; who is against the gaps; who asks the key."""
    behind = (rows.of_made(), rows.of_gaps(), rows.of_key())
    refs: list[tuple[Ref, ...]] = [rows.refs(x, _MOST_REFS) for x in behind]
    if len(told.lines) != len(behind):  # lines of another hand: nothing says what each rests on
        refs = [() for _ in told.lines]
    return tuple((Piece(line, found),) for line, found in zip(told.lines, refs, strict=True))


def _required_at(material: Material, required: Mapping[str, Any]) -> tuple[Link, ...]:
    """The reports in which the figure stands: those found, or the one that the story names."""
    found = [
        (row.get("report"), row.get("text")) for row in maps(required.get("passages"))
    ]
    links = [
        Link(f"{material.outlet(material.reports[name])}: “{one_line(str(words or ''), 80)}”", material.r[name])
        for name, words in found
        if isinstance(name, str) and name in material.reports
    ]
    source = required.get("source")
    if not links and isinstance(source, str):
        names: Iterable[str] = (x.strip() for x in source.split(","))
        links = [Link(material.outlet(material.reports[x]), material.r[x]) for x in names if x in material.reports]
    return tuple(dict.fromkeys(links))[:_MOST_QUOTED]


def named_by_parties(material: Material, matter: str | None) -> tuple[float, float, str] | None:
    """Lowest and highest sum of the figures that parties on record for the first task have named themselves.

    An open end ("up to", "at least") counts its one number at both ends of the highest sum and, for "up to",
    nothing in the lowest. Money and other units than persons do not occur, since one task has one unit; a
    standing with another unit than the most frequent is left out.
    """
    task = first_task(material, matter)
    held = [
        x
        for x in of_matter(material, matter)
        if x.task == task and x.holder == x.performer and x.polarity == "for" and (x.low or x.high)
    ]
    if not held:
        return None
    units = [x.unit for x in held]
    unit = max(set(units), key=lambda u: (units.count(u), u or ""))
    held = [x for x in held if x.unit == unit]
    low = sum(x.low or 0.0 for x in held)
    high = sum(x.high if x.high is not None else (x.low or 0.0) for x in held)
    return low, high, f"by {counted(len(held), 'party', 'parties')}"


def _scenario(row: Mapping[str, Any]) -> tuple[str, str, float, float, float | None] | None:
    low, high, expected = (as_number(row.get(k)) for k in ("low", "high", "expected"))
    known = [x for x in (low, expected, high) if x is not None]
    if not known:
        return None
    name = one_line(str(row.get("name") or "scenario"), 60)
    odds = chance(as_number(row.get("chance")))
    low, high = min(known), max(known)
    said = f"{number(low)} to {number(high)}" if low != high else number(low)
    if expected is not None:
        said = f"{number(expected)} expected ({said})"
    return name, f"{said}; meets it: {odds}" if odds else said, low, high, expected
