"""Facts as views show them: those of the newest extraction of each report.

Comes in: a connection and a moment. Goes out: nouns. Nothing here writes. Facts carry no judgements: a person who
doubts one opens its passage.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from onrecord.ledger.faults import whole
from onrecord.ledger.rows import fact_of
from onrecord.ledger.schema import extractions, facts
from onrecord.ledger.views import Extraction, newest, shown_extractions
from onrecord.model import Fact


def facts_of(conn: Connection, one: Extraction) -> list[Fact]:
    """The facts of one extraction, in the order in which it gave them."""
    asked = select(facts).where(facts.c.extraction == one.n).order_by(facts.c.ordinal)
    with whole():
        return [fact_of(row, one.report, one.extractor) for row in conn.execute(asked)]


def shown_facts(conn: Connection, known_at: datetime | None, report: str | None = None) -> list[Fact]:
    """The facts of each report's newest extraction, by id of the report."""
    chosen = shown_extractions(conn, known_at, report)
    asked = select(facts).order_by(facts.c.extraction, facts.c.ordinal)
    if report is not None:
        asked = asked.where(facts.c.extraction.in_(list(chosen)))
    found: dict[int, list[Fact]] = {}
    with whole():
        for row in conn.execute(asked):
            one = chosen.get(row.extraction)
            if one is not None:
                found.setdefault(one.n, []).append(fact_of(row, one.report, one.extractor))
    return [x for one in sorted(chosen.values(), key=lambda e: e.report) for x in found.get(one.n, [])]


def facts_named(conn: Connection, name: str) -> list[Fact]:
    """The fact with an id, in each report that has it; the newest extraction's where several found it."""
    asked = (
        select(facts, extractions.c.n, extractions.c.report, extractions.c.extractor)
        .join(extractions, extractions.c.n == facts.c.extraction)
        .where(facts.c.id == name)
        .order_by(extractions.c.n)
    )
    with whole():
        rows = list(conn.execute(asked))
        told = {row.n: row for row in rows}
        last = newest(Extraction(row.n, row.report, row.extractor) for row in rows)
        return [fact_of(told[x.n], x.report, x.extractor) for x in last.values()]
