"""The one place where a run's settings are made: frozen, by the entry point, from options and environment."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

ROOM = 1_000_000_000
"""Memory that a worker is given room for (bytes); it takes about 600 MB with both networks and the parser."""


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


def processes() -> int:
    """How many workers this machine has cores and free memory for, 1 at least."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        told = Path("/proc/meminfo").read_text(encoding="ascii")
        free = int(told.split("MemAvailable:")[1].split()[0]) * 1024
    except (OSError, IndexError, ValueError):  # a system that does not tell
        return cores
    return max(1, min(cores, free // ROOM))


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run needs from outside.

    Attributes:
        ledger: path or address of the ledger.
        story: the user's story file, or None.
        clock: tells the moment; tests give their own.
        rules_only: leave the learned position model out (about twice as fast, and worse).
        extractor: a language model from outside that reads the positions (``openai:MODEL@URL``, ``local:MODEL@URL``,
            ``gguf:PATH``), or None. Its key is never part of the settings: it is read where it is used.
        workers: processes that may read where there is much to read. The command line gives one a core; a program that
            asks for more than one must be importable, with what it does under ``if __name__ == "__main__"``, for each
            worker imports it.
        outlet_grades: Admiralty letter by outlet, over the story's own.
    """

    ledger: str | Path
    story: Path | None = None
    clock: Callable[[], datetime] = now
    rules_only: bool = False
    extractor: str | None = None
    workers: int = 1
    outlet_grades: dict[str, str] = field(default_factory=dict)
