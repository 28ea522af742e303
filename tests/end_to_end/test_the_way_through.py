"""From a folder of reports to a brief and to every question that the commands answer."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "examples" / "gaza-isf" / "reports"
STORY = ROOT / "examples" / "gaza-isf" / "story.yaml"
RECORDS = ["reports.jsonl", "statements.jsonl", "positions.jsonl", "standings.jsonl", "conflicts.jsonl"]


@pytest.fixture(scope="module")
def ledger(gaza):
    return gaza / "ledger.db"


class TestTheBrief:
    def test_every_file_of_the_contract(self, gaza):
        assert {"brief.html", "brief.md", *RECORDS} <= {x.name for x in gaza.iterdir()}

    def test_the_force_of_the_story(self, gaza):
        told = json.loads((gaza / "force.json").read_text(encoding="utf-8"))
        assert told["required"]["low"] == told["required"]["high"] == 20000
        assert told["scenarios"]
        assert told["coverage"]
        assert "20,000" in (gaza / "brief.html").read_text(encoding="utf-8")

    def test_every_report_is_in_it(self, gaza, lines):
        found = {r["id"] for r in lines(gaza / "reports.jsonl")}
        assert found == {r["id"] for r in lines(ROOT / "examples/gaza-isf/gold.reports.jsonl")}

    def test_every_span_reproduces(self, gaza, lines):
        texts = {r["id"]: r["text"] for r in lines(gaza / "reports.jsonl")}
        spans = []
        for one in lines(gaza / "positions.jsonl"):
            parts = [one["evidence"], one["cue"], one["object_span"], one["quantity"], *one["conditions"]]
            spans += [(one["report"], part) for part in parts if part]
        for one in lines(gaza / "statements.jsonl"):
            parts = [one["cue"], *one["content"], *([one["source"]] if one["source"]["text"] else [])]
            spans += [(one["report"], part) for part in parts if part]
        assert len(spans) > 100
        for report, part in spans:
            assert texts[report][part["start"] : part["end"]] == part["text"]

    def test_standings_rest_on_positions_that_are_there(self, gaza, lines):
        known = {p["id"] for p in lines(gaza / "positions.jsonl")}
        standings = lines(gaza / "standings.jsonl")
        assert standings
        for one in standings:
            assert {*one["supporting"], *one["opposing"]} <= known
            assert one["supporting"]
        reports = {r["id"] for r in lines(gaza / "reports.jsonl")}
        for one in lines(gaza / "conflicts.jsonl"):
            assert set(one["positions"]) <= known
            assert set(one["reports"]) <= reports

    def test_the_page_asks_for_nothing_from_outside(self, gaza):
        import re

        page = (gaza / "brief.html").read_text(encoding="utf-8")
        loaded = re.findall(
            r"""<(?:script|img|link|iframe|source)\b[^>]*?(?:src|href)\s*=\s*["']?([^"'\s>]+)""", page
        )
        assert [x for x in loaded if not x.startswith(("data:", "#"))] == []
        assert not re.search(r"url\(\s*['\"]?(?!data:|#)", page)

    def test_again_adds_nothing_and_writes_the_same_bytes(self, gaza, onrecord):
        before = {x.name: x.read_bytes() for x in gaza.iterdir() if x.suffix in {".jsonl", ".html", ".md"}}
        rows = onrecord("verify", "--ledger", gaza / "ledger.db")
        assert rows.status == 0
        size = (gaza / "ledger.db").stat().st_size
        said = onrecord("brief", REPORTS, "--story", STORY, "--out", gaza, "--rules-only")
        assert said.status == 0
        assert {x.name: x.read_bytes() for x in gaza.iterdir() if x.name in before} == before
        assert (gaza / "ledger.db").stat().st_size == size

    def test_a_fresh_run_writes_the_same_records(self, gaza, onrecord, tmp_path):
        """Another process, another folder, the files given one by one and in another order."""
        files = sorted(REPORTS.iterdir(), key=lambda p: p.name[::-1])
        said = onrecord("brief", *files, "--story", STORY, "--out", tmp_path / "out", "--rules-only")
        assert said.status == 0
        for name in RECORDS:
            mine = sorted((tmp_path / "out" / name).read_text(encoding="utf-8").split("\n"))
            assert mine == sorted((gaza / name).read_text(encoding="utf-8").split("\n")), name


