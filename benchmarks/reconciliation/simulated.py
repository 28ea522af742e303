"""Simulated stories with known truth: parties that change their minds, and reports that tell of it badly.

A party stands on one of five levels of the ladder and moves now and then. It speaks for itself, on the
record or not; others speak for it and overstate; outlets misprint, copy one another, cite one another, and
tell old lines again as news; reports come late and often do not tell the day of saying. The generator knows
nothing of the model that it tests: its rates are its own, and differ from the model's.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from onrecord.model import ChainLink, DateRange, Position, Report, Span, digest

STANCES = (
    ("refused", "suspended", "withdrawn"),
    ("undecided",),
    ("considering", "interested", "in_talks"),
    ("offered",),
    ("pledged", "agreed"),
)
"""Stances by level, from no to yes."""

START = date(2025, 1, 1)
LENGTH = 300
"""Days of a story."""

ASKED = (90, 140, 190, 240, 290)
"""Days on which it is asked where the parties stand."""

OUTLETS = tuple(f"Outlet {n}" for n in range(12))
_DAILY_CHANGE = 1 / 190  # in the example stories six of ten followed parties moved in some 130 days
_MEMORY = 25  # days for which a party goes on repeating its last word before it says where it has got to


@dataclass(frozen=True)
class Noise:
    """How badly reports tell.

    Attributes:
        spoken, unnamed, others: share of sayings that are wrong, by who says it.
        misprint: share of reports that print another stance than was said.
        copies: mean number of outlets that copy a report.
        repeats: share of reports that tell an old line as news.
        delay: mean days from saying to printing.
        dated: share of positions of which the day of saying is told.
    """

    spoken: float
    unnamed: float
    others: float
    misprint: float
    copies: float
    repeats: float
    delay: float
    dated: float


LEVELS = {
    "low": Noise(0.02, 0.08, 0.20, 0.02, 0.5, 0.05, 1.0, 0.8),
    "middle": Noise(0.05, 0.15, 0.35, 0.06, 1.5, 0.12, 2.5, 0.6),
    "high": Noise(0.08, 0.25, 0.50, 0.12, 3.0, 0.25, 5.0, 0.4),
}


@dataclass
class Simulated:
    """A story and its truth: level by party and day."""

    positions: list[Position] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    truth: dict[str, list[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Saying:
    day: int
    level: int
    speaker: ChainLink | None
    own: bool


def simulated(noise: Noise, seed: int, parties: int = 40) -> Simulated:
    """A story of some parties on one task of one matter."""
    rng = random.Random(seed)
    story = Simulated()
    for number in range(parties):
        holder = f"party_{number}"
        truth = story.truth[holder] = _truth(rng)
        sayings = sorted(_sayings(rng, noise, holder, truth), key=lambda s: s.day)
        for place, saying in enumerate(sayings):
            _print(rng, noise, story, holder, sayings, place, saying)
    return story


def _truth(rng: random.Random) -> list[int]:
    level = rng.choices(range(5), (3, 4, 4, 2, 2))[0]
    days = []
    for _ in range(LENGTH):
        if rng.random() < _DAILY_CHANGE:
            level = rng.choices(
                [x for x in range(5) if x != level], [1 / abs(x - level) for x in range(5) if x != level]
            )[0]
        days.append(level)
    return days


def _sayings(rng: random.Random, noise: Noise, holder: str, truth: list[int]) -> Iterator[_Saying]:
    changed = 0
    for day in range(1, LENGTH):
        if truth[day] != truth[day - 1]:
            changed = day
        # A party speaks soon after it has moved, and now and then without cause.
        fresh = day - changed < 6 and changed > 0
        if rng.random() < (0.16 if fresh else 1 / 45):
            unnamed = rng.random() < 0.4
            wrong = rng.random() < (noise.unnamed if unnamed else noise.spoken)
            level = _slip(rng, truth[day]) if wrong else truth[day]
            name, kind = (
                ("a source in the ministry", "anonymous")
                if unnamed
                else (f"Spokeswoman {holder}", "named_person")
            )
            yield _Saying(day, level, ChainLink(name, kind, holder), True)  # type: ignore[arg-type]
        if rng.random() < 1 / 30:
            wrong = rng.random() < noise.others
            seen = truth[max(0, day - rng.randrange(_MEMORY))]
            level = _inflated(rng, seen) if wrong else seen
            name = rng.choice(["two diplomats", "US officials", "Envoy Smith", "Envoy Brown"])
            kind = "named_person" if name.startswith("Envoy") else "anonymous"
            yield _Saying(day, level, ChainLink(name, kind, "USA"), False)  # type: ignore[arg-type]
        if rng.random() < 1 / 60:  # a narrator sums up what it believes
            seen = truth[max(0, day - rng.randrange(2 * _MEMORY))]
            yield _Saying(day, seen if rng.random() > noise.others / 2 else _slip(rng, seen), None, False)


def _slip(rng: random.Random, level: int) -> int:
    near = [x for x in (level - 1, level + 1) if 0 <= x < 5]
    return rng.choice(near) if rng.random() < 0.7 else rng.choice([x for x in range(5) if x != level])


def _inflated(rng: random.Random, level: int) -> int:
    return min(4, level + rng.choice([1, 2, 2, 3])) if rng.random() < 0.75 else _slip(rng, level)


def _print(
    rng: random.Random,
    noise: Noise,
    story: Simulated,
    holder: str,
    sayings: list[_Saying],
    place: int,
    saying: _Saying,
) -> None:
    level = _slip(rng, saying.level) if rng.random() < noise.misprint else saying.level
    day = saying.day + int(rng.expovariate(1 / noise.delay))
    first = rng.choice(OUTLETS)
    stance = rng.choice(STANCES[level])
    _report(rng, noise, story, holder, stance, saying, day, (first,))
    copies = min(len(OUTLETS) - 1, int(rng.expovariate(1 / noise.copies)))
    for outlet in rng.sample([x for x in OUTLETS if x != first], copies):
        later = day + int(rng.expovariate(1 / noise.delay))
        copied = stance if rng.random() > noise.misprint else rng.choice(STANCES[_slip(rng, level)])
        _report(rng, noise, story, holder, copied, saying, later, (first, outlet))
    if rng.random() < noise.repeats:  # told again weeks later, as if it were new
        again = day + 15 + int(rng.expovariate(1 / 30))
        by = rng.choice(OUTLETS)
        _report(
            rng,
            noise,
            story,
            holder,
            stance,
            saying,
            again,
            (first, by) if by != first else (first,),
            dated=False,
        )


def _report(
    rng: random.Random,
    noise: Noise,
    story: Simulated,
    holder: str,
    stance: str,
    saying: _Saying,
    day: int,
    outlets: tuple[str, ...],
    *,
    dated: bool | None = None,
) -> None:
    number = len(story.reports)
    text = f"Report {number}: {holder} {stance}."
    printed = START + timedelta(day)
    story.reports.append(
        Report(f"r{number}", text, digest(text), outlet=outlets[-1], published=DateRange.on(printed))
    )
    told = rng.random() < noise.dated if dated is None else dated
    names = (
        outlets if len(outlets) == 1 or rng.random() < 0.75 else outlets[-1:]
    )  # a copy does not always say so
    links = tuple(ChainLink(name, "outlet") for name in names)
    story.positions.append(
        Position(
            id=f"p{number}",
            report=f"r{number}",
            holder=holder,
            performer=holder,
            task="contribute_troops",
            stance=stance,
            evidence=Span(0, len(text), text),
            matter="simulated",
            chain=(saying.speaker, *links) if saying.speaker else links,
            self_declared=saying.own,
            said_on=DateRange.on(START + timedelta(saying.day)) if told else None,
        )
    )
