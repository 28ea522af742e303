"""Rules over the example story, by its gold positions: report by report, what an analyst is told and what not."""

from __future__ import annotations

import runpy
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from onrecord.ledger import Ledger
from onrecord.settings import Settings
from onrecord.telling import Teller

ROOT = Path(__file__).resolve().parents[3]
gold = SimpleNamespace(**runpy.run_path(str(ROOT / "tests/golden/gold_stories.py")))
RULES = """
targets: {log: {file: told.jsonl}}
rules:
  - {name: down, when: [moves_down, withdrawn], of: {tasks: contribute_troops}, to: log}
  - {name: conditions, when: [condition_met, condition_undone], to: log}
  - {name: weak, when: [force_below, force_above], persons: 2000, scenario: as_it_stands, to: log}
  - {name: terms, when: condition_added, of: {parties: Indonesia}, to: log}
"""
DAYS = [date(2025, 10, 31), date(2025, 11, 20), date(2025, 12, 31), date(2026, 2, 20), date(2026, 3, 31)]
EXPECTED = {
    date(2025, 11, 20): {
        "Azerbaijan: contribute troops – moved down, considering → refused",
        "A mandate of the Security Council: met",
        "Expected strength at or above 2,000",
        "Indonesia: contribute troops – new condition",
    },
    date(2025, 12, 31): {"Indonesia: contribute troops – new condition, clarity"},
    date(2026, 2, 20): {"Indonesia: contribute troops – new condition, command"},
    date(2026, 3, 31): {
        "Indonesia: contribute troops – moved down, offered → suspended",
        "Türkiye: contribute troops – moved down, offered → withdrawn",
        "Indonesia: contribute troops – new condition, ceasefire",
    },
}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """(day, messages told then) for each of the days of the gold standings, and what tells a day earlier."""
    place = tmp_path_factory.mktemp("telling")
    (place / "rules.yaml").write_text(RULES)
    story = gold.story("gaza-isf")
    positions = {}
    for p in story.positions:
        positions.setdefault(p.report, []).append(p)
    settings = Settings(
        ledger=place / "x.db",
        story=ROOT / "examples/gaza-isf/story.yaml",
        clock=lambda: datetime(2026, 4, 1, tzinfo=UTC),
    )
    found = {}
    with Ledger.open(place / "x.db", clock=settings.clock) as ledger:
        teller = Teller(ledger, settings, place / "rules.yaml")
        left = sorted(story.reports, key=lambda r: r.published.latest if r.published else date.min)
        for day in DAYS:
            while left and (left[0].published is None or left[0].published.latest <= day):
                report = left.pop(0)
                ledger.add(report, (), positions.get(report.id, ()), extractor="gold 1")
            found[day] = teller.tell()
        again = teller.tell()
        since = teller.tell(since=DAYS[2], send=False)
        yield SimpleNamespace(days=found, again=again, since=since, reports={r.id: r for r in ledger.reports()})


def test_the_first_day_is_noted_and_each_later_one_tells_its_changes(told):
    assert told.days[DAYS[0]].baseline
    for day, expected in EXPECTED.items():
        said = [m["subject"].removeprefix("[onrecord] ") for m in told.days[day].letters]
        assert len(said) == len(expected), said
        assert all(any(s.startswith(e) for s in said) for e in expected), said


def test_nothing_is_told_twice(told):
    assert (told.again.letters, told.again.delivered) == ((), ())
    ids = [m["id"] for day in told.days.values() for m in day.letters]
    assert len(set(ids)) == len(ids) == sum(map(len, EXPECTED.values()))
    assert told.since.letters == (), "from an earlier day on: all of it was told"


def test_every_message_has_its_passage_word_for_word(told):
    for day in told.days.values():
        for message in day.letters:
            assert message["passages"]
            for passage in (*message["passages"], *message["passages_before"]):
                text = told.reports[passage["report"]].text
                assert passage["text"] == text[passage["start"] : passage["end"]]
                assert passage["outlet"] == told.reports[passage["report"]].outlet
                assert " ".join(passage["text"].split()) in " ".join(message["body"].split())


def test_the_withdrawal_as_it_is_told(told):
    (message,) = [m for m in told.days[DAYS[4]].letters if m["place"].startswith("TUR.")]
    assert message["events"] == ["moves_down", "withdrawn"]
    assert message["passages"][0]["report"] == "agency-north-ankara-infantry"
    assert message["before"]["stance"] == "offered"
    assert message["matter"]["title"] == "The International Stabilisation Force for Gaza"
    assert "Türkiye: contribute troops: moved down the ladder from offered" in message["body"]


def test_the_mandate_as_it_is_told(told):
    (message,) = [m for m in told.days[DAYS[1]].letters if "condition_met" in m["events"]]
    assert message["place"] == "condition:isf_gaza.council_mandate"
    assert message["passages"][0]["report"] == "meridian-live-council-vote"
    assert "agency-north-cairo-camps" in {p["report"] for p in message["passages_before"]}
    assert "Why: UN Security Council adopted the mandate on 17 November 2025" in message["body"]


def test_the_strength_as_it_is_told(told):
    (message,) = [m for m in told.days[DAYS[1]].letters if m["rule"] == "weak"]
    assert message["before"]["expected"] < 2000 <= message["after"]["expected"]
    assert "The force needs 20,000." in message["body"]
    assert "Persons expected of each, before and now:" in message["body"]
