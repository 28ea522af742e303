"""Background: what is noted as a fact, what is not, and how it is kept apart from positions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.extraction.fact_figures import read_bounds
from onrecord.extraction.facts import FACTS, apart
from onrecord.extraction.periods import periods
from onrecord.ledger.rows import spans_of
from onrecord.model import ChainLink, DateRange, Report, digest

CASES = yaml.safe_load((Path(__file__).parent / "facts.yaml").read_text(encoding="utf-8"))
DAY = DateRange.on(date(2026, 3, 12))


def report_of(text: str, published=DAY) -> Report:
    return Report("r1", text, digest(text), outlet="Daily Ledger", published=published)


@pytest.fixture(scope="session")
def facts(rules):
    return lambda text, published=DAY: list(rules.extract(report_of(text, published)).facts)


def told(fact) -> str:
    """A fact as the cases write it."""
    figure = "" if fact.figure is None else f"{_plain(fact.low)}..{_plain(fact.high)} {fact.unit}"
    period = f"{fact.period.earliest}..{fact.period.latest}" if fact.period else ""
    subject = fact.subject.text.removeprefix("The ").removeprefix("the ") if fact.subject else ""
    return " | ".join((fact.kind, subject, fact.measure.text, figure, period))


def _plain(value) -> str:
    return "" if value in ("", None) else str(float(value))


def wanted(case: str) -> str:
    kind, subject, measure, figure, period = (x.strip().strip('"') for x in case.split("|"))
    if figure:
        bounds, unit = figure.split(" ", 1)
        low, high = bounds.rsplit("..", 1) if not bounds.endswith("..") else (bounds[:-2], "")
        figure = f"{_plain(low and float(low))}..{_plain(high and float(high))} {unit}"
    return " | ".join((kind, subject.removeprefix("The ").removeprefix("the "), measure, figure, period))


def test_there_are_enough_cases():
    assert len(CASES) >= 60
    assert sum(not expected for _, expected in CASES) >= 25
    assert len({text for text, _ in CASES}) == len(CASES)


@pytest.mark.parametrize(("text", "expected"), CASES, ids=lambda x: x[:50] if isinstance(x, str) else "")
def test_what_is_noted(facts, text, expected):
    assert [told(f) for f in facts(text)] == [wanted(x) for x in expected]


class TestWhoSaysSo:
    def test_the_source_is_the_nearest_speaker(self, facts):
        (fact,) = facts("Some 80 per cent of the population needs aid, Norway's foreign minister said on Tuesday.")
        assert fact.chain[0] == ChainLink("foreign minister", "office", "NOR") or fact.chain[0].entity == "NOR"
        assert fact.chain[-1] == ChainLink("Daily Ledger", "outlet")

    def test_the_reports_own_voice(self, facts):
        (fact,) = facts("Trade between the two reached $7.5 billion in 2024.")
        assert fact.chain == (ChainLink("Daily Ledger", "outlet"),)
        assert fact.extractor == FACTS

    def test_the_entity_of_the_subject(self, facts):
        (fact,) = facts("Qatar hosted talks in April.")
        assert (fact.subject.text, fact.entity) == ("Qatar", "QAT")
        (fact,) = facts("Remittances made up 24 per cent of gross domestic product in 2023.")
        assert (fact.subject.text, fact.entity) == ("Remittances", None)


class TestKeptApart:
    def test_a_position_and_background_in_one_report(self, rules):
        text = (
            "Italy is ready to send 300 police officers to Gaza, its minister said. "
            "Trade between Italy and Egypt reached $6 billion in 2024. Qatar hosted talks in April."
        )
        made = rules.extract(report_of(text))
        assert {(p.holder, p.task) for p in made.positions} == {("ITA", "contribute_police")}
        assert [f.kind for f in made.facts] == ["total", "talks"]

    def test_a_positions_figure_is_no_fact(self, rules):
        text = "The mission had 14,000 peacekeepers in 2013."
        (fact,) = rules.extract(report_of(text)).facts
        (position,) = rules.extract(report_of("Italy is ready to send 300 police officers, it said.")).positions
        from dataclasses import replace

        from onrecord.model import Quantity

        held = replace(position, quantity=Quantity(14000, 14000, "troops", fact.figure))
        assert apart([fact], [held]) == []
        assert apart([fact], [replace(held, quantity=None)]) == [fact]

    def test_talks_to_come_stay_positions(self, rules):
        made = rules.extract(report_of("Qatar will host talks in May."))
        assert {(p.holder, p.task) for p in made.positions} == {("QAT", "host")}
        assert made.facts == ()


class TestWithoutADay:
    def test_a_report_without_a_day(self, facts):
        (fact,) = facts("Qatar hosted talks in April.", None)
        assert (fact.period, fact.period_words.text) == (None, "in April")
        (fact,) = facts("Trade between the two reached $7.5 billion in 2024.", None)
        assert fact.period == DateRange(date(2024, 1, 1), date(2024, 12, 31))

    def test_said_twice_is_noted_once(self, facts):
        assert len(facts("Trade reached $7.5 billion in 2024. Again: trade reached $7.5 billion in 2024.")) == 1


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("in 2016-2020", "2016-01-01", "2020-12-31"),
        ("in 2016–20", "2016-01-01", "2020-12-31"),
        ("between 2015 and 2019", "2015-01-01", "2019-12-31"),
        ("since October 2023", "2023-10-01", "2026-03-12"),
        ("since October", "2025-10-01", "2026-03-12"),
        ("last April", "2025-04-01", "2025-04-30"),
        ("in February", "2026-02-01", "2026-02-28"),
        ("in April of last year", "2025-04-01", "2025-04-30"),
        ("from November to January", "2025-11-01", "2026-01-31"),
        ("on 4 May 2019", "2019-05-04", "2019-05-04"),
        ("on May 4, 2019", "2019-05-04", "2019-05-04"),
        ("in the second half of 2024", "2024-07-01", "2024-12-31"),
        ("in winter", "2025-12-01", "2026-02-28"),
        ("last summer", "2025-06-01", "2025-08-31"),
        ("so far this year", "2026-01-01", "2026-03-12"),
        ("last month", "2026-02-01", "2026-02-28"),
        ("three years ago", "2023-01-01", "2023-12-31"),
        ("over the past five years", "2021-01-01", "2026-03-12"),
    ],
)
def test_periods(words, first, last):
    (period,) = periods(f"It was so {words}, they said.", DAY)
    assert (str(period.days.earliest), str(period.days.latest)) == (first, last)


@pytest.mark.parametrize(
    "words", ["by 2035", "in 2027", "from 12 to 14", "in 31 May 0000", "in May 2026", "Resolution 2803"]
)
def test_no_periods(words):
    assert periods(f"It was so {words}, they said.", DAY) == []


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("up to 300", (None, 300)),
        ("at least 1,200", (1200, None)),
        ("between 8,000 and 10,000", (8000, 10000)),
        ("two million", (2e6, 2e6)),
        ("$2-3 billion", (2e9, 3e9)),
        ("10 to 5", None),
        ("none", None),
    ],
)
def test_bounds(words, bounds):
    assert read_bounds(words) == bounds


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from([text for text, _ in CASES]), min_size=1, max_size=3),
    st.sampled_from(["\n\n", " ", "\u00a0", "”\n“"]),
)
def test_spans_reproduce_wherever_they_stand(rules, texts, between):
    text = between.join(texts)
    made = rules.extract(report_of(text))
    for fact in made.facts:
        for span in spans_of(fact):
            span.check(text)
        assert fact.evidence.holds(fact.measure)
    assert len({f.id for f in made.facts}) == len(made.facts)
