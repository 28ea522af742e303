"""How far a ledger has come, and what has changed since: so that what was made of it need not be made anew.

Comes in: a connection. Goes out: versions, ids of reports. Nothing here writes.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, func, select

from onrecord.ledger.schema import extractions, issues, judgements, repeats


class Version(NamedTuple):
    """The last row of each table that views are made of, 0 where there is none."""

    extractions: int = 0
    judgements: int = 0
    repeats: int = 0
    issues: int = 0


def version(conn: Connection) -> Version:
    """The version now."""
    tables = (extractions, judgements, repeats, issues)
    asked = select(*(select(func.max(t.c.n)).scalar_subquery() for t in tables))
    return Version(*(int(n or 0) for n in conn.execute(asked).one()))


def touched(conn: Connection, since: Version) -> frozenset[str] | None:
    """Ids of the reports of which views may show something else than at ``since``; None where it may be all.

    A new extraction or a judgement on a record touches its report. A merged actor, and a newly found repeat,
    may touch any.
    """
    if version(conn).repeats > since.repeats:
        return None
    kept: set[str] = set(
        conn.execute(select(extractions.c.report).where(extractions.c.n > since.extractions)).scalars()
    )
    new = select(judgements.c.target_kind, judgements.c.target, judgements.c.report)
    for row in conn.execute(new.where(judgements.c.n > since.judgements)):
        kind, report = row.target_kind, row.report
        target = row.target
        while kind == "judgement":
            told = conn.execute(new.where(judgements.c.id == target)).one()
            kind, target, report = told
        if kind == "actor":
            return None
        if report is not None:
            kept.add(report)
    return frozenset(kept)
