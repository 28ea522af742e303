"""The command `facts`: what is asked for, in tables' columns and as JSON lines."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import get_args

import pytest
from click.testing import CliRunner

from onrecord import cli, services, showing
from onrecord.facts_command import KINDS
from onrecord.model import ChainLink, Fact, FactKind, Report, Span, digest

TEXT = "Qatar hosted talks in April. Gas made up 38 per cent of Iran's exports in 2024."


def span(words: str) -> Span:
    return Span.of(TEXT, TEXT.index(words), TEXT.index(words) + len(words))


TALKS = Fact("f1", "r1", "talks", span("hosted talks"), span("Qatar hosted talks in April."), span("Qatar"), "QAT",
             period_words=span("in April"), chain=(ChainLink("The Courier", "outlet"),),
             extractor="hand 1")  # fmt: skip
SHARE = replace(TALKS, id="f2", kind="share", measure=span("Iran's exports"), subject=span("Iran"), entity="IRN",
                evidence=span("Gas made up 38 per cent of Iran's exports in 2024."), figure=span("38 per cent"),
                low=38.0, high=38.0, unit="per cent", period_words=None)  # fmt: skip


@pytest.fixture
def ledger(settings):
    with services.open_ledger(settings) as opened:
        report = Report("r1", TEXT, digest(TEXT), "The Courier")
        opened.add(report, [], [], extractor="hand 1", facts=[TALKS, SHARE])
    return settings.ledger


def rows(*asked):
    done = CliRunner().invoke(cli.main, ["facts", *map(str, asked)])
    assert done.exit_code == 0, done.output
    return [json.loads(x)["id"] for x in done.stdout.splitlines()]


def test_kinds_are_the_kinds():
    assert get_args(FactKind) == KINDS


def test_what_is_asked_for(ledger):
    assert rows("--ledger", ledger) == ["f1", "f2"]
    assert rows("Qatar", "--ledger", ledger) == ["f1"]
    assert rows("--kind", "share", "--ledger", ledger) == ["f2"]
    assert rows("--report", "r1", "--ledger", ledger) == ["f1", "f2"]
    assert rows("NOR", "--ledger", ledger) == []


def test_a_name_that_nobody_has(ledger):
    done = CliRunner().invoke(cli.main, ["facts", "Katar?", "--ledger", str(ledger)])
    assert done.exit_code == 1
    assert "unknown-name" in done.output


def test_one_fact_in_its_text(settings, ledger):
    with services.open_ledger(settings) as opened:
        said = "\n".join(showing.shown(opened, opened.find("f2")))
    assert "Iran: Iran's exports, 38 per cent" in said
    assert "»Gas made up 38 per cent of Iran's exports in 2024.«" in said
    assert showing.record_of(TALKS)["subject"]["entity"] == "QAT"
