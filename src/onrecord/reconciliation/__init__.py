"""Positions -> Standings, Conflicts: pure functions from the ledger's rows and a date.

Comes in: positions, reports, a day. Goes out: standings, conflicts, origins, conditions followed. Nothing is
read or written, no clock is asked. `docs/reconciliation.md` gives the rules and thresholds.
"""

from onrecord.reconciliation.changes import diff
from onrecord.reconciliation.explaining import explain
from onrecord.reconciliation.reconciler import Reconciler, reconcile
from onrecord.reconciliation.result import (
    Change,
    ConditionChange,
    ConditionState,
    Explanation,
    Reconciliation,
)
from onrecord.reconciliation.settings import Settings

__all__ = [
    "Change",
    "ConditionChange",
    "ConditionState",
    "Explanation",
    "Reconciler",
    "Reconciliation",
    "Settings",
    "diff",
    "explain",
    "reconcile",
]
