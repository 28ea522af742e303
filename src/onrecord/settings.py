"""The one place where a run's settings are made: frozen, by the entry point, from options and environment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


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
        outlet_grades: Admiralty letter by outlet, over the story's own.
    """

    ledger: str | Path
    story: Path | None = None
    clock: Callable[[], datetime] = now
    rules_only: bool = False
    extractor: str | None = None
    outlet_grades: dict[str, str] = field(default_factory=dict)
