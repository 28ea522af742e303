"""Strength: what the force section says, beside what the parties themselves have named.

Comes in: the ``force`` mapping, as `force.json` holds it, in this shape; every key may be missing::

    {"required":  {"low": 20000, "high": 20000, "source": "the plan of October"},
     "scenarios": [{"name": "as things stand", "low": 0, "expected": 5200, "high": 9000, "chance": 0.04}],
     "coverage":  [{"task": "disarm", "for": ["IDN"], "against": ["AZE"], "nobody": false}],
     "unlock":    [{"conditions": ["ceasefire"], "gain": 2100, "chance": 0.2, "note": "..."}],
     "lines":     ["..."]}

Persons throughout; ``chance`` is 0 to 1, that the requirement is met; ``for`` and ``against`` name actors,
tasks and conditions are ids of the vocabulary or of the story. Goes out: the section. What has another type
is left out rather than guessed at.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from onrecord.briefing import charts
from onrecord.briefing.board import first_task, of_matter
from onrecord.briefing.material import Material
from onrecord.briefing.text import chance, counted, figure, listed, number, one_line
from onrecord.briefing.view_answer import Coverage, Strength, Unlock


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def _maps(value: Any) -> list[Mapping[str, Any]]:
    return [x for x in value if isinstance(x, Mapping)] if isinstance(value, list | tuple) else []


def _texts(value: Any) -> list[str]:
    return [x for x in value if isinstance(x, str)] if isinstance(value, list | tuple) else []


def strength(material: Material, force: Mapping[str, Any] | None, matter: str | None) -> Strength | None:
    """The section, or None where no force is described."""
    if not force:
        return None
    raw = force.get("required")
    required: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {}
    low, high = _number(required.get("low")), _number(required.get("high"))
    source = required.get("source")
    named = named_by_parties(material, matter)
    rows: list[tuple[str, str, float, float, float | None]] = (
        [
            (
                "Named by parties for it",
                f"{figure(named[0], named[1], None)}, {named[2]}",
                named[0],
                named[1],
                None,
            )
        ]
        if named
        else []
    )
    rows += [x for x in map(_scenario, _maps(force.get("scenarios"))) if x is not None]
    need = figure(low, high, None)
    return Strength(
        required=need,
        source=one_line(source, 160) if isinstance(source, str) else "",
        lines=tuple(one_line(x, 400) for x in _texts(force.get("lines"))),
        named=f"{figure(named[0], named[1], None)} ({named[2]})" if named else "",
        chart=charts.strength_chart(
            rows,
            (low, high),
            f"required: {need}" if need else "",
            "Strength by scenario against the requirement",
        ),
        coverage=tuple(_coverage(material, x) for x in _maps(force.get("coverage"))),
        unlock=tuple(_unlock(material, x) for x in _maps(force.get("unlock"))),
    )


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
    low, high, expected = (_number(row.get(k)) for k in ("low", "high", "expected"))
    known = [x for x in (low, expected, high) if x is not None]
    if not known:
        return None
    name = one_line(str(row.get("name") or "scenario"), 60)
    odds = chance(_number(row.get("chance")))
    low, high = min(known), max(known)
    said = f"{number(low)} to {number(high)}" if low != high else number(low)
    if expected is not None:
        said = f"{number(expected)} expected ({said})"
    return name, f"{said}; meets it: {odds}" if odds else said, low, high, expected


def _actors(material: Material, value: Any) -> tuple[str, ...]:
    return tuple(material.words.actor(x) for x in _texts(value))


def _coverage(material: Material, row: Mapping[str, Any]) -> Coverage:
    supporting = _actors(material, row.get("for"))
    nobody = row.get("nobody")
    return Coverage(
        task=material.words.task(str(row.get("task") or "")),
        supporting=supporting,
        against=_actors(material, row.get("against")),
        nobody=nobody if isinstance(nobody, bool) else not supporting,
    )


def _unlock(material: Material, row: Mapping[str, Any]) -> Unlock:
    gain = _number(row.get("gain"))
    sign = "+" if gain is not None and gain >= 0 else ""
    note = row.get("note")
    return Unlock(
        conditions=listed(_conditions(material, _texts(row.get("conditions")))),
        gain=f"{sign}{number(gain)}" if gain is not None else "",
        chance=chance(_number(row.get("chance"))),
        note=one_line(note, 200) if isinstance(note, str) else "",
    )


def _conditions(material: Material, names: Iterable[str]) -> Sequence[str]:
    own = {x.id: x.label for x in (material.story.conditions if material.story else ())}
    return [one_line(own[x], 90) if x in own else material.words.condition(x) for x in names]
