"""Chains and days of saying: sentences of our own in many newsroom manners, every one of them right.

The rules are those of the contract's guidelines, 11 and 12. A sentence that fails is mended by a rule for its
class, never by a rule for the sentence.
"""

from __future__ import annotations

import functools
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from onrecord.extraction import Extractor
from onrecord.extraction.attribution import AttributionModel, relations
from onrecord.extraction.parsing import load_parser
from onrecord.extraction.statements import said_of, statements_of
from onrecord.model import DateRange, Report, digest
from onrecord.vocabulary import load

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("chains.yaml").read_text(encoding="utf-8")
)


@functools.cache
def extractor() -> Extractor:
    return Extractor(load(), load_parser(), relations=finder())


@functools.cache
def finder() -> Any:
    return functools.partial(relations, model=AttributionModel.load())


def report_of(case: dict[str, Any]) -> Report:
    day = case.get("published")
    return Report(
        id=case["id"],
        text=case["text"],
        sha256=digest(case["text"]),
        outlet=case["outlet"],
        published=DateRange.on(day) if day else None,
    )


def expected_day(said: date | list[date] | None) -> tuple[date, date] | None:
    if said is None:
        return None
    return (said[0], said[1]) if isinstance(said, list) else (said, said)


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 70
    assert len({c["id"] for c in CASES}) == len(CASES) == len({c["text"] for c in CASES})


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_chain_and_day(case: dict[str, Any]) -> None:
    report = report_of(case)
    scene = extractor().scene(report)
    start = report.text.index(case["at"])
    token = next(
        t for t in scene.doc if t.idx >= start and t.pos_ != "AUX" and t.idx < start + len(case["at"])
    )
    said = said_of(scene, token, (), statements_of(scene, report, finder()(report.text)), report.published)
    found = [(link.name, link.kind) for link in said.chain]
    assert found == [(link[0], link[1]) for link in case["chain"]]
    for link, wanted in zip(said.chain, case["chain"], strict=True):
        if len(wanted) > 2:
            assert link.entity == wanted[2]
    day = (said.day.earliest, said.day.latest) if said.day else None
    assert day == expected_day(case["said_on"])
