"""The record of an assessment: plain data for ``force.json`` and for the brief.

Goes out: a mapping in the shape that the brief's section of strength reads (``required``, ``scenarios``,
``coverage``, ``unlock``, ``lines``), and beside it what each number is made of: standings, positions,
passages, sources of the tables.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from onrecord.force.assessment import Assessment, Strength, TaskCoverage, Unlock
from onrecord.force.found import FoundForce
from onrecord.force.lines import Naming, lines, persons
from onrecord.force.matching import Lever
from onrecord.force.parties import Contingent
from onrecord.vocabulary import Vocabulary, load

MOST_UNLOCKS = 12
"""Rows of the unlock chart: every condition alone, then sets that gain more than their parts."""
_SYNERGY = 1.0  # persons by which a set must beat its parts to be worth a row of its own


def force_record(assessment: Assessment, vocabulary: Vocabulary | None = None) -> dict[str, Any]:
    """The record, JSON-able.

    Args:
        assessment: what it adds up to.
        vocabulary: for the names in the lines; the package's by default.
    """
    words = vocabulary or load()
    need = assessment.required
    return {
        "required": {
            "low": need.low,
            "high": need.high,
            "source": need.source,
            "found": need.found,
            "passages": [
                {"report": p.report, "start": p.span.start, "end": p.span.end, "text": p.span.text}
                for p in need.passages
            ],
        },
        "scenarios": [_scenario(s) for s in assessment.strengths],
        "coverage": [_coverage(c) for c in assessment.coverage],
        "unlock": [_unlock(u, assessment.levers) for u in chosen_unlocks(assessment)],
        "lines": list(lines(assessment, words.label, _task_names(words), _task_ranks(words))),
        "found": _found(assessment.found),
        "as_of": assessment.as_of.isoformat() if assessment.as_of else None,
        "scenario": assessment.scenario,
        "parties": [_contingent(c) for c in assessment.contingents],
        "bars": [
            {"by": b.by, "party": b.party, "chance": _round(b.chance), "why": b.why}
            | {"standing": b.standing, "positions": list(b.positions)}
            for b in assessment.bars
        ],
        "conditions": [
            {"id": x.id, "kind": x.kind, "label": x.label, "found": x.found}
            | {"chance": _round(assessment.strength.settings[x.id])}
            | {"standings": list(assessment.asked.get(x.id, ()))}
            | {"share_of_gain": _persons(assessment.shapley.get(x.id, 0.0))}
            for x in assessment.levers.values()
        ],
        "smallest_sets": None
        if assessment.smallest is None
        else {
            "sets": [list(x) for x in assessment.smallest.sets],
            "to_gain": _persons(assessment.smallest.needed),
            "gain_of_all": _persons(assessment.smallest.all_met),
            "complete": assessment.smallest.complete,
        },
        "leaving": [
            {"party": x.party, "loss": _persons(x.loss), "chance_loss": _maybe(x.chance_loss)}
            | {"standings": list(x.standings)}
            for x in assessment.leaving
        ],
        "precedents": [
            {
                "name": p.mission.name,
                "full_name": p.mission.full_name,
                "mandated_on": p.mission.mandated_on,
                "authorised": p.mission.authorised,
                "after_12_months": p.mission.after_12,
                "filled": _maybe(p.filled),
                "peak": p.mission.peak,
                "peak_year": p.mission.peak_year,
                "contributors": p.mission.contributors,
                "days_to_first_deployment": p.mission.days_to_first,
                "under_un_command": p.mission.under_un,
                "lead": p.mission.lead,
                "this_force_is_times_as_large": _maybe(p.size),
                "tasks_shared": list(p.shared),
                "tasks_only_here": list(p.only_here),
                "tasks_only_there": list(p.only_there),
                "source": p.mission.source,
                "notes": p.mission.notes,
            }
            for p in assessment.precedents
        ],
        "assumptions": list(assessment.assumptions),
        "drawn": {"draws": assessment.draws, "seed": assessment.seed, "interval": assessment.interval},
    }


def chosen_unlocks(assessment: Assessment) -> tuple[Unlock, ...]:
    """What the chart shows: conditions alone by gain, then the sets that gain more than any split of them."""
    by_set = {frozenset(u.conditions): u for u in assessment.unlocks}
    single = [u for u in assessment.unlocks if len(u.conditions) == 1 and (u.gain > 0 or u.tasks)]
    joint = [
        u
        for u in assessment.unlocks
        if len(u.conditions) > 1
        and (u.gain > _apart(frozenset(u.conditions), by_set) + _SYNERGY or _new_tasks(u, by_set))
    ]
    rows = single[: MOST_UNLOCKS - min(4, len(joint))]
    return (*rows, *joint[: MOST_UNLOCKS - len(rows)])


def _apart(whole: frozenset[str], by_set: dict[frozenset[str], Unlock]) -> float:
    """The most that the set gains in two parts, each by itself."""
    best = 0.0
    for one in whole:
        rest = whole - {one}
        best = max(best, by_set[frozenset({one})].gain + by_set[rest].gain)
    return best


def _new_tasks(unlock: Unlock, by_set: dict[frozenset[str], Unlock]) -> bool:
    whole = frozenset(unlock.conditions)
    before = {t for one in whole for t in by_set[whole - {one}].tasks}
    return bool(set(unlock.tasks) - before)


def _task_ranks(words: Vocabulary) -> Callable[[str], int]:
    """What the force does on the ground before who is in it, then money, then politics."""
    order = ("security", "force", "aid", "politics")

    def rank(task: str) -> int:
        known = words.tasks.get(task)
        return order.index(known.kind) if known and known.kind in order else len(order)

    return rank


def _task_names(words: Vocabulary) -> Naming:
    def name(task: str) -> str:
        known = words.tasks.get(task)
        return known.label if known else task.replace("_", " ")

    return name


def _round(chance: float) -> float:
    return round(chance, 4)


def _maybe(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _persons(value: float) -> int:
    return round(value)


def _scenario(one: Strength) -> dict[str, Any]:
    return {
        "name": one.scenario.replace("_", " "),
        "low": _persons(one.low),
        "expected": _persons(one.expected),
        "high": _persons(one.high),
        "chance": _maybe(one.chance),
        "id": one.scenario,
        "months": one.months,
        "expected_by_months": {str(m): _persons(x) for m, x in one.expected_by_months.items()},
        "components": [
            {"component": c, "required": need, "expected": _persons(x)} for c, need, x in one.components
        ],
        "phases": [{"phase": name, "required": need, "chance": _round(x)} for name, need, x in one.phases],
        "settings": {k: _round(v) for k, v in one.settings.items()},
        "made_of": [
            {
                "party": p.contingent.party,
                "task": p.contingent.task,
                "expected": _persons(p.expected),
                "conditions_met": _round(p.chance),
                "standing": p.contingent.standing,
                "positions": list(p.contingent.positions),
            }
            for p in one.parts
        ],
    }


def _coverage(one: TaskCoverage) -> dict[str, Any]:
    def who(standings: tuple[str, ...]) -> list[str]:
        return list(dict.fromkeys(one.actors[s] for s in standings))

    return {
        "task": one.task,
        "label": one.label,
        "for": who(one.supporting),
        "against": who(one.against),
        "nobody": one.nobody,
        "leaning": who(one.leaning),
        "silent": who(one.silent),
        "required": one.need,
        "expected": None if one.expected is None else _persons(one.expected),
        "chance": _round(one.chance),
        "covered": one.covered,
        "standings": [*one.supporting, *one.leaning, *one.silent, *one.against],
        "positions": list(one.positions),
    }


def _unlock(one: Unlock, levers: Mapping[str, Lever]) -> dict[str, Any]:
    notes = [f"{persons(one.expected)} expected then"]
    if one.tasks:
        notes.append(f"covers {', '.join(t.replace('_', ' ') for t in one.tasks)}")
    return {
        # The brief knows the story's conditions and the kinds by id; what one party asks is told in words.
        "conditions": [levers[x].label if ":" in x and levers[x].found else x for x in one.conditions],
        "ids": list(one.conditions),
        "gain": _persons(one.gain),
        "chance": _maybe(one.chance),
        "note": "; ".join(notes),
        "chance_gain": _maybe(one.chance_gain),
        "tasks": list(one.tasks),
        "parties": list(one.parties),
        "standings": list(one.standings),
    }


def _contingent(one: Contingent) -> dict[str, Any]:
    return {
        "party": one.party,
        "task": one.task,
        "stance": one.stance,
        "state": one.state,
        "probability": _round(one.probability),
        "counts": one.counts,
        "low": one.low,
        "high": one.high,
        "figure": one.figure,
        "figure_source": one.figure_source,
        "conditions": list(one.levers),
        "matched_by": list(one.matched),
        "excluded": one.excluded,
        "outside_area_of": one.outside,
        "standing": one.standing,
        "positions": list(one.positions),
    }


def _found(one: FoundForce | None) -> dict[str, Any] | None:
    """What the reports tell of a force that the story does not describe."""
    if one is None:
        return None
    return {
        "tasks": [{"task": t, "positions": list(p)} for t, p in one.tasks.items()],
        "excluded": [{"party": x, "positions": list(p)} for x, p in one.excluded.items()],
        "staffing": list(one.staffing),
    }
