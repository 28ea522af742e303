"""The rules with the real parser and vocabulary: no trained model of ours, no network."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from onrecord import vocabulary
from onrecord.extraction import Extractor
from onrecord.extraction.learned.reading import CueReading
from onrecord.extraction.parsing import load_parser
from onrecord.extraction.scene import Scene
from onrecord.model import DateRange, Position, Report, digest

Read = Callable[[str], list[Position]]
Lines = set[tuple[str, str, str, str]]


def report_of(text: str) -> Report:
    """A report of our own writing, printed on 12 March 2026."""
    return Report("r1", text, digest(text), outlet="Daily Ledger", published=DateRange.on(date(2026, 3, 12)))


@pytest.fixture(scope="session")
def report() -> Callable[[str], Report]:
    """Text -> a report of it."""
    return report_of


@pytest.fixture(scope="session")
def rules() -> Extractor:
    """The extractor without models."""
    return Extractor(vocabulary.load(), load_parser())


@pytest.fixture(scope="session")
def read(rules: Extractor) -> Read:
    """Text -> positions."""
    return lambda text: list(rules.extract(report_of(text)).positions)


@pytest.fixture(scope="session")
def lay(rules: Extractor) -> Callable[[str], Scene]:
    """Text -> scene."""
    return lambda text: rules.scene(report_of(text))


@pytest.fixture(scope="session")
def lines(read: Read) -> Callable[[str], set[tuple[str, str, str, str]]]:
    """Text -> (holder, performer, task, stance) of its positions."""
    return lambda text: {(p.holder, p.performer, p.task, p.stance) for p in read(text)}


@pytest.fixture(scope="session")
def with_readings() -> Callable[[str, list[CueReading]], Lines]:
    """Text and readings made up for it -> (holder, performer, task, stance) of its positions."""
    words, parser = vocabulary.load(), load_parser()

    def both(text: str, readings: list[CueReading]) -> Lines:
        found = Extractor(words, parser, None, lambda _: readings).extract(report_of(text)).positions
        return {(p.holder, p.performer, p.task, p.stance) for p in found}

    return both


@pytest.fixture(scope="session")
def reading() -> Callable[..., CueReading]:
    """A sure reading of words of a text."""

    def of(
        text: str, cue: str, holder: str, stance: str, task: str, *, foreign: float = 0.0, own_words: float = 0.0
    ) -> CueReading:
        def at(words: str) -> tuple[int, int]:
            return text.index(words), text.index(words) + len(words)

        tasks = {**dict.fromkeys(("contribute_troops", "contribute_support", "supply_equipment"), 0.001), task: 0.99}
        flags = {"self": own_words, "own": 1.0, "foreign_force": foreign}
        return CueReading(
            at(cue), 0.97, {stance: 0.99, "none": 0.01}, tasks, flags, (at(holder),) if holder else (), (), (), (), ()
        )

    return of
