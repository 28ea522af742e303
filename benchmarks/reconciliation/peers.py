"""What reconciliation is measured against: latest report wins, majority vote, and Dawid-Skene from crowd-kit.

Each takes the reports known on a day and gives, for each party, the chances of no, neither and yes. A party
of whom nothing is known gets even chances.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from benchmarks.reconciliation.simulated import STANCES, START, Simulated

from onrecord.model import Position, Report
from onrecord.reconciliation import reconcile
from onrecord.vocabulary import Vocabulary

CLASSES = ("no", "neither", "yes")
Answer = tuple[float, float, float]
EVEN: Answer = (1 / 3, 1 / 3, 1 / 3)

_CLASS_OF = {stance: (0, 1, 1, 2, 2)[level] for level, stances in enumerate(STANCES) for stance in stances}
_DAWID_SKENE_STEPS = 100


def class_of_level(level: int) -> int:
    """No, neither or yes of a level of the ladder."""
    return (0, 1, 1, 2, 2)[level]


def known_on(story: Simulated, day: int) -> list[tuple[Position, Report]]:
    """The positions whose reports were out on a day."""
    today = START + timedelta(day)
    return [
        (p, r)
        for p, r in zip(story.positions, story.reports, strict=True)
        if r.published and r.published.latest <= today
    ]


def ours(story: Simulated, day: int, vocabulary: Vocabulary) -> tuple[dict[str, Answer], dict[str, int]]:
    """Chances from the model, and the class of the standing by the rules."""
    known = known_on(story, day)
    as_of: date = START + timedelta(day)
    r = reconcile([p for p, _ in known], [x for _, x in known], as_of, vocabulary)
    chances: dict[str, Answer] = {}
    standing: dict[str, int] = {}
    for s in r.standings:
        against, undecided, leaning, ready, committed = r.chances[s.undertaking]
        chances[s.holder] = (against, undecided + leaning, ready + committed)
        standing[s.holder] = {"against": 0, "for": 2}.get(s.polarity, 1)
    return chances, standing


def latest(story: Simulated, day: int, trust: float = 1.0) -> dict[str, Answer]:
    """The latest report wins; `trust` is the chance it gives its own answer, the rest is spread evenly."""
    found: dict[str, tuple[date, str, int]] = {}
    for position, report in known_on(story, day):
        assert report.published is not None
        here = (report.published.latest, position.id, _CLASS_OF[position.stance])
        if position.holder not in found or here[:2] > found[position.holder][:2]:
            found[position.holder] = here
    return {holder: _sure(answer, trust) for holder, (_, _, answer) in found.items()}


def majority(story: Simulated, day: int) -> dict[str, Answer]:
    """The shares of votes, one for each report; the later answer first where two are even."""
    votes: dict[str, list[float]] = {}
    for position, _ in known_on(story, day):
        votes.setdefault(position.holder, [0.0, 0.0, 0.0])[_CLASS_OF[position.stance]] += 1
    return {holder: _shares(found) for holder, found in votes.items()}


def dawid_skene(story: Simulated, day: int, window: int | None = None) -> dict[str, Answer]:
    """Dawid-Skene over outlets as workers, each with its latest report on a party.

    Args:
        story: the story.
        day: the day asked about.
        window: only reports of so many days before it count, or all where None; a party without one falls
            back on all.
    """
    import pandas  # type: ignore[import-untyped]  # the benchmark's own requirement
    from crowdkit.aggregation import DawidSkene  # type: ignore[import-untyped]

    known = known_on(story, day)
    recent = [(p, r) for p, r in known if window is None or _age(r, day) <= window]
    heard = {p.holder for p, _ in recent}
    recent += [(p, r) for p, r in known if p.holder not in heard]
    rows: dict[tuple[str, str], tuple[date, str, int]] = {}
    for position, report in recent:
        assert report.published is not None
        here = (report.published.latest, position.id, _CLASS_OF[position.stance])
        key = (position.holder, report.outlet or "")
        if key not in rows or here[:2] > rows[key][:2]:
            rows[key] = here
    table = pandas.DataFrame(
        [(holder, outlet, CLASSES[label]) for (holder, outlet), (_, _, label) in sorted(rows.items())],
        columns=["task", "worker", "label"],
    )
    model = DawidSkene(n_iter=_DAWID_SKENE_STEPS).fit(table)
    chances = model.probas_
    return {
        str(holder): tuple(float(row.get(name, 0.0)) for name in CLASSES)  # type: ignore[misc]
        for holder, row in chances.iterrows()
    }


def _age(report: Report, day: int) -> int:
    assert report.published is not None
    return (START + timedelta(day) - report.published.latest).days


def _sure(answer: int, trust: float) -> Answer:
    a, b, c = (trust if n == answer else (1 - trust) / 2 for n in range(3))
    return (a, b, c)


def _shares(votes: Sequence[float]) -> Answer:
    total = sum(votes)
    a, b, c = (v / total for v in votes)
    return (a, b, c)


def answers(chances: Mapping[str, Answer]) -> dict[str, int]:
    """The likeliest class of each party."""
    return {holder: max(range(3), key=lambda n: c[n]) for holder, c in chances.items()}
