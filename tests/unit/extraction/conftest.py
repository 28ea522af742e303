"""The rules with the real parser and vocabulary: no trained model of ours, no network."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from onrecord import vocabulary
from onrecord.extraction import Extractor
from onrecord.extraction.parsing import load_parser
from onrecord.extraction.scene import Scene
from onrecord.model import DateRange, Position, Report, digest

Read = Callable[[str], list[Position]]


def report_of(text: str) -> Report:
    """A report of our own writing, printed on 12 March 2026."""
    return Report("r1", text, digest(text), outlet="Daily Ledger", published=DateRange.on(date(2026, 3, 12)))


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
