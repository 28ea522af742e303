"""A small record of our own for the desk: six reports on one force, with statements and positions entered by hand.

Used by the tests of the desk's services, of its pages, and of the browser.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from onrecord.ledger import Ledger
from onrecord.model import (
    ChainLink,
    Condition,
    DateRange,
    Position,
    Quantity,
    Report,
    Source,
    Span,
    Statement,
    digest,
)

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
EXTRACTOR = "by hand 1"

# (id, day, outlet, title, text)
TEXTS = (
    (
        "courier-offer",
        date(2025, 11, 3),
        "The Courier",
        "Rome would send police",
        "Italy is ready to send 200 police officers to Gaza if the Security Council gives a mandate, its foreign "
        "ministry said on Monday.\n\nThe ministry gave no date. Ships were seen in the harbour.",
    ),
    (
        "gazette-baku",
        date(2025, 12, 5),
        "Gazette",
        "Baku will not come",
        "Azerbaijan will not send soldiers to Gaza until the fighting has stopped, a presidential adviser said.",
    ),
    (
        "wire-jakarta",
        date(2026, 1, 12),
        "Wire North",
        "Jakarta pledges",
        "Indonesia will send up to 8,000 soldiers to Gaza, the army chief told reporters. He asked Egypt to host them.",
    ),
    (
        "echo-jakarta",
        date(2026, 1, 13),
        "Echo",
        "Thousands pledged",
        "According to Wire North, Indonesia will send up to 8,000 soldiers to Gaza.",
    ),
    (
        "gazette-rome",
        date(2026, 2, 10),
        "Gazette",
        "Rome turns",
        "Italy has ruled out sending police officers to Gaza, the interior minister said. "
        "Officials in Rome had spoken of both soldiers and police.",
    ),
    (
        "harbour-rafah",
        date(2026, 3, 2),
        "Harbour Daily",
        "Port money",
        "Qatar is considering money for the port, a diplomat said. Nobody has asked Qatar for soldiers.",
    ),
)

# report, holder, performer, task, stance, evidence, cue, condition (kind, words), figure, speaker, own word, confidence
_ROWS = (
    ("courier-offer", "ITA", "ITA", "contribute_police", "offered", (0, 132), "ready to send",
     ("mandate", "if the Security Council gives a mandate"), (200, 200, "police officers", "200 police officers"),
     ("foreign ministry", "office", "ITA"), True, 0.9),
    ("gazette-baku", "AZE", "AZE", "contribute_troops", "refused", (0, 101), "will not send",
     ("ceasefire", "until the fighting has stopped"), None, ("presidential adviser", "office", "AZE"), True, 0.8),
    ("wire-jakarta", "IDN", "IDN", "contribute_troops", "pledged", (0, 81), "will send",
     None, (None, 8000, "soldiers", "up to 8,000 soldiers"), ("army chief", "office", "IDN"), True, 0.85),
    ("wire-jakarta", "IDN", "EGY", "host", "requests", (82, 110), "asked",
     None, None, ("army chief", "office", "IDN"), True, 0.4),
    ("echo-jakarta", "IDN", "IDN", "contribute_troops", "pledged", (0, 74), "will send",
     None, (None, 8000, "soldiers", "up to 8,000 soldiers"), ("Wire North", "outlet", None), False, 0.7),
    ("gazette-rome", "ITA", "ITA", "contribute_police", "refused", (0, 80), "ruled out",
     None, None, ("interior minister", "office", "ITA"), True, 0.55),
    ("harbour-rafah", "QAT", "QAT", "fund", "considering", (0, 57), "considering",
     None, None, ("diplomat", "anonymous", None), False, 0.6),
)  # fmt: skip


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words), words)


def fill(ledger: Ledger) -> None:
    """Put the record into a ledger."""
    for name, day, outlet, title, text in TEXTS:
        report = Report(name, text, digest(text), outlet, f"https://news.example/{name}", title, DateRange.on(day))
        positions, statements = [], []
        for n, row in enumerate(r for r in _ROWS if r[0] == name):
            _, holder, performer, task, stance, (start, end), cue, condition, figure, speaker, own, sure = row
            chain = (ChainLink(*speaker), ChainLink(outlet, "outlet"))
            evidence = Span.of(text, start, min(end, len(text)))
            statements.append(
                Statement(
                    f"{name}.s{n}",
                    name,
                    Source(None, speaker[1], speaker[2], speaker[0]),
                    _span(text, "said") if "said" in text else None,
                    (evidence,),
                    chain,
                    "indirect",
                )
            )
            positions.append(
                Position(
                    id=f"{name}.p{n}",
                    report=name,
                    holder=holder,
                    performer=performer,
                    task=task,
                    stance=stance,
                    evidence=evidence,
                    cue=_span(text, cue),
                    matter="isf_gaza",
                    conditions=(Condition(condition[0], _span(text, condition[1])),) if condition else (),
                    quantity=Quantity(*figure[:3], _span(text, figure[3])) if figure else None,
                    chain=chain,
                    self_declared=own,
                    said_on=DateRange.on(day),
                    confidence=sure,
                    statement=f"{name}.s{n}",
                    extractor=EXTRACTOR,
                )
            )
        ledger.add(report, statements, positions, extractor=EXTRACTOR)
