"""The ledger: append-only storage of reports, what was found in them, and what people decided.

Comes in: reports, statements, positions, judgements, issues. Goes out: the same nouns, as the ledger knows
them now or knew them at a moment. It must not know how they were made or what becomes of them.
``docs/ledger.md`` tells the rest.
"""

from onrecord.ledger.asking import Answered, Matter, Repeat, Run
from onrecord.ledger.judging import PERSON, Disagreement
from onrecord.ledger.ledger import Ledger
from onrecord.ledger.outbox import Outbox, Point, Waiting
from onrecord.ledger.versions import Version

__all__ = [
    "PERSON",
    "Answered",
    "Disagreement",
    "Ledger",
    "Matter",
    "Outbox",
    "Point",
    "Repeat",
    "Run",
    "Version",
    "Waiting",
]
