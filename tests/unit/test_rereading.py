"""A model from outside within the whole: the built-in one still runs, nothing is half-written, no key is kept."""

from __future__ import annotations

import json
import runpy
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from onrecord import cli, services
from onrecord.errors import ExtractorInvalid
from onrecord.extractors import reader_name
from onrecord.outside import KEY
from onrecord.outside.served import ATTEMPTS

made = SimpleNamespace(**runpy.run_path(str(Path(__file__).parent / "outside" / "conftest.py")))
EXCHANGE, Turn, said = made.EXCHANGE, made.Turn, made.said
GOOD, NONE = json.dumps(EXCHANGE["good"]), '{"positions": []}'
SECRET = "sk-0123456789-very-secret"


@pytest.fixture
def server():
    opened = made.Server()
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr("time.sleep", lambda seconds: None)


@pytest.fixture
def asking(settings, server):
    return replace(settings, extractor=server.option)


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "two"
    folder.mkdir()
    lines = {"a": "ITA considering fund for isf_gaza.", "b": "AZE refused contribute_troops for isf_gaza."}
    for name, line in lines.items():
        text = f"Published: 2025-11-1{ord(name) - 96}\n\n{EXCHANGE['text']}\n{line}\nThis is report {name}.\n"
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def read(settings, folder):
    with services.open_ledger(settings) as ledger:
        result = services.read([folder], ledger, settings)
        return result, ledger.positions(), ledger.issues(), ledger.verify()


class TestReading:
    def test_the_models_positions_stand_in_place_of_the_built_ins(self, extractor, asking, server, reports):
        server.turns = [said(GOOD), said(GOOD)]
        result, positions, issues, wrong = read(asking, reports)
        assert [p.holder for p in positions] == ["ITA", "AZE", "EGY"] * 2
        assert all(p.extractor.endswith("+tiny@127.0.0.1 positions/1") for p in positions)
        assert {p.statement for p in positions} <= {None, *(f"s{r.sha256[:8]}.0" for r in result.reports)}
        assert (issues, wrong) == ([], [])
        assert (result.spent.asked, result.spent.read, result.spent.tokens_in) == (2, 2, 1800)
        assert extractor.read == ["a", "b"]

    def test_a_second_run_asks_nothing(self, extractor, asking, server, reports):
        server.turns = [said(GOOD), said(GOOD)]
        read(asking, reports)
        result, positions, _, _ = read(asking, reports)
        assert len(server.asked) == 2
        assert result.added == ()
        assert result.spent.asked == 0
        assert len(positions) == 6

    def test_answers_outlast_a_change_of_the_built_in_extraction(self, extractor, asking, server, reports):
        server.turns = [said(GOOD), said(GOOD)]
        read(asking, reports)
        result, positions, _, _ = read(replace(asking, rules_only=True), reports)
        assert len(server.asked) == 2
        assert (result.spent.asked, result.spent.kept, len(result.added)) == (0, 2, 2)
        assert len(positions) == 6

    def test_what_it_invents_is_recorded(self, extractor, asking, server, reports):
        server.turns = [said(json.dumps(EXCHANGE["invented"])), said(NONE)]
        _, positions, issues, wrong = read(asking, reports)
        assert [(p.report, p.holder, p.stance) for p in positions] == [("a", "AZE", "refused")]
        assert {i.code for i in issues} == {"outside-invented"}
        assert len(issues) == 8
        assert all(i.where == "a" and i.hint for i in issues)
        assert wrong == []

    def test_a_flood_of_inventions_is_counted(self, extractor, asking, server, reports):
        entry = EXCHANGE["invented"]["positions"][0]
        many = [{**entry, "passage": f"Sentence {n} that nobody wrote."} for n in range(50)]
        server.turns = [said(json.dumps({"positions": many})), said(NONE)]
        _, _, issues, _ = read(asking, reports)
        assert len(issues) == 21
        assert "30 more were dropped" in issues[-1].message


