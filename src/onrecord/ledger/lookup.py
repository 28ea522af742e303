"""One record by its id, whatever it is.

Comes in: a connection and an id, or the beginning of one. Goes out: the noun. Nothing here writes.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from onrecord.errors import UnknownName
from onrecord.ledger.background import facts_named
from onrecord.ledger.rows import issue_of, judgement_of
from onrecord.ledger.schema import facts, issues, judgements, positions, reports, statements
from onrecord.ledger.shelves import POSITIONS, STATEMENTS
from onrecord.ledger.views import all_reports
from onrecord.model import Fact, Issue, Judgement, Position, Report, Statement

Noun = Report | Statement | Position | Fact | Judgement | Issue

_NAMED = (reports, positions, statements, facts, judgements, issues)
_SHOWN_AT_MOST = 8


def find(conn: Connection, name: str) -> Noun | None:
    """The record with this id, or the only one whose id begins so; None where there is none.

    A position or statement comes as views show it; where they show none under that id, as the newest
    extractor that found it gave it.

    Raises:
        UnknownName: when more than one record could be meant; the hint names them.
    """
    if not name:
        return None
    found = _exactly(conn, name)
    if found:
        return _only(name, found)
    names = _beginning(conn, name)
    if len(names) > 1:
        raise UnknownName(
            f"{name!r} could be more than one record", value=name, hint=f"did you mean {', '.join(names)}?"
        )
    return _only(name, _exactly(conn, names[0])) if names else None


def _only(name: str, found: list[Noun]) -> Noun:
    if len(found) > 1:
        where = ", ".join(getattr(x, "report", type(x).__name__.lower()) for x in found)
        raise UnknownName(f"{name!r} is the id of more than one record", value=name, hint=f"in {where}")
    return found[0]


def _exactly(conn: Connection, name: str) -> list[Noun]:
    found: list[Noun] = [*all_reports(conn, report=name)]
    for shelf in (POSITIONS, STATEMENTS):
        ours = shelf.in_view(conn, name) or shelf.in_past(conn, name)
        # Left out of the views by a person, or gone from the newest extraction: as the machine had it.
        by_report = {report: noun or shelf.kind.read(record) for report, record, noun in ours}
        found += by_report.values()
    found += facts_named(conn, name)
    row = conn.execute(select(judgements).where(judgements.c.id == name)).first()
    found += [judgement_of(row)] if row else []
    row = conn.execute(select(issues).where(issues.c.id == name)).first()
    return found + ([issue_of(row)] if row else [])


def _beginning(conn: Connection, start: str) -> list[str]:
    names: set[str] = set()
    for table in _NAMED:
        # LIKE would take "_" for any letter, and in SQLite small letters for capitals.
        asked = select(table.c.id).distinct().where(func.substr(table.c.id, 1, len(start)) == start)
        names.update(conn.execute(asked.order_by(table.c.id).limit(_SHOWN_AT_MOST)).scalars())
    return sorted(names)[:_SHOWN_AT_MOST]
