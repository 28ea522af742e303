"""Speed of the assessment: draws for many parties, and every set of up to three of many conditions.

The parties are made, not read: each hangs on none to three conditions. Each figure is the least of several runs, in
seconds of the processor and of the clock: on a machine that does other work the former tells more.
"""

from __future__ import annotations

import time
from datetime import date
from typing import Any

from onrecord.force import assess
from onrecord.model import Force, Requirement, Standing, StandingCondition, Story, StoryCondition

DAY = date(2026, 3, 31)
RUNS = 5
SIZES = (("100,000 draws, 40 parties, 12 conditions", 40, 12), ("sets of up to 3 of 20 conditions", 40, 20))


def made(parties: int, conditions: int) -> tuple[tuple[Standing, ...], Story]:
    """A story of a given size."""
    words = [f"step {chr(97 + i) * 5}" for i in range(conditions)]
    story = Story(
        "made",
        "a_force",
        "A force",
        conditions=tuple(StoryCondition(f"c{i}", "mandate", w, (w,)) for i, w in enumerate(words)),
        force=Force(Requirement(20_000, 20_000, tasks={"contribute_troops": 20_000, "disarm": None})),
    )
    rows = []
    for i in range(parties):
        named = dict.fromkeys((i * 7 + 3 * j) % conditions for j in range(i % 4))
        asked = tuple(StandingCondition("mandate", words[n], ()) for n in named)
        rows.append(
            Standing(
                holder=f"P{i:02}",
                performer=f"P{i:02}",
                task="contribute_troops",
                matter="a_force",
                as_of=DAY,
                stance="offered",
                polarity="for",
                probability=0.9,
                state="settled",
                conditions=asked,
                low=100.0 + i,
                high=900.0 + i,
                unit="troops",
            )
        )
    return tuple(rows), story


def measure() -> list[dict[str, Any]]:
    """Seconds of each size: the whole assessment, with strength, coverage, unlocks, Shapley shares and leaving."""
    found = []
    for name, parties, conditions in SIZES:
        rows, story = made(parties, conditions)
        assess(rows, story, draws=100)  # the tables are read once a process
        took = []
        for _ in range(RUNS):
            wall, work = time.perf_counter(), time.process_time()
            assess(rows, story, draws=100_000)
            took.append((time.process_time() - work, time.perf_counter() - wall))
        found.append(
            {
                "what": name,
                "processor_seconds": round(min(w for w, _ in took), 2),
                "clock_seconds": round(min(c for _, c in took), 2),
                "runs": RUNS,
            }
        )
    return found
