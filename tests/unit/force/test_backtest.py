"""The backtest as it is committed: of the table in the package, and within the bounds that it is held to."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "benchmarks" / "force"


@pytest.fixture(scope="module")
def run() -> ModuleType:
    spec = importlib.util.spec_from_file_location("force_backtest", FOLDER / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def results() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / "results.json").read_text(encoding="utf-8"))
    return found


def test_the_results_are_of_this_table(run: ModuleType, results: dict[str, Any]) -> None:
    assert results["table"] == run.digest_of_table()


@pytest.mark.slow
def test_running_it_again_gives_the_results_and_keeps_the_bounds(
    run: ModuleType, results: dict[str, Any]
) -> None:
    found = [r for months in run.MONTHS for r in run.rows(months)]
    assert found == results["rows"]
    for months in run.MONTHS:
        one = run.summary([r for r in found if r["months"] == months])
        assert 0.70 <= one["coverage_80"] <= 0.90
        error = one["mean_absolute_error"]
        assert error["model"] < error["half"] < error["sum"]


def test_a_force_teaches_nothing_about_itself(run: ModuleType) -> None:
    held = [p for p in run.pledges() if p.mission == "UNIFIL-2006" and p.size and p.after(12) is not None]
    without = run.learn(p for p in run.pledges() if p.mission != "UNIFIL-2006")
    with_it = run.learn(run.pledges())
    assert run.told(held, without, 12)["expected"] != run.told(held, with_it, 12)["expected"]
