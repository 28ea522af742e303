"""The use cases, with an extractor that finds what the texts say plainly."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from onrecord import services
from onrecord.errors import ModelMissing, NothingToRead, StoryInvalid, UnknownName
from onrecord.model import DateRange
from onrecord.vocabulary import load


def dumped(settings):
    with services.open_ledger(settings, create=False) as ledger:
        return list(ledger.dump())


class TestReading:
    def test_all_reports_of_a_folder(self, extractor, settings, folder):
        with services.open_ledger(settings) as ledger:
            made = services.read([folder], ledger, settings)
            assert len(ledger.positions()) == 3
        assert [r.id for r in made.reports] == ["2025-11-03-first", "2025-12-05-second", "2026-02-10-third"]
        assert set(made.added) == {r.id for r in made.reports}
        assert made.issues == ()

    def test_twice_adds_nothing(self, extractor, filled, folder):
        before = dumped(filled)
        extractor.read.clear()
        with services.open_ledger(filled) as ledger:
            made = services.read([folder], ledger, filled)
        assert made.added == ()
        assert len(made.reports) == 3
        assert extractor.read == []
        assert dumped(filled) == before

    def test_only_what_is_new_is_extracted(self, extractor, filled, folder):
        (folder / "2026-03-01-fourth.txt").write_text("A fourth report.\nFRA undecided fund for isf_gaza.")
        extractor.read.clear()
        with services.open_ledger(filled) as ledger:
            made = services.read([folder], ledger, filled)
        assert made.added == ("2026-03-01-fourth",)
        assert extractor.read == ["2026-03-01-fourth"]

    def test_a_bad_report_is_recorded_and_the_rest_done(self, extractor, settings, folder):
        (folder / "empty.txt").write_bytes(b"")
        (folder / "lines.jsonl").write_text('{"title": "no text"}\n')
        with services.open_ledger(settings) as ledger:
            made = services.read([folder], ledger, settings)
            kept = ledger.issues()
        assert len(made.added) == 3
        assert {i.code for i in made.issues} == {"report-empty", "report-unreadable"}
        assert sorted(kept, key=str) == sorted(made.issues, key=str)
        assert all(i.hint for i in made.issues)

    def test_another_language_is_an_issue(self, extractor, settings, folder):
        (folder / "fr.txt").write_text(
            "Le ministre de la défense a déclaré que le pays n'enverrait pas de soldats dans cette région, "
            "parce que les conditions ne sont pas réunies et que le parlement ne le permettrait pas. " * 3
        )
        with services.open_ledger(settings) as ledger:
            made = services.read([folder], ledger, settings)
        assert [(i.code, i.where) for i in made.issues] == [("language-unread", "fr")]
        assert "fr" not in {r.id for r in made.reports}

    def test_nothing_at_all(self, extractor, settings, tmp_path):
        (tmp_path / "none").mkdir()
        (tmp_path / "none" / "empty.txt").write_bytes(b"")
        with services.open_ledger(settings) as ledger:
            with pytest.raises(NothingToRead):
                services.read([tmp_path / "none"], ledger, settings)
            assert [i.code for i in ledger.issues()] == ["report-empty"]

    def test_the_same_text_under_another_outlet(self, extractor, settings, tmp_path):
        body = "The force met for the first time in the capital on Monday, and the talks were long. " * 4
        lines = [
            '{"id": "a", "outlet": "One", "published": "2026-01-05", "text": "BODY ITA"}'.replace(
                "BODY", body
            ),
            '{"id": "b", "outlet": "Two", "published": "2026-01-06", "text": "BODY ITA"}'.replace(
                "BODY", body
            ),
        ]
        (tmp_path / "two.jsonl").write_text("\n".join(lines))
        with services.open_ledger(settings) as ledger:
            services.read([tmp_path / "two.jsonl"], ledger, settings)
            again = {r.id: r.same_text_as for r in ledger.reports()}
        assert again == {"a": None, "b": "a"}

    def test_progress_is_told(self, extractor, settings, folder):
        told = []
        with services.open_ledger(settings) as ledger:
            services.read([folder], ledger, settings, progress=lambda *x: told.append(x))
        assert told[-1] == ("finding positions", 3, 3)

    def test_standard_input(self, extractor, settings):
        import io

        with services.open_ledger(settings) as ledger:
            made = services.read(
                ["-"], ledger, settings, stdin=io.BytesIO(b"News of the day.\nITA offered fund.")
            )
        assert [r.id for r in made.reports] == ["stdin"]

    def test_a_story_reads_anew(self, extractor, filled, folder, tmp_path):
        story = tmp_path / "story.yaml"
        story.write_text("matter: isf_gaza\nnames: [the force]\n")
        extractor.read.clear()
        with services.open_ledger(filled) as ledger:
            services.read([folder], ledger, replace(filled, story=story))
        assert len(extractor.read) == 3


class TestAnswering:
    def test_where_everybody_stands(self, filled):
        with services.open_ledger(filled, create=False) as ledger:
            told = services.answer(ledger, filled)
        assert told.as_of == date(2026, 2, 10)
        assert {s.holder: s.stance for s in told.reconciliation.standings} == {
            "AZE": "refused",
            "ITA": "refused",
        }
        assert told.matters == {"isf_gaza": load().matters["isf_gaza"].label}
        assert told.force is None

    def test_as_of_an_earlier_day(self, filled):
        with services.open_ledger(filled, create=False) as ledger:
            told = services.answer(ledger, filled, as_of=date(2025, 11, 30))
        assert {s.holder: s.stance for s in told.reconciliation.standings} == {"ITA": "offered"}

    def test_only_some_reports(self, filled):
        with services.open_ledger(filled, create=False) as ledger:
            told = services.answer(ledger, filled, only=["2025-12-05-second"])
        assert {p.holder for p in told.positions} == {"AZE"}
        assert {s.report for s in told.statements} == {"2025-12-05-second"}

    def test_never_after_today(self, filled, at):
        early = at(filled, datetime(2026, 1, 1, tzinfo=UTC))
        with services.open_ledger(filled, create=False) as ledger:
            assert services.newest_day(ledger.reports(), early) == date(2026, 1, 1)
        assert services.newest_day([], early) == date(2026, 1, 1)

    def test_reports_without_a_day_are_told_for_the_day_of_the_saying(self, filled):
        with services.open_ledger(filled, create=False) as ledger:
            undated = [replace(r, published=None) for r in ledger.reports()]
            said = [replace(p, said_on=DateRange.on(date(2026, 3, 3))) for p in ledger.positions()]
        assert services.newest_day(undated, filled, said) == date(2026, 3, 3)
        assert services.newest_day(undated, filled) == date(2026, 4, 1)

    def test_titles_of_matters(self, filled, tmp_path):
        story = tmp_path / "story.yaml"
        story.write_text("matter: isf_gaza\ntitle: Our own title\n")
        with services.open_ledger(filled, create=False) as ledger:
            told = services.answer(ledger, replace(filled, story=story))
            unknown = [replace(p, matter="some_affair") for p in ledger.positions()]
        assert told.matters == {"isf_gaza": "Our own title"}
        assert services.matter_titles(unknown, load(), None) == {"some_affair": "some affair"}


class TestTheForce:
    STORY = """matter: isf_gaza
