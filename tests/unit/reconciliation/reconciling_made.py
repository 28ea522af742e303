"""Positions and reports built by hand, in one line each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from onrecord.model import ChainLink, Condition, DateRange, Position, Quantity, Report, Span, digest
from onrecord.model.statement import SourceKind
from onrecord.reconciliation import Reconciliation, reconcile
from onrecord.reconciliation.claims import Claim, ClaimMaker
from onrecord.vocabulary import load

MATTER = "isf_gaza"
VOCABULARY = load()


def on(day: str) -> DateRange:
    """`2025-11-03`, or `2025-11-01/2025-11-16` for a stretch."""
    first, _, last = day.partition("/")
    return DateRange(date.fromisoformat(first), date.fromisoformat(last or first), inferred=bool(last))


def report(
    name: str, day: str | None, outlet: str | None = None, text: str = "Nothing much.", **more: object
) -> Report:
    return Report(
        id=name,
        text=text,
        sha256=digest(text),
        outlet=outlet if outlet is not None else f"Outlet of {name}",
        published=on(day) if day else None,
        **more,  # type: ignore[arg-type]
    )


def link(name: str, kind: SourceKind = "office", entity: str | None = None) -> ChainLink:
    return ChainLink(name, kind, entity)


OWN = (link("the ministry", "office", "AZE"),)
UNNAMED = (link("a source in the government", "anonymous", "AZE"),)
PRESIDENT = (link("the president", "office", "AZE"),)
AMERICANS = (link("US defence officials", "anonymous", "USA"),)
NOBODY: tuple[ChainLink, ...] = ()


def position(
    name: str,
    stance: str,
    chain: Sequence[ChainLink] = OWN,
    *,
    report: str | None = None,
    said: str | None = None,
    holder: str = "AZE",
    performer: str | None = None,
    task: str = "contribute_troops",
    matter: str | None = MATTER,
    conditions: Sequence[tuple[str, str]] = (),
    figure: tuple[float | None, float | None] | None = None,
    unit: str | None = "soldiers",
    own: bool | None = None,
    start: int = 0,
    text: str = "It is so.",
    confidence: float = 1.0,
) -> Position:
    mine = bool(chain) and chain[0].entity == holder
    return Position(
        id=name,
        report=report or f"r-{name}",
        holder=holder,
        performer=performer or holder,
        task=task,
        stance=stance,
        evidence=Span(start, start + len(text), text),
        matter=matter,
        conditions=tuple(Condition(k, Span(start, start + len(t), t)) for k, t in conditions),
        quantity=None if figure is None else Quantity(*figure, unit, Span(start, start + 1, text[0])),
        chain=tuple(chain),
        self_declared=mine if own is None else own,
        said_on=on(said) if said else None,
        confidence=confidence,
    )


def claim(of: Position, published: Report | None = None) -> Claim:
    return ClaimMaker(VOCABULARY).claim(of, published)


def reconciled(
    positions: Sequence[Position], as_of: str, reports: Sequence[Report] = (), **more: object
) -> Reconciliation:
    """Reconcile, each position's report made on the day of saying where it is not given."""
    given = {r.id: r for r in reports}
    for one in positions:
        if one.report not in given and one.said_on is not None:
            given[one.report] = report(one.report, f"{one.said_on.earliest}/{one.said_on.latest}")
    return reconcile(positions, list(given.values()), date.fromisoformat(as_of), VOCABULARY, **more)  # type: ignore[arg-type]
