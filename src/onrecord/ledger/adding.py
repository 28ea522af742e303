"""Adding to the ledger: every row is checked before it is written, and written once.

Comes in: a connection in a writing transaction, the moment, and nouns. Goes out: rows. Nothing is changed or
taken away but in the derived table, which only says which extraction is the newest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, insert, select, union_all

from onrecord.errors import EvidenceMismatch, InputError
from onrecord.ledger.columns import in_utc
from onrecord.ledger.rows import extraction_row, fact_row, position_row, report_row, spans_of, statement_row
from onrecord.ledger.schema import CLOCKED, current, extractions, facts, positions, reports, statements
from onrecord.ledger.texts import outlet_key
from onrecord.ledger.views import Extraction, newest, replaces, told_extractions
from onrecord.model import Fact, Position, Report, Statement, digest

_LAST = union_all(
    *(select(select(t.c.learned_at).order_by(t.c.n.desc()).limit(1).scalar_subquery()) for t in CLOCKED)
)


def moment(conn: Connection, clock: Callable[[], datetime]) -> datetime:
    """The moment to note for what is added now: the clock's, or the ledger's last where the clock has gone
    back.

    So the order of the rows and their moments never disagree, and what was known at a moment stays what it
    was.
    """
    last = [x for x in conn.execute(_LAST).scalars() if x is not None]
    latest: datetime = max([in_utc(clock()), *last])
    return latest


def check(
    report: Report, said: Sequence[Statement], taken: Sequence[Position], known: Sequence[Fact] = ()
) -> None:
    """Refuse what does not hold together: a report with what an extractor found in it.

    Raises:
        EvidenceMismatch: a span that does not reproduce its text, or a digest that is not the text's.
        InputError: a record of another report, one id twice, or a position in a statement that is not there.
    """
    if digest(report.text) != report.sha256:
        raise EvidenceMismatch(
            f"the digest of report {report.id} is not that of its text",
            value=report.sha256,
            hint="make reports with digest(text)",
        )
    for kind, nouns in (("statement", said), ("position", taken), ("fact", known)):
        ids = {x.id for x in nouns}
        if len(ids) < len(nouns):
            raise InputError(
                f"two {kind}s of report {report.id} have one id", value=report.id, hint=_EXTRACTOR
            )
        for noun in nouns:
            if noun.report != report.id:
                raise InputError(
                    f"{kind} {noun.id} is of report {noun.report}, not {report.id}",
                    value=noun.report,
                    hint=_EXTRACTOR,
                )
            for span in spans_of(noun):
                span.check(report.text)
    there = {None, *(x.id for x in said)}
    for position in taken:
        if position.statement not in there:
            raise InputError(
                f"position {position.id} rests on statement {position.statement}, which is not there",
                value=position.statement,
                hint=_EXTRACTOR,
            )


_EXTRACTOR = "the extractor is at fault: report it to who made it"


def known_as(conn: Connection, report: Report) -> str | None:
    """The id under which the ledger has this text of this outlet, or None."""
    asked = select(reports.c.id).where(
        reports.c.sha256 == report.sha256, reports.c.outlet_key == outlet_key(report.outlet)
    )
    return conn.execute(asked).scalar()


def name_for(conn: Connection, report: Report) -> str:
    """The id that a report has, or would get, in the ledger.

    Its own, unless the ledger has the same text of the same outlet under another id (then that one), or
    another report under this id: two folders may each hold an ``article.txt``. Then the digest's first digits
    are added.
    """
    known = known_as(conn, report)
    if known is not None:
        return known
    name, digits = report.id, 8
    while conn.execute(select(reports.c.n).where(reports.c.id == name)).scalar() is not None:
        # The same text of two outlets under one id has one digest: the outlet tells them apart.
        name = f"{report.id}~{digest(outlet_key(report.outlet) + report.sha256)[:digits]}"
        digits += 8
    return name


def under(
    name: str, report: Report, said: Sequence[Statement], taken: Sequence[Position], known: Sequence[Fact] = ()
) -> tuple[Report, Sequence[Statement], Sequence[Position], Sequence[Fact]]:
    """The same nouns with the report under another id; ids of records that begin with the old one follow."""
    if name == report.id:
        return report, said, taken, known
    old = report.id

    def moved(id_: str) -> str:
        return name + id_.removeprefix(old) if id_.startswith(old) else f"{name}.{id_}"

    return (
        replace(report, id=name),
        [replace(x, report=name, id=moved(x.id)) for x in said],
        [
            replace(x, report=name, id=moved(x.id), statement=x.statement and moved(x.statement))
            for x in taken
        ],
        [replace(x, report=name, id=moved(x.id)) for x in known],
    )


def add_extraction(
    conn: Connection,
    now: datetime,
    report: Report,
    said: Sequence[Statement],
    taken: Sequence[Position],
    extractor: str,
    known: Sequence[Fact] = (),
) -> bool:
    """Add one run of one extractor over one report; False where it is there already."""
    report, said, taken, known = under(name_for(conn, report), report, said, taken, known)
    row = extraction_row(report, extractor)
    if present(conn, extractions, extractions.c.id == row["id"]):
        return False
    if known_as(conn, report) is None:
        conn.execute(insert(reports), report_row(report) | {"learned_at": now})
    added: Any = conn.execute(insert(extractions), row | {"learned_at": now}).inserted_primary_key
    n = int(added[0])
    for table, rows in (
        (statements, [statement_row(x, i) for i, x in enumerate(said)]),
        (positions, [position_row(x, i) for i, x in enumerate(taken)]),
        (facts, [fact_row(x, i) for i, x in enumerate(known)]),
    ):
        if rows:
            conn.execute(insert(table), [x | {"extraction": n} for x in rows])
    _follow(conn, Extraction(n, report.id, extractor))
    return True


def present(conn: Connection, table: Table, condition: ColumnElement[bool]) -> bool:
    """Whether the table has a row that fits."""
    return conn.execute(select(table.c[0]).where(condition).limit(1)).first() is not None


def add_once(conn: Connection, table: Table, row: dict[str, Any], now: datetime, *key: str) -> bool:
    """Add a row unless one with the same values under ``key`` (never null) is there."""
    condition = table.c[key[0]] == row[key[0]]
    for column in key[1:]:
        condition &= table.c[column] == row[column]
    if present(conn, table, condition):
        return False
    conn.execute(insert(table), row | {"learned_at": now})
    return True


def _follow(conn: Connection, new: Extraction) -> None:
    old = conn.execute(
        select(extractions.c.extractor)
        .join(current, current.c.extraction == extractions.c.n)
        .where(current.c.report == new.report)
    ).scalar()
    if old is not None and not replaces(new.extractor, old):
        return
    if old is not None:
        conn.execute(delete(current).where(current.c.report == new.report))
    conn.execute(insert(current), {"report": new.report, "extraction": new.n})


def derive(conn: Connection) -> list[dict[str, Any]]:
    """The rows that the derived table should have."""
    chosen = newest(told_extractions(conn, None)).values()
    return [{"report": x.report, "extraction": x.n} for x in sorted(chosen, key=lambda x: x.report)]
