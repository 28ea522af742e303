"""The ledger's rows at one version: what the desk has in memory of it.

In: a ledger, and the rows as they were at an earlier version. Out: :class:`Rows`; only what was touched since is
loaded. Nothing is worked out of them here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from onrecord.ledger import Ledger, Version
from onrecord.model import Position, Report


@dataclass(frozen=True, slots=True)
class Rows:
    """The ledger's rows at one version.

    Attributes:
        version: of the ledger.
        reports: by id, in the ledger's order.
        by_report: positions by report, judgements applied, in the order of the text.
        position: by id.
        days: the days on which reports were published (the latest they can be), in order.
        newest: the last of them; where there is none, the last on which anything was said, or None.
        parties, tasks, matters: what the positions are of, by id, in the order of the alphabet; the parties include
            those whose doing is spoken of.
    """

    version: Version
    reports: Mapping[str, Report]
    by_report: Mapping[str, tuple[Position, ...]]
    position: Mapping[str, Position]
    days: tuple[date, ...]
    newest: date | None
    parties: tuple[str, ...]
    tasks: tuple[str, ...]
    matters: tuple[str, ...]

    @property
    def positions(self) -> tuple[Position, ...]:
        """All of them."""
        return tuple(self.position.values())


def load_rows(ledger: Ledger, held: Rows | None, now: Version) -> Rows:
    """The rows of a version.

    Args:
        ledger: where they are loaded from.
        held: the rows as they were; of what was not touched since, the very same objects are kept.
        now: the version, as the ledger has just told it.
    """
    touched = None if held is None else ledger.touched(held.version)
    if held is None or touched is None or len(touched) > max(20, len(held.reports) // 10):
        reports = {r.id: r for r in ledger.reports()}
        by_report: dict[str, list[Position]] = {}
        for p in ledger.positions():
            by_report.setdefault(p.report, []).append(p)
        return rows_of(now, reports, {k: tuple(v) for k, v in by_report.items()})
    reports = dict(held.reports)
    again = dict(held.by_report)
    for name in touched:
        for report in ledger.reports(report=name):
            reports[name] = report
        again[name] = tuple(ledger.positions(report=name))
    return rows_of(now, reports, again)


def rows_of(
    version: Version, reports: Mapping[str, Report], by_report: Mapping[str, tuple[Position, ...]]
) -> Rows:
    """Reports, and positions by report, as rows. Pure."""
    days = sorted({r.published.latest for r in reports.values() if r.published})
    position = {p.id: p for held in by_report.values() for p in held}
    said = (p.said_on.latest for p in position.values() if p.said_on)
    return Rows(
        version,
        reports,
        by_report,
        position,
        tuple(days),
        newest=days[-1] if days else max(said, default=None),
        parties=tuple(sorted({x for p in position.values() for x in (p.holder, p.performer)})),
        tasks=tuple(sorted({p.task for p in position.values()})),
        matters=tuple(sorted({p.matter for p in position.values() if p.matter})),
    )
