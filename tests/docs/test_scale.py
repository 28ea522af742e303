"""The page on scale says what the measured results come to."""

import json
import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_it_is_as_computed():
    made = runpy.run_path(str(ROOT / "benchmarks/speed/scale.py"))
    result = json.loads((ROOT / "benchmarks/speed/results.json").read_text(encoding="utf-8"))
    text = made["PAGE"].read_text(encoding="utf-8")
    assert made["page"](text, result) == text, "run `python benchmarks/speed/scale.py`"


def test_ten_times_the_machines_take_a_tenth_of_the_days():
    made = runpy.run_path(str(ROOT / "benchmarks/speed/scale.py"))
    machine = {"cores": 2, "date": "2025-01-01", "load_before": 0.0}
    size = {"reports": 10, "peak_mb": 300.0, "ledger_mb": 1.0}
    result = {
        "machine": machine,
        "stages": {"whole: files to ledger": {"median": 1000.0}},
        "sizes": [size, {"reports": 110, "peak_mb": 310.0, "ledger_mb": 3.0}],
    }
    said = made["table"](result)
    # 300,000 x 365 x 400 words at 1,000 a second are 43,800,000 seconds.
    assert "| 1 | 216,000 | 506.9 | 1,217 |" in said
    assert "| 10 | 2,160,000 | 50.7 | 1,217 |" in said
    assert "0.100 MB of peak" in said.replace("\n", " ")
