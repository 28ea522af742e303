"""What it adds up to: strength and tasks by scenario, and what would unlock more.

In: standings and a story. Out: an assessment, and its record for ``force.json`` and the brief. Pure; knows
nothing of reports but the passages that it is handed, nor of the ledger or of pages. ``docs/force.md``
tells how it is reckoned.
"""

from onrecord.force.assess import assess
from onrecord.force.assessment import Assessment
from onrecord.force.checks import Fault, faults
from onrecord.force.found import FoundForce, Passage, find_force
from onrecord.force.record import force_record
from onrecord.force.settings import Settings

__all__ = [
    "Assessment",
    "Fault",
    "FoundForce",
    "Passage",
    "Settings",
    "assess",
    "faults",
    "find_force",
    "force_record",
]
