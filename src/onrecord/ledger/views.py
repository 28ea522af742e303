"""Which extraction of each report counts, and the reports themselves: now, or as known at a moment.

Comes in: a connection and a moment. Goes out: extractions, reports, judgements. Nothing here writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from onrecord.ledger.faults import whole
from onrecord.ledger.judging import Ruling
from onrecord.ledger.rows import judgement_of, report_of
from onrecord.ledger.schema import current, extractions, judgements, repeats, reports
from onrecord.model import Report

_VERSIONED = re.compile(r"^(?P<name>.*?)[\s/@:=_-]*v?(?P<version>\d+(?:\.\d+)*)$")


@dataclass(frozen=True, slots=True)
class Extraction:
    """One run of one extractor over one report.

    Attributes:
        n: its place in the order in which the ledger learned of extractions.
        report: id of the report.
        extractor: name and version.
    """

    n: int
    report: str
    extractor: str


def replaces(new: str, old: str) -> bool:
    """Whether views follow the extractor ``new``, learned later, in place of ``old``.

    They do, but for an older version of the same extractor: two people who share a ledger need not upgrade on
    one day.

    Example:
        >>> replaces("rules 0.10", "rules 0.9"), replaces("rules 0.9", "rules 0.10")
        (True, False)
        >>> replaces("other", "rules 9")
        True
    """
    a, b = _VERSIONED.match(new), _VERSIONED.match(old)
    if not a or not b or a["name"] != b["name"]:
        return True
    return _version(a["version"]) >= _version(b["version"])


def _version(text: str) -> tuple[int, ...]:
    # Long runs of digits are no version number that anybody counts with; int() would refuse them.
    parts = [int(x[:18]) for x in text.split(".")]
    while parts and parts[-1] == 0:
        parts.pop()
    return tuple(parts)


def newest(told: Iterable[Extraction]) -> dict[str, Extraction]:
    """The extraction that views follow, by report.

    Args:
        told: extractions in the order in which the ledger learned of them.
    """
    kept: dict[str, Extraction] = {}
    for one in told:
        if one.report not in kept or replaces(one.extractor, kept[one.report].extractor):
            kept[one.report] = one
    return kept


def told_extractions(
    conn: Connection, known_at: datetime | None, report: str | None = None
) -> list[Extraction]:
    """All extractions that the ledger knew of, in the order in which it learned of them."""
    asked = select(extractions.c.n, extractions.c.report, extractions.c.extractor).order_by(extractions.c.n)
    if known_at is not None:
        asked = asked.where(extractions.c.learned_at <= known_at)
    if report is not None:
        asked = asked.where(extractions.c.report == report)
    return [Extraction(*row) for row in conn.execute(asked)]


def shown_extractions(
    conn: Connection, known_at: datetime | None, report: str | None = None
) -> dict[int, Extraction]:
    """The extractions that views follow, by number."""
    if known_at is not None:
        kept = newest(told_extractions(conn, known_at, report)).values()
        return {x.n: x for x in kept}
    asked = select(extractions.c.n, extractions.c.report, extractions.c.extractor).join(
        current, current.c.extraction == extractions.c.n
    )
    if report is not None:
        asked = asked.where(current.c.report == report)
    return {row.n: Extraction(*row) for row in conn.execute(asked)}


def all_rulings(conn: Connection, known_at: datetime | None = None) -> list[Ruling]:
    """All judgements, in the order in which the ledger learned of them."""
    asked = select(judgements).order_by(judgements.c.n)
    if known_at is not None:
        asked = asked.where(judgements.c.learned_at <= known_at)
    with whole():
        return [Ruling(x.n, judgement_of(x), x.report, x.as_judged) for x in conn.execute(asked)]


def all_reports(
    conn: Connection, known_at: datetime | None = None, report: str | None = None
) -> list[Report]:
    """The reports, oldest first, each with its head as the newest extraction read it."""
    chosen = shown_extractions(conn, known_at, report)
    # An earlier report's text is repeated, or it is not: of several findings the surest counts.
    found = select(repeats.c.report, repeats.c.of).order_by(repeats.c.similarity, repeats.c.of.desc())
    heads = select(
        *(reports.c[x] for x in ("id", "sha256", "outlet", "text")),
        extractions.c.n.label("extraction"),
        *(extractions.c[x] for x in ("url", "title", "same_text_as", "upstream")),
        *(extractions.c[f"published_{x}"] for x in ("earliest", "latest", "inferred")),
    ).join(extractions, extractions.c.report == reports.c.id)
    if known_at is not None:
        found = found.where(repeats.c.learned_at <= known_at)
        heads = heads.where(extractions.c.learned_at <= known_at)
    else:
        heads = heads.join(current, current.c.extraction == extractions.c.n)
    if report is not None:
        heads = heads.where(reports.c.id == report)
    of = {row.report: row.of for row in conn.execute(found)}
    with whole():
        rows = (x for x in conn.execute(heads) if x.extraction in chosen)
        kept = [report_of(x, of.get(x.id, x.same_text_as)) for x in rows]
    return sorted(kept, key=lambda r: (r.published is None, r.published and r.published.earliest, r.id))
