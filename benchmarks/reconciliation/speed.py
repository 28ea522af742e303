"""Speed: many positions at once, and one new report into them.

The positions are made, not read: undertakings of different size, reports that several outlets copy, days
over two years.
"""

from __future__ import annotations

import random
import time
from datetime import date, timedelta
from typing import Any

from onrecord.model import ChainLink, Condition, DateRange, Position, Quantity, Report, Span, digest
from onrecord.reconciliation import Reconciler
from onrecord.vocabulary import Vocabulary

_FILLER = "On the quay stand 40 lorries, 12 field kitchens and a brass band that nobody has asked for. " * 10
_STANCES = (
    "offered",
    "pledged",
    "considering",
    "refused",
    "named",
    "undecided",
    "agreed",
    "no_comment",
    "deployed",
)
_TASKS = ("contribute_troops", "contribute_police", "contribute_support", "fund", "disarm", "train_police")
_CONDITIONS = ("ceasefire", "mandate", "approval", "clarity")


def made(count: int, vocabulary: Vocabulary, seed: int = 1) -> tuple[list[Position], list[Report]]:
    """About `count` positions in reports of six each."""
    rng = random.Random(seed)
    states = [a.id for a in vocabulary.actors.values() if a.kind == "state"]
    matters = [f"matter_{n}" for n in range(6)]
    outlets = [f"Outlet {n}" for n in range(200)]
    positions: list[Position] = []
    reports: list[Report] = []
    start = date(2024, 1, 1)
    while len(positions) < count:
        n = len(reports)
        day = start + timedelta(rng.randrange(730))
        text = (
            f"Report {n} tells of the force of {rng.randrange(1, 9) * 1000} that is still to come. " + _FILLER
        )
        outlet = rng.choice(outlets)
        reports.append(Report(f"r{n}", text, digest(text), outlet=outlet, published=DateRange.on(day)))
        matter = rng.choice(matters)
        for k in range(6):
            holder = rng.choice(states)
            own = rng.random() < 0.6
            speaker = ChainLink(
                f"Speaker {rng.randrange(40)}" if own else "two diplomats",
                "named_person" if own else "anonymous",
                holder if own else rng.choice(states),
            )
            chain = (speaker, *((ChainLink(rng.choice(outlets), "outlet"),) if rng.random() < 0.3 else ()))
            words = text[k * 10 : k * 10 + 9]
            span = Span(k * 10, k * 10 + 9, words)
            positions.append(
                Position(
                    id=f"p{n}.{k}",
                    report=f"r{n}",
                    holder=holder,
                    performer=holder,
                    task=rng.choice(_TASKS),
                    stance=rng.choice(_STANCES),
                    evidence=span,
                    matter=matter,
                    conditions=(Condition(rng.choice(_CONDITIONS), span),) if rng.random() < 0.3 else (),
                    quantity=Quantity(None, rng.randrange(1, 20) * 100.0, "troops", span)
                    if rng.random() < 0.3
                    else None,
                    chain=chain,
                    self_declared=own,
                    said_on=DateRange.on(day - timedelta(rng.randrange(3))) if rng.random() < 0.6 else None,
                )
            )
    return positions, reports


def measure(vocabulary: Vocabulary, count: int = 100_000, increments: int = 20) -> dict[str, Any]:
    """Seconds for all at once, and for each of some new reports after them (the median and the worst)."""
    positions, reports = made(count + 6 * increments, vocabulary)
    later = {r.id for r in reports[-increments:]}
    first = [p for p in positions if p.report not in later]
    reconciler = Reconciler(date(2026, 1, 1), vocabulary)
    start, worked = time.perf_counter(), time.process_time()
    reconciler.add(first, reports[:-increments])
    result = reconciler.result()
    everything, work = time.perf_counter() - start, time.process_time() - worked
    singles, works = [], []
    for report in reports[-increments:]:
        mine = [p for p in positions if p.report == report.id]
        start, worked = time.perf_counter(), time.process_time()
        reconciler.add(mine, [report])
        result = reconciler.result()
        singles.append(time.perf_counter() - start)
        works.append(time.process_time() - worked)
    singles.sort()
    works.sort()
    return {
        "positions": len(first),
        "reports": len(reports) - increments,
        "undertakings": len(result.standings),
        "seconds_at_once": round(everything, 2),
        "processor_seconds_at_once": round(work, 2),
        "seconds_one_report_median": round(singles[len(singles) // 2], 3),
        "seconds_one_report_worst": round(singles[-1], 3),
        "processor_seconds_one_report_median": round(works[len(works) // 2], 3),
        "processor_seconds_one_report_worst": round(works[-1], 3),
    }
