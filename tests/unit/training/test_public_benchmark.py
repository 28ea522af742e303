"""The public benchmark of positions: its strings stand in its texts, and nothing of it is trained on."""

import json
import sys
from pathlib import Path

import pytest

from onrecord.scoring import score

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from benchmarks.passages import counts, gold, run  # noqa: E402
from benchmarks.passages.agreement import MEASURES, lines  # noqa: E402
from training.positions.check_passages import passage_errors  # noqa: E402
from training.positions.data import is_dev, read  # noqa: E402

FOLDER = ROOT / "benchmarks" / "passages"


@pytest.fixture(scope="module")
def rows():
    return gold.passages()


@pytest.fixture(scope="module")
def corpus():
    return {row["id"]: row for row in read(ROOT / "training/positions/passages")}


def test_there_are_300_with_an_id_of_their_own_each_noted_twice(rows):
    ids = {row["id"] for row in rows}
    assert len(rows) == len(ids) == 300
    for name in ("first", "second"):
        assert {row["id"] for row in lines(FOLDER / f"{name}.jsonl")} == ids


def test_every_quoted_string_stands_in_its_text_and_every_word_in_the_vocabulary(rows):
    errors = [f"{row['id']}: {error}" for row in rows for error in passage_errors(row)]
    assert errors == []


def test_none_of_it_is_trained_on(rows, corpus):
    assert all(is_dev(row) for row in rows)
    training = [row for row in corpus.values() if not is_dev(row)]
    assert not {row["id"] for row in rows} & {row["id"] for row in training}
    texts = {" ".join(row["text"].lower().split()) for row in training}
    assert not [row["id"] for row in rows if " ".join(row["text"].lower().split()) in texts]


def test_the_texts_are_those_of_the_corpus(rows, corpus):
    kept = ("story", "manner", "outlet", "published", "text")
    assert all(row[name] == corpus[row["id"]][name] for row in rows for name in kept)


def test_the_gold_of_the_contract_has_its_offsets_right(rows, tmp_path):
    reports, positions = gold.export(tmp_path)
    text = {r["id"]: r["text"] for r in lines(reports)}
    written = lines(positions)
    assert len(written) == sum(len(row["positions"]) for row in rows)
    for p in written:
        for piece in (p["evidence"], p["cue"], *p["conditions"]):
            assert text[p["report"]][piece["start"] : piece["end"]] == piece["text"], p["id"]


def test_the_other_tasks_are_of_a_position_and_are_others(rows):
    for row in rows:
        for entry in row.get("task_accept", []):
            assert entry["tasks"]
            assert row["positions"][entry["position"]]["task"] not in entry["tasks"], row["id"]


def test_gold_scored_against_itself_is_full_marks_and_one_stance_turned_round_is_not(rows):
    wanted = [p for row in rows for p in gold.positions(row)]
    reports = [gold.report(row) for row in rows]
    same = score(wanted, wanted, reports).figures
    assert all(figure.get("f1", figure.get("share")) == 1.0 for figure in same.values() if figure)
    required = next(p for p in wanted if p["stance"] == "deployed" and not p["optional"])
    turned = [{**p, "stance": "refused"} if p is required else p for p in wanted]
    assert score(wanted, turned, reports).figures["polarity"]["f1"] < 1.0


def test_the_tables_of_figures_are_those_of_the_scorer(rows):
    some = rows[:30]
    found = [p for row in some for p in gold.positions(row)][::2]
    mine = run.table(some, found)["all passages"]
    theirs = score(
        [p for row in some for p in gold.positions(row)], found, [gold.report(row) for row in some]
    ).figures
    for name in MEASURES:
        figure = theirs[name]
        expected = figure.get("f1", figure.get("share"))
        assert mine[name]["value"] == pytest.approx(expected, abs=0.001), name
    assert "| all passages | 30 |" in run.page(
        {"by": "a test", "passages": "0" * 64, "parts": run.table(some, found), "notings": {}}
    )


def test_the_card_holds_these_counts_and_this_agreement(rows):
    agreed = json.loads((FOLDER / "agreement.json").read_text(encoding="utf-8"))
    made = counts.block(rows, agreed)
    assert made in (FOLDER / "card.md").read_text(encoding="utf-8"), "run `python benchmarks/passages/counts.py`"