conditions: {vote: {kind: approval, words: [parliament]}}
scenarios: {as_it_stands: {vote: 0.5}}
force: {strength: {required: 900}, tasks: {contribute_troops: 900, contribute_police: null}}
"""

    def test_none_without_a_force_in_the_story(self, filled, tmp_path):
        (tmp_path / "story.yaml").write_text("matter: isf_gaza\n")
        with services.open_ledger(filled, create=False) as ledger:
            told = services.answer(ledger, replace(filled, story=tmp_path / "story.yaml"))
        assert told.force is None

    def test_what_it_adds_up_to(self, filled, tmp_path):
        (tmp_path / "story.yaml").write_text(self.STORY)
        with services.open_ledger(filled, create=False) as ledger:
            told = services.answer(ledger, replace(filled, story=tmp_path / "story.yaml"))
        assert told.force["required"]["low"] == 900
        assert {row["task"] for row in told.force["coverage"]} == {"contribute_troops", "contribute_police"}
        assert json.loads(json.dumps(told.force)) == told.force


def test_find(filled):
    with services.open_ledger(filled, create=False) as ledger:
        name = ledger.positions()[0].id
        assert services.find(ledger, name).id == name
        with pytest.raises(UnknownName, match="nothing-of-the-kind"):
            services.find(ledger, "nothing-of-the-kind")


def test_a_story_that_cannot_be_followed_names_the_nearest(settings, tmp_path):
    story = tmp_path / "story.yaml"
    story.write_text("matter: isf_gaza\nundertakings:\n  contribute_troop: Soldiers\n")
    with pytest.raises(StoryInvalid, match=r"line 3.*contribute_troops"):
        services.story_of(replace(settings, story=story), load())


def test_missing_weights_are_an_error_and_not_a_silent_fallback(monkeypatch, tmp_path):
    from onrecord import extractors
    from onrecord.extraction.learned import PositionModel

    with pytest.raises(ModelMissing, match="wheel"):
        PositionModel(tmp_path)
    monkeypatch.setattr(PositionModel, "load", classmethod(lambda cls, threads: cls(tmp_path)))
    extractors._parts.cache_clear()
    try:
        with pytest.raises(ModelMissing):
            extractors.make_extractor(load(), None)
    finally:
        extractors._parts.cache_clear()


def test_made_with_says_which_extractor(settings):
    assert "rules" in services.made_with(replace(settings, rules_only=True))
    assert services.made_with(settings) != services.made_with(replace(settings, rules_only=True))
