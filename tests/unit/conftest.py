"""A small house for the services: texts that say plainly what is to be found, and what finds it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord import services
from onrecord.extraction import Extraction
from onrecord.model import ChainLink, Position, Report, Source, Span, Statement
from onrecord.settings import Settings

NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)
_PLAIN = re.compile(r"^([A-Z]{3}) (\w+) (\w+)(?: for (\w+))?\.$", re.M)


class PlainExtractor:
    """Finds a position in each line like ``ITA offered contribute_police for isf_gaza.``"""

    def __init__(self) -> None:
        self.read: list[str] = []

    def extract(self, report: Report) -> Extraction:
        """One statement and one position for each such line."""
        self.read.append(report.id)
        statements, positions = [], []
        for n, m in enumerate(_PLAIN.finditer(report.text)):
            span = Span.of(report.text, *m.span())
            chain = (ChainLink(m[1], "state", m[1]), ChainLink(report.outlet or "unknown", "outlet"))
            name = f"{report.sha256[:8]}.{n}"
            statements.append(
                Statement(
                    f"s{name}", report.id, Source(None, "state", m[1], m[1]), None, (span,), chain, "indirect"
                )
            )
            positions.append(
                Position(
                    f"p{name}",
                    report.id,
                    m[1],
                    m[1],
                    m[3],
                    m[2],
                    span,
                    cue=Span.of(report.text, *m.span(2)),
                    matter=m[4],
                    chain=chain,
                    self_declared=True,
                    confidence=0.9,
                    statement=f"s{name}",
                    extractor="plain",
                )
            )
        return Extraction(tuple(statements), tuple(positions), (), None)


@pytest.fixture
def extractor(monkeypatch: pytest.MonkeyPatch) -> PlainExtractor:
    """The plain extractor in the place of the package's."""
    plain = PlainExtractor()
    monkeypatch.setattr(services, "make_extractor", lambda *args, **more: plain)
    return plain


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A ledger in the test's folder, and a clock that stands."""
    return Settings(ledger=tmp_path / "ledger.db", clock=lambda: NOON)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three reports: an offer, a refusal by another, and the first one's reversal."""
    place = tmp_path / "reports"
    place.mkdir()
    said = {
        "2025-11-03-first": (
            "The defence minister spoke to reporters at length.",
            "ITA offered contribute_police for isf_gaza.",
        ),
        "2025-12-05-second": (
            "The council met in the capital on Friday evening.",
            "AZE refused contribute_troops for isf_gaza.",
        ),
        "2026-02-10-third": (
            "The cabinet sat late into the night in Rome.",
            "ITA refused contribute_police for isf_gaza.",
        ),
    }
    for name, lines in said.items():
        text = "\n".join(lines)
        (place / f"{name}.txt").write_text(f"Published: {name[:10]}\n\n{text}\n", encoding="utf-8")
    return place


@pytest.fixture
def filled(extractor: PlainExtractor, settings: Settings, folder: Path) -> Settings:
    """Settings of a ledger into which the folder has been read."""
    with services.open_ledger(settings) as ledger:
        services.read([folder], ledger, settings)
    return settings


@pytest.fixture
def at() -> Callable[[Settings, datetime], Settings]:
    """The same settings at another moment."""
    return lambda settings, moment: replace(settings, clock=lambda: moment)
