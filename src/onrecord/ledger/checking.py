"""Whether a ledger is whole, and whether two ledgers hold the same.

Comes in: a connection. Goes out: sentences on what is wrong, or the content in one canonical order.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, func, select

from onrecord.errors import LedgerDamaged
from onrecord.ledger.adding import derive
from onrecord.ledger.background import facts_of
from onrecord.ledger.columns import in_utc
from onrecord.ledger.rows import spans_of
from onrecord.ledger.schema import (
    APPEND_ONLY,
    CLOCKED,
    current,
    deliveries,
    extractions,
    facts,
    issues,
    judgements,
    matters,
    messages,
    migrations,
    positions,
    repeats,
    reports,
    runs,
    statements,
    told_points,
    told_states,
)
from onrecord.ledger.shelves import POSITIONS, STATEMENTS, Shelf
from onrecord.ledger.texts import compact
from onrecord.ledger.views import Extraction, told_extractions
from onrecord.model import Fact, Position, Statement, digest
from onrecord.model.records import Record


def verify(conn: Connection, now: datetime) -> list[str]:
    """What is wrong with the ledger, one sentence each; empty where all is well.

    Checked are the store's own structure, the digest of every report, that every span of every statement,
    position and fact reproduces its text, that the derived table is what it would be made anew, that judgements have
    their targets, and that the moments of learning run forward and not past ``now``.
    """
    wrong = [*_structure(conn)]
    if wrong:
        # Nothing read from a damaged file can be trusted to be what it seems.
        return wrong
    wrong += _digests(conn)
    wrong += _spans(conn)
    held = [dict(x) for x in conn.execute(select(current).order_by(current.c.report)).mappings()]
    if sorted(held, key=lambda x: x["report"]) != derive(conn):
        wrong.append("the derived table does not say which extractions are the newest: rebuild the ledger")
    wrong += _withdrawals(conn)
    wrong += _moments(conn, in_utc(now))
    return wrong


def _structure(conn: Connection) -> Iterator[str]:
    if conn.dialect.name != "sqlite":
        return
    for (said,) in conn.exec_driver_sql("PRAGMA integrity_check"):
        if said != "ok":
            yield f"the file is damaged: {said}"
    for row in conn.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"a row of {row[0]} names a row of {row[2]} that is not there"


def _digests(conn: Connection) -> Iterator[str]:
    for row in conn.execute(select(reports.c.id, reports.c.sha256, reports.c.text).order_by(reports.c.n)):
        if digest(row.text) != row.sha256:
            yield f"report {row.id}: its text is not the text that was added (the digest differs)"


def _spans(conn: Connection) -> Iterator[str]:
    for one in told_extractions(conn, None):
        text = conn.execute(select(reports.c.text).where(reports.c.id == one.report)).scalar_one()
        found: list[Statement | Position | Fact] = []
        for shelf in (STATEMENTS, POSITIONS):
            try:
                found += _nouns(conn, shelf, one)
            except LedgerDamaged as failure:
                yield f"{one.report}: a {shelf.kind.name} by {one.extractor} cannot be read ({failure.value})"
        try:
            found += facts_of(conn, one)
        except LedgerDamaged as failure:
            yield f"{one.report}: a fact by {one.extractor} cannot be read ({failure.value})"
        for noun in found:
            for span in spans_of(noun):
                if text[span.start : span.end] != span.text:
                    place = f"{span.start} to {span.end}"
                    yield f"{one.report}: {place} does not read {span.text!r}, as {noun.id} has it"


def _nouns(conn: Connection, shelf: Shelf[Any], one: Extraction) -> list[Any]:
    return shelf.machine(conn, {one.n: one}, None).get(one.n, [])


def _withdrawals(conn: Connection) -> Iterator[str]:
    known = set(conn.execute(select(judgements.c.id)).scalars())
    asked = select(judgements.c.id, judgements.c.target).where(judgements.c.target_kind == "judgement")
    for name, target in conn.execute(asked):
        if target not in known:
            yield f"judgement {name} withdraws {target}, which is not there"


def _moments(conn: Connection, now: datetime) -> Iterator[str]:
    for table in CLOCKED:
        last = None
        for (learned,) in conn.execute(select(table.c.learned_at).order_by(table.c.n)):
            if last is not None and learned < last:
                yield f"{table.name}: a row was learned at {learned}, after one learned at {last}"
            last = learned
        if last is not None and last > now:
            yield f"{table.name}: the newest row was learned at {last}, which is yet to come"


_BESIDES = (runs, migrations, told_states, told_points, messages, deliveries)
"""Tables that hold nothing of the record itself."""


def dump(conn: Connection, *, clock: bool = False) -> Iterator[Record]:
    """The content, row by row, in an order that does not depend on when what was added.

    Row numbers are left out, so two ledgers that hold the same give the same. Without ``clock``, so are the
    moments of learning, and what only tells how the ledger came about or what was told of it (runs, migrations,
    messages).
    """
    names = {x.n: f"{x.report}/{x.extractor}" for x in told_extractions(conn, None)}
    for table in (*APPEND_ONLY, current):
        if clock or table not in _BESIDES:
            rows = (_plain(x, table, names, clock) for x in conn.execute(select(table)).mappings())
            yield from sorted(rows, key=compact)


def _plain(row: Any, table: Table, names: dict[int, str], clock: bool) -> Record:
    kept: Record = {"table": table.name}
    for name, value in row.items():
        if name == "extraction":
            value = names[value]
        if isinstance(value, datetime):
            value = value.isoformat()
        if name != "n" and (clock or name != "learned_at"):
            kept[name] = value
    return kept


def counts(conn: Connection) -> dict[str, int]:
    """How much the ledger holds: statements, positions and facts as in the newest extractions, all else as ever
    added.
    """
    told = {}
    for table in (reports, extractions, statements, positions, facts, repeats, matters, issues, judgements, runs):
        rows = func.count(table.c.id.distinct()) if table in (matters, runs) else func.count()
        asked = select(rows).select_from(table)
        if table in (statements, positions, facts):
            asked = asked.join(current, current.c.extraction == table.c.extraction)
        told[table.name] = int(conn.execute(asked).scalar_one())
    return told
