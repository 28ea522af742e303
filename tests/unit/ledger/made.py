"""Reports made by hand for the tests of the ledger, with what is found in them. All states are invented."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from onrecord.model import (
    ChainLink,
    Condition,
    DateRange,
    Judgement,
    Position,
    Quantity,
    Report,
    Source,
    Span,
    Statement,
    digest,
)

NOON = datetime(2025, 11, 3, 12, tzinfo=UTC)

STANCES = {"offered": "would send", "refused": "will never send", "considering": "may send"}


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def tick(self, minutes: float = 1) -> datetime:
        self.now += timedelta(minutes=minutes)
        return self.now


@dataclass(frozen=True)
class Told:
    """A report with what one extractor found in it."""

    report: Report
    statements: tuple[Statement, ...]
    positions: tuple[Position, ...]
    extractor: str

    def into(self, ledger) -> bool:
        return ledger.add(self.report, self.statements, self.positions, extractor=self.extractor)


def told(
    name: str,
    *claims: tuple[str, str],
    outlet: str | None = "The Courier",
    extractor: str = "hand 1",
    more: str = "",
    wider: int = 0,
) -> Told:
    """A report in which each party (an ISO-like code) takes a stance, one sentence each.

    ``more`` is put after the sentences; ``wider`` draws the evidence so many code points less wide.
    """
    text, places = "", []
    for party, stance in claims:
        before = len(text)
        text += f"{party} said it {STANCES[stance]} up to 300 troops if the truce holds. "
        places.append((before, len(text) - 1))
    text += more
    report = Report(
        name,
        text,
        digest(text),
        outlet=outlet,
        url=f"https://example.org/{name}",
        title=f"What {name} says",
        published=DateRange.on(date(2025, 11, 2)),
        upstream=("A Wire",),
    )
    statements, positions = [], []
    for i, ((party, stance), (start, end)) in enumerate(zip(claims, places, strict=True)):
        sentence = text[start:end]

        def span(words: str, start: int = start, sentence: str = sentence) -> Span:
            at = start + sentence.index(words)
            return Span(at, at + len(words), words)

        chain = (ChainLink(party, "state", party), ChainLink(outlet or "a paper", "outlet"))
        said = f"{name}.s{i}"
        statements.append(
            Statement(
                said,
                name,
                Source(span(party), "state", party, party),
                span("said"),
                (Span.of(text, start + len(party) + 6, end),),
                chain,
                "indirect",
                DateRange.on(date(2025, 11, 1)),
                0.75,
            )
        )
        positions.append(
            Position(
                f"{name}.p{i}",
                name,
                party,
                party,
                "contribute_troops",
                stance,
                Span.of(text, start + wider, end),
                cue=span(STANCES[stance]),
                matter="force_x",
                conditions=(Condition("ceasefire", span("if the truce holds")),),
                quantity=Quantity(None, 300, "troops", span("up to 300")),
                chain=chain,
                self_declared=True,
                said_on=DateRange(date(2025, 10, 30), date(2025, 11, 1), inferred=True),
                confidence=0.5,
                statement=said,
                extractor=extractor,
            )
        )
    return Told(report, tuple(statements), tuple(positions), extractor)


def again(one: Told, extractor: str, prefix: str = "n") -> Told:
    """The same finds by another extractor, which gives its records other ids."""

    def new(name: str) -> str:
        return f"{prefix}.{name}"

    return Told(
        one.report,
        tuple(replace(x, id=new(x.id)) for x in one.statements),
        tuple(
            replace(x, id=new(x.id), statement=x.statement and new(x.statement), extractor=extractor)
            for x in one.positions
        ),
        extractor,
    )


def without(one: Told, *numbers: int) -> Told:
    """The same finds less some of the positions."""
    return replace(one, positions=tuple(p for i, p in enumerate(one.positions) if i not in numbers))


def judgement(
    name: str,
    target: str,
    decision: str,
    by: str = "ada",
    *,
    at: datetime = NOON,
    kind: str = "position",
    **changes,
) -> Judgement:
    return Judgement(name, target, kind, decision, by, at, changes, note="because")
