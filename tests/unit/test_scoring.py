"""The scoring against small gold made by hand, and against the contract's own program where it is at hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import scoring
from onrecord.errors import ReportUnreadable

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
PROGRAM = SHARED / "contract" / "score.py"


def row(report="r", holder="ITA", task="fund", stance="offered", kinds=(), **more):
    conditions = [{"kind": k, "text": "x", "start": 0, "end": 1} for k in kinds]
    key = {"report": report, "holder": holder, "performer": holder, "task": task, "stance": stance}
    evidence = {"text": "x", "start": 0, "end": 1}
    return {**key, "conditions": conditions, "chain": [], "evidence": evidence, **more}


def figures(gold, found, reports=None):
    return scoring.score(gold, found, reports).figures


class TestMeasures:
    def test_all_right(self):
        said = figures([row()], [row()])
        assert said["polarity"]["f1"] == said["detect"]["f1"] == 1.0
        assert said["stance"]["share"] == 1.0
        assert said["condition"] is None
        assert "evidence" not in said

    def test_missed_extra_and_wrong(self):
        result = scoring.score(
            [row(), row(holder="FRA"), row(holder="DEU")],
            [row(stance="refused"), row(holder="FRA"), row("r", "ESP")],
        )
        assert result.figures["detect"] == {
            "p": 0.6667,
            "r": 0.6667,
            "f1": 0.6667,
            "hit": 2,
            "found": 3,
            "gold": 3,
        }
        assert result.figures["polarity"]["f1"] == 0.3333
        assert [x.split()[0] for x in result.errors] == ["MISSED", "WRONG", "EXTRA"]
        assert "refused" in result.errors[1]

    def test_not_unless_and_ready_if_are_the_same_with_a_common_condition(self):
        gold = [row(stance="refused", kinds=["mandate"])]
        assert figures(gold, [row(stance="offered", kinds=["mandate", "timing"])])["polarity"]["f1"] == 1.0
        assert figures(gold, [row(stance="offered", kinds=["timing"])])["polarity"]["f1"] == 0.0

    def test_optional_gold_is_neither_rewarded_nor_missed(self):
        gold = [row(), row(holder="FRA", optional=True)]
        assert figures(gold, [row(), row(holder="FRA")])["detect"]["f1"] == 1.0
        assert figures(gold, [row()])["detect"]["f1"] == 1.0

    def test_accepted_tasks_and_groups(self):
        assert figures([row(task_accept=["govern"])], [row(task="govern")])["detect"]["f1"] == 1.0
        assert figures([row(holder="group:arab_states")], [row(holder="group:states")])["detect"]["f1"] == 1.0
        assert figures([row(holder="group:arab_states")], [row(holder="group:europe")])["detect"]["f1"] == 0.0

    def test_one_prediction_serves_one_gold(self):
        gold = [row(stance="offered"), row(stance="refused")]
        assert figures(gold, [row(stance="refused")])["detect"]["hit"] == 1

    def test_figures_and_sources(self):
        gold = [row(quantity={"low": 1, "high": 2}, chain=["Foreign Minister Rossi", "Agency"])]
        found = row(quantity={"low": 1, "high": 2}, chain=[{"name": "Rossi", "kind": "named_person"}])
        assert (
            figures(gold, [found])["quantity"]["share"] == figures(gold, [found])["upstream"]["share"] == 1.0
        )
        assert figures(gold, [row()])["quantity"]["share"] == 0.0

    def test_evidence_must_reproduce(self):
        texts = [{"id": "r", "text": "xyz"}]
        good, bad = row(), row(evidence={"text": "q", "start": 0, "end": 1})
        assert figures([row()], [good, bad], texts)["evidence"] == {"share": 0.5, "hit": 1, "of": 2}

    def test_reports_without_gold_count_where_reports_are_given(self):
        found = [row(), row("other")]
        assert figures([row()], found)["detect"]["p"] == 1.0
        assert (
            figures([row()], found, [{"id": "r", "text": ""}, {"id": "other", "text": ""}])["detect"]["p"]
            == 0.5
        )


class TestFiles:
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"{\n", "line 1: this is no JSON"),
            (b"[]\n", "line 1: this is no JSON object"),
            (b"\xff\xfe\xff", "UTF-8"),
            (b'{"report": "r"}\n', "no 'holder'"),
        ],
    )
    def test_what_is_no_position_is_named(self, tmp_path, content, said):
        (tmp_path / "gold.jsonl").write_bytes(content)
        (tmp_path / "found.jsonl").write_text("")
        with pytest.raises(ReportUnreadable, match=said):
            scoring.score_files(tmp_path / "gold.jsonl", tmp_path / "found.jsonl")

    def test_line_separators_within_a_text(self, tmp_path):
        (tmp_path / "a.jsonl").write_text(
            json.dumps({"text": "a\u2028b"}, ensure_ascii=False) + "\n", encoding="utf-8"
        )
        assert scoring.read_records(tmp_path / "a.jsonl") == [{"text": "a\u2028b"}]


ROWS = st.lists(
    st.builds(
        row,
        st.sampled_from(["r1", "r2"]),
        st.sampled_from(["ITA", "FRA", "group:arab_states", "group:states"]),
        st.sampled_from(["fund", "govern"]),
        st.sampled_from(["offered", "refused", "supports", "opposes", "named"]),
        st.lists(st.sampled_from(["mandate", "timing"]), max_size=2),
        chain=st.lists(st.sampled_from(["Rossi", "Agency North"]), max_size=2),
        optional=st.booleans(),
    ),
    max_size=8,
)


def _compared(gold, found, reports):
    import importlib.util

    spec = importlib.util.spec_from_file_location("contract_score", PROGRAM)
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    expected = theirs.score(gold, found, reports)[0]
    assert figures(gold, found, reports) == expected


beside = pytest.mark.skipif(not PROGRAM.is_file(), reason="the contract's folder is not beside the checkout")


@beside
@given(ROWS, ROWS)
def test_equals_the_contracts_program_on_anything(gold, found):
    _compared(gold, found, None)
    _compared(gold, found, [{"id": "r1", "text": "x"}, {"id": "r2", "text": "y"}])


@beside
@pytest.mark.parametrize("gold", sorted([*(SHARED / "gold").glob("*positions.jsonl")]), ids=lambda p: p.name)
def test_equals_the_contracts_program_on_the_gold(gold, tmp_path):
    """Gold against gold with every third line changed, so that all measures have something to tell."""
    rows = scoring.read_records(gold)
    changed = []
    for n, one in enumerate(rows):
        new = {
            **one,
            "evidence": {"text": "", "start": 0, "end": 0},
            "stance": "refused" if n % 3 == 0 else one["stance"],
        }
        changed += [new] if n % 5 else []
    found = tmp_path / "found.jsonl"
    found.write_text("".join(json.dumps(x) + "\n" for x in changed))
    said = subprocess.run(
        [sys.executable, PROGRAM, gold, found, "--json"], capture_output=True, text=True, check=True
    )
    assert scoring.score_files(gold, found).figures == json.loads(said.stdout)
