"""What programs can ask for, and which rows fit it.

In: :class:`Wanted`, rows. Out: whether they fit. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from onrecord.model import Conflict, DateRange, Fact, Position, Report, Standing, Statement
from onrecord.reconciliation import ConditionState


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; None asks for all.

    Attributes:
        holder: whose stance; for a statement or fact the actor that it is of, for a condition one that names it.
        performer, task, matter, stance, polarity, report: as in the records.
        kind: of a conflict, condition or fact; of a statement's source.
        state: of a standing or condition.
        since, until: rows of these days; a row without a day is left out where one of them is given.
        as_of: the day to tell it for; of rows, those of reports that can have come out by then.
        story: the story to tell it by.
    """

    holder: str | None = None
    performer: str | None = None
    task: str | None = None
    matter: str | None = None
    stance: str | None = None
    polarity: str | None = None
    report: str | None = None
    kind: str | None = None
    state: str | None = None
    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    story: str | None = None


class Known(Protocol):
    """What a filter has to look up."""

    def polarity(self, stance: str, /) -> str:
        """The polarity of a stance."""
        ...

    def published(self, report: str, /) -> DateRange | None:
        """When a report came out."""
        ...


def _within(when: DateRange | None, wanted: Wanted) -> bool:
    if wanted.since is None and wanted.until is None:
        return True
    if when is None:
        return False
    return when.latest >= (wanted.since or date.min) and when.earliest <= (wanted.until or date.max)


def _out_by(when: DateRange | None, day: date | None) -> bool:
    return day is None or when is None or when.earliest <= day


def _same(noun: Any, wanted: Wanted, *names: str) -> bool:
    return all(getattr(wanted, n) in (None, getattr(noun, n)) for n in names)


def _reports(_: Known, wanted: Wanted) -> Callable[[Report], bool]:
    return lambda r: (
        wanted.report in (None, r.id) and _within(r.published, wanted) and _out_by(r.published, wanted.as_of)
    )


def _statements(asked: Known, wanted: Wanted) -> Callable[[Statement], bool]:
    def fits(s: Statement) -> bool:
        out = asked.published(s.report)
        return (
            wanted.holder in (None, s.source.entity)
            and wanted.kind in (None, s.source.kind)
            and _within(s.said_on or out, wanted)
            and _out_by(out, wanted.as_of)
        )

    return fits


def _positions(asked: Known, wanted: Wanted) -> Callable[[Position], bool]:
    def fits(p: Position) -> bool:
        out = asked.published(p.report)
        return (
            _same(p, wanted, "holder", "performer", "task", "matter", "stance", "report")
            and wanted.polarity in (None, asked.polarity(p.stance))
            and _within(p.said_on or out, wanted)
            and _out_by(out, wanted.as_of)
        )

    return fits


def _standings(_: Known, wanted: Wanted) -> Callable[[Standing], bool]:
    names = ("holder", "performer", "task", "matter", "stance", "polarity", "state")
    return lambda s: _same(s, wanted, *names) and _within(s.last, wanted)


def _conflicts(_: Known, wanted: Wanted) -> Callable[[Conflict], bool]:
    names = ("holder", "performer", "task", "matter", "kind")
    return lambda c: _same(c, wanted, *names) and (wanted.report is None or wanted.report in c.reports)


def _conditions(_: Known, wanted: Wanted) -> Callable[[ConditionState], bool]:
    return lambda c: (
        _same(c, wanted, "matter", "kind")
        and wanted.state in (None, c.status)
        and (wanted.holder is None or wanted.holder in c.named_by)
        and _within(c.since, wanted)
    )


def _facts(asked: Known, wanted: Wanted) -> Callable[[Fact], bool]:
    return lambda f: (
        _same(f, wanted, "kind", "report")
        and wanted.holder in (None, f.entity)
        and _within(f.period, wanted)
        and _out_by(asked.published(f.report), wanted.as_of)
    )


FITS: Mapping[str, Callable[[Known, Wanted], Callable[[Any], bool]]] = {
    "reports": _reports,
    "statements": _statements,
    "positions": _positions,
    "standings": _standings,
    "conflicts": _conflicts,
    "conditions": _conditions,
    "facts": _facts,
}
"""For each kind: what tells whether a row fits."""
