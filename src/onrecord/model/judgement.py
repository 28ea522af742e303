"""Judgement: a person's decision on what the machine noted. It outlives every re-run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Decision = Literal["confirm", "correct", "reject", "merge", "split", "withdraw"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision of one person.

    Attributes:
        id: stable, unique.
        target: id of the record judged (a position, an actor, a condition).
        target_kind: what the target is.
        decision: confirm, correct (``changes`` holds the new values by field), reject, merge (``changes["into"]``),
            split (``changes["parts"]``: new values of each part), or withdraw (takes the judgement ``target`` back).
        by: who decided.
        at: when, in UTC.
        changes: new values, in the form of the export records.
        note: why, in the person's words.
    """

    id: str
    target: str
    target_kind: Literal["position", "statement", "actor", "condition", "judgement"]
    decision: Decision
    by: str
    at: datetime
    changes: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
