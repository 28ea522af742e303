"""Taking in a person's judgement: what it is on, and whether it can be applied.

Comes in: a connection in a writing transaction and a judgement. Goes out: a row that keeps the judged record
with the judgement, so that it needs no other row to be followed or shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from onrecord.errors import InputError, UnknownName
from onrecord.ledger.adding import add_once
from onrecord.ledger.columns import in_utc
from onrecord.ledger.judging import active, actor_names
from onrecord.ledger.kinds import N
from onrecord.ledger.rows import judgement_of, judgement_row
from onrecord.ledger.schema import judgements, reports
from onrecord.ledger.shelves import POSITIONS, STATEMENTS, Shelf
from onrecord.ledger.texts import compact
from onrecord.ledger.views import all_rulings
from onrecord.model import Judgement
from onrecord.model.records import Record

DECISIONS = {
    "position": ("confirm", "correct", "reject", "merge", "split"),
    "statement": ("confirm", "correct", "reject", "merge"),
    "actor": ("confirm", "correct", "reject", "merge"),
    "condition": ("confirm", "correct", "reject", "merge"),
    "judgement": ("withdraw",),
}
"""What can be decided on what."""


def decide(conn: Connection, now: datetime, judgement: Judgement) -> bool:
    """Keep a judgement; False where it is there already.

    Raises:
        UnknownName: there is no such record, or no such field.
        InputError: it cannot be followed, or its id is another judgement's.
        EvidenceMismatch: a corrected span does not reproduce its text.
    """
    in_utc(judgement.at)
    if not judgement.by:
        raise InputError(
            f"judgement {judgement.id} has no author", value=judgement.id, hint="say who decided"
        )
    if judgement.decision not in DECISIONS.get(judgement.target_kind, ()):
        raise InputError(
            f"a {judgement.target_kind} cannot be decided on with {judgement.decision!r}",
            value=judgement.decision,
            hint=f"choose from: {', '.join(DECISIONS.get(judgement.target_kind, DECISIONS))}",
        )
    if (older := _by_id(conn, judgement.id)) is not None:
        if _told(older) != _told(judgement):
            raise InputError(
                f"there is another judgement under {judgement.id}",
                value=judgement.id,
                hint="give it an id of its own",
            )
        return False
    report, record = _subject(conn, judgement)
    return add_once(conn, judgements, judgement_row(judgement, report, record), now, "id")


def _told(judgement: Judgement) -> tuple[object, ...]:
    # As the store keeps it: a tuple in ``changes`` comes back as a list.
    row = judgement_row(judgement, None, None)
    return in_utc(row.pop("decided_at")), compact(row)


def _by_id(conn: Connection, name: str) -> Judgement | None:
    row = conn.execute(select(judgements).where(judgements.c.id == name)).first()
    return None if row is None else judgement_of(row)


def _subject(conn: Connection, judgement: Judgement) -> tuple[str | None, Record | None]:
    # The report and the record that the judgement is on, when all of it can be followed.
    if judgement.decision == "merge" and not isinstance(judgement.changes.get("into"), str):
        raise InputError(
            f"judgement {judgement.id} does not say into what to merge",
            value=judgement.id,
            hint="give changes['into']",
        )
    if judgement.target_kind == "position":
        return _judged(conn, POSITIONS, judgement)
    if judgement.target_kind == "statement":
        return _judged(conn, STATEMENTS, judgement)
    if judgement.target_kind == "judgement":
        _check_withdrawal(conn, judgement)
    if judgement.target_kind == "actor" and judgement.decision == "merge":
        _check_no_circle(conn, judgement)
    return None, None


def _check_withdrawal(conn: Connection, judgement: Judgement) -> None:
    target = _by_id(conn, judgement.target)
    if target is None:
        raise UnknownName(f"there is no judgement {judgement.target!r}", value=judgement.target)
    if target.by != judgement.by:
        raise InputError(
            f"{judgement.target} is {target.by}'s judgement: {judgement.by} cannot take it back",
            value=judgement.target,
            hint="make a judgement of your own: both are kept",
        )


def _check_no_circle(conn: Connection, judgement: Judgement) -> None:
    into = judgement.changes["into"]
    names = actor_names(active(all_rulings(conn)))
    if names.get(into, into) == judgement.target:
        raise InputError(
            f"{into!r} is merged into {judgement.target!r} already",
            value=into,
            hint="withdraw that judgement first",
        )


def _judged(conn: Connection, shelf: Shelf[N], judgement: Judgement) -> tuple[str, Record]:
    report, record = subject(conn, shelf, judgement.target)
    whole, plus, number = judgement.target.rpartition("+")
    if plus and number.isdigit() and record["id"] != judgement.target and whole.startswith(record["id"]):
        raise InputError(
            f"{judgement.target} is a part of {whole}",
            value=judgement.target,
            hint=f"decide on {whole}: split it anew, or undo the split",
        )
    if judgement.decision in ("correct", "split"):
        text = conn.execute(select(reports.c.text).where(reports.c.id == report)).scalar_one()
        for changes in _parts(judgement):
            shelf.kind.check(shelf.kind.read(record), changes, text)
    if judgement.decision == "merge":
        subject(conn, shelf, judgement.changes["into"])
    return report, record


def _parts(judgement: Judgement) -> list[Mapping[str, Any]]:
    """The changes of a correction, or those of each part of a split."""
    if judgement.decision == "correct":
        return [judgement.changes]
    parts = judgement.changes.get("parts")
    if not isinstance(parts, list | tuple) or len(parts) < 2 or not all(isinstance(x, Mapping) for x in parts):
        raise InputError(
            f"judgement {judgement.id} does not say into what to split",
            value=judgement.id,
            hint="give changes['parts']: the new values of each part, two parts or more",
        )
    if any(x == y for n, x in enumerate(parts) for y in parts[n + 1 :]):
        raise InputError("two of the parts are the same", value=judgement.id, hint="say what tells them apart")
    return list(parts)


def subject(conn: Connection, shelf: Shelf[N], target: str) -> tuple[str, Record]:
    """The report and the record that an id means: as views show it, else as the newest extractor that had it
    gave it.

    Returns:
        The id of the report, and the machine's record with its ``extractor``.

    Raises:
        UnknownName: there is none, or more than one.
    """
    for found in (shelf.in_view(conn, target), shelf.in_past(conn, target)):
        if len({report for report, _, _ in found}) > 1:
            raise UnknownName(
                f"{target!r} is the id of a {shelf.kind.name} in more than one report",
                value=target,
                hint=f"in reports {', '.join(sorted(report for report, _, _ in found))}",
            )
        if found:
            report, record, _ = found[-1]
            return report, record
    raise UnknownName(
        f"there is no {shelf.kind.name} {target!r}", value=target, hint="give an id that the views show"
    )
