"""A ledger of made-up reports and positions, as large as asked for: the same for the same seed.

Texts are sentences of the example reports, which are our own, drawn anew for each and without their names and
figures, with sentences that carry the positions among them. Parties, tasks and matters are unevenly spread, as in the
news: a few are in most of it. One report in ten is the text of another once more. Nothing is read or extracted: the
positions go in as they are, so that the desk can be measured without hours of reading.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from onrecord.ledger import Ledger
from onrecord.model import ChainLink, Condition, DateRange, Position, Quantity, Report, SourceKind, Span, digest
from onrecord.reading import read_inputs
from onrecord.vocabulary import Vocabulary, load

ROOT = Path(__file__).parents[2]
FIRST, DAYS = date(2025, 3, 1), 365
WORDS = 400
MATTERS: tuple[tuple[str | None, float], ...] = (("isf_gaza", 0.6), ("gsf_haiti", 0.2), ("ukraine_ceasefire", 0.2))
TASKS = (
    "contribute_troops", "contribute_police", "fund", "train_police", "disarm", "supply_equipment", "authorise",
    "lead_force", "host",
)  # fmt: skip
PARTIES, OUTLETS = 80, 60
REPEATS = 0.1
"""Of the reports that come one after another, how many are the text of the one before once more."""
EXTRACTOR = "benchmark 1"
_CUES = {
    "pledged": "will", "offered": "is ready to", "considering": "is considering whether to",
    "undecided": "has not decided whether to", "refused": "will not", "supports": "supports a plan to",
    "opposes": "is against a plan to", "in_talks": "is in talks to",
}  # fmt: skip
_CONDITIONS = {
    "ceasefire": "if the fighting stops", "mandate": "if the Security Council gives a mandate",
    "approval": "if its parliament agrees", "command": "as long as it keeps command of its units",
}  # fmt: skip
_SPEAKERS: tuple[tuple[str, SourceKind, bool], ...] = (
    ("foreign minister", "office", True), ("defence ministry", "office", True), ("a diplomat", "anonymous", False),
)  # fmt: skip


def sentences() -> list[str]:
    """Sentences of the example reports in small letters; names and figures, which would tie reports to one another
    that have nothing to do with each other, are left out.
    """
    found = set()
    for item in read_inputs([ROOT / "examples"]):
        if isinstance(item, Report):
            for said in re.split(r"(?<=[.!?])\s+", item.text):
                words = [w for w in said.split() if w[:1].islower()]
                if len(words) > 5:
                    found.add(" ".join(words).rstrip(".,;") + ".")
    return sorted(found)


def parties_of(vocabulary: Vocabulary) -> list[str]:
    """The parties, the one that is most in the news first."""
    states = [a.id for a in vocabulary.actors.values() if a.kind == "state"]
    return sorted(states, key=lambda x: digest(x))[:PARTIES]


def _uneven(count: int) -> list[float]:
    """Weights that fall as in the news: the second half as often as the first, the third a third."""
    return [1 / n for n in range(1, count + 1)]


def reports(count: int, per_report: int, seed: int = 1) -> Iterator[tuple[Report, list[Position]]]:
    """Reports with their positions, by day.

    Args:
        count: how many reports.
        per_report: positions in each.
        seed: of what is drawn.
    """
    chance, vocabulary, filler = random.Random(seed), load(), sentences()
    parties = parties_of(vocabulary)
    before: tuple[Report, str | None, list[Told]] | None = None
    for n in range(count):
        day = FIRST + timedelta(days=n * DAYS // count)
        outlet = f"Outlet {chance.choices(range(OUTLETS), _uneven(OUTLETS))[0]}"
        if before is not None and chance.random() < REPEATS:
            first, matter, held = before
            text, title = first.text, first.title
        else:
            first, matter = None, chance.choices([m for m, _ in MATTERS], [w for _, w in MATTERS])[0]
            held = [_sentence(chance, vocabulary, parties) for _ in range(per_report)]
            text, title = _text(chance, filler, n, held), f"News of day {day:%j}, no. {n}"
        name = f"r{n:05}"
        report = Report(
            name, text, digest(text), outlet, f"https://news.example/{name}", title, DateRange.on(day),
            same_text_as=first.id if first else None,
        )  # fmt: skip
        if first is None:
            before = (report, matter, held)
        yield report, [_position(report, k, told, matter, day, outlet) for k, told in enumerate(held)]


def _text(chance: random.Random, filler: Sequence[str], number: int, held: Sequence[Told]) -> str:
    parts, pending = [f"Report {number} of {chance.randrange(10**9)}."], list(held)
    while pending or sum(len(p.split()) for p in parts) < WORDS:
        more = " ".join(chance.choice(filler) for _ in range(3))
        parts.append(pending.pop().text if pending and chance.random() < 0.6 else more)
    return "\n\n".join(parts)


@dataclass(frozen=True)
class Told:
    """What a sentence says."""

    party: str
    performer: str
    task: str
    stance: str
    speaker: tuple[str, SourceKind, bool]
    kind: str
    figure: int
    text: str


def _sentence(chance: random.Random, vocabulary: Vocabulary, parties: Sequence[str]) -> Told:
    party = chance.choices(parties, _uneven(len(parties)))[0]
    task = chance.choices(TASKS, _uneven(len(TASKS)))[0]
    # Most parties mostly keep to what they said: one side is drawn far more often than the others.
    usual = list(_CUES)[int(digest(party + task)[:2], 16) % len(_CUES)]
    stance = usual if chance.random() < 0.8 else chance.choice(list(_CUES))
    speaker = chance.choice(_SPEAKERS)
    kind = chance.choice(list(_CONDITIONS)) if chance.random() < 0.25 else ""
    figure = chance.choice((200, 500, 1000, 3000)) if task.startswith("contribute") and chance.random() < 0.3 else 0
    doing = f"send {figure:,} soldiers" if figure else vocabulary.tasks[task].label
    words = f"{vocabulary.label(party)} {_CUES[stance]} {doing}"
    words += f" {_CONDITIONS[kind]}" if kind else ""
    told = f"{words}, {speaker[0]} of the country said in talk {chance.randrange(10**6)}."
    # Now and then it is about another party's doing.
    other = chance.choice(parties) if chance.random() < 0.08 else party
    return Told(party, other, task, stance, speaker, kind, figure, told)


def _position(report: Report, number: int, told: Told, matter: str | None, day: date, outlet: str) -> Position:
    start = report.text.index(told.text)

    def span(words: str) -> Span:
        at = start + told.text.index(words)
        return Span(at, at + len(words), words)

    speaker, source, own = told.speaker
    soldiers = f"{told.figure:,} soldiers"
    return Position(
        id=f"{report.id}.p{number}",
        report=report.id,
        holder=told.party,
        performer=told.performer,
        task=told.task,
        stance=told.stance,
        evidence=span(told.text),
        cue=span(_CUES[told.stance]),
        matter=matter,
        conditions=(Condition(told.kind, span(_CONDITIONS[told.kind])),) if told.kind else (),
        quantity=Quantity(told.figure, told.figure, "soldiers", span(soldiers)) if told.figure else None,
        chain=(ChainLink(speaker, source, told.party if own else None), ChainLink(outlet, "outlet")),
        self_declared=own,
        said_on=DateRange.on(day),
        confidence=0.8,
        extractor=EXTRACTOR,
    )


def fill(path: Path, count: int, per_report: int, seed: int = 1) -> None:
    """Make the ledger."""
    with Ledger.open(path, clock=lambda: datetime(2026, 3, 1, tzinfo=UTC)) as ledger:
        for report, positions in reports(count, per_report, seed):
            ledger.add(report, [], positions, extractor=EXTRACTOR)
