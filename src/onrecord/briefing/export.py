"""The export records of a run, by file name, in the forms of the contract. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from onrecord.model import Conflict, Fact, Position, Report, Standing, Statement
from onrecord.model.records import (
    Record,
    conflict_record,
    fact_record,
    position_record,
    report_record,
    standing_record,
    statement_record,
)


def export_records(
    *,
    reports: Iterable[Report],
    statements: Iterable[Statement],
    positions: Iterable[Position],
    standings: Iterable[Standing],
    conflicts: Iterable[Conflict],
    facts: Iterable[Fact] = (),
    tasks: Iterable[Record] = (),
) -> Mapping[str, Iterator[Record]]:
    """For each file of the export its records, made one by one as they are asked for.

    Example:
        >>> made = export_records(reports=[], statements=[], positions=[], standings=[], conflicts=[])
        >>> [name.removesuffix(".jsonl") for name in made]
        ['reports', 'statements', 'positions', 'standings', 'conflicts', 'facts', 'tasks']
    """
    return {
        "reports.jsonl": map(report_record, reports),
        "statements.jsonl": map(statement_record, statements),
        "positions.jsonl": map(position_record, positions),
        "standings.jsonl": map(standing_record, standings),
        "conflicts.jsonl": map(conflict_record, conflicts),
        "facts.jsonl": map(fact_record, facts),
        "tasks.jsonl": iter(tasks),
    }
