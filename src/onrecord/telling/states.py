"""What is known now, as plain records that the ledger keeps: one for each standing, condition and scenario.

In: an answer. Out: state by place. A state holds what changes are told from, and its leading passage, so that what was
said before can be quoted when nothing of it is left on record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from onrecord.model import Position, Standing
from onrecord.model.records import Record
from onrecord.reconciliation import ConditionState
from onrecord.services import Answer
from onrecord.telling.evidence import best_first, saying

CONDITION, FORCE = "condition:", "force:"
"""What the places of conditions and scenarios begin with; those of standings are the standings' ids."""


def states_of(answer: Answer) -> dict[str, Record]:
    """State by place.

    Scenarios are there where the answer was made with its force.
    """
    held = {p.id: p for p in answer.positions}
    published = {r.id: r.published for r in answer.reports}
    found: dict[str, Record] = {}
    for standing in answer.reconciliation.standings:
        found[standing.id] = _standing(standing, best_first(standing, saying(standing), held, published), held)
    for condition in answer.reconciliation.conditions_state:
        found[f"{CONDITION}{condition.id}"] = _condition(condition)
    for scenario in (answer.force or {}).get("scenarios", ()):
        found[f"{FORCE}{scenario['id']}"] = _scenario(scenario, answer.force or {}, answer)
    return found


def weighed(standing: Standing) -> list[str]:
    """Every position that was weighed for a standing."""
    told = [r.position for r in standing.reasons]
    return sorted({*told, *standing.supporting, *standing.opposing, *saying(standing)})


def _standing(standing: Standing, best: Iterable[str], held: Mapping[str, Position]) -> Record:
    lead = next(iter(best), None)
    return {
        "kind": "standing",
        "holder": standing.holder,
        "performer": standing.performer,
        "task": standing.task,
        "matter": standing.matter,
        "stance": standing.stance,
        "state": standing.state,
        "low": standing.low,
        "high": standing.high,
        "unit": standing.unit,
        "conditions": [{"id": c.followed or c.kind, "kind": c.kind, "text": c.text} for c in standing.conditions],
        "lead": lead and _passage(held[lead]),
        "last": standing.last.latest.isoformat() if standing.last else None,
        "positions": weighed(standing),
    }


def _passage(position: Position) -> Record:
    return {
        "position": position.id,
        "report": position.report,
        "start": position.evidence.start,
        "end": position.evidence.end,
        "chain": [link.name for link in position.chain],
    }


def _condition(condition: ConditionState) -> Record:
    return {
        "kind": "condition",
        "id": condition.id,
        "of": condition.kind,
        "matter": condition.matter,
        "label": condition.label,
        "status": condition.status,
        "named_by": list(condition.named_by),
        "standings": list(condition.standings),
    }


def _scenario(scenario: Mapping[str, Any], force: Mapping[str, Any], answer: Answer) -> Record:
    required = force.get("required") or {}
    target = required.get("low") if required.get("low") is not None else required.get("high")
    parts: dict[str, Any] = {}
    for part in scenario.get("made_of", ()):
        parts[part["standing"]] = parts.get(part["standing"], 0) + part["expected"]
    return {
        "kind": "force",
        "scenario": scenario["id"],
        "label": scenario["name"],
        "matter": answer.story.matter if answer.story else None,
        "expected": scenario["expected"],
        "required": target,
        "parts": parts,
    }