class TestQuestions:
    @pytest.mark.parametrize("command", ["standings", "positions", "statements", "conflicts", "timeline"])
    def test_json_lines(self, ledger, gaza, onrecord, lines, command):
        rows = onrecord(command, "--ledger", ledger).records
        assert rows
        if command in {"positions", "statements", "standings"}:
            assert {r["id"] for r in rows} == {r["id"] for r in lines(gaza / f"{command}.jsonl")}

    def test_one_holder_by_name_and_by_id(self, ledger, onrecord):
        by_name = onrecord("standings", "Indonesia", "--ledger", ledger).records
        assert by_name
        assert {r["holder"] for r in by_name} == {"IDN"}
        assert by_name == onrecord("standings", "idn", "--ledger", ledger).records

    def test_another_day(self, ledger, onrecord):
        then = onrecord("standings", "--as-of", "2025-11-01", "--ledger", ledger).records
        now = onrecord("standings", "--ledger", ledger).records
        assert 0 < len(then) < len(now)
        assert {r["as_of"] for r in then} == {"2025-11-01"}
        changes = onrecord("diff", "2025-11-01", "2026-03-31", "--ledger", ledger).records
        assert {c["kind"] for c in changes} >= {"new"}
        assert onrecord("diff", "2025-11-01", "2025-11-01", "--ledger", ledger).records == []

    def test_show_any_record(self, ledger, onrecord):
        for command in ("positions", "statements"):
            one = onrecord(command, "--ledger", ledger).records[0]
            said = onrecord("show", one["id"], "--ledger", ledger)
            assert said.status == 0
            assert "»" in said.out
            (record,) = onrecord("show", one["id"], "--json", "--ledger", ledger).records
            assert record == one
        assert onrecord("show", "cfs-note-41", "--ledger", ledger).out.startswith("report cfs-note-41")

    def test_explain(self, ledger, onrecord):
        said = onrecord("explain", "Indonesia", "contribute_troops", "--ledger", ledger)
        assert said.status == 0
        assert "Indonesia" in said.out
        assert "What would change it:" in said.out

    def test_export_gives_the_records_of_the_brief(self, ledger, gaza, onrecord, tmp_path):
        said = onrecord("export", "--out", tmp_path, "--ledger", ledger, "--story", STORY)
        assert said.status == 0
        for name in RECORDS:
            assert (tmp_path / name).read_bytes() == (gaza / name).read_bytes(), name

    def test_score(self, gaza, onrecord):
        gold = ROOT / "examples/gaza-isf/gold.positions.jsonl"
        said = onrecord("score", gold, gaza / "positions.jsonl", "--reports", gaza / "reports.jsonl")
        (figures,) = said.records
        assert figures["evidence"]["share"] == 1.0
        assert figures["polarity"]["gold"] > 100

    def test_verify_and_issues(self, ledger, onrecord):
        assert "is whole" in onrecord("verify", "--ledger", ledger).out
        assert onrecord("issues", "--ledger", ledger).records == []

    def test_read_by_itself(self, onrecord, tmp_path):
        report = REPORTS / "cfs-note-41.md"
        first = onrecord("read", report, "--ledger", tmp_path / "x.db", "--rules-only")
        assert first.out.startswith("1 of 1 reports")
        again = onrecord("read", report, "--ledger", tmp_path / "x.db", "--rules-only")
        assert again.out.startswith("0 of 1 reports")

    def test_standard_input(self, onrecord, tmp_path, lines):
        text = b"Italy ruled out sending soldiers to Gaza, its defence minister said on 20 November 2025.\n"
        assert onrecord("brief", "-", "--out", tmp_path, "--rules-only", stdin=text).status == 0
        (report,) = lines(tmp_path / "reports.jsonl")
        assert report["text"].encode() == text
        assert ("ITA", "refused") in {(p["holder"], p["stance"]) for p in lines(tmp_path / "positions.jsonl")}

    def test_json_lines_on_standard_input(self, onrecord, tmp_path, lines):
        text = b'{"id": "a", "text": "Italy will send police."}\n{"id": "b", "text": "Spain will not."}\n'
        assert onrecord("brief", "-", "--out", tmp_path, "--rules-only", stdin=text).status == 0
        assert [r["id"] for r in lines(tmp_path / "reports.jsonl")] == ["a", "b"]


class TestTheCommandItself:
    def test_misuse_and_failure_are_told_apart(self, ledger, onrecord):
        assert onrecord("standing").status == 2
        assert "Did you mean 'standings'?" in onrecord("standing").err
        wrong = onrecord("standings", "Indonezia", "--ledger", ledger)
        assert (wrong.status, wrong.out) == (1, "")
        assert "did you mean 'Indonesia'?" in wrong.err

    def test_a_reader_who_goes_away(self, ledger, onrecord):
        command = Path(sys.executable).parent / "onrecord"
        shell = f"set -o pipefail; '{command}' statements --ledger '{ledger}' | head -1 >/dev/null"
        done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")

    def test_help_is_quick(self, onrecord):
        """User time, since the machine may be busy; the least of five."""
        spent = []
        for _ in range(5):
            before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            assert onrecord("--help").status == 0
            spent.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
        assert min(spent) < 0.3, spent

    def test_as_a_module(self):
        done = subprocess.run([sys.executable, "-m", "onrecord", "--version"], capture_output=True, text=True)
        assert done.stdout.startswith("onrecord ")

    def test_runs_without_a_home_and_in_another_locale(self, onrecord, tmp_path):
        env = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
        command = Path(sys.executable).parent / "onrecord"
        text = "Türkiye will not send troops to Gaza, its ministry said.\n"
        args = [command, "brief", "-", "--out", tmp_path / "é", "--rules-only"]
        done = subprocess.run(args, input=text.encode(), env=env, capture_output=True)
        assert done.returncode == 0, done.stderr