class TestFailing:
    @pytest.mark.parametrize(
        ("turns", "code"),
        [
            ([Turn(401, '{"error": {"message": "who are you?"}}')], "outside-unavailable"),
            ([Turn(503, "busy")] * ATTEMPTS, "outside-unavailable"),
            ([said("no idea"), said("none")], "outside-broken"),
            ([Turn(body="<html>")], "outside-broken"),
            ([said("{", end="length")] * 3, "outside-broken"),
        ],
    )
    def test_the_built_in_extraction_stands(self, extractor, asking, server, reports, turns, code):
        (reports / "b.txt").unlink()
        server.turns = list(turns)
        result, positions, issues, wrong = read(asking, reports)
        assert [(p.holder, p.stance, p.extractor) for p in positions] == [
            ("ITA", "considering", reader_name(None))
        ]
        assert [(i.code, i.where) for i in issues] == [(code, "a")]
        assert result.issues == tuple(issues)
        assert wrong == []
        # When it answers again, the report is read again, and then no more.
        server.turns = [said(GOOD)]
        result, positions, _, _ = read(asking, reports)
        assert result.added == ("a",)
        assert [p.holder for p in positions] == ["ITA", "AZE", "EGY"]
        assert read(asking, reports)[0].added == ()

    def test_one_issue_for_all_that_it_was_not_asked_for(self, extractor, asking, server, reports):
        for n in range(5):
            (reports / f"c{n}.txt").write_text(f"{EXCHANGE['text']} Report {n} of five.\nITA refused fund for x_{n}.\n")
        server.turns = [Turn(403, "{}")]
        result, positions, issues, _ = read(asking, reports)
        assert len(server.asked) == 1
        assert [i.code for i in issues] == ["outside-unavailable"] * 2
        assert "and 5 more" in issues[1].message
        assert result.spent.failed == 7
        assert len(positions) == 7

    def test_a_part_that_fails_leaves_nothing_half_written(self, extractor, asking, server, tmp_path):
        folder = tmp_path / "long"
        folder.mkdir()
        filler = " ".join(f"The council met for the {n}th time and spoke at length." for n in range(150))
        (folder / "a.txt").write_text(f"{EXCHANGE['text']} {filler}\nITA considering fund for isf_gaza.\n")
        server.turns = [said(GOOD), Turn(401, "{}")]
        _, positions, _, _ = read(asking, folder)
        assert [p.stance for p in positions] == ["considering"]
        server.turns = [said(NONE)]
        result, positions, _, wrong = read(asking, folder)
        assert (result.spent.kept, result.spent.asked) == (1, 1)
        assert [p.holder for p in positions] == ["ITA", "AZE", "EGY"]
        assert wrong == []

    @pytest.mark.parametrize(
        "option", ["small", "openai:m@ftp://x.example", "gguf:no-such-file.gguf", "openai:m@http://127.0.0.1:1/v1"]
    )
    def test_a_model_that_cannot_be_used_is_a_clear_no(self, extractor, settings, reports, option):
        with pytest.raises(ExtractorInvalid) as told:
            read(replace(settings, extractor=option), reports)
        assert told.value.hint
        with services.open_ledger(settings) as ledger:
            assert ledger.reports() == []
            assert ledger.verify() == []


class TestKeys:
    def test_no_key_is_kept_or_shown(self, extractor, asking, server, reports, monkeypatch, caplog, tmp_path):
        monkeypatch.setenv(KEY, SECRET)
        server.turns = [said(GOOD), Turn(401, json.dumps({"error": {"message": f"bad key {SECRET}"}}))]
        with caplog.at_level(0):
            result, _, issues, _ = read(asking, reports)
        assert server.headers[0]["authorization"] == f"Bearer {SECRET}"
        assert any("[key]" in i.message for i in issues)
        shown = f"{result}{issues}{asking}{caplog.text}{services.made_with(asking)}"
        assert SECRET not in shown
        for path in tmp_path.rglob("*"):
            assert not path.is_file() or SECRET.encode() not in path.read_bytes(), path


class TestCommand:
    def test_cost_and_time_are_shown(self, extractor, server, reports, tmp_path, monkeypatch):
        monkeypatch.setenv("ONRECORD_EXTRACTOR_PRICE", "10/20")
        server.turns = [said(GOOD), said(GOOD)]
        asked = ["read", str(reports), "--ledger", str(tmp_path / "x.db"), "--extractor", server.option]
        done = CliRunner().invoke(cli.main, asked)
        assert done.exit_code == 0, done.output
        assert "tiny@127.0.0.1: 2 asked, 0 known already, 2 read; 1,800 tokens in, 160 out" in done.output
        assert "0.0212 USD" in done.output
        assert "2 of 2 reports were new" in done.output

    def test_a_model_that_is_none(self, extractor, reports, tmp_path):
        asked = ["read", str(reports), "--ledger", str(tmp_path / "x.db"), "--extractor", "small"]
        done = CliRunner().invoke(cli.main, asked)
        assert done.exit_code == 1
        assert "extractor-invalid: 'small' names no model" in done.output

    def test_off_by_default(self, extractor, settings, reports, server):
        result, _, _, _ = read(settings, reports)
        assert result.spent is None
        assert server.asked == []


def test_moments_of_answers_run_forward(extractor, asking, server, reports):
    server.turns = [said(GOOD), said(GOOD)]
    read(replace(asking, clock=lambda: datetime(2026, 4, 1, tzinfo=UTC)), reports)
    with services.open_ledger(asking) as ledger:
        rows = [x for x in ledger.dump() if x["table"] == "answers"]
    assert [x["prompt"] for x in rows] == ["positions/1"] * 2
    assert [x["model"] for x in rows] == ["tiny@127.0.0.1"] * 2
