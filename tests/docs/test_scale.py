"""The page on scale says what the measured results come to."""

import json
import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_it_is_as_computed():
    made = runpy.run_path(str(ROOT / "benchmarks/speed/scale.py"))
    result = json.loads((ROOT / "benchmarks/speed/results.json").read_text(encoding="utf-8"))
    spread = json.loads((ROOT / "benchmarks/speed/machines.json").read_text(encoding="utf-8"))
    text = made["PAGE"].read_text(encoding="utf-8")
    assert made["page"](text, result, spread) == text, "run `python benchmarks/speed/scale.py`"


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


def test_workers_of_one_machine_are_not_called_machines():
    made = runpy.run_path(str(ROOT / "benchmarks/speed/scale.py"))
    way = {"seconds": 10.0, "starting": 2.0, "leader_cpu": 1.0, "workers_cpu": 18.0, "load_before": 0.1}
    spread = {
        "machine": {"cores": 2, "date": "2025-01-01", "processor": "Some", "load_before": 0.1},
        "reports": 20,
        "words": 8000,
        "part": 4,
        "ways": [{**way, "workers": 0}, {**way, "workers": 2, "seconds": 5.0}],
    }
    said = made["workers"](spread)
    assert "not several machines" in said
    assert "| 2 workers | 0.1 | 2.0 | 5.0 | 1,600 | 1.0 | 18.0 |" in said
    assert "not free" not in said
    spread["ways"][1]["load_before"] = 9.0
    assert "not free" in made["workers"](spread)
